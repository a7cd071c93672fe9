"""The golden table: on which days of the example campaign each duty reminds, and when it is late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Period
from bot.domain.duty_days import (
    claims_days,
    claims_due,
    documents_days,
    held_days,
    is_last_voting_day,
    is_weekly_day,
    last_voting_days,
    lessons_end,
    practice_days,
    ready_days,
    report_due,
    weekly_days,
)
from bot.domain.practice import due_on

Days = Callable[[date, Calendar], list[date]]
WEDNESDAY = date(2017, 11, 8)


def november(*days: int) -> list[date]:
    return [date(2017, 11, day) for day in days]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (documents_days, november(9, 13, 15, 17, 21, 23)),
        (ready_days, november(13, 17, 20, 21, 22, 23)),
        (held_days, november(16, 20, 22, 23)),
        (practice_days, november(13, 16, 21, 24, 29)),
        (claims_days, november(13)),
        (weekly_days, [*november(10, 17, 24), date(2017, 12, 1)]),
        (last_voting_days, [date(2017, 12, 1), date(2017, 12, 2), date(2017, 12, 3)]),
    ],
)
def test_what_arose_on_the_first_day_reminds_on_exactly_these_days(
    calendar: Calendar, days: Days, expected: list[date]
) -> None:
    assert days(WEDNESDAY, calendar) == expected


def test_what_arose_late_still_reminds_while_it_makes_sense(calendar: Calendar) -> None:
    assert documents_days(date(2017, 11, 22), calendar) == november(23)
    assert documents_days(date(2017, 11, 23), calendar) == []
    assert ready_days(date(2017, 11, 22), calendar) == november(22, 23)
    assert held_days(date(2017, 11, 23), calendar) == november(23)
    assert practice_days(date(2017, 11, 30), calendar) == []
    assert weekly_days(date(2017, 11, 10), calendar)[0] == date(2017, 11, 17)
    assert last_voting_days(date(2017, 12, 2), calendar) == [date(2017, 12, 3)]


def test_each_debt_has_its_last_day_in_time(calendar: Calendar) -> None:
    assert report_due(WEDNESDAY, calendar) == date(2017, 11, 15)
    assert report_due(date(2017, 11, 20), calendar) == lessons_end(calendar) == date(2017, 11, 23)
    assert claims_due(WEDNESDAY, calendar) == due_on(WEDNESDAY, calendar) == date(2017, 11, 15)
    assert claims_due(date(2017, 11, 30), calendar) == date(2017, 12, 3)


def test_lessons_that_end_on_a_sunday_end_on_the_friday_before(calendar: Calendar) -> None:
    lessons = Period(date(2017, 11, 8), date(2017, 11, 26))
    longer = replace(calendar, periods=replace(calendar.periods, lessons=lessons))
    assert lessons_end(longer) == date(2017, 11, 24)
    assert held_days(WEDNESDAY, longer) == november(17, 21, 23, 24)


def test_days_off_of_the_campaign_and_a_six_day_week_move_the_days(calendar: Calendar) -> None:
    with_holiday = replace(calendar, extra_days_off=frozenset({date(2017, 11, 9)}))
    assert documents_days(WEDNESDAY, with_holiday)[:2] == november(10, 14)
    six_days = replace(calendar, school_week=6)
    assert documents_days(WEDNESDAY, six_days)[:3] == november(9, 11, 14)


@given(since=st.dates(date(2017, 11, 8), date(2017, 12, 3)), is_six_days=st.booleans())
def test_teachers_are_reminded_on_working_days_only_and_never_before_the_debt(
    calendar: Calendar, since: date, is_six_days: bool
) -> None:
    calendar = replace(calendar, school_week=6 if is_six_days else 5)
    for days in (documents_days, ready_days, held_days, practice_days, claims_days):
        planned = days(since, calendar)
        assert planned == sorted(set(planned))
        assert all(calendar.is_working_day(day) and since <= day <= calendar.periods.campaign.last for day in planned)


@given(since=st.dates(date(2017, 11, 8), date(2017, 12, 3)), is_six_days=st.booleans())
def test_whoever_answers_the_first_reminder_is_never_late(calendar: Calendar, since: date, is_six_days: bool) -> None:
    calendar = replace(calendar, school_week=6 if is_six_days else 5)
    for days, due in (
        (documents_days, report_due),
        (ready_days, report_due),
        (held_days, lambda _, calendar: lessons_end(calendar)),
        (practice_days, due_on),
        (claims_days, claims_due),
    ):
        assert all(day <= due(since, calendar) for day in days(since, calendar)[:1])


@given(since=st.dates(date(2017, 10, 1), date(2017, 12, 31)))
def test_news_comes_on_the_days_that_the_calendar_alone_names(calendar: Calendar, since: date) -> None:
    assert all(day > since and is_weekly_day(day, calendar) for day in weekly_days(since, calendar))
    assert all(day > since and is_last_voting_day(day, calendar) for day in last_voting_days(since, calendar))
