"""«Напомнить всем»: who called whom to report, once per working day, and how far the call has come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, exists, func, select, update

# Its ON CONFLICT DO NOTHING is written alike for both databases.
from sqlalchemy.dialects.postgresql import insert

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import ReportStage
from bot.domain.roles import Scope
from bot.storage import reports, schema
from bot.storage.roles import read_scope, stored_scope
from bot.storage.schema_duties import reminder_calls, reminders
from bot.storage.schools import IN_SCOPE, within


@dataclass(frozen=True, slots=True)
class Reached:
    """How many teachers a call is for. gets: those written to; had_one: had today's message already."""

    gets: int
    had_one: int
    unreachable: int


@dataclass(frozen=True, slots=True)
class Call:
    """A coordinator's call to all teachers of a scope whose class lacks a report. goes_at: campaign time.

    day: the local day of it. cursor: the teacher up to whom it has come.
    """

    id: int
    stage: ReportStage
    scope: Scope
    day: date
    goes_at: datetime
    cursor: int
    reached: Reached


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A call as the operator sees it. gets: how many teachers it is for; reminded: how many of them so far."""

    stage: ReportStage
    goes_at: datetime
    gets: int
    reminded: int


_COLUMNS = (
    reminder_calls.c.id, reminder_calls.c.duty, reminder_calls.c.scope_kind, reminder_calls.c.scope_id,
    reminder_calls.c.day, reminder_calls.c.goes_at, reminder_calls.c.cursor, reminder_calls.c.gets,
    reminder_calls.c.had_one, reminder_calls.c.unreachable, schema.schools.c.municipality_id,
)  # fmt: skip
_CALLS = select(*_COLUMNS).select_from(
    reminder_calls.outerjoin(
        schema.schools,
        and_(reminder_calls.c.scope_kind == "school", schema.schools.c.id == reminder_calls.c.scope_id),
    )
)
_MADE = _CALLS.where(
    reminder_calls.c.called_by == bindparam("caller"),
    reminder_calls.c.duty == bindparam("of_stage"),
    reminder_calls.c.scope_kind == bindparam("kind"),
    reminder_calls.c.scope_id == bindparam("within"),
    reminder_calls.c.day == bindparam("on_day"),
)
_ADD = insert(reminder_calls).on_conflict_do_nothing()
_NEXT = (
    _CALLS.where(reminder_calls.c.state == "running", reminder_calls.c.goes_at <= bindparam("at"))
    .order_by(reminder_calls.c.id)
    .limit(1)
    .with_for_update(of=reminder_calls, skip_locked=True)
)
_GO_ON = (
    update(reminder_calls)
    .where(reminder_calls.c.id == bindparam("call"))
    .values(
        cursor=bindparam("new_cursor"),
        state=bindparam("new_state"),
        reminded=reminder_calls.c.reminded + bindparam("more"),
    )
)


_UNFINISHED = (
    select(reminder_calls.c.duty, reminder_calls.c.goes_at, reminder_calls.c.gets, reminder_calls.c.reminded)
    .where(reminder_calls.c.state == "running")
    .order_by(reminder_calls.c.goes_at, reminder_calls.c.id)
)
_OWING = select(schema.class_teachers.c.person_id.label("teacher")).where(~reports.HAS_REPORT, IN_SCOPE)
_TEACHERS = _OWING.select_from(reports.TAUGHT).distinct().subquery("teachers")
_PAGE = (
    _OWING.select_from(reports.TAUGHT)
    .where(schema.class_teachers.c.person_id > bindparam("after"))
    .distinct()
    .order_by(schema.class_teachers.c.person_id)
    .limit(bindparam("most"))
    .subquery("page")
)
_OWING_PAGE = (
    select(schema.class_teachers.c.person_id, schema.classes.c.id)
    .select_from(reports.TAUGHT)
    .where(~reports.HAS_REPORT, IN_SCOPE, schema.class_teachers.c.person_id.in_(select(_PAGE.c.teacher)))
)
_HAD_ONE = exists().where(reminders.c.person_id == _TEACHERS.c.teacher, reminders.c.day == bindparam("on_day"))
_LETS_WRITE = exists().where(
    schema.accounts.c.person_id == _TEACHERS.c.teacher,
    schema.accounts.c.user_id.is_not(None),
    schema.accounts.c.unreachable_since.is_(None),
)
_IS_THERE = exists().where(schema.accounts.c.person_id == _TEACHERS.c.teacher, schema.accounts.c.user_id.is_not(None))
_COUNT = select(
    func.count(case((and_(_LETS_WRITE, ~_HAD_ONE), 1))).label("gets"),
    func.count(case((and_(_LETS_WRITE, _HAD_ONE), 1))).label("had_one"),
    func.count(case((and_(_IS_THERE, ~_LETS_WRITE), 1))).label("unreachable"),
).select_from(_TEACHERS)


def made(conn: Connection, caller: PersonId, stage: ReportStage, scope: Scope, day: date) -> Call | None:
    """The call that the coordinator made for the scope and that day, if there is one."""
    kind, scope_id = stored_scope(scope)
    key = {"caller": caller, "of_stage": stage.value, "kind": kind, "within": scope_id, "on_day": day}
    row = conn.execute(_MADE, key).one_or_none()
    return None if row is None else _call(row)


def count(conn: Connection, scope: Scope, stage: ReportStage, day: date) -> Reached:
    """How many teachers of the scope a call for that day would reach."""
    values = {**within([scope]), "of_stage": stage.value, "on_day": day}
    return Reached(*conn.execute(_COUNT, values).one())


def add(
    conn: Connection,
    caller: PersonId,
    stage: ReportStage,
    scope: Scope,
    reached: Reached,
    *,
    day: date,
    goes_at: datetime,
) -> None:
    """Store a call; one that is there already stays as it is."""
    kind, scope_id = stored_scope(scope)
    values = {
        "called_by": caller, "duty": stage.value, "scope_kind": kind, "scope_id": scope_id, "day": day,
        "goes_at": goes_at, "gets": reached.gets, "had_one": reached.had_one, "unreachable": reached.unreachable,
    }  # fmt: skip
    conn.execute(_ADD, values)


def next_to_go(conn: Connection, at: datetime) -> Call | None:
    """The oldest call whose time has come and that is not finished, locked; nothing that another process holds."""
    row = conn.execute(_NEXT, {"at": at}).one_or_none()
    return None if row is None else _call(row)


def owing(conn: Connection, call: Call, *, most: int) -> list[tuple[PersonId, ClassId]]:
    """The next teachers of the call with the classes that lack the report now."""
    values = {**within([call.scope]), "of_stage": call.stage.value, "after": call.cursor, "most": most}
    return [(PersonId(person), ClassId(taught)) for person, taught in conn.execute(_OWING_PAGE, values)]


def go_on(conn: Connection, call: Call, *, cursor: int | None, reminded: int) -> None:
    """Note how far the call has come; None finishes it. reminded: how many more got it."""
    state = "done" if cursor is None else "running"
    values = {"call": call.id, "new_cursor": cursor or 0, "new_state": state, "more": reminded}
    conn.execute(_GO_ON, values)


def _call(row: Row[*tuple[Any, ...]]) -> Call:
    return Call(
        row.id, ReportStage(row.duty), read_scope(row.scope_kind, row.scope_id, row.municipality_id), row.day,
        row.goes_at, row.cursor, Reached(row.gets, row.had_one, row.unreachable),
    )  # fmt: skip


def unfinished(conn: Connection) -> list[Unfinished]:
    """The calls that are not finished, the earliest first."""
    return [Unfinished(ReportStage(row.duty), row.goes_at, row.gets, row.reminded) for row in conn.execute(_UNFINISHED)]
