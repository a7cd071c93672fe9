"""Reading what was said: messages of a dialogue, dialogues of the community.

In a conversation the bot finds only what it was allowed to hear when it was said, and its own messages.
"""

from collections.abc import Sequence
from typing import Any

from bot.emulator.community import Community
from bot.emulator.conversations import Conversation
from bot.emulator.dialogues import CONVERSATIONS_FROM, Dialogue, Message
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters

MOST_ITEMS = 200
MOST_IDS = 100
DEFAULT_COUNT = 20
MOST_ACTIVE = 4
AN_ADMINS = ("can_change_info", "can_change_pin", "can_moderate", "can_see_invite_link", "can_use_mass_mentions")
NEVER_A_BOTS = ("can_change_invite_link", "can_invite", "can_promote_users", "can_copy_chat", "can_call")


def get_history(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Messages of one dialogue, newest first unless `rev`; `start_cmid` is the first one told."""
    community.needs("messages")
    dialogue = community.known(parameters.integer("peer_id"))
    rev, offset = parameters.switch("rev"), parameters.between("offset", 0, 10**9, 0)
    count = parameters.between("count", 0, MOST_ITEMS, DEFAULT_COUNT)
    said = [message for message in dialogue.messages if message.known] if dialogue else []
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
    named = [dialogue.known_message(cmid) for cmid in cmids] if dialogue else []
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
    known = ((one.last_known, one) for one in community.dialogues.values())
    latest = [(last, one) for last, one in known if last and _passes(one, last, parameters)]
    latest.sort(key=lambda pair: pair[0].version, reverse=True)
    shown = latest[offset : offset + count]
    items = [{"conversation": _conversation(community, one), "last_message": last.described()} for last, one in shown]
    return {"count": len(latest), "items": items} | _extended(community, parameters, [last for last, _ in shown])


def get_conversations_by_id(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Dialogues by their peers, but for those in which nothing was said and conversations where we are no admin."""
    community.needs("messages")
    known = [_asked_for(community, peer_id) for peer_id in parameters.integers("peer_ids", MOST_IDS)]
    items = [_conversation(community, one) for one in known if one is not None and one.messages]
    return {"count": len(items), "items": items}


def mark_as_read(community: Community, parameters: Parameters) -> int:
    """Let the person see that everything, or everything up to a message, was read."""
    community.needs("messages")
    dialogue = community.known(parameters.integer("peer_id"))
    if dialogue is None:
        raise ApiError(100, "peer_id is unknown")
    up_to = dialogue.last_cmid
    if parameters.has("start_message_id"):
        named = community.messages_by_id.get(parameters.integer("start_message_id"))
        if named is None or named.peer_id != dialogue.peer_id:
            raise ApiError(100, "start_message_id is unknown")
        up_to = named.cmid
    dialogue.read_by_community = max(dialogue.read_by_community, up_to)
    return 1


def _asked_for(community: Community, peer_id: int) -> Dialogue | None:
    if peer_id < CONVERSATIONS_FROM:
        return community.dialogues.get(peer_id)
    conversation = community.joined(peer_id, 917)
    return conversation if conversation.is_admin(-community.group_id) else None


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


def _conversation(community: Community, dialogue: Dialogue) -> dict[str, Any]:
    last = dialogue.last_known
    last_id = last.id if last else 0
    refusal = dialogue.refused_with if community.takes_part(dialogue) else 917
    can_write = {"allowed": True} if refusal is None else {"allowed": False, "reason": refusal}
    unread = sum(message.known and not message.out for message in dialogue.messages[dialogue.read_by_community :])
    told: dict[str, Any] = {
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
    if isinstance(dialogue, Conversation):
        told["peer"] = {"id": dialogue.peer_id, "type": "chat", "local_id": dialogue.chat_id}
        told["chat_settings"] = _chat_settings(community, dialogue)
    return told


def _chat_settings(community: Community, conversation: Conversation) -> dict[str, Any]:
    persons = [member_id for member_id in conversation.members if member_id > 0]
    told: dict[str, Any] = {
        "owner_id": conversation.owner_id,
        "title": conversation.title,
        "state": "in" if community.takes_part(conversation) else "kicked",
        "members_count": len(conversation.members),
        "active_ids": persons[:MOST_ACTIVE],
        "admin_ids": conversation.admin_ids,
        "is_group_channel": False,
        "acl": dict.fromkeys(NEVER_A_BOTS, False)
        | dict.fromkeys(AN_ADMINS, conversation.is_admin(-community.group_id)),
    }
    pinned = conversation.pinned
    return told | {"pinned_message": pinned.described()} if pinned is not None and pinned.known else told


def _id_at(dialogue: Dialogue, cmid: int) -> int:
    return dialogue.messages[cmid - 1].id if cmid else 0


def _extended(community: Community, parameters: Parameters, shown: Sequence[Message]) -> dict[str, Any]:
    if not parameters.switch("extended"):
        return {}
    peers = {peer_id for message in shown for peer_id in (message.peer_id, message.from_id)}
    profiles = [
        community.profile(community.people[peer_id]) for peer_id in sorted(peers) if peer_id in community.people
    ]
    return {"profiles": profiles, "groups": [community.described()]}
