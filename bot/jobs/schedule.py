"""What is to run by the campaign's clock runs, each planned instant once, in slices behind every waiting event.

The clock may be moved, run fast or stand still: the loop asks what is due, works it off, and sleeps until the next
instant, a move of the clock, or a call. How far a run has come is in the ledger (`storage/job_runs.py`), so a new
start, or another process, goes on where this one stopped.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.jobs.job import HORIZON, Job, Outlook, Sliced, Slot, first_instant, outlook
from bot.jobs.rest import Rest
from bot.jobs.setting import Setting
from bot.logs import described
from bot.messenger.patience import USUAL, Patience
from bot.messenger.sender import Sender
from bot.storage import job_runs, reminders
from bot.storage.database import Database
from bot.storage.job_runs import NotOurs
from bot.storage.outbox import Delivery
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

# A real clock that is put right by minutes must not make a day happen twice; a rehearsal is set back by hours.
SET_BACK = timedelta(hours=1)
ELSEWHERE_PAUSE_S = 1.0
BETWEEN_SLICES_S = 0.03

# conn, the campaign's instant, the real instant; None: there is nothing to go on with.
Pending = Callable[[Connection, datetime, datetime], Sliced | None]


class _Halt(Enum):
    """Why a run's slices end for now."""

    FINISHED = auto()
    NOT_NOW = auto()  # its hours have closed, or the clock was set back before it
    ELSEWHERE = auto()
    FAILED = auto()


class Schedule:
    """The jobs of one campaign."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sender: Sender,
        setting: Setting,
        jobs: Sequence[Job],
        *,
        pending: Pending = lambda conn, at, real: None,
        patience: Patience = USUAL,
    ) -> None:
        """jobs: those due at the same time run in this order. pending: goes on with what people have called for."""
        self._database = database
        self._clock = clock
        self._sender = sender
        self._calendar = setting.campaign.calendar
        self._jobs = jobs
        self._pending = pending
        self._fault_pause_s = patience.alarm_pause_s
        self._rest = Rest(clock)
        self._latest_at: datetime | None = None  # the latest that the clock has shown since it was set back

    def wake(self) -> None:
        """Somebody called for something; on the event loop."""
        self._rest.wake()

    @property
    def idle(self) -> bool:
        """Whether nothing is running, and nothing is to run at the instant that the clock shows."""
        return self._rest.lasts

    async def run(self) -> None:
        """Do what is due whenever it is due, until cancelled."""
        with self._rest.disturbed_by_moves():
            while True:
                await self._rest.take(await self._work_off())

    async def _work_off(self) -> float | None:
        """Do everything that is due now; the real seconds after which something has to be tried again, if any."""
        self._rest.over()
        seen, self._latest_at = await self._database.write_slice(self._look, self._latest_at)
        self._rest.until = seen.next_at
        halts = [await self._run(slot) for slot in seen.due]
        halts.append(await self._answer_calls())
        if _Halt.FAILED in halts:
            return self._fault_pause_s
        if _Halt.NOT_NOW in halts:  # what was due a moment ago is planned anew
            return 0.0
        return ELSEWHERE_PAUSE_S if _Halt.ELSEWHERE in halts else None

    async def _run(self, slot: Slot) -> _Halt:
        try:
            while not isinstance(done := await self._database.write_slice(self._slice, slot), _Halt):
                self._sender.accept(done)
                if done:  # they are written faster than they can be sent: whoever asks something meanwhile goes first
                    await asyncio.sleep(BETWEEN_SLICES_S)
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a job raises, the others go on
            log.error("job failed", job=slot.job.name, planned_at=slot.planned_at.isoformat(), **described(error))
            return _Halt.FAILED
        return done

    async def _answer_calls(self) -> _Halt:
        try:
            while (done := await self._database.write_slice(self._next_call)) is not None:
                self._sender.accept(done.deliveries)
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            log.error("call failed", **described(error))
            return _Halt.FAILED
        return _Halt.FINISHED

    # --- on the database thread

    def _look(self, conn: Connection, latest_at: datetime | None) -> tuple[Outlook, datetime]:
        """What is due, and the latest instant that the clock has shown so far."""
        at = self._clock.now()
        shown = latest_at or job_runs.last_started(conn) or at
        if at < shown - SET_BACK:
            job_runs.forget_after(conn, at)
            reminders.forget_skipped(conn, self._calendar.local_day(at))
            shown = at
        closed = job_runs.closed(conn, since=at - HORIZON - timedelta(days=1))
        return outlook(self._jobs, at, self._calendar, closed), max(shown, at)

    def _slice(self, conn: Connection, slot: Slot) -> Sequence[Delivery] | _Halt:
        at = self._clock.now()
        if at < slot.planned_at or slot.job.opens(at) > at:
            return _Halt.NOT_NOW
        run = job_runs.claim(conn, slot.job.name, slot.planned_at, at=at, first=first_instant(self._calendar))
        if isinstance(run, NotOurs):
            return _Halt.ELSEWHERE if run is NotOurs.ELSEWHERE else _Halt.FINISHED
        done = slot.job.slice(conn, run, at, self._clock.real())
        job_runs.go_on(
            conn, run.id, cursor=done.cursor, recipients=done.recipients, skipped=done.skipped,
            unreachable=done.unreachable, at=at,
        )  # fmt: skip
        return done.deliveries

    def _next_call(self, conn: Connection) -> Sliced | None:
        return self._pending(conn, self._clock.now(), self._clock.real())
