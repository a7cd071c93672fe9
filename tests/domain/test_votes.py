"""Judging a vote, and the names voters have in the log."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar, Closed, NotYet
from bot.domain.claims import AccountErased, NumberRevoked, UnknownNumber
from bot.domain.identifiers import Pseudonym
from bot.domain.participant_ids import IssuedNumber
from bot.domain.votes import (
    CastVote,
    NotConfirmed,
    NumberUnclaimed,
    OwnNumberRefused,
    SameVote,
    VoteCounts,
    VotedForAnother,
    Voter,
    VoterPolicy,
    VoteVerdict,
    VotingRules,
    judge_vote,
    key_pseudonym,
    pseudonym,
)
from tests.domain.builders import ANNA, issued, moscow, number

NOON = moscow("2017-11-12 12:00")
ANYBODY = VotingRules(VoterPolicy.ANY)
VOTER = Voter(Pseudonym("v1"))
FIRST = CastVote(number(1), moscow("2017-11-11 14:05"))


@pytest.fixture(name="judged")
def _judged(calendar: Calendar) -> "Judged":
    return Judged(calendar)


class Judged:
    """A press judged in the example campaign."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def __call__(
        self,
        found: IssuedNumber | None,
        earlier: CastVote | None = None,
        voter: Voter = VOTER,
        rules: VotingRules = ANYBODY,
        day: str = "2017-11-12",
    ) -> VoteVerdict:
        return judge_vote(voter, found, earlier, rules=rules, calendar=self.calendar, at=moscow(f"{day} 12:00"))


def test_a_first_vote_for_a_claimed_number_counts(judged: Judged) -> None:
    assert judged(issued(1, to=ANNA)) == VoteCounts(VOTER.pseudonym, None, number(1), NOON)


def test_the_same_press_repeated_shows_the_same_vote(judged: Judged) -> None:
    assert judged(issued(1, to=ANNA), FIRST) == SameVote(FIRST)


def test_the_receipt_still_shows_after_voting_has_closed(judged: Judged) -> None:
    assert judged(issued(1, to=ANNA), FIRST, day="2017-12-10") == SameVote(FIRST)


def test_a_second_vote_is_refused_and_names_the_first(judged: Judged) -> None:
    assert judged(issued(2, to=ANNA), FIRST) == VotedForAnother(FIRST)


def test_an_unclaimed_unknown_or_revoked_number_cannot_be_voted_for(judged: Judged) -> None:
    assert judged(issued(1)) == NumberUnclaimed()
    assert judged(None) == UnknownNumber()
    assert judged(issued(1, to=ANNA, revoked_at=NOON)) == NumberRevoked()


def test_a_participant_votes_for_others_but_not_for_the_own_number(judged: Judged) -> None:
    participant = replace(VOTER, own=number(1))
    assert judged(issued(1, to=ANNA), voter=participant) == OwnNumberRefused()
    assert isinstance(judged(issued(2, to=ANNA), voter=participant), VoteCounts)


def test_a_campaign_may_allow_votes_for_the_own_number(judged: Judged) -> None:
    rules = VotingRules(VoterPolicy.ANY, own_vote=True)
    assert isinstance(judged(issued(1, to=ANNA), voter=replace(VOTER, own=number(1)), rules=rules), VoteCounts)


def test_an_erased_account_cannot_vote_a_second_time(judged: Judged) -> None:
    assert judged(issued(1, to=ANNA), voter=replace(VOTER, is_erased=True)) == AccountErased()


def test_votes_outside_the_voting_period_are_told_when_it_was(judged: Judged) -> None:
    assert judged(issued(1, to=ANNA), day="2017-11-07") == NotYet(date(2017, 11, 8))
    assert judged(issued(1, to=ANNA), day="2017-12-04") == Closed(date(2017, 12, 3))


def test_where_only_confirmed_accounts_vote_a_voter_key_is_needed(judged: Judged) -> None:
    rules, keyed = VotingRules(VoterPolicy.CONFIRMED), replace(VOTER, voter_key=Pseudonym("k1"))
    assert judged(issued(1, to=ANNA), rules=rules) == NotConfirmed()
    assert judged(issued(1, to=ANNA), voter=keyed, rules=rules) == VoteCounts(
        VOTER.pseudonym, Pseudonym("k1"), number(1), NOON
    )


def test_a_pseudonym_is_the_same_for_the_same_account_and_differs_otherwise() -> None:
    key = b"k" * 32
    assert pseudonym(key, "vk", 1) == pseudonym(key, "vk", 1)
    names = {pseudonym(key, "vk", 1), pseudonym(key, "vk", 2), pseudonym(key, "max", 1), pseudonym(b"other", "vk", 1)}
    assert len(names) == 4


def test_an_account_and_a_voter_key_of_the_same_text_have_different_pseudonyms() -> None:
    assert pseudonym(b"k", "vk", 1) != key_pseudonym(b"k", "vk:1")
