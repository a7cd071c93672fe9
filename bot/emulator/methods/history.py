"""Reading what was said: messages of a dialogue, dialogues of the community."""

from collections.abc import Sequence
from typing import Any

from bot.emulator.community import Community
from bot.emulator.dialogues import Dialogue, Message
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters

MOST_ITEMS = 200
MOST_IDS = 100
DEFAULT_COUNT = 20


def get_history(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Messages of one dialogue, newest first unless `rev`; `start_cmid` is the first one told."""
    community.needs("messages")
    dialogue = community.known(parameters.integer("peer_id"))
    rev, offset = parameters.switch("rev"), parameters.between("offset", 0, 10**9, 0)
    count = parameters.between("count", 0, MOST_ITEMS, DEFAULT_COUNT)
    said = [message for message in dialogue.messages if not message.deleted] if dialogue else []
    start = _start(parameters)
    ordered = said if rev else said[::-1]
    if start is not None:
        field, number = start
        ordered = [one for one in ordered if (getattr(one, field) >= number) == rev or getattr(one, field) == number]
    found = ordered[offset : offset + count]
    told: dict[str, Any] = {"count": len(said), "items": [message.described() for message in found]}
    return told | _extended(community, parameters, found)


def get_by_conversation_message_id(community: Community, parameters: Parameters) -> dict[str, Any]:
    """The messages with these numbers, as far as they exist."""
    community.needs("messages")
    dialogue = community.known(parameters.integer("peer_id"))
    name = "conversation_message_ids" if parameters.has("conversation_message_ids") else "cmids"
    cmids = parameters.integers(name, MOST_IDS)
    named = [dialogue.message(cmid) for cmid in cmids] if dialogue else []
    found = [message for message in named if message is not None]
    told: dict[str, Any] = {"count": len(found), "items": [message.described() for message in found]}
    return told | _extended(community, parameters, found)


def get_conversations(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Dialogues with their last messages, latest first."""
    community.needs("messages")
    if parameters.has("group_id"):
        community.own_group(parameters.integer("group_id"))
    offset = parameters.between("offset", 0, 10**9, 0)
    count = parameters.between("count", 0, MOST_ITEMS, DEFAULT_COUNT)
    latest = [
        (last, one) for one in community.dialogues.values() if (last := one.last) and _passes(one, last, parameters)
    ]
    latest.sort(key=lambda pair: pair[0].version, reverse=True)
    shown = latest[offset : offset + count]
    items = [{"conversation": _conversation(one), "last_message": last.described()} for last, one in shown]
    return {"count": len(latest), "items": items} | _extended(community, parameters, [last for last, _ in shown])


def get_conversations_by_id(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Dialogues by their peers; one in which nothing was said is left out."""
    community.needs("messages")
    known = [community.known(peer_id) for peer_id in parameters.integers("peer_ids", MOST_IDS)]
    items = [_conversation(one) for one in known if one is not None and one.messages]
    return {"count": len(items), "items": items}


def _start(parameters: Parameters) -> tuple[str, int] | None:
    for name, field in (("start_cmid", "cmid"), ("start_message_id", "id")):
        if parameters.has(name):
            return field, parameters.integer(name)
    return None


def _passes(dialogue: Dialogue, last: Message, parameters: Parameters) -> bool:
    match parameters.text("filter", "all"):
        case "all":
            return True
        case "unread":
            return dialogue.read_by_community < last.cmid and not last.out
        case "unanswered":
            return not last.out
    raise ApiError(100, "filter is invalid")


def _conversation(dialogue: Dialogue) -> dict[str, Any]:
    last = dialogue.last
    last_id = last.id if last else 0
    can_write: dict[str, Any] = {"allowed": dialogue.refused_with is None}
    if dialogue.refused_with is not None:
        can_write["reason"] = dialogue.refused_with
    unread = sum(not message.out for message in dialogue.messages[dialogue.read_by_community :])
    return {
        "peer": {"id": dialogue.peer_id, "type": "user", "local_id": dialogue.peer_id},
        "last_message_id": last_id,
        "last_conversation_message_id": last.cmid if last else 0,
        "in_read": _id_at(dialogue, dialogue.read_by_community),
        "out_read": _id_at(dialogue, dialogue.read_by_person),
        "in_read_cmid": dialogue.read_by_community,
        "out_read_cmid": dialogue.read_by_person,
        "sort_id": {"major_id": 0, "minor_id": last_id},
        "version": last.version if last else 0,
        "unread_count": unread,
        "is_marked_unread": False,
        "important": False,
        "can_write": can_write,
    }


def _id_at(dialogue: Dialogue, cmid: int) -> int:
    return dialogue.messages[cmid - 1].id if cmid else 0


def _extended(community: Community, parameters: Parameters, shown: Sequence[Message]) -> dict[str, Any]:
    if not parameters.switch("extended"):
        return {}
    peers = {message.peer_id for message in shown}
    profiles = [
        community.profile(community.people[peer_id]) for peer_id in sorted(peers) if peer_id in community.people
    ]
    return {"profiles": profiles, "groups": [community.described()]}
