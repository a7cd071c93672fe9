"""Answers: what is said (bodies), and to whom it still has to go (outbox rows, the deliveries).

Stored in the transaction of their cause, before the messenger sees them. A body's `random_id` makes every repeat of an
offer harmless for an hour, so a delivery may be offered again after any crash.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, case, delete, func, insert, or_, select, text, update

from bot.storage.columns import Instant
from bot.storage.hot import Hot, together
from bot.storage.schema import bodies, outbox
from bot.storage.schema_duties import broadcasts

EDIT_WINDOW = timedelta(hours=24)
CLOSED_ROWS_KEPT = timedelta(days=7)
MOST_COUNTED = 1_000  # attempts; a token that stays revoked for weeks makes more


class DeliveryKind(StrEnum):
    """What the messenger is asked to do."""

    MESSAGE = "message"
    EDIT = "edit"
    POP_UP = "pop_up"
    FETCH = "fetch"  # an ask: its outcome comes back as an inbox event


class DeliveryState(StrEnum):
    """Where a delivery stands. Only the sender moves it."""

    QUEUED = "queued"  # committed together with its cause; the messenger has not seen it, or surely refused for now
    OFFERED = "offered"  # given to the messenger, reply unknown: offered again with the same random_id
    SENT = "sent"
    REFUSED = "refused"  # the messenger will never take it
    EXPIRED = "expired"  # its time passed, or a newer edit took its place
    UNCERTAIN = "uncertain"  # unknown for longer than the messenger remembers a random_id: a person decides


@dataclass(slots=True)
class Body:
    """What is said, once for all its recipients. keyboard, recipe: JSON. attachment: the messenger's name of a file."""

    id: int
    random_id: int
    text: str
    keyboard: str | None = None
    recipe: str | None = None
    attachment: str | None = None


@dataclass(slots=True, eq=False)
class Delivery:
    """One body on its way to one peer. All times real.

    lane: who goes first (0 pop-ups, 1 replies, 2 reminders, 3 broadcasts). ticket: of the press that a pop-up answers.
    target_cmid: the message to edit. first_offered_at: since when the messenger may have it; empty again when it surely
    has not. in_doubt: it was offered before, and nobody knows what became of it.
    """

    id: int
    body: Body
    messenger: str
    peer: int
    kind: DeliveryKind
    lane: int
    state: DeliveryState
    user_id: int | None = None
    attempts: int = 0
    not_before: datetime | None = None
    expires_at: datetime | None = None
    first_offered_at: datetime | None = None
    target_cmid: int | None = None
    ticket: str | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body to store. keyboard, recipe: JSON."""

    text: str
    keyboard: str | None = None
    recipe: str | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to store with its body; fields as in `Delivery`."""

    messenger: str
    peer: int
    lane: int
    body: NewBody
    kind: DeliveryKind = DeliveryKind.MESSAGE
    user_id: int | None = None
    expires_at: datetime | None = None
    target_cmid: int | None = None
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an offered delivery. state: where it stands now. doubtful: the messenger may have it already."""

    row: int
    state: DeliveryState
    cmid: int | None = None
    reason: str | None = None
    not_before: datetime | None = None
    first_offered_at: datetime | None = None
    closed_at: datetime | None = field(default=None)


_ADD_BODY = Hot(insert(bodies).returning(bodies.c.id))
_ADD_ROW = Hot(insert(outbox).returning(outbox.c.id))
# Where a statement is a round trip, both in one; SQLite has no inserts inside a WITH.
_ADD_BOTH = Hot(
    text(
        "WITH said AS (INSERT INTO bodies (random_id, text, keyboard, recipe, created_at)"
        " VALUES (:random_id, :text, :keyboard, :recipe, :created_at) RETURNING id)"
        " INSERT INTO outbox (body_id, messenger, peer, user_id, kind, lane, state, attempts, expires_at,"
        " first_offered_at, target_cmid, ticket) SELECT id, :messenger, :peer, :user_id, :kind, :lane, :state, 0,"
        " :expires_at, :first_offered_at, :target_cmid, :ticket FROM said RETURNING id, body_id"
    ).bindparams(
        *(bindparam(name, type_=Instant) for name in ("created_at", "expires_at", "first_offered_at")),
        *(bindparam(name, type_=BigInteger) for name in ("user_id", "target_cmid")),
    )
)
_ROW_COLUMNS = (
    outbox.c.id, outbox.c.messenger, outbox.c.peer, outbox.c.kind, outbox.c.lane, outbox.c.state, outbox.c.user_id,
    outbox.c.attempts, outbox.c.not_before, outbox.c.expires_at, outbox.c.first_offered_at,
    outbox.c.target_cmid, outbox.c.ticket,
)  # fmt: skip
_BODY_COLUMNS = (
    bodies.c.id, bodies.c.random_id, bodies.c.text, bodies.c.keyboard, bodies.c.recipe, bodies.c.attachment,
)  # fmt: skip
# Written out, for a partial index serves only a condition without parameters, and many rows are closed in one call.
_OPEN_STATES = text("outbox.state IN ('queued', 'offered')")
_WITH_BODY = select(*_ROW_COLUMNS, *_BODY_COLUMNS).join(bodies, bodies.c.id == outbox.c.body_id)
_OPEN = (
    _WITH_BODY.where(_OPEN_STATES, outbox.c.lane == bindparam("lane"), outbox.c.id > bindparam("after"))
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
_OFFER = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(state="offered", first_offered_at=func.coalesce(outbox.c.first_offered_at, bindparam("at", type_=Instant)))
)
_WITHDRAW = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "offered", outbox.c.attempts == 0)
    .values(state="queued", first_offered_at=None)
)
_CLOSE = Hot(
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _OPEN_STATES)
    .values(
        state=bindparam("new_state"),
        cmid=bindparam("new_cmid"),
        reason=bindparam("why"),
        not_before=bindparam("wait_until"),
        first_offered_at=bindparam("offered_since"),
        closed_at=bindparam("closed"),
        attempts=case((outbox.c.attempts < MOST_COUNTED, outbox.c.attempts + 1), else_=outbox.c.attempts),
    )
)
_REFUSE_PEER = (
    update(outbox)
    .where(
        outbox.c.messenger == bindparam("to_messenger"),
        outbox.c.peer == bindparam("to_peer"),
        outbox.c.kind == "message",
        _OPEN_STATES,
    )
    .values(state="refused", reason=bindparam("why"), closed_at=bindparam("at"))
    .returning(outbox.c.id)
)
# By row number: from the newest row back there are few to pass.
_NEWEST = (
    select(outbox.c.cmid)
    .where(
        outbox.c.messenger == bindparam("messenger"),
        outbox.c.peer == bindparam("peer"),
        outbox.c.kind == "message",
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_ATTACH = update(bodies).where(bodies.c.id == bindparam("row")).values(attachment=bindparam("named"))
_RENEW = update(bodies).where(bodies.c.id == bindparam("row")).values(random_id=bindparam("fresh"))
_REPLACE_BODY = (
    update(bodies)
    .where(bodies.c.id == bindparam("row"))
    .values(text=bindparam("new_text"), keyboard=bindparam("new_keyboard"), recipe=None)
)
_BECOME_MESSAGE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _OPEN_STATES)
    .values(kind="message", state="queued", first_offered_at=None, expires_at=None, lane=bindparam("new_lane"))
)
# Bodies of broadcasts that are not at their end: the ledger still asks for the rows, and others may get the text.
_OF_BROADCASTS = select(broadcasts.c.body_id).where(broadcasts.c.body_id.is_not(None))
_STILL_NEEDED = (
    select(outbox.c.id)
    .where(outbox.c.body_id == bodies.c.id, or_(_OPEN_STATES, outbox.c.closed_at > bindparam("edit_since")))
    .exists()
)
_ERASABLE = (
    select(bodies.c.id)
    .where(
        bodies.c.erased_at.is_(None), bodies.c.created_at < bindparam("created_before"), ~_STILL_NEEDED,
        bodies.c.id.not_in(_OF_BROADCASTS),
    )
    .limit(bindparam("most"))
)  # fmt: skip
_ERASE = (
    update(bodies)
    .where(bodies.c.id.in_(_ERASABLE.scalar_subquery()))
    .values(text=None, keyboard=None, recipe=None, erased_at=bindparam("at"))
)
_OLD_ROWS = (
    select(outbox.c.id)
    .where(outbox.c.closed_at < bindparam("before"), outbox.c.body_id.not_in(_OF_BROADCASTS))
    .limit(bindparam("most"))
)
_UNUSED_BODIES = (
    select(bodies.c.id)
    .where(
        bodies.c.erased_at < bindparam("before"), ~select(outbox.c.id).where(outbox.c.body_id == bodies.c.id).exists()
    )
    .limit(bindparam("most"))
)
_DELETE_BODIES = delete(bodies).where(bodies.c.id.in_(_UNUSED_BODIES.scalar_subquery()))
_DELETE_ROWS = delete(outbox).where(outbox.c.id.in_(_OLD_ROWS.scalar_subquery()))


def fresh_random_id() -> int:
    """A random int32 that is not 0: 0 would switch the messenger's check for repeats off."""
    return secrets.randbelow(2**31 - 1) + 1


def add(
    conn: Connection, news: Sequence[NewDelivery], *, at: datetime, offered: Callable[[int], bool]
) -> list[Delivery]:
    """Store deliveries, each with a body of its own. at: real time.

    offered: whether the sender takes a delivery of that lane at once, so that it is born as offered and the offer costs
    no commit of its own.
    """
    if not news:
        return []
    states = [DeliveryState.OFFERED if offered(new.lane) else DeliveryState.QUEUED for new in news]
    said = [_body_values(new.body, at) for new in news]
    rows = [_row_values(new, state, at) for new, state in zip(news, states, strict=True)]
    if conn.dialect.name == "postgresql":
        ids = together(conn, *((_ADD_BOTH, body | row) for body, row in zip(said, rows, strict=True)))
    else:
        ids = [_added(conn, body, row) for body, row in zip(said, rows, strict=True)]
    return [
        Delivery(
            row_id, Body(body_id, body["random_id"], new.body.text, new.body.keyboard, new.body.recipe), new.messenger,
            new.peer, new.kind, new.lane, state, new.user_id, 0, None, new.expires_at, row["first_offered_at"],
            new.target_cmid, new.ticket,
        )
        for (row_id, body_id), new, state, body, row in zip(ids, news, states, said, rows, strict=True)
    ]  # fmt: skip


def _added(conn: Connection, body: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[int, int]:
    body_id = _ADD_BODY.scalar(conn, body)
    return _ADD_ROW.scalar(conn, {**row, "body_id": body_id}), body_id


def _body_values(said: NewBody, at: datetime) -> dict[str, Any]:
    return {
        "random_id": fresh_random_id(), "text": said.text, "keyboard": said.keyboard, "recipe": said.recipe,
        "created_at": at,
    }  # fmt: skip


def _row_values(new: NewDelivery, state: DeliveryState, at: datetime) -> dict[str, Any]:
    return {
        "messenger": new.messenger, "peer": new.peer, "user_id": new.user_id, "kind": new.kind.value,
        "lane": int(new.lane), "state": state.value, "expires_at": new.expires_at,
        "first_offered_at": at if state is DeliveryState.OFFERED else None, "target_cmid": new.target_cmid,
        "ticket": new.ticket,
    }  # fmt: skip


def open_deliveries(conn: Connection, lane: int, *, after: int, most: int) -> list[Delivery]:
    """The oldest deliveries of a lane behind row `after` that are not final, with their bodies."""
    known: dict[int, Body] = {}
    rows = conn.execute(_OPEN, {"lane": lane, "after": after, "most": most})
    return [_delivery(row, known) for row in rows]


def _delivery(row: Sequence[Any], known: dict[int, Body]) -> Delivery:
    cut = len(_ROW_COLUMNS)
    body = known.setdefault(row[cut], Body(*row[cut:]))
    row_id, messenger, peer, kind, lane, state, *rest = row[:cut]
    found = Delivery(row_id, body, messenger, peer, DeliveryKind(kind), lane, DeliveryState(state), *rest)
    found.in_doubt = found.state is DeliveryState.OFFERED
    return found


def offer(conn: Connection, rows: Sequence[int], *, at: datetime) -> None:
    """Note, before the call, that the messenger is about to see these deliveries. at: real time."""
    _OFFER.run_each(conn, [{"row": row, "at": at} for row in rows])


def withdraw(conn: Connection, rows: Sequence[int]) -> None:
    """These deliveries, marked as offered ahead of their turn, have not been: the messenger surely has none of them."""
    _WITHDRAW.run_each(conn, [{"row": row} for row in rows])


def note_outcomes(conn: Connection, outcomes: Sequence[Outcome]) -> None:
    """Store what became of offered deliveries; a delivery that is final already stays as it is."""
    _CLOSE.run_each(
        conn,
        [
            {
                "row": one.row, "new_state": one.state.value, "new_cmid": one.cmid, "why": one.reason,
                "wait_until": one.not_before, "offered_since": one.first_offered_at, "closed": one.closed_at,
            }
            for one in outcomes
        ],
    )  # fmt: skip


def refuse_peer(conn: Connection, messenger: str, peer: int, *, reason: str, at: datetime) -> set[int]:
    """Give up every message waiting for a peer that takes none from us; the rows given up. at: real time."""
    values = {"to_messenger": messenger, "to_peer": peer, "why": reason, "at": at}
    return set(conn.execute(_REFUSE_PEER, values).scalars())


def newest_cmid(conn: Connection, messenger: str, peer: int) -> int | None:
    """The number of the newest message to a peer; None for none, and while it has no number yet."""
    return conn.execute(_NEWEST, {"messenger": messenger, "peer": peer}).scalar()


def attach(conn: Connection, body: int, attachment: str) -> None:
    """Remember the messenger's name of the body's uploaded file."""
    conn.execute(_ATTACH, {"row": body, "named": attachment})


def replace_body(conn: Connection, body: int, text: str, keyboard: str | None) -> None:
    """Say something else instead: the file could not be made or uploaded."""
    conn.execute(_REPLACE_BODY, {"row": body, "new_text": text, "new_keyboard": keyboard})


def become_message(conn: Connection, row: int, body: int, *, lane: int) -> int:
    """Turn an edit or a pop-up that came too late into a new message; returns its fresh random_id."""
    fresh = fresh_random_id()
    conn.execute(_BECOME_MESSAGE, {"row": row, "new_lane": lane})
    conn.execute(_RENEW, {"row": body, "fresh": fresh})
    return fresh


def renew(conn: Connection, body: int) -> int:
    """Give a body that surely did not arrive a fresh random_id, and return it."""
    fresh = fresh_random_id()
    conn.execute(_RENEW, {"row": body, "fresh": fresh})
    return fresh


def erase_bodies(conn: Connection, *, now: datetime, most: int) -> int:
    """Erase texts whose deliveries are final and can be edited no more; how many. now: real time."""
    since = now - EDIT_WINDOW
    values = {"edit_since": since, "created_before": since, "most": most, "at": now}
    return conn.execute(_ERASE, values).rowcount


def purge(conn: Connection, *, now: datetime, most: int) -> int:
    """Delete the oldest final deliveries; how many. now: real time."""
    return conn.execute(_DELETE_ROWS, {"before": now - CLOSED_ROWS_KEPT, "most": most}).rowcount


def purge_bodies(conn: Connection, *, now: datetime, most: int) -> int:
    """Delete erased bodies without a delivery; how many. now: real time."""
    return conn.execute(_DELETE_BODIES, {"before": now - CLOSED_ROWS_KEPT, "most": most}).rowcount
