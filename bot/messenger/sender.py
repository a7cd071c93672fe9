"""Empties the outbox: takes deliveries in order, offers them to the messenger in batches, stores what became of them.

A delivery that the sender takes at once is born as offered; those that waited are marked as offered, ahead of their
turn and many in one commit. So after a crash everything the messenger may have seen is known, and is offered again
under the same `random_id`, which the messenger drops if it had it.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.messenger import channel as messengers
from bot.messenger.asks import Asks
from bot.messenger.channel import Call, Channel, Result
from bot.messenger.files import Files
from bot.messenger.intake import Intake
from bot.messenger.lines import Lines, batch_of
from bot.messenger.outcomes import becomes_message, leaves_doubt, outcome_of
from bot.messenger.pace import Pace
from bot.messenger.patience import Patience
from bot.messenger.replies import Lane
from bot.storage import failpoints, inbox, outbox, reachability
from bot.storage.database import Database
from bot.storage.inbox import StoredEvent
from bot.storage.outbox import Delivery, DeliveryKind, DeliveryState
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

# Deliveries of one lane in memory, those in flight among them; the others wait in the outbox, which is read by pages.
MOST_HELD = 4_000
PAGE = 500
# Deliveries that are marked as offered before their turn: what goes at the full pace while a commit takes 0.2 s.
MARKED_AHEAD = 400
REQUESTS_AT_ONCE = 64  # enough that a messenger that takes 3 s a request is still given 20 a second
DOUBT_LASTS = timedelta(minutes=50)  # the messenger remembers a random_id for an hour
CLOCKS_DIFFER = timedelta(minutes=1)
WITHDRAW_WITHIN_S = 0.5  # a database that does not answer must not hold up the stop
LONGEST_WAIT_S = 30.0  # in one piece: a clock that was put right meanwhile is noticed after it


class Sender:
    """Sends for one messenger; `files` prepares attachments for it, `asks` takes what is no message.

    intake: is told of conversations that take no more messages.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        pace: Pace,
        real_now: Callable[[], datetime],
        *,
        files: Files,
        asks: Asks,
        intake: Intake,
        patience: Patience,
    ) -> None:
        """real_now: the real clock."""
        self._database = database
        self._channel = channel
        self._pace = pace
        self._real_now = real_now
        self._files = files
        self._asks = asks
        self._intake = intake
        self._lines = Lines()
        self._overflowing = dict.fromkeys(Lane, True)  # until the first load has found nothing more
        self._read_up_to = dict.fromkeys(Lane, 0)  # the outbox row behind which the next page begins
        self._looks = 0  # how often the outbox was to be read from its beginning
        self._loading: set[Lane] = set()
        self._meanwhile: list[Delivery] = []  # committed while the outbox is read; they go behind what is found
        self._finished: set[int] = set()  # final while the outbox is read; what is found may be older
        self._given_up: set[int] = set()  # refused with their peer's others while they were in flight or waited
        self._something = asyncio.Event()
        self._requests = asyncio.Semaphore(REQUESTS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._fault: BaseException | None = None
        self._marks = False  # queued deliveries as offered, at present
        self._alarm_pause_s = patience.alarm_pause_s
        self._noted_in, self._noted = 0, set[str]()  # reasons to wait that the log has of this second

    # --- taking in

    def takes_at_once(self, lane: Lane) -> bool:
        """Whether a delivery stored now goes straight on, born as offered. Called on the database thread."""
        return not self._overflowing[lane]

    def accept(self, deliveries: Sequence[Delivery]) -> None:
        """Take deliveries that were just committed."""
        for delivery in deliveries:
            lane = Lane(delivery.lane)
            if lane in self._loading:
                self._meanwhile.append(delivery)
            elif delivery.state is DeliveryState.OFFERED or not self._overflowing[lane]:
                self._take(delivery)
            else:  # its number may be lower than one that is read already: numbers are given before commits
                self._read_up_to[lane] = min(self._read_up_to[lane], delivery.id - 1)
        self._refill()

    def look_again(self) -> None:
        """Another process may have stored deliveries: read the outbox from its beginning."""
        self._looks += 1
        self._read_up_to = dict.fromkeys(Lane, 0)
        self._overflowing = dict.fromkeys(Lane, True)
        self._refill()

    def ready(self, delivery: Delivery) -> None:
        """A delivery that had to wait may go now."""
        self._lines.again(delivery)
        self._something.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is waiting, in flight or left in the outbox."""
        return not len(self._lines) and not self._tasks and not any(self._overflowing.values()) and self._asks.idle

    async def flushed(self) -> None:
        """Wait until nothing is on its way or could go now; what has to wait stays in the outbox."""
        while self._tasks or self._files.busy or self._lines.first_lane() is not None:
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Let go of everything: what is not final is found in the outbox after the next start."""
        await self._asks.stop()
        await self._files.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(TimeoutError, DatabaseClosedError):
            async with asyncio.timeout(WITHDRAW_WITHIN_S):
                await self._withdraw()

    async def _withdraw(self) -> None:
        """What is marked as offered and only waited for its turn must not be in doubt after a long rest."""
        waiting = [*self._lines.waiting(), *self._meanwhile]
        rows = [one.id for one in waiting if one.state is DeliveryState.OFFERED and not one.in_doubt]
        if rows:
            await self._database.write(outbox.withdraw, rows)

    def _take(self, delivery: Delivery) -> None:
        if delivery.kind is DeliveryKind.FETCH:
            self._asks.accept(delivery)
            return
        self._files.preparing(delivery)  # ahead of its turn
        if self._lines.held(delivery.lane) >= MOST_HELD:
            self._overflowing[Lane(delivery.lane)] = True
        if self._lines.add(delivery):
            self._something.set()

    def _refill(self) -> None:
        for lane, more in self._overflowing.items():
            if more and lane not in self._loading and self._lines.held(lane) <= MOST_HELD - PAGE:
                self._loading.add(lane)
                self._start(self._load(lane))

    async def _load(self, lane: Lane) -> None:
        looks, after = self._looks, self._read_up_to[lane]
        # What nobody waits for in front of the screen is read when no event waits for the database.
        read = self._database.write if lane <= Lane.REPLIES else self._database.write_slice
        try:
            found = await read(self._read, lane, after, looks)
        finally:
            self._loading.discard(lane)
        if found and (self._looks, self._read_up_to[lane]) == (looks, after):
            self._read_up_to[lane] = found[-1].id
        for delivery in found:
            if delivery.id not in self._finished:
                self._take(delivery)
        if not self._loading:
            self._finished.clear()
        meanwhile, self._meanwhile = self._meanwhile, []
        self.accept(meanwhile)

    def _read(self, conn: Connection, lane: Lane, after: int, looks: int) -> list[Delivery]:
        found = outbox.open_deliveries(conn, lane, after=after, most=PAGE)
        if len(found) < PAGE and looks == self._looks:
            # Said here, on the database thread: what a handler stores from now on goes straight to the sender.
            self._overflowing[lane] = False
        return found

    # --- sending

    async def run(self) -> None:
        """Send until cancelled. Raises what a part of it failed with: a new start finds everything in the outbox."""
        self._refill()
        while True:
            await self._something.wait()
            if self._fault is not None:
                raise self._fault
            self._mark_ahead()
            if (lane := self._lines.first_lane()) is None:
                self._something.clear()
                continue
            await self._requests.acquire()
            await self._slot(lane)
            await asyncio.sleep(0)  # whatever was committed together becomes one request
            calls, settled = self._next_batch()
            if calls or settled:
                self._start(self._send(calls, settled))
            else:
                self._requests.release()

    async def _slot(self, lane: int) -> None:
        """Wait for a slot. What comes meanwhile and is more urgent must not wait behind others of this lane."""
        asked = self._pace.ask(lane)
        while not asked.done():
            self._something.clear()
            stirred = asyncio.ensure_future(self._something.wait())
            await asyncio.wait((asked, stirred), return_when=asyncio.FIRST_COMPLETED)
            stirred.cancel()
            first = self._lines.first_lane()
            if first is not None and first < lane and not asked.done():
                lane = first
                self._pace.hurry(asked, lane)
        self._something.set()

    def _next_batch(self) -> tuple[list[Call], list[tuple[Delivery, Result | DeliveryState]]]:
        now = self._real_now()
        settled: list[tuple[Delivery, Result | DeliveryState]] = []

        def sendable() -> Iterator[Delivery]:
            for delivery in self._lines.heads():
                if self._is_held_back(delivery, now, settled):
                    continue
                if _doubt_is_old(delivery, now):
                    self._start(self._resolve(delivery))
                elif task := self._files.preparing(delivery):
                    task.add_done_callback(self._when_prepared(delivery))
                else:
                    yield delivery

        calls = batch_of(
            sendable(), calls_at_once=self._channel.calls_at_once, peers_per_call=self._channel.peers_per_call
        )
        return calls, settled

    def _mark_ahead(self) -> None:
        """Mark what is queued as offered ahead of its turn: a commit between slot and call would spoil the pace."""
        if self._marks:
            return
        now = self._real_now()
        settled: list[tuple[Delivery, Result | DeliveryState]] = []
        heads = self._lines.queued_heads(MARKED_AHEAD)
        marked = [delivery for delivery in heads if not self._is_held_back(delivery, now, settled)]
        if settled:
            self._start(self._settle(settled))
        if marked:
            self._marks = True
            self._start(self._mark(marked, now))

    async def _mark(self, queued: Sequence[Delivery], now: datetime) -> None:
        try:
            await self._database.write(outbox.offer, [delivery.id for delivery in queued], at=now)
        finally:
            self._marks = False
        for delivery in queued:
            delivery.state, delivery.first_offered_at = DeliveryState.OFFERED, delivery.first_offered_at or now
            self.ready(delivery)

    def _is_held_back(
        self, delivery: Delivery, now: datetime, settled: list[tuple[Delivery, Result | DeliveryState]]
    ) -> bool:
        """Whether it does not go now: it waits, or what became of it is put among the settled."""
        if delivery.not_before is not None and delivery.not_before > now:
            self._later(delivery, min((delivery.not_before - now).total_seconds(), LONGEST_WAIT_S))
        elif delivery.id in self._given_up:
            settled.append((delivery, DeliveryState.REFUSED))
        elif self._too_late(delivery, now):
            settled.append((delivery, DeliveryState.EXPIRED))
        else:
            return False
        return True

    def _when_prepared(self, delivery: Delivery) -> Callable[[object], None]:
        return lambda _: self.ready(delivery)

    def _too_late(self, delivery: Delivery, now: datetime) -> bool:
        return (delivery.expires_at is not None and delivery.expires_at <= now) or self._lines.superseded(delivery)

    async def _send(self, calls: list[Call], settled: list[tuple[Delivery, Result | DeliveryState]]) -> None:
        try:
            if calls:
                settled += await self._offer(calls)
        finally:
            self._requests.release()
        await self._settle(settled)

    async def _offer(self, calls: list[Call]) -> list[tuple[Delivery, Result | DeliveryState]]:
        deliveries = [delivery for call in calls for delivery in call.deliveries]
        failpoints.reached("offered")
        results = await self._channel.deliver(calls)
        failpoints.reached("after_call")
        unknown = messengers.NotNow(1.0, "no result for this delivery", doubtful=True)
        return [(delivery, results.get(delivery.id, unknown)) for delivery in deliveries]

    async def _resolve(self, delivery: Delivery) -> None:
        """The messenger may have had it for too long to trust its random_id: look for it in the peer's history."""
        if delivery.kind is not DeliveryKind.MESSAGE or delivery.first_offered_at is None:
            await self._settle([(delivery, DeliveryState.UNCERTAIN)])
            return
        try:
            since = delivery.first_offered_at - CLOCKS_DIFFER
            found = await self._channel.find(delivery.peer, delivery.body.random_id, since)
        except messengers.NotNowError:
            self._later(delivery, self._alarm_pause_s)
            return
        except messengers.FetchFailedError as error:
            log.warning("cannot look for a doubtful delivery", delivery=delivery.id, reason=str(error))
            await self._settle([(delivery, DeliveryState.UNCERTAIN)])
            return
        if found is not None:
            await self._settle([(delivery, messengers.Sent(found))])
        elif delivery.lane == Lane.REPLIES:
            delivery.body.random_id = await self._database.write(outbox.renew, delivery.body.id)
            delivery.first_offered_at, delivery.in_doubt = None, False
            self.ready(delivery)
        else:
            await self._settle([(delivery, DeliveryState.UNCERTAIN)])

    # --- what became of it

    async def _settle(self, settled: list[tuple[Delivery, Result | DeliveryState]]) -> None:
        failpoints.reached("before_result")
        settled = [(delivery, self._collapsed(delivery, result)) for delivery, result in settled]
        given_up, closed = await self._database.write(self._store, settled)
        self._intake.pass_on(closed)
        for peer, rows in given_up.items():
            self._given_up |= self._lines.drop(rows, peer)
            self._finish(*rows)
        for delivery, result in settled:
            self._go_on(delivery, result)
        if reason := next((result.reason for _, result in settled if isinstance(result, messengers.Stop)), None):
            log.critical("the messenger refuses everything: mend it, then sending goes on", reason=reason)
        self._refill()
        self._something.set()

    def _collapsed(self, delivery: Delivery, result: Result | DeliveryState) -> Result | DeliveryState:
        """Of several edits that can no longer be only the newest becomes a new message."""
        lost = isinstance(result, messengers.CannotEdit) and self._lines.superseded(delivery)
        return DeliveryState.EXPIRED if lost else result

    def _store(
        self, conn: Connection, settled: Sequence[tuple[Delivery, Result | DeliveryState]]
    ) -> tuple[dict[int, set[int]], list[StoredEvent]]:
        now = self._real_now()
        outcomes = []
        given_up: dict[int, set[int]] = {}
        closed: list[StoredEvent] = []
        for delivery, result in settled:
            if becomes_message(delivery, result):
                delivery.body.random_id = outbox.become_message(conn, delivery.id, delivery.body.id, lane=Lane.REPLIES)
                continue
            outcomes.append(outcome_of(delivery, result, now, self._alarm_pause_s))
            if isinstance(result, messengers.NeverThisPerson) and not _wrote_since(conn, delivery):
                reachability.lose(conn, delivery.messenger, delivery.peer, at=now)
            elif isinstance(result, messengers.NeverThisConversation):
                closed += self._intake.note_closed(conn, delivery, result.why)
            else:
                continue
            rows = outbox.refuse_peer(conn, delivery.messenger, delivery.peer, reason=result.reason, at=now)
            given_up.setdefault(delivery.peer, set()).update(rows)
        if outcomes:
            outbox.note_outcomes(conn, outcomes)
        return given_up, closed

    def _go_on(self, delivery: Delivery, result: Result | DeliveryState) -> None:
        match result:
            case messengers.NotNow(after_s, reason):
                self._note_waiting(delivery, reason, after_s)
                self._wait(delivery, result, after_s)
            case messengers.Stop():
                self._wait(delivery, result, self._alarm_pause_s)
            case _ if becomes_message(delivery, result):
                self._say_anew(delivery)
            case _:
                self._lines.done(delivery)
                self._given_up.discard(delivery.id)
                self._finish(delivery.id)

    def _note_waiting(self, delivery: Delivery, reason: str, after_s: float) -> None:
        """One line per reason and second: of a broadcast, thousands may wait at once."""
        second = int(asyncio.get_running_loop().time())
        if second != self._noted_in:
            self._noted_in, self._noted = second, set()
        if reason not in self._noted:
            self._noted.add(reason)
            log.info("delivery waits", delivery=delivery.id, reason=reason, seconds=after_s)

    def _wait(self, delivery: Delivery, result: messengers.NotNow | messengers.Stop, after_s: float) -> None:
        delivery.attempts += 1
        delivery.in_doubt = leaves_doubt(delivery, result)
        if not delivery.in_doubt:
            delivery.state, delivery.first_offered_at = DeliveryState.QUEUED, None
        self._later(delivery, after_s)

    def _say_anew(self, delivery: Delivery) -> None:
        keeps_its_place = delivery.lane == Lane.REPLIES
        if not keeps_its_place:
            self._lines.done(delivery)
        delivery.kind, delivery.lane = DeliveryKind.MESSAGE, Lane.REPLIES
        delivery.state, delivery.expires_at, delivery.first_offered_at = DeliveryState.QUEUED, None, None
        delivery.in_doubt = False
        if keeps_its_place:
            self.ready(delivery)
        else:
            self._take(delivery)

    def _finish(self, *rows: int) -> None:
        if self._loading:
            self._finished.update(rows)

    def _later(self, delivery: Delivery, after_s: float) -> None:
        asyncio.get_running_loop().call_later(after_s, self.ready, delivery)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None and not isinstance(fault, DatabaseClosedError):
            self._fault = fault
            self._something.set()


def _doubt_is_old(delivery: Delivery, now: datetime) -> bool:
    """Whether the messenger may have forgotten the random_id of an offer whose outcome nobody knows.

    Repeating an edit changes nothing, so it may be repeated as long as there is something to edit. An instant that is
    yet to come tells that the clock was set back, and nothing about how long ago the offer was.
    """
    if not delivery.in_doubt or delivery.first_offered_at is None:
        return False
    lasts = outbox.EDIT_WINDOW if delivery.kind is DeliveryKind.EDIT else DOUBT_LASTS
    return not -CLOCKS_DIFFER <= now - delivery.first_offered_at <= lasts


def _wrote_since(conn: Connection, delivery: Delivery) -> bool:
    """Whether the peer wrote after the offer: it may have let us write again since then, so others are still tried."""
    wrote_at = inbox.last_message_at(conn, delivery.messenger, delivery.peer)
    offered_at = delivery.first_offered_at
    return wrote_at is not None and offered_at is not None and wrote_at > offered_at
