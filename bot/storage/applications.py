"""Teachers' applications for classes, and what was decided about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, func, insert, select, update

from bot.domain.applications import ApplicationState, ClassClaim
from bot.domain.identifiers import ApplicationId, PersonId, SchoolId
from bot.domain.roles import DecideApplication, Scope
from bot.domain.school_classes import shown_label
from bot.storage import classes, schema
from bot.storage.decisions import DecisionId
from bot.storage.schools import IN_SCOPE, JOINED, LISTED, ListedSchool, listed, within

_APPLICATIONS = schema.applications
_COLUMNS = (
    _APPLICATIONS.c.id,
    _APPLICATIONS.c.person_id,
    _APPLICATIONS.c.label,
    _APPLICATIONS.c.pupils,
    _APPLICATIONS.c.applied_at,
    _APPLICATIONS.c.state,
    _APPLICATIONS.c.decided_at,
    schema.decisions.c.decided_by,
    schema.decisions.c.reason,
    *LISTED,
)
_WITH_SCHOOL = _APPLICATIONS.join(JOINED, schema.schools.c.id == _APPLICATIONS.c.school_id).outerjoin(
    schema.decisions, schema.decisions.c.id == _APPLICATIONS.c.decision_id
)
_ADD = insert(_APPLICATIONS).returning(_APPLICATIONS.c.id)
_ONE = select(*_COLUMNS).select_from(_WITH_SCHOOL).where(_APPLICATIONS.c.id == bindparam("application"))
_LOCK = select(_APPLICATIONS.c.id).where(_APPLICATIONS.c.id == bindparam("application")).with_for_update()
_WAITING_OF = (
    select(*_COLUMNS)
    .select_from(_WITH_SCHOOL)
    .where(_APPLICATIONS.c.person_id == bindparam("person"), _APPLICATIONS.c.state == "waiting")
    .order_by(_APPLICATIONS.c.id)
)
_WAITING_FOR = select(_APPLICATIONS.c.person_id).where(
    _APPLICATIONS.c.school_id == bindparam("school"),
    _APPLICATIONS.c.label == bindparam("called"),
    _APPLICATIONS.c.state == "waiting",
)
_REFUSALS = select(func.count()).where(
    _APPLICATIONS.c.person_id == bindparam("person"), _APPLICATIONS.c.state == "refused"
)
_WAITING = select(*_COLUMNS).select_from(_WITH_SCHOOL).where(_APPLICATIONS.c.state == "waiting", IN_SCOPE)
_WAITING_PAGE = (
    _WAITING.order_by(_APPLICATIONS.c.applied_at, _APPLICATIONS.c.id)
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY_WAIT = select(func.count()).select_from(_WAITING.subquery())
_CLOSE = (
    update(_APPLICATIONS)
    .where(_APPLICATIONS.c.id == bindparam("application"), _APPLICATIONS.c.state == "waiting")
    .values(state=bindparam("outcome"), decided_at=bindparam("at"), decision_id=bindparam("by_decision"))
)
_WITHDRAW = (
    update(_APPLICATIONS)
    .where(_APPLICATIONS.c.person_id == bindparam("person"), _APPLICATIONS.c.state == "waiting")
    .values(state=ApplicationState.REFUSED.value, decided_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Application:
    """A teacher's application. decided_by, decided_at, reason: how it ended; label: the key of the class."""

    id: ApplicationId
    person: PersonId
    school: ListedSchool
    label: str
    pupils: int
    applied_at: datetime
    state: ApplicationState
    decided_at: datetime | None
    decided_by: PersonId | None
    reason: str | None

    @property
    def shown(self) -> str:
        """The class as people read it: «9А»."""
        return shown_label(self.label, self.school.organisation_type)

    @property
    def deed(self) -> DecideApplication:
        """What deciding it is, as permissions know it."""
        return DecideApplication(self.person, self.school.scope)


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """Some of the applications that wait, oldest first, and how many there are in all."""

    applications: list[Application]
    waiting: int


def add(conn: Connection, person: PersonId, school: SchoolId, label: str, *, pupils: int, at: datetime) -> Application:
    """Store a waiting application and return it.

    Raises IntegrityError if another for the same class waits meanwhile.
    """
    values = {"person_id": person, "school_id": school, "label": label, "pupils": pupils, "applied_at": at}
    made = conn.execute(_ADD, values).scalar_one()
    return _read(conn.execute(_ONE, {"application": made}).one())


def by_id(conn: Connection, application: ApplicationId) -> Application | None:
    """The application of that id."""
    row = conn.execute(_ONE, {"application": application}).one_or_none()
    return None if row is None else _read(row)


def locked(conn: Connection, application: ApplicationId) -> Application | None:
    """The application of that id, which nobody else can decide until this transaction ends."""
    # Two statements: what another decision committed while this one waited is seen only by the next statement.
    conn.execute(_LOCK, {"application": application})
    return by_id(conn, application)


def holder(conn: Connection, school: SchoolId, label: str) -> ClassClaim | None:
    """Who holds the class: its teacher, else whoever's application waits; None if it is free."""
    standing = classes.named(conn, school, label)
    if standing is not None and standing.teacher is not None:
        return ClassClaim(standing.teacher, ApplicationState.CONFIRMED)
    waiting = conn.execute(_WAITING_FOR, {"school": school, "called": label}).scalar_one_or_none()
    return None if waiting is None else ClassClaim(PersonId(waiting), ApplicationState.WAITING)


def waiting_of(conn: Connection, person: PersonId) -> list[Application]:
    """The person's own applications that nobody has decided yet."""
    return [_read(row) for row in conn.execute(_WAITING_OF, {"person": person})]


def refusals(conn: Connection, person: PersonId) -> int:
    """How often the person was refused."""
    return conn.execute(_REFUSALS, {"person": person}).scalar_one()


def waiting_in(conn: Connection, scopes: Iterable[Scope], *, page: int, size: int) -> ApplicationsPage:
    """The applications of the scopes that wait for a decision."""
    bounds = within(scopes)
    rows = conn.execute(_WAITING_PAGE, {**bounds, "most": size, "skipped": page * size})
    return ApplicationsPage([_read(row) for row in rows], conn.execute(_HOW_MANY_WAIT, bounds).scalar_one())


def close(
    conn: Connection, application: ApplicationId, state: ApplicationState, *, at: datetime, decision: DecisionId
) -> bool:
    """Move it out of waiting; False if it was decided before (impossible for one that is `locked`)."""
    outcome = {"application": application, "outcome": state.value, "at": at, "by_decision": decision}
    return conn.execute(_CLOSE, outcome).rowcount == 1


def withdraw(conn: Connection, person: PersonId, *, at: datetime) -> None:
    """Close what waits of a person who goes: the class is free for somebody else."""
    conn.execute(_WITHDRAW, {"person": person, "at": at})


def _read(row: Row[*tuple[Any, ...]]) -> Application:
    return Application(
        row.id,
        row.person_id,
        listed(row),
        row.label,
        row.pupils,
        row.applied_at,
        ApplicationState(row.state),
        row.decided_at,
        row.decided_by,
        row.reason,
    )
