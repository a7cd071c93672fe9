"""What a coordinator decides about a class: a low attendance, a report to undo, numbers beyond the campaign's bound."""

import secrets
from typing import assert_never

from bot.domain.class_growth import (
    AlreadyGrown,
    GrowthAccepted,
    GrowthNotYours,
    GrowthOutOfBounds,
    judge_granting,
)
from bot.domain.identifiers import ClassId
from bot.domain.quotations import quoted
from bot.domain.reports import (
    LaterReportStands,
    NothingToUndo,
    ReasonNeeded,
    ReportStage,
    TooLateForTeacher,
    UndoAccepted,
    UndoneBy,
    judge_undo,
)
from bot.domain.roles import DecideOnClass, Refused, may
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import menu_only, reports_button
from bot.handlers.staff.reports import stage_name
from bot.messenger.keyboards import Button, Keyboard, column
from bot.messenger.replies import Replies, Reply, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import (
    AcceptAttendance,
    AsksDenialReason,
    AsksUndoReason,
    DenyNumbers,
    GrantNumbers,
    UndoForTeacher,
)
from bot.presses.menu import OpenMenu
from bot.presses.teachers import SendNumbersFile
from bot.storage import classes, decisions, participant_ids, people, reports, roles
from bot.storage.classes import SchoolClass
from bot.storage.decisions import Decision, DecisionId, Deed, Subject
from bot.storage.people import PersonsAddress
from bot.wording import say

router = Router()

LONGEST_REASON = 500


# --- few pupils at the lesson


@router.pressed(AcceptAttendance)
def accept_attendance(press: AcceptAttendance, work: Work) -> Replies:
    found = _class_to_decide_on(work, press.class_id)
    if isinstance(found, Rewrite):
        return found
    held = reports.standing(work.conn, found.id).get(ReportStage.HELD)
    if held is None or not held.awaits_coordinator:
        return Rewrite(say(work.locale, "attendance-nothing-to-decide", label=found.shown), menu_only(work.locale))
    journal = _journal(work, Deed.ACCEPT_ATTENDANCE, found, None)
    reports.accept_attendance(work.conn, found.id, journal)
    done = Rewrite(say(work.locale, "attendance-accepted", label=found.shown), menu_only(work.locale))
    return [done, *_to_teacher(work, found, "attendance-accepted-notice")]


# --- undoing a report after the teacher's own time


@router.pressed(UndoForTeacher)
def undo_for_teacher(press: UndoForTeacher, work: Work) -> Replies:
    return _undo(work, press.class_id, press.stage, None)


@router.answered(AsksUndoReason)
def undo_for_reason(question: AsksUndoReason, work: Work) -> Replies:
    return _undo(work, question.class_id, question.stage, quoted(work.event.content.text, LONGEST_REASON))


def _undo(work: Work, class_id: ClassId, stage: ReportStage, reason: str | None) -> Replies:
    found = _class_to_decide_on(work, class_id)
    work.ask(None)
    if isinstance(found, Rewrite):
        return found
    made = reports.standing(work.conn, found.id)
    name = stage_name(work.locale, stage)
    verdict = judge_undo(stage, made, UndoneBy.COORDINATOR, at=work.now, reason=reason)
    match verdict:
        case ReasonNeeded():
            work.ask(AsksUndoReason(class_id=class_id, stage=stage))
            return Say(say(work.locale, "undo-reason", stage=name, label=found.shown), column(_cancel(work)))
        case UndoAccepted(_, written):
            return _undone(work, found, stage, written or "")
        case LaterReportStands(later):
            text = say(work.locale, "report-undo-later-first", stage=stage_name(work.locale, later.stage))
        case NothingToUndo() | TooLateForTeacher():
            text = say(work.locale, "report-nothing-to-undo")
        case _:
            assert_never(verdict)
    return Rewrite(text, menu_only(work.locale))


def _undone(work: Work, school_class: SchoolClass, stage: ReportStage, reason: str) -> Replies:
    journal = _journal(work, Deed.UNDO_REPORT, school_class, reason, stage.value)
    reports.undo(work.conn, school_class.id, stage, work.who, at=work.now, decision=journal)
    text = say(work.locale, "undo-done", stage=stage_name(work.locale, stage), label=school_class.shown)
    done = Rewrite(text, menu_only(work.locale))
    return [done, *_to_teacher(work, school_class, "undo-done-notice", stage=stage, reason=reason)]


# --- more numbers than the campaign gives without asking


@router.pressed(GrantNumbers)
def grant_numbers(press: GrantNumbers, work: Work) -> Replies:
    found = _class_to_decide_on(work, press.class_id)
    if isinstance(found, Rewrite):
        return found
    deed = DecideOnClass(found.id, found.school.scope)
    verdict = judge_granting(roles.actor(work.conn, work.who), deed, found.pupils, press.pupils)
    match verdict:
        case GrowthAccepted(pupils):
            return _granted(work, found, pupils)
        case GrowthNotYours(why):
            text = say(work.locale, "may-not", why=why.value)
        case AlreadyGrown(pupils):
            text = say(work.locale, "numbers-granted-already", label=found.shown, pupils=pupils)
        case GrowthOutOfBounds(most_more):
            text = say(work.locale, "numbers-more-wrong", most=most_more)
        case _:
            assert_never(verdict)
    return Rewrite(text, menu_only(work.locale))


def _granted(work: Work, school_class: SchoolClass, pupils: int) -> Replies:
    _journal(work, Deed.GRANT_NUMBERS, school_class, None, str(pupils))
    classes.resize(work.conn, school_class.id, pupils)
    participant_ids.issue_up_to(work.conn, school_class.id, pupils, at=work.now, randbelow=secrets.randbelow)
    text = say(work.locale, "numbers-granted", label=school_class.shown, pupils=pupils)
    done = Rewrite(text, menu_only(work.locale))
    reader = _teacher(work, school_class)
    if reader is None:
        return done
    numbers = Say(
        letters.numbers_text(work, school_class, reader.locale, since=school_class.pupils + 1),
        column(
            Button(say(reader.locale, "button-numbers-file"), SendNumbersFile(class_id=school_class.id)),
            reports_button(reader.locale, school_class),
        ),
        to=involved.address(reader),
    )
    return [done, numbers]


@router.pressed(DenyNumbers)
def deny_numbers(press: DenyNumbers, work: Work) -> Replies:
    found = _class_to_decide_on(work, press.class_id)
    if isinstance(found, Rewrite):
        return found
    work.ask(AsksDenialReason(class_id=found.id, pupils=press.pupils))
    return Say(say(work.locale, "numbers-denial-reason", label=found.shown), column(_cancel(work)))


@router.answered(AsksDenialReason)
def deny_for_reason(question: AsksDenialReason, work: Work) -> Replies:
    found = _class_to_decide_on(work, question.class_id)
    reason = quoted(work.event.content.text, LONGEST_REASON)
    if isinstance(found, Rewrite):
        work.ask(None)
        return found
    if not reason:
        return Say(say(work.locale, "numbers-denial-reason", label=found.shown), column(_cancel(work)))
    work.ask(None)
    _journal(work, Deed.DENY_NUMBERS, found, reason, str(question.pupils))
    done = Rewrite(say(work.locale, "numbers-denied", label=found.shown), menu_only(work.locale))
    return [done, *_to_teacher(work, found, "numbers-denied-notice", reason=reason)]


# --- all of them


def _class_to_decide_on(work: Work, class_id: ClassId) -> SchoolClass | Rewrite:
    """The class, or why the person decides nothing about it."""
    school_class = classes.by_id(work.conn, class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "may-not", why="out_of_scope"), menu_only(work.locale))
    permission = may(roles.actor(work.conn, work.who), DecideOnClass(class_id, school_class.school.scope))
    if isinstance(permission, Refused):
        return Rewrite(say(work.locale, "may-not", why=permission.why.value), menu_only(work.locale))
    return school_class


def _journal(
    work: Work, deed: Deed, school_class: SchoolClass, reason: str | None, details: str | None = None
) -> DecisionId:
    line = Decision(work.now, work.who, deed, Subject.CLASS, str(school_class.id), reason, details)
    return decisions.record(work.conn, line)


def _teacher(work: Work, school_class: SchoolClass) -> PersonsAddress | None:
    return None if school_class.teacher is None else people.address_of(work.conn, school_class.teacher)


def _to_teacher(
    work: Work, school_class: SchoolClass, sentence: str, *, stage: ReportStage | None = None, reason: str = ""
) -> list[Reply]:
    """What was decided, with the way back to the class's reports."""
    reader = _teacher(work, school_class)
    if reader is None:
        return []
    name = "" if stage is None else stage_name(reader.locale, stage)
    text = say(reader.locale, sentence, label=school_class.shown, stage=name, reason=reason)
    keyboard = Keyboard([[reports_button(reader.locale, school_class)]])
    return [Say(text, keyboard, to=involved.address(reader))]


def _cancel(work: Work) -> Button:
    return Button(say(work.locale, "button-cancel"), OpenMenu())
