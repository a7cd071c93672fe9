"""The figures of «Сводка» beside the funnel: who takes part, who cannot be reached; and each municipality's funnel."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from bot.domain.reports import ReportStage
from bot.domain.roles import Region, Scope
from bot.storage import schema
from bot.storage.reports import Funnel
from bot.storage.schools import IN_SCOPE, within

_TEACHERS = schema.class_teachers
_IN_CLASSES = schema.participant_ids.join(schema.classes).join(schema.schools)
_PARTICIPANTS = (
    select(func.count())
    .select_from(
        _IN_CLASSES.join(
            schema.claims,
            and_(schema.claims.c.number == schema.participant_ids.c.number, schema.claims.c.released_at.is_(None)),
        )
    )
    .where(IN_SCOPE)
)
_VOTES = (
    select(func.coalesce(func.sum(schema.tallies.c.votes), 0))
    .select_from(_IN_CLASSES.join(schema.tallies, schema.tallies.c.number == schema.participant_ids.c.number))
    .where(IN_SCOPE)
)
# The same of the whole campaign, without going through a hundred thousand IDs.
_ALL_PARTICIPANTS = select(func.count()).where(schema.claims.c.released_at.is_(None))
_ALL_VOTES = select(func.coalesce(func.sum(schema.histogram.c.votes * schema.histogram.c.participants), 0))
_TAUGHT = schema.classes.join(schema.schools, schema.schools.c.id == schema.classes.c.school_id).join(
    _TEACHERS, and_(_TEACHERS.c.class_id == schema.classes.c.id, _TEACHERS.c.until.is_(None))
)
_UNREACHABLE = (
    select(func.count(_TEACHERS.c.person_id.distinct()))
    .select_from(_TAUGHT.join(schema.accounts, schema.accounts.c.person_id == _TEACHERS.c.person_id))
    .where(schema.accounts.c.unreachable_since.is_not(None), schema.accounts.c.user_id.is_not(None), IN_SCOPE)
)
_PLACES = _TAUGHT.join(schema.municipalities, schema.municipalities.c.id == schema.schools.c.municipality_id)
_REGISTERED_BY_PLACE = (
    select(schema.municipalities.c.id, schema.municipalities.c.name, func.count().label("registered"))
    .select_from(_PLACES)
    .where(IN_SCOPE)
    .group_by(schema.municipalities.c.id, schema.municipalities.c.name)
    .order_by(schema.municipalities.c.name)
)
_REACHED_BY_PLACE = (
    select(schema.municipalities.c.id, schema.reports.c.stage, func.count().label("reached"))
    .select_from(
        _PLACES.join(
            schema.reports,
            and_(schema.reports.c.class_id == schema.classes.c.id, schema.reports.c.undone_at.is_(None)),
        )
    )
    .where(IN_SCOPE)
    .group_by(schema.municipalities.c.id, schema.reports.c.stage)
)


@dataclass(frozen=True, slots=True)
class Turnout:
    """participants: with an ID of the scopes. votes: counted ones for them. unreachable: teachers who get nothing."""

    participants: int
    votes: int
    unreachable: int


def turnout(conn: Connection, scopes: Iterable[Scope]) -> Turnout:
    """Who takes part in the scopes, and which teachers cannot be written to."""
    every = list(scopes)
    bounds = within(every)
    is_region = any(isinstance(scope, Region) for scope in every)
    participants = conn.scalar(_ALL_PARTICIPANTS) if is_region else conn.scalar(_PARTICIPANTS, bounds)
    votes = conn.scalar(_ALL_VOTES) if is_region else conn.scalar(_VOTES, bounds)
    return Turnout(int(participants or 0), int(votes or 0), int(conn.scalar(_UNREACHABLE, bounds) or 0))


@dataclass(frozen=True, slots=True)
class MunicipalityFunnel:
    """How far the classes of one municipality have come."""

    name: str
    funnel: Funnel


def by_municipality(conn: Connection, scopes: Iterable[Scope]) -> list[MunicipalityFunnel]:
    """Each municipality of the scopes that has a class, by name."""
    bounds = within(scopes)
    reached: dict[int, dict[ReportStage, int]] = {}
    for row in conn.execute(_REACHED_BY_PLACE, bounds):
        reached.setdefault(row.id, {})[ReportStage(row.stage)] = row.reached
    return [
        MunicipalityFunnel(row.name, Funnel(row.registered, _every_stage(reached.get(row.id, {}))))
        for row in conn.execute(_REGISTERED_BY_PLACE, bounds)
    ]


def _every_stage(reached: dict[ReportStage, int]) -> dict[ReportStage, int]:
    return {stage: reached.get(stage, 0) for stage in ReportStage}
