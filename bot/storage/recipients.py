"""The ledger of a broadcast: each recipient in exactly one state, from being listed until the last outcome.

Everything here runs in slices, each with the broadcast's row locked, so pausing, cancelling and another process wait
for it. Recipients are never read into memory by more than a slice; how many are in each state is kept beside. What
the ledger tells: `ledger.py`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Insert,
    Row,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    null,
    select,
    update,
)

from bot.domain.broadcasts import Addressed, BroadcastState, Counts
from bot.domain.identifiers import BroadcastId, PersonId
from bot.storage import audiences
from bot.storage.broadcasts import ADD_COUNTS, addressed_in, changes_of, counts_in
from bot.storage.columns import Instant
from bot.storage.outbox import Body, Delivery, DeliveryKind, DeliveryState, fresh_random_id
from bot.storage.schema import accounts, bodies, outbox, people
from bot.storage.schema_duties import broadcasts, recipients

IDS_A_SLICE: Final = 1_000  # of people who are looked at, about 20 ms where all of them are meant
UNREACHABLE: Final = "unreachable"
"""The reason of those whom the messenger did not even have to be asked about."""


@dataclass(frozen=True, slots=True)
class Going:
    """A broadcast whose row is locked until the transaction ends. cursor: the person up to whom it is listed."""

    id: BroadcastId
    author: PersonId
    state: BroadcastState
    addressed: Addressed
    body: int | None
    cursor: int
    counts: Counts


_IS_THIS = broadcasts.c.id == bindparam("this")
_LOCK = select(broadcasts).where(_IS_THIS).with_for_update()
_OF_THIS = recipients.c.broadcast_id == bindparam("this", type_=BigInteger)


def lock(conn: Connection, broadcast: BroadcastId) -> Going:
    """Take the broadcast for this transaction; what was read of it before may be out of date."""
    row = conn.execute(_LOCK, {"this": broadcast}).one()
    return Going(
        row.id, row.author_id, BroadcastState(row.state), addressed_in(row), row.body_id, row.cursor, counts_in(row)
    )


# --- listing

_ACCOUNT = accounts.alias("account")
_BEST = accounts.alias("best")
# Of several accounts the one that takes messages, else the oldest.
_BEST_ACCOUNT = (
    select(_BEST.c.id)
    .where(_BEST.c.person_id == people.c.id, _BEST.c.user_id.is_not(None))
    .order_by(_BEST.c.unreachable_since.is_not(None), _BEST.c.id)
    .limit(1)
    .scalar_subquery()
)
_IS_REACHABLE = _ACCOUNT.c.unreachable_since.is_(None)


def _list_statement(is_meant: ColumnElement[bool]) -> Insert:
    state = case((audiences.HAS_MUTED, "muted"), (_IS_REACHABLE, "waiting"), else_="refused")
    listed = (
        select(
            bindparam("this", type_=BigInteger),
            people.c.id,
            _ACCOUNT.c.messenger,
            case((and_(_IS_REACHABLE, not_(audiences.HAS_MUTED)), _ACCOUNT.c.user_id), else_=0),
            state,
            case((and_(not_(_IS_REACHABLE), not_(audiences.HAS_MUTED)), literal(UNREACHABLE, String)), else_=null()),
        )
        .select_from(people.join(_ACCOUNT, _ACCOUNT.c.id == _BEST_ACCOUNT))
        .where(
            people.c.id > bindparam("after", type_=BigInteger),
            people.c.id <= bindparam("up_to", type_=BigInteger),
            people.c.erased_at.is_(None),
            is_meant,
        )
    )
    columns = ["broadcast_id", "person_id", "messenger", "peer", "state", "reason"]
    return insert(recipients).from_select(columns, listed).returning(recipients.c.state)


_LIST = {meant: _list_statement(condition) for meant, condition in audiences.IS_MEANT.items()}
_NEWEST_PERSON = select(func.max(people.c.id))
_ADVANCE = (
    update(broadcasts)
    .where(_IS_THIS)
    .values({"cursor": bindparam("reached"), "state": bindparam("as_state"), **ADD_COUNTS})
)


def list_slice(conn: Connection, going: Going) -> None:
    """Write down the recipients among the next people; behind the last of them the broadcast begins to be sent."""
    newest = conn.execute(_NEWEST_PERSON).scalar_one() or 0
    up_to = min(going.cursor + IDS_A_SLICE, newest)
    parameters = {**audiences.bounds(going.addressed), "this": going.id, "after": going.cursor, "up_to": up_to}
    found = conn.execute(_LIST[audiences.meant(going.addressed)], parameters).scalars()
    changes = changes_of(_gained(found))
    state = "sending" if up_to == newest else "listing"
    conn.execute(_ADVANCE, {"this": going.id, "reached": up_to, "as_state": state, **changes})


# --- offering

_WAITS = and_(_OF_THIS, recipients.c.state == "waiting")
_WAITING = select(recipients.c.person_id).where(_WAITS).order_by(recipients.c.person_id).limit(bindparam("most"))
_LAST_OF_NEXT = select(func.max(_WAITING.subquery().c.person_id))
_IS_NEXT = and_(_WAITS, recipients.c.person_id <= bindparam("up_to", type_=BigInteger))
_MUTED_SINCE = (
    update(recipients).where(_IS_NEXT, audiences.muted_by(recipients.c.person_id)).values(state="muted", peer=0)
)
# Erased since then, or another person's by now, or taking no messages any more.
_LOST_SINCE = (
    update(recipients)
    .where(
        _IS_NEXT,
        ~exists(
            select(1).where(
                accounts.c.messenger == recipients.c.messenger,
                accounts.c.user_id == recipients.c.peer,
                accounts.c.person_id == recipients.c.person_id,
                accounts.c.unreachable_since.is_(None),
            )
        ),
    )
    .values(state="refused", reason=UNREACHABLE, peer=0)
)
# Another process may take somebody's address away at any moment: what has none is found lost by the next page, and
# from the handing over on the rows are locked.
_HAS_ADDRESS = recipients.c.peer != 0
_HAND_OVER = (
    insert(outbox)
    .from_select(
        ["body_id", "messenger", "peer", "user_id", "kind", "lane", "state", "expires_at"],
        select(
            bindparam("body", type_=BigInteger),
            recipients.c.messenger,
            recipients.c.peer,
            recipients.c.peer.label("user_id"),
            literal("message", String),
            bindparam("lane", type_=BigInteger),
            literal("queued", String),
            bindparam("expires_at", type_=Instant),
        )
        .where(_IS_NEXT, _HAS_ADDRESS)
        .order_by(recipients.c.person_id)
        .with_for_update(of=recipients),
    )
    .returning(outbox.c.id, outbox.c.messenger, outbox.c.peer)
)
_OFFERED = update(recipients).where(_IS_NEXT, _HAS_ADDRESS).values(state="offered")
_ADD_BODY = insert(bodies).returning(bodies.c.id)
_SET_BODY = update(broadcasts).where(_IS_THIS).values(body_id=bindparam("as_body"))
_BODY = select(bodies.c.id, bodies.c.random_id, bodies.c.text).where(bodies.c.id == bindparam("body"))
_TEXT = select(broadcasts.c.text).where(_IS_THIS)
_TOUCH = update(broadcasts).where(_IS_THIS).values({"touched_real_at": bindparam("real", type_=Instant), **ADD_COUNTS})


def offer(
    conn: Connection, going: Going, *, lane: int, most: int, real: datetime, expires_at: datetime | None
) -> list[Delivery]:
    """Hand the next of those who wait to the outbox, and say which rows that made.

    Whoever has muted broadcasts or became unreachable since the listing is left out. real: now; expires_at: when it
    would come too late today, real time.
    """
    up_to = conn.execute(_LAST_OF_NEXT, {"this": going.id, "most": most}).scalar_one()
    if up_to is None:
        return []
    page = {"this": going.id, "up_to": up_to}
    muted = conn.execute(_MUTED_SINCE, page).rowcount
    lost = conn.execute(_LOST_SINCE, page).rowcount
    body = _body(conn, going, real)
    rows = conn.execute(_HAND_OVER, {**page, "body": body.id, "lane": lane, "expires_at": expires_at}).all()
    conn.execute(_OFFERED, page)
    moved = Counts(waiting=-muted - lost - len(rows), offered=len(rows), refused=lost, muted=muted)
    conn.execute(_TOUCH, {"this": going.id, "real": real, **changes_of(moved)})
    return [_delivery(row, body, lane, expires_at) for row in rows]


def _body(conn: Connection, going: Going, real: datetime) -> Body:
    """What all recipients get, stored once; the random_id that it keeps makes every repeat of an offer harmless."""
    body = going.body
    if body is None:
        text = conn.execute(_TEXT, {"this": going.id}).scalar_one()
        values = {"random_id": fresh_random_id(), "text": text, "created_at": real}
        body = conn.execute(_ADD_BODY, values).scalar_one()
        conn.execute(_SET_BODY, {"this": going.id, "as_body": body})
    return Body(*conn.execute(_BODY, {"body": body}).one())


def _delivery(row: Row[*tuple[Any, ...]], body: Body, lane: int, expires_at: datetime | None) -> Delivery:
    return Delivery(
        row.id, body, row.messenger, row.peer, DeliveryKind.MESSAGE, lane, DeliveryState.QUEUED, row.peer,
        expires_at=expires_at,
    )  # fmt: skip


# --- outcomes

_EXPIRED_UNSEEN = and_(outbox.c.state == "expired", outbox.c.first_offered_at.is_(None))
_SETTLE = (
    update(recipients)
    .where(
        _OF_THIS,
        recipients.c.state == "offered",
        outbox.c.body_id == bindparam("body", type_=BigInteger),
        outbox.c.messenger == recipients.c.messenger,
        outbox.c.peer == recipients.c.peer,
        outbox.c.state.in_(["sent", "refused", "expired", "uncertain"]),
    )
    .values(
        state=case(
            (outbox.c.state == "sent", "delivered"),
            (outbox.c.state == "refused", "refused"),
            (_EXPIRED_UNSEEN, "waiting"),
            else_="uncertain",
        ),
        reason=case((outbox.c.state == "refused", outbox.c.reason), else_=null()),
        # Nobody needs it any more, and an erasure need not look for it.
        peer=case((_EXPIRED_UNSEEN, recipients.c.peer), else_=0),
    )
    .returning(recipients.c.state)
)
# Handed over again tomorrow, as a new row: a body goes to a peer once.
_TAKE_BACK = delete(outbox).where(outbox.c.body_id == bindparam("body"), _EXPIRED_UNSEEN)
_CANCEL = (
    update(recipients)
    .where(_OF_THIS, recipients.c.person_id.in_(_WAITING.scalar_subquery()))
    .values(state="cancelled", peer=0)
)
_FINISH = (
    update(broadcasts)
    .where(_IS_THIS, broadcasts.c.finished_at.is_(None))
    .values(state=bindparam("as_state"), finished_at=bindparam("at", type_=Instant), body_id=None)
)


def settle(conn: Connection, going: Going, *, real: datetime) -> bool:
    """Take the outcomes over from the outbox; whether there were any.

    Who surely saw nothing before the hours ended waits again.
    """
    if going.body is None or not going.counts.offered:
        return False
    found = Counter(conn.execute(_SETTLE, {"this": going.id, "body": going.body}).scalars())
    if not found:
        return False
    if found["waiting"]:
        conn.execute(_TAKE_BACK, {"body": going.body})
    moved = Counts(**found, offered=-found.total())
    conn.execute(_TOUCH, {"this": going.id, "real": real, **changes_of(moved)})
    return True


def cancel_slice(conn: Connection, going: Going, *, real: datetime) -> None:
    """Let some of those who still wait get nothing."""
    cancelled = conn.execute(_CANCEL, {"this": going.id, "most": IDS_A_SLICE}).rowcount
    moved = Counts(waiting=-cancelled, cancelled=cancelled)
    conn.execute(_TOUCH, {"this": going.id, "real": real, **changes_of(moved)})


def finish(conn: Connection, going: Going, *, at: datetime) -> bool:
    """Every recipient's state is final: let go of the text's body; False if another did. at: campaign time."""
    state = "cancelled" if going.state is BroadcastState.CANCELLED else "finished"
    return conn.execute(_FINISH, {"this": going.id, "as_state": state, "at": at}).rowcount == 1


def _gained(states: Iterable[str]) -> Counts:
    return Counts(**Counter(states))
