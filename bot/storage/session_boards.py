"""The session's messages: what each shows now, so that it is written once, then rewritten.

Boards stand in the conversation; a desk is the same for one of those who lead, wherever they have opened it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, text

from bot.domain.identifiers import MemberId, SessionId
from bot.storage.columns import Instant
from bot.storage.schema import outbox
from bot.storage.schema_sessions import boards

DESK: Final = "desk:"
"""What the keys of desks begin with."""
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

_OF_SESSION = (
    select(
        boards.c.key, boards.c.peer, boards.c.locale, boards.c.digest, boards.c.shown_real_at, boards.c.written_by,
        boards.c.cmid, outbox.c.cmid.label("sent_cmid"), outbox.c.state,
    )
    .select_from(boards.outerjoin(outbox, outbox.c.id == boards.c.written_by))
    .where(boards.c.session_id == bindparam("session"))
)  # fmt: skip
_NOTE = text(
    "INSERT INTO session_boards (session_id, key, peer, digest, written_by, cmid, shown_real_at)"
    " VALUES (:session, :key, :peer, :digest, :row, :cmid, :at) ON CONFLICT (session_id, key) DO UPDATE"
    " SET digest = excluded.digest, written_by = excluded.written_by, cmid = excluded.cmid,"
    " shown_real_at = excluded.shown_real_at"
).bindparams(bindparam("at", type_=Instant))
_PUT_DESK = text(
    "INSERT INTO session_boards (session_id, key, peer, locale, cmid, shown_real_at)"
    " VALUES (:session, :key, :peer, :locale, :cmid, :at) ON CONFLICT (session_id, key) DO UPDATE"
    " SET digest = NULL, written_by = NULL, peer = excluded.peer, locale = excluded.locale, cmid = excluded.cmid,"
    " shown_real_at = excluded.shown_real_at"
).bindparams(bindparam("at", type_=Instant))
_LEAVE_DESK = delete(boards).where(
    boards.c.session_id == bindparam("session"),
    boards.c.key == bindparam("desk"),
    boards.c.peer == bindparam("there"),
    func.coalesce(select(outbox.c.cmid).where(outbox.c.id == boards.c.written_by).scalar_subquery(), boards.c.cmid)
    == bindparam("message"),
)
_FORGET = delete(boards).where(boards.c.session_id == bindparam("session"), boards.c.peer == bindparam("there"))
_FORGET_DESK = delete(boards).where(boards.c.key == bindparam("desk"))
_FORGET_ALL = delete(boards).where(boards.c.session_id == bindparam("session"))
_ON_THE_WAY = ("queued", "offered")


@dataclass(frozen=True, slots=True)
class WrittenBoard:
    """A message of the session. peer: where it stands. digest: of what it shows, None if it is to be written anew.

    cmid: None until the messenger told it, or if it never came. in_flight: what was written last has not arrived yet.
    """

    peer: int
    locale: str
    digest: str | None
    shown_real_at: datetime
    cmid: int | None
    in_flight: bool


def step_key(number: int) -> str:
    """The key of the message with which a step began."""
    return f"step:{number}"


def of_session(conn: Connection, session: SessionId) -> dict[str, WrittenBoard]:
    """All of them by their keys."""
    return {row.key: _board(row) for row in conn.execute(_OF_SESSION, {"session": session})}


def note(
    conn: Connection,
    session: SessionId,
    key: str,
    digest: str,
    *,
    peer: int,
    row: int,
    cmid: int | None,
    real: datetime,
) -> None:
    """Remember what a board shows from now on. row: the outbox row that writes it. cmid: of the message it rewrites."""
    values = {"session": session, "key": key, "peer": peer, "digest": digest, "row": row, "cmid": cmid, "at": real}
    conn.execute(_NOTE, values)


def put_desk(
    conn: Connection, session: SessionId, member: MemberId, *, peer: int, cmid: int | None, locale: str
) -> None:
    """Let the member's desk stand there from now on, in place of the message cmid (None: as a new one)."""
    key = f"{DESK}{member}"
    values = {"session": session, "key": key, "peer": peer, "locale": locale, "cmid": cmid, "at": _LONG_AGO}
    conn.execute(_PUT_DESK, values)


def leave_desk(conn: Connection, session: SessionId, member: MemberId, *, peer: int, cmid: int) -> None:
    """The message shows something else from now on: if it was the member's desk, it is no more."""
    conn.execute(_LEAVE_DESK, {"session": session, "desk": f"{DESK}{member}", "there": peer, "message": cmid})


def take_desks(conn: Connection, members: Iterable[MemberId]) -> None:
    """These lead no more: their desks go on no more."""
    for member in members:
        conn.execute(_FORGET_DESK, {"desk": f"{DESK}{member}"})


def forget_all(conn: Connection, session: SessionId) -> None:
    """Forget where any message of the session stands."""
    conn.execute(_FORGET_ALL, {"session": session})


def key_at(conn: Connection, session: SessionId, peer: int, cmid: int) -> str | None:
    """The key of the board that stands in that message; None for any other message."""
    found = of_session(conn, session).items()
    return next((key for key, one in found if (one.peer, one.cmid) == (peer, cmid)), None)


def forget(conn: Connection, session: SessionId, peer: int) -> None:
    """Those at a peer are to be written anew: it was left, and its messages are far up or gone."""
    conn.execute(_FORGET, {"session": session, "there": peer})


def _board(row: Any) -> WrittenBoard:
    # What was to be rewritten may have been deleted, and stands somewhere else now.
    cmid = row.sent_cmid or row.cmid
    return WrittenBoard(row.peer, row.locale, row.digest, row.shown_real_at, cmid, row.state in _ON_THE_WAY)
