"""Whether somebody can apply for a class, and how they read that they cannot."""

from typing import assert_never

from bot.domain.applications import (
    AlreadyApplied,
    Applicant,
    ApplicationState,
    ApplicationVerdict,
    ApplyingClosed,
    ClassHasTeacher,
    ClassRequested,
    ParticipantCannotTeach,
    judge_application,
)
from bot.domain.calendar import Closed, NotYet
from bot.domain.identifiers import SchoolId
from bot.domain.roles import Grant, Role
from bot.domain.school_classes import (
    GradeRefused,
    NotAClass,
    OrganisationRefused,
    PupilsOutOfBounds,
    shown_label,
)
from bot.handlers.staff.buttons import menu_button
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Rewrite
from bot.messenger.work import Work
from bot.presses.teachers import AskHandOver, ChooseSchool, MyClasses
from bot.storage import applications, roles
from bot.storage.schools import ListedSchool
from bot.wording import say, say_day

Refusal = (
    ParticipantCannotTeach
    | AlreadyApplied
    | ApplyingClosed
    | NotYet
    | Closed
    | PupilsOutOfBounds
    | ClassHasTeacher
    | ClassRequested
)


def refused(work: Work, refusal: Refusal, school: ListedSchool | None = None, label: str = "") -> Rewrite:
    """The reason with the way on. school, label: the class, where one was named."""
    rows = [[menu_button(work.locale)]]
    if school is not None and isinstance(refusal, ClassHasTeacher):
        hand_over = Button(
            say(work.locale, "button-ask-hand-over"), AskHandOver(school=school.id, label=label), Colour.PRIMARY
        )
        rows.insert(0, [hand_over])
    if school is not None and isinstance(refusal, ClassHasTeacher | ClassRequested):
        rows.insert(1, [other_class_button(work.locale, school.id)])
    if isinstance(refusal, AlreadyApplied) and refusal.state is ApplicationState.CONFIRMED:
        rows.insert(0, [Button(say(work.locale, "label-my-classes"), MyClasses(), Colour.PRIMARY)])
    shown = shown_label(label, school.organisation_type) if school is not None else ""
    return Rewrite(_reason(work, refusal, shown), Keyboard(rows))


def _reason(work: Work, refusal: Refusal, shown: str) -> str:
    locale = work.locale
    match refusal:
        case ApplyingClosed():
            text = say(locale, "apply-closed-for-you", contact=work.campaign.operator_contact)
        case NotYet(opens_on):
            text = say(locale, "apply-not-yet", day=say_day(locale, opens_on))
        case Closed(closed_on):
            text = say(locale, "apply-over", day=say_day(locale, closed_on))
        case PupilsOutOfBounds(least, most):
            text = say(locale, "apply-pupils-wrong", least=least, most=most)
        case AlreadyApplied(state):
            text = say(locale, "apply-already", label=shown, state=state.value)
        case ParticipantCannotTeach():
            text = say(locale, "apply-participant")
        case ClassHasTeacher():
            text = say(locale, "apply-class-taken", label=shown)
        case ClassRequested():
            text = say(locale, "apply-class-requested", label=shown)
        case _:
            assert_never(refusal)
    return text


def not_this_class(work: Work, reading: NotAClass | GradeRefused | OrganisationRefused, school: ListedSchool) -> str:
    """Why the typed class is none."""
    match reading:
        case NotAClass():
            return say(work.locale, "apply-not-a-class", kind=school.organisation_type.value)
        case GradeRefused(grade):
            return say(work.locale, "apply-grade-refused", grade=grade)
        case OrganisationRefused():
            return say(work.locale, "apply-organisation-refused")
        case _:
            assert_never(reading)


def other_class_button(locale: str, school: SchoolId) -> Button:
    """Another class of the same school."""
    return Button(say(locale, "button-other-class"), ChooseSchool(school=school))


def judge(work: Work, school: ListedSchool | None, label: str, pupils: int) -> ApplicationVerdict:
    """As the domain says; without a school yet, whether the person may apply at all."""
    actor = roles.actor(work.conn, work.who)
    invited = [grant for grant in actor.grants if grant.role is Role.TEACHER]
    return judge_application(
        Applicant(actor, applications.refusals(work.conn, work.who)),
        None if school is None else applications.holder(work.conn, school.id, label),
        pupils,
        class_cap=work.campaign.class_cap,
        is_invited=bool(invited) if school is None else Grant(Role.TEACHER, school.scope) in invited,
        calendar=work.campaign.calendar,
        at=work.now,
    )
