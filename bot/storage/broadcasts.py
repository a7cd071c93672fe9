"""Broadcasts: drafts, and how far each of those that were confirmed has come. Their recipients: `recipients.py`."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, delete, func, insert, select, update

from bot.domain.broadcasts import MOVES, Addressed, BroadcastState, Counts, ReportsSoFar
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId, PersonId
from bot.domain.roles import School, Scope
from bot.storage.columns import Instant
from bot.storage.roles import read_scope, stored_scope
from bot.storage.schema import outbox
from bot.storage.schema_duties import broadcasts

_COUNTS: Final = tuple(field.name for field in fields(Counts))


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast. text: None until it is typed. finished_at: when the last recipient's state was final."""

    id: BroadcastId
    author: PersonId
    state: BroadcastState
    addressed: Addressed
    text: str | None
    created_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A broadcast that something is left to be done for. touched_real_at: when it last went on."""

    id: BroadcastId
    state: BroadcastState
    role: Audience
    counts: Counts
    touched_real_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """The author's message that shows the progress. cmid: None before it was sent. in_flight: it is being rewritten."""

    messenger: str
    peer: int
    cmid: int | None
    in_flight: bool


@dataclass(frozen=True, slots=True)
class BroadcastsPage:
    """Some of an author's broadcasts, newest first, and how many there are in all."""

    broadcasts: list[Broadcast]
    made: int


_IS_THIS = broadcasts.c.id == bindparam("this")
_IS_DRAFT = broadcasts.c.state == "draft"
_ONE = select(broadcasts).where(_IS_THIS)
_OF_AUTHOR = (
    select(broadcasts)
    .where(broadcasts.c.author_id == bindparam("author"))
    .order_by(broadcasts.c.id.desc())
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY = select(func.count()).select_from(broadcasts).where(broadcasts.c.author_id == bindparam("author"))
_DRAFT = (
    select(broadcasts.c.id)
    .where(
        broadcasts.c.author_id == bindparam("author"),
        _IS_DRAFT,
        func.coalesce(broadcasts.c.again_of, 0) == bindparam("earlier"),
    )
    .order_by(broadcasts.c.id.desc())
    .limit(1)
)
_ADD = insert(broadcasts).returning(broadcasts.c.id)
_ADDRESS = update(broadcasts).where(_IS_THIS, _IS_DRAFT).values(audience=bindparam("to"))
_WRITE = update(broadcasts).where(_IS_THIS, _IS_DRAFT).values(text=bindparam("said"))
_DISCARD = delete(broadcasts).where(_IS_THIS, _IS_DRAFT)
_CONFIRM = (
    update(broadcasts)
    .where(_IS_THIS, _IS_DRAFT, broadcasts.c.text.is_not(None))
    .values(state="listing", confirmed_at=bindparam("at", type_=Instant), touched_real_at=bindparam("real"))
)
_MOVE = {
    state: update(broadcasts)
    .where(_IS_THIS, broadcasts.c.state.in_([before.value for before, after in MOVES.items() if state in after]))
    .values(state=state.value, touched_real_at=bindparam("real", type_=Instant))
    for state in (BroadcastState.PAUSED, BroadcastState.LISTING, BroadcastState.CANCELLED)
}
_SHOW = (
    update(broadcasts)
    .where(_IS_THIS)
    .values(messenger=bindparam("on"), peer=bindparam("at_peer"), cmid=bindparam("as_cmid"), shown_by=None)
)
_SHOWN = (
    select(
        broadcasts.c.messenger, broadcasts.c.peer, broadcasts.c.cmid, outbox.c.state.label("row_state"),
        outbox.c.cmid.label("row_cmid"), outbox.c.kind,
    )
    .select_from(broadcasts.outerjoin(outbox, outbox.c.id == broadcasts.c.shown_by))
    .where(_IS_THIS)
)  # fmt: skip
_SHOWN_BY = (
    update(broadcasts).where(_IS_THIS).values(shown_by=bindparam("row"), cmid=bindparam("as_cmid", type_=BigInteger))
)
_OF_PERSON = broadcasts.c.author_id == bindparam("person")
_FORGET_DRAFTS = delete(broadcasts).where(_OF_PERSON, _IS_DRAFT)
_FORGET_ADDRESS = update(broadcasts).where(_OF_PERSON).values(messenger=None, peer=None, cmid=None, shown_by=None)
_STOP = (
    update(broadcasts)
    .where(_OF_PERSON, broadcasts.c.state.in_(["listing", "sending", "paused"]))
    .values(state="cancelled", touched_real_at=bindparam("real", type_=Instant))
)
_TOUCH = update(broadcasts).where(_IS_THIS).values(touched_real_at=bindparam("real", type_=Instant))
# Also a paused or cancelled one: what the outbox had before is still on its way.
_UNDER_WAY: Select[Any] = (
    select(broadcasts)
    .where(broadcasts.c.finished_at.is_(None), broadcasts.c.state.in_(["listing", "sending", "paused", "cancelled"]))
    .order_by(broadcasts.c.id)
)


# --- drafts


def draft(
    conn: Connection, author: PersonId, addressed: Addressed, *, text: str | None = None, at: datetime, real: datetime
) -> BroadcastId:
    """The author's draft, addressed so; an unfinished one is taken up again with what was typed for it.

    text: what to begin with where there is no draft yet.
    """
    found = conn.execute(_DRAFT, {"author": author, "earlier": addressed.again_of or 0}).scalar_one_or_none()
    if found is not None:
        address(conn, found, addressed)
        return BroadcastId(found)
    values = {
        "author_id": author, "audience": _written(addressed), "again_of": addressed.again_of, "text": text,
        "created_at": at, "touched_real_at": real,
    }  # fmt: skip
    return BroadcastId(conn.execute(_ADD, values).scalar_one())


def address(conn: Connection, broadcast: BroadcastId, addressed: Addressed) -> None:
    """Let the draft be for others; one that was confirmed stays as it is."""
    conn.execute(_ADDRESS, {"this": broadcast, "to": _written(addressed)})


def write(conn: Connection, broadcast: BroadcastId, text: str) -> bool:
    """Let the draft say this; False if it is no draft any more."""
    return conn.execute(_WRITE, {"this": broadcast, "said": text}).rowcount == 1


def discard(conn: Connection, broadcast: BroadcastId) -> bool:
    """Forget the draft; False if it is none any more."""
    return conn.execute(_DISCARD, {"this": broadcast}).rowcount == 1


# --- questions


def by_id(conn: Connection, broadcast: BroadcastId) -> Broadcast | None:
    """The broadcast, None for an id that is none."""
    row = conn.execute(_ONE, {"this": broadcast}).one_or_none()
    return None if row is None else read(row)


def of_author(conn: Connection, author: PersonId, *, page: int, size: int) -> BroadcastsPage:
    """What the person has sent or begun to write."""
    rows = conn.execute(_OF_AUTHOR, {"author": author, "most": size, "skipped": page * size})
    return BroadcastsPage([read(row) for row in rows], conn.execute(_HOW_MANY, {"author": author}).scalar_one())


def under_way(conn: Connection) -> list[UnderWay]:
    """Every confirmed broadcast of which not all is final, in the order in which they were begun."""
    return [
        UnderWay(row.id, BroadcastState(row.state), addressed_in(row).role, counts_in(row), row.touched_real_at)
        for row in conn.execute(_UNDER_WAY)
    ]


# --- moves


def confirm(conn: Connection, broadcast: BroadcastId, *, at: datetime, real: datetime) -> bool:
    """Send it off; False if it was before, or has no text."""
    return conn.execute(_CONFIRM, {"this": broadcast, "at": at, "real": real}).rowcount == 1


def move(conn: Connection, broadcast: BroadcastId, to: BroadcastState, *, real: datetime) -> bool:
    """Pause, resume (to `LISTING`) or cancel it; False if it stands where that cannot be."""
    return conn.execute(_MOVE[to], {"this": broadcast, "real": real}).rowcount == 1


def forget(conn: Connection, person: PersonId, *, real: datetime) -> bool:
    """Drop the drafts and the address of an author who had their data erased; whether any broadcast was stopped by it.

    What was under way is cancelled: nobody could do that any more.
    """
    who = {"person": person}
    conn.execute(_FORGET_DRAFTS, who)
    conn.execute(_FORGET_ADDRESS, who)
    return conn.execute(_STOP, {**who, "real": real}).rowcount > 0


def touch(conn: Connection, broadcast: BroadcastId, *, real: datetime) -> None:
    """Note that somebody looks after it."""
    conn.execute(_TOUCH, {"this": broadcast, "real": real})


# --- the message that shows the progress


def show_in(conn: Connection, broadcast: BroadcastId, messenger: str, peer: int, cmid: int | None) -> None:
    """Let the author's message with that number show the progress from now on; None: a new one will."""
    conn.execute(_SHOW, {"this": broadcast, "on": messenger, "at_peer": peer, "as_cmid": cmid})


def shown(conn: Connection, broadcast: BroadcastId) -> Shown | None:
    """Where the progress is shown; what could not be edited any more has become a new message, which is edited next."""
    row = conn.execute(_SHOWN, {"this": broadcast}).one()
    if row.messenger is None:
        return None
    has_moved = row.kind == "message" and row.row_cmid is not None
    in_flight = row.row_state in ("queued", "offered")
    return Shown(row.messenger, row.peer, row.row_cmid if has_moved else row.cmid, in_flight)


def note_shown(conn: Connection, broadcast: BroadcastId, row: int, cmid: int | None) -> None:
    """The progress was written by that outbox row, into the message of that number."""
    conn.execute(_SHOWN_BY, {"this": broadcast, "row": row, "as_cmid": cmid})


# --- reading


def read(row: Row[*tuple[Any, ...]]) -> Broadcast:
    """The broadcast in a row of the whole table."""
    return Broadcast(
        row.id, row.author_id, BroadcastState(row.state), addressed_in(row), row.text, row.created_at,
        row.confirmed_at, row.finished_at, counts_in(row),
    )  # fmt: skip


def counts_in(row: Row[*tuple[Any, ...]]) -> Counts:
    """The kept counts of a row of the table."""
    return Counts(**{name: getattr(row, name) for name in _COUNTS})


def changes_of(counts: Counts) -> Mapping[str, int]:
    """How many come to each state, by the names of `add_counts`' parameters."""
    return {f"more_{name}": more for name, more in zip(_COUNTS, astuple(counts), strict=True)}


ADD_COUNTS = {broadcasts.c[name]: broadcasts.c[name] + bindparam(f"more_{name}") for name in _COUNTS}
"""Values of an update that moves the kept counts; its parameters come from `changes_of`."""


def addressed_in(row: Row[*tuple[Any, ...]]) -> Addressed:
    """To whom the broadcast of a row of the table goes."""
    stored = orjson.loads(row.audience)
    scopes = tuple(read_scope(*scope) for scope in stored["scopes"])
    return Addressed(Audience(stored["role"]), scopes, ReportsSoFar(stored["reports"]), row.again_of)


def _written(addressed: Addressed) -> str:
    scopes = [_scope(scope) for scope in addressed.scopes]
    written = {"role": addressed.role.value, "scopes": scopes, "reports": addressed.reports.value}
    return orjson.dumps(written).decode()


def _scope(scope: Scope) -> tuple[str, int, int | None]:
    return (*stored_scope(scope), scope.municipality if isinstance(scope, School) else None)
