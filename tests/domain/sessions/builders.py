"""Stages, teams and courses for the rules of a session; a test names only what matters to it."""

from datetime import timedelta

from bot.domain.identifiers import StageId, TeamId
from bot.domain.sessions.agenda import Minutes, Phase, Stage, StageKind
from bot.domain.sessions.course import Course, Step, StepState
from tests.domain.builders import moscow

BEGINS = moscow("2017-11-14 12:00")
EAGLES, OWLS, FOXES = TeamId(1), TeamId(2), TeamId(3)
WORKED_ON = Minutes(25, 5, 5)


def after(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def stage(kind: StageKind = StageKind.TASK, minutes: Minutes = WORKED_ON, number: int = 1) -> Stage:
    return Stage(StageId(number), kind, f"Этап {number}", "", minutes)


def quiz(number: int = 1) -> Stage:
    return stage(StageKind.QUIZ, Minutes(10), number)


def talk(number: int = 1) -> Stage:
    return stage(StageKind.TALK, Minutes(10), number)


def course(*agenda: Stage, teams: tuple[TeamId, ...] = (EAGLES, OWLS), gathered: bool = True) -> Course:
    """A session that has not begun yet."""
    return Course(agenda or (stage(),), teams, gathered)


def step(
    phase: Phase = Phase.WORK,
    lasts: float = 25,
    *,
    team: TeamId | None = None,
    stage_id: int = 1,
    state: StepState = StepState.RUNNING,
    warned: bool = False,
) -> Step:
    """A step that began at `BEGINS`, or what has become of it."""
    running, is_paused = state is StepState.RUNNING, state is StepState.PAUSED
    return Step(
        StageId(stage_id),
        phase,
        state,
        team,
        ends_at=BEGINS + after(lasts) if running else None,
        left=after(lasts) if is_paused else None,
        warned=warned,
    )
