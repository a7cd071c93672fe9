"""The composition root: the only place that knows every part.

`running` builds the bot from its settings, starts its loops, and stops them in reverse order, whatever happens.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import make_url

from bot import wording
from bot.clock import Clock
from bot.config import Campaign, Settings
from bot.documents import recipes
from bot.handlers.conversations import elsewhere, membership, top_list
from bot.handlers.reminders import putting_off, wanted
from bot.handlers.sessions import (
    agenda,
    arrangements,
    desk,
    joining,
    members,
    opening,
    protocol,
    questions,
    quiz,
    screen,
    teams,
    voting,
    works,
)
from bot.handlers.staff import (
    applications,
    broadcast_addressing,
    broadcast_control,
    broadcast_drafts,
    class_decisions,
    classes,
    consents,
    decisions,
    invitations,
    inviting,
    lessons,
    numbers,
    oversight,
    practice,
    reports,
    requests,
    school_choice,
    summary,
)
from bot.handlers.voting import consent, counts, menu, participants, personal, unclear, votes
from bot.jobs.all_jobs import all_jobs, pending_calls
from bot.jobs.broadcasting import Broadcasting
from bot.jobs.housekeeping import keep_house
from bot.jobs.job import Job
from bot.jobs.schedule import Schedule
from bot.jobs.sessions import Sessions
from bot.jobs.setting import Setting
from bot.kept_clock import keep_moves, stored_clock
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
from bot.messenger.vk.keyboards import LIMITS
from bot.messenger.vk.long_poll import LongPoll
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
        *(reports, lessons, practice, requests, class_decisions, oversight, summary),
        *(broadcast_addressing, broadcast_drafts, broadcast_control),
        *(putting_off, wanted),
        *(votes, participants, personal, counts, unclear),
        *(membership, top_list, elsewhere),
        *(opening, arrangements, agenda, questions, teams, members, desk, screen, protocol),
        *(joining, voting, quiz, works),
    )
)
LONGEST_PAUSE_S = 30.0
# Chosen by benchmarks/throughput, said here because it looks like an omission: it is Python's own value. A tenth of
# it costs a vote on SQLite a fifth more processor time, a hundredth a third, for changing threads more often.
SWITCH_INTERVAL_S = 0.005
NICE = 10  # of the process that makes files
# VK's word that the token or its rights are wrong: trying again would not help.
REFUSED_FOR_GOOD = (5, 7, 15, 27, 28)


class StartError(RuntimeError):
    """The bot cannot start; one line for the operator."""


@dataclass(frozen=True, slots=True)
class _AtWork:
    """What can begin only when the messenger is reached."""

    dispatch: Dispatch
    schedule: Schedule
    broadcasting: Broadcasting
    sessions: Sessions

    @property
    def idle(self) -> bool:
        return all(part.idle for part in (self.dispatch, self.schedule, self.broadcasting, self.sessions))

    def wake_jobs(self) -> None:
        self.schedule.wake()
        self.broadcasting.wake()
        self.sessions.wake()


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
        jobs: Callable[[Setting], Sequence[Job]],
    ) -> None:
        self.campaign = campaign
        self.clock = clock
        self.database = database
        self.pace = Pace(settings.send_rate)
        self.community = Community(settings.token().get_secret_value(), settings.vk_api_url, self.pace, patience)
        self._router = router
        self._pages = settings.web_url
        self._link_base = ""
        self._patience = patience
        self._rehearsed = rehearsed
        self._jobs = jobs
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
            intake=self._intake,
            patience=patience,
        )
        self._at_work: _AtWork | None = None
        self._event_loop = asyncio.get_running_loop()

    async def start(self) -> None:
        """Reach the messenger and begin to work. Raises StartError for a token that VK refuses."""
        self._loop(self._sender.run())
        group = await self._patiently(self.community.open)
        self._link_base = group.link_base
        long_poll = LongPoll(self.community.api, self.database, self._intake, group.id, self.clock.real)
        await self._patiently(long_poll.open)
        work = self._at_work = self._prepared(group.link_base)
        self.database.on_foreign_commit(self._look_again)
        await work.dispatch.start()
        if self._rehearsed:
            await rehearse(self.database, work.dispatch.handle, self.community.name, self._rehearsed, self.clock.now())
        self._loop(long_poll.run())
        self._loop(work.schedule.run())
        self._loop(work.broadcasting.run())
        self._loop(work.sessions.run())
        self._loop(keep_house(self.database, self.clock, timedelta(days=self.campaign.session_days)))
        log.info("ready", community=group.screen_name, campaign_time=self.clock.now().isoformat(timespec="seconds"))

    def _prepared(self, link_base: str) -> _AtWork:
        database, clock, sender = self.database, self.clock, self._sender
        dispatch = Dispatch(
            database, self._router, self.campaign, clock, self.community, sender, link_base, self._pages,
            self._patience, self._wake_jobs, self._wake_sessions,
        )  # fmt: skip
        setting = Setting(self.campaign, self.community.limits, link_base, clock.speed)
        jobs, pending = self._jobs(setting), pending_calls(setting)
        schedule = Schedule(database, clock, sender, setting, jobs, pending=pending, patience=self._patience)
        broadcasting = Broadcasting(database, clock, sender, setting)
        return _AtWork(dispatch, schedule, broadcasting, Sessions(database, clock, sender, setting, self._patience))

    @asynccontextmanager
    async def serving_pages(self, settings: Settings) -> AsyncIterator[None]:
        """Serve the web pages until the block ends, if there is an address for them. Raises StartError."""
        if settings.web_url is None:
            yield
            return
        from bot.pages import SessionPages
        from bot.web.screens import Screens
        from bot.web.server import serving

        pages = SessionPages(self.database, self._link_base, self._make)
        screens = Screens(pages.screen, pages.picture, self.clock, self.campaign.calendar.zone)
        async with AsyncExitStack() as stack:
            try:
                address = await stack.enter_async_context(serving(settings.listen_at, screens))
            except OSError as error:
                expected = "expected an address of this machine with a free port"
                found = f"found {settings.web_listen} ({error.strerror})"
                raise StartError(f"UGUBOT_WEB_LISTEN: {found}, {expected}") from None
            log.info("pages are served", at=address)
            yield

    async def stop(self) -> None:
        """Take nothing in any more, finish what is in hand, send what fits into the time."""
        sending, *others = self._loops
        await _cancelled(others)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.stop_within_s):
                if self._at_work is not None:
                    await self._at_work.dispatch.stop()
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
        """Whether nothing is unhandled, nothing is due by the clock, and nothing unsent."""
        return self._at_work is not None and self._at_work.idle and self._sender.idle

    async def settled(self) -> None:
        """Wait until the bot is idle, so that a test never sleeps."""
        while not self.idle:
            await asyncio.sleep(0.001)

    def _accept(self, events: Sequence[StoredEvent]) -> None:
        if self._at_work is not None:
            self._at_work.dispatch.accept(events)

    def _wake_jobs(self) -> None:
        """Called on the database thread."""
        if self._at_work is not None:
            self._event_loop.call_soon_threadsafe(self._at_work.wake_jobs)

    def _wake_sessions(self) -> None:
        """Called on the database thread."""
        if self._at_work is not None:
            self._event_loop.call_soon_threadsafe(self._at_work.sessions.wake)

    def _look_again(self) -> None:
        if self._at_work is not None:
            self._at_work.dispatch.look_again()
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
                    expected = "expected a community's token with the rights messages, docs, photos and manage"
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
            # Behind everybody who waits for an answer.
            self._workshop = ProcessPoolExecutor(
                1, get_context("spawn"), initializer=recipes.begin, initargs=(NICE, self.campaign.texts)
            )
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
    jobs: Callable[[Setting], Sequence[Job]] = all_jobs,
) -> AsyncIterator[App]:
    """The bot at work, until the block ends. clock: a test's own; else it goes on where the stored one stands.

    rehearsed: texts that are handled once, and undone, before the first poll, so that the first event is no slower.
    jobs: what happens by the clock.
    """
    database = Database(settings.database_url)
    try:
        clock = clock or await stored_clock(database, settings)
        keep_moves(clock, database)
        wording.override(campaign.texts)
        router = Router().joined(routers, wording.phrases())
        app = App(settings, campaign, clock, database, router, patience, rehearsed, jobs)
        try:
            _settle_memory()
            await app.start()
            async with app.serving_pages(settings):
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


def jobs_of(campaign: Campaign) -> Sequence[Job]:
    """What happens by the clock in a campaign, to be looked at without a bot."""
    return all_jobs(Setting(campaign, LIMITS, ""))


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
