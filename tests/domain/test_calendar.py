"""What is open when, and which days are worked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Act, Calendar, Closed, NotYet, Open, Period
from tests.domain.builders import moscow

DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 31))


def test_voting_opens_with_the_first_second_of_its_first_day(calendar: Calendar) -> None:
    assert calendar.opening(Act.VOTE, moscow("2017-11-07 23:59:59")) == NotYet(date(2017, 11, 8))
    assert calendar.opening(Act.VOTE, moscow("2017-11-08 00:00:00")) == Open(date(2017, 12, 3))


def test_voting_closes_after_the_last_second_of_its_last_day(calendar: Calendar) -> None:
    assert calendar.opening(Act.VOTE, moscow("2017-12-03 23:59:59.999999")) == Open(date(2017, 12, 3))
    assert calendar.opening(Act.VOTE, moscow("2017-12-04 00:00:00")) == Closed(date(2017, 12, 3))


@pytest.mark.parametrize(
    ("act", "last"),
    [
        (Act.REGISTER_CLASS, date(2017, 11, 23)),
        (Act.CLAIM, date(2017, 12, 3)),
        (Act.REPORT, date(2017, 12, 3)),
        (Act.RESERVE, date(2017, 12, 7)),
        (Act.HAND_OUT, date(2017, 12, 14)),
    ],
)
def test_each_act_closes_with_the_period_it_belongs_to(calendar: Calendar, act: Act, last: date) -> None:
    assert calendar.period(act).last == last
    assert calendar.opening(act, moscow("2018-01-01 00:00")) == Closed(last)


def test_a_period_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2017, 11, 8), date(2017, 11, 7))


def test_an_instant_without_a_time_zone_is_an_error(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        calendar.opening(Act.VOTE, datetime(2017, 11, 8, 12))  # noqa: DTZ001


@given(seconds=st.integers(-(10**7), 10**7), act=st.sampled_from(Act))
def test_an_act_is_open_exactly_on_the_days_of_its_period(calendar: Calendar, seconds: int, act: Act) -> None:
    at = datetime(2017, 11, 20, tzinfo=UTC) + timedelta(seconds=seconds)
    assert isinstance(calendar.opening(act, at), Open) == (calendar.local_day(at) in calendar.period(act))


def test_days_off_follow_the_russian_production_calendar(calendar: Calendar) -> None:
    assert not calendar.is_working_day(date(2017, 11, 6))  # moved from Saturday, 4 November
    assert not calendar.is_working_day(date(2017, 11, 11))
    assert calendar.is_working_day(date(2017, 11, 8))
    assert calendar.is_working_day(date(2018, 4, 28))  # a Saturday worked for a longer May holiday


def test_in_a_six_day_school_week_saturdays_are_worked(calendar: Calendar) -> None:
    six = replace(calendar, school_week=6)
    assert six.is_working_day(date(2017, 11, 11))
    assert not six.is_working_day(date(2017, 11, 12))
    assert not six.is_working_day(date(2017, 11, 4))


def test_the_campaigns_own_days_off_are_not_worked(calendar: Calendar) -> None:
    closed = replace(calendar, extra_days_off=frozenset({date(2017, 11, 9)}))
    assert closed.next_working_day(date(2017, 11, 8)) == date(2017, 11, 10)


def test_the_working_day_after_a_friday_is_the_monday(calendar: Calendar) -> None:
    assert calendar.next_working_day(date(2017, 11, 10)) == date(2017, 11, 13)
    assert calendar.working_day_before(date(2017, 11, 13), 1) == date(2017, 11, 10)
    assert calendar.working_day_after(date(2017, 11, 11), 0) == date(2017, 11, 11)


@given(day=DAYS, count=st.integers(1, 30))
def test_counting_working_days_forward_agrees_with_counting_between(calendar: Calendar, day: date, count: int) -> None:
    then = calendar.working_day_after(day, count)
    assert calendar.is_working_day(then)
    assert calendar.working_days_between(day, then) == count - 1


@given(day=DAYS, count=st.integers(1, 30))
def test_going_back_from_a_working_day_undoes_going_forward(calendar: Calendar, day: date, count: int) -> None:
    start = calendar.next_working_day(day)
    assert calendar.working_day_before(calendar.working_day_after(start, count), count) == start


def test_no_working_days_lie_between_a_day_and_an_earlier_one(calendar: Calendar) -> None:
    assert calendar.working_days_between(date(2017, 11, 20), date(2017, 11, 10)) == 0


def test_a_negative_count_of_working_days_is_an_error(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.working_day_after(date(2017, 11, 8), -1)
    with pytest.raises(ValueError, match="back"):
        calendar.working_day_before(date(2017, 11, 8), -1)
