"""Looking things up, open to everybody at any time: an ID, anybody's count, the top list."""

import re

from pydantic import BaseModel

from bot.domain.claims import AnothersNumber, FreeNumber, NumberRevoked, OwnNumber, UnknownNumber, meaning_of
from bot.domain.identifiers import PersonId
from bot.domain.links import CardRef, read_ref
from bot.domain.names import participant_name
from bot.domain.participant_ids import (
    ParticipantNumber,
    WrongCheckDigit,
    WrongLength,
    find_number,
    plain_digits,
    read_number,
    shown,
)
from bot.domain.ranking import TOP
from bot.handlers.voting.buttons import offer, to_menu
from bot.messenger.replies import Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.counts import AsksCountNumber, MistypedNumber, OpenCount, OpenNumber, OpenTop
from bot.presses.participants import ClaimNumber, OpenBalance
from bot.presses.voters import ChooseWhom, OpenVote
from bot.storage import participants, ranking
from bot.storage.participants import FoundNumber
from bot.wording import rest_after, say, say_participant, say_places, say_wrong_number

router = Router()
router.phrase("phrase-count", OpenCount())
router.phrase("phrase-top", OpenTop())

# Fewer digits than these are a number in a sentence, more are no attempt at an ID.
LEAST_ATTEMPT, MOST_ATTEMPT = 9, 13
NOBODY = PersonId(0)


@router.recognises
def number_in(text: str) -> BaseModel | None:
    """A right ID anywhere in a text, with what is said about it; or digits alone that miss being one."""
    number = find_number(text)
    if number is not None:
        return _wanted(number, text)
    digits = re.sub("[ -]", "", plain_digits(text))
    is_attempt = digits.isdigit() and LEAST_ATTEMPT <= len(digits) <= MOST_ATTEMPT
    return MistypedNumber(digits=len(digits)) if is_attempt else None


@router.opens
def card(ref: str) -> BaseModel | None:
    match read_ref(ref):
        case CardRef(number):
            return OpenNumber(number=number)
        case _:
            return None


@router.pressed(OpenNumber, before_consent=True)
def open_number(press: OpenNumber, work: Work) -> Replies:
    found = participants.found(work.conn, press.number)
    asker = NOBODY if work.person is None else work.person
    match meaning_of(None if found is None else found.issued, asker):
        case OwnNumber():
            return work.proceed(OpenBalance().model_dump_json())
        case FreeNumber(number):
            text = say(work.locale, "number-free-to-claim", number=shown(number))
            return Say(text, offer(work.locale, ClaimNumber(number=number)))
        case AnothersNumber() if found is not None:
            return _count(found, work)
        case NumberRevoked():
            return Say(say(work.locale, "number-revoked", number=shown(press.number)), to_menu(work.locale))
        case UnknownNumber() | AnothersNumber():
            return Say(say(work.locale, "number-unknown", number=shown(press.number)), to_menu(work.locale))


@router.pressed(MistypedNumber, before_consent=True)
def mistyped(press: MistypedNumber, work: Work) -> Replies:
    reading = WrongCheckDigit() if press.digits == len("123456789012") else WrongLength(press.digits)
    return Say(say_wrong_number(work.locale, reading), to_menu(work.locale))


@router.pressed(OpenCount, before_consent=True)
def open_count(press: OpenCount, work: Work) -> Replies:
    if press.number is None:
        work.ask(AsksCountNumber())
        return Say(say(work.locale, "count-of-whom"), to_menu(work.locale))
    found = participants.found(work.conn, press.number)
    if found is None or found.issued.claimed_by is None:
        return open_number(OpenNumber(number=press.number), work)
    return _count(found, work)


@router.answered(AsksCountNumber)
def count_of(question: AsksCountNumber, work: Work) -> Replies:
    number = read_number(work.event.content.text)
    if isinstance(number, WrongLength | WrongCheckDigit):
        return Say(say_wrong_number(work.locale, number), to_menu(work.locale))
    return work.proceed(OpenCount(number=number).model_dump_json())


@router.pressed(OpenTop, before_consent=True)
def open_top(press: OpenTop, work: Work) -> Replies:
    places = ranking.published(work.conn, TOP, work.campaign.shown.minors)
    text = say(work.locale, "top", lines=say_places(work.locale, places)) if places else say(work.locale, "top-empty")
    return Say(text, offer(work.locale, ChooseWhom()))


def _wanted(number: ParticipantNumber, text: str) -> BaseModel:
    if rest_after("phrase-vote", text) is not None:
        return OpenVote(number=number)
    return OpenCount(number=number) if rest_after("phrase-count", text) is not None else OpenNumber(number=number)


def _count(found: FoundNumber, work: Work) -> Replies:
    text = say(
        work.locale,
        "count",
        name=say_participant(work.locale, participant_name(found.named, work.campaign.shown.minors)),
        number=shown(found.issued.number),
        municipality=found.municipality,
        votes=found.votes,
    )
    return Say(text, offer(work.locale, OpenVote(number=found.issued.number), OpenTop()))
