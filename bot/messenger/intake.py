"""Puts events into the inbox: each once, with the place in the messenger's queue in the same commit.

What looks like personal data that nobody asked for is recognised here, before anything is stored.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.domain.personal_data import personal_data_in
from bot.messenger.channel import Closed
from bot.messenger.events import Content, EventKind, Incoming
from bot.storage import cursors, dialogues, failpoints, inbox, outbox
from bot.storage.database import Database
from bot.storage.inbox import NewEvent, StoredEvent
from bot.storage.outbox import Delivery, DeliveryState, Outcome
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

LONGEST_TEXT = 4096
FEWEST_PERSONAL_DIGITS = 9
OLDEST = timedelta(days=30)  # a messenger keeps no event so long; a wild date must not leave the calendar


class Intake:
    """Stores the events of one messenger and hands them to the dispatcher.

    expects_number: whether an open question (JSON) asks for a participant's ID.
    """

    def __init__(
        self,
        database: Database,
        messenger: str,
        clock: Clock,
        expects_number: Callable[[str | None], bool],
        accept: Callable[[Sequence[StoredEvent]], None],
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._expects_number = expects_number
        self._accept = accept

    async def take(self, events: Sequence[Incoming], *, cursor: tuple[str, str] | None = None) -> int:
        """Store events and, in the same commit, how far the messenger's queue is read (name, value).

        Returns how many were new. Comes back only after the commit, so the next poll never runs ahead of it.
        """
        now, real = self._clock.now(), self._clock.real()
        try:
            stored = await self._database.write(self._store, events, cursor, now, real)
        except DatabaseClosedError:
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong with one event, it must not come for ever
            stored = await self._take_each(events, cursor, now, real)
        failpoints.reached("after_intake")
        self._accept(stored)
        return len(stored)

    async def _take_each(
        self, events: Sequence[Incoming], cursor: tuple[str, str] | None, now: datetime, real: datetime
    ) -> list[StoredEvent]:
        """Store each event by itself and leave out what cannot be stored; the place in the queue moves at the end."""
        stored: list[StoredEvent] = []
        for event in events:
            try:
                stored += await self._database.write(self._store, [event], None, now, real)
            except DatabaseClosedError:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                log.critical("event left out: it cannot be stored", kind=event.kind, error=type(error).__name__)
        return stored + await self._database.write(self._store, [], cursor, now, real)

    def note_closed(self, conn: Connection, delivery: Delivery, why: Closed) -> list[StoredEvent]:
        """Store, with the refusal that told it, that a conversation takes no more messages; for `pass_on`."""
        # Nobody's act: user 0 is nobody's number, and no private dialogue's.
        event = Incoming(f"closed-{delivery.id}", EventKind.CLOSED, delivery.peer, 0, Content(text=why.value))
        return self._store(conn, [event], None, self._clock.now(), self._clock.real())

    def pass_on(self, events: Sequence[StoredEvent]) -> None:
        """Hand events that are committed to the dispatcher."""
        if events:
            self._accept(events)

    async def take_outcome(self, event: Incoming, ask: int) -> None:
        """Store what an ask brought and close the ask with it. ask: its outbox row."""
        now, real = self._clock.now(), self._clock.real()
        self._accept(await self._database.write(self._store_outcome, event, ask, now, real))

    def _store(
        self,
        conn: Connection,
        events: Sequence[Incoming],
        cursor: tuple[str, str] | None,
        now: datetime,
        real: datetime,
    ) -> list[StoredEvent]:
        stored = inbox.add(conn, [self._row(conn, event, now, real) for event in events])
        if cursor is not None:
            cursors.move(conn, *cursor)
        return stored

    def _store_outcome(
        self, conn: Connection, event: Incoming, ask: int, now: datetime, real: datetime
    ) -> list[StoredEvent]:
        outbox.note_outcomes(conn, [Outcome(ask, DeliveryState.SENT, closed_at=real)])
        return self._store(conn, [event], None, now, real)

    def _row(self, conn: Connection, event: Incoming, now: datetime, real: datetime) -> NewEvent:
        return NewEvent(
            messenger=self._messenger,
            event_id=event.event_id,
            kind=event.kind.value,
            peer=event.peer,
            user_id=event.user_id,
            cmid=event.cmid,
            content=self._kept(conn, event),
            happened_at=self._campaign_time(event.happened_at, now, real),
            arrived_at=now,
            arrived_real_at=real,
        )

    def _campaign_time(self, happened_at: datetime | None, now: datetime, real: datetime) -> datetime:
        """When it counts: by the messenger's date where there is one, never later than it arrived."""
        if happened_at is None:
            return now
        age = min(max(real - happened_at, timedelta(0)), OLDEST)
        # The messenger dates by whole seconds: what came at once happened now.
        return now if age < timedelta(seconds=1) else now - age * self._clock.speed

    def _kept(self, conn: Connection, event: Incoming) -> str:
        content = replace(event.content, text=event.content.text[:LONGEST_TEXT])
        if sum(map(str.isdigit, content.text)) < FEWEST_PERSONAL_DIGITS:
            return content.to_json()
        question = dialogues.question_of(conn, self._messenger, event.peer, event.user_id)
        if personal := personal_data_in(content.text, id_asked=self._expects_number(question)):
            content = replace(content, text="", attachments=(), personal=personal.value)
        return content.to_json()
