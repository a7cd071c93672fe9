"""Whom a broadcast is meant for, and who of them gets nothing: the same questions for its preview and for its list.

For a list people are asked one by one, by slices of their ids; for a preview the few who are left out are looked for
among all, and the many are only counted, so that neither holds the database for long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    distinct,
    exists,
    func,
    or_,
    select,
    true,
)

from bot.domain.broadcasts import Addressed, Reach, ReportsSoFar
from bot.domain.duties import Audience
from bot.storage.schema import (
    accounts,
    claims,
    class_teachers,
    classes,
    participant_ids,
    people,
    reports,
    roles,
    schools,
)
from bot.storage.schema_duties import broadcasts, mutes, recipients
from bot.storage.schools import IN_SCOPE, within

NEWS: Final = "broadcasts"
"""The kind of news under which a person mutes all broadcasts."""


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """Rows of people who are meant: where they stand, and which column names the person."""

    rows: FromClause
    person: ColumnElement[Any]
    condition: ColumnElement[bool]

    def is_one(self, person: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether the person of another table's row is meant."""
        return exists(select(1).select_from(self.rows).where(self.person == person, self.condition))

    def counted(self) -> Select[Any]:
        """How many people are meant."""
        return select(func.count(distinct(self.person))).select_from(self.rows).where(self.condition)


_HAS_REPORT = {
    stage: exists(
        select(reports.c.id).where(
            reports.c.class_id == classes.c.id, reports.c.stage == stage, reports.c.undone_at.is_(None)
        )
    )
    for stage in ("documents", "ready", "held")
}
_REPORTS: Mapping[ReportsSoFar, ColumnElement[bool]] = {
    ReportsSoFar.ANY: true(),
    ReportsSoFar.NO_DOCUMENTS: ~_HAS_REPORT["documents"],
    ReportsSoFar.NOT_READY: ~_HAS_REPORT["ready"],
    ReportsSoFar.NOT_HELD: ~_HAS_REPORT["held"],
    ReportsSoFar.HELD: _HAS_REPORT["held"],
}
_CLASSES = classes.join(schools, schools.c.id == classes.c.school_id)
_TEACHERS = {
    so_far: Meant(
        class_teachers.join(_CLASSES, classes.c.id == class_teachers.c.class_id),
        class_teachers.c.person_id,
        and_(class_teachers.c.until.is_(None), condition, IN_SCOPE),
    )
    for so_far, condition in _REPORTS.items()
}
_PARTICIPANTS = Meant(
    claims.join(participant_ids, participant_ids.c.number == claims.c.number).join(
        _CLASSES, classes.c.id == participant_ids.c.class_id
    ),
    claims.c.person_id,
    and_(claims.c.released_at.is_(None), IN_SCOPE),
)
_STANDING = (roles.c.role == "coordinator", roles.c.revoked_at.is_(None))
_COORDINATORS = Meant(
    roles.outerjoin(schools, and_(roles.c.scope_kind == "school", schools.c.id == roles.c.scope_id)),
    roles.c.person_id,
    and_(
        *_STANDING,
        or_(
            bindparam("everywhere", type_=BigInteger) == 1,
            and_(
                roles.c.scope_kind == "municipality",
                roles.c.scope_id.in_(bindparam("in_municipalities", expanding=True, type_=BigInteger)),
            ),
            and_(roles.c.scope_kind == "school", IN_SCOPE),
        ),
    ),
)
_EARLIER = recipients.alias("earlier")
_AGAIN_OF = bindparam("again_of", type_=BigInteger)
_LATER = recipients.alias("later")
# «Ещё раз этим» may be pressed again and again: who got it by an earlier repeat, or may have, is none of these.
_REPEATED = exists(
    select(1)
    .select_from(_LATER.join(broadcasts, broadcasts.c.id == _LATER.c.broadcast_id))
    .where(
        _LATER.c.person_id == _EARLIER.c.person_id,
        broadcasts.c.again_of == _AGAIN_OF,
        _LATER.c.state.in_(["waiting", "offered", "delivered", "uncertain"]),
    )
)
_REFUSED_EARLIER = Meant(
    _EARLIER,
    _EARLIER.c.person_id,
    and_(_EARLIER.c.broadcast_id == _AGAIN_OF, _EARLIER.c.state == "refused", ~_REPEATED),
)
_KINDS = (*_TEACHERS.values(), _PARTICIPANTS, _COORDINATORS, _REFUSED_EARLIER)

# All participants of the campaign are counted by an index alone.
_ALL_PARTICIPANTS = select(func.count()).select_from(claims).where(claims.c.released_at.is_(None))


def muted_by(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the person of another table's row wants no broadcasts."""
    return exists(select(1).where(mutes.c.person_id == person, mutes.c.news == NEWS))


HAS_MUTED = muted_by(people.c.id)
"""Whether the person of a row of people wants no broadcasts."""

_OTHER = accounts.alias("other")
_REACHABLE_BY_ANOTHER = exists(
    select(1).where(
        _OTHER.c.person_id == people.c.id, _OTHER.c.user_id.is_not(None), _OTHER.c.unreachable_since.is_(None)
    )
)
_LEFT_OUT = {
    meant: (
        select(func.count(distinct(people.c.id)))
        .select_from(accounts.join(people))
        .where(
            accounts.c.unreachable_since.is_not(None), accounts.c.user_id.is_not(None), people.c.erased_at.is_(None),
            ~_REACHABLE_BY_ANOTHER, ~HAS_MUTED, meant.is_one(people.c.id),
        ),
        select(func.count())
        .select_from(mutes.join(people))
        .where(mutes.c.news == NEWS, people.c.erased_at.is_(None), meant.is_one(people.c.id)),
        select(func.count()).select_from(people).where(people.c.erased_at.is_not(None), meant.is_one(people.c.id)),
    )
    for meant in _KINDS
}  # fmt: skip
_COUNTED = {meant: meant.counted() for meant in _KINDS}
IS_MEANT = {meant: meant.is_one(people.c.id) for meant in _KINDS}
"""Whether a person of the table people is meant, by what `meant` says; its parameters come from `bounds`."""


def bounds(addressed: Addressed) -> dict[str, Any]:
    """The parameters of a condition in `IS_MEANT`."""
    if addressed.again_of is not None:
        return {"again_of": addressed.again_of}
    return within(addressed.scopes)


def reach(conn: Connection, addressed: Addressed) -> Reach:
    """How many people are meant now, and how many of them would get nothing."""
    kind, parameters = meant(addressed), bounds(addressed)
    if kind is _PARTICIPANTS and parameters["everywhere"]:
        people_meant = conn.execute(_ALL_PARTICIPANTS).scalar_one()
    else:
        people_meant = conn.execute(_COUNTED[kind], parameters).scalar_one()
    left_out = [conn.execute(statement, parameters).scalar_one() for statement in _LEFT_OUT[kind]]
    return Reach(people_meant, *left_out)


def meant(addressed: Addressed) -> Meant:
    """Which question finds the people who are meant."""
    if addressed.again_of is not None:
        return _REFUSED_EARLIER
    match addressed.role:
        case Audience.TEACHERS:
            return _TEACHERS[addressed.reports]
        case Audience.PARTICIPANTS:
            return _PARTICIPANTS
        case Audience.COORDINATORS:
            return _COORDINATORS
