"""VK's events in the pipeline's words. Everything here is untrusted: what does not fit is left out, never raised.

Of a conversation only what is addressed to the bot becomes an event: what begins with its mention or a slash, a reply
to a message of its own, a press, and being invited or removed; besides, its new title. Whatever else its members say
is neither heard nor stored, also where VK shows it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.messenger.events import Attachment, Content, EventKind, Incoming
from bot.messenger.vk.peers import is_conversation, is_person

LONGEST_PAYLOAD = 1_000
MOST_ATTACHMENTS = 10
MOST_UNWRAPPINGS = 10
LONGEST_TITLE = 250  # of a conversation
LARGEST_NUMBER = 2**63 - 1  # of the database's columns
# «[club1|@ugu], топ-20»: the app writes a mention so, whatever the person typed.
MENTION = re.compile(r"\s*\[(?:club|public)(\d{1,19})\|[^\]]*\][\s,:;.!?—–-]*")
MEMBERSHIP = {"chat_invite_user": EventKind.JOINED, "chat_kick_user": EventKind.REMOVED}
NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, OSError)


def incoming(update: Mapping[str, Any]) -> Incoming | None:
    """The event that a Long Poll update stands for; None for what the bot does not act on."""
    try:
        kind, event_id, content = update["type"], storable(update["event_id"])[:80], update["object"]
        match kind:
            case "message_new":
                return _said(content["message"], event_id, update.get("group_id"))
            case "message_event":
                return _press(content, event_id)
            case "message_allow":
                return _permission(content, event_id, EventKind.ALLOW)
            case "message_deny":
                return _permission(content, event_id, EventKind.DENY)
    except NOT_UNDERSTOOD:
        return None
    return None


def message(sent: Mapping[str, Any], event_id: str) -> Incoming | None:
    """A person's private message; None for our own, other communities' and conversations' messages."""
    try:
        return _message(sent, event_id)
    except NOT_UNDERSTOOD:
        return None


def _said(sent: Mapping[str, Any], event_id: str, group_id: Any) -> Incoming | None:
    peer, author = _number(sent["peer_id"]), _number(sent["from_id"])
    if not _is_in_conversation(peer, author):
        return _message(sent, event_id)
    own = _number(group_id)
    if isinstance(action := sent.get("action"), Mapping):
        done = _done(action, own)
        return None if done is None else Incoming(event_id, done[0], peer, author, done[1], happened_at=_date(sent))
    said = _said_to_us(sent, own)
    return None if said is None else Incoming(event_id, EventKind.MESSAGE, peer, author, said, _cmid(sent), _date(sent))


def _done(action: Mapping[str, Any], own: int) -> tuple[EventKind, Content] | None:
    """What somebody did with the conversation, or with us in it; None for what members do with each other.

    A new title comes where the bot may see all messages; without that right it is not told (assumed).
    """
    if action.get("type") == "chat_title_update":
        title = storable(action.get("text") or "").strip()[:LONGEST_TITLE]
        return (EventKind.RENAMED, Content(text=title)) if title else None
    kind = MEMBERSHIP.get(action.get("type", "")) if action.get("member_id") == -own else None
    return None if kind is None else (kind, Content())


def _said_to_us(sent: Mapping[str, Any], own: int) -> Content | None:
    """What a member of a conversation told us; None for what they told each other."""
    payload, answered = _written_payload(sent.get("payload")), _answered(sent.get("reply_message"), own)
    text = _addressed(storable(sent.get("text") or ""), own, is_reply=answered is not None)
    if text is None and payload is None:
        return None
    attachments = _attachments(sent.get("attachments"))
    return Content(text=text or "", payload=payload, attachments=attachments, reply_to=_replied_to(answered))


def _addressed(text: str, own: int, *, is_reply: bool) -> str | None:
    """What is said to the bot, without the mention; None for what is said to others."""
    mention = MENTION.match(text)
    if mention is not None and int(mention[1]) == own:
        return text[mention.end() :]
    command = text.lstrip()
    if command.startswith("/"):
        return command
    return text if is_reply else None


def _answered(reply: Any, own: int) -> Mapping[str, Any] | None:
    """The message of ours that is replied to; None for a reply to somebody else, and where there is none."""
    return reply if isinstance(reply, Mapping) and reply.get("from_id") == -own else None


def _replied_to(answered: Mapping[str, Any] | None) -> int | None:
    cmid = None if answered is None else answered.get("conversation_message_id")
    return cmid if isinstance(cmid, int) and 0 < cmid <= LARGEST_NUMBER else None


def _message(sent: Mapping[str, Any], event_id: str) -> Incoming | None:
    peer, author = _number(sent["peer_id"]), _number(sent["from_id"])
    if sent.get("out") or not _is_private(peer, author):
        return None
    payload = _written_payload(sent.get("payload"))
    # «Начать»: its text says it in every messenger's words, the payload is VK's own.
    begun = payload is not None and _fields(payload).get("command") == "start"
    content = Content(
        text=storable(sent.get("text") or ""),
        payload=None if begun else payload,
        begun=begun,
        ref=storable(sent["ref"])[:64] if sent.get("ref") else None,
        forwarded=bool(sent.get("fwd_messages")),
        attachments=_attachments(sent.get("attachments")),
    )
    return Incoming(event_id, EventKind.MESSAGE, peer, author, content, _cmid(sent), _date(sent))


def _cmid(sent: Mapping[str, Any]) -> int:
    return _number(sent["conversation_message_id"])


def _date(sent: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(_number(sent["date"]), UTC)


def _press(press: Mapping[str, Any], event_id: str) -> Incoming | None:
    peer, user_id = _number(press["peer_id"]), _number(press["user_id"])
    if not (_is_private(peer, user_id) or _is_in_conversation(peer, user_id)):
        return None
    payload = _pressed_payload(press.get("payload"))
    cmid = press.get("conversation_message_id")
    content = Content(payload=payload, ticket=storable(press["event_id"])[:80])
    return Incoming(event_id, EventKind.PRESS, peer, user_id, content, None if cmid is None else _number(cmid))


def _is_private(peer: int, person: int) -> bool:
    """Whether it happened in the person's own dialogue: answers go to the peer, and are about the person."""
    return person == peer and is_person(peer)


def _is_in_conversation(peer: int, person: int) -> bool:
    """Whether a person said it in a conversation; another community's bot is not answered, it might answer back."""
    return is_conversation(peer) and is_person(person)


def _permission(change: Mapping[str, Any], event_id: str, kind: EventKind) -> Incoming:
    user_id = _number(change["user_id"])
    return Incoming(event_id, kind, user_id, user_id)


def _pressed_payload(payload: Any) -> str:
    """The payload of a callback button, which VK decodes, as JSON text again; null for what no button can carry."""
    try:
        return orjson.dumps(payload).decode()[:LONGEST_PAYLOAD]
    except TypeError:  # numbers of more than 64 bits, halves of surrogate pairs, a depth of 255
        return "null"


def _written_payload(payload: Any) -> str | None:
    """The payload of a button that writes. Old clients wrap a callback button's payload, sometimes repeatedly."""
    for _ in range(MOST_UNWRAPPINGS):
        if not isinstance(payload, str) or len(payload) > LONGEST_PAYLOAD:
            return None
        fields = _fields(payload)
        if fields.get("command") != "not_supported_button":
            return storable(payload)
        payload = fields.get("payload")
    return None


def _fields(payload: str) -> dict[str, Any]:
    """What a payload says, nothing for one that is no JSON object."""
    try:
        fields = orjson.loads(storable(payload))
    except orjson.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _attachments(attached: Any) -> tuple[Attachment, ...]:
    if not isinstance(attached, list):
        return ()
    known = [one for one in attached[:MOST_ATTACHMENTS] if isinstance(one, dict) and isinstance(one.get("type"), str)]
    return tuple(_attachment(storable(one["type"])[:40], one.get(one["type"])) for one in known)


def _attachment(kind: str, content: Any) -> Attachment:
    if not isinstance(content, dict):
        return Attachment(kind)
    url = _largest(content.get("sizes")) if kind == "photo" else content.get("url")
    title, size = content.get("title"), content.get("size")
    return Attachment(
        kind,
        storable(url) if isinstance(url, str) else None,
        storable(title)[:200] if title else None,
        size if isinstance(size, int) and 0 <= size <= LARGEST_NUMBER else None,
    )


def _largest(sizes: Any) -> Any:
    """The address of a photo in its largest size."""
    known = [size for size in sizes if isinstance(size, dict)] if isinstance(sizes, list) else []
    widths = (size.get("width") for size in known)
    sized = [(width if isinstance(width, int) else 0, place) for place, width in enumerate(widths)]
    return known[max(sized)[1]].get("url") if sized else None


def _number(value: Any) -> int:
    number = int(value)
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        raise ValueError("a number that no column holds")
    return number


def storable(value: Any) -> str:
    """The text without what a database refuses in a text: halves of surrogate pairs, and NUL."""
    return str(value).encode(errors="ignore").decode().replace("\0", "")
