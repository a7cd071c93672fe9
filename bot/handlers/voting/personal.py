"""«Настройки»: how somebody is shown, the age, the name in public, what is stored, being forgotten."""

from bot.domain.names import ShownAs, participant_name, short_name, voter_name
from bot.domain.participant_ids import ParticipantNumber, shown
from bot.domain.receipts import shown_receipt
from bot.handlers.voting.buttons import button, offer, to_menu
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Ask, Replies, Reply, Rewrite, Say, as_sequence
from bot.messenger.router import Router
from bot.messenger.work import DialogueState, Work
from bot.presses.menu import OpenMenu, Speak
from bot.presses.participants import OpenBalance, OpenMyLink
from bot.presses.personal import AnswerAge, EraseMe, EraseMeForGood, OpenSettings, Publish, ShowMe, ShowMyData
from bot.presses.reminders import OpenReminders
from bot.storage import applications, broadcasts, consents, ledger, participants, people, session_members, votes
from bot.storage.consents import ConsentKind
from bot.wording import say, say_moment, say_participant, say_voter

router = Router()
router.phrase("phrase-settings", OpenSettings())
router.phrase("phrase-my-data", ShowMyData())
router.phrase("phrase-erase", EraseMe())
router.phrase("phrase-show-name", ShowMe(choice=ShownAs.NAME))
router.phrase("phrase-hide-name", ShowMe(choice=ShownAs.MASKED))


# --- how I am shown


@router.pressed(OpenSettings, before_consent=True)
def open_settings(press: OpenSettings, work: Work) -> Replies:
    if work.person is None:
        return Say(say(work.locale, "settings-before-consent"), Keyboard([[_other_language(work)], [_menu(work)]]))
    return Say(*_settings(work))


@router.pressed(ShowMe)
def show_me(press: ShowMe, work: Work) -> Replies:
    people.show_as(work.conn, work.who, press.choice)
    is_nameless = people.card(work.conn, work.who).profile is None
    asks: list[Reply] = [Ask("name")] if press.choice is ShownAs.NAME and is_nameless else []
    return [Rewrite(*_settings(work)), *asks]


@router.pressed(Publish)
def publish(press: Publish, work: Work) -> Replies:
    if press.agreed:
        version = work.campaign.consent_version
        consents.give(work.conn, work.who, ConsentKind.PUBLICATION, version=version, at=work.now)
    else:
        consents.withdraw(work.conn, work.who, ConsentKind.PUBLICATION, at=work.now)
    return Rewrite(*_settings(work))


@router.pressed(AnswerAge)
def answer_age(press: AnswerAge, work: Work) -> Replies:
    is_first_answer = people.card(work.conn, work.who).is_adult is None
    people.note_age(work.conn, work.who, is_adult=press.is_adult)
    number = participants.number_of(work.conn, work.who)
    if number is None or not is_first_answer:
        return Rewrite(*_settings(work))
    age = "adult" if press.is_adult else "minor"
    text = say(work.locale, "age-answered", age=age, seen_as=_seen_as_participant(work, number))
    # The claim's last question: from now on the menu below the input is a participant's.
    menu = as_sequence(work.proceed(OpenMenu().model_dump_json()))
    return [Rewrite(text, offer(work.locale, OpenMyLink(), OpenBalance(), OpenSettings())), *menu]


def _settings(work: Work) -> tuple[str, Keyboard]:
    card, number = people.card(work.conn, work.who), participants.number_of(work.conn, work.who)
    text = say(
        work.locale,
        "settings",
        seen_as=say_voter(work.locale, voter_name(card.profile, card.shown_as)),
        part="voter" if number is None else "participant",
        participant="" if number is None else _seen_as_participant(work, number),
        publication="yes" if ConsentKind.PUBLICATION in consents.standing(work.conn, work.who) else "no",
    )
    other = ShownAs.MASKED if card.shown_as is ShownAs.NAME else ShownAs.NAME
    show = Button(say(work.locale, f"label-show-{other.value}"), ShowMe(choice=other))
    of_participant = [] if number is None else [[_publication(work)], [_age(work, is_adult=bool(card.is_adult))]]
    about_data = [button(work.locale, ShowMyData()), button(work.locale, EraseMe())]
    comes = button(work.locale, OpenReminders())
    return text, Keyboard([[show], *of_participant, [comes], about_data, [_other_language(work), _menu(work)]])


def _publication(work: Work) -> Button:
    agreed = ConsentKind.PUBLICATION not in consents.standing(work.conn, work.who)
    return Button(say(work.locale, f"label-publish-{'yes' if agreed else 'no'}"), Publish(agreed=agreed))


def _age(work: Work, *, is_adult: bool) -> Button:
    label = "label-age-minor" if is_adult else "label-age-adult"
    return Button(say(work.locale, label), AnswerAge(is_adult=not is_adult))


def _other_language(work: Work) -> Button:
    other = Speak(locale="en" if work.locale == "ru" else "ru")
    return Button(say(work.locale, "label-other-language"), other)


def _menu(work: Work) -> Button:
    return button(work.locale, OpenMenu())


def _seen_as_participant(work: Work, number: ParticipantNumber) -> str:
    found = participants.found(work.conn, number)
    if found is None:
        raise LookupError("a claim of an ID that was never issued")
    return say_participant(work.locale, participant_name(found.named, work.campaign.shown.minors))


# --- what is stored


@router.pressed(ShowMyData)
def show_my_data(press: ShowMyData, work: Work) -> Replies:
    lines = [*_about_person(work), *_about_consents(work), *_about_acts(work)]
    text = say(work.locale, "my-data", lines="\n".join(f"• {line}" for line in lines))
    return Say(text, offer(work.locale, OpenSettings(), EraseMe()))


def _about_person(work: Work) -> list[str]:
    card = people.card(work.conn, work.who)
    age = "unknown" if card.is_adult is None else "adult" if card.is_adult else "minor"
    return [
        say(work.locale, "my-name", name=short_name(card.profile) or say(work.locale, "my-name-none")),
        *(
            say(work.locale, "my-account", messenger=messenger, user=str(user_id))
            for messenger, user_id in people.accounts_of(work.conn, work.who)
        ),
        say(work.locale, "my-age", age=age),
        say(work.locale, "my-shown-as", choice=card.shown_as.value),
    ]


def _about_consents(work: Work) -> list[str]:
    zone = work.campaign.calendar.zone
    return [
        say(
            work.locale,
            "my-consent",
            kind=given.kind.value,
            version=given.version,
            moment=say_moment(work.locale, given.given_at, zone),
        )
        for given in consents.standing(work.conn, work.who).values()
    ]


def _about_acts(work: Work) -> list[str]:
    locale, zone = work.locale, work.campaign.calendar.zone
    lines = []
    number = participants.number_of(work.conn, work.who)
    if number is not None:
        lines.append(say(locale, "my-number", number=shown(number)))
    vote = votes.voter(work.conn, work.event.messenger, work.event.user_id).earlier
    if vote is not None:
        moment, code = say_moment(locale, vote.cast.cast_at, zone), shown_receipt(vote.receipt)
        lines.append(say(locale, "my-vote", number=shown(vote.cast.participant), moment=moment, code=code))
    lines += [
        say(locale, "my-offer", number=shown(offered.number), moment=say_moment(locale, offered.at, zone))
        for offered in votes.offers_reported(work.conn, work.who)
    ]
    return lines


# --- being forgotten


@router.pressed(EraseMe)
def erase_me(press: EraseMe, work: Work) -> Replies:
    sure = button(work.locale, EraseMeForGood(), Colour.NEGATIVE)
    return Say(say(work.locale, "erase-sure"), Keyboard([[sure], [button(work.locale, OpenSettings())], [_menu(work)]]))


@router.pressed(EraseMeForGood)
def erase_me_for_good(press: EraseMeForGood, work: Work) -> Replies:
    for kind in ConsentKind:
        consents.withdraw(work.conn, work.who, kind, at=work.now)
    applications.withdraw(work.conn, work.who, at=work.now)
    session_members.forget_accounts(work.conn, people.accounts_of(work.conn, work.who))
    people.erase(work.conn, work.who, at=work.now)
    if broadcasts.forget(work.conn, work.who, real=work.event.arrived_real_at):
        work.wake_jobs()
    ledger.forget(work.conn, work.who)
    work.person, work.erased = None, True
    work.dialogue = DialogueState(locale=work.locale)
    return Rewrite(say(work.locale, "erased"), to_menu(work.locale))
