"""The composition root: the only place that knows every part.

`running` builds the bot from its settings, starts its loops, and stops them in reverse order, whatever happens.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, make_url

from bot import wording
from bot.clock import Clock, ClockSetting
from bot.config import Campaign, Settings
from bot.documents import recipes
from bot.handlers.staff import (
    applications,
    class_decisions,
    classes,
    consents,
    decisions,
    invitations,
    inviting,
    lessons,
    numbers,
    oversight,
    reports,
    requests,
    school_choice,
)
from bot.handlers.voting import consent, counts, menu, participants, personal, unclear, votes
from bot.jobs.housekeeping import keep_house
from bot.messenger.asks import Asks
from bot.messenger.channel import Document
from bot.messenger.dispatch import Dispatch
from bot.messenger.files import Files
from bot.messenger.intake import Intake
from bot.messenger.pace import Pace
from bot.messenger.patience import USUAL, Patience
from bot.messenger.rehearsal import rehearse
from bot.messenger.router import Router
from bot.messenger.sender import Sender
from bot.messenger.vk.api import NoAnswer, VkError
from bot.messenger.vk.checkup import checkup
from bot.messenger.vk.community import Community
from bot.messenger.vk.long_poll import LongPoll
from bot.storage import campaign_clock
from bot.storage.campaign_clock import StoredClock
from bot.storage.database import Database
from bot.storage.inbox import StoredEvent

T = TypeVar("T")
log = structlog.get_logger()

ROUTERS: Sequence[Router] = tuple(
    part.router
    for part in (
        *(menu, consent),
        # Before the participants' part: what it takes for an ID may be an invitation code.
        *(invitations, inviting, school_choice, applications, decisions, classes, numbers, consents),
        *(reports, lessons, requests, class_decisions, oversight),
        *(votes, participants, personal, counts, unclear),
    )
)
LONGEST_PAUSE_S = 30.0
# Chosen by benchmarks/throughput, said here because it looks like an omission: it is Python's own value. A tenth of
# it costs a vote on SQLite a fifth more processor time, a hundredth a third, for changing threads more often.
SWITCH_INTERVAL_S = 0.005
# VK's word that the token or its rights are wrong: trying again would not help.
REFUSED_FOR_GOOD = (5, 7, 15, 27, 28)


class StartError(RuntimeError):
    """The bot cannot start; one line for the operator."""


class App:
    """A running bot."""

    def __init__(
        self,
        settings: Settings,
        campaign: Campaign,
        clock: Clock,
        database: Database,
        router: Router,
        patience: Patience,
        rehearsed: Sequence[str],
    ) -> None:
        self.clock = clock
        self.database = database
        self.pace = Pace(settings.send_rate)
        self.community = Community(settings.token().get_secret_value(), settings.vk_api_url, self.pace, patience)
        self._campaign = campaign
        self._router = router
        self._patience = patience
        self._rehearsed = rehearsed
        self._workshop: ProcessPoolExecutor | None = None
        self._loops: list[asyncio.Task[None]] = []
        self._intake = Intake(database, self.community.name, clock, router.expects_number, self._accept)
        self._asks = Asks(self.community, self._intake, _files_folder(settings), patience)
        self._sender = Sender(
            database,
            self.community,
            self.pace,
            clock.real,
            files=Files(database, self.community, self._make, clock.real, patience),
            asks=self._asks,
            patience=patience,
        )
        self._dispatch: Dispatch | None = None

    async def start(self) -> None:
        """Reach the messenger and begin to work. Raises StartError for a token that VK refuses."""
        self._loop(self._sender.run())
        group = await self._patiently(self.community.open)
        long_poll = LongPoll(self.community.api, self.database, self._intake, group.id, self.clock.real)
        await self._patiently(long_poll.open)
        self._dispatch = Dispatch(
            self.database,
            self._router,
            self._campaign,
            self.clock,
            self.community,
            self._sender,
            group.link_base,
            self._patience,
            lambda: None,
        )
        self.database.on_foreign_commit(self._look_again)
        await self._dispatch.start()
        if self._rehearsed:
            await rehearse(self.database, self._dispatch.handle, self.community.name, self._rehearsed, self.clock.now())
        self._loop(long_poll.run())
        self._loop(keep_house(self.database, self.clock.real))
        log.info("ready", community=group.screen_name, campaign_time=self.clock.now().isoformat(timespec="seconds"))

    async def stop(self) -> None:
        """Take nothing in any more, finish what is in hand, send what fits into the time."""
        sending, *others = self._loops
        await _cancelled(others)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.stop_within_s):
                if self._dispatch is not None:
                    await self._dispatch.stop()
                await self._sender.flushed()
        await _cancelled([sending])
        await self._sender.stop()
        await self.community.close()
        if self._workshop is not None:
            self._workshop.shutdown(wait=False, cancel_futures=True)

    async def failure(self) -> None:
        """Wait for a loop to end, which none should: raises what ended it."""
        done, _ = await asyncio.wait(self._loops, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    @property
    def idle(self) -> bool:
        """Whether nothing is unhandled and nothing unsent."""
        return self._dispatch is not None and self._dispatch.idle and self._sender.idle

    async def settled(self) -> None:
        """Wait until nothing is unhandled and nothing unsent, so that a test never sleeps."""
        while not self.idle:
            await asyncio.sleep(0.001)

    def _accept(self, events: Sequence[StoredEvent]) -> None:
        if self._dispatch is not None:
            self._dispatch.accept(events)

    def _look_again(self) -> None:
        if self._dispatch is not None:
            self._dispatch.look_again()
        self._sender.look_again()

    def _loop(self, work: Coroutine[None, None, None]) -> None:
        self._loops.append(asyncio.create_task(work))

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call at start, however long VK is down."""
        pause_s = 0.5
        while True:
            try:
                return await call()
            except VkError as error:
                if error.code in REFUSED_FOR_GOOD:
                    expected = "expected a community's token with the rights messages, docs and manage"
                    raise StartError(f"UGUBOT_VK_TOKEN: found one that VK refuses ({error}), {expected}") from None
                trouble = str(error)
            except NoAnswer as error:
                trouble = str(error)
            log.warning("VK does not answer, waiting", trouble=trouble, again_in_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _make(self, document: str, content: dict[str, Any]) -> Document:
        """Make a file in a child process: the libraries for it are big, and a slow one must not hold up the loop."""
        if self._workshop is None:
            self._workshop = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._workshop, recipes.build, document, content)
        except BrokenProcessPool:
            self._workshop = None
            raise
        return Document(made.title, made.content)


@asynccontextmanager
async def running(
    settings: Settings,
    campaign: Campaign,
    *,
    routers: Sequence[Router] = ROUTERS,
    clock: Clock | None = None,
    patience: Patience = USUAL,
    rehearsed: Sequence[str] = (),
) -> AsyncIterator[App]:
    """The bot at work, until the block ends. clock: a test's own; else it goes on where the stored one stands.

    rehearsed: texts that are handled once, and undone, before the first poll, so that the first event is no slower.
    """
    database = Database(settings.database_url)
    try:
        clock = clock or await stored_clock(database, settings)
        _keep_moves(clock, database)
        wording.override(campaign.texts)
        app = App(settings, campaign, clock, database, Router().joined(routers, wording.phrases()), patience, rehearsed)
        try:
            _settle_memory()
            await app.start()
            yield app
        finally:
            await app.stop()
    finally:
        await database.close()


async def vk_checkup(settings: Settings) -> AsyncIterator[tuple[str, str | None]]:
    """What `doctor` says about VK: what was looked at, and what to do about it (None: it is fine)."""
    token = settings.token().get_secret_value()
    community = Community(token, settings.vk_api_url, Pace(settings.send_rate), USUAL)
    try:
        async for finding in checkup(community):
            yield finding
    finally:
        await community.close()


async def stored_clock(database: Database, settings: Settings) -> Clock:
    """The clock as it was left; a rehearsal begins once, at UGUBOT_CLOCK, and goes on after restarts."""
    stored = await database.write(campaign_clock.read)
    if stored is not None:
        return Clock(ClockSetting(stored.campaign_at, stored.real_at, stored.speed))
    clock = Clock.starting(settings.clock, speed=settings.clock_speed)
    if settings.clock is not None:
        await database.write(_store_clock, clock)
    return clock


def _keep_moves(clock: Clock, database: Database) -> None:
    """Store where the clock stands whenever somebody moves it."""
    loop = asyncio.get_running_loop()
    clock.on_move(lambda: asyncio.run_coroutine_threadsafe(database.write(_store_clock, clock), loop))


def _store_clock(conn: Connection, clock: Clock) -> None:
    setting = clock.setting
    campaign_clock.store(conn, StoredClock(setting.campaign_at, setting.real_at, setting.speed))


def _files_folder(settings: Settings) -> Path:
    """Where files that people send are put: beside the SQLite file, or in the working folder."""
    url = make_url(settings.database_url)
    beside = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else Path("ugubot")
    return beside.with_name(f"{beside.stem}-files")


def _settle_memory() -> None:
    # vkbottle alone leaves 176,000 objects that never go away: frozen, no collection walks them again.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if gc.isenabled():  # else there was none yet: a collection now would cost more than the garbage of the imports
        gc.collect()
    gc.freeze()
    gc.enable()


async def _cancelled(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
