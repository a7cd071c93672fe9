"""What comes in from a messenger, in no messenger's words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson


class EventKind(StrEnum):
    """What happened. The inbox stores the value."""

    MESSAGE = "message"  # a person wrote, or pressed a button that writes
    PRESS = "press"  # a person pressed a button and waits for its pop-up
    ALLOW = "allow"  # a person lets us write to them (again)
    DENY = "deny"  # a person forbade us to write
    FETCHED = "fetched"  # the outcome of an ask of ours, good or bad, in the dialogue that asked
    JOINED = "joined"  # a person brought us into a conversation
    REMOVED = "removed"  # a person removed us from a conversation
    RENAMED = "renamed"  # a person gave a conversation another title, which is the text
    CLOSED = "closed"  # the messenger takes nothing from us for a conversation any more; the text is the `Closed` word


@dataclass(frozen=True, slots=True)
class Attachment:
    """A thing attached to a message. kind: the messenger's word (photo, doc, sticker, audio_message ...)."""

    kind: str
    url: str | None = None
    title: str | None = None
    size: int | None = None  # bytes, where the messenger says so


@dataclass(frozen=True, slots=True)
class Content:
    """What an event said; erased from the inbox as soon as the event is handled.

    payload: the JSON text that a button carried (untrusted). ref: from the deep link.
    begun: the messenger's own start button was pressed. ticket: of the press, for its
    pop-up. personal: the kind of personal data that was recognised in the text, which is then not kept.
    reply_to: in a conversation, the number (cmid) of the message of ours that it replies to.
    """

    text: str = ""
    payload: str | None = None
    ref: str | None = None
    begun: bool = False
    ticket: str | None = None
    personal: str | None = None
    forwarded: bool = False
    attachments: tuple[Attachment, ...] = ()
    reply_to: int | None = None

    def to_json(self) -> str:
        """The inbox's form; what is empty is left out."""
        full: dict[str, Any] = {
            "text": self.text,
            "payload": self.payload,
            "ref": self.ref,
            "begun": self.begun,
            "ticket": self.ticket,
            "personal": self.personal,
            "forwarded": self.forwarded,
            "attachments": self.attachments,
            "reply_to": self.reply_to,
        }
        return orjson.dumps({name: value for name, value in full.items() if value}).decode()

    @classmethod
    def from_json(cls, stored: str) -> "Content":
        """Read back what `to_json` wrote."""
        fields: dict[str, Any] = orjson.loads(stored)
        if "attachments" in fields:
            fields["attachments"] = tuple(Attachment(**one) for one in fields["attachments"])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event as the messenger's edge hands it to intake.

    event_id: the messenger's own, unique per event. peer: where it happened. happened_at: the messenger's date (real
    time) where the event carries one, else None. cmid: the message's number within its peer.
    """

    event_id: str
    kind: EventKind
    peer: int
    user_id: int
    content: Content = field(default_factory=Content)
    cmid: int | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event in the hands of a handler. happened_at, arrived_at: campaign time."""

    id: int
    messenger: str
    kind: EventKind
    peer: int
    user_id: int
    cmid: int | None
    content: Content
    happened_at: datetime
    arrived_at: datetime
    arrived_real_at: datetime
    attempts: int = 0

    @property
    def in_conversation(self) -> bool:
        """Whether others read along: the address of a private dialogue is the person's own."""
        return self.peer != self.user_id

    @property
    def dialogue(self) -> tuple[str, int, int]:
        """Whose turn it belongs to: events of one dialogue are handled one after another."""
        return self.messenger, self.peer, self.user_id
