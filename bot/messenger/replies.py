"""What a handler may answer with. The dispatcher stores it in the outbox in the handler's own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from bot.messenger.keyboards import Keyboard


class Lane(IntEnum):
    """Who goes first when the messenger's limit makes a queue."""

    POP_UPS = 0
    REPLIES = 1
    REMINDERS = 2  # what somebody else's act, or the calendar, tells a person
    BROADCASTS = 3


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be written to."""

    messenger: str
    peer: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """A file to make and attach. content is JSON, `document` names the maker in `documents`.

    for_everybody: the same file for all recipients, uploaded once. otherwise: what to add to the message's text (and
    which keyboard to put below it) when the file could not be made or uploaded in time.
    """

    document: str
    content: dict[str, Any]
    otherwise: str
    otherwise_keyboard: Keyboard | None = None
    for_everybody: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A new message: to the dialogue the event came from, or `to` somebody else (then in the reminders' lane)."""

    text: str
    keyboard: Keyboard | None = None
    recipe: Recipe | None = None
    to: Address | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Replace the message whose button was pressed; where there is none (a typed text), it is a new message."""

    text: str
    keyboard: Keyboard | None = None


@dataclass(frozen=True, slots=True)
class PopUp:
    """A short note (at most 90 characters) to the person who pressed; elsewhere it becomes a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Something wanted from the messenger; its outcome comes back to this dialogue as a fetched event.

    what: "name" (the person's first and last name) or "file" (the attachment at `url`, called `title`).
    details: of a file also `about`, a mark of the handler's own (a number, a word) that comes back in its outcome,
    good or bad: which question the file answers.
    """

    what: str
    details: dict[str, Any] = field(default_factory=dict)


Reply = Say | Rewrite | PopUp | Ask
Replies = Reply | Sequence[Reply] | None


def as_sequence(replies: Replies) -> Sequence[Reply]:
    """One way to look at the three forms a handler may return."""
    if replies is None:
        return ()
    return (replies,) if isinstance(replies, Reply) else replies


def parts(text: str, limit: int) -> list[str]:
    """Cut a text that one message cannot hold, at a line's end where there is one, else at a space, else anywhere."""
    pieces = []
    while len(text) > limit:
        cut = max(text.rfind("\n", 1, limit), 0) or max(text.rfind(" ", 1, limit), 0) or limit
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n ")
    return [*pieces, text] if text or not pieces else pieces
