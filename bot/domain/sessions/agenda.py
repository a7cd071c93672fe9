"""The agenda of a session: its stages in order, each with a kind, a task and the minutes of its phases."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.identifiers import StageId
from bot.domain.quotations import one_line, quoted

MOST_STAGES: Final = 12
LONGEST_TITLE: Final = 60
LONGEST_TASK: Final = 1_500
MOST_MINUTES: Final = 240


class StageKind(StrEnum):
    """What people do in a stage."""

    QUIZ = "quiz"  # everybody answers questions for themselves
    TASK = "task"  # teams work, present, are voted for
    TALK = "talk"  # somebody speaks, or there is a break: a title and a timer


class Phase(StrEnum):
    """A part of a stage that has a timer of its own."""

    QUIZ = "quiz"
    WORK = "work"
    PRESENTATION = "presentation"  # of one team
    VOTE = "vote"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long the phases of a stage take. main: the quiz, the work or the talk. 0: a phase that is left out."""

    main: int
    presentation: int = 0
    vote: int = 0

    def of(self, phase: Phase) -> timedelta:
        """The time of a phase; a presentation's is each team's."""
        match phase:
            case Phase.PRESENTATION:
                return timedelta(minutes=self.presentation)
            case Phase.VOTE:
                return timedelta(minutes=self.vote)
            case _:
                return timedelta(minutes=self.main)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. task: the text that the bot sends when it begins; may be empty."""

    id: StageId
    kind: StageKind
    title: str
    task: str
    minutes: Minutes

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Its phases in order; presentations stand for those of all teams."""
        match self.kind:
            case StageKind.QUIZ:
                return (Phase.QUIZ,)
            case StageKind.TALK:
                return (Phase.TALK,)
            case StageKind.TASK:
                in_order = (Phase.WORK, Phase.PRESENTATION, Phase.VOTE)
                return tuple(phase for phase in in_order if self.minutes.of(phase))


PRESET: Final = (
    (StageKind.QUIZ, Minutes(10)),
    (StageKind.TASK, Minutes(25, 5, 5)),
    (StageKind.TASK, Minutes(25, 5, 5)),
)
"""The stages of document 003 before the results; their titles and tasks are sentences of `locales`."""

USUAL: Final = {StageKind.QUIZ: Minutes(10), StageKind.TASK: Minutes(25, 5, 5), StageKind.TALK: Minutes(10)}
"""What a new stage of a kind begins with."""


def read_title(text: str) -> str | None:
    """A title as it was typed, harmless and on one line; None for none or too long a one."""
    title = quoted(one_line(text), len(text))
    return title if title and len(title) <= LONGEST_TITLE else None


def read_task(text: str) -> str | None:
    """A task's text, harmless; None for none or too long a one."""
    task = quoted(text, len(text))
    return task if task and len(task) <= LONGEST_TASK else None


def read_minutes(text: str, kind: StageKind) -> Minutes | None:
    """«25» or, for a task, «25 5 5»: work, each presentation, vote; None if it is neither, or out of bounds.

    A task needs some phase, every other stage its minutes.
    """
    if re.fullmatch(r"\D*\d{1,4}(?:\D+\d{1,4}){0,2}\D*", text) is None:
        return None
    given = [int(number) for number in re.findall(r"\d+", text)]
    if max(given) > MOST_MINUTES or (kind is not StageKind.TASK and len(given) != 1):
        return None
    minutes = Minutes(*given)
    return minutes if any((minutes.main, minutes.presentation, minutes.vote)) else None
