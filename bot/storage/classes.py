"""Confirmed classes: whose they are, how many pupils, how they are doing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, update

from bot.domain.identifiers import ClassId, PersonId, SchoolId
from bot.domain.school_classes import shown_label
from bot.storage import schema
from bot.storage.decisions import DecisionId
from bot.storage.schools import JOINED, LISTED, ListedSchool, listed

_TEACHERS = schema.class_teachers
_CLASS_COLUMNS = (
    schema.classes.c.id.label("class_id"),
    schema.classes.c.label,
    schema.classes.c.pupils,
    _TEACHERS.c.person_id.label("teacher"),
    *LISTED,
)
_CLASSES = schema.classes.join(JOINED, schema.schools.c.id == schema.classes.c.school_id).outerjoin(
    _TEACHERS, and_(_TEACHERS.c.class_id == schema.classes.c.id, _TEACHERS.c.until.is_(None))
)
_ONE = select(*_CLASS_COLUMNS).select_from(_CLASSES).where(schema.classes.c.id == bindparam("of_class"))
_NAMED = (
    select(*_CLASS_COLUMNS)
    .select_from(_CLASSES)
    .where(schema.classes.c.school_id == bindparam("school"), schema.classes.c.label == bindparam("called"))
)
_OF_TEACHER = (
    select(*_CLASS_COLUMNS)
    .select_from(_CLASSES)
    .where(_TEACHERS.c.person_id == bindparam("person"))
    .order_by(schema.classes.c.created_at, schema.classes.c.id)
)
_OPEN = insert(schema.classes).returning(schema.classes.c.id)
_ASSIGN = insert(_TEACHERS)
_RESIZE = (
    update(schema.classes).where(schema.classes.c.id == bindparam("of_class")).values(pupils=bindparam("declared"))
)
_FIGURES = (
    select(
        func.count(schema.participant_ids.c.number).label("issued"),
        func.count(schema.claims.c.id).label("claimed"),
        func.coalesce(func.sum(schema.tallies.c.votes), 0).label("votes"),
    )
    .select_from(
        schema.participant_ids.outerjoin(
            schema.claims,
            and_(
                schema.claims.c.number == schema.participant_ids.c.number,
                schema.claims.c.released_at.is_(None),
            ),
        ).outerjoin(schema.tallies, schema.tallies.c.number == schema.participant_ids.c.number)
    )
    .where(schema.participant_ids.c.class_id == bindparam("of_class"), schema.participant_ids.c.revoked_at.is_(None))
)
_ISSUED_IN_SCHOOL = (
    select(func.count())
    .select_from(schema.participant_ids.join(schema.classes))
    .where(schema.classes.c.school_id == bindparam("school"), schema.participant_ids.c.revoked_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A confirmed class. label: the key of all its spellings. teacher: None while nobody has it."""

    id: ClassId
    label: str
    pupils: int
    teacher: PersonId | None
    school: ListedSchool

    @property
    def shown(self) -> str:
        """The class as people read it: «9А»."""
        return shown_label(self.label, self.school.organisation_type)


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How a class is doing. issued: IDs that are not revoked; claimed: those that a pupil took."""

    issued: int
    claimed: int
    votes: int


def by_id(conn: Connection, class_id: ClassId) -> SchoolClass | None:
    """The class of that id."""
    row = conn.execute(_ONE, {"of_class": class_id}).one_or_none()
    return None if row is None else _read(row)


def named(conn: Connection, school: SchoolId, label: str) -> SchoolClass | None:
    """The school's class of that label (its key)."""
    row = conn.execute(_NAMED, {"school": school, "called": label}).one_or_none()
    return None if row is None else _read(row)


def taught_by(conn: Connection, person: PersonId) -> list[SchoolClass]:
    """The classes that the person teaches now, oldest first."""
    return [_read(row) for row in conn.execute(_OF_TEACHER, {"person": person})]


def put(conn: Connection, school: SchoolId, label: str, pupils: int, *, at: datetime) -> ClassId:
    """The class, opened now, or the standing one brought to this number of pupils.

    A class outlives its teacher: what an earlier one reported and its pupils' IDs stay with it.
    """
    standing = named(conn, school, label)
    if standing is None:
        values = {"school_id": school, "label": label, "pupils": pupils, "created_at": at}
        return ClassId(conn.execute(_OPEN, values).scalar_one())
    resize(conn, standing.id, max(pupils, standing.pupils))
    return standing.id


def assign(
    conn: Connection, class_id: ClassId, teacher: PersonId, *, at: datetime, decision: DecisionId | None
) -> None:
    """Make the person the class's teacher.

    Raises IntegrityError if somebody else has the class meanwhile: a class has one teacher at a time.
    """
    conn.execute(_ASSIGN, {"class_id": class_id, "person_id": teacher, "since": at, "decision_id": decision})


def resize(conn: Connection, class_id: ClassId, pupils: int) -> None:
    """Let the class have so many pupils."""
    conn.execute(_RESIZE, {"of_class": class_id, "declared": pupils})


def figures(conn: Connection, class_id: ClassId) -> ClassFigures:
    """IDs issued and claimed, votes gathered."""
    row = conn.execute(_FIGURES, {"of_class": class_id}).one()
    return ClassFigures(int(row.issued), int(row.claimed), int(row.votes))


def numbers_issued(conn: Connection, school: SchoolId) -> int:
    """IDs issued to all classes of the school."""
    return int(conn.execute(_ISSUED_IN_SCHOOL, {"school": school}).scalar_one())


def _read(row: Row[*tuple[Any, ...]]) -> SchoolClass:
    teacher = None if row.teacher is None else PersonId(row.teacher)
    return SchoolClass(row.class_id, row.label, row.pupils, teacher, listed(row))
