"""What teams send in: a text, a picture or both; what of it the moderator has shown on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, select, update

from bot.domain.identifiers import MemberId, SessionId, StageId, TeamId, WorkId
from bot.storage.schema_sessions import works
from bot.storage.session_members import Member

_BY_ID = select(works).where(works.c.id == bindparam("work"))
_OF_SESSION = select(works).where(works.c.session_id == bindparam("session")).order_by(works.c.id)
_ADD = insert(works).returning(works.c.id)
_FETCHED = (
    update(works)
    .where(works.c.id == bindparam("work"), works.c.state == "fetching")
    .values(state=bindparam("to_state"), path=bindparam("where_to"))
)
_SHOW = update(works).where(works.c.id == bindparam("work")).values(shown_at=bindparam("at"))
_FORGET = (
    update(works)
    .where(works.c.session_id == bindparam("session"))
    .values(text="", path=None, shown_at=None, state=case((works.c.state == "fetching", "failed"), else_=works.c.state))
)


@dataclass(frozen=True, slots=True)
class Work:
    """A team's work. path: of the picture's file, where there is one. shown_at: on the screen since then."""

    id: WorkId
    session: SessionId
    stage: StageId
    team: TeamId
    member: MemberId
    sent_at: datetime
    text: str
    state: str
    path: str | None
    shown_at: datetime | None

    @property
    def is_here(self) -> bool:
        """Whether everything of it has arrived, so that it can be shown."""
        return self.state == "here"


def add(
    conn: Connection, member: Member, team: TeamId, stage: StageId, text: str, *, with_file: bool, at: datetime
) -> WorkId:
    """Keep what a member sent. with_file: its picture is still on its way."""
    values = {
        "session_id": member.session, "stage_id": stage, "team_id": team, "member_id": member.id, "sent_at": at,
        "text": text, "state": "fetching" if with_file else "here",
    }  # fmt: skip
    return WorkId(conn.execute(_ADD, values).scalar_one())


def by_id(conn: Connection, work: WorkId) -> Work | None:
    """The work of that number."""
    row = conn.execute(_BY_ID, {"work": work}).first()
    return None if row is None else _work(row)


def of_session(conn: Connection, session: SessionId) -> Sequence[Work]:
    """All works as they came."""
    return [_work(row) for row in conn.execute(_OF_SESSION, {"session": session})]


def fetched(conn: Connection, work: WorkId, path: str | None) -> bool:
    """Its picture is here, or (None) will never be; False if that was known."""
    state = "failed" if path is None else "here"
    return conn.execute(_FETCHED, {"work": work, "to_state": state, "where_to": path}).rowcount == 1


def show(conn: Connection, work: WorkId, *, at: datetime | None) -> None:
    """Let the screen show it from then on; None: no more."""
    conn.execute(_SHOW, {"work": work, "at": at})


def forget(conn: Connection, session: SessionId) -> None:
    """Erase what was sent; the files themselves are deleted by the caller."""
    conn.execute(_FORGET, {"session": session})


def _work(row: Any) -> Work:
    return Work(
        WorkId(row.id),
        SessionId(row.session_id),
        StageId(row.stage_id),
        TeamId(row.team_id),
        MemberId(row.member_id),
        row.sent_at,
        row.text,
        row.state,
        row.path,
        row.shown_at,
    )
