"""The greeting, the menu under the input field, help, the way back, the language."""

from bot.domain.roles import Actor, Role
from bot.handlers.voting.buttons import KindOfPress, button
from bot.messenger.keyboards import Button, Keyboard, Link, rows_of
from bot.messenger.replies import Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.consent import ReadConsent
from bot.presses.coordinators import OpenApplications, OpenSummary, WhoHasNotReported
from bot.presses.counts import OpenCount, OpenTop
from bot.presses.invitations import EnterInvitation, OpenInvitations
from bot.presses.menu import GoBack, OpenHelp, OpenMenu, Speak, Start
from bot.presses.participants import BecomeParticipant, OpenBalance, OpenMyLink, OpenMyVoters
from bot.presses.personal import OpenSettings
from bot.presses.teachers import BecomeTeacher, MyClasses, OpenReports, OpenTeacher
from bot.presses.voters import CheckVote, ChooseWhom
from bot.storage import consents, roles
from bot.storage.consents import ConsentKind
from bot.wording import say

router = Router()
router.phrase("phrase-start", Start())
router.phrase("phrase-menu", OpenMenu(), everywhere=True)
router.phrase("phrase-back", GoBack(), everywhere=True)
router.phrase("phrase-help", OpenHelp(), everywhere=True)
router.phrase("phrase-russian", Speak(locale="ru"))
router.phrase("phrase-english", Speak(locale="en"))

BUTTONS_PER_ROW = 2


@router.pressed(Start, before_consent=True)
def start(press: Start, work: Work) -> Replies:
    return Say(say(work.locale, "greeting", title=work.campaign.title), menu_of(work))


@router.pressed(OpenMenu, before_consent=True)
def open_menu(press: OpenMenu, work: Work) -> Replies:
    menu = Say(say(work.locale, "menu"), menu_of(work))
    return [menu, *_changed_consent(work)]


@router.pressed(GoBack, before_consent=True)
def go_back(press: GoBack, work: Work) -> Replies:
    return Say(say(work.locale, "back"), menu_of(work))


@router.pressed(OpenHelp, before_consent=True)
def open_help(press: OpenHelp, work: Work) -> Replies:
    campaign = work.campaign
    text = say(work.locale, "help", operator=campaign.operator_name, contact=campaign.operator_contact)
    about = Link(say(work.locale, "link-about"), campaign.info_url)
    rules = [button(work.locale, ReadConsent()), button(work.locale, OpenMenu())]
    return Say(text, Keyboard([[about], rules]))


@router.pressed(Speak, before_consent=True)
def speak(press: Speak, work: Work) -> Replies:
    work.dialogue.locale = press.locale
    return Say(say(work.locale, "language-changed"), menu_of(work))


def menu_of(work: Work) -> Keyboard:
    """The menu under the input field: what this person does most, by their roles."""
    actor = None if work.person is None else roles.actor(work.conn, work.person)
    rows: list[list[Button | Link]] = []
    for presses in (_of_coordinator(actor), _of_teacher(actor), _of_participant(actor), _of_everybody(actor)):
        rows += rows_of([button(work.locale, press) for press in presses], BUTTONS_PER_ROW)
    return Keyboard(rows, inline=False)


def _of_coordinator(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or not any(grant.role is Role.COORDINATOR for grant in actor.grants):
        return []
    return [OpenApplications(), WhoHasNotReported(), OpenSummary(), OpenInvitations()]


def _of_teacher(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or not actor.is_teacher:
        return []
    return [OpenReports(), MyClasses()] if actor.classes else [OpenTeacher()]


def _of_participant(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or actor.number is None:
        return []
    return [OpenBalance(), OpenMyLink(), OpenMyVoters()]


def _of_everybody(actor: Actor | None) -> list[KindOfPress]:
    everybody: list[KindOfPress] = [ChooseWhom(), OpenTop(), OpenCount(), CheckVote()]
    if actor is None or not (actor.is_teacher or actor.number or actor.grants):
        everybody += [BecomeParticipant(), BecomeTeacher(), EnterInvitation()]
    return [*everybody, OpenSettings(), OpenHelp()]


def _changed_consent(work: Work) -> list[Say]:
    """A consent to an older text is asked for again, here where it interrupts nothing."""
    if work.person is None:
        return []
    standing = consents.standing(work.conn, work.person).get(ConsentKind.PARTICIPATION)
    if standing is None or standing.version == work.campaign.consent_version:
        return []
    asked = work.proceed(ReadConsent().model_dump_json())
    return [asked] if isinstance(asked, Say) else []
