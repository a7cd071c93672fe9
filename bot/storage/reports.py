"""Reports of classes, undone ones kept beside; and which classes of a scope still owe one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    String,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import Lesson, Practice, Report, ReportStage
from bot.domain.roles import Scope
from bot.domain.school_classes import shown_label
from bot.storage import schema
from bot.storage.decisions import DecisionId
from bot.storage.schools import IN_SCOPE, JOINED, LISTED, ListedSchool, listed, within

_REPORTS = schema.reports
_STANDING = select(_REPORTS).where(_REPORTS.c.class_id == bindparam("of_class"), _REPORTS.c.undone_at.is_(None))
_ADD = insert(_REPORTS)
_UNDO = (
    update(_REPORTS)
    .where(
        _REPORTS.c.class_id == bindparam("of_class"),
        _REPORTS.c.stage == bindparam("of_stage"),
        _REPORTS.c.undone_at.is_(None),
    )
    .values(undone_at=bindparam("at"), undone_by=bindparam("person"), decision_id=bindparam("by_decision"))
)
_ACCEPT = (
    update(_REPORTS)
    .where(
        _REPORTS.c.class_id == bindparam("of_class"),
        _REPORTS.c.stage == ReportStage.HELD.value,
        _REPORTS.c.undone_at.is_(None),
        _REPORTS.c.approval == "waiting",
    )
    .values(approval="given", decision_id=bindparam("by_decision"))
)


def standing(conn: Connection, class_id: ClassId) -> Mapping[ReportStage, Report]:
    """The class's reports that are not undone."""
    found = [_read(row) for row in conn.execute(_STANDING, {"of_class": class_id})]
    return {report.stage: report for report in found}


def add(conn: Connection, class_id: ClassId, person: PersonId, report: Report) -> None:
    """Store a report.

    Raises IntegrityError if the class's report of this stage stands already.
    """
    lesson = report.lesson
    values = {
        "class_id": class_id,
        "stage": report.stage.value,
        "reported_by": person,
        "reported_at": report.reported_at,
        "late": report.is_late,
        "lesson_on": lesson.held_on if lesson else None,
        "attended": lesson.attended if lesson else None,
        "practice": lesson.practice.value if lesson else None,
        "approval": "waiting" if report.awaits_coordinator else "not_needed",
    }
    conn.execute(_ADD, values)


def undo(
    conn: Connection,
    class_id: ClassId,
    stage: ReportStage,
    person: PersonId,
    *,
    at: datetime,
    decision: DecisionId | None,
) -> bool:
    """Let the report stand no longer; False if it does not. decision: the coordinator's, None for the teacher's."""
    values = {"of_class": class_id, "of_stage": stage.value, "at": at, "person": person, "by_decision": decision}
    return conn.execute(_UNDO, values).rowcount == 1


def accept_attendance(conn: Connection, class_id: ClassId, decision: DecisionId) -> bool:
    """Say yes to a lesson where few came; False if that is no question (any more)."""
    return conn.execute(_ACCEPT, {"of_class": class_id, "by_decision": decision}).rowcount == 1


def _read(row: Row[*tuple[Any, ...]]) -> Report:
    stage = ReportStage(row.stage)
    lesson = Lesson(row.lesson_on, row.attended, Practice(row.practice)) if stage is ReportStage.HELD else None
    return Report(stage, row.reported_at, row.late, lesson, row.approval == "waiting")


# --- who owes what

HAS_REPORT: Final = exists(
    select(_REPORTS.c.id).where(
        _REPORTS.c.class_id == schema.classes.c.id,
        _REPORTS.c.stage == bindparam("of_stage", type_=String),
        _REPORTS.c.undone_at.is_(None),
    )
)
"""Whether a class of `TAUGHT` has made the report `of_stage`."""
_LAST_REPORT = (
    select(func.max(_REPORTS.c.reported_at))
    .where(_REPORTS.c.class_id == schema.classes.c.id, _REPORTS.c.undone_at.is_(None))
    .scalar_subquery()
)
TAUGHT = schema.classes.join(JOINED, schema.schools.c.id == schema.classes.c.school_id).join(
    schema.class_teachers,
    and_(schema.class_teachers.c.class_id == schema.classes.c.id, schema.class_teachers.c.until.is_(None)),
)
"""The classes that have a teacher, with their schools, for statements of other subjects about reports."""
_SILENT_SINCE = func.coalesce(_LAST_REPORT, schema.class_teachers.c.since).label("silent_since")
_OWING = (
    select(
        schema.classes.c.id.label("class_id"),
        schema.classes.c.label,
        schema.class_teachers.c.person_id.label("teacher"),
        _SILENT_SINCE,
        *LISTED,
    )
    .select_from(TAUGHT)
    .where(~HAS_REPORT, IN_SCOPE)
)
_OWING_PAGE = (
    _OWING.order_by(_SILENT_SINCE, schema.classes.c.id)
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY_OWE = select(func.count()).select_from(_OWING.subquery())
_OWING_BY_MUNICIPALITY = (
    select(
        schema.municipalities.c.id, schema.municipalities.c.name, func.count(schema.classes.c.id).label("classes_owing")
    )
    .select_from(TAUGHT)
    .where(~HAS_REPORT, IN_SCOPE)
    .group_by(schema.municipalities.c.id, schema.municipalities.c.name)
    .order_by(schema.municipalities.c.name)
)
_OWING_BY_SCHOOL = (
    select(
        schema.schools.c.id,
        schema.schools.c.name,
        schema.schools.c.settlement,
        func.count(schema.classes.c.id).label("classes_owing"),
    )
    .select_from(TAUGHT)
    .where(~HAS_REPORT, IN_SCOPE)
    .group_by(schema.schools.c.id, schema.schools.c.name, schema.schools.c.settlement)
    .order_by(schema.schools.c.settlement, schema.schools.c.name)
)
_REGISTERED = select(func.count()).select_from(TAUGHT).where(IN_SCOPE)
_REACHED = (
    select(_REPORTS.c.stage, func.count().label("classes_there"))
    .select_from(
        TAUGHT.join(_REPORTS, and_(_REPORTS.c.class_id == schema.classes.c.id, _REPORTS.c.undone_at.is_(None)))
    )
    .where(IN_SCOPE)
    .group_by(_REPORTS.c.stage)
)


@dataclass(frozen=True, slots=True)
class OwingClass:
    """A class that has not made a report. silent_since: its last report, or when its teacher was confirmed."""

    id: ClassId
    label: str
    teacher: PersonId
    silent_since: datetime
    school: ListedSchool

    @property
    def shown(self) -> str:
        """The class as people read it: «9А»."""
        return shown_label(self.label, self.school.organisation_type)


@dataclass(frozen=True, slots=True)
class OwingPage:
    """Some of the classes that owe a report, longest silence first, and how many there are in all."""

    classes: list[OwingClass]
    owing: int


@dataclass(frozen=True, slots=True)
class OwingIn:
    """How many classes of a municipality or a school owe a report."""

    id: int
    name: str
    classes: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far the confirmed classes have come; reached: how many made each report."""

    registered: int
    reached: Mapping[ReportStage, int]


def without(conn: Connection, scopes: Iterable[Scope], stage: ReportStage, *, page: int, size: int) -> OwingPage:
    """Classes of the scopes that have a teacher and not made this report."""
    bounds = {**within(scopes), "of_stage": stage.value}
    rows = conn.execute(_OWING_PAGE, {**bounds, "most": size, "skipped": page * size})
    owing = [OwingClass(row.class_id, row.label, row.teacher, row.silent_since, listed(row)) for row in rows]
    return OwingPage(owing, conn.execute(_HOW_MANY_OWE, bounds).scalar_one())


def municipalities_without(conn: Connection, scopes: Iterable[Scope], stage: ReportStage) -> list[OwingIn]:
    """The municipalities where classes owe this report, by name."""
    rows = conn.execute(_OWING_BY_MUNICIPALITY, {**within(scopes), "of_stage": stage.value})
    return [OwingIn(row.id, row.name, row.classes_owing) for row in rows]


def schools_without(conn: Connection, scopes: Iterable[Scope], stage: ReportStage) -> list[OwingIn]:
    """The schools where classes owe this report, by settlement and name."""
    rows = conn.execute(_OWING_BY_SCHOOL, {**within(scopes), "of_stage": stage.value})
    return [OwingIn(row.id, f"{row.name}, {row.settlement}", row.classes_owing) for row in rows]


def funnel(conn: Connection, scopes: Iterable[Scope]) -> Funnel:
    """How many classes of the scopes are registered and how many made each report."""
    bounds = within(scopes)
    reached = {ReportStage(row.stage): row.classes_there for row in conn.execute(_REACHED, bounds)}
    registered = conn.execute(_REGISTERED, bounds).scalar_one()
    return Funnel(registered, {stage: reached.get(stage, 0) for stage in ReportStage})
