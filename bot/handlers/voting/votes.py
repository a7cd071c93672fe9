"""A vote: whom, shown how, confirmed, its receipt; checking a receipt; reporting an offer of money."""

import secrets
from typing import assert_never

from pydantic import BaseModel

from bot.domain.calendar import Closed, NotYet
from bot.domain.claims import AccountErased, NumberRevoked, UnknownNumber
from bot.domain.identifiers import Pseudonym
from bot.domain.links import VotingRef, read_ref
from bot.domain.names import ShownAs, participant_name, voter_name
from bot.domain.participant_ids import ParticipantNumber, WrongCheckDigit, WrongLength, read_number, shown
from bot.domain.receipts import OwnersView, StrangersView, new_receipt, read_receipt, readers_view, shown_receipt
from bot.domain.votes import (
    CastVote as Cast,
)
from bot.domain.votes import (
    NotConfirmed,
    NumberUnclaimed,
    OwnNumberRefused,
    SameVote,
    VoteCounts,
    VotedForAnother,
    VoteVerdict,
    judge_vote,
)
from bot.handlers.voting.buttons import button, offer, to_menu
from bot.messenger.keyboards import Button, Colour, Keyboard, Link
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.counts import OpenTop
from bot.presses.menu import OpenMenu
from bot.presses.participants import ClaimNumber, OpenBalance, OpenMyLink
from bot.presses.voters import (
    AsksReceipt,
    AsksWhom,
    CastVote,
    CheckVote,
    ChooseWhom,
    MistypedReceipt,
    OpenVote,
    ReportOffer,
)
from bot.storage import participants, votes
from bot.storage.participants import FoundNumber
from bot.storage.votes import KnownVoter, StandingVote
from bot.wording import rest_after, say, say_day, say_moment, say_participant, say_voter, say_wrong_number

router = Router()
router.phrase("phrase-vote", ChooseWhom())
router.phrase("phrase-check-vote", CheckVote())


# --- for whom


@router.opens
def voting_link(ref: str) -> BaseModel | None:
    match read_ref(ref):
        case VotingRef(number):
            return OpenVote(number=number)
        case _:
            return None


@router.pressed(ChooseWhom)
def choose_whom(press: ChooseWhom, work: Work) -> Replies:
    earlier = _voter(work).earlier
    if earlier is not None:
        return Say(*_receipt(work, earlier))
    work.ask(AsksWhom())
    return Say(say(work.locale, "vote-for-whom"), to_menu(work.locale))


@router.answered(AsksWhom)
def chosen(question: AsksWhom, work: Work) -> Replies:
    number = read_number(work.event.content.text)
    if isinstance(number, WrongLength | WrongCheckDigit):
        return Say(say_wrong_number(work.locale, number), to_menu(work.locale))
    return work.proceed(OpenVote(number=number).model_dump_json())


@router.pressed(OpenVote)
def open_vote(press: OpenVote, work: Work) -> Replies:
    known, found = votes.voter_and_choice(work.conn, work.event.messenger, work.event.user_id, press.number)
    verdict = _judged(work, known, found)
    if not isinstance(verdict, VoteCounts) or found is None:
        return Say(*_not_counted(work, verdict, known, press.number))
    shown_as = press.shown_as or known.usually_shown_as
    keyboard = _confirmation(work, press.number, shown_as)
    text = _question(work, known, found, shown_as)
    return Say(text, keyboard) if press.shown_as is None else Rewrite(text, keyboard)


# --- the vote


@router.pressed(CastVote)
def cast_vote(press: CastVote, work: Work) -> Replies:
    known, found = votes.voter_and_choice(work.conn, work.event.messenger, work.event.user_id, press.number)
    verdict = _judged(work, known, found)
    if not isinstance(verdict, VoteCounts):
        return Rewrite(*_not_counted(work, verdict, known, press.number))
    receipt = new_receipt(secrets.randbelow)
    votes.cast(work.conn, verdict, work.who, press.shown_as, receipt)
    standing = StandingVote(Cast(verdict.participant, verdict.cast_at), receipt, press.shown_as, counts=True)
    return [PopUp(say(work.locale, "vote-counted-pop-up")), Rewrite(*_receipt(work, standing, found))]


@router.pressed(ReportOffer)
def report_offer(press: ReportOffer, work: Work) -> Replies:
    if participants.found(work.conn, press.number) is None:
        return Say(say(work.locale, "number-unknown", number=shown(press.number)), to_menu(work.locale))
    votes.note_offer(work.conn, work.who, press.number, at=work.now)
    return Say(say(work.locale, "offer-noted"), to_menu(work.locale))


# --- a receipt


@router.recognises
def receipt_in(text: str) -> BaseModel | None:
    """«Проверить голос КОД», or the code alone."""
    rest = rest_after("phrase-check-vote", text)
    receipt = read_receipt(text if rest is None else rest)
    if receipt is not None:
        return CheckVote(receipt=receipt)
    return None if rest is None else MistypedReceipt()


@router.pressed(CheckVote, before_consent=True)
def check_vote(press: CheckVote, work: Work) -> Replies:
    if press.receipt is None:
        return _ask_receipt(work)
    vote = votes.by_receipt(work.conn, press.receipt)
    code = shown_receipt(press.receipt)
    if vote is None:
        return Say(say(work.locale, "receipt-unknown", code=code), to_menu(work.locale))
    reader = Pseudonym("") if work.person is None else _voter(work).voter.pseudonym
    match readers_view(vote, reader, work.campaign.calendar):
        case OwnersView():
            return Say(*_receipt(work, _own_vote(work)))
        case StrangersView(cast_on, counts):
            state = "counts" if counts else "set-aside"
            text = say(work.locale, "receipt-of-another", code=code, day=say_day(work.locale, cast_on), state=state)
            return Say(text, to_menu(work.locale))


@router.answered(AsksReceipt)
def receipt_typed(question: AsksReceipt, work: Work) -> Replies:
    receipt = read_receipt(work.event.content.text)
    if receipt is None:
        return Say(say(work.locale, "receipt-mistyped"), to_menu(work.locale))
    return work.proceed(CheckVote(receipt=receipt).model_dump_json())


@router.pressed(MistypedReceipt, before_consent=True)
def receipt_mistyped(press: MistypedReceipt, work: Work) -> Replies:
    work.ask(AsksReceipt())
    return Say(say(work.locale, "receipt-mistyped"), to_menu(work.locale))


def _ask_receipt(work: Work) -> Replies:
    earlier = None if work.person is None else _voter(work).earlier
    if earlier is not None:
        return Say(*_receipt(work, earlier))
    work.ask(AsksReceipt())
    return Say(say(work.locale, "check-which-receipt"), to_menu(work.locale))


# --- reading and wording


def _voter(work: Work) -> KnownVoter:
    return votes.voter(work.conn, work.event.messenger, work.event.user_id)


def _own_vote(work: Work) -> StandingVote:
    earlier = _voter(work).earlier
    if earlier is None:
        raise LookupError("a receipt of this account without its vote")
    return earlier


def _judged(work: Work, known: KnownVoter, found: FoundNumber | None) -> VoteVerdict:
    return judge_vote(
        known.voter,
        None if found is None else found.issued,
        None if known.earlier is None else known.earlier.cast,
        rules=work.campaign.voting_rules,
        calendar=work.campaign.calendar,
        at=work.now,
    )


def _question(work: Work, known: KnownVoter, found: FoundNumber, shown_as: ShownAs) -> str:
    seen_as = voter_name(known.profile, shown_as)
    return say(
        work.locale,
        "vote-confirm",
        name=say_participant(work.locale, participant_name(found.named, work.campaign.shown.minors)),
        number=shown(found.issued.number),
        municipality=found.municipality,
        # The name was asked for at consent and may still be on its way.
        voter="by-profile" if shown_as is ShownAs.NAME and known.profile is None else "as-shown",
        seen_as=say_voter(work.locale, seen_as),
    )


def _confirmation(work: Work, number: ParticipantNumber, shown_as: ShownAs) -> Keyboard:
    other = ShownAs.MASKED if shown_as is ShownAs.NAME else ShownAs.NAME
    change = Button(say(work.locale, f"label-vote-as-{other.value}"), OpenVote(number=number, shown_as=other))
    return Keyboard(
        [
            [button(work.locale, CastVote(number=number, shown_as=shown_as), Colour.POSITIVE)],
            [change],
            [button(work.locale, ReportOffer(number=number))],
            [button(work.locale, OpenMenu())],
        ]
    )


def _receipt(work: Work, vote: StandingVote, found: FoundNumber | None = None) -> tuple[str, Keyboard]:
    """The receipt of the account's own vote: the same however often it is asked for."""
    return _own_vote_told(work, "vote-receipt", vote, found)


def _own_vote_told(work: Work, sentence: str, vote: StandingVote, found: FoundNumber | None) -> tuple[str, Keyboard]:
    """found: the participant, where it was looked up already."""
    found = found or participants.found(work.conn, vote.cast.participant)
    if found is None:
        raise LookupError("a vote for an ID that was never issued")
    text = say(
        work.locale,
        sentence,
        state="counts" if vote.counts else "set-aside",
        name=say_participant(work.locale, participant_name(found.named, work.campaign.shown.minors)),
        number=shown(vote.cast.participant),
        moment=say_moment(work.locale, vote.cast.cast_at, work.campaign.calendar.zone),
        code=shown_receipt(vote.receipt),
    )
    return text, offer(work.locale, OpenTop())


def _not_counted(
    work: Work, verdict: VoteVerdict, known: KnownVoter, number: ParticipantNumber
) -> tuple[str, Keyboard]:
    """The answer to a press that adds no vote: the receipt of the one cast, or why there is none."""
    locale = work.locale
    if known.earlier is not None:
        sentence = "vote-receipt" if isinstance(verdict, SameVote) else "vote-for-another"
        return _own_vote_told(work, sentence, known.earlier, None)
    match verdict:
        case OwnNumberRefused():
            return say(locale, "vote-own-number"), offer(locale, OpenMyLink(), OpenBalance())
        case NumberUnclaimed():
            return say(locale, "vote-unclaimed", number=shown(number)), offer(locale, ClaimNumber(number=number))
        case NotConfirmed():
            centres = Link(say(locale, "link-centres"), work.campaign.centres_url)
            return say(locale, "vote-not-confirmed"), Keyboard([[centres], *to_menu(locale).rows])
        case VoteCounts() | SameVote() | VotedForAnother():
            raise LookupError(f"no answer belongs to {verdict}")
        case _:
            return _refusal(work, verdict, number), offer(locale, OpenTop())


def _refusal(
    work: Work, verdict: AccountErased | UnknownNumber | NumberRevoked | NotYet | Closed, number: ParticipantNumber
) -> str:
    locale = work.locale
    match verdict:
        case UnknownNumber():
            return say(locale, "number-unknown", number=shown(number))
        case NumberRevoked():
            return say(locale, "number-revoked", number=shown(number))
        case AccountErased():
            return say(locale, "account-erased")
        case NotYet(opens_on):
            return say(locale, "vote-not-yet", day=say_day(locale, opens_on))
        case Closed(closed_on):
            return say(locale, "vote-closed", day=say_day(locale, closed_on))
        case _:
            assert_never(verdict)
