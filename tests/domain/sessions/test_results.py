"""What the ballots of a session came to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import Pseudonym, RoundId, TeamId
from bot.domain.sessions.results import (
    NO_HASH,
    CountedBallot,
    Score,
    TieRule,
    log_hash,
    places,
    shares,
    summed,
    turnout,
)
from tests.domain.builders import MOSCOW
from tests.domain.sessions.builders import BEGINS, EAGLES, FOXES, OWLS

SCORES = st.lists(
    st.builds(
        Score, st.integers(1, 6).map(TeamId), st.integers(0, 4), st.integers(0, 2), st.integers(0, 9), st.integers(0, 3)
    ),
    max_size=5,
    unique_by=lambda score: score.team,
)
RULES = st.sampled_from(TieRule)


def score(team: TeamId, ballots: int, jury: int = 0) -> Score:
    return Score(team, ballots, jury)


def ranked(*scores: Score, rule: TieRule = TieRule.SHARED) -> list[tuple[TeamId, int, int]]:
    return [(place.score.team, place.first, place.last) for place in places(scores, rule)]


# --- places


def test_more_ballots_go_first_and_each_team_has_a_place_of_its_own() -> None:
    assert ranked(score(EAGLES, 3), score(OWLS, 7), score(FOXES, 5)) == [(OWLS, 1, 1), (FOXES, 2, 2), (EAGLES, 3, 3)]


def test_teams_with_equal_ballots_share_their_places_and_the_next_is_counted_on() -> None:
    assert ranked(score(EAGLES, 5), score(OWLS, 5), score(FOXES, 1)) == [(EAGLES, 1, 2), (OWLS, 1, 2), (FOXES, 3, 3)]
    assert ranked(score(EAGLES, 5), score(OWLS, 1), score(FOXES, 1)) == [(EAGLES, 1, 1), (OWLS, 2, 3), (FOXES, 2, 3)]


def test_a_shared_place_is_named_as_shared_and_a_single_one_is_not() -> None:
    assert [
        place.is_shared for place in places([score(EAGLES, 5), score(OWLS, 5), score(FOXES, 1)], TieRule.SHARED)
    ] == [
        True,
        True,
        False,
    ]


def test_jurors_tell_equal_teams_apart_only_where_that_was_chosen() -> None:
    tied = (score(EAGLES, 5, jury=1), score(OWLS, 5, jury=2), score(FOXES, 6))
    assert ranked(*tied, rule=TieRule.JURY) == [(FOXES, 1, 1), (OWLS, 2, 2), (EAGLES, 3, 3)]
    assert ranked(*tied, rule=TieRule.SHARED) == [(FOXES, 1, 1), (EAGLES, 2, 3), (OWLS, 2, 3)]


def test_teams_equal_with_members_and_jurors_share_even_under_the_jury_rule() -> None:
    assert ranked(score(EAGLES, 5, jury=1), score(OWLS, 5, jury=1), rule=TieRule.JURY) == [(EAGLES, 1, 2), (OWLS, 1, 2)]


def test_any_number_of_jurors_outweighs_no_ballot_of_a_member() -> None:
    assert ranked(score(EAGLES, 4, jury=9), score(OWLS, 5), rule=TieRule.JURY) == [(OWLS, 1, 1), (EAGLES, 2, 2)]


def test_where_nobody_has_voted_all_teams_share_all_places() -> None:
    assert ranked(score(EAGLES, 0), score(OWLS, 0), score(FOXES, 0)) == [(EAGLES, 1, 3), (OWLS, 1, 3), (FOXES, 1, 3)]
    assert ranked() == []


@given(scores=SCORES, rule=RULES)
def test_every_team_has_a_place_and_it_tells_how_many_are_before_it_and_beside_it(
    scores: list[Score], rule: TieRule
) -> None:
    def worth(one: Score) -> tuple[int, int]:
        return one.ballots, one.jury if rule is TieRule.JURY else 0

    found = places(scores, rule)
    assert sorted(place.score.team for place in found) == sorted(one.team for one in scores)
    for place in found:
        before = sum(worth(one) > worth(place.score) for one in scores)
        level = sum(worth(one) == worth(place.score) for one in scores)
        assert (place.first, place.last) == (before + 1, before + level)
    assert [place.first for place in found] == sorted(place.first for place in found)


# --- over the stages


def test_the_sum_over_the_stages_adds_members_to_members_and_jurors_to_jurors() -> None:
    first = [Score(EAGLES, 3, 1, 10, 2), Score(OWLS, 4, 0, 11, 2)]
    second = [Score(EAGLES, 2, 0, 9, 2), Score(OWLS, 0, 2, 8, 1)]
    assert summed([first, second]) == [Score(EAGLES, 5, 1, 19, 4), Score(OWLS, 4, 2, 19, 3)]


def test_a_team_that_stood_in_one_stage_only_is_in_the_sum_with_what_it_got() -> None:
    assert summed([[Score(EAGLES, 3)], [Score(EAGLES, 1), Score(FOXES, 2)]]) == [Score(EAGLES, 4), Score(FOXES, 2)]
    assert summed([]) == summed([[]]) == []


@given(rounds=st.lists(SCORES, max_size=3))
def test_no_ballot_is_lost_or_counted_twice_in_the_sum(rounds: list[list[Score]]) -> None:
    total = summed(rounds)
    assert len({one.team for one in total}) == len(total)
    assert counted(total) == counted([one for scores in rounds for one in scores])


def counted(scores: list[Score]) -> tuple[int, int, int, int]:
    return (
        sum(one.ballots for one in scores),
        sum(one.jury for one in scores),
        sum(one.could_vote for one in scores),
        sum(one.jury_could for one in scores),
    )


def test_who_has_not_voted_yet_is_everybody_entitled_but_those_who_did() -> None:
    assert [turnout(28, 40), turnout(40, 40), turnout(0, 0)] == [12, 0, 0]


def test_shares_are_whole_per_cents_and_nought_where_nothing_was_counted() -> None:
    assert shares({0: 1, 1: 2}) == {0: 33, 1: 67}
    assert shares({0: 0, 1: 0}) == {0: 0, 1: 0}
    assert shares({}) == {}


# --- the log


def ballot(number: int = 1, team: TeamId = EAGLES, voter: str = "a1", *, is_juror: bool = False) -> CountedBallot:
    return CountedBallot(number, Pseudonym(voter), team, is_juror, BEGINS)


BALLOTS = st.lists(
    st.builds(
        CountedBallot,
        st.integers(1, 99),
        st.text("0123456789abcdef", min_size=4, max_size=4).map(Pseudonym),
        st.sampled_from([EAGLES, OWLS, FOXES]),
        st.booleans(),
        st.integers(0, 300_000_000).map(lambda us: BEGINS + timedelta(microseconds=us)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.number,
)
ALTERATIONS: list[Callable[[CountedBallot], CountedBallot]] = [
    lambda one: replace(one, number=one.number + 100),
    lambda one: replace(one, voter=Pseudonym(one.voter + "0")),
    lambda one: replace(one, team=TeamId(one.team + 1)),
    lambda one: replace(one, is_juror=not one.is_juror),
    lambda one: replace(one, cast_at=one.cast_at + timedelta(microseconds=1)),
]


@given(ballots=BALLOTS, place=st.integers(0, 5), alter=st.sampled_from(ALTERATIONS))
def test_any_altered_line_of_the_log_changes_the_hash(
    ballots: list[CountedBallot], place: int, alter: Callable[[CountedBallot], CountedBallot]
) -> None:
    altered = list(ballots)
    altered[place % len(ballots)] = alter(altered[place % len(ballots)])
    assert log_hash(NO_HASH, RoundId(1), altered) != log_hash(NO_HASH, RoundId(1), ballots)


@given(ballots=BALLOTS, place=st.integers(0, 5))
def test_a_line_cut_out_of_the_log_changes_the_hash(ballots: list[CountedBallot], place: int) -> None:
    cut = list(ballots)
    del cut[place % len(ballots)]
    assert log_hash(NO_HASH, RoundId(1), cut) != log_hash(NO_HASH, RoundId(1), ballots)


@given(ballots=BALLOTS, chance=st.randoms(use_true_random=False))
def test_the_hash_is_the_same_in_whatever_order_the_lines_are_read(
    ballots: list[CountedBallot], chance: Random
) -> None:
    other = list(ballots)
    chance.shuffle(other)
    assert log_hash(NO_HASH, RoundId(1), other) == log_hash(NO_HASH, RoundId(1), ballots)


def test_a_hash_covers_every_round_before_it_as_well() -> None:
    first = log_hash(NO_HASH, RoundId(1), [ballot()])
    other = log_hash(NO_HASH, RoundId(1), [ballot(team=OWLS)])
    assert log_hash(first, RoundId(2), [ballot(2)]) != log_hash(other, RoundId(2), [ballot(2)])


def test_a_round_without_ballots_still_has_a_hash_of_its_own() -> None:
    assert log_hash(NO_HASH, RoundId(1), []) not in (NO_HASH, log_hash(NO_HASH, RoundId(1), [ballot()]))


def test_the_lines_of_two_rounds_are_never_taken_for_each_other() -> None:
    assert log_hash(NO_HASH, RoundId(1), [ballot()]) != log_hash(NO_HASH, RoundId(2), [ballot()])


def test_the_zone_in_which_an_instant_is_written_does_not_matter_to_the_hash() -> None:
    by_moscow = replace(ballot(), cast_at=BEGINS.astimezone(MOSCOW))
    assert log_hash(NO_HASH, RoundId(1), [by_moscow]) == log_hash(NO_HASH, RoundId(1), [ballot()])


@pytest.mark.parametrize("is_juror", [True, False])
def test_the_hash_is_that_of_the_lines_which_the_exported_log_shows(is_juror: bool) -> None:
    kind = "jury" if is_juror else "member"
    lines = f"{NO_HASH}\n7|1|a1|{EAGLES}|{kind}|2017-11-14T09:00:00.000000+00:00\n"
    assert log_hash(NO_HASH, RoundId(7), [ballot(is_juror=is_juror)]) == sha256(lines.encode()).hexdigest()
