"""Made-up jobs, which tell everybody for which local time they were planned, in slices of three people."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, select

from bot.jobs.job import Job, Sliced
from bot.jobs.setting import Setting
from bot.messenger import answers
from bot.messenger.replies import Address, Say
from bot.storage.job_runs import Run
from bot.storage.schema import accounts
from bot.storage.schema_duties import job_runs

PAGE = 3
_PAGE = select(accounts.c.id, accounts.c.messenger, accounts.c.user_id).order_by(accounts.c.id).limit(PAGE)
_LEDGER = select(
    job_runs.c.job, job_runs.c.planned_at, job_runs.c.state, job_runs.c.recipients
).order_by(job_runs.c.planned_at, job_runs.c.job)  # fmt: skip


def telling(name: str, hour: int, setting: Setting, *, opens: Callable[[datetime], datetime] = lambda at: at) -> Job:
    """A job of every day that tells everybody its name and the local time for which it was planned."""

    def told(conn: Connection, run: Run, at: datetime, real: datetime) -> Sliced:
        page = conn.execute(_PAGE.where(accounts.c.id > run.cursor)).all()
        local = setting.campaign.calendar.local(run.planned_at)
        says = [Say(f"{name} {local:%d.%m %H:%M}", to=Address(row.messenger, row.user_id)) for row in page]
        cursor = page[-1].id if len(page) == PAGE else None
        return Sliced(cursor, answers.post(conn, says, setting.limits, at=real), recipients=len(page))

    return Job(name, time(hour), lambda day, calendar: True, told, opens)


def at_three(setting: Setting) -> list[Job]:
    """One made-up job, at 15:00."""
    return [telling("сводка", 15, setting)]


def ledger(conn: Connection) -> list[tuple[Any, ...]]:
    """Job, planned instant, state and recipients of every run, in the order of their instants."""
    return [tuple(row) for row in conn.execute(_LEDGER)]
