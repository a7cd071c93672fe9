"""The greeting, the menu under the input field, help, the way back, the language."""

from bot.handlers.voting.buttons import button
from bot.messenger.keyboards import Keyboard, Link
from bot.messenger.replies import Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses import main_menu
from bot.presses.consent import ReadConsent
from bot.presses.menu import GoBack, OpenHelp, OpenMenu, Speak, Start
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
    """The menu under the input field, as this person's roles make it."""
    actor = None if work.person is None else roles.actor(work.conn, work.person)
    rows = [[button(work.locale, press) for press in row] for row in main_menu.rows(actor)]
    return Keyboard(rows, inline=False)


def _changed_consent(work: Work) -> list[Say]:
    """A consent to an older text is asked for again, here where it interrupts nothing."""
    if work.person is None:
        return []
    standing = consents.standing(work.conn, work.person).get(ConsentKind.PARTICIPATION)
    if standing is None or standing.version == work.campaign.consent_version:
        return []
    asked = work.proceed(ReadConsent().model_dump_json())
    return [asked] if isinstance(asked, Say) else []
