"""The practical task of reported lessons: marks by №, and whether the list is saved or still a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, func, select, text

from bot.domain.identifiers import ClassId, ReportId
from bot.domain.practice import PracticeList
from bot.domain.reports import Practice, ReportStage
from bot.domain.roles import Scope
from bot.storage.columns import Instant
from bot.storage.schema import claims, classes, participant_ids, reports, schools
from bot.storage.schema_duties import practice_lists, practice_marks
from bot.storage.schools import IN_SCOPE, within

_CLAIMED = (
    select(func.count())
    .select_from(
        participant_ids.join(claims, and_(claims.c.number == participant_ids.c.number, claims.c.released_at.is_(None)))
    )
    .where(participant_ids.c.class_id == classes.c.id, participant_ids.c.revoked_at.is_(None))
    .scalar_subquery()
)
_LESSON = (
    select(
        reports.c.id,
        reports.c.practice,
        reports.c.attended,
        reports.c.reported_at,
        classes.c.pupils,
        practice_lists.c.saved_at,
        _CLAIMED.label("claimed"),
    )
    .select_from(reports.join(classes).outerjoin(practice_lists))
    .where(
        reports.c.class_id == bindparam("of_class"),
        reports.c.stage == ReportStage.HELD.value,
        reports.c.undone_at.is_(None),
    )
)
_MARKS = select(practice_marks.c.place, practice_marks.c.done).where(practice_marks.c.report_id == bindparam("lesson"))
_MARK = text(
    "INSERT INTO practice_marks (report_id, place, done, marked_at) VALUES (:lesson, :place, :done, :at)"
    " ON CONFLICT (report_id, place) DO UPDATE SET done = excluded.done, marked_at = excluded.marked_at"
).bindparams(bindparam("at", type_=Instant))
_CLEAR = delete(practice_marks).where(
    practice_marks.c.report_id == bindparam("lesson"), practice_marks.c.place == bindparam("of_place")
)
_SAVED_IN = (
    select(func.count())
    .select_from(
        practice_lists.join(reports, reports.c.id == practice_lists.c.report_id)
        .join(classes, classes.c.id == reports.c.class_id)
        .join(schools, schools.c.id == classes.c.school_id)
    )
    .where(reports.c.undone_at.is_(None), IN_SCOPE)
)
_SAVE = text(
    "INSERT INTO practice_lists (report_id, saved_at) VALUES (:lesson, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Instant))


@dataclass(frozen=True, slots=True)
class LessonsPractice:
    """The list of one lesson; it belongs to the report, so that a lesson reported anew begins a new one."""

    lesson: ReportId
    known: PracticeList


def of_class(conn: Connection, class_id: ClassId) -> LessonsPractice | None:
    """The list of the class's lesson; None while no «Урок проведен» stands."""
    row = conn.execute(_LESSON, {"of_class": class_id}).one_or_none()
    if row is None:
        return None
    marks = {mark.place: mark.done for mark in conn.execute(_MARKS, {"lesson": row.id})}
    # Whoever claims an ID took part: claims that come after the report raise the number that attended.
    attended = max(row.attended, row.claimed)
    known = PracticeList(Practice(row.practice), row.pupils, attended, row.reported_at, marks, row.saved_at)
    return LessonsPractice(ReportId(row.id), known)


def mark(conn: Connection, lesson: ReportId, marks: Mapping[int, bool | None], *, at: datetime) -> None:
    """Keep what was said of these №; None: nothing any more."""
    said = [{"lesson": lesson, "place": place, "done": done, "at": at} for place, done in marks.items()]
    if stated := [one for one in said if one["done"] is not None]:
        conn.execute(_MARK, stated)
    if cleared := [{"lesson": lesson, "of_place": one["place"]} for one in said if one["done"] is None]:
        conn.execute(_CLEAR, cleared)


def save(conn: Connection, lesson: ReportId, *, at: datetime) -> None:
    """The list is no draft any more; the first time counts."""
    conn.execute(_SAVE, {"lesson": lesson, "at": at})


def saved_in(conn: Connection, scopes: Iterable[Scope]) -> int:
    """How many classes of the scopes have their practical task marked for everybody."""
    return int(conn.execute(_SAVED_IN, within(scopes)).scalar_one())
