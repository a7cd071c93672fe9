"""Whatever people do in whatever order: one ballot each, of who was entitled, never for a team of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given, settings

from bot.domain.sessions.ballots import Accepted
from bot.domain.sessions.teams import MemberRole
from tests.domain.sessions.in_memory import InMemory
from tests.domain.sessions.sequences import (
    MODERATORS,
    Cast,
    Chooses,
    Happening,
    Joins,
    Play,
    PressesAgain,
    Seat,
    Witness,
    stories,
)

STORIES = stories()
AS_MANY = settings(max_examples=30)  # each test draws stories of its own


@dataclass(frozen=True, slots=True)
class Moment:
    """One happening, with who sat where and which ballots there were before it and after it."""

    happening: Happening
    facts: InMemory
    play: Play
    witness: Witness
    seats: tuple[dict[int, Seat], dict[int, Seat]]
    ballots: tuple[list[Cast], list[Cast]]
    vote_was_open: bool


def moments(story: list[Happening]) -> Iterator[Moment]:
    facts, witness = InMemory(), Witness()
    play = Play(facts)
    for happening in story:
        seats, ballots, step = facts.seats(), list(facts.ballots()), facts.step
        play.goes_on(happening)
        witness.looks(facts)
        was_open = step is not None and step.is_open_vote
        yield Moment(
            happening, facts, play, witness, (seats, facts.seats()), (ballots, list(facts.ballots())), was_open
        )


@given(story=STORIES)
@AS_MANY
def test_no_account_ever_has_two_ballots_in_a_round(story: list[Happening]) -> None:
    for moment in moments(story):
        voted = [(ballot.round, ballot.account) for ballot in moment.ballots[1]]
        assert len(set(voted)) == len(voted)


@given(story=STORIES)
@AS_MANY
def test_no_ballot_is_ever_for_a_team_that_its_account_is_or_was_in(story: list[Happening]) -> None:
    for moment in moments(story):
        for ballot in moment.ballots[1]:
            assert ballot.team not in moment.witness.been_in.get(ballot.account, ())


@given(story=STORIES)
@AS_MANY
def test_only_who_was_in_a_team_or_a_juror_at_the_opening_has_a_ballot(story: list[Happening]) -> None:
    for moment in moments(story):
        for ballot in moment.ballots[1]:
            assert ballot.account in moment.witness.entitled[ballot.round]


@given(story=STORIES)
@AS_MANY
def test_nobody_is_ever_put_into_a_team_that_they_have_voted_for(story: list[Happening]) -> None:
    for moment in moments(story):
        for account, seat in moment.seats[1].items():
            assert seat.team not in {ballot.team for ballot in moment.ballots[0] if ballot.account == account}


@given(story=STORIES)
@AS_MANY
def test_nobody_changes_teams_or_roles_while_a_vote_is_open(story: list[Happening]) -> None:
    for moment in moments(story):
        before, now = moment.seats
        if moment.vote_was_open:
            assert before == {account: seat for account, seat in now.items() if account in before}


@given(story=STORIES)
@AS_MANY
def test_once_the_teams_are_gathered_nobody_changes_teams_without_the_moderator(story: list[Happening]) -> None:
    for moment in moments(story):
        before, now = moment.seats
        if moment.facts.course().gathered and not isinstance(moment.happening, MODERATORS):
            assert before == {account: seat for account, seat in now.items() if account in before}


@given(story=STORIES)
@AS_MANY
def test_only_members_are_in_teams_and_each_is_in_one(story: list[Happening]) -> None:
    for moment in moments(story):
        for seat in moment.seats[1].values():
            assert seat.team is None or seat.role is MemberRole.MEMBER


@given(story=STORIES)
@AS_MANY
def test_every_ballot_arrived_while_its_round_took_presses(story: list[Happening]) -> None:
    for moment in moments(story):
        for ballot in moment.ballots[1]:
            stage_round = moment.facts.round(ballot.round).round
            assert stage_round.opened_at <= ballot.cast_at < stage_round.closes_at
            assert ballot.team in stage_round.candidates


@given(story=STORIES)
@AS_MANY
def test_ballots_are_only_added_and_never_to_a_closed_round(story: list[Happening]) -> None:
    for moment in moments(story):
        before, now = moment.ballots
        assert now[: len(before)] == before
        closed = {one.round.id for one in moment.facts.kept if one.round.closed}
        assert not closed & {ballot.round for ballot in now[len(before) :]}


@given(story=STORIES)
@AS_MANY
def test_at_most_one_round_takes_ballots_at_any_time(story: list[Happening]) -> None:
    for moment in moments(story):
        assert sum(not one.round.closed for one in moment.facts.kept) <= 1


@given(story=STORIES)
@AS_MANY
def test_each_accepted_press_is_one_ballot_and_a_repeated_one_is_none(story: list[Happening]) -> None:
    for moment in moments(story):
        accepted = [press for press, verdict in moment.play.verdicts if isinstance(verdict, Accepted)]
        assert [Cast(one.round, one.account, one.team, one.arrived_at) for one in accepted] == moment.ballots[1]
        if isinstance(moment.happening, PressesAgain | Joins | Chooses):
            assert moment.ballots[0] == moment.ballots[1]
