"""A participant: taking the ID from the card, the balance with its place, the voting link, who voted."""

from typing import assert_never

from bot.domain.calendar import Act, Closed, NotYet, Open
from bot.domain.claims import (
    AccountErased,
    AlreadyYours,
    ClaimAccepted,
    Claimant,
    ClaimingLocked,
    HasAnotherNumber,
    Miss,
    NumberRevoked,
    NumberTaken,
    TeacherCannotClaim,
    UnknownNumber,
    judge_claim,
)
from bot.domain.links import VotingRef, link
from bot.domain.names import voter_name
from bot.domain.participant_ids import ParticipantNumber, WrongCheckDigit, WrongLength, read_number, shown
from bot.domain.ranking import Place
from bot.handlers.voting.buttons import button, offer, to_menu
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.menu import OpenMenu
from bot.presses.participants import (
    AsksMyNumber,
    BecomeParticipant,
    ClaimNumber,
    OpenBalance,
    OpenMyLink,
    OpenMyVoters,
)
from bot.presses.personal import AnswerAge
from bot.storage import claims, participants, ranking, roles, votes
from bot.storage.votes import ReceivedVote
from bot.wording import say, say_day, say_moment, say_time, say_voter, say_wrong_number

router = Router()
router.phrase("phrase-become-participant", BecomeParticipant())
router.phrase("phrase-balance", OpenBalance())
router.phrase("phrase-my-link", OpenMyLink())
router.phrase("phrase-my-voters", OpenMyVoters())

VOTES_PER_PAGE = 10

ClaimRefusal = ClaimingLocked | HasAnotherNumber | TeacherCannotClaim | AccountErased | NotYet | Closed


# --- the claim


@router.pressed(BecomeParticipant)
def become_participant(press: BecomeParticipant, work: Work) -> Replies:
    if participants.number_of(work.conn, work.who) is not None:
        return open_balance(OpenBalance(), work)
    return _ask_number(work, say(work.locale, "claim-which-number"))


@router.answered(AsksMyNumber)
def number_typed(question: AsksMyNumber, work: Work) -> Replies:
    number = read_number(work.event.content.text)
    if isinstance(number, WrongLength | WrongCheckDigit):
        return _ask_number(work, say_wrong_number(work.locale, number))
    return work.proceed(ClaimNumber(number=number).model_dump_json())


@router.pressed(ClaimNumber)
def claim(press: ClaimNumber, work: Work) -> Replies:
    misses = claims.misses(work.conn, work.who, at=work.now)
    claimant = Claimant(roles.actor(work.conn, work.who), work.erased, misses)
    found = participants.found(work.conn, press.number)
    verdict = judge_claim(claimant, None if found is None else found.issued, work.campaign.calendar, at=work.now)
    if isinstance(verdict, ClaimAccepted):
        claims.add(work.conn, verdict)
        return _claimed(work, press.number)
    if isinstance(verdict, UnknownNumber | NumberRevoked | NumberTaken):
        claims.note_miss(work.conn, work.who, at=work.now)
        return _ask_number(work, _miss(work.locale, verdict, press.number))
    if isinstance(verdict, AlreadyYours):
        return open_balance(OpenBalance(), work)
    return Say(_refusal(work, verdict), to_menu(work.locale))


def _ask_number(work: Work, text: str) -> Replies:
    work.ask(AsksMyNumber())
    return Say(text, to_menu(work.locale))


def _claimed(work: Work, number: ParticipantNumber) -> Replies:
    text = say(work.locale, "claimed", number=shown(number), link=link(work.link_base, VotingRef(number)))
    answers = [AnswerAge(is_adult=True), AnswerAge(is_adult=False)]
    labels = [Button(say(work.locale, f"label-age-{'adult' if one.is_adult else 'minor'}"), one) for one in answers]
    return Say(text, Keyboard([labels]))


def _miss(locale: str, miss: Miss, number: ParticipantNumber) -> str:
    match miss:
        case UnknownNumber():
            return say(locale, "claim-unknown", number=shown(number))
        case NumberRevoked():
            return say(locale, "claim-revoked", number=shown(number))
        case NumberTaken():
            return say(locale, "claim-taken", number=shown(number))
        case _:
            assert_never(miss)


def _refusal(work: Work, verdict: ClaimRefusal) -> str:
    match verdict:
        case ClaimingLocked(until):
            return say(work.locale, "claim-locked", time=say_time(until, work.campaign.calendar.zone))
        case HasAnotherNumber(own):
            return say(work.locale, "claim-has-another", number=shown(own))
        case TeacherCannotClaim():
            return say(work.locale, "claim-teacher")
        case AccountErased():
            return say(work.locale, "account-erased")
        case NotYet(opens_on):
            return say(work.locale, "claim-not-yet", day=say_day(work.locale, opens_on))
        case Closed(closed_on):
            return say(work.locale, "claim-closed", day=say_day(work.locale, closed_on))
        case _:
            assert_never(verdict)


# --- the balance


@router.pressed(OpenBalance)
def open_balance(press: OpenBalance, work: Work) -> Replies:
    number = participants.number_of(work.conn, work.who)
    if number is None:
        return _not_a_participant(work)
    place = ranking.place(work.conn, number)
    lines = [_counted(work, number, place), _voting_days(work)]
    return Say("\n\n".join(lines), offer(work.locale, OpenMyLink(), OpenMyVoters()))


def _counted(work: Work, number: ParticipantNumber, place: Place | None) -> str:
    if place is None:
        return say(work.locale, "balance-empty", number=shown(number))
    tally = place.standing.tally
    return say(
        work.locale,
        "balance",
        number=shown(number),
        votes=tally.votes,
        place=place.place,
        above=place.place - 1,
        moment=say_moment(work.locale, tally.reached_at, work.campaign.calendar.zone),
        next=place.votes_to_next or 0,
    )


def _voting_days(work: Work) -> str:
    calendar = work.campaign.calendar
    match calendar.opening(Act.VOTE, work.now):
        case NotYet(opens_on):
            return say(work.locale, "voting-not-yet", day=say_day(work.locale, opens_on))
        case Closed(closed_on):
            return say(work.locale, "voting-closed", day=say_day(work.locale, closed_on))
        case Open(until):
            days = (until - calendar.local_day(work.now)).days
            return say(work.locale, "voting-open", days=days, day=say_day(work.locale, until))


def _not_a_participant(work: Work) -> Replies:
    return Say(say(work.locale, "not-a-participant"), offer(work.locale, BecomeParticipant()))


# --- the link, and who voted


@router.pressed(OpenMyLink)
def open_my_link(press: OpenMyLink, work: Work) -> Replies:
    number = participants.number_of(work.conn, work.who)
    if number is None:
        return _not_a_participant(work)
    address = link(work.link_base, VotingRef(number))
    last_day = say_day(work.locale, work.campaign.calendar.period(Act.VOTE).last)
    return [
        Say(say(work.locale, "my-link"), offer(work.locale, OpenBalance())),
        Say(say(work.locale, "link-to-forward", title=work.campaign.title, link=address, day=last_day)),
    ]


@router.pressed(OpenMyVoters)
def open_my_voters(press: OpenMyVoters, work: Work) -> Replies:
    number = participants.number_of(work.conn, work.who)
    if number is None:
        return _not_a_participant(work)
    place = ranking.place(work.conn, number)
    if place is None:
        return Say(say(work.locale, "no-voters-yet"), offer(work.locale, OpenMyLink()))
    pages = -(-place.standing.tally.votes // VOTES_PER_PAGE)
    page = min(press.page or 0, pages - 1)
    lines = [_voter_line(work, vote) for vote in votes.received(work.conn, number, page=page, size=VOTES_PER_PAGE)]
    text = say(work.locale, "my-voters", page=page + 1, pages=pages, lines="\n".join(lines))
    keyboard = _pages(work, page, pages)
    return Say(text, keyboard) if press.page is None else Rewrite(text, keyboard)


def _voter_line(work: Work, vote: ReceivedVote) -> str:
    moment = say_moment(work.locale, vote.cast_at, work.campaign.calendar.zone)
    voter = say_voter(work.locale, voter_name(vote.profile, vote.shown_as))
    return say(work.locale, "voter-line", moment=moment, voter=voter)


def _pages(work: Work, page: int, pages: int) -> Keyboard:
    newer = [Button(say(work.locale, "label-newer"), OpenMyVoters(page=page - 1))] if page > 0 else []
    older = [Button(say(work.locale, "label-older"), OpenMyVoters(page=page + 1))] if page + 1 < pages else []
    return Keyboard([[*newer, *older], [button(work.locale, OpenBalance()), button(work.locale, OpenMenu())]])
