"""What may be sent to many, when it goes, and when a bot that was away must ask first."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.broadcasts import (
    MOST_SIGNS,
    MOVES,
    BroadcastState,
    NoText,
    TextTaken,
    TextTooLong,
    judge_text,
    may_write_to,
    timing,
    was_missed,
)
from bot.domain.calendar import Calendar, Period, Periods
from bot.domain.duties import Audience, DisturbingHours
from bot.domain.identifiers import MunicipalityId, PersonId, SchoolId
from bot.domain.roles import Actor, Allowed, Grant, Municipality, Refused, Region, Role, School

ZONE = ZoneInfo("Europe/Moscow")
CAMPAIGN = Period(date(2017, 11, 8), date(2017, 12, 3))
CALENDAR = Calendar(ZONE, Periods(*[CAMPAIGN] * 7))
HOURS = DisturbingHours(
    {audience: time(15) for audience in Audience},
    quiet_from=time(21), quiet_to=time(8), work_from=time(8), work_to=time(18),
)  # fmt: skip
SCHOOL = School(SchoolId(5), MunicipalityId(2))


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("role", "confirmed", "begins", "closes"),
    [
        (Audience.TEACHERS, "2017-11-09 12:00", "2017-11-09 12:00", "2017-11-09 18:00"),
        (Audience.TEACHERS, "2017-11-10 18:00", "2017-11-13 08:00", "2017-11-13 18:00"),
        (Audience.PARTICIPANTS, "2017-11-11 20:59", "2017-11-11 20:59", "2017-11-11 21:00"),
        (Audience.PARTICIPANTS, "2017-11-11 21:00", "2017-11-12 08:00", "2017-11-12 21:00"),
        (Audience.COORDINATORS, "2017-11-12 07:00", "2017-11-12 08:00", "2017-11-12 21:00"),
    ],
)
def test_a_broadcast_begins_at_the_first_instant_that_its_audience_allows(
    role: Audience, confirmed: str, begins: str, closes: str
) -> None:
    goes = timing(role, 10, at(confirmed), CALENDAR, HOURS)
    assert (goes.begins_at, goes.closes_at) == (at(begins), at(closes))


def test_minutes_follow_from_twenty_calls_a_second_to_a_hundred_people_each() -> None:
    minutes = {people: timing(Audience.PARTICIPANTS, people, at("2017-11-09 12:00"), CALENDAR, HOURS).minutes
               for people in (0, 1, 100_000, 117_001, 300_000)}  # fmt: skip
    assert minutes == {0: 0, 1: 1, 100_000: 1, 117_001: 2, 300_000: 3}


def test_what_does_not_fit_into_the_evening_goes_on_when_hours_begin_again() -> None:
    goes = timing(Audience.PARTICIPANTS, 300_000, at("2017-11-09 20:58"), CALENDAR, HOURS)
    assert goes.goes_on_at == at("2017-11-10 08:00")
    assert timing(Audience.PARTICIPANTS, 300_000, at("2017-11-09 20:50"), CALENDAR, HOURS).goes_on_at is None


@pytest.mark.parametrize(
    ("went_on", "back", "missed"),
    [
        ("2017-11-09 12:00", "2017-11-09 13:30", True),
        ("2017-11-09 12:00", "2017-11-09 12:59", False),
        ("2017-11-09 23:00", "2017-11-10 08:30", False),  # the night was no time to go on
        ("2017-11-09 23:00", "2017-11-10 09:30", True),
    ],
)
def test_only_hours_in_which_it_could_have_gone_on_count_as_missed(went_on: str, back: str, *, missed: bool) -> None:
    assert was_missed(Audience.PARTICIPANTS, at(went_on), at(back), CALENDAR, HOURS) is missed


@given(st.text(max_size=4_100))
def test_a_text_is_taken_whole_refused_as_too_long_or_empty_and_never_cut(typed: str) -> None:
    match judge_text(typed):
        case TextTaken(text):
            assert 0 < len(text.encode("utf-16-le")) // 2 <= MOST_SIGNS
        case TextTooLong(signs):
            assert signs > MOST_SIGNS
        case NoText():
            assert not any(sign.isalnum() for sign in typed)


def test_an_emoji_counts_for_two_signs_as_the_messenger_may_count() -> None:
    assert isinstance(judge_text("🎁" * (MOST_SIGNS // 2)), TextTaken)
    assert judge_text("🎁" * (MOST_SIGNS // 2 + 1)) == TextTooLong(MOST_SIGNS + 2)


def test_writing_is_allowed_only_where_every_named_scope_is_coordinated() -> None:
    actor = Actor(PersonId(1), frozenset({Grant(Role.COORDINATOR, Municipality(MunicipalityId(2)))}))
    assert isinstance(may_write_to(actor, (SCHOOL, Municipality(MunicipalityId(2)))), Allowed)
    for scopes in ((), (Region(),), (SCHOOL, Municipality(MunicipalityId(3)))):
        assert isinstance(may_write_to(actor, scopes), Refused)


def test_nothing_leads_out_of_a_finished_or_a_cancelled_broadcast() -> None:
    assert not {BroadcastState.FINISHED, BroadcastState.CANCELLED} & MOVES.keys()
