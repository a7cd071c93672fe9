"""What the pipeline wants from a messenger, and in which words the messenger answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.messenger.keyboards import Limits
from bot.storage.outbox import Delivery

PICTURES = (".png", ".jpg", ".jpeg")


@dataclass(slots=True)
class Call:
    """One call of the messenger's API: one body, to one peer or, where they share it, to several."""

    deliveries: list[Delivery] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger took it. cmid: the message's number within its peer, where it has one."""

    cmid: int | None = None


@dataclass(frozen=True, slots=True)
class NotNow:
    """Offer it again after so many seconds. doubtful: the messenger may have taken it all the same."""

    after_s: float
    reason: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class NeverThisPerson:
    """This peer takes no messages from us, this one or any other, until it says otherwise."""

    reason: str


class Closed(StrEnum):
    """Why nothing can be said in a conversation any more."""

    GONE = "gone"  # we are not in it, or it is not there
    MOVED = "moved"  # it goes on in another messenger
    SHUT = "shut"  # we are not let write in it


@dataclass(frozen=True, slots=True)
class NeverThisConversation:
    """This conversation takes no messages from us any more; it says nothing about the people in it."""

    reason: str
    why: Closed


@dataclass(frozen=True, slots=True)
class NeverThisMessage:
    """The messenger will never take this message."""

    reason: str


@dataclass(frozen=True, slots=True)
class CannotEdit:
    """The message is too old or not of the kind that can be edited: say it anew."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing can be sent until somebody mends it (the token, a right): alarm."""

    reason: str


Result = Sent | NotNow | NeverThisPerson | NeverThisConversation | NeverThisMessage | CannotEdit | Stop


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file. title: what the person sees, with the extension."""

    title: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Whether it is shown at once, and not only after somebody has opened it."""
        return self.title.lower().endswith(PICTURES)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as the messenger's profile has it."""

    first: str
    last: str


class FetchFailedError(Exception):
    """The messenger cannot give what was asked for; its text says why. Asking again would not help."""


class NotNowError(Exception):
    """The messenger cannot answer at present: ask again in a while."""


class Channel(Protocol):
    """A messenger's edge. All but `deliver` wait for their slot in the messenger's pace by themselves.

    profile_base: what the address of a person's profile starts with, before the user id; "" where there are none.

    All but `deliver` raise FetchFailedError where asking again would not help, NotNowError where it may.
    """

    name: str
    profile_base: str
    limits: Limits
    calls_at_once: int
    peers_per_call: int

    async def deliver(self, calls: Sequence[Call]) -> Mapping[int, Result]:
        """Make the calls in one request, now; the result of every delivery by its id. Never raises for the world."""

    async def upload(self, document: Document, peer: int | None, lane: int) -> str:
        """Give the messenger a file, a picture as one, for one peer or for everybody; how its messages name it."""

    async def names(self, user_ids: Sequence[int]) -> Mapping[int, Name]:
        """The names of these people, in one request; unknown ones are left out."""

    async def file(self, url: str) -> bytes:
        """The content of a file that a person sent; a foreign host or too big a file fails."""

    async def find(self, peer: int, random_id: int, since: datetime) -> int | None:
        """The cmid of our message with this random_id among those since then, None if it is surely not there."""
