"""Events that came in: stored before they are handled, handled once, their text erased with the handling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from bot.storage.columns import Instant
from bot.storage.hot import Asked, Hot, together
from bot.storage.schema import inbox

KEPT_FOR_DEDUPLICATION = timedelta(days=7)

_COLUMNS = (
    inbox.c.id, inbox.c.messenger, inbox.c.kind, inbox.c.peer, inbox.c.user_id, inbox.c.cmid, inbox.c.content,
    inbox.c.happened_at, inbox.c.arrived_at, inbox.c.arrived_real_at, inbox.c.attempts, inbox.c.retry_at,
)  # fmt: skip
# The conflict names no key: the event's id and, for messages, the number within its peer both forbid a second row.
_ADD = Hot(
    text(
        "INSERT INTO inbox (messenger, event_id, kind, peer, user_id, cmid, content, happened_at, arrived_at,"
        " arrived_real_at) VALUES (:messenger, :event_id, :kind, :peer, :user_id, :cmid, :content, :happened_at,"
        " :arrived_at, :arrived_real_at) ON CONFLICT DO NOTHING RETURNING id"
    ).bindparams(
        bindparam("happened_at", type_=Instant),
        bindparam("arrived_at", type_=Instant),
        bindparam("arrived_real_at", type_=Instant),
    )
)
_CLAIM = Hot(
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.handled_at.is_(None))
    .values(handled_at=bindparam("at"), content=None)
)
_UNHANDLED = (
    select(*_COLUMNS)
    .where(inbox.c.handled_at.is_(None), inbox.c.id > bindparam("after"))
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)
_UNHANDLED_OF = (
    select(*_COLUMNS)
    .where(
        inbox.c.handled_at.is_(None),
        inbox.c.messenger == bindparam("of_messenger"),
        inbox.c.peer == bindparam("of_peer"),
        inbox.c.user_id == bindparam("of_user"),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)
_FAILED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.handled_at.is_(None))
    .values(attempts=bindparam("tries"), retry_at=bindparam("at"), trace=bindparam("why"))
)
_SET_ASIDE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.handled_at.is_(None))
    .values(handled_at=bindparam("at"), set_aside_at=bindparam("at"))
)
_OLD = select(inbox.c.id).where(inbox.c.handled_at < bindparam("before")).limit(bindparam("most"))
_PURGE = delete(inbox).where(inbox.c.id.in_(_OLD.scalar_subquery()))
_COUNT = select(func.count()).select_from(inbox).where(inbox.c.handled_at.is_(None))
_SEEN = select(func.max(inbox.c.cmid)).where(
    inbox.c.messenger == bindparam("messenger"), inbox.c.peer == bindparam("peer")
)

_LAST_MESSAGE = (
    select(inbox.c.arrived_real_at)
    .where(
        inbox.c.messenger == bindparam("messenger"),
        inbox.c.peer == bindparam("peer"),
        inbox.c.kind == "message",
        inbox.c.cmid.is_not(None),
    )
    .order_by(inbox.c.cmid.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to store. happened_at, arrived_at: campaign time; content: JSON."""

    messenger: str
    event_id: str
    kind: str
    peer: int
    user_id: int
    cmid: int | None
    content: str
    happened_at: datetime
    arrived_at: datetime
    arrived_real_at: datetime


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An unhandled event as it stands in the inbox."""

    id: int
    messenger: str
    kind: str
    peer: int
    user_id: int
    cmid: int | None
    content: str
    happened_at: datetime
    arrived_at: datetime
    arrived_real_at: datetime
    attempts: int = 0
    retry_at: datetime | None = None

    @property
    def dialogue(self) -> tuple[str, int, int]:
        """Whose turn it belongs to: messenger, peer, person."""
        return self.messenger, self.peer, self.user_id


def add(conn: Connection, events: Sequence[NewEvent]) -> list[StoredEvent]:
    """Store events; those that are stored already are left out."""
    fields = [{name: getattr(event, name) for name in NewEvent.__slots__} for event in events]
    added = zip(together(conn, *((_ADD, one) for one in fields)), fields, strict=True) if fields else ()
    return [StoredEvent(id=row[0], **_without_event_id(event)) for row, event in added if row is not None]


def _without_event_id(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "event_id"}


def claiming(row: int, *, at: datetime) -> Asked:
    """Takes an event for handling in this transaction and erases its text: changes no row if it is handled already.

    at: real time.
    """
    return _CLAIM, {"row": row, "at": at}


def unhandled(conn: Connection, *, after: int, most: int) -> list[StoredEvent]:
    """The oldest unhandled events behind row `after`."""
    return [StoredEvent(*row) for row in conn.execute(_UNHANDLED, {"after": after, "most": most})]


def unhandled_of(conn: Connection, dialogue: tuple[str, int, int], *, most: int) -> list[StoredEvent]:
    """The oldest unhandled events of a dialogue: messenger, peer, person."""
    messenger, peer, user_id = dialogue
    values = {"of_messenger": messenger, "of_peer": peer, "of_user": user_id, "most": most}
    return [StoredEvent(*row) for row in conn.execute(_UNHANDLED_OF, values)]


def count_unhandled(conn: Connection) -> int:
    """How many events wait to be handled."""
    return conn.execute(_COUNT).scalar_one()


def note_attempt(conn: Connection, row: int, *, attempts: int, retry_at: datetime | None, trace: str | None) -> None:
    """Remember a failed attempt, outside the handler's own transaction. retry_at: real time."""
    conn.execute(_FAILED, {"row": row, "tries": attempts, "at": retry_at, "why": trace})


def set_aside(conn: Connection, row: int, *, at: datetime) -> bool:
    """Give an event up after its last attempt; its text stays until the row is purged, for those who look into it."""
    return conn.execute(_SET_ASIDE, {"row": row, "at": at}).rowcount == 1


def purge(conn: Connection, *, now: datetime, most: int) -> int:
    """Delete the oldest handled rows that no duplicate is expected of any more; how many went. now: real."""
    return conn.execute(_PURGE, {"before": now - KEPT_FOR_DEDUPLICATION, "most": most}).rowcount


def last_cmid(conn: Connection, messenger: str, peer: int) -> int:
    """The number of the newest stored message of a peer, 0 for none."""
    return conn.execute(_SEEN, {"messenger": messenger, "peer": peer}).scalar() or 0


def last_message_at(conn: Connection, messenger: str, peer: int) -> datetime | None:
    """When the newest message of a peer arrived; None for none. Real time."""
    return conn.execute(_LAST_MESSAGE, {"messenger": messenger, "peer": peer}).scalar()
