"""Which planned instant is to run now: pure, for any movement of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.domain.calendar import Calendar
from bot.jobs.job import Job, Sliced, following, latest, outlook
from bot.storage.job_runs import Run
from tests.conversations.chat import campaign

CALENDAR = campaign().calendar
FIRST_DAY, LAST_DAY = datetime(2017, 11, 8, tzinfo=UTC), datetime(2017, 12, 10, tzinfo=UTC)
INSTANTS = st.datetimes(FIRST_DAY.replace(tzinfo=None), LAST_DAY.replace(tzinfo=None), timezones=st.just(UTC))
FIRST_HOUR, LAST_HOUR = 8, 21


def _nothing(conn: Connection, run: Run, at: datetime, real: datetime) -> Sliced:
    return Sliced(None)


def job(hour: int, *, name: str = "job", working_days: bool = False, quiet_nights: bool = False) -> Job:
    def days(day: date, calendar: Calendar) -> bool:
        return not working_days or calendar.is_working_day(day)

    return Job(name, time(hour), days, _nothing, _when_awake if quiet_nights else lambda at: at)


def _when_awake(at: datetime) -> datetime:
    local = CALENDAR.local(at)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return at
    day = local.date() + timedelta(days=local.hour >= LAST_HOUR)
    return datetime.combine(day, time(FIRST_HOUR), CALENDAR.zone)


JOBS = st.lists(
    st.builds(partial(job), st.integers(0, 23), working_days=st.booleans(), quiet_nights=st.booleans()), max_size=4
).map(lambda jobs: [job_named(one, str(number)) for number, one in enumerate(jobs)])


def job_named(one: Job, name: str) -> Job:
    return Job(name, one.hour, one.days, one.slice, one.opens)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=CALENDAR.zone)


@pytest.mark.parametrize(
    ("now", "last", "coming"),
    [
        ("2017-11-08 14:59:59", None, "2017-11-08 15:00"),
        ("2017-11-08 15:00", "2017-11-08 15:00", "2017-11-09 15:00"),
        ("2017-11-10 20:00", "2017-11-10 15:00", "2017-11-13 15:00"),
        ("2017-11-13 14:00", "2017-11-10 15:00", "2017-11-13 15:00"),
    ],
)
def test_a_slot_comes_at_its_local_hour_on_the_days_of_its_job(now: str, last: str | None, coming: str) -> None:
    found, next_one = latest(job(15, working_days=True), at(now), CALENDAR), following(
        job(15, working_days=True), at(now), CALENDAR
    )  # fmt: skip
    assert (found and found.planned_at) == (last and at(last))
    assert next_one is not None
    assert next_one.planned_at == at(coming)


def test_nothing_is_planned_before_the_campaigns_first_day() -> None:
    seen = outlook([job(15)], at("2017-11-07 23:00"), CALENDAR, ())
    assert seen.due == []
    assert seen.next_at == at("2017-11-08 15:00")


def test_of_the_slots_missed_within_five_days_only_the_latest_is_due() -> None:
    seen = outlook([job(15)], at("2017-11-13 16:00"), CALENDAR, ())
    assert [slot.planned_at for slot in seen.due] == [at("2017-11-13 15:00")]


def test_a_slot_whose_hours_are_closed_waits_for_their_opening() -> None:
    seen = outlook([job(7, quiet_nights=True)], at("2017-11-09 07:10"), CALENDAR, ())
    assert seen.due == []
    assert seen.next_at == at("2017-11-09 08:00")


def test_a_slot_that_waits_too_long_gives_way_to_the_next_one() -> None:
    seen = outlook([job(7, quiet_nights=True)], at("2017-11-10 09:00"), CALENDAR, ())
    assert [slot.planned_at for slot in seen.due] == [at("2017-11-10 07:00")]


@given(JOBS, INSTANTS, st.floats(0, 0.999))
def test_what_has_run_leaves_nothing_due_until_the_instant_that_was_named(
    jobs: list[Job], now: datetime, part: float
) -> None:
    seen = outlook(jobs, now, CALENDAR, ())
    closed = {(slot.job.name, slot.planned_at) for slot in seen.due}
    assert now < seen.next_at
    assert outlook(jobs, now + (seen.next_at - now) * part, CALENDAR, closed).due == []


@given(JOBS, st.lists(INSTANTS, max_size=12))
def test_wherever_the_clock_jumps_no_slot_runs_twice_early_or_out_of_hours(
    jobs: list[Job], instants: list[datetime]
) -> None:
    closed: list[tuple[str, datetime]] = []
    for now in instants:
        due = outlook(jobs, now, CALENDAR, closed).due
        assert all(slot.planned_at <= now and slot.job.opens(now) <= now for slot in due)
        closed += [(slot.job.name, slot.planned_at) for slot in due]
    assert len(closed) == len(set(closed))


@given(st.booleans(), INSTANTS, st.lists(st.timedeltas(timedelta(0), timedelta(hours=10)), max_size=30))
def test_while_time_goes_on_every_slot_runs_or_a_later_one_makes_up_for_it(
    quiet_nights: bool, now: datetime, steps: list[timedelta]
) -> None:
    daily = job(15, quiet_nights=quiet_nights)
    closed: set[tuple[str, datetime]] = set()
    for step in steps:
        now += step
        closed |= {(slot.job.name, slot.planned_at) for slot in outlook([daily], now, CALENDAR, closed).due}
        last = latest(daily, now, CALENDAR)
        if last is not None and daily.opens(now) <= now:
            assert (daily.name, last.planned_at) in closed
