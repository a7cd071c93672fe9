"""A receipt: the short code that a voter gets for a vote and can check it by.

Its owner learns for whom and when; anybody else only whether the vote counts and the day, so that a receipt proves
nothing to a buyer of votes. What may be told to whom is `readers_view`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NewType

from bot.domain.calendar import Calendar
from bot.domain.codes import grouped, new_code, read_code
from bot.domain.identifiers import Pseudonym
from bot.domain.participant_ids import ParticipantNumber

Receipt = NewType("Receipt", str)

LENGTH: Final = 9


def new_receipt(randbelow: Callable[[int], int]) -> Receipt:
    """A receipt nobody can guess, if `randbelow` is `secrets.randbelow`; storage refuses one given before."""
    return Receipt(new_code(LENGTH, randbelow))


def read_receipt(text: str) -> Receipt | None:
    """The receipt a person typed, None if the text cannot be one."""
    code = read_code(text, LENGTH)
    return None if code is None else Receipt(code)


def shown_receipt(receipt: Receipt) -> str:
    """As people read it: `K7M-2PX-94A`."""
    return grouped(receipt, 3)


@dataclass(frozen=True, slots=True)
class ReceiptedVote:
    """The vote behind a receipt. counts: it is not set aside."""

    voter: Pseudonym
    participant: ParticipantNumber
    cast_at: datetime
    counts: bool


@dataclass(frozen=True, slots=True)
class OwnersView:
    """Everything about the own vote."""

    participant: ParticipantNumber
    cast_at: datetime
    counts: bool


@dataclass(frozen=True, slots=True)
class StrangersView:
    """What anybody else may know."""

    cast_on: date
    counts: bool


def readers_view(vote: ReceiptedVote, reader: Pseudonym, calendar: Calendar) -> OwnersView | StrangersView:
    """What the account under this pseudonym is told about the vote."""
    if vote.voter == reader:
        return OwnersView(vote.participant, vote.cast_at, vote.counts)
    return StrangersView(calendar.local_day(vote.cast_at), vote.counts)
