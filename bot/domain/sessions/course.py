"""The course of a session: which step of the agenda runs, until when, and what its moderator may do next.

A step is one phase with its timer: a quiz, a team's work, one presentation, a vote, a talk. Its end is an instant that
is stored, never a wait; `due` says when the next thing happens by itself, `ticked` does it. Times are campaign time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.identifiers import StageId, TeamId
from bot.domain.sessions.agenda import Phase, Stage

WARNED_BEFORE: Final = timedelta(minutes=5)
ENDING_NOTICE: Final = timedelta(seconds=60)  # a vote that is ended early is announced so long before
# A press counts by its arrival; whatever arrived in time has been stored and handled when the vote is closed.
SETTLING: Final = timedelta(seconds=1)
EXTENSION: Final = timedelta(minutes=5)
VOTE_EXTENSION: Final = timedelta(minutes=2)
FEWEST_TEAMS: Final = 2


class SessionState(StrEnum):
    """Where a session stands as a whole."""

    PREPARING = "preparing"  # agenda and teams are made, people join
    RUNNING = "running"  # from the first step on
    FINISHED = "finished"  # the results were announced; nothing changes any more
    DROPPED = "dropped"  # given up before it began

    @property
    def is_live(self) -> bool:
        """Whether it is still prepared or run; a conversation has at most one such session."""
        return self in (SessionState.PREPARING, SessionState.RUNNING)


class StepState(StrEnum):
    """Where the timer of a step stands."""

    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Step:
    """One phase in progress. team: whose presentation it is. ends_at: while it runs; left: while it is paused.

    warned: that five minutes are left was said. extended: the vote was extended. ending_early: its end was announced.
    """

    stage: StageId
    phase: Phase
    state: StepState
    team: TeamId | None = None
    ends_at: datetime | None = None
    left: timedelta | None = None
    warned: bool = False
    extended: bool = False
    ending_early: bool = False

    @property
    def is_open_vote(self) -> bool:
        """Whether ballots are taken."""
        return self.phase is Phase.VOTE and self.state is StepState.RUNNING


@dataclass(frozen=True, slots=True)
class Planned:
    """A step that may be begun."""

    stage: Stage
    phase: Phase
    team: TeamId | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """All that decides what may be done. teams: those with members, in the order of their numbers.

    step: the last one that was begun; None before the first. finished: the results were announced.
    questions_left, question_open: of the stage's quiz.
    """

    agenda: tuple[Stage, ...]
    teams: tuple[TeamId, ...]
    gathered: bool
    step: Step | None = None
    finished: bool = False
    questions_left: int = 0
    question_open: bool = False


class Act(StrEnum):
    """What a moderator does by a button of the desk; each is in the protocol."""

    GATHER = "gather"  # «Команды собраны»
    BEGIN = "begin"  # the next step
    TO_VOTE = "to-vote"  # the stage's vote, without the presentations that are left
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    END = "end"
    NEW_ROUND = "new-round"  # «Новый раунд»: the closed vote stays as it is
    ASK = "ask"  # the quiz's next question
    REVEAL = "reveal"  # closes the question and shows the answers
    FINISH = "finish"  # «Подвести итоги»


def following(course: Course) -> Planned | None:
    """The step that comes next by the agenda; None at its end."""
    steps = list(_steps(course))
    if course.step is None:
        return steps[0] if steps else None
    done = [place for place, one in enumerate(steps) if _is_at(one, course.step)]
    if done:
        return next(iter(steps[done[-1] + 1 :]), None)
    # The team that presented is no more, or the stage was shortened meanwhile: go on with what is left of it.
    return next((one for one in steps if _is_behind(course, one, course.step)), None)


def vote_of(course: Course) -> Planned | None:
    """The vote of the stage in progress, which has not come yet."""
    step = course.step
    if step is None or step.phase not in (Phase.WORK, Phase.PRESENTATION):
        return None
    stage = _stage(course, step.stage)
    return Planned(stage, Phase.VOTE) if stage is not None and Phase.VOTE in stage.phases else None


def possible(course: Course) -> tuple[Act, ...]:
    """What the moderator may do now, the most likely first."""
    if course.finished:
        return ()
    step = course.step
    if step is not None and step.is_open_vote:
        return _of_open_vote(step)
    may_go_on = _may_go_on(step)
    acts = [Act.BEGIN] if may_go_on and _can_begin(course, following(course)) else []
    acts += _of_step(course, step)
    if may_go_on and _can_skip_to_vote(course):
        acts.append(Act.TO_VOTE)
    if not course.gathered and len(course.teams) >= FEWEST_TEAMS:
        acts.insert(0 if may_go_on and _needs_teams(following(course)) else len(acts), Act.GATHER)
    if step is not None and step.state is StepState.OVER:
        acts.append(Act.FINISH)
    return tuple(acts)


def may_be_done(course: Course, act: Act, *, at: datetime) -> bool:
    """Whether a press that arrived then may do it: a vote whose time has passed is neither extended nor ended."""
    step = course.step
    time_has_passed = step is not None and step.is_open_vote and step.ends_at is not None and at >= step.ends_at
    return act in possible(course) and not time_has_passed


def begun(planned: Planned, *, at: datetime) -> Step:
    """The step from its first instant on; a very short one needs no «осталось 5 минут»."""
    lasts = planned.stage.minutes.of(planned.phase)
    return Step(
        planned.stage.id,
        planned.phase,
        StepState.RUNNING,
        planned.team,
        ends_at=at + lasts,
        warned=lasts <= WARNED_BEFORE,
    )


def paused(step: Step, *, at: datetime) -> Step:
    """The step with its timer stopped. Raises ValueError for one that does not run, and for a vote."""
    if step.state is not StepState.RUNNING or step.ends_at is None or step.phase is Phase.VOTE:
        raise ValueError(f"a {step.phase} that is {step.state} cannot be paused")
    return replace(step, state=StepState.PAUSED, ends_at=None, left=max(step.ends_at - at, timedelta(0)))


def resumed(step: Step, *, at: datetime) -> Step:
    """The step with its timer running again. Raises ValueError for one that is not paused."""
    if step.left is None:
        raise ValueError(f"a step that is {step.state} cannot be resumed")
    return replace(step, state=StepState.RUNNING, ends_at=at + step.left, left=None)


def extended(step: Step) -> Step:
    """The step with more time: 5 minutes, a vote once 2. Raises ValueError where there is no timer to extend."""
    if step.phase is Phase.VOTE and (step.extended or step.ending_early):
        raise ValueError("a vote is extended once, and not after its end was announced")
    if step.left is not None:
        return replace(step, left=step.left + EXTENSION, warned=False)
    if step.ends_at is None:
        raise ValueError("a step that is over is not extended")
    by = VOTE_EXTENSION if step.phase is Phase.VOTE else EXTENSION
    ends_at = step.ends_at + by
    return replace(step, ends_at=ends_at, extended=True, warned=step.phase is Phase.VOTE and step.warned)


def ended(step: Step, *, at: datetime) -> Step:
    """The step ended before its time. A vote ends 60 s after this is announced, or at its own end if that is sooner.

    Raises ValueError for one that is over already.
    """
    if step.state is StepState.OVER:
        raise ValueError("it is over")
    if step.phase is Phase.VOTE and step.ends_at is not None:
        return replace(step, ends_at=min(step.ends_at, at + ENDING_NOTICE), ending_early=True, warned=True)
    return over(step)


def over(step: Step) -> Step:
    """The step at its end."""
    return replace(step, state=StepState.OVER, ends_at=None, left=None, warned=True)


def due(step: Step | None) -> datetime | None:
    """When the next thing happens by itself; None while nothing does."""
    if step is None or step.state is not StepState.RUNNING or step.ends_at is None:
        return None
    if not step.warned:
        return step.ends_at - WARNED_BEFORE
    return step.ends_at + SETTLING if step.phase is Phase.VOTE else step.ends_at


def ticked(step: Step, *, at: datetime) -> Step:
    """The step after what has happened by itself up to an instant.

    «Осталось 5 минут» is left out when the end has come as well: the bot was away, or the clock was moved.
    """
    at_end = replace(step, warned=True)
    ends = due(at_end)
    if ends is not None and at >= ends:
        return over(step)
    warns = due(step)
    return at_end if warns is not None and at >= warns else step


def _of_open_vote(step: Step) -> tuple[Act, ...]:
    if step.ending_early:
        return ()
    return (Act.END,) if step.extended else (Act.EXTEND, Act.END)


def _of_step(course: Course, step: Step | None) -> Iterator[Act]:
    if step is None:
        return
    if step.state is StepState.OVER:
        if step.phase is Phase.VOTE and len(course.teams) >= FEWEST_TEAMS:
            yield Act.NEW_ROUND
        return
    if step.phase is Phase.QUIZ and course.question_open:
        yield Act.REVEAL
    if step.phase is Phase.QUIZ and course.questions_left:
        yield Act.ASK
    yield Act.RESUME if step.state is StepState.PAUSED else Act.PAUSE
    yield from (Act.EXTEND, Act.END)


def _can_skip_to_vote(course: Course) -> bool:
    """Whether presentations are ahead that may be left out."""
    ahead, vote = following(course), vote_of(course)
    return ahead is not None and ahead.phase is Phase.PRESENTATION and _can_begin(course, vote)


def _may_go_on(step: Step | None) -> bool:
    """Whether the next step may be begun by one press; work is ended by a press of its own, so no slip ends it."""
    if step is None or step.state is StepState.OVER:
        return True
    return step.phase in (Phase.PRESENTATION, Phase.TALK)


def _can_begin(course: Course, planned: Planned | None) -> bool:
    if planned is None or not _needs_teams(planned):
        return planned is not None
    return course.gathered and (planned.phase is not Phase.VOTE or len(course.teams) >= FEWEST_TEAMS)


def _needs_teams(planned: Planned | None) -> bool:
    return planned is not None and planned.phase in (Phase.WORK, Phase.PRESENTATION, Phase.VOTE)


def _steps(course: Course) -> Iterator[Planned]:
    for stage in course.agenda:
        for phase in stage.phases:
            if phase is Phase.PRESENTATION:
                yield from (Planned(stage, phase, team) for team in course.teams)
            else:
                yield Planned(stage, phase)


def _is_at(planned: Planned, step: Step) -> bool:
    return (planned.stage.id, planned.phase, planned.team) == (step.stage, step.phase, step.team)


def _is_behind(course: Course, planned: Planned, step: Step) -> bool:
    order = list(Phase)
    stages = [stage.id for stage in course.agenda]
    if step.stage not in stages:
        return False
    here = (stages.index(step.stage), order.index(step.phase))
    return (stages.index(planned.stage.id), order.index(planned.phase)) > here


def _stage(course: Course, stage_id: StageId) -> Stage | None:
    return next((stage for stage in course.agenda if stage.id == stage_id), None)
