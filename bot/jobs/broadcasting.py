"""Broadcasts on their way: listed, handed to the outbox by pages, counted, finished; their authors see how it goes.

The outbox never has more of them than leave within about a second, so a pause or a cancellation works at once and
memory stays flat, however many the recipients are. Several broadcasts share the way by turns, a page of each. Where a
broadcast stands is in its row, so a new start goes on with it; after an absence in which it should have gone on, its
author is asked first.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.broadcasts import BroadcastState, Counts
from bot.domain.identifiers import BroadcastId
from bot.jobs import broadcast_steps
from bot.jobs.broadcast_steps import Now, opens_at
from bot.jobs.rest import NEVER, Rest
from bot.jobs.setting import Setting
from bot.logs import described
from bot.messenger.sender import Sender
from bot.storage import broadcasts
from bot.storage.broadcasts import UnderWay
from bot.storage.database import Database
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.1
LONGEST_LOOK_S: Final = 1.0  # while nothing changes: the messenger lets everybody wait
SHOW_EVERY_S: Final = 3.0
FAULT_PAUSE_S: Final = 60.0
_GOING = (BroadcastState.LISTING, BroadcastState.SENDING)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the progress shows of a broadcast. waits_until: the hours in which it may go on, None: now."""

    state: BroadcastState
    counts: Counts
    waits_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Look:
    """A broadcast as it was found. is_active: something can be done for it, or is on its way."""

    one: UnderWay
    figures: _Figures
    is_active: bool


class Broadcasting:
    """All broadcasts of one bot."""

    def __init__(self, database: Database, clock: Clock, sender: Sender, setting: Setting) -> None:
        self._database = database
        self._clock = clock
        self._sender = sender
        self._setting = setting
        self._rest = Rest(clock)
        self._turn = 0
        self._pause_s = LOOK_EVERY_S
        self._shown: dict[BroadcastId, tuple[_Figures, float]] = {}

    def wake(self) -> None:
        """Somebody sent, paused or cancelled one; on the event loop."""
        self._rest.wake()

    @property
    def idle(self) -> bool:
        """Whether nothing is left to be done for any broadcast at the instant that the clock shows."""
        return self._rest.lasts

    async def run(self) -> None:
        """Let them go on whenever they may, until cancelled."""
        self._database.on_foreign_commit(self.wake)
        with self._rest.disturbed_by_moves():
            asked = await self._database.write_slice(broadcast_steps.ask_after_absence, self._setting, self._now())
            self._sender.accept(asked)
            while True:
                await self._rest.take(await self._work_off())

    def _now(self) -> Now:
        return Now(self._clock.now(), self._clock.real(), self._clock.speed)

    async def _work_off(self) -> float | None:
        """Do all that can be done now; the real seconds until the next look, None when all of them rest."""
        try:
            while True:
                self._rest.over()
                looks = await self._look()
                active = [look.one for look in looks if look.is_active]
                changed, has_more = await self._step_each(active)
                await self._show(looks)
                if not active:
                    return None
                self._pause_s = LOOK_EVERY_S if changed else min(self._pause_s * 1.5, LONGEST_LOOK_S)
                if not has_more:
                    return self._pause_s
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one broadcast raises, the bot goes on
            log.error("broadcast failed", **described(error))
            return FAULT_PAUSE_S

    async def _look(self) -> list[_Look]:
        under_way = await self._database.write_slice(broadcasts.under_way)
        at = self._clock.now()
        opens = {one.id: opens_at(one.role, at, self._setting) for one in under_way}
        waiting = (opens[one.id] for one in under_way if one.state in _GOING and opens[one.id] > at)
        self._rest.until = min(waiting, default=NEVER)
        return [self._looked(one, at, opens[one.id]) for one in under_way]

    def _looked(self, one: UnderWay, at: datetime, opens: datetime) -> _Look:
        waits_until = opens if opens > at and one.state in _GOING else None
        can_go = one.state is BroadcastState.CANCELLED or (one.state in _GOING and waits_until is None)
        return _Look(one, _Figures(one.state, one.counts, waits_until), can_go or one.counts.offered > 0)

    async def _step_each(self, active: Sequence[UnderWay]) -> tuple[bool, bool]:
        """Let each go on by a slice, another one first each time; whether anything changed, and whether more can."""
        changed = has_more = False
        self._turn += 1
        on_the_way = sum(one.counts.offered for one in active)
        for place in range(len(active)):
            one = active[(self._turn + place) % len(active)]
            others = on_the_way - one.counts.offered
            done = await self._database.write_slice(broadcast_steps.step, one, self._setting, self._now(), others)
            self._sender.accept(done.deliveries)
            changed, has_more = changed or done.changed, has_more or done.has_more
        return changed, has_more

    async def _show(self, looks: Sequence[_Look]) -> None:
        """Show the authors what is new: every few seconds, and when a broadcast comes to rest."""
        clock = asyncio.get_running_loop().time
        # What is found for the first time, its author has just seen.
        self._shown = {look.one.id: self._shown.get(look.one.id, (look.figures, clock())) for look in looks}
        for look in looks:
            figures, shown_at = self._shown[look.one.id]
            if figures == look.figures or (look.is_active and clock() < shown_at + SHOW_EVERY_S):
                continue
            self._shown[look.one.id] = (look.figures, clock())
            waits_until, if_quiet = look.figures.waits_until, look.is_active
            rewritten = await self._database.write_slice(
                broadcast_steps.rewrite,
                look.one.id,
                self._setting,
                self._now(),
                waits_until=waits_until,
                if_quiet=if_quiet,
            )
            self._sender.accept(rewritten)
