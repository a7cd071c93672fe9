"""The protocol of a session as it grows: what its moderators did, and what happened by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.identifiers import MemberId, SessionId
from bot.storage.schema_sessions import acts

_ADD = insert(acts)
_OF_SESSION = (
    select(acts.c.id, acts.c.at, acts.c.member_id, acts.c.deed, acts.c.details)
    .where(acts.c.session_id == bindparam("session"))
    .order_by(acts.c.id)
)


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One line. member: who did it, None: by itself. deed: a word, `session-deed-<deed>` says it with the details."""

    id: int
    at: datetime
    member: MemberId | None
    deed: str
    details: dict[str, str | int]


def note(
    conn: Connection, session: SessionId, member: MemberId | None, deed: str, *, at: datetime, **details: str | int
) -> None:
    """Write a line."""
    values = {
        "session_id": session, "member_id": member, "at": at, "deed": deed,
        "details": orjson.dumps(details).decode(),
    }  # fmt: skip
    conn.execute(_ADD, values)


def of_session(conn: Connection, session: SessionId) -> Sequence[DoneAct]:
    """All lines in their order."""
    return [_done(row) for row in conn.execute(_OF_SESSION, {"session": session})]


def _done(row: Any) -> DoneAct:
    member = None if row.member_id is None else MemberId(row.member_id)
    return DoneAct(row.id, row.at, member, row.deed, orjson.loads(row.details))
