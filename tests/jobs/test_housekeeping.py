"""What is no longer needed goes by itself, in slices."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.clock import Clock, ClockSetting
from bot.jobs.housekeeping import RUNS_KEPT, SLICE, keep_house
from bot.storage import job_runs
from bot.storage.database import Database

NOW = datetime(2017, 12, 3, 12, tzinfo=UTC)
LONG_AGO = NOW - RUNS_KEPT - timedelta(hours=1)


async def test_runs_of_the_schedule_go_after_ninety_days_of_the_campaigns_clock(database_url: str) -> None:
    database = Database(database_url)
    try:
        await database.write(_run, "digest", LONG_AGO)
        await database.write(_run, "digest", NOW - RUNS_KEPT + timedelta(hours=1))
        await database.write(_many_old_runs)
        clock = Clock(ClockSetting(NOW, datetime.now(UTC), 0.0))
        cleaning = asyncio.create_task(keep_house(database, clock, timedelta(days=30)))
        async with asyncio.timeout(20):
            while len(left := await database.write(job_runs.newest, most=5)) > 1:
                await asyncio.sleep(0.01)
        cleaning.cancel()
        assert [run.planned_at for run in left] == [NOW - RUNS_KEPT + timedelta(hours=1)]
    finally:
        await database.close()


def _many_old_runs(conn: Connection) -> None:
    """More than go in one slice."""
    for number in range(SLICE + 3):
        _run(conn, f"job {number}", LONG_AGO)


def _run(conn: Connection, job: str, at: datetime) -> None:
    job_runs.claim(conn, job, at, at=at, first=at)
