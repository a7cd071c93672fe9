"""Buttons of strategic sessions for everybody: joining, choosing a team, voting, answering, handing work in.

They hang in the conversation, where anybody can press them: who may do what is asked at the press.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.presses.fields import (
    QuestionField,
    RoundField,
    SessionCodeField,
    SessionField,
    TeamField,
    WorkField,
)


class NewSession(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Новая сессия»: in the conversation it is pressed in."""

    kind: Literal["session-new"] = "session-new"


class JoinSession(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Вступить»: the consent to this session. named: shown by the name, not by a number."""

    kind: Literal["session-join"] = "session-join"
    code: SessionCodeField
    named: bool = True


class EnterSession(BaseModel, frozen=True, extra="forbid", strict=True):
    """What somebody's own dialogue shows of a session: the notice to join, or their team and what they can do."""

    kind: Literal["session-enter"] = "session-enter"
    code: SessionCodeField
    page: Annotated[int, Field(ge=0, le=10)] = 0


class ChooseTeam(BaseModel, frozen=True, extra="forbid", strict=True):
    """A team's button, until «Команды собраны»."""

    kind: Literal["session-team"] = "session-team"
    session: SessionField
    team: TeamField


class CastBallot(BaseModel, frozen=True, extra="forbid", strict=True):
    """A team's button in a vote."""

    kind: Literal["session-ballot"] = "session-ballot"
    round: RoundField
    team: TeamField


class AnswerQuestion(BaseModel, frozen=True, extra="forbid", strict=True):
    """An option's button below a question of the quiz. option: its place from 0."""

    kind: Literal["session-answer"] = "session-answer"
    question: QuestionField
    option: Annotated[int, Field(ge=0, le=20)]


class HandInWork(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Сдать работу»: how to send it, and in one's own dialogue the question for it."""

    kind: Literal["session-work"] = "session-work"
    session: SessionField


class ForgetMe(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Забыть меня»: name and account go from all sessions; ballots keep counting. sure: the second press."""

    kind: Literal["session-forget"] = "session-forget"
    sure: bool = False


class AsksWork(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a picture or a text of the person's team."""

    kind: Literal["asks-session-work"] = "asks-session-work"
    session: SessionField


# --- what an ask for a file brings


class FileFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """The picture of a team's work is on disk. about: which work's."""

    kind: Literal["file-fetched"] = "file-fetched"
    path: str
    title: str
    size: int
    about: WorkField | None = None


class FileNotFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """The messenger could not give it."""

    kind: Literal["file-not-fetched"] = "file-not-fetched"
    reason: str
    about: WorkField | None = None
