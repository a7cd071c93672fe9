"""A job: what is done at an hour of certain days, and which of its planned instants is to run now.

Pure: what has run already comes in as an argument.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Connection

from bot.domain.calendar import Calendar
from bot.storage.job_runs import Run
from bot.storage.outbox import Delivery

# A slot that was missed for longer is not made up for; nobody plans further ahead than that, either.
HORIZON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Sliced:
    """What one slice of a run did. cursor: up to whom it has come, None when the run is finished."""

    cursor: int | None
    deliveries: Sequence[Delivery] = ()
    recipients: int = 0
    skipped: int = 0
    unreachable: int = 0


# conn, run, the campaign's instant, the real instant. About 20 ms; what it does commits together with the cursor.
Slice = Callable[[Connection, Run, datetime, datetime], Sliced]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done by the campaign's clock.

    name: its lasting name. hour: local. days: whether it is planned for a local day. slice: does the next piece of a
    run. opens: the first instant, from the given one on, at which it may work; a slot outside waits until then.
    """

    name: str
    hour: time
    days: Callable[[date, Calendar], bool]
    slice: Slice
    opens: Callable[[datetime], datetime] = field(default=lambda at: at)


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned instant of a job."""

    job: Job
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """due: what is to run now. next_at: when to look again, if nothing happens before."""

    due: Sequence[Slot]
    next_at: datetime


def outlook(jobs: Sequence[Job], at: datetime, calendar: Calendar, closed: Collection[tuple[str, datetime]]) -> Outlook:
    """What the clock asks for at an instant.

    Of each job only the latest slot counts: earlier ones that were missed are made up for by it. closed: the names and
    instants of the slots that have run, of the last `HORIZON` at least.
    """
    due, instants = [], [at + HORIZON]
    for job in jobs:
        if (slot := latest(job, at, calendar)) is not None and (job.name, slot.planned_at) not in closed:
            if (opens_at := job.opens(at)) <= at:
                due.append(slot)
            else:
                instants.append(opens_at)
        if (coming := following(job, at, calendar)) is not None:
            instants.append(coming.planned_at)
    return Outlook(due, min(instants))


def latest(job: Job, at: datetime, calendar: Calendar) -> Slot | None:
    """The job's last slot that has come by then; None if there was none lately."""
    return next((slot for slot in _slots(job, at, calendar, step=-1) if slot.planned_at <= at), None)


def following(job: Job, at: datetime, calendar: Calendar) -> Slot | None:
    """The job's first slot that is yet to come; None if there is none soon."""
    return next((slot for slot in _slots(job, at, calendar, step=1) if slot.planned_at > at), None)


def first_instant(calendar: Calendar) -> datetime:
    """The campaign's beginning: nothing is planned earlier."""
    first = calendar.periods.campaign.first
    return datetime.combine(first, time.min, calendar.zone)


def _slots(job: Job, at: datetime, calendar: Calendar, *, step: int) -> Iterator[Slot]:
    """The job's slots, day by day from that of the instant, back or forth."""
    trigger = CronTrigger(
        hour=job.hour.hour, minute=job.hour.minute, second=job.hour.second, timezone=calendar.zone
    )  # fmt: skip
    today = calendar.local_day(at)
    for distance in range(HORIZON.days + 1):
        day = today + timedelta(days=step * distance)
        if day >= calendar.periods.campaign.first and job.days(day, calendar):
            planned_at = trigger.get_next_fire_time(None, datetime.combine(day, time.min, calendar.zone))
            yield Slot(job, planned_at.astimezone(UTC))
