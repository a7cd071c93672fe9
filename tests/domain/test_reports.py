"""The three reports of a class: order, lesson day, attendance, undo."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Closed, NotYet
from bot.domain.reports import (
    TEACHERS_UNDO,
    AlreadyReported,
    AttendanceOutOfBounds,
    ClassSize,
    LaterReportStands,
    Lesson,
    LessonDayOutside,
    LessonInFuture,
    NothingToUndo,
    Practice,
    ReasonNeeded,
    Report,
    ReportAccepted,
    ReportFirst,
    Reports,
    ReportStage,
    TooLateForTeacher,
    UndoAccepted,
    UndoneBy,
    against_attendance,
    against_lesson_day,
    judge_lesson,
    judge_report,
    judge_undo,
    latest,
    lesson_days,
    next_stage,
)
from tests.domain.builders import moscow

NOON = moscow("2017-11-15 12:00")
SIZE = ClassSize(declared=25, claimed=10)


def made(*stages: ReportStage, at: datetime = NOON) -> Reports:
    return {stage: Report(stage, at) for stage in stages}


TWO_MADE = made(ReportStage.DOCUMENTS, ReportStage.READY)


def lesson(day: date = date(2017, 11, 15), attended: int = 20) -> Lesson:
    return Lesson(day, attended, Practice.IN_CLASS)


def held(calendar: Calendar, told: Lesson, at: datetime = NOON) -> Report:
    verdict = judge_lesson(told, SIZE, TWO_MADE, calendar, at=at)
    assert isinstance(verdict, ReportAccepted)
    return verdict.report


def test_reports_are_made_only_in_their_order(calendar: Calendar) -> None:
    assert judge_report(ReportStage.READY, {}, calendar, at=NOON) == ReportFirst(ReportStage.DOCUMENTS)
    assert judge_report(ReportStage.DOCUMENTS, {}, calendar, at=NOON) == ReportAccepted(
        Report(ReportStage.DOCUMENTS, NOON)
    )
    documents = made(ReportStage.DOCUMENTS)
    assert judge_lesson(lesson(), SIZE, documents, calendar, at=NOON) == ReportFirst(ReportStage.READY)


def test_a_report_made_again_says_when_it_was_reported(calendar: Calendar) -> None:
    reports = made(ReportStage.DOCUMENTS, at=moscow("2017-11-09 09:00"))
    verdict = judge_report(ReportStage.DOCUMENTS, reports, calendar, at=NOON)
    assert verdict == AlreadyReported(Report(ReportStage.DOCUMENTS, moscow("2017-11-09 09:00")))


def test_reports_are_taken_until_the_campaign_ends(calendar: Calendar) -> None:
    assert judge_report(ReportStage.DOCUMENTS, {}, calendar, at=moscow("2017-11-07 10:00")) == NotYet(date(2017, 11, 8))
    assert judge_report(ReportStage.DOCUMENTS, {}, calendar, at=moscow("2017-12-04 00:00")) == Closed(date(2017, 12, 3))


def test_a_report_is_late_after_the_working_day_following_the_lessons(calendar: Calendar) -> None:
    in_time = held(calendar, lesson(date(2017, 11, 23)), at=moscow("2017-11-24 23:59"))
    assert not in_time.is_late
    assert held(calendar, lesson(date(2017, 11, 23)), at=moscow("2017-11-25 00:00")).is_late


def test_a_lesson_outside_the_lesson_period_is_late_even_if_reported_at_once(calendar: Calendar) -> None:
    assert held(calendar, lesson(date(2017, 11, 24)), at=moscow("2017-11-24 12:00")).is_late


def test_a_lesson_of_tomorrow_is_refused_as_future(calendar: Calendar) -> None:
    told = lesson(date(2017, 11, 16))
    assert judge_lesson(told, SIZE, TWO_MADE, calendar, at=NOON) == LessonInFuture(date(2017, 11, 15))


def test_a_day_before_the_lesson_period_is_refused(calendar: Calendar) -> None:
    lessons = calendar.periods.lessons
    assert against_lesson_day(date(2017, 11, 7), calendar, at=NOON) == LessonDayOutside(lessons)
    assert against_lesson_day(date(2017, 11, 7), calendar, at=moscow("2017-11-08 09:00")) == (LessonDayOutside(lessons))


def test_after_the_lesson_period_only_today_and_yesterday_are_taken_beside_it(calendar: Calendar) -> None:
    at = moscow("2017-11-30 12:00")
    assert against_lesson_day(date(2017, 11, 30), calendar, at=at) is None
    assert against_lesson_day(date(2017, 11, 29), calendar, at=at) is None
    assert against_lesson_day(date(2017, 11, 28), calendar, at=at) == LessonDayOutside(calendar.periods.lessons)
    assert lesson_days(calendar, at=at)[:3] == [date(2017, 11, 30), date(2017, 11, 29), date(2017, 11, 23)]


@given(day=st.dates(date(2017, 11, 1), date(2017, 12, 10)), hour=st.integers(0, 24 * 25))
def test_the_days_offered_are_exactly_those_that_are_taken(calendar: Calendar, day: date, hour: int) -> None:
    at = moscow("2017-11-08 00:00") + timedelta(hours=hour)
    assert (day in lesson_days(calendar, at=at)) == (against_lesson_day(day, calendar, at=at) is None)


@pytest.mark.parametrize("attended", [9, 26, 0, -1])
def test_attendance_lies_between_ids_claimed_and_pupils_declared(calendar: Calendar, attended: int) -> None:
    verdict = judge_lesson(lesson(attended=attended), SIZE, TWO_MADE, calendar, at=NOON)
    assert verdict == AttendanceOutOfBounds(least=10, most=25)


def test_a_lesson_that_nobody_attended_was_not_held() -> None:
    assert against_attendance(0, ClassSize(declared=25, claimed=0)) == AttendanceOutOfBounds(1, 25)


def test_attendance_under_half_of_the_declared_waits_for_the_coordinator(calendar: Calendar) -> None:
    assert held(calendar, lesson(attended=12)).awaits_coordinator
    assert not held(calendar, lesson(attended=13)).awaits_coordinator


def test_the_last_report_keeps_the_lesson_it_tells_of(calendar: Calendar) -> None:
    assert held(calendar, lesson()) == Report(ReportStage.HELD, NOON, lesson=lesson())


def test_next_and_latest_follow_the_order_of_the_stages() -> None:
    assert next_stage({}) is ReportStage.DOCUMENTS
    assert next_stage(TWO_MADE) is ReportStage.HELD
    assert next_stage(made(*ReportStage)) is None
    assert latest({}) is None
    assert latest(TWO_MADE) == TWO_MADE[ReportStage.READY]


def test_a_teacher_undoes_a_report_within_fifteen_minutes() -> None:
    report, end = TWO_MADE[ReportStage.READY], NOON + TEACHERS_UNDO
    undone = judge_undo(ReportStage.READY, TWO_MADE, UndoneBy.TEACHER, at=end - timedelta(seconds=1))
    assert undone == UndoAccepted(report, None)
    assert judge_undo(ReportStage.READY, TWO_MADE, UndoneBy.TEACHER, at=end) == TooLateForTeacher(end)


def test_a_coordinator_undoes_a_report_later_with_a_reason() -> None:
    later = NOON + timedelta(days=3)
    undone = judge_undo(ReportStage.READY, TWO_MADE, UndoneBy.COORDINATOR, at=later, reason=" ошибка ")
    assert undone == UndoAccepted(TWO_MADE[ReportStage.READY], "ошибка")
    assert judge_undo(ReportStage.READY, TWO_MADE, UndoneBy.COORDINATOR, at=later, reason=" ") == ReasonNeeded()


def test_only_the_latest_report_can_be_undone() -> None:
    undone = judge_undo(ReportStage.DOCUMENTS, TWO_MADE, UndoneBy.TEACHER, at=NOON)
    assert undone == LaterReportStands(TWO_MADE[ReportStage.READY])


def test_a_report_undone_twice_is_nothing_to_undo() -> None:
    assert judge_undo(ReportStage.HELD, TWO_MADE, UndoneBy.TEACHER, at=NOON) == NothingToUndo()
    assert judge_undo(ReportStage.DOCUMENTS, {}, UndoneBy.TEACHER, at=NOON) == NothingToUndo()
