"""What coordinators' digests are made of: how each school stands, what changed there; schools without a teacher.

How they stand is asked for all schools at once, as a round of digests needs them all. So is what changed, unless only
few classes are looked at: then from the classes, for what is new in the whole campaign may be much more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Date, Select, and_, bindparam, func, or_, select

from bot.domain.calendar import Calendar
from bot.domain.digest import Figures
from bot.domain.identifiers import ClassId, PersonId, SchoolId
from bot.domain.reports import ReportStage
from bot.domain.roles import School, Scope
from bot.domain.school_classes import TAKING_PART
from bot.storage import schema
from bot.storage.columns import Instant
from bot.storage.schema_duties import broadcasts, recipients, reminders
from bot.storage.schools import IN_SCOPE, within

_TEACHERS = schema.class_teachers
_TAUGHT = schema.classes.join(_TEACHERS, and_(_TEACHERS.c.class_id == schema.classes.c.id, _TEACHERS.c.until.is_(None)))
_SCHOOL_ID = schema.classes.c.school_id

# --- how schools stand

_SCHOOLS = select(schema.schools.c.id, schema.schools.c.municipality_id)
_REGISTERED = select(_SCHOOL_ID, func.count().label("registered")).select_from(_TAUGHT).group_by(_SCHOOL_ID)
_REACHED = (
    select(_SCHOOL_ID, schema.reports.c.stage, func.count().label("reached"))
    .select_from(
        _TAUGHT.join(
            schema.reports,
            and_(schema.reports.c.class_id == schema.classes.c.id, schema.reports.c.undone_at.is_(None)),
        )
    )
    .group_by(_SCHOOL_ID, schema.reports.c.stage)
)
_UNREACHABLE = (
    select(_SCHOOL_ID, _TEACHERS.c.person_id)
    .select_from(_TAUGHT.join(schema.accounts, schema.accounts.c.person_id == _TEACHERS.c.person_id))
    .where(schema.accounts.c.unreachable_since.is_not(None), schema.accounts.c.user_id.is_not(None))
    .distinct()
)
_IS_TAUGHT = (
    select(schema.classes.c.id)
    .join(_TEACHERS, and_(_TEACHERS.c.class_id == schema.classes.c.id, _TEACHERS.c.until.is_(None)))
    .where(schema.classes.c.school_id == schema.schools.c.id)
    .exists()
)
_COULD_TAKE_PART = schema.schools.c.organisation_type.in_(sorted(one.value for one in TAKING_PART))
_LACKS_TEACHER: Final = and_(_COULD_TAKE_PART, ~_IS_TAUGHT)
_SCHOOLS_LACKING = select(schema.schools.c.id).where(_LACKS_TEACHER)


def standings(conn: Connection) -> dict[School, Figures]:
    """How every school stands now; nothing of what changed."""
    registered = {row.school_id: row.registered for row in conn.execute(_REGISTERED)}
    reached: dict[int, dict[ReportStage, int]] = {}
    for row in conn.execute(_REACHED):
        reached.setdefault(row.school_id, {})[ReportStage(row.stage)] = row.reached
    unreachable: dict[int, set[PersonId]] = {}
    for row in conn.execute(_UNREACHABLE):
        unreachable.setdefault(row.school_id, set()).add(row.person_id)
    lacking = set(conn.execute(_SCHOOLS_LACKING).scalars())
    return {
        School(SchoolId(row.id), row.municipality_id): Figures(
            registered=registered.get(row.id, 0),
            reached=reached.get(row.id, {}),
            without_teacher=int(row.id in lacking),
            unreachable=frozenset(unreachable.get(row.id, ())),
        )
        for row in conn.execute(_SCHOOLS)
    }


# --- what changed

_SINCE = bindparam("since", type_=Instant)
_AFTER = bindparam("after", type_=BigInteger)
_CLASSES = bindparam("classes", expanding=True, type_=BigInteger)
_CLASS_OF = schema.participant_ids.c.class_id
_REFUSED_REMINDER = (
    select(reminders.c.id)
    .select_from(reminders.join(schema.outbox, schema.outbox.c.id == reminders.c.outbox_id))
    .where(
        reminders.c.person_id == _TEACHERS.c.person_id,
        reminders.c.day >= bindparam("since_day", type_=Date),
        reminders.c.sent_at >= _SINCE,
        schema.outbox.c.state == "refused",
    )
    .exists()
)
_REFUSED_BROADCAST = (
    select(recipients.c.person_id)
    .select_from(recipients.join(broadcasts))
    .where(
        recipients.c.person_id == _TEACHERS.c.person_id,
        recipients.c.state == "refused",
        broadcasts.c.finished_at >= _SINCE,
    )
    .exists()
)
_NEW_CLASSES = (
    select(schema.classes.c.id.label("class_id")).select_from(_TAUGHT).where(schema.classes.c.created_at >= _SINCE)
)
_NEW_REPORTS = select(schema.reports.c.class_id, schema.reports.c.stage).where(
    schema.reports.c.reported_at >= _SINCE, schema.reports.c.undone_at.is_(None)
)
_REFUSALS = select(_TEACHERS.c.class_id, _TEACHERS.c.person_id).where(
    _TEACHERS.c.until.is_(None), or_(_REFUSED_REMINDER, _REFUSED_BROADCAST)
)
# Both tables only grow, in the order of time: what is new is read backwards from the end, not looked for everywhere.
_LAST_OLD_CLAIM = (
    select(schema.claims.c.id).where(schema.claims.c.claimed_at < _SINCE).order_by(schema.claims.c.id.desc()).limit(1)
)
_LAST_OLD_VOTE = (
    select(schema.votes.c.id).where(schema.votes.c.cast_at < _SINCE).order_by(schema.votes.c.id.desc()).limit(1)
)
_COUNTED_BY_CLASS = select(_CLASS_OF, func.count().label("new")).group_by(_CLASS_OF)
_CLAIMS = _COUNTED_BY_CLASS.select_from(schema.participant_ids.join(schema.claims)).where(
    schema.claims.c.released_at.is_(None)
)
_VOTES = _COUNTED_BY_CLASS.select_from(schema.participant_ids.join(schema.votes)).where(schema.votes.c.counted)


@dataclass(frozen=True, slots=True)
class _Questions:
    """What is asked of the changes, in one of two ways."""

    classes: Select[Any]
    reports: Select[Any]
    claims: Select[Any]
    votes: Select[Any]
    refusals: Select[Any]


_EVERYWHERE = _Questions(
    _NEW_CLASSES,
    _NEW_REPORTS,
    _CLAIMS.where(schema.claims.c.id > _AFTER),
    _VOTES.where(schema.votes.c.id > _AFTER),
    _REFUSALS,
)
_ISSUED_TO_THEM = and_(_CLASS_OF.in_(_CLASSES), schema.participant_ids.c.revoked_at.is_(None))
_AMONG_SOME = _Questions(
    _NEW_CLASSES.where(schema.classes.c.id.in_(_CLASSES)),
    _NEW_REPORTS.where(schema.reports.c.class_id.in_(_CLASSES)),
    _CLAIMS.where(_ISSUED_TO_THEM, schema.claims.c.claimed_at >= _SINCE),
    _VOTES.where(_ISSUED_TO_THEM, schema.votes.c.cast_at >= _SINCE),
    _REFUSALS.where(_TEACHERS.c.class_id.in_(_CLASSES)),
)


@dataclass(slots=True)
class _Gathered:
    """What changed at a school, while it comes in."""

    classes: int = 0
    reported: dict[ReportStage, int] = field(default_factory=lambda: dict.fromkeys(ReportStage, 0))
    participants: int = 0
    votes: int = 0
    refused: set[PersonId] = field(default_factory=set)


def changes(
    conn: Connection,
    schools: Mapping[ClassId, School],
    *,
    since: datetime,
    calendar: Calendar,
    among: Collection[ClassId] | None = None,
) -> dict[School, Figures]:
    """What changed from `since` on at each school where anything did; nothing of how it stands.

    schools: where each class is. among: only these classes are looked at; None for the whole campaign.
    """
    asked: dict[str, Any] = {"since": since, "since_day": calendar.local_day(since)}
    old = {"claims": 0, "votes": 0}
    if among is None:
        ask = _EVERYWHERE
        old = {"claims": conn.scalar(_LAST_OLD_CLAIM, asked) or 0, "votes": conn.scalar(_LAST_OLD_VOTE, asked) or 0}
    else:
        ask = _AMONG_SOME
        asked["classes"] = list(among)
    found: defaultdict[School, _Gathered] = defaultdict(_Gathered)
    for row in conn.execute(ask.classes, asked):
        found[schools[row.class_id]].classes += 1
    for row in conn.execute(ask.reports, asked):
        found[schools[row.class_id]].reported[ReportStage(row.stage)] += 1
    for row in conn.execute(ask.claims, {**asked, "after": old["claims"]}):
        found[schools[row.class_id]].participants += row.new
    for row in conn.execute(ask.votes, {**asked, "after": old["votes"]}):
        found[schools[row.class_id]].votes += row.new
    for row in conn.execute(ask.refusals, asked):
        found[schools[row.class_id]].refused.add(row.person_id)
    return {school: _figures(gathered) for school, gathered in found.items()}


def _figures(gathered: _Gathered) -> Figures:
    return Figures(
        classes=gathered.classes,
        reported=gathered.reported,
        participants=gathered.participants,
        votes=gathered.votes,
        refused=frozenset(gathered.refused),
    )


# --- schools without a teacher


@dataclass(frozen=True, slots=True)
class SchoolWithout:
    """A school of the list that no confirmed teacher is at."""

    name: str
    settlement: str


@dataclass(frozen=True, slots=True)
class SchoolsWithout:
    """Some of the schools without a teacher, and how many there are in all."""

    schools: list[SchoolWithout]
    found: int


_SCHOOLS_WITHOUT_PAGE = (
    select(schema.schools.c.name, schema.schools.c.settlement)
    .select_from(schema.schools.join(schema.municipalities))
    .where(_LACKS_TEACHER, IN_SCOPE)
    .order_by(schema.municipalities.c.name, schema.schools.c.settlement, schema.schools.c.name, schema.schools.c.id)
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY_WITHOUT = select(func.count()).select_from(schema.schools).where(_LACKS_TEACHER, IN_SCOPE)


def schools_without_teacher(conn: Connection, scopes: Iterable[Scope], *, page: int, size: int) -> SchoolsWithout:
    """The schools of the scopes that could take part and have no confirmed teacher, by municipality and settlement."""
    bounds = within(scopes)
    rows = conn.execute(_SCHOOLS_WITHOUT_PAGE, {**bounds, "most": size, "skipped": page * size})
    shown = [SchoolWithout(row.name, row.settlement) for row in rows]
    return SchoolsWithout(shown, conn.execute(_HOW_MANY_WITHOUT, bounds).scalar_one())
