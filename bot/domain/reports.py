"""The teacher's three reports on a class («Отчётность»): documents, ready, held - in this order, each once.

The last one tells the day of the lesson and how many attended. A report may be undone: by the teacher for 15 minutes,
later by the coordinator with a reason; always the latest one first, so that the order stays true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.calendar import Act, Calendar, Closed, NotYet, Period

TEACHERS_UNDO: Final = timedelta(minutes=15)


class ReportStage(StrEnum):
    """The reports of a class, in the order in which they are made."""

    DOCUMENTS = "documents"  # «Документы получены»
    READY = "ready"  # «Готовность к уроку»: materials read, a computer room found or practice given home
    HELD = "held"  # «Урок проведен»


class Practice(StrEnum):
    """Where the pupils do the practical task."""

    IN_CLASS = "in_class"
    HOMEWORK = "homework"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What «Урок проведен» tells. attended: pupils who were there."""

    held_on: date
    attended: int
    practice: Practice


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was made.

    is_late: after the lessons' time, see `is_late`. awaits_coordinator: fewer than half of the declared pupils
    attended, and the coordinator has not said yes. lesson: only for `ReportStage.HELD`.
    """

    stage: ReportStage
    reported_at: datetime
    is_late: bool = False
    lesson: Lesson | None = None
    awaits_coordinator: bool = False


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    """The report is made."""

    report: Report


@dataclass(frozen=True, slots=True)
class AlreadyReported:
    """Pressed again: says when it was reported."""

    report: Report


@dataclass(frozen=True, slots=True)
class ReportFirst:
    """An earlier report is missing; this one is next."""

    stage: ReportStage


@dataclass(frozen=True, slots=True)
class LessonInFuture:
    """The day has not come yet."""

    today: date


@dataclass(frozen=True, slots=True)
class LessonDayOutside:
    """Neither a day of the lesson period nor today or yesterday."""

    lessons: Period


@dataclass(frozen=True, slots=True)
class AttendanceOutOfBounds:
    """Fewer than have claimed their ID, or more than were declared."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class ClassSize:
    """declared: pupils the teacher announced. claimed: IDs that pupils have taken."""

    declared: int
    claimed: int


StageRefusal = AlreadyReported | ReportFirst | NotYet | Closed
LessonRefusal = LessonInFuture | LessonDayOutside | AttendanceOutOfBounds

Reports = Mapping[ReportStage, Report]
"""The reports of one class that stand."""


def next_stage(reports: Reports) -> ReportStage | None:
    """What the class owes next, None when all three are made."""
    return next((stage for stage in ReportStage if stage not in reports), None)


def latest(reports: Reports) -> Report | None:
    """The last report that stands."""
    return next((reports[stage] for stage in reversed(ReportStage) if stage in reports), None)


def judge_report(
    stage: ReportStage, reports: Reports, calendar: Calendar, *, at: datetime
) -> ReportAccepted | StageRefusal:
    """Say whether «Документы получены» or «Готовность к уроку» is made.

    For «Урок проведен» an acceptance only means that its questions may begin: `judge_lesson` makes that report.
    """
    if stage in reports:
        return AlreadyReported(reports[stage])
    due = next_stage(reports)
    if due is not None and due is not stage:
        return ReportFirst(due)
    opening = calendar.opening(Act.REPORT, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    return ReportAccepted(Report(stage, at, is_late=is_late(calendar, at=at)))


def judge_lesson(
    lesson: Lesson, size: ClassSize, reports: Reports, calendar: Calendar, *, at: datetime
) -> ReportAccepted | StageRefusal | LessonRefusal:
    """Say whether «Урок проведен» is made with these answers."""
    verdict = judge_report(ReportStage.HELD, reports, calendar, at=at)
    if not isinstance(verdict, ReportAccepted):
        return verdict
    refusal = against_lesson_day(lesson.held_on, calendar, at=at) or against_attendance(lesson.attended, size)
    if refusal is not None:
        return refusal
    return ReportAccepted(
        Report(
            ReportStage.HELD,
            at,
            is_late=is_late(calendar, at=at, held_on=lesson.held_on),
            lesson=lesson,
            awaits_coordinator=lesson.attended * 2 < size.declared,
        )
    )


def against_lesson_day(day: date, calendar: Calendar, *, at: datetime) -> LessonInFuture | LessonDayOutside | None:
    """Why the lesson cannot have been held that day; today and yesterday pass even after the lesson period."""
    today = calendar.local_day(at)
    if day > today:
        return LessonInFuture(today)
    is_fresh = day >= today - timedelta(days=1) and day in calendar.periods.campaign
    return None if is_fresh or day in calendar.periods.lessons else LessonDayOutside(calendar.periods.lessons)


def lesson_days(calendar: Calendar, *, at: datetime) -> list[date]:
    """The days that may be answered at that instant, latest first."""
    today = calendar.local_day(at)
    first = min(calendar.periods.lessons.first, calendar.periods.campaign.first)
    days = [today - timedelta(days=back) for back in range(max(0, (today - first).days) + 1)]
    return [day for day in days if against_lesson_day(day, calendar, at=at) is None]


def against_attendance(attended: int, size: ClassSize) -> AttendanceOutOfBounds | None:
    """Why the number cannot be right; a lesson nobody attended was not held."""
    least = max(1, size.claimed)
    return None if least <= attended <= size.declared else AttendanceOutOfBounds(least, size.declared)


def is_late(calendar: Calendar, *, at: datetime, held_on: date | None = None) -> bool:
    """Whether a report is late: the lesson's day lies outside the lesson period, or the report comes after the
    working day that follows the period's last day.
    """
    lessons = calendar.periods.lessons
    if held_on is not None and held_on not in lessons:
        return True
    return calendar.local_day(at) > calendar.next_working_day(lessons.last)


class UndoneBy(StrEnum):
    """Who undoes a report; that they may act for the class at all, `roles.py` has said."""

    TEACHER = "teacher"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class UndoAccepted:
    """The report no longer stands. reason: the coordinator's, for the journal and the teacher."""

    report: Report
    reason: str | None


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """This report is not made, or was undone before."""


@dataclass(frozen=True, slots=True)
class LaterReportStands:
    """Another report came after it, which has to be undone first."""

    later: Report


@dataclass(frozen=True, slots=True)
class TooLateForTeacher:
    """The teacher's 15 minutes are over: the coordinator can still undo it."""

    ended_at: datetime


@dataclass(frozen=True, slots=True)
class ReasonNeeded:
    """The coordinator gave no reason."""


UndoVerdict = UndoAccepted | NothingToUndo | LaterReportStands | TooLateForTeacher | ReasonNeeded


def judge_undo(
    stage: ReportStage, reports: Reports, by: UndoneBy, *, at: datetime, reason: str | None = None
) -> UndoVerdict:
    """Say whether a report is undone; the teacher's 15 minutes end with the instant itself."""
    report = reports.get(stage)
    last = latest(reports)
    if report is None or last is None:
        return NothingToUndo()
    if last.stage is not stage:
        return LaterReportStands(last)
    if by is UndoneBy.TEACHER:
        ended_at = report.reported_at + TEACHERS_UNDO
        return UndoAccepted(report, None) if at < ended_at else TooLateForTeacher(ended_at)
    written = (reason or "").strip()
    return UndoAccepted(report, written) if written else ReasonNeeded()
