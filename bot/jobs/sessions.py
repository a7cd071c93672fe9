"""All strategic sessions of one bot: their timers and their messages in the conversations, kept going.

A deadline is stored, never waited for: a new start, a moved clock and a second process find out by the same look what
is due. Looks that presses ask for are spaced, however many members press at once.
"""

import asyncio
import time
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.identifiers import SessionId
from bot.jobs import session_clock
from bot.jobs.rest import NEVER, Rest
from bot.jobs.session_clock import Ticked
from bot.jobs.setting import Setting
from bot.logs import described
from bot.messenger.patience import Patience
from bot.messenger.sender import Sender
from bot.storage import sessions
from bot.storage.database import Database
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

FAULT_PAUSE: Final = timedelta(seconds=10)
BETWEEN_LOOKS_S: Final = 0.25  # while many press at once; a moderator's own act waits no longer for its message


class Sessions:
    """The sessions of one bot."""

    def __init__(self, database: Database, clock: Clock, sender: Sender, setting: Setting, patience: Patience) -> None:
        self._database = database
        self._clock = clock
        self._sender = sender
        self._setting = setting
        self._pace = timedelta(seconds=patience.board_every_s)
        self._between_s = min(BETWEEN_LOOKS_S, patience.board_every_s)
        self._rest = Rest(clock)

    def wake(self) -> None:
        """Somebody did something in a session; on the event loop."""
        self._rest.wake()

    @property
    def idle(self) -> bool:
        """Whether nothing is left to be done at the instant that the clock shows."""
        return self._rest.lasts

    async def run(self) -> None:
        """Keep them going until cancelled."""
        self._database.on_foreign_commit(self.wake)
        with self._rest.disturbed_by_moves():
            while True:
                looked_at = time.monotonic()
                await self._rest.take(await self._look())
                await asyncio.sleep(looked_at + self._between_s - time.monotonic())

    async def _look(self) -> float | None:
        """Do what is due in each session; the real seconds until the next look, None when all of them rest."""
        self._rest.over()
        found = await self._database.write_slice(sessions.to_show)
        ticks = [await self._tick(session) for session in found]
        self._rest.until = min((one.due_at for one in ticks if one.due_at is not None), default=NEVER)
        again = [one.again_at for one in ticks if one.again_at is not None]
        if not again:
            return None
        return max((min(again) - self._clock.real()).total_seconds(), 0.0)

    async def _tick(self, session: SessionId) -> Ticked:
        at, real = self._clock.now(), self._clock.real()
        try:
            done = await self._database.write_slice(
                session_clock.tick, session, self._setting, at, real, pace=self._pace
            )
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one session, the others go on
            log.error("session failed", session=session, **described(error))
            return Ticked(again_at=real + FAULT_PAUSE)
        self._sender.accept(done.deliveries)
        return done
