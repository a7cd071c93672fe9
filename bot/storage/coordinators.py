"""Coordinators all at once: who coordinates what, when each had the last digest, which classes' debts are theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Date, String, and_, bindparam, func, or_, select

from bot.domain.climbing import Coordinators
from bot.domain.identifiers import ApplicationId, ClassId, PersonId, SchoolId
from bot.domain.names import short_name
from bot.domain.roles import School, Scope
from bot.domain.school_classes import OrganisationType, shown_label
from bot.storage import schema
from bot.storage.columns import Instant
from bot.storage.people import profile_of
from bot.storage.roles import read_scope
from bot.storage.schema_duties import occasions, reminders

_FIRST, _LAST = bindparam("first", type_=BigInteger), bindparam("last", type_=BigInteger)
_HELD = schema.roles.join(schema.people).outerjoin(
    schema.schools, and_(schema.roles.c.scope_kind == "school", schema.schools.c.id == schema.roles.c.scope_id)
)
_IS_COORDINATOR = and_(
    schema.roles.c.role == "coordinator",
    schema.roles.c.revoked_at.is_(None),
    schema.roles.c.scope_kind != "gift_point",
    schema.people.c.erased_at.is_(None),
)
_SCOPES = select(
    schema.roles.c.person_id,
    schema.roles.c.scope_kind,
    schema.roles.c.scope_id,
    schema.roles.c.granted_at,
    schema.schools.c.municipality_id,
).select_from(_HELD)
_ALL_SCOPES = _SCOPES.where(_IS_COORDINATOR)
_LAST_TOLD = (
    select(occasions.c.person_id, func.max(reminders.c.sent_at, type_=Instant).label("told_at"))
    .select_from(occasions.join(reminders, reminders.c.id == occasions.c.reminder_id))
    .where(
        occasions.c.duty == bindparam("of_duty", type_=String),
        occasions.c.state == "sent",
        occasions.c.person_id.between(_FIRST, _LAST),
        # A rehearsal's clock may have been set back: what comes after today has not been told yet.
        reminders.c.day < bindparam("today", type_=Date),
    )
    .group_by(occasions.c.person_id)
    .subquery("last_told")
)
_HAS_MESSAGE_TODAY = (
    select(reminders.c.id)
    .where(reminders.c.person_id == schema.roles.c.person_id, reminders.c.day == bindparam("today", type_=Date))
    .exists()
)
_TO_TELL = (
    _SCOPES.add_columns(_LAST_TOLD.c.told_at)
    .outerjoin(_LAST_TOLD, _LAST_TOLD.c.person_id == schema.roles.c.person_id)
    .where(_IS_COORDINATOR, schema.roles.c.person_id.between(_FIRST, _LAST), ~_HAS_MESSAGE_TODAY)
    .order_by(schema.roles.c.person_id, schema.roles.c.id)
)
_CLASSES = select(
    schema.classes.c.id,
    schema.classes.c.label,
    schema.classes.c.school_id,
    schema.schools.c.municipality_id,
    schema.schools.c.name,
    schema.schools.c.organisation_type,
).select_from(schema.classes.join(schema.schools))
_NAMES = select(schema.people.c.id, schema.people.c.first_name, schema.people.c.last_initial).where(
    schema.people.c.id.in_(bindparam("people", expanding=True, type_=BigInteger))
)
_UNANSWERED = (
    select(
        schema.applications.c.id,
        schema.applications.c.person_id,
        schema.applications.c.label,
        schema.applications.c.applied_at,
        schema.applications.c.decided_at,
        schema.applications.c.school_id,
        schema.schools.c.municipality_id,
        schema.schools.c.name,
        schema.schools.c.organisation_type,
    )
    .select_from(schema.applications.join(schema.schools))
    .where(
        or_(
            schema.applications.c.state == "waiting",
            schema.applications.c.decided_at > bindparam("since", type_=Instant),
        )
    )
    .order_by(schema.applications.c.id)
)


@dataclass(frozen=True, slots=True)
class CoordinatorToTell:
    """A coordinator who had no automatic message today. told_at: their last digest's instant, None before it."""

    person: PersonId
    scopes: tuple[Scope, ...]
    appointed_at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClassAt:
    """A class and the school it is in. label: the key of all its spellings."""

    label: str
    organisation_type: str
    school_name: str
    school: School

    @property
    def shown(self) -> str:
        """The class as people read it: «9А»."""
        return shown_label(self.label, OrganisationType(self.organisation_type))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An application that waits, or waited until `decided_at`."""

    id: ApplicationId
    applicant: PersonId
    class_at: ClassAt
    applied_at: datetime
    decided_at: datetime | None


def by_scope(conn: Connection) -> Coordinators:
    """Who coordinates each scope that has somebody."""
    found: dict[Scope, set[PersonId]] = {}
    for row in conn.execute(_ALL_SCOPES):
        scope = read_scope(row.scope_kind, row.scope_id, row.municipality_id)
        found.setdefault(scope, set()).add(row.person_id)
    return {scope: frozenset(persons) for scope, persons in found.items()}


def to_tell(conn: Connection, duty: str, *, first: PersonId, last: PersonId, today: date) -> list[CoordinatorToTell]:
    """The coordinators with ids from first to last whom no automatic message has gone to today, ascending.

    duty: the one whose last telling counts.
    """
    grouped: dict[PersonId, list[Any]] = {}
    for row in conn.execute(_TO_TELL, {"first": first, "last": last, "of_duty": duty, "today": today}):
        grouped.setdefault(row.person_id, []).append(row)
    return [
        CoordinatorToTell(
            person,
            tuple(read_scope(row.scope_kind, row.scope_id, row.municipality_id) for row in rows),
            min(row.granted_at for row in rows),
            rows[0].told_at,
        )
        for person, rows in grouped.items()
    ]


def classes_at(conn: Connection) -> dict[ClassId, ClassAt]:
    """Every class by its id."""
    return {row.id: _class_at(row) for row in conn.execute(_CLASSES)}


def names_of(conn: Connection, people: Iterable[PersonId]) -> Mapping[PersonId, str | None]:
    """First name and initial of each; None for people without a name."""
    rows = conn.execute(_NAMES, {"people": sorted(set(people))})
    return {row.id: short_name(profile_of(row.first_name, row.last_initial)) for row in rows}


def unanswered(conn: Connection, *, since: datetime) -> list[Unanswered]:
    """The applications that wait, and those decided after `since`, oldest first."""
    return [
        Unanswered(row.id, row.person_id, _class_at(row), row.applied_at, row.decided_at)
        for row in conn.execute(_UNANSWERED, {"since": since})
    ]


def _class_at(row: Any) -> ClassAt:
    school = School(SchoolId(row.school_id), row.municipality_id)
    return ClassAt(row.label, row.organisation_type, row.name, school)
