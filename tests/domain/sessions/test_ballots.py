"""What a press on a team's button counts as."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import MemberId, RoundId, TeamId
from bot.domain.sessions.ballots import (
    Accepted,
    AcceptedBefore,
    AlreadyVoted,
    Elector,
    NotEntitled,
    OwnTeam,
    Refusal,
    RefusedWhy,
    Round,
    Verdict,
    VotingClosed,
    judge_ballot,
    why,
)
from tests.domain.sessions.builders import BEGINS, EAGLES, FOXES, OWLS, after

OPEN = Round(RoundId(1), frozenset({EAGLES, OWLS}), BEGINS, BEGINS + after(5))
EAGLE = Elector(MemberId(1), is_juror=False, own_teams=frozenset({EAGLES}))
JUROR = Elector(MemberId(2), is_juror=True, own_teams=frozenset())
A_MICROSECOND = timedelta(microseconds=1)


def judged(
    choice: TeamId = OWLS,
    *,
    earlier: TeamId | None = None,
    elector: Elector | None = EAGLE,
    of_round: Round = OPEN,
    minutes: float = 1,
) -> Verdict:
    return judge_ballot(of_round, elector, earlier, choice, at=BEGINS + after(minutes))


def test_a_member_votes_for_another_team_and_a_juror_for_any() -> None:
    assert judged(OWLS) == Accepted(OWLS)
    assert judged(EAGLES, elector=JUROR) == Accepted(EAGLES)


def test_a_round_takes_presses_from_its_first_instant_until_just_before_its_last() -> None:
    first, last = OPEN.opened_at, OPEN.closes_at
    assert [OPEN.takes(at) for at in (first - A_MICROSECOND, first, last - A_MICROSECOND, last)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("minutes", [-1, 5, 6])
def test_a_press_before_the_opening_or_from_the_end_on_is_too_early_or_too_late(minutes: float) -> None:
    assert judged(minutes=minutes) == VotingClosed()


def test_a_closed_round_takes_no_press_even_one_that_arrived_within_its_time() -> None:
    assert judged(of_round=replace(OPEN, closed=True)) == VotingClosed()


def test_a_team_that_did_not_stand_when_the_vote_opened_cannot_be_chosen() -> None:
    assert judged(FOXES) == VotingClosed()


def test_the_same_press_repeated_is_accepted_as_before_and_no_second_ballot() -> None:
    assert judged(OWLS, earlier=OWLS) == AcceptedBefore(OWLS)


def test_a_second_choice_is_refused_and_names_the_first() -> None:
    voted_for_foxes = replace(OPEN, candidates=frozenset({EAGLES, OWLS, FOXES}))
    assert judged(OWLS, earlier=FOXES, of_round=voted_for_foxes) == AlreadyVoted(FOXES)


def test_who_was_in_no_team_and_no_juror_when_it_opened_is_not_entitled() -> None:
    assert judged(OWLS, elector=None) == NotEntitled()


def test_every_team_that_a_member_has_been_in_is_an_own_team() -> None:
    moved = replace(EAGLE, own_teams=frozenset({EAGLES, OWLS}))
    assert [judged(team, elector=moved) for team in (EAGLES, OWLS)] == [OwnTeam(EAGLES), OwnTeam(OWLS)]


def test_a_juror_who_had_been_in_a_team_does_not_vote_for_it() -> None:
    once_an_eagle = replace(JUROR, own_teams=frozenset({EAGLES}))
    assert judged(EAGLES, elector=once_an_eagle) == OwnTeam(EAGLES)
    assert judged(OWLS, elector=once_an_eagle) == Accepted(OWLS)


@given(
    choice=st.sampled_from([EAGLES, OWLS, FOXES]),
    earlier=st.sampled_from([None, EAGLES, OWLS]),
    elector=st.sampled_from([None, EAGLE, JUROR, replace(JUROR, own_teams=frozenset({OWLS}))]),
    closed=st.booleans(),
    seconds=st.integers(-2, 302),
)
def test_of_several_reasons_to_refuse_a_press_the_first_in_order_is_told(
    choice: TeamId, earlier: TeamId | None, elector: Elector | None, closed: bool, seconds: int
) -> None:
    verdict = judged(
        choice, earlier=earlier, elector=elector, of_round=replace(OPEN, closed=closed), minutes=seconds / 60
    )
    is_open = not closed and 0 <= seconds < 300 and choice is not FOXES
    if not is_open:
        assert verdict == VotingClosed()
    elif earlier is not None:
        assert verdict == (AcceptedBefore(earlier) if earlier == choice else AlreadyVoted(earlier))
    elif elector is None:
        assert verdict == NotEntitled()
    else:
        assert verdict == (OwnTeam(choice) if choice in elector.own_teams else Accepted(choice))


def test_every_refusal_has_a_reason_of_its_own_in_the_protocol() -> None:
    refusals: list[Refusal] = [VotingClosed(), AlreadyVoted(OWLS), NotEntitled(), OwnTeam(OWLS)]
    assert [why(refusal) for refusal in refusals] == list(RefusedWhy)
