"""What an act of the desk makes of a course: the handlers' part of the work, for tests of the rules."""

from dataclasses import replace
from datetime import datetime

from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import (
    Act,
    Course,
    Planned,
    Step,
    begun,
    ended,
    extended,
    following,
    paused,
    resumed,
    vote_of,
)

BEGINNINGS = (Act.BEGIN, Act.TO_VOTE, Act.NEW_ROUND)
ON_THE_TIMER = (Act.PAUSE, Act.RESUME, Act.EXTEND, Act.END)


def planned(course: Course, act: Act) -> Planned:
    """The step that one of `BEGINNINGS` begins; a possible act always has one."""
    if act is Act.NEW_ROUND:
        assert course.step is not None
        stage = next(stage for stage in course.agenda if stage.id == course.step.stage)
        return Planned(stage, Phase.VOTE)
    found = vote_of(course) if act is Act.TO_VOTE else following(course)
    assert found is not None
    return found


def changed(step: Step | None, act: Act, *, at: datetime) -> Step:
    """The step after one of `ON_THE_TIMER`."""
    assert step is not None
    match act:
        case Act.PAUSE:
            return paused(step, at=at)
        case Act.RESUME:
            return resumed(step, at=at)
        case Act.EXTEND:
            return extended(step)
        case _:
            return ended(step, at=at)


def acted(course: Course, act: Act, *, at: datetime) -> Course:
    """The course after any possible act."""
    if act in BEGINNINGS:
        return replace(course, step=begun(planned(course, act), at=at), question_open=False)
    if act in ON_THE_TIMER:
        step = changed(course.step, act, at=at)
        return replace(course, step=step)
    match act:
        case Act.ASK:
            return replace(course, questions_left=course.questions_left - 1, question_open=True)
        case Act.REVEAL:
            return replace(course, question_open=False)
        case Act.GATHER:
            return replace(course, gathered=True)
        case _:
            return replace(course, finished=True)
