"""`ugubot jobs`: what will happen by the campaign's clock and when, and what has happened to how many people.

Only reads, so it may be asked beside a running bot as well as without one.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from sqlalchemy import Connection, make_url

from bot.app import jobs_of
from bot.commands.operator_error import OperatorError
from bot.config import Campaign, Settings
from bot.domain.calendar import Calendar
from bot.jobs.job import HORIZON, Job, following, latest
from bot.kept_clock import clock_as_stored
from bot.storage import broadcasts, job_runs, migrating, reminder_calls
from bot.storage.broadcasts import UnderWay
from bot.storage.engines import is_sqlite, reading_engine
from bot.storage.job_runs import PastRun
from bot.storage.reminder_calls import Unfinished

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class Coming:
    """A slot that is yet to run. planned_at: its instant; waits_until: when its hours open, if it has come already."""

    job: str
    planned_at: datetime
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """Everything by the clock, at a campaign instant; the instants are the campaign's local ones."""

    at: datetime
    coming: Sequence[Coming]
    past: Sequence[PastRun]
    calls: Sequence[Unfinished]
    broadcasts: Sequence[UnderWay]


async def timetable(settings: Settings, campaign: Campaign) -> Timetable:
    """What the database and the calendar say now. Raises OperatorError for a database without this version's tables."""
    await asyncio.to_thread(_check, settings.database_url)
    engine = reading_engine(settings.database_url)
    try:
        async with engine.connect() as conn:
            return await conn.run_sync(_read, settings, campaign)
    finally:
        await engine.dispose()


def _check(url: str) -> None:
    if is_sqlite(url) and not Path(make_url(url).database or "").is_file():
        raise OperatorError(f"UGUBOT_DATABASE_URL: found no file {make_url(url).database}, expected the bot's database")
    revision = migrating.current(url)
    if revision != migrating.head():
        raise OperatorError(
            f"the database is at revision {revision or 'none'}, expected {migrating.head()}; run `ugubot migrate`"
        )


def _read(conn: Connection, settings: Settings, campaign: Campaign) -> Timetable:
    calendar = campaign.calendar
    at = calendar.local(clock_as_stored(conn, settings).now())
    closed = job_runs.closed(conn, since=at - HORIZON)
    coming = [slot for job in jobs_of(campaign) for slot in _coming(job, at, calendar, closed)]
    return Timetable(
        at,
        sorted(coming, key=lambda slot: slot.planned_at),
        [_local(run, calendar) for run in job_runs.newest(conn, most=MOST_PAST)],
        [replace(call, goes_at=calendar.local(call.goes_at)) for call in reminder_calls.unfinished(conn)],
        broadcasts.under_way(conn),
    )


def _coming(job: Job, at: datetime, calendar: Calendar, closed: set[tuple[str, datetime]]) -> list[Coming]:
    found = []
    if (last := latest(job, at, calendar)) is not None and (job.name, last.planned_at) not in closed:
        opens_at = calendar.local(job.opens(at))
        found.append(Coming(job.name, calendar.local(last.planned_at), max(opens_at, at)))
    if (slot := following(job, at, calendar)) is not None:
        found.append(Coming(job.name, calendar.local(slot.planned_at)))
    return found


def _local(run: PastRun, calendar: Calendar) -> PastRun:
    return replace(
        run,
        planned_at=calendar.local(run.planned_at),
        started_at=calendar.local(run.started_at),
        finished_at=None if run.finished_at is None else calendar.local(run.finished_at),
    )


# --- as the operator reads it


def show(seen: Timetable, console: Console) -> None:
    """Print it as tables."""
    console.print(f"Campaign time: {_moment(seen.at)}", markup=False)
    _table(
        console,
        "Will run",
        ("when", "job", ""),
        [(_moment(one.planned_at), one.job, _why(one, seen.at)) for one in seen.coming],
    )
    _table(
        console,
        "Ran",
        ("planned", "job", "started", "finished", "recipients", "skipped", "unreachable"),
        [_past_line(run) for run in seen.past],
    )
    _table(
        console,
        "Called for («Напомнить всем»)",
        ("from", "report", "reminded", "of"),
        [(_moment(call.goes_at), call.stage, call.reminded, call.gets) for call in seen.calls],
    )
    _table(
        console,
        "Broadcasts under way",
        ("number", "to", "state", "delivered", "of"),
        [(one.id, one.role, one.state, one.counts.delivered, one.counts.listed) for one in seen.broadcasts],
    )


def _table(console: Console, title: str, head: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    console.print(f"\n{title}:" if lines else f"\n{title}: nothing", markup=False)
    rows = [head, *([str(cell) for cell in line] for line in lines)] if lines else []
    # Padded by ourselves: a pipe has no width to which a table may be cut.
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        console.print(f"  {'  '.join(padded).rstrip()}", markup=False)


def _past_line(run: PastRun) -> Sequence[object]:
    ended = {"running": "goes on", "skipped": "overtaken"}.get(run.state)
    finished = ended or (_moment(run.finished_at) if run.finished_at is not None else "")
    return (
        _moment(run.planned_at), run.job, _moment(run.started_at), finished, run.recipients, run.skipped,
        run.unreachable,
    )  # fmt: skip


def _why(slot: Coming, at: datetime) -> str:
    if slot.waits_until is None:
        return ""
    return "as soon as the bot runs" if slot.waits_until <= at else f"waits until {_moment(slot.waits_until)}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


# --- as programs read it


def as_json(seen: Timetable) -> str:
    """The same for programs; instants with the campaign's offset."""
    told: Mapping[str, Any] = {
        "at": seen.at,
        "coming": seen.coming,
        "past": seen.past,
        "calls": seen.calls,
        "broadcasts": seen.broadcasts,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
