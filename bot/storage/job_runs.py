"""What ran by the clock: once per job and planned instant, however many processes run the schedule.

A run goes on in slices; each moves the cursor in the commit of what it did, with the run's row locked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from bot.storage.columns import Instant
from bot.storage.schema_duties import job_runs


@dataclass(frozen=True, slots=True)
class Run:
    """A run that goes on. planned_at, since: campaign time.

    cursor: up to whom it has come, 0 at first. since: for when the last finished run before it was planned; at the
    first run, the campaign's beginning.
    """

    id: int
    job: str
    planned_at: datetime
    cursor: int
    since: datetime


class NotOurs(Enum):
    """Why a run cannot be gone on with."""

    ELSEWHERE = auto()  # another process is at it at this moment
    CLOSED = auto()  # it has finished


@dataclass(frozen=True, slots=True)
class PastRun:
    """One line of the ledger. state: running, done or skipped (overtaken by a later one); instants: campaign time."""

    job: str
    planned_at: datetime
    state: str
    recipients: int
    skipped: int
    unreachable: int
    started_at: datetime
    finished_at: datetime | None


_OF_JOB = job_runs.c.job == bindparam("of_job")
_PLANNED = job_runs.c.planned_at == bindparam("planned")
_LOCK = (
    select(job_runs.c.id, job_runs.c.state, job_runs.c.cursor)
    .where(_OF_JOB, _PLANNED)
    .with_for_update(skip_locked=True)
)
_BEGIN = text(
    "INSERT INTO job_runs (job, planned_at, started_at) VALUES (:of_job, :planned, :at)"
    " ON CONFLICT (job, planned_at) DO NOTHING RETURNING id"
).bindparams(bindparam("planned", type_=Instant), bindparam("at", type_=Instant))
_OVERTAKE = (
    update(job_runs)
    .where(_OF_JOB, job_runs.c.planned_at < bindparam("planned"), job_runs.c.state == "running")
    .values(state="skipped", finished_at=bindparam("at"))
)
_SINCE = select(func.max(job_runs.c.planned_at)).where(
    _OF_JOB, job_runs.c.planned_at < bindparam("planned"), job_runs.c.state == "done"
)
_GO_ON = (
    update(job_runs)
    .where(job_runs.c.id == bindparam("run"))
    .values(
        state=bindparam("new_state"),
        cursor=bindparam("new_cursor"),
        recipients=job_runs.c.recipients + bindparam("more_recipients"),
        skipped=job_runs.c.skipped + bindparam("more_skipped"),
        unreachable=job_runs.c.unreachable + bindparam("more_unreachable"),
        finished_at=bindparam("finished", type_=Instant),
    )
)
_CLOSED = select(job_runs.c.job, job_runs.c.planned_at).where(
    job_runs.c.planned_at >= bindparam("since"), job_runs.c.state != "running"
)
_LAST_STARTED = select(func.max(job_runs.c.started_at))
_FORGET = delete(job_runs).where(job_runs.c.planned_at > bindparam("after"))
_NEWEST = (
    select(
        job_runs.c.job, job_runs.c.planned_at, job_runs.c.state, job_runs.c.recipients, job_runs.c.skipped,
        job_runs.c.unreachable, job_runs.c.started_at, job_runs.c.finished_at,
    )
    .order_by(job_runs.c.planned_at.desc(), job_runs.c.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip
_OLD = select(job_runs.c.id).where(job_runs.c.started_at < bindparam("before")).limit(bindparam("most"))
_PURGE = delete(job_runs).where(job_runs.c.id.in_(_OLD.scalar_subquery()))


def claim(conn: Connection, job: str, planned_at: datetime, *, at: datetime, first: datetime) -> Run | NotOurs:
    """Begin the run, or go on with it; until the commit nobody else can. at: campaign time; first: its beginning.

    An earlier run of the job that never finished is closed as skipped: this one makes up for it.
    """
    values = {"of_job": job, "planned": planned_at, "at": at}
    found = conn.execute(_LOCK, values).first()
    run, state, cursor = (conn.execute(_BEGIN, values).scalar(), "running", 0) if found is None else found
    if run is None:  # its row is there, and locked
        return NotOurs.ELSEWHERE
    if state != "running":
        return NotOurs.CLOSED
    if found is None:
        conn.execute(_OVERTAKE, values)
    since = conn.execute(_SINCE, values).scalar() or first
    return Run(run, job, planned_at, cursor, since)


def go_on(
    conn: Connection, run: int, *, cursor: int | None, recipients: int, skipped: int, unreachable: int, at: datetime
) -> None:
    """Note how far a run has come, and add what its slice did. cursor: None finishes it. at: campaign time."""
    values: dict[str, Any] = {
        "run": run, "new_state": "done" if cursor is None else "running", "new_cursor": cursor or 0,
        "more_recipients": recipients, "more_skipped": skipped, "more_unreachable": unreachable,
        "finished": at if cursor is None else None,
    }  # fmt: skip
    conn.execute(_GO_ON, values)


def closed(conn: Connection, *, since: datetime) -> set[tuple[str, datetime]]:
    """The jobs and planned instants, from `since` on, that need not run any more."""
    return {(row.job, row.planned_at) for row in conn.execute(_CLOSED, {"since": since})}


def last_started(conn: Connection) -> datetime | None:
    """The campaign instant at which a run began last; None before the first."""
    return conn.execute(_LAST_STARTED).scalar()


def forget_after(conn: Connection, instant: datetime) -> None:
    """The clock was set back to this instant: what was planned for later has not been yet."""
    conn.execute(_FORGET, {"after": instant})


def purge(conn: Connection, *, before: datetime, most: int) -> int:
    """Delete the oldest runs that began before a campaign instant; how many."""
    return conn.execute(_PURGE, {"before": before, "most": most}).rowcount


def newest(conn: Connection, *, most: int) -> list[PastRun]:
    """The last lines of the ledger, newest first."""
    return [PastRun(*row) for row in conn.execute(_NEWEST, {"most": most})]
