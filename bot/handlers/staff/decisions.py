"""«Заявки»: the coordinator sees who applied and decides, one by one; the applicant is told at once."""

import secrets
from typing import assert_never

from bot.domain.applications import (
    REFUSALS_TO_CLOSE,
    AlreadyDecided,
    ApplicationState,
    Decision,
    DecisionAccepted,
    NotYours,
    RefusalNeedsReason,
    judge_decision,
)
from bot.domain.identifiers import ApplicationId
from bot.domain.quotations import quoted
from bot.domain.roles import Refused, may
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard, column
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import (
    AsksRefusalReason,
    ConfirmApplication,
    OpenApplication,
    OpenApplications,
    RefuseApplication,
)
from bot.presses.teachers import BecomeTeacher
from bot.storage import applications, confirmations, decisions, people, roles
from bot.storage.applications import Application
from bot.storage.decisions import DecisionId, Deed, Subject
from bot.wording import say

router = Router()
router.phrase("phrase-applications", OpenApplications())

PER_PAGE = 4
LONGEST_REASON = 500


@router.pressed(OpenApplications)
def list_waiting(press: OpenApplications, work: Work) -> Replies:
    scopes = involved.coordinated(roles.actor(work.conn, work.who))
    if not scopes:
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    page = applications.waiting_in(work.conn, scopes, page=press.page, size=PER_PAGE)
    if not page.applications:
        return Rewrite(say(work.locale, "applications-none"), menu_only(work.locale))
    rows = [[_open_button(work, one)] for one in page.applications]
    turning = page_buttons(press.page, PER_PAGE, page.waiting, lambda other: OpenApplications(page=other))
    text = say(work.locale, "applications-waiting", waiting=page.waiting)
    return Rewrite(text, Keyboard([*rows, turning, [menu_button(work.locale)]]))


def _open_button(work: Work, application: Application) -> Button:
    label = say(work.locale, "application-line", label=application.shown, school=application.school.name)
    return Button(label, OpenApplication(application=application.id))


@router.pressed(OpenApplication)
def open_application(press: OpenApplication, work: Work) -> Replies:
    application = applications.by_id(work.conn, press.application)
    if application is None:
        return _gone(work)
    permission = may(roles.actor(work.conn, work.who), application.deed)
    if isinstance(permission, Refused):
        return _told(work, say(work.locale, "may-not", why=permission.why.value))
    if application.state is not ApplicationState.WAITING:
        return _told(work, _decided(work, application, work.locale))
    return Rewrite(letters.application_card(work, application, work.locale), _choice(work, application))


def _choice(work: Work, application: Application) -> Keyboard:
    confirm = Button(
        say(work.locale, "button-confirm"), ConfirmApplication(application=application.id), Colour.POSITIVE
    )
    refuse = Button(say(work.locale, "button-refuse"), RefuseApplication(application=application.id), Colour.NEGATIVE)
    return Keyboard([[confirm, refuse], [_list_button(work), menu_button(work.locale)]])


@router.pressed(ConfirmApplication)
def confirm(press: ConfirmApplication, work: Work) -> Replies:
    return _decide(work, press.application, Decision.CONFIRM, None)


@router.pressed(RefuseApplication)
def refuse(press: RefuseApplication, work: Work) -> Replies:
    return _decide(work, press.application, Decision.REFUSE, None)


@router.answered(AsksRefusalReason)
def refuse_for_reason(question: AsksRefusalReason, work: Work) -> Replies:
    return _decide(work, question.application, Decision.REFUSE, quoted(work.event.content.text, LONGEST_REASON))


def _decide(work: Work, application_id: ApplicationId, decision: Decision, reason: str | None) -> Replies:
    application = applications.locked(work.conn, application_id)
    if application is None:
        return _gone(work)
    coordinator = roles.actor(work.conn, work.who)
    verdict = judge_decision(coordinator, application.deed, application.state, decision, reason=reason)
    if isinstance(verdict, RefusalNeedsReason):
        work.ask(AsksRefusalReason(application=application.id))
        back = Button(say(work.locale, "button-cancel"), OpenApplication(application=application.id))
        return Say(say(work.locale, "refusal-reason", label=application.shown), column(back))
    work.ask(None)
    match verdict:
        case NotYours(why):
            return _told(work, say(work.locale, "may-not", why=why.value))
        case AlreadyDecided():
            return _told(work, _decided(work, application, work.locale))
        case DecisionAccepted(state, written):
            return _carry_out(work, application, state, written)
        case _:
            assert_never(verdict)


def _carry_out(work: Work, application: Application, state: ApplicationState, reason: str | None) -> Replies:
    deed = Deed.CONFIRM_APPLICATION if state is ApplicationState.CONFIRMED else Deed.REFUSE_APPLICATION
    line = decisions.Decision(work.now, work.who, deed, Subject.APPLICATION, str(application.id), reason)
    journal = decisions.record(work.conn, line)
    if not applications.close(work.conn, application.id, state, at=work.now, decision=journal):
        raise LookupError(f"application {application.id} is locked and yet decided")
    told = _confirmed(work, application, journal) if deed is Deed.CONFIRM_APPLICATION else _refused(work, application)
    decided = applications.by_id(work.conn, application.id)
    return [_told(work, _decided(work, decided or application, work.locale)), *told]


def _confirmed(work: Work, application: Application, journal: DecisionId) -> list[Say]:
    school_class = confirmations.open_class(
        work.conn,
        application.school.id,
        application.label,
        pupils=application.pupils,
        teacher=application.person,
        at=work.now,
        decision=journal,
        randbelow=secrets.randbelow,
    )
    reader = people.address_of(work.conn, application.person)
    if reader is None:
        return []
    return letters.beginning(work, school_class, reader.locale, involved.address(reader))


def _refused(work: Work, application: Application) -> list[Say]:
    reader = people.address_of(work.conn, application.person)
    decided = applications.by_id(work.conn, application.id)
    if reader is None or decided is None:
        return []
    text = say(
        reader.locale,
        "application-refused",
        label=application.shown,
        school=application.school.name,
        reason=decided.reason or "",
        left=max(0, REFUSALS_TO_CLOSE - applications.refusals(work.conn, application.person)),
        contact=work.campaign.operator_contact,
    )
    again = Button(say(reader.locale, "button-apply-again"), BecomeTeacher())
    return [Say(text, column(again, menu_button(reader.locale)), to=involved.address(reader))]


def _decided(work: Work, application: Application, locale: str) -> str:
    """Who decided it when, and why: also what a second coordinator's press shows."""
    if application.decided_at is None:
        raise LookupError(f"application {application.id} waits")
    return say(
        locale,
        "application-decided",
        state=application.state.value,
        who=involved.name_of(work, application.decided_by, locale),
        at=letters.moment(work, locale, application.decided_at),
        applicant=involved.name_of(work, application.person, locale),
        label=application.shown,
        school=application.school.name,
        reason=application.reason or "",
    )


def _told(work: Work, text: str) -> Rewrite:
    return Rewrite(text, Keyboard([[_list_button(work), menu_button(work.locale)]]))


def _gone(work: Work) -> Rewrite:
    """It was withdrawn; whoever decides nothing does not learn by trying which applications there are."""
    work.ask(None)
    if not involved.coordinated(roles.actor(work.conn, work.who)):
        return _told(work, say(work.locale, "may-not", why="out_of_scope"))
    return _told(work, say(work.locale, "application-gone"))


def _list_button(work: Work) -> Button:
    return Button(say(work.locale, "label-applications"), OpenApplications())
