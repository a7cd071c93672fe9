"""One stored event, one handler, one transaction: the claim, what it changes and its answers commit together.

A dialogue's events are handled one after another, different dialogues independently. A handler that fails is tried
again after 0.3, 2 and 8 seconds, then its event is set aside and the person gets an apology; the rest goes on.
"""

import asyncio
import traceback
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.config import Campaign
from bot.messenger import answers
from bot.messenger.channel import Channel
from bot.messenger.events import Content, Event, EventKind
from bot.messenger.keyboards import told_anew
from bot.messenger.patience import Patience
from bot.messenger.replies import Replies
from bot.messenger.router import Router
from bot.messenger.sender import Sender
from bot.messenger.turns import MOST_HELD, MOST_PER_DIALOGUE, Dialogue, Turns
from bot.messenger.work import DialogueState, Work
from bot.storage import cursors, dialogues, inbox, people, reachability
from bot.storage.database import Database
from bot.storage.hot import together
from bot.storage.inbox import StoredEvent
from bot.storage.outbox import Delivery
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

SUSPECTS = 200  # unhandled events that run one by one after an unclean stop
CLEAN_STOP = "clean-stop"


class Dispatch:
    """Handles the inbox of one messenger."""

    def __init__(
        self,
        database: Database,
        router: Router,
        campaign: Campaign,
        clock: Clock,
        channel: Channel,
        sender: Sender,
        link_base: str,
        pages: str | None,
        patience: Patience,
        wake_jobs: Callable[[], None],
        wake_sessions: Callable[[], None],
    ) -> None:
        """link_base: the address that a deep link to this community starts with. pages: that of the web pages.

        wake_jobs, wake_sessions: called on the database thread; their own work comes behind the commit, for it is
        queued later.
        """
        self._database = database
        self._router = router
        self._campaign = campaign
        self._clock = clock
        self._channel = channel
        self._sender = sender
        self._link_base = link_base
        self._pages = pages
        self._wake_jobs = wake_jobs
        self._wake_sessions = wake_sessions
        self._turns = Turns()
        self._retry_delays_s = patience.retry_delays_s
        self._loading = False
        self._meanwhile: list[StoredEvent] = []  # committed while the inbox is read; they go behind what is found
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Read what was left unhandled; after an unclean stop, first handle the suspects one by one."""
        if await self._database.write(_started_clean):
            self.look_again()
            return
        later: set[Dialogue] = set()
        for suspect in await self._database.write(inbox.unhandled, after=0, most=SUSPECTS):
            if suspect.dialogue not in later and not await self._acquitted(suspect):
                later.add(suspect.dialogue)
        self.look_again()

    async def _acquitted(self, suspect: StoredEvent) -> bool:
        """Handle an event that may have killed the process; False when it merely failed, and waits for its next try."""
        if suspect.attempts > len(self._retry_delays_s):
            await self._set_aside(suspect)
            return True
        # Committed first: a handler that kills the process must not get the same event for ever.
        attempts = suspect.attempts + 1
        await self._database.write(inbox.note_attempt, suspect.id, attempts=attempts, retry_at=None, trace=None)
        return await self._tried(suspect, attempts)

    def accept(self, events: Sequence[StoredEvent]) -> None:
        """Take events that were just committed."""
        if self._loading:
            self._meanwhile += events
            return
        self._wake(self._turns.take_new(events))
        self._refill()

    def look_again(self) -> None:
        """The inbox may have events that nobody told us of."""
        self._turns.look_again()
        self._refill()

    @property
    def idle(self) -> bool:
        """Whether every stored event is handled."""
        return not len(self._turns) and not self._turns.behind and not self._loading

    async def stop(self) -> None:
        """Finish the events in hand, leave the others in the inbox."""
        self._stopping.set()
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._database.write(cursors.move, CLEAN_STOP, "yes")

    def _refill(self) -> None:
        if self._turns.behind and self._turns.has_room and not self._loading and not self._stopping.is_set():
            self._loading = True
            self._start(self._load())

    async def _load(self) -> None:
        page = self._turns.next_page()
        try:
            found = await self._database.write(inbox.unhandled, after=page[0], most=MOST_HELD)
        finally:
            self._loading = False
            meanwhile, self._meanwhile = self._meanwhile, []
        self._wake(self._turns.take_page(found, page, last=len(found) < MOST_HELD))
        # Some of these are among the found; the others were committed after the inbox was read.
        self._wake(self._turns.take_new(meanwhile))
        self._refill()

    def _wake(self, woken: list[Dialogue]) -> None:
        for dialogue in woken:
            self._start(self._serve(dialogue))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(_until_closed(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, dialogue: Dialogue) -> None:
        more = True
        while more and not self._stopping.is_set():
            await self._handle(self._turns.head(dialogue))
            more = self._turns.done(dialogue) or await self._reads_on(dialogue)
        self._refill()

    async def _reads_on(self, dialogue: Dialogue) -> bool:
        """Read what was left in the inbox of the dialogue; whether there is anything."""
        while self._turns.has_left_out(dialogue):
            found = await self._database.write(inbox.unhandled_of, dialogue, most=MOST_PER_DIALOGUE)
            if self._turns.take_left_out(dialogue, found, last=len(found) < MOST_PER_DIALOGUE):
                return True
        return False

    async def _handle(self, stored: StoredEvent) -> None:
        """Handle an event until it is handled or set aside. Returns early only when the bot stops."""
        for attempt in range(stored.attempts + 1, len(self._retry_delays_s) + 2):
            if await self._tried(stored, attempt):
                return
            self._turns.park(stored.dialogue)
            self._refill()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._delay_s(attempt))
            if self._stopping.is_set():
                return
        await self._set_aside(stored)

    async def _tried(self, stored: StoredEvent, attempt: int) -> bool:
        """Handle an event; False if the handler failed, which is noted outside its own transaction."""
        try:
            self._sender.accept(await self._database.write(self.handle, stored))
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the others go on
            log.error("handler failed", event_row=stored.id, attempt=attempt, error=type(error).__name__)
            retry_at = self._clock.real() + timedelta(seconds=self._delay_s(attempt))
            trace = _trace_without_values(error)
            await self._database.write(inbox.note_attempt, stored.id, attempts=attempt, retry_at=retry_at, trace=trace)
            return False
        return True

    def _delay_s(self, attempt: int) -> float:
        return self._retry_delays_s[attempt - 1] if attempt <= len(self._retry_delays_s) else 0.0

    async def _set_aside(self, stored: StoredEvent) -> None:
        log.critical("event set aside", event_row=stored.id, kind=stored.kind)
        try:
            self._sender.accept(await self._database.write(self._apologise, stored))
        except DatabaseClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - an apology that fails must not stop the dialogue
            log.error("apology failed", event_row=stored.id, error=type(error).__name__)
            await self._database.write(inbox.set_aside, stored.id, at=self._clock.real())

    # --- on the database thread

    def handle(self, conn: Connection, stored: StoredEvent) -> list[Delivery]:
        """Handle an event in this transaction; its answers, stored but not sent. None of an event handled before."""
        claim = inbox.claiming(stored.id, at=self._clock.real())
        claimed, dialogue = together(conn, claim, dialogues.looking_up(*stored.dialogue))
        if not claimed:
            return []
        event = _event(stored)
        work, row, before = self._opened(conn, event, dialogue)
        replies = self._router.route(work) if event.kind is not EventKind.DENY else None
        self._save(conn, row, work.dialogue, before)
        return self._answered(conn, event, replies)

    def _apologise(self, conn: Connection, stored: StoredEvent) -> list[Delivery]:
        if not inbox.set_aside(conn, stored.id, at=self._clock.real()):
            return []
        event = _event(stored)
        if event.kind not in (EventKind.MESSAGE, EventKind.PRESS):
            return []
        [dialogue] = together(conn, dialogues.looking_up(*stored.dialogue))
        work, _, _ = self._opened(conn, event, dialogue)
        return self._answered(conn, event, self._router.failed(work))

    def _answered(self, conn: Connection, event: Event, replies: Replies) -> list[Delivery]:
        real = self._clock.real()
        return answers.store(
            conn, event, replies, self._channel.limits, at=real, at_once=self._sender.takes_at_once
        )  # fmt: skip

    def _opened(self, conn: Connection, event: Event, dialogue: Any) -> tuple[Work, int, DialogueState]:
        real = self._clock.real()
        found = dialogues.opened(conn, dialogue, event.messenger, event.peer, event.user_id, at=real)
        if event.kind is EventKind.DENY:
            reachability.lose(conn, event.messenger, event.user_id, at=real)
        elif found.unreachable_since is not None and event.kind is not EventKind.FETCHED and not event.in_conversation:
            reachability.regain(conn, event.messenger, event.user_id)
        person, erased = found.person, False
        if person is None:
            identity = people.identify(conn, event.messenger, event.user_id)
            person, erased = identity.person, identity.erased
        state = DialogueState(found.question, found.errand, found.last_ref, found.locale, found.hinted)
        work = Work(
            conn=conn,
            event=event,
            now=event.happened_at,
            campaign=self._campaign,
            person=person,
            erased=erased,
            dialogue=replace(state),
            link_base=self._link_base,
            route=self._router.press,
            suggest=self._router.suggestion,
            profile_base=self._channel.profile_base,
            pages=self._pages,
            wake_jobs=self._wake_jobs,
            wake_sessions=self._wake_sessions,
        )
        return work, found.id, state

    def _save(self, conn: Connection, row: int, state: DialogueState, before: DialogueState) -> None:
        if state != before:
            dialogues.save(
                conn, row, question=state.question, errand=state.errand, last_ref=state.last_ref, locale=state.locale,
                hinted=state.hinted, at=self._clock.real(),
            )  # fmt: skip


async def _until_closed(work: Coroutine[None, None, None]) -> None:
    """Do the work; when the bot stops first, what is left of it stays in the inbox."""
    with suppress(DatabaseClosedError):
        await work


def _event(stored: StoredEvent) -> Event:
    content, cmid = Content.from_json(stored.content), stored.cmid
    if content.payload is not None:
        payload, anew = told_anew(content.payload)
        # Without a message to rewrite, every answer to the press is a new one.
        content, cmid = replace(content, payload=payload), None if anew else cmid
    return Event(
        id=stored.id,
        messenger=stored.messenger,
        kind=EventKind(stored.kind),
        peer=stored.peer,
        user_id=stored.user_id,
        cmid=cmid,
        content=content,
        happened_at=stored.happened_at,
        arrived_at=stored.arrived_at,
        arrived_real_at=stored.arrived_real_at,
        attempts=stored.attempts,
    )


def _started_clean(conn: Connection) -> bool:
    """Whether the last run ended in order (or there was none); from now on it has not."""
    before = cursors.read(conn, CLEAN_STOP)
    cursors.move(conn, CLEAN_STOP, "no")
    return before != "no"


def _trace_without_values(error: BaseException) -> str:
    """Where it failed and with which exception, without the texts that exceptions quote from people."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/bot/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([*places, type(error).__name__])
