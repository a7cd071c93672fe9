"""«Отчётность»: the three reports of a class in their order; the last one's questions are in `lessons.py`."""

from typing import assert_never

from bot.domain.calendar import Closed, NotYet
from bot.domain.reports import (
    AlreadyReported,
    LaterReportStands,
    NothingToUndo,
    ReasonNeeded,
    Report,
    ReportAccepted,
    ReportFirst,
    Reports,
    ReportStage,
    StageRefusal,
    TooLateForTeacher,
    UndoAccepted,
    UndoneBy,
    judge_report,
    judge_undo,
    latest,
    next_stage,
)
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import Row, class_or_menu, menu_only, practice_button
from bot.handlers.staff.practice import figures
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.reports import AskCoordinator, AskUndo, BeginLesson, ClassReports, MakeReport, UndoReport
from bot.storage import reports
from bot.storage.classes import SchoolClass
from bot.wording import say, say_day

router = Router()


@router.pressed(ClassReports)
def open_reports(press: ClassReports, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    return board(work, school_class)


def board(work: Work, school_class: SchoolClass) -> Rewrite:
    """The three reports: what is done, with its date, and what is next."""
    made = reports.standing(work.conn, school_class.id)
    lines = "\n".join(_line(work, made, stage) for stage in ReportStage)
    practice = figures(work, school_class)
    if ReportStage.HELD in made:
        lines += "\n" + say(work.locale, "practice-line", **practice)
    text = say(
        work.locale,
        "reports-board",
        label=school_class.shown,
        school=school_class.school.name,
        lines=lines,
        due=_due(made, practice_is_saved=practice["practice"] == "saved"),
    )
    rows: list[Row] = [[_stage_button(work, school_class, made, stage)] for stage in ReportStage]
    question = Button(say(work.locale, "button-question"), AskCoordinator(class_id=school_class.id))
    rows.append([question, *_undo_button(work, school_class, made)])
    if ReportStage.HELD in made:
        rows.append([practice_button(work.locale, school_class)])
    return Rewrite(text, Keyboard([*rows, class_or_menu(work.locale, school_class)]))


def _due(made: Reports, *, practice_is_saved: bool) -> str:
    due = next_stage(made)
    if due is not None:
        return due.value
    return "none" if practice_is_saved else "practice"


def _line(work: Work, made: Reports, stage: ReportStage) -> str:
    report = made.get(stage)
    name = stage_name(work.locale, stage)
    if report is None:
        return say(work.locale, "report-line-due", stage=name)
    return say(
        work.locale,
        "report-line-done",
        stage=name,
        day=say_day(work.locale, work.campaign.calendar.local_day(report.reported_at)),
        late=str(report.is_late).lower(),
        waits=str(report.awaits_coordinator).lower(),
    )


def stage_name(locale: str, stage: ReportStage) -> str:
    """«Документы получены», «Готовность к уроку», «Урок проведен»."""
    return say(locale, f"stage-{stage.value}")


def _stage_button(work: Work, school_class: SchoolClass, made: Reports, stage: ReportStage) -> Button:
    press = (
        BeginLesson(class_id=school_class.id)
        if stage is ReportStage.HELD
        else MakeReport(class_id=school_class.id, stage=stage)
    )
    name = stage_name(work.locale, stage)
    if stage in made:
        return Button(say(work.locale, "button-stage-done", stage=name), press)
    return Button(name, press, Colour.PRIMARY if next_stage(made) is stage else Colour.SECONDARY)


def _undo_button(work: Work, school_class: SchoolClass, made: Reports) -> Row:
    last = latest(made)
    if last is None:
        return []
    verdict = judge_undo(last.stage, made, UndoneBy.TEACHER, at=work.now)
    if not isinstance(verdict, UndoAccepted):
        return []
    return [Button(say(work.locale, "button-undo"), UndoReport(class_id=school_class.id, stage=last.stage))]


# --- making a report


@router.pressed(MakeReport)
def make_report(press: MakeReport, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    made = reports.standing(work.conn, school_class.id)
    verdict = judge_report(press.stage, made, work.campaign.calendar, at=work.now)
    if not isinstance(verdict, ReportAccepted):
        return not_made(work, school_class, verdict)
    reports.add(work.conn, school_class.id, work.who, verdict.report)
    return [PopUp(reported(work, verdict.report)), board(work, school_class)]


def reported(work: Work, report: Report) -> str:
    """That it is made, and whether late."""
    return say(
        work.locale,
        "report-made",
        stage=stage_name(work.locale, report.stage),
        late=str(report.is_late).lower(),
    )


def not_made(work: Work, school_class: SchoolClass, refusal: StageRefusal) -> Replies:
    """Why the report is not made now: a note for the eye, the board below stays as it is."""
    locale = work.locale
    match refusal:
        case AlreadyReported(report):
            text = say(
                locale,
                "report-already",
                stage=stage_name(locale, report.stage),
                at=letters.moment(work, locale, report.reported_at),
            )
        case ReportFirst(stage):
            text = say(locale, "report-first", stage=stage_name(locale, stage))
        case NotYet(opens_on):
            text = say(locale, "report-not-yet", day=say_day(locale, opens_on))
        case Closed(closed_on):
            text = say(locale, "report-over", day=say_day(locale, closed_on))
        case _:
            assert_never(refusal)
    return [PopUp(text), board(work, school_class)]


# --- undoing one


@router.pressed(UndoReport)
def undo_report(press: UndoReport, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    made = reports.standing(work.conn, school_class.id)
    verdict = judge_undo(press.stage, made, UndoneBy.TEACHER, at=work.now)
    match verdict:
        case UndoAccepted():
            reports.undo(work.conn, school_class.id, press.stage, work.who, at=work.now, decision=None)
            undone = say(work.locale, "report-undone", stage=stage_name(work.locale, press.stage))
            return [PopUp(undone), board(work, school_class)]
        case TooLateForTeacher():
            return _too_late(work, school_class, press.stage)
        case LaterReportStands(later):
            text = say(work.locale, "report-undo-later-first", stage=stage_name(work.locale, later.stage))
            return [PopUp(text), board(work, school_class)]
        case NothingToUndo() | ReasonNeeded():
            return [PopUp(say(work.locale, "report-nothing-to-undo")), board(work, school_class)]
        case _:
            assert_never(verdict)


def _too_late(work: Work, school_class: SchoolClass, stage: ReportStage) -> Rewrite:
    ask = Button(say(work.locale, "button-ask-undo"), AskUndo(class_id=school_class.id, stage=stage), Colour.PRIMARY)
    text = say(work.locale, "report-undo-too-late", stage=stage_name(work.locale, stage))
    return Rewrite(text, Keyboard([[ask], class_or_menu(work.locale, school_class)]))
