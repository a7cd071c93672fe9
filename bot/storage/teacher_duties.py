"""What teachers owe for their classes, since when, and what was settled lately: rows for the duties of the registry.

A debt belongs to whoever has the class: a hand-over ends the old teacher's and begins the new one's. An undone report
is owed again since its undoing. Every question is asked for people with ids from first to last, and leaves out what was
settled up to `since`, so that a page of people costs a few look-ups by index.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import Practice, ReportStage
from bot.domain.school_classes import OrganisationType, shown_label
from bot.storage.columns import Instant
from bot.storage.schema import claims, class_teachers, classes, participant_ids, reports, schools
from bot.storage.schema_duties import practice_lists

_AFTER: Final = bindparam("settled_after", type_=Instant)
_TENURES = class_teachers.join(classes, classes.c.id == class_teachers.c.class_id).join(
    schools, schools.c.id == classes.c.school_id
)
_TENURE = (
    class_teachers.c.person_id,
    class_teachers.c.class_id,
    classes.c.label,
    schools.c.organisation_type,
    class_teachers.c.since,
    class_teachers.c.until,
)
_OF_THESE = and_(
    class_teachers.c.person_id.between(bindparam("first", type_=BigInteger), bindparam("last", type_=BigInteger)),
    or_(class_teachers.c.until.is_(None), class_teachers.c.until > _AFTER),
)


def _standing(stage: ReportStage) -> Any:
    """The reports of a stage that stand, to be joined, and on what."""
    made = reports.alias(stage.value)
    return made, and_(
        made.c.class_id == class_teachers.c.class_id, made.c.stage == stage.value, made.c.undone_at.is_(None)
    )


def _last_undone(stage: ReportStage) -> ScalarSelect[Any]:
    return (
        select(func.max(reports.c.undone_at))
        .where(
            reports.c.class_id == class_teachers.c.class_id,
            reports.c.stage == stage.value,
            reports.c.undone_at.is_not(None),
        )
        .scalar_subquery()
    )


def _owing(stage: ReportStage, follows: ReportStage | None) -> Select[Any]:
    """Classes that could make the report and have not, or have lately."""
    made, made_there = _standing(stage)
    taught: FromClause = _TENURES.outerjoin(made, made_there)
    possible_at = class_teachers.c.since
    if follows is not None:
        earlier, earlier_there = _standing(follows)
        taught, possible_at = taught.join(earlier, earlier_there), earlier.c.reported_at
    return (
        select(
            *_TENURE,
            possible_at.label("possible_at"),
            _last_undone(stage).label("undone_at"),
            made.c.reported_at.label("done_at"),
        )
        .select_from(taught)
        .where(_OF_THESE, or_(made.c.reported_at.is_(None), made.c.reported_at > _AFTER))
    )


_HELD, _HELD_THERE = _standing(ReportStage.HELD)
_OWING = {
    ReportStage.DOCUMENTS: _owing(ReportStage.DOCUMENTS, None),
    ReportStage.READY: _owing(ReportStage.READY, ReportStage.DOCUMENTS),
    ReportStage.HELD: _owing(ReportStage.HELD, ReportStage.READY),
}
_UNMARKED = (
    select(
        *_TENURE,
        _HELD.c.reported_at.label("possible_at"),
        practice_lists.c.saved_at.label("done_at"),
        _HELD.c.lesson_on,
        _HELD.c.practice,
    )
    .select_from(_TENURES.join(_HELD, _HELD_THERE).outerjoin(practice_lists, practice_lists.c.report_id == _HELD.c.id))
    .where(_OF_THESE, or_(practice_lists.c.saved_at.is_(None), practice_lists.c.saved_at > _AFTER))
)
_IS_FREE = claims.c.id.is_(None)
_UNCLAIMED = (
    select(
        *_TENURE,
        _HELD.c.reported_at.label("possible_at"),
        case((func.count() == func.count(claims.c.id), func.max(claims.c.claimed_at))).label("done_at"),
        func.aggregate_strings(case((_IS_FREE, cast(participant_ids.c.place, String))), ",").label("places"),
    )
    .select_from(
        _TENURES.join(_HELD, _HELD_THERE)
        .join(
            participant_ids,
            and_(
                participant_ids.c.class_id == class_teachers.c.class_id,
                participant_ids.c.revoked_at.is_(None),
            ),
        )
        .outerjoin(claims, and_(claims.c.number == participant_ids.c.number, claims.c.released_at.is_(None)))
    )
    .where(_OF_THESE)
    .group_by(class_teachers.c.id, *_TENURE, _HELD.c.reported_at)
    .having(or_(func.count() > func.count(claims.c.id), func.max(claims.c.claimed_at) > _AFTER))
)


@dataclass(frozen=True, slots=True)
class Owing:
    """A class that owes something, by its teacher. done_at: when it no longer did, by the deed or by a hand-over."""

    teacher: PersonId
    class_id: ClassId
    shown: str
    since: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwingPractice(Owing):
    """A lesson whose practical task is not marked for everybody."""

    lesson_on: date
    practice: Practice


@dataclass(frozen=True, slots=True)
class OwingClaims(Owing):
    """A class with numbers that no pupil has taken. places: their №, ascending."""

    places: tuple[int, ...]


def without_report(
    conn: Connection, stage: ReportStage, first: PersonId, last: PersonId, *, since: datetime
) -> Iterator[Owing]:
    """Classes that owe this report now: the one before it is made."""
    for row in conn.execute(_OWING[stage], _bounds(first, last, since)):
        if (owing := _owed(row, row.undone_at, since)) is not None:
            yield Owing(*owing)


def without_practice(conn: Connection, first: PersonId, last: PersonId, *, since: datetime) -> Iterator[OwingPractice]:
    """Classes whose lesson is reported and its practical task not marked."""
    for row in conn.execute(_UNMARKED, _bounds(first, last, since)):
        if (owing := _owed(row, None, since)) is not None:
            yield OwingPractice(*owing, row.lesson_on, Practice(row.practice))


def without_claims(conn: Connection, first: PersonId, last: PersonId, *, since: datetime) -> Iterator[OwingClaims]:
    """Classes whose lesson is reported and some of their numbers are still free."""
    for row in conn.execute(_UNCLAIMED, _bounds(first, last, since)):
        if (owing := _owed(row, None, since)) is not None:
            places = sorted(map(int, row.places.split(","))) if row.places else []
            yield OwingClaims(*owing, tuple(places))


def _bounds(first: PersonId, last: PersonId, since: datetime) -> dict[str, Any]:
    return {"first": first, "last": last, "settled_after": since}


def _owed(
    row: Row[*tuple[Any, ...]], undone_at: datetime | None, after: datetime
) -> tuple[PersonId, ClassId, str, datetime, datetime | None] | None:
    """The fields of the debt; None if it was never this teacher's, or ended before."""
    owed_since: datetime = max(_known(row.since, row.possible_at, undone_at))
    done_at: datetime | None = min(_known(row.done_at, row.until), default=None)
    if done_at is not None and (done_at <= owed_since or done_at <= after):
        return None
    shown = shown_label(row.label, OrganisationType(row.organisation_type))
    return row.person_id, row.class_id, shown, owed_since, done_at


def _known(*instants: datetime | None) -> list[datetime]:
    return [instant for instant in instants if instant is not None]
