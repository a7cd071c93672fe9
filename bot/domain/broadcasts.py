"""«Рассылка»: one text for everybody of a role in a coordinator's scope, and what becomes of it.

Who may be written to, what may be said, when it goes and how long it takes. Whom that means in rows is a question of
`storage/recipients.py`; sending is a job.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from bot.domain.calendar import Calendar
from bot.domain.duties import Audience, DisturbingHours, allowed_until, next_allowed
from bot.domain.identifiers import BroadcastId
from bot.domain.quotations import quoted
from bot.domain.roles import Actor, Permission, Refused, Scope, SeeLists, Why, may

MOST_SIGNS: Final = 3_500  # with what the preview says beside it, one message
PEOPLE_PER_MINUTE: Final = 60 * 19.5 * 100  # calls a second, people a call: what the messenger's limits allow
LONGEST_ABSENCE: Final = timedelta(hours=1)


class ReportsSoFar(StrEnum):
    """Which teachers: by how far one of their classes has come."""

    ANY = "any"
    NO_DOCUMENTS = "no_documents"
    NOT_READY = "not_ready"
    NOT_HELD = "not_held"
    HELD = "held"


class BroadcastState(StrEnum):
    """Where a broadcast stands; the moves are `MOVES`."""

    DRAFT = "draft"
    LISTING = "listing"  # confirmed: its recipients are being written down
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"  # what was offered before still gets its outcome


MOVES: Final = {
    BroadcastState.DRAFT: {BroadcastState.LISTING},
    BroadcastState.LISTING: {BroadcastState.SENDING, BroadcastState.PAUSED, BroadcastState.CANCELLED},
    BroadcastState.SENDING: {BroadcastState.PAUSED, BroadcastState.CANCELLED, BroadcastState.FINISHED},
    BroadcastState.PAUSED: {BroadcastState.LISTING, BroadcastState.CANCELLED},
}
"""A paused one goes on with its listing, which ends at once if nobody is left to be listed."""


class RecipientState(StrEnum):
    """Where a broadcast stands with one recipient."""

    WAITING = "waiting"
    OFFERED = "offered"  # handed to the outbox
    DELIVERED = "delivered"
    REFUSED = "refused"  # the messenger, for a reason that is kept; or not reachable to begin with
    MUTED = "muted"  # wants no broadcasts
    UNCERTAIN = "uncertain"  # nobody knows whether it arrived, so it is never repeated
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recipients are in each state."""

    waiting: int = 0
    offered: int = 0
    delivered: int = 0
    refused: int = 0
    muted: int = 0
    uncertain: int = 0
    cancelled: int = 0

    @property
    def listed(self) -> int:
        """All of them."""
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def not_reached(self) -> int:
        """Whom it surely or perhaps did not reach, of those who wanted it and were not spared by a cancellation."""
        return self.refused + self.uncertain


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom: a role within scopes, teachers also by their reports.

    again_of: only those whom this earlier broadcast was refused for.
    """

    role: Audience
    scopes: tuple[Scope, ...]
    reports: ReportsSoFar = ReportsSoFar.ANY
    again_of: BroadcastId | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom it means now. people: all who are meant; of them unreachable, muted and erased ones get nothing."""

    people: int
    unreachable: int
    muted: int
    erased: int

    @property
    def gets_it(self) -> int:
        """How many it will be sent to."""
        return max(0, self.people - self.unreachable - self.muted - self.erased)


def may_write_to(actor: Actor, scopes: tuple[Scope, ...]) -> Permission:
    """Whether the person coordinates every one of the scopes, as they do now; nobody writes to no scope at all."""
    permissions = [may(actor, SeeLists(scope)) for scope in scopes] or [Refused(Why.OUT_OF_SCOPE)]
    return next((one for one in permissions if isinstance(one, Refused)), permissions[0])


# --- the text


@dataclass(frozen=True, slots=True)
class TextTaken:
    """What will be said: the words as typed, nothing in them acts."""

    text: str


@dataclass(frozen=True, slots=True)
class NoText:
    """Nothing to say: a sticker, a file, spaces."""


@dataclass(frozen=True, slots=True)
class TextTooLong:
    """signs: as the messenger may count them, an emoji for two."""

    signs: int


def judge_text(typed: str) -> TextTaken | NoText | TextTooLong:
    """Say whether this can be sent to many."""
    text = quoted(typed, len(typed))
    signs = len(text.encode("utf-16-le")) // 2
    if not text:
        return NoText()
    return TextTooLong(signs) if signs > MOST_SIGNS else TextTaken(text)


# --- when it goes


@dataclass(frozen=True, slots=True)
class Timing:
    """begins_at: the first instant at which it may go. closes_at: the end of those hours. minutes: how long it takes.

    goes_on_at: when the rest goes, where the hours are too short for all.
    """

    begins_at: datetime
    closes_at: datetime
    minutes: int
    goes_on_at: datetime | None


def hours_kept_for(role: Audience) -> Audience:
    """Whose hours a broadcast to the role keeps: a teacher's working day, else only the quiet hours of the night."""
    return role if role is Audience.TEACHERS else Audience.PARTICIPANTS


def timing(role: Audience, people: int, at: datetime, calendar: Calendar, hours: DisturbingHours) -> Timing:
    """When a broadcast confirmed at that instant goes, with nothing before it."""
    kept = hours_kept_for(role)
    begins_at, closes_at = next_allowed(kept, at, calendar, hours), allowed_until(kept, at, calendar, hours)
    minutes = ceil(people / PEOPLE_PER_MINUTE)
    is_short = begins_at + timedelta(minutes=people / PEOPLE_PER_MINUTE) > closes_at
    return Timing(begins_at, closes_at, minutes, next_allowed(kept, closes_at, calendar, hours) if is_short else None)


def was_missed(role: Audience, went_on_at: datetime, at: datetime, calendar: Calendar, hours: DisturbingHours) -> bool:
    """Whether a broadcast should have gone on for more than an hour while nobody was there to do it.

    went_on_at: when it last did. Both instants of the campaign's time.
    """
    return next_allowed(hours_kept_for(role), went_on_at, calendar, hours) < at - LONGEST_ABSENCE
