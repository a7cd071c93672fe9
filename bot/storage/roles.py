"""Who holds which role where: appointments, and the person as the permissions of `domain/roles.py` know them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select

from bot.domain.identifiers import MunicipalityId, PersonId, SchoolId
from bot.domain.roles import Actor, GiftPoint, Grant, Municipality, Region, Role, School, Scope
from bot.storage import schema
from bot.storage.decisions import DecisionId

_APPOINTMENTS = (
    select(schema.roles.c.role, schema.roles.c.scope_kind, schema.roles.c.scope_id, schema.schools.c.municipality_id)
    .select_from(
        schema.roles.outerjoin(
            schema.schools, and_(schema.roles.c.scope_kind == "school", schema.schools.c.id == schema.roles.c.scope_id)
        )
    )
    .where(
        schema.roles.c.person_id == bindparam("person"),
        schema.roles.c.revoked_at.is_(None),
        schema.roles.c.scope_kind != "gift_point",
    )
)
_INVITED_TO_TEACH = (
    select(
        schema.invitations.c.role,
        schema.invitations.c.scope_kind,
        schema.invitations.c.scope_id,
        schema.schools.c.municipality_id,
    )
    .select_from(schema.invitations.join(schema.schools, schema.schools.c.id == schema.invitations.c.scope_id))
    .where(
        schema.invitations.c.used_by == bindparam("person"),
        schema.invitations.c.role == "teacher",
        schema.invitations.c.scope_kind == "school",
    )
)
_TAUGHT = (
    select(schema.classes.c.id, schema.classes.c.school_id)
    .select_from(schema.class_teachers.join(schema.classes))
    .where(schema.class_teachers.c.person_id == bindparam("person"), schema.class_teachers.c.until.is_(None))
)
_HAS_APPLIED = (
    select(schema.applications.c.id)
    .where(schema.applications.c.person_id == bindparam("person"), schema.applications.c.state == "waiting")
    .limit(1)
)
_CLAIMED = (
    select(schema.claims.c.number, schema.classes.c.school_id)
    .select_from(schema.claims.join(schema.participant_ids).join(schema.classes))
    .where(schema.claims.c.person_id == bindparam("person"), schema.claims.c.released_at.is_(None))
)
# Who had the own data erased can decide nothing any more, and cannot be told anything.
_STANDING_COORDINATORS = (
    select(schema.roles.c.person_id)
    .select_from(schema.roles.join(schema.people))
    .where(
        schema.roles.c.role == "coordinator",
        schema.roles.c.revoked_at.is_(None),
        schema.people.c.erased_at.is_(None),
    )
    .distinct()
    .order_by(schema.roles.c.person_id)
)
_COORDINATORS = _STANDING_COORDINATORS.where(
    or_(
        schema.roles.c.scope_kind == "region",
        and_(schema.roles.c.scope_kind == "municipality", schema.roles.c.scope_id == bindparam("municipality")),
        and_(schema.roles.c.scope_kind == "school", schema.roles.c.scope_id == bindparam("school")),
    )
)
_REGIONAL = _STANDING_COORDINATORS.where(schema.roles.c.scope_kind == "region")
_APPOINT = insert(schema.roles)
_HOLDS = select(schema.roles.c.id).where(
    schema.roles.c.person_id == bindparam("person"),
    schema.roles.c.role == bindparam("held"),
    schema.roles.c.scope_kind == bindparam("kind"),
    schema.roles.c.scope_id == bindparam("within"),
    schema.roles.c.revoked_at.is_(None),
)


def actor(conn: Connection, person: PersonId) -> Actor:
    """The person with everything that permissions depend on."""
    who = {"person": person}
    grants = [_grant(row) for statement in (_APPOINTMENTS, _INVITED_TO_TEACH) for row in conn.execute(statement, who)]
    taught = conn.execute(_TAUGHT, who).all()
    claimed = conn.execute(_CLAIMED, who).one_or_none()
    schools = {row.school_id for row in taught} | ({claimed.school_id} if claimed else set())
    return Actor(
        person,
        frozenset(grants),
        has_applied=conn.execute(_HAS_APPLIED, who).first() is not None,
        classes=frozenset(row.id for row in taught),
        schools=frozenset(schools),
        number=claimed.number if claimed else None,
    )


def coordinators_around(conn: Connection, school: School) -> list[Actor]:
    """The coordinators of the school, of its municipality and of the region."""
    people = conn.execute(_COORDINATORS, {"municipality": school.municipality, "school": school.school}).scalars()
    return _actors(conn, people.all())


def coordinators_of_region(conn: Connection) -> list[PersonId]:
    """The coordinators of the whole campaign."""
    return [PersonId(person) for person in conn.execute(_REGIONAL).scalars()]


def appoint(conn: Connection, person: PersonId, grant: Grant, *, at: datetime, decision: DecisionId) -> None:
    """Let the person hold the role; who holds it already keeps it as it is.

    Teachers hold no row: an accepted invitation, or a class, makes one.
    """
    kind, within = stored_scope(grant.scope)
    key = {"person": person, "held": grant.role.value, "kind": kind, "within": within}
    if grant.role is Role.TEACHER or conn.execute(_HOLDS, key).first() is not None:
        return
    values = {
        "person_id": person,
        "role": grant.role.value,
        "scope_kind": kind,
        "scope_id": within,
        "granted_at": at,
        "decision_id": decision,
    }
    conn.execute(_APPOINT, values)


def stored_scope(scope: Scope) -> tuple[str, int]:
    """The scope as the tables keep it: kind and id, 0 for the region."""
    match scope:
        case Region():
            return "region", 0
        case Municipality(municipality):
            return "municipality", municipality
        case School(school, _):
            return "school", school
        case GiftPoint():
            raise ValueError("gift points are named by the campaign file, not numbered by a table")


def read_scope(kind: str, scope_id: int, municipality_id: int | None) -> Scope:
    """The scope that `stored_scope` wrote; municipality_id: of the school, where it is one."""
    match kind:
        case "region":
            return Region()
        case "municipality":
            return Municipality(MunicipalityId(scope_id))
        case "school" if municipality_id is not None:
            return School(SchoolId(scope_id), MunicipalityId(municipality_id))
        case _:
            raise ValueError(f"no scope: {kind} {scope_id}")


def _grant(row: Row[*tuple[Any, ...]]) -> Grant:
    return Grant(Role(row.role), read_scope(row.scope_kind, row.scope_id, row.municipality_id))


def _actors(conn: Connection, people: Iterable[int]) -> list[Actor]:
    return [actor(conn, PersonId(person)) for person in people]
