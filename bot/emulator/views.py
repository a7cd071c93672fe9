"""The JSON of the control API: persons, dialogues, messages, calls and events as the chat page draws them."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot.emulator.callback_server import CallbackServer
from bot.emulator.calls import Call
from bot.emulator.changes import Change
from bot.emulator.clock_control import ClockControl
from bot.emulator.community import Community
from bot.emulator.conversations import Conversation, Member
from bot.emulator.dialogues import Dialogue, Message, PopUp
from bot.emulator.faults import Fault
from bot.emulator.long_poll import Event
from bot.emulator.people import Person

Json = dict[str, Any]


def person(community: Community, shown: Person) -> Json:
    """A person with the head of their dialogue."""
    dialogue = community.dialogue(shown.id)
    unread = sum(one.out and not one.deleted for one in dialogue.messages[dialogue.read_by_person :])
    return {
        "id": shown.id,
        "first_name": shown.first_name,
        "last_name": shown.last_name,
        "callback_buttons": shown.client.callback_buttons,
        "is_member": shown.is_member,
        "dialogue": {
            "peer_id": dialogue.peer_id,
            "allowed": dialogue.refused_with is None,
            "unread": unread,
            "begin_offered": dialogue.begin_offered,
            "last_message": message(dialogue.last) if dialogue.last else None,
        },
    }


def message(shown: Message) -> Json:
    """A message as its bubble needs it."""
    return {
        "cmid": shown.cmid,
        "id": shown.id,
        "peer_id": shown.peer_id,
        "from_id": shown.from_id,
        "out": shown.out,
        "text": shown.text,
        "date": shown.date,
        "edited_at": shown.edited_at,
        "deleted": shown.deleted,
        "payload": shown.payload,
        "ref": shown.ref,
        "keyboard": shown.keyboard,
        "attachments": shown.attachments,
        "reply_to": _quote(shown.reply_to) if shown.reply_to else None,
        "forwards": [_quote(one) for one in shown.forwards],
        "random_id": shown.random_id,
        "action": shown.action,
        "template": shown.template,
    }


def conversation(community: Community, shown: Conversation) -> Json:
    """A conversation with who is in it and what the bot may there."""
    own = -community.group_id
    return {
        "peer_id": shown.peer_id,
        "title": shown.title,
        "members": [_member(shown, member) for member in shown.members.values()],
        "bot": {
            "present": community.takes_part(shown),
            "is_admin": shown.is_admin(own),
            "sees_all": shown.sees_all,
        },
        "pinned_cmid": shown.pinned_cmid,
        "refused_with": shown.refused_with,
        "last_message": message(shown.last) if shown.last else None,
        "unread": {str(one.id): shown.unread_of(one) for one in shown.members.values() if one.id > 0},
    }


def _member(shown: Conversation, member: Member) -> Json:
    is_owner = member.id == shown.owner_id
    return {"id": member.id, "is_admin": member.is_admin, "is_owner": is_owner, "invited_by": member.invited_by}


def dialogue(community: Community, shown: Dialogue, before: int | None, count: int) -> Json:
    """A page of a dialogue, the newest `count` messages below the cmid `before`."""
    end = shown.last_cmid if before is None else min(max(before - 1, 0), shown.last_cmid)
    start = max(end - count, 0)
    presses = community.open_presses(shown.peer_id)
    return {
        "peer_id": shown.peer_id,
        "allowed": shown.refused_with is None,
        "begin_offered": shown.begin_offered,
        "keyboard": shown.keyboard,
        "messages": [message(one) for one in shown.messages[start:end] if not one.deleted],
        "more": start > 0,
        "open_presses": [{"ticket": press.ticket, "cmid": press.cmid, "at": press.at} for press in presses],
        "typing": shown.typing_until > community.now(),
        "conversation": conversation(community, shown) if isinstance(shown, Conversation) else None,
    }


def popup(shown: PopUp) -> Json:
    """An answer to a press."""
    return {
        "ticket": shown.ticket,
        "peer_id": shown.peer_id,
        "user_id": shown.user_id,
        "cmid": shown.cmid,
        "at": shown.at,
        "event_data": shown.event_data,
    }


def call(shown: Call) -> Json:
    """A line of the call log."""
    return {"number": shown.number, "at": shown.at, "method": shown.method, "params": shown.params} | shown.answer


def event(shown: Event) -> Json:
    """An event as Long Poll keeps it."""
    told = {"number": shown.number, "at": shown.at, "type": shown.type}
    return told | {"event_id": shown.event_id, "object": shown.object}


def fault(shown: Fault) -> Json:
    """A fault that waits for its call."""
    told = {"id": shown.id, "method": shown.method, "kind": shown.kind}
    return told | {"code": shown.code, "times": shown.times, "delay_s": shown.delay_s}


def callback_head(shown: CallbackServer) -> Json:
    """How a Callback server is doing."""
    told = {"id": shown.id, "status": shown.status, "waiting": len(shown.waiting)}
    return told | {"paused_until": shown.paused_until}


def callback_server(shown: CallbackServer) -> Json:
    """A Callback server with what was sent there lately."""
    deliveries = [asdict(attempt) for attempt in shown.attempts]
    return callback_head(shown) | {"title": shown.title, "url": shown.url, "deliveries": deliveries}


def clock(shown: ClockControl) -> Json:
    """The campaign's clock."""
    return {"now": shown.now().isoformat(), "speed": shown.speed}


def change(community: Community, shown: Change) -> Json:
    """What the live stream tells about a change."""
    subject = shown.subject
    match shown.kind:
        case "message":
            keyboard = community.dialogue(subject.peer_id).keyboard
            return {"peer_id": subject.peer_id, "message": message(subject), "keyboard": keyboard}
        case "dialogue":
            allowed = subject.refused_with is None
            return {"peer_id": subject.peer_id, "allowed": allowed, "keyboard": subject.keyboard}
        case "person":
            return person(community, subject)
        case "conversation":
            return conversation(community, subject)
    return SUBJECTS[shown.kind](subject)


SUBJECTS: dict[str, Callable[[Any], Json]] = {
    "edited": lambda edited: {"peer_id": edited.peer_id, "message": message(edited)},
    "deleted": lambda deleted: {"peer_id": deleted.peer_id, "cmid": deleted.cmid},
    "typing": lambda typing_in: {"peer_id": typing_in.peer_id},
    "popup": popup,
    "call": call,
    "event": event,
    "clock": clock,
    "callback": callback_head,
    "lagged": lambda _: {},
}
"""Changes that are told without knowing the community."""


def _quote(shown: Json) -> Json:
    return {
        "cmid": shown["conversation_message_id"],
        "from_id": shown["from_id"],
        "text": shown["text"],
        "attachments": shown["attachments"],
    }
