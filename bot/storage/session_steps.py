"""The steps of a session as they came: the last one is where it stands, the others are the protocol's real times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.identifiers import SessionId, StageId, TeamId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import Step, StepState
from bot.storage.columns import MICROSECOND
from bot.storage.schema_sessions import steps

_OF_SESSION = select(steps).where(steps.c.session_id == bindparam("session"))
_LATEST = _OF_SESSION.order_by(steps.c.number.desc()).limit(1)
_ALL = _OF_SESSION.order_by(steps.c.number)
_ADD = insert(steps)
_CHANGE = (
    update(steps)
    .where(steps.c.session_id == bindparam("of_session"), steps.c.number == bindparam("of_number"))
    .values(
        state=bindparam("new_state"),
        ends_at=bindparam("new_ends_at"),
        ended_at=bindparam("new_ended_at"),
        left_us=bindparam("new_left_us"),
        warned=bindparam("new_warned"),
        extended=bindparam("new_extended"),
        ending_early=bindparam("new_ending_early"),
    )
)


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A step with its number in the session, from 1. ended_at: once it is over."""

    number: int
    step: Step
    began_at: datetime
    ended_at: datetime | None


def latest(conn: Connection, session: SessionId) -> StoredStep | None:
    """Where the session stands; None before its first step."""
    row = conn.execute(_LATEST, {"session": session}).first()
    return None if row is None else _stored(row)


def all_of(conn: Connection, session: SessionId) -> Sequence[StoredStep]:
    """All steps in their order."""
    return [_stored(row) for row in conn.execute(_ALL, {"session": session})]


def begin(conn: Connection, session: SessionId, step: Step, *, at: datetime) -> int:
    """The session's next step; its number. Raises IntegrityError if somebody else began one meanwhile."""
    before = latest(conn, session)
    number = 1 if before is None else before.number + 1
    values = {
        "session_id": session, "number": number, "stage_id": step.stage, "phase": step.phase.value,
        "state": step.state.value, "presenting_id": step.team, "began_at": at, "ends_at": step.ends_at,
        "warned": step.warned, "extended": step.extended, "ending_early": step.ending_early,
    }  # fmt: skip
    conn.execute(_ADD, values)
    return number


def change(conn: Connection, session: SessionId, number: int, step: Step, *, at: datetime) -> None:
    """Let the step stand as it is now. at: when it ended, if it is over."""
    values = {
        "of_session": session, "of_number": number, "new_state": step.state.value, "new_ends_at": step.ends_at,
        "new_ended_at": at if step.state is StepState.OVER else None,
        "new_left_us": None if step.left is None else step.left // MICROSECOND, "new_warned": step.warned,
        "new_extended": step.extended, "new_ending_early": step.ending_early,
    }  # fmt: skip
    conn.execute(_CHANGE, values)


def _stored(row: Any) -> StoredStep:
    step = Step(
        StageId(row.stage_id),
        Phase(row.phase),
        StepState(row.state),
        None if row.presenting_id is None else TeamId(row.presenting_id),
        row.ends_at,
        None if row.left_us is None else timedelta(microseconds=row.left_us),
        row.warned,
        row.extended,
        row.ending_early,
    )
    return StoredStep(row.number, step, row.began_at, row.ended_at)
