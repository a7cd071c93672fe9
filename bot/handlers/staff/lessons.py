"""The questions of «Урок проведен»: which day, how many came, practice in class or at home; then the report is made."""

from datetime import date, timedelta
from typing import assert_never

from bot.domain.reports import (
    AlreadyReported,
    AttendanceOutOfBounds,
    ClassSize,
    Lesson,
    LessonDayOutside,
    LessonInFuture,
    LessonRefusal,
    Practice,
    Report,
    ReportAccepted,
    ReportStage,
    against_attendance,
    against_lesson_day,
    judge_lesson,
    judge_report,
    lesson_days,
)
from bot.domain.typed_answers import read_count, read_day
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import Row, class_or_menu, menu_only, page_buttons
from bot.handlers.staff.practice import sheet
from bot.handlers.staff.reports import board, not_made, reported
from bot.messenger.keyboards import Button, Colour, Keyboard, rows_of
from bot.messenger.replies import PopUp, Replies, Reply, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import AcceptAttendance, UndoForTeacher
from bot.presses.reports import (
    AsksAttended,
    AsksLessonDay,
    Attended,
    BeginLesson,
    LessonDay,
    LessonHeld,
    OtherLessonDay,
)
from bot.storage import classes, practice, reports
from bot.storage.classes import SchoolClass
from bot.storage.people import PersonsAddress
from bot.wording import say, say_day

router = Router()

DAYS_PER_PAGE = 6


# --- which day


@router.pressed(BeginLesson)
def ask_day(press: BeginLesson, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    made = reports.standing(work.conn, school_class.id)
    verdict = judge_report(ReportStage.HELD, made, work.campaign.calendar, at=work.now)
    if not isinstance(verdict, ReportAccepted):
        return not_made(work, school_class, verdict)
    return _day_question(work, school_class, say(work.locale, "lesson-which-day", label=school_class.shown))


def _day_question(work: Work, school_class: SchoolClass, text: str) -> Rewrite:
    work.ask(AsksLessonDay(class_id=school_class.id))
    calendar = work.campaign.calendar
    today, offered = calendar.local_day(work.now), lesson_days(calendar, at=work.now)
    near = [("lesson-today", today), ("lesson-yesterday", today - timedelta(days=1))]
    row: Row = [
        Button(say(work.locale, label), LessonDay(class_id=school_class.id, held_on=day), Colour.PRIMARY)
        for label, day in near
        if day in offered
    ]
    other: Row = [Button(say(work.locale, "button-other-day"), OtherLessonDay(class_id=school_class.id))]
    return Rewrite(text, Keyboard([row, other, class_or_menu(work.locale, school_class)]))


@router.pressed(OtherLessonDay)
def offer_days(press: OtherLessonDay, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    work.ask(AsksLessonDay(class_id=school_class.id))
    offered = lesson_days(work.campaign.calendar, at=work.now)
    page = min(press.page, max(0, len(offered) - 1) // DAYS_PER_PAGE)
    buttons = [
        Button(say_day(work.locale, day), LessonDay(class_id=school_class.id, held_on=day))
        for day in offered[page * DAYS_PER_PAGE : (page + 1) * DAYS_PER_PAGE]
    ]
    turning = page_buttons(
        page, DAYS_PER_PAGE, len(offered), lambda other: OtherLessonDay(class_id=school_class.id, page=other)
    )
    text = say(work.locale, "lesson-other-day")
    return Rewrite(text, Keyboard([*rows_of(buttons, 3), turning, class_or_menu(work.locale, school_class)]))


@router.answered(AsksLessonDay)
def take_typed_day(question: AsksLessonDay, work: Work) -> Replies:
    school_class = involved.own_class(work, question.class_id)
    if school_class is None:
        work.ask(None)
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    day = read_day(work.event.content.text, work.campaign.calendar.local_day(work.now))
    if day is None:
        return _day_question(work, school_class, say(work.locale, "lesson-day-unclear"))
    return _take_day(work, school_class, day)


@router.pressed(LessonDay)
def take_pressed_day(press: LessonDay, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    return _take_day(work, school_class, press.held_on)


def _take_day(work: Work, school_class: SchoolClass, day: date) -> Replies:
    refusal = against_lesson_day(day, work.campaign.calendar, at=work.now)
    if refusal is not None:
        return _day_question(work, school_class, _refused(work, refusal))
    return _attendance_question(work, school_class, day)


# --- how many came


def _attendance_question(work: Work, school_class: SchoolClass, day: date, wrong: str = "") -> Rewrite:
    work.ask(AsksAttended(class_id=school_class.id, held_on=day))
    size = _size(work, school_class)
    everybody = Button(
        say(work.locale, "button-everybody-came", count=size.declared),
        Attended(class_id=school_class.id, held_on=day, attended=size.declared),
        Colour.PRIMARY,
    )
    text = wrong or say(
        work.locale,
        "lesson-how-many",
        day=say_day(work.locale, day),
        least=max(1, size.claimed),
        most=size.declared,
    )
    return Rewrite(text, Keyboard([[everybody], class_or_menu(work.locale, school_class)]))


@router.answered(AsksAttended)
def take_typed_attendance(question: AsksAttended, work: Work) -> Replies:
    return _take_attendance(work, question, read_count(work.event.content.text) or 0)


@router.pressed(Attended)
def take_pressed_attendance(press: Attended, work: Work) -> Replies:
    return _take_attendance(work, press, press.attended)


def _take_attendance(work: Work, about: AsksAttended | Attended, attended: int) -> Replies:
    school_class = involved.own_class(work, about.class_id)
    work.ask(None)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    refusal = against_attendance(attended, _size(work, school_class))
    if refusal is not None:
        return _attendance_question(work, school_class, about.held_on, _refused(work, refusal))
    row: Row = [
        Button(
            say(work.locale, f"button-practice-{practice.name.lower()}"),
            LessonHeld(class_id=school_class.id, held_on=about.held_on, attended=attended, practice=practice),
            Colour.PRIMARY,
        )
        for practice in Practice
    ]
    text = say(work.locale, "lesson-practice", attended=attended)
    return Rewrite(text, Keyboard([row, class_or_menu(work.locale, school_class)]))


def _size(work: Work, school_class: SchoolClass) -> ClassSize:
    return ClassSize(school_class.pupils, classes.figures(work.conn, school_class.id).claimed)


# --- the report


@router.pressed(LessonHeld)
def make_lesson_report(press: LessonHeld, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    lesson = Lesson(press.held_on, press.attended, press.practice)
    made = reports.standing(work.conn, school_class.id)
    verdict = judge_lesson(lesson, _size(work, school_class), made, work.campaign.calendar, at=work.now)
    match verdict:
        case ReportAccepted(report):
            return _made(work, school_class, report)
        case LessonInFuture() | LessonDayOutside():
            return _day_question(work, school_class, _refused(work, verdict))
        case AttendanceOutOfBounds():
            return _attendance_question(work, school_class, press.held_on, _refused(work, verdict))
        case AlreadyReported(report) if report.lesson == lesson:
            return [PopUp(reported(work, report)), board(work, school_class)]  # the same press once more
        case _:
            return not_made(work, school_class, verdict)


def _made(work: Work, school_class: SchoolClass, report: Report) -> Replies:
    reports.add(work.conn, school_class.id, work.who, report)
    done: list[Reply] = [
        PopUp(reported(work, report)),
        board(work, school_class),
        *_practice_of_class(work, school_class),
    ]
    if not report.awaits_coordinator:
        return done
    told = involved.coordinators_for(work, school_class.school.scope, work.who)
    return [*done, *(_low_attendance_notice(work, school_class, report, reader) for reader in told)]


def _practice_of_class(work: Work, school_class: SchoolClass) -> list[Say]:
    """The list of a task that is done already; one given home comes by and by."""
    marked = practice.of_class(work.conn, school_class.id)
    if marked is None or marked.known.practice is not Practice.IN_CLASS:
        return []
    return [Say(*sheet(work, school_class, marked))]


def _low_attendance_notice(work: Work, school_class: SchoolClass, report: Report, reader: PersonsAddress) -> Say:
    locale = reader.locale
    text = say(
        locale,
        "low-attendance-notice",
        who=involved.introduction(work, work.who, locale),
        label=school_class.shown,
        school=letters.school_line(locale, school_class.school),
        attended=report.lesson.attended if report.lesson else 0,
        pupils=school_class.pupils,
    )
    accept = Button(say(locale, "button-accept"), AcceptAttendance(class_id=school_class.id), Colour.POSITIVE)
    send_back = Button(
        say(locale, "button-send-back"),
        UndoForTeacher(class_id=school_class.id, stage=ReportStage.HELD),
        Colour.NEGATIVE,
    )
    return Say(text, Keyboard([[accept, send_back]]), to=involved.address(reader))


def _refused(work: Work, refusal: LessonRefusal) -> str:
    locale = work.locale
    match refusal:
        case LessonInFuture():
            return say(locale, "lesson-in-future")
        case LessonDayOutside(lessons):
            first, last = say_day(locale, lessons.first), say_day(locale, lessons.last)
            return say(locale, "lesson-outside", first=first, last=last)
        case AttendanceOutOfBounds(least, most):
            return say(locale, "lesson-attendance-wrong", least=least, most=most)
        case _:
            assert_never(refusal)
