"""Taking a participant ID."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Closed, NotYet
from bot.domain.claims import (
    LOCK,
    AccountErased,
    AlreadyYours,
    AnothersNumber,
    ClaimAccepted,
    Claimant,
    ClaimingLocked,
    FreeNumber,
    HasAnotherNumber,
    NumberRevoked,
    NumberTaken,
    OwnNumber,
    TeacherCannotClaim,
    UnknownNumber,
    judge_claim,
    locked_until,
    meaning_of,
)
from bot.domain.roles import Actor
from tests.domain.builders import ANNA, OLEG, issued, moscow, number

NOON = moscow("2017-11-12 12:00")
PUPIL = Claimant(Actor(ANNA))


def test_a_pupil_gets_a_number_nobody_has_claimed(calendar: Calendar) -> None:
    assert judge_claim(PUPIL, issued(), calendar, at=NOON) == ClaimAccepted(number(), ANNA, NOON)


def test_unknown_taken_and_revoked_numbers_have_each_their_own_answer(calendar: Calendar) -> None:
    assert judge_claim(PUPIL, None, calendar, at=NOON) == UnknownNumber()
    assert judge_claim(PUPIL, issued(to=OLEG), calendar, at=NOON) == NumberTaken(number())
    assert judge_claim(PUPIL, issued(revoked_at=NOON), calendar, at=NOON) == NumberRevoked()


def test_a_person_claims_once_and_the_same_number_again_is_no_error(calendar: Calendar) -> None:
    participant = Claimant(Actor(ANNA, number=number(1)))
    assert judge_claim(participant, issued(1, to=ANNA), calendar, at=NOON) == AlreadyYours(number(1))
    assert judge_claim(participant, issued(2), calendar, at=NOON) == HasAnotherNumber(number(1))
    assert judge_claim(participant, None, calendar, at=NOON) == HasAnotherNumber(number(1))


def test_a_teacher_who_has_applied_cannot_claim(calendar: Calendar) -> None:
    teacher = Claimant(Actor(ANNA, has_applied=True))
    assert judge_claim(teacher, issued(), calendar, at=NOON) == TeacherCannotClaim()


def test_an_erased_account_cannot_claim_a_second_time(calendar: Calendar) -> None:
    assert judge_claim(replace(PUPIL, is_erased=True), issued(), calendar, at=NOON) == AccountErased()


def test_outside_the_period_nothing_is_said_about_the_number(calendar: Calendar) -> None:
    assert judge_claim(PUPIL, None, calendar, at=moscow("2017-11-07 12:00")) == NotYet(date(2017, 11, 8))
    assert judge_claim(PUPIL, issued(), calendar, at=moscow("2017-12-04 00:00")) == Closed(date(2017, 12, 3))


def test_five_misses_within_fifteen_minutes_lock_claiming_for_fifteen(calendar: Calendar) -> None:
    misses = tuple(NOON + timedelta(minutes=minute) for minute in (0, 3, 6, 9, 15))
    guesser, until = replace(PUPIL, misses=misses), misses[-1] + LOCK
    assert judge_claim(guesser, issued(), calendar, at=misses[-1]) == ClaimingLocked(until)
    assert judge_claim(guesser, issued(), calendar, at=until - timedelta(seconds=1)) == ClaimingLocked(until)
    assert isinstance(judge_claim(guesser, issued(), calendar, at=until), ClaimAccepted)


def test_four_misses_or_five_spread_wider_do_not_lock() -> None:
    assert locked_until([NOON] * 4, at=NOON) is None
    spread = [NOON + timedelta(minutes=4 * step) for step in range(5)]
    assert locked_until(spread, at=spread[-1]) is None


def test_a_locked_participant_still_learns_of_the_own_number(calendar: Calendar) -> None:
    locked = Claimant(Actor(ANNA, number=number()), misses=(NOON,) * 5)
    assert judge_claim(locked, issued(to=ANNA), calendar, at=NOON) == AlreadyYours(number())


@given(minutes=st.lists(st.integers(0, 60), max_size=12), later=st.integers(0, 60))
def test_a_lock_is_never_longer_than_fifteen_minutes_after_the_last_miss(minutes: list[int], later: int) -> None:
    misses = [NOON + timedelta(minutes=minute) for minute in minutes]
    at = max(misses, default=NOON) + timedelta(minutes=later)
    until = locked_until(misses, at=at)
    assert until is None or at < until <= max(misses) + LOCK


def test_a_bare_number_leads_to_what_its_state_calls_for() -> None:
    assert meaning_of(issued(to=ANNA), ANNA) == OwnNumber(number())
    assert meaning_of(issued(), ANNA) == FreeNumber(number())
    assert meaning_of(issued(to=OLEG), ANNA) == AnothersNumber(number())
    assert meaning_of(issued(revoked_at=NOON), ANNA) == NumberRevoked()
    assert meaning_of(None, ANNA) == UnknownNumber()
