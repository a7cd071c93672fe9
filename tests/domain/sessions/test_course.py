"""Where a session stands and what its moderator may do next: steps, timers, votes that end once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import USUAL, Minutes, Phase, Stage, StageKind
from bot.domain.sessions.course import (
    ENDING_NOTICE,
    SETTLING,
    VOTE_EXTENSION,
    Act,
    Course,
    Planned,
    SessionState,
    StepState,
    begun,
    due,
    ended,
    extended,
    following,
    may_be_done,
    over,
    paused,
    possible,
    resumed,
    ticked,
    vote_of,
)
from tests.domain.sessions.acting import BEGINNINGS, acted
from tests.domain.sessions.builders import BEGINS, EAGLES, FOXES, OWLS, after, course, quiz, stage, step, talk

VOTE = step(Phase.VOTE, 5, warned=True)
VOTE_OVER = over(VOTE)
A_SECOND = timedelta(seconds=1)


def at_work(state: StepState = StepState.RUNNING) -> Course:
    return replace(course(), step=step(state=state))


def presenting(team: TeamId = EAGLES) -> Course:
    return replace(course(), step=step(Phase.PRESENTATION, 5, team=team))


def named(planned: Planned | None) -> tuple[int, Phase, TeamId | None] | None:
    return None if planned is None else (planned.stage.id, planned.phase, planned.team)


# --- which step comes next


def test_the_agenda_is_walked_stage_by_stage_with_each_teams_presentation() -> None:
    assert list(walked(course(quiz(1), stage(number=2), talk(3)))) == [
        (1, Phase.QUIZ, None),
        (2, Phase.WORK, None),
        (2, Phase.PRESENTATION, EAGLES),
        (2, Phase.PRESENTATION, OWLS),
        (2, Phase.VOTE, None),
        (3, Phase.TALK, None),
    ]


def walked(at: Course) -> Iterator[tuple[int, Phase, TeamId | None] | None]:
    while (planned := following(at)) is not None:
        yield named(planned)
        at = replace(at, step=over(begun(planned, at=BEGINS)))


def test_an_empty_agenda_has_no_step_to_begin_with() -> None:
    empty = Course((), (EAGLES, OWLS), gathered=True)
    assert following(empty) is None
    assert Act.BEGIN not in possible(empty)


def test_a_team_that_appears_behind_the_one_presenting_presents_as_well() -> None:
    joined = replace(presenting(EAGLES), teams=(EAGLES, OWLS, FOXES))
    assert named(following(joined)) == (1, Phase.PRESENTATION, OWLS)
    assert named(following(replace(joined, step=step(Phase.PRESENTATION, team=OWLS)))) == (
        1,
        Phase.PRESENTATION,
        FOXES,
    )


def test_where_the_presenting_team_is_gone_the_vote_of_the_same_stage_follows() -> None:
    assert named(following(replace(presenting(FOXES), teams=(EAGLES, OWLS)))) == (1, Phase.VOTE, None)


def test_the_step_of_a_stage_that_is_gone_is_followed_by_nothing() -> None:
    assert following(replace(course(stage(number=2)), step=step(stage_id=1))) is None
    assert vote_of(replace(course(stage(number=2)), step=step(stage_id=1))) is None


def test_a_new_round_is_followed_by_what_follows_the_first_one() -> None:
    again = replace(course(stage(), talk(2)), step=over(begun(Planned(stage(), Phase.VOTE), at=BEGINS + after(30))))
    assert named(following(again)) == (2, Phase.TALK, None)


def test_the_vote_ahead_is_that_of_the_stage_in_progress_and_none_after_it() -> None:
    assert named(vote_of(at_work())) == named(vote_of(presenting())) == (1, Phase.VOTE, None)
    assert vote_of(course()) is None
    assert vote_of(replace(course(), step=VOTE_OVER)) is None
    assert vote_of(replace(course(stage(minutes=Minutes(25, 5))), step=step())) is None


# --- what the moderator may do


def test_before_the_teams_are_gathered_work_cannot_begin_and_a_quiz_can() -> None:
    assert possible(course(gathered=False)) == (Act.GATHER,)
    assert possible(course(quiz(), gathered=False)) == (Act.BEGIN, Act.GATHER)
    assert possible(course(talk(), gathered=False)) == (Act.BEGIN, Act.GATHER)
    assert possible(course()) == (Act.BEGIN,)


@pytest.mark.parametrize("teams", [(), (EAGLES,)])
def test_teams_are_gathered_only_when_two_of_them_have_members(teams: tuple[TeamId, ...]) -> None:
    assert possible(course(teams=teams, gathered=False)) == ()


def test_running_work_is_paused_extended_or_ended_but_nothing_begins_over_it() -> None:
    assert possible(at_work()) == (Act.PAUSE, Act.EXTEND, Act.END)
    assert possible(at_work(StepState.PAUSED)) == (Act.RESUME, Act.EXTEND, Act.END)


def test_work_that_is_over_goes_on_with_presentations_or_with_the_vote() -> None:
    assert possible(at_work(StepState.OVER)) == (Act.BEGIN, Act.TO_VOTE, Act.FINISH)


def test_the_next_presentation_begins_by_one_press_on_a_running_one() -> None:
    assert possible(presenting(EAGLES)) == (Act.BEGIN, Act.PAUSE, Act.EXTEND, Act.END, Act.TO_VOTE)
    assert possible(presenting(OWLS)) == (Act.BEGIN, Act.PAUSE, Act.EXTEND, Act.END)


def test_an_open_vote_can_only_be_extended_or_ended_and_each_once() -> None:
    at = replace(course(), step=VOTE)
    assert possible(at) == (Act.EXTEND, Act.END)
    assert possible(replace(at, step=extended(VOTE))) == (Act.END,)
    assert possible(replace(at, step=ended(VOTE, at=BEGINS))) == ()
    assert possible(replace(at, step=ended(extended(VOTE), at=BEGINS))) == ()


def test_a_closed_vote_takes_a_new_round_and_is_never_extended_or_resumed() -> None:
    assert possible(replace(course(), step=VOTE_OVER)) == (Act.NEW_ROUND, Act.FINISH)
    assert possible(replace(course(stage(), talk(2)), step=VOTE_OVER)) == (Act.BEGIN, Act.NEW_ROUND, Act.FINISH)


def test_a_quiz_asks_while_questions_are_left_and_reveals_while_one_is_open() -> None:
    at = replace(course(quiz()), step=step(Phase.QUIZ))
    timer = (Act.PAUSE, Act.EXTEND, Act.END)
    assert possible(replace(at, questions_left=2)) == (Act.ASK, *timer)
    assert possible(replace(at, questions_left=1, question_open=True)) == (Act.REVEAL, Act.ASK, *timer)
    assert possible(replace(at, question_open=True)) == (Act.REVEAL, *timer)
    assert possible(at) == timer
    assert possible(replace(at, step=step(Phase.QUIZ, state=StepState.OVER), questions_left=2)) == (Act.FINISH,)


def test_nothing_is_possible_in_a_session_whose_results_were_announced() -> None:
    for one in (None, step(), VOTE_OVER):
        assert possible(replace(course(gathered=False), step=one, finished=True)) == ()


def test_a_session_is_live_until_it_is_finished_or_given_up() -> None:
    assert [state for state in SessionState if state.is_live] == [SessionState.PREPARING, SessionState.RUNNING]


# --- the timer


def test_a_step_begins_with_all_of_its_time_and_is_warned_of_five_minutes_before_the_end() -> None:
    work = begun(Planned(stage(), Phase.WORK), at=BEGINS)
    assert work == step(lasts=25)
    assert due(work) == BEGINS + after(20)
    assert due(ticked(work, at=BEGINS + after(20))) == BEGINS + after(25)


def test_a_step_of_five_minutes_needs_no_warning_that_five_are_left() -> None:
    presentation = begun(Planned(stage(), Phase.PRESENTATION, OWLS), at=BEGINS)
    assert (presentation.team, presentation.warned, due(presentation)) == (OWLS, True, BEGINS + after(5))


def test_the_warning_comes_at_its_instant_and_the_end_at_its_own_and_not_before() -> None:
    work = step(lasts=25)
    assert ticked(work, at=BEGINS + after(20) - A_SECOND) == work
    warned = ticked(work, at=BEGINS + after(20))
    assert warned == replace(work, warned=True)
    assert ticked(warned, at=BEGINS + after(25) - A_SECOND) == warned
    assert ticked(warned, at=BEGINS + after(25)) == over(work)


def test_the_warning_is_left_out_when_the_end_has_come_as_well() -> None:
    assert ticked(step(lasts=25), at=BEGINS + after(40)) == over(step())


def test_a_vote_ends_only_when_presses_of_its_last_instant_have_settled() -> None:
    end = BEGINS + after(5)
    assert due(VOTE) == end + SETTLING
    assert ticked(VOTE, at=end) == VOTE
    assert ticked(VOTE, at=end + SETTLING) == VOTE_OVER


def test_nothing_happens_by_itself_before_the_first_step_in_a_pause_or_after_the_end() -> None:
    for one in (None, step(state=StepState.PAUSED), over(step())):
        assert due(one) is None
    rests = step(state=StepState.PAUSED)
    assert ticked(rests, at=BEGINS + after(10_000)) == rests


def test_a_pause_keeps_the_time_that_was_left_however_long_it_lasts() -> None:
    rests = paused(step(lasts=25), at=BEGINS + after(10))
    assert (rests.state, rests.ends_at, rests.left) == (StepState.PAUSED, None, after(15))
    goes_on = resumed(rests, at=BEGINS + after(300))
    assert (goes_on.state, goes_on.ends_at, goes_on.left) == (StepState.RUNNING, BEGINS + after(315), None)


def test_a_pause_after_the_end_that_nobody_has_noticed_leaves_no_time() -> None:
    assert paused(step(lasts=25), at=BEGINS + after(26)).left == timedelta(0)


def test_an_open_vote_is_never_paused_and_neither_is_what_does_not_run() -> None:
    for one in (VOTE, extended(VOTE), VOTE_OVER, over(step()), step(state=StepState.PAUSED)):
        with pytest.raises(ValueError, match="cannot be paused"):
            paused(one, at=BEGINS)


def test_only_what_is_paused_can_be_resumed_and_a_closed_vote_cannot() -> None:
    for one in (step(), over(step()), VOTE, VOTE_OVER):
        with pytest.raises(ValueError, match="cannot be resumed"):
            resumed(one, at=BEGINS)


def test_more_time_is_five_minutes_and_its_last_five_are_announced_anew() -> None:
    more = extended(step(lasts=25, warned=True))
    assert (more.ends_at, more.warned) == (BEGINS + after(30), False)
    assert due(more) == BEGINS + after(25)
    resting = extended(step(lasts=3, state=StepState.PAUSED, warned=True))
    assert (resting.state, resting.left, resting.warned) == (StepState.PAUSED, after(8), False)


def test_a_vote_is_extended_once_by_two_minutes_and_then_no_more() -> None:
    more = extended(VOTE)
    assert (more.ends_at, more.extended, more.warned) == (BEGINS + after(5) + VOTE_EXTENSION, True, True)
    with pytest.raises(ValueError, match="extended once"):
        extended(more)


def test_a_vote_whose_end_was_announced_is_not_extended_any_more() -> None:
    with pytest.raises(ValueError, match="after its end was announced"):
        extended(ended(VOTE, at=BEGINS))


def test_what_is_over_is_neither_extended_nor_ended_again() -> None:
    for one in (over(step()), VOTE_OVER):
        with pytest.raises(ValueError, match="over"):
            extended(one)
        with pytest.raises(ValueError, match="over"):
            ended(one, at=BEGINS)


def test_work_ended_early_is_over_at_once_even_from_a_pause() -> None:
    assert ended(step(), at=BEGINS) == over(step())
    assert ended(step(state=StepState.PAUSED), at=BEGINS) == over(step())


def test_a_vote_ended_early_takes_ballots_for_sixty_seconds_more() -> None:
    announced = ended(VOTE, at=BEGINS + after(1))
    assert announced.is_open_vote
    assert (announced.ends_at, announced.ending_early) == (BEGINS + after(1) + ENDING_NOTICE, True)
    assert timedelta(seconds=60) == ENDING_NOTICE


def test_a_vote_ended_in_its_last_minute_ends_when_it_would_have_ended() -> None:
    assert ended(VOTE, at=BEGINS + after(4.5)).ends_at == VOTE.ends_at


# --- whatever is pressed, however late the clock looks

SECONDS = st.sampled_from([0, 1, 59, 60, 61, 119, 120, 121, 299, 300, 301, 600, 1_500])
TEAMS = st.sampled_from([(EAGLES, OWLS), (EAGLES, OWLS, FOXES), (OWLS, FOXES)])
TASK, QUIZ, TALK = StageKind.TASK, StageKind.QUIZ, StageKind.TALK
AGENDAS = st.lists(st.sampled_from([TASK, TASK, QUIZ, TALK]), min_size=1, max_size=3).map(
    lambda kinds: tuple(stage(kind, USUAL[kind], number) for number, kind in enumerate(kinds, start=1))
)

AS_MANY = settings(max_examples=30)  # a sequence is long


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in a session. act: None where the clock looked, or members were moved."""

    at: datetime
    before: Course
    act: Act | None
    after: Course


@dataclass(frozen=True, slots=True)
class Drawn:
    """What happens next: so long after the last, the clock looks first or not, one of the possible acts or a move."""

    seconds: int
    clock_looks: bool
    place: int
    teams: tuple[TeamId, ...]


PLACES = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 9])  # the most likely act comes first; 9: none, members are moved
HAPPENINGS = st.lists(st.builds(Drawn, SECONDS, st.booleans(), PLACES, TEAMS), min_size=20, max_size=35)


def moments(agenda: tuple[Stage, ...], happenings: Sequence[Drawn]) -> Iterator[Moment]:
    """A session in the hands of somebody who presses whatever is possible but «Подвести итоги», which ends it."""
    at, now = replace(course(*agenda, gathered=False), questions_left=3), BEGINS
    for drawn in happenings:
        now += timedelta(seconds=drawn.seconds)
        if drawn.clock_looks and at.step is not None:
            looked = replace(at, step=ticked(at.step, at=now))
            yield Moment(now, at, None, looked)
            at = looked
        acts = [act for act in possible(at) if act is not Act.FINISH and may_be_done(at, act, at=now)]
        if drawn.place < len(acts):
            pressed = acted(at, acts[drawn.place], at=now)
            yield Moment(now, at, acts[drawn.place], pressed)
            at = pressed
        elif at.step is None or not at.step.is_open_vote:
            at = replace(at, teams=drawn.teams)


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_whatever_is_pressed_only_a_running_timer_has_an_end_and_only_a_paused_one_a_rest(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    for moment in moments(agenda, happenings):
        if (one := moment.after.step) is not None:
            assert (one.ends_at is not None) == (one.state is StepState.RUNNING)
            assert (one.left is not None) == (one.state is StepState.PAUSED)


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_whatever_is_pressed_no_vote_rests_and_what_is_over_never_runs_again(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    for moment in moments(agenda, happenings):
        before, now = moment.before.step, moment.after.step
        assert now is None or now.phase is not Phase.VOTE or now.state is not StepState.PAUSED
        if before is not None and before.state is StepState.OVER and moment.act not in BEGINNINGS:
            assert now == before


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_whatever_is_pressed_nothing_begins_while_a_vote_is_open_or_work_goes_on(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    for moment in moments(agenda, happenings):
        before = moment.before.step
        if moment.act in BEGINNINGS and before is not None and before.state is not StepState.OVER:
            assert before.phase in (Phase.PRESENTATION, Phase.TALK)


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_whatever_is_pressed_a_vote_lasts_its_time_and_at_most_one_extension(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    began_at = BEGINS
    for moment in moments(agenda, happenings):
        began_at = moment.at if moment.act in BEGINNINGS else began_at
        now = moment.after.step
        if now is not None and now.is_open_vote and now.ends_at is not None:
            assert now.ends_at <= began_at + after(5) + VOTE_EXTENSION
            if moment.act is Act.END:
                assert now.ends_at >= min(began_at + after(5), moment.at + ENDING_NOTICE)


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_however_late_the_clock_looks_nothing_that_was_due_is_left(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    for moment in moments(agenda, happenings):
        if moment.act is None:
            comes_next = due(moment.after.step)
            assert comes_next is None or comes_next > moment.at
            assert moment.after.step is None or ticked(moment.after.step, at=moment.at) == moment.after.step


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_work_and_votes_come_only_after_the_teams_were_gathered(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    for moment in moments(agenda, happenings):
        if moment.after.step is not None and moment.after.step.phase not in (Phase.QUIZ, Phase.TALK):
            assert moment.after.gathered


@given(agenda=AGENDAS, happenings=HAPPENINGS)
@AS_MANY
def test_from_wherever_a_session_stands_what_follows_goes_on_in_order_and_ends(
    agenda: tuple[Stage, ...], happenings: list[Drawn]
) -> None:
    order = [Phase.QUIZ, Phase.WORK, Phase.PRESENTATION, Phase.VOTE, Phase.TALK]
    for moment in moments(agenda, happenings):
        places = [
            (one[0], order.index(one[1]), moment.after.teams.index(one[2]) if one[2] is not None else 0)
            for one in walked(moment.after)
            if one is not None
        ]
        assert places == sorted(set(places))
        if places and moment.after.step is not None:
            assert places[0][:2] >= (moment.after.step.stage, order.index(moment.after.step.phase))
