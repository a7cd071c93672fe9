"""Instants and IDs for the rules' tests; a test names only what matters to it."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.participant_ids import IssuedNumber, ParticipantNumber, new_number

MOSCOW = timezone(timedelta(hours=3))
ANNA, OLEG, MARIA = PersonId(1), PersonId(2), PersonId(3)
CLASS = ClassId(10)


def moscow(text: str) -> datetime:
    """An instant by the Moscow clock, as "2017-11-12 14:05"."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW).astimezone(UTC)


def number(place: int = 1) -> ParticipantNumber:
    """The ID of the class's pupil №; different for different places."""
    return new_number(lambda _: place * 7_919)


def issued(place: int = 1, *, to: PersonId | None = None, revoked_at: datetime | None = None) -> IssuedNumber:
    """An ID given to the class, claimed by somebody if `to` is named."""
    claimed_at = moscow("2017-11-09 10:00") if to is not None else None
    return IssuedNumber(number(place), CLASS, place, to, claimed_at, revoked_at)


def participant_numbers() -> st.SearchStrategy[ParticipantNumber]:
    """Any ID that can be issued."""
    return st.integers(0, 9 * 10**10 - 1).map(lambda drawn: new_number(lambda _: drawn))
