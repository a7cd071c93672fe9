"""The consent: its own message with everything the law wants said, the errand that waited for it, the name."""

from datetime import datetime, timedelta

from bot.domain.names import Profile
from bot.handlers.voting.buttons import button, offer, to_menu
from bot.messenger.events import EventKind
from bot.messenger.keyboards import Colour, Keyboard, Link
from bot.messenger.replies import Ask, Replies, Reply, Rewrite, Say, as_sequence
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.consent import GiveConsent, NameFetched, NameNotFetched, ReadConsent, RefuseConsent
from bot.presses.counts import OpenCount, OpenTop
from bot.presses.menu import OpenMenu
from bot.storage import consents, people, session_members
from bot.storage.consents import ConsentKind
from bot.wording import say, say_day, say_moment

router = Router()
router.phrase("phrase-consent", ReadConsent())


@router.otherwise("no consent")
def ask_consent(work: Work) -> Replies:
    if work.erased:
        return _erased(work)
    return Say(_text(work), _choice(work))


@router.pressed(ReadConsent, before_consent=True)
def read_consent(press: ReadConsent, work: Work) -> Replies:
    given_at = _given_at(work)
    if given_at is None:
        return ask_consent(work)
    return Say(_text_given(work, given_at), _policy(work))


@router.pressed(GiveConsent, before_consent=True)
def give_consent(press: GiveConsent, work: Work) -> Replies:
    if work.erased:
        return _erased(work)
    if press.version != work.campaign.consent_version:  # the text has changed since this button was shown
        return ask_consent(work)
    given_at = _given_at(work)
    if given_at is not None:
        return [_stamped(work, given_at), *_errand(work)]
    asks = [] if work.person is not None else [Ask("name")]
    _keep(work)
    return [_stamped(work, work.now), *asks, *_errand(work)]


@router.pressed(RefuseConsent, before_consent=True)
def refuse_consent(press: RefuseConsent, work: Work) -> Replies:
    if _given_at(work) is not None:  # an old button; taking a consent back is «Удалить мои данные»
        return read_consent(ReadConsent(), work)
    work.dialogue.errand = None
    return Rewrite(say(work.locale, "consent-refused"), offer(work.locale, OpenTop(), OpenCount(), ReadConsent()))


@router.fetched(NameFetched)
def keep_name(outcome: NameFetched, work: Work) -> Replies:
    profile = Profile(outcome.first_name, outcome.last_name)
    if work.person is not None:
        people.store_name(work.conn, work.person, profile)
    session_members.store_name(work.conn, work.event.messenger, work.event.user_id, profile)
    work.wake_sessions()
    return None


@router.fetched(NameNotFetched)
def go_without_name(outcome: NameNotFetched, work: Work) -> Replies:
    return None  # shown masked; «Показывать имя» asks again


def _keep(work: Work) -> None:
    """The person, new or known under an older text, and the consent to this one."""
    if work.person is None:
        work.person = people.join(work.conn, work.event.messenger, work.event.user_id, at=work.now)
    else:
        consents.withdraw(work.conn, work.person, ConsentKind.PARTICIPATION, at=work.now)
    version = work.campaign.consent_version
    consents.give(work.conn, work.person, ConsentKind.PARTICIPATION, version=version, at=work.now)


def _given_at(work: Work) -> datetime | None:
    """When the text as it is now was agreed to."""
    if work.person is None:
        return None
    standing = consents.standing(work.conn, work.person).get(ConsentKind.PARTICIPATION)
    return standing.given_at if standing and standing.version == work.campaign.consent_version else None


def _errand(work: Work) -> list[Reply]:
    """What the person came for goes on by itself, in messages of its own below the consent."""
    errand, work.dialogue.errand = work.dialogue.errand, None
    replies = as_sequence(work.proceed(errand or OpenMenu().model_dump_json()))
    return [Say(reply.text, reply.keyboard) if isinstance(reply, Rewrite) else reply for reply in replies]


def _stamped(work: Work, given_at: datetime) -> Reply:
    """The consent's own message keeps its text for reading, with the time instead of the choice."""
    if work.event.kind is EventKind.PRESS:
        return Rewrite(_text_given(work, given_at), _policy(work))
    return Say(say(work.locale, "consent-given", moment=_moment(work, given_at)))


def _text_given(work: Work, given_at: datetime) -> str:
    return say(work.locale, "consent-and-given", consent=_text(work), moment=_moment(work, given_at))


def _text(work: Work) -> str:
    campaign = work.campaign
    kept_until = campaign.calendar.periods.handout.last + timedelta(days=campaign.retention_days)
    return say(
        work.locale,
        "consent",
        title=campaign.title,
        operator=campaign.operator_name,
        contact=campaign.operator_contact,
        until=say_day(work.locale, kept_until),
        year=str(kept_until.year),
    )


def _moment(work: Work, at: datetime) -> str:
    return say_moment(work.locale, at, work.campaign.calendar.zone)


def _choice(work: Work) -> Keyboard:
    agree = button(work.locale, GiveConsent(version=work.campaign.consent_version), Colour.POSITIVE)
    return Keyboard([[agree], [button(work.locale, RefuseConsent())], *_policy(work).rows])


def _policy(work: Work) -> Keyboard:
    return Keyboard([[Link(say(work.locale, "link-policy"), work.campaign.policy_url)]])


def _erased(work: Work) -> Replies:
    return Say(say(work.locale, "account-erased"), to_menu(work.locale))
