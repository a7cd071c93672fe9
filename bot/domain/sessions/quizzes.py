"""The quiz: questions with options as a moderator types them, one answer per account, the share of right ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.quotations import one_line, quoted

MOST_OPTIONS: Final = 6
FEWEST_OPTIONS: Final = 2
MOST_QUESTIONS: Final = 30
LONGEST_QUESTION: Final = 300
LONGEST_OPTION: Final = 80
_RIGHT: Final = re.compile(r"^[+*✓✔✅]\s*")
# Not a minus, and not the beginning of «2.5 кг» or «12.11.2017»: these are the option itself.
_BULLET: Final = re.compile(r"^(?:[-–—](?!\d)|•|\d{1,2}(?:\)|\.(?!\d))|[а-яёa-z]\))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question. right: the place of the right option from 0; None where there is none, as in a poll."""

    text: str
    options: tuple[str, ...]
    right: int | None


class NotAQuestion(StrEnum):
    """Why what was typed is no question; each has its own sentence."""

    NO_OPTIONS = "no-options"  # fewer than two lines below the question
    TOO_MANY_OPTIONS = "too-many-options"
    TWO_RIGHT = "two-right"
    TOO_LONG = "too-long"
    OPTION_TWICE = "option-twice"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is to be stored."""

    option: int


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """The account's answer to this question stays: the same one or another."""

    option: int


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """Its answers are shown already, or the quiz is over."""


@dataclass(frozen=True, slots=True)
class NotJoined:
    """Only who has joined the session answers."""


@dataclass(frozen=True, slots=True)
class LeadsTheQuiz:
    """The moderator and helpers know the answers."""


AnswerVerdict = Answered | AnsweredBefore | QuestionClosed | NotJoined | LeadsTheQuiz


def read_question(text: str) -> Question | NotAQuestion:
    """A question and its options, one a line, the right one marked by a plus: «+ Сферум»."""
    lines = [line for line in (one_line(line) for line in text.splitlines()) if line]
    if not 1 + FEWEST_OPTIONS <= len(lines) <= 1 + MOST_OPTIONS:
        return NotAQuestion.TOO_MANY_OPTIONS if len(lines) > 1 + MOST_OPTIONS else NotAQuestion.NO_OPTIONS
    right = [place for place, line in enumerate(lines[1:]) if _is_right(line)]
    question, options = quoted(lines[0], 1_000), tuple(_option(line) for line in lines[1:])
    refused = _against(question, options, right)
    return refused or Question(question, options, right[0] if right else None)


def _against(question: str, options: Sequence[str], right: Sequence[int]) -> NotAQuestion | None:
    if not question or not all(options):
        return NotAQuestion.NO_OPTIONS
    if len(right) > 1:
        return NotAQuestion.TWO_RIGHT
    if len(question) > LONGEST_QUESTION or any(len(option) > LONGEST_OPTION for option in options):
        return NotAQuestion.TOO_LONG
    twice = len({option.casefold() for option in options}) < len(options)
    return NotAQuestion.OPTION_TWICE if twice else None


def judge_answer(
    option: int, *, options: int, is_open: bool, joined: bool, leads: bool, earlier: int | None
) -> AnswerVerdict:
    """Say whether a press on an option counts; of several reasons to refuse, the first is told."""
    if not is_open or not 0 <= option < options:
        return QuestionClosed()
    if earlier is not None:
        return AnsweredBefore(earlier)
    if not joined:
        return NotJoined()
    return LeadsTheQuiz() if leads else Answered(option)


def share_right(question: Question, answers: Mapping[int, int]) -> int | None:
    """Per cent of right answers, whole; None without a right option or without answers. answers: option → how many."""
    total = sum(answers.values())
    if question.right is None or total == 0:
        return None
    return round(100 * answers.get(question.right, 0) / total)


def _is_right(line: str) -> bool:
    return _RIGHT.match(line) is not None or _RIGHT.match(_BULLET.sub("", line)) is not None


def _option(line: str) -> str:
    return quoted(_RIGHT.sub("", _BULLET.sub("", _RIGHT.sub("", line))), 200)
