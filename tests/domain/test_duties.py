from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.duties import (
    NOTHING,
    Audience,
    DisturbingHours,
    Heard,
    Moment,
    Owed,
    Verdict,
    allowed_until,
    judge,
    last_days,
    last_working_days,
    may_disturb,
    next_allowed,
    put_off_until,
    put_offs_offered,
    slot,
    working_days_after,
)
from tests.domain.builders import ANNA, moscow

HOURS = DisturbingHours(
    usual={Audience.TEACHERS: time(15), Audience.PARTICIPANTS: time(16), Audience.COORDINATORS: time(12)},
    quiet_from=time(21),
    quiet_to=time(8),
    work_from=time(8),
    work_to=time(18),
)
INSTANTS = st.integers(0, 120 * 24 * 60).map(lambda minutes: moscow("2017-10-01 00:00") + timedelta(minutes=minutes))
AUDIENCES = st.sampled_from(Audience)


def november(*days: int) -> list[date]:
    return [date(2017, 11, day) for day in days]


def owed(*, since: str = "2017-11-08 10:00", settled: str | None = None) -> Owed:
    return Owed(ANNA, "class:1", moscow(since), None if settled is None else moscow(settled))


def judged(
    planned: Sequence[date], at: str, calendar: Calendar, heard: Heard | None = None, debt: Owed | None = None
) -> Verdict:
    moment = Moment.of(moscow(at), calendar, HOURS)
    return judge(debt or owed(), planned, moment, Audience.TEACHERS, heard or Heard())


# --- hours


@given(audience=AUDIENCES, at=INSTANTS)
def test_the_next_allowed_instant_is_never_early_never_quiet_and_itself_allowed(
    audience: Audience, at: datetime, calendar: Calendar
) -> None:
    allowed = next_allowed(audience, at, calendar, HOURS)
    local = calendar.local(allowed)
    assert allowed >= at
    assert time(8) <= local.time() < time(21)
    assert next_allowed(audience, allowed, calendar, HOURS) == allowed < allowed_until(audience, at, calendar, HOURS)
    if audience is not Audience.PARTICIPANTS:
        assert calendar.is_working_day(local.date())
    if audience is Audience.TEACHERS:
        assert local.time() < time(18)


@given(audience=AUDIENCES, at=INSTANTS, minutes=st.integers(1, 3 * 24 * 60))
def test_no_instant_before_the_next_allowed_one_is_allowed(
    audience: Audience, at: datetime, minutes: int, calendar: Calendar
) -> None:
    between = at + timedelta(minutes=minutes)
    if between < next_allowed(audience, at, calendar, HOURS):
        assert not may_disturb(audience, between, calendar, HOURS)


@pytest.mark.parametrize(
    ("audience", "at", "allowed"),
    [
        (Audience.TEACHERS, "2017-11-08 17:59", "2017-11-08 17:59"),
        (Audience.TEACHERS, "2017-11-08 18:00", "2017-11-09 08:00"),
        (Audience.TEACHERS, "2017-11-10 19:00", "2017-11-13 08:00"),  # a Friday evening
        (Audience.TEACHERS, "2017-11-05 10:00", "2017-11-07 08:00"),  # 6 November 2017 was a day off
        (Audience.COORDINATORS, "2017-11-10 20:59", "2017-11-10 20:59"),
        (Audience.COORDINATORS, "2017-11-10 21:00", "2017-11-13 08:00"),
        (Audience.PARTICIPANTS, "2017-11-11 07:00", "2017-11-11 08:00"),  # a Saturday
        (Audience.PARTICIPANTS, "2017-11-11 21:00", "2017-11-12 08:00"),
    ],
)
def test_each_audience_is_disturbed_only_in_its_own_hours(
    audience: Audience, at: str, allowed: str, calendar: Calendar
) -> None:
    assert next_allowed(audience, moscow(at), calendar, HOURS) == moscow(allowed)


def test_a_school_week_of_six_days_and_own_days_off_move_what_teachers_may_get(calendar: Calendar) -> None:
    friday_night, saturday = moscow("2017-11-10 20:00"), moscow("2017-11-11 08:00")
    six_days = replace(calendar, school_week=6)
    assert next_allowed(Audience.TEACHERS, friday_night, six_days, HOURS) == saturday
    own = replace(calendar, school_week=6, extra_days_off=frozenset(november(11, 13)))
    assert next_allowed(Audience.TEACHERS, friday_night, own, HOURS) == moscow("2017-11-14 08:00")


def test_a_moved_working_saturday_of_the_production_calendar_is_a_day_for_reminders(calendar: Calendar) -> None:
    # 28 April 2018 was a working Saturday, 30 April a day off for it.
    assert next_allowed(Audience.TEACHERS, moscow("2018-04-27 19:00"), calendar, HOURS) == moscow("2018-04-28 08:00")
    assert next_allowed(Audience.TEACHERS, moscow("2018-04-28 19:00"), calendar, HOURS) == moscow("2018-05-03 08:00")


def test_what_is_said_outside_working_hours_ends_with_the_hours_of_the_day(calendar: Calendar) -> None:
    at = moscow("2017-11-10 15:00")
    assert allowed_until(Audience.TEACHERS, at, calendar, HOURS) == moscow("2017-11-10 18:00")
    assert allowed_until(Audience.PARTICIPANTS, at, calendar, HOURS) == moscow("2017-11-10 21:00")


# --- days


def test_working_days_after_a_day_skip_weekends_and_stop_at_the_end(calendar: Calendar) -> None:
    wednesday = date(2017, 11, 8)
    days = working_days_after(wednesday, 1, calendar, then_every=2, until=date(2017, 11, 20))
    assert days == november(9, 13, 15, 17)
    assert working_days_after(wednesday, 3, calendar, until=date(2017, 12, 3)) == november(13)
    assert working_days_after(wednesday, 3, calendar, until=date(2017, 11, 12)) == []


def test_last_working_days_are_counted_back_from_the_last_one(calendar: Calendar) -> None:
    assert last_working_days(date(2017, 11, 23), (5, 3, 1, 0), calendar) == november(16, 20, 22, 23)
    assert last_working_days(date(2017, 11, 26), (0,), calendar) == november(24)  # a Sunday's is the Friday


def test_the_last_days_of_a_period_include_weekends_and_its_end() -> None:
    assert last_days(date(2017, 12, 3), 3) == [date(2017, 12, day) for day in (1, 2, 3)]


# --- one debt


def test_a_debt_is_told_when_the_hour_of_its_planned_day_has_come(calendar: Calendar) -> None:
    planned = november(9, 13)
    assert judged(planned, "2017-11-08 16:00", calendar) == NOTHING
    assert judged(planned, "2017-11-09 15:00", calendar) == Verdict(date(2017, 11, 9), is_due=True)


def test_before_the_hour_a_debt_of_today_is_only_told_along_with_others(calendar: Calendar) -> None:
    assert judged(november(9), "2017-11-09 12:00", calendar) == Verdict(date(2017, 11, 9), is_due=False)


def test_of_several_missed_days_the_latest_is_told_and_the_others_skipped(calendar: Calendar) -> None:
    verdict = judged(november(9, 13, 15), "2017-11-16 09:00", calendar)
    assert verdict == Verdict(date(2017, 11, 15), is_due=True, skipped=(*november(9, 13),))


def test_what_was_told_once_is_not_told_again_nor_anything_before_it(calendar: Calendar) -> None:
    heard = Heard(up_to=date(2017, 11, 13))
    assert judged(november(9, 13, 15), "2017-11-14 15:00", calendar, heard) == NOTHING
    assert judged(november(9, 13, 15), "2017-11-15 15:00", calendar, heard).says == date(2017, 11, 15)


def test_what_was_settled_before_it_was_told_is_skipped_and_later_days_vanish(calendar: Calendar) -> None:
    settled = owed(settled="2017-11-13 15:30")
    verdict = judged(november(9, 13, 15), "2017-11-16 09:00", calendar, debt=settled)
    assert verdict == Verdict(skipped=(*november(9, 13),))


def test_muted_news_is_skipped_once_its_hour_has_come(calendar: Calendar) -> None:
    muted = Heard(is_muted=True)
    assert judged(november(9), "2017-11-09 14:59", calendar, muted) == NOTHING
    assert judged(november(9), "2017-11-09 15:00", calendar, muted) == Verdict(skipped=(*november(9),))


def test_a_debt_put_off_is_silent_until_its_day_and_comes_on_it(calendar: Calendar) -> None:
    heard = Heard(up_to=date(2017, 11, 9), silent_until=date(2017, 11, 14))
    planned = november(9, 13, 15)
    assert judged(planned, "2017-11-13 15:00", calendar, heard) == NOTHING
    verdict = judged(planned, "2017-11-14 15:00", calendar, heard)
    assert verdict == Verdict(date(2017, 11, 14), is_due=True, skipped=(*november(13),))


def test_a_debt_that_arose_anew_is_not_told_at_once_for_an_old_put_off(calendar: Calendar) -> None:
    again = owed(since="2017-11-15 10:00")
    heard = Heard(up_to=date(2017, 11, 9), silent_until=date(2017, 11, 14))
    assert judged(november(16), "2017-11-15 15:00", calendar, heard, again) == NOTHING


def test_a_debt_that_arose_after_the_days_hour_waits_for_the_next_planned_day(calendar: Calendar) -> None:
    debt = owed(since="2017-11-20 15:00")
    assert judged(november(20, 22, 23), "2017-11-20 17:00", calendar, debt=debt) == NOTHING
    assert judged(november(20, 22, 23), "2017-11-21 15:00", calendar, debt=debt) == NOTHING
    assert judged(november(20, 22, 23), "2017-11-22 15:00", calendar, debt=debt) == Verdict(november(22)[0], True)


def test_a_debt_that_arose_before_the_days_hour_is_told_the_same_day(calendar: Calendar) -> None:
    debt = owed(since="2017-11-20 14:59")
    assert judged(november(20, 22), "2017-11-20 15:00", calendar, debt=debt) == Verdict(november(20)[0], True)


def test_what_arose_after_the_hour_of_the_last_planned_day_is_told_all_the_same(calendar: Calendar) -> None:
    debt = owed(since="2017-11-23 16:00")
    assert judged(november(20, 22, 23), "2017-11-24 08:00", calendar, debt=debt) == Verdict(november(23)[0], True)


def test_an_hour_that_had_passed_when_the_debt_arose_is_not_recorded_as_skipped(calendar: Calendar) -> None:
    debt = owed(since="2017-11-20 15:00", settled="2017-11-22 16:00")
    assert judged(november(20, 22, 23), "2017-11-23 15:00", calendar, debt=debt) == Verdict(skipped=(november(22)[0],))


# --- putting off


def test_putting_off_ends_on_a_working_day_and_never_past_the_deadline(calendar: Calendar) -> None:
    friday = date(2017, 11, 10)
    assert put_off_until(friday, 1, None, calendar) == date(2017, 11, 13)
    assert put_off_until(friday, 3, date(2017, 11, 20), calendar) == date(2017, 11, 13)
    assert put_off_until(date(2017, 11, 13), 3, date(2017, 11, 15), calendar) == date(2017, 11, 15)
    assert put_off_until(friday, 1, friday, calendar) is None
    assert put_off_until(friday, 1, date(2017, 11, 9), calendar) is None


def test_a_deadline_on_a_sunday_lets_nothing_be_put_off_behind_the_friday_before(calendar: Calendar) -> None:
    sunday = date(2017, 12, 3)
    assert put_off_until(date(2017, 11, 30), 3, sunday, calendar) == date(2017, 12, 1)
    assert put_off_until(date(2017, 12, 1), 1, sunday, calendar) is None


def test_only_put_offs_that_change_something_are_offered(calendar: Calendar) -> None:
    monday, tuesday = date(2017, 11, 13), date(2017, 11, 14)
    assert list(put_offs_offered(monday, [None], calendar)) == [1, 3]
    assert list(put_offs_offered(monday, [tuesday], calendar)) == [1]
    assert list(put_offs_offered(monday, [monday], calendar)) == []
    assert list(put_offs_offered(monday, [monday, None], calendar)) == [1, 3]
    assert list(put_offs_offered(monday, [], calendar)) == []  # only news


@given(today=st.dates(date(2017, 10, 1), date(2018, 1, 31)), days=st.sampled_from([1, 3]), ahead=st.integers(-5, 9))
def test_a_put_off_ends_on_a_working_day_before_the_deadline_wherever_there_is_one(
    today: date, days: int, ahead: int, calendar: Calendar
) -> None:
    deadline = today + timedelta(days=ahead)
    until = put_off_until(today, days, deadline, calendar)
    left = [day for day in (today + timedelta(days=1 + one) for one in range(ahead)) if calendar.is_working_day(day)]
    assert until in left if left else until is None


@given(at=INSTANTS, audience=AUDIENCES)
def test_a_slot_is_the_usual_hour_on_the_campaigns_wall_clock(
    at: datetime, audience: Audience, calendar: Calendar
) -> None:
    day = calendar.local_day(at)
    local = calendar.local(slot(audience, day, calendar, HOURS))
    assert (local.date(), local.time()) == (day, HOURS.usual[audience])
