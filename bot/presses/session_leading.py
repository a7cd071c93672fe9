"""Buttons of those who lead a strategic session: agenda, teams, members, rules of the vote, the desk, results."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.domain.sessions.agenda import StageKind
from bot.domain.sessions.course import Act
from bot.domain.sessions.results import TieRule
from bot.presses.fields import (
    MemberField,
    PageField,
    QuestionField,
    SessionField,
    StageField,
    TeamField,
    WorkField,
)


class OpenSessions(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Сессии»: those that the person leads."""

    kind: Literal["sessions"] = "sessions"
    page: PageField = 0


class OpenSession(BaseModel, frozen=True, extra="forbid", strict=True):
    """One session with everything that can be set up."""

    kind: Literal["session"] = "session"
    session: SessionField


class OpenSessionSettings(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Настройки»: title, rules of the vote, link to the conversation."""

    kind: Literal["session-settings"] = "session-settings"
    session: SessionField


class AskSessionTitle(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Название»."""

    kind: Literal["session-title"] = "session-title"
    session: SessionField


class AsksSessionTitle(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a session's title."""

    kind: Literal["asks-session-title"] = "asks-session-title"
    session: SessionField


class AskInviteLink(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Ссылка на беседу»: where the screen's QR code leads."""

    kind: Literal["session-link"] = "session-link"
    session: SessionField


class AsksInviteLink(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the link."""

    kind: Literal["asks-session-link"] = "asks-session-link"
    session: SessionField


class SetVoteRules(BaseModel, frozen=True, extra="forbid", strict=True):
    """Hidden or live tallies, and what becomes of ties: of the next vote."""

    kind: Literal["session-rules"] = "session-rules"
    session: SessionField
    hidden: bool
    tie_rule: TieRule


class DropSession(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отменить сессию» before it has begun. sure: the second press."""

    kind: Literal["session-drop"] = "session-drop"
    session: SessionField
    sure: bool = False


# --- the agenda


class OpenAgenda(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Повестка»."""

    kind: Literal["session-agenda"] = "session-agenda"
    session: SessionField
    page: PageField = 0


class UsePreset(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Готовая повестка»: the three stages of the example."""

    kind: Literal["session-preset"] = "session-preset"
    session: SessionField


class AddStage(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Добавить этап»; without a kind it asks which."""

    kind: Literal["session-stage-add"] = "session-stage-add"
    session: SessionField
    stage: StageKind | None = None


class OpenStage(BaseModel, frozen=True, extra="forbid", strict=True):
    """One stage."""

    kind: Literal["session-stage"] = "session-stage"
    session: SessionField
    stage: StageField


StagePart = Literal["title", "task", "minutes"]


class AskStage(BaseModel, frozen=True, extra="forbid", strict=True):
    """Change a stage's title, task or minutes."""

    kind: Literal["session-stage-edit"] = "session-stage-edit"
    session: SessionField
    stage: StageField
    part: StagePart


class AsksStage(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for it."""

    kind: Literal["asks-session-stage"] = "asks-session-stage"
    session: SessionField
    stage: StageField
    part: StagePart


class MoveStageUp(BaseModel, frozen=True, extra="forbid", strict=True):
    """One place earlier in the agenda. before: the stage that it changes places with, so that twice is once."""

    kind: Literal["session-stage-up"] = "session-stage-up"
    session: SessionField
    stage: StageField
    before: StageField


class RemoveStage(BaseModel, frozen=True, extra="forbid", strict=True):
    """Out of the agenda."""

    kind: Literal["session-stage-remove"] = "session-stage-remove"
    session: SessionField
    stage: StageField


class OpenQuestions(BaseModel, frozen=True, extra="forbid", strict=True):
    """The questions of a quiz."""

    kind: Literal["session-questions"] = "session-questions"
    session: SessionField
    stage: StageField
    page: PageField = 0


class AddQuestion(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Добавить вопрос»."""

    kind: Literal["session-question-add"] = "session-question-add"
    session: SessionField
    stage: StageField


class AsksQuestion(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a question with its options, one a line."""

    kind: Literal["asks-session-question"] = "asks-session-question"
    session: SessionField
    stage: StageField


class RemoveQuestion(BaseModel, frozen=True, extra="forbid", strict=True):
    """Forget a question that was not asked yet."""

    kind: Literal["session-question-remove"] = "session-question-remove"
    session: SessionField
    stage: StageField
    question: QuestionField


# --- teams and members


class OpenTeams(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Команды», as who leads sees them."""

    kind: Literal["session-teams"] = "session-teams"
    session: SessionField
    page: PageField = 0


class AddTeams(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Добавить команды»."""

    kind: Literal["session-teams-add"] = "session-teams-add"
    session: SessionField


class AsksTeams(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for names, one a line, or for a number of teams."""

    kind: Literal["asks-session-teams"] = "asks-session-teams"
    session: SessionField


class OpenTeam(BaseModel, frozen=True, extra="forbid", strict=True):
    """One team and its members."""

    kind: Literal["session-team-open"] = "session-team-open"
    session: SessionField
    team: TeamField
    page: PageField = 0


class RenameTeam(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Переименовать»."""

    kind: Literal["session-team-rename"] = "session-team-rename"
    session: SessionField
    team: TeamField


class AsksTeamName(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a team's new name."""

    kind: Literal["asks-session-team-name"] = "asks-session-team-name"
    session: SessionField
    team: TeamField


class RemoveTeam(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Удалить команду», until «Команды собраны»."""

    kind: Literal["session-team-remove"] = "session-team-remove"
    session: SessionField
    team: TeamField


class SplitMembers(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Распределить»: everybody without a team into the smallest ones."""

    kind: Literal["session-split"] = "session-split"
    session: SessionField


class ListMembers(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Участники». only: those without a team, or those with a task (jury, helpers)."""

    kind: Literal["session-members"] = "session-members"
    session: SessionField
    only: Literal["all", "teamless", "roles"] = "all"
    page: PageField = 0


class OpenMember(BaseModel, frozen=True, extra="forbid", strict=True):
    """One member and what can be decided about them."""

    kind: Literal["session-member"] = "session-member"
    session: SessionField
    member: MemberField


class MoveMember(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Перевести»: into which team?"""

    kind: Literal["session-member-move"] = "session-member-move"
    session: SessionField
    member: MemberField
    page: PageField = 0


class PutMember(BaseModel, frozen=True, extra="forbid", strict=True):
    """Into this team."""

    kind: Literal["session-member-put"] = "session-member-put"
    session: SessionField
    member: MemberField
    team: TeamField


class AppointMember(BaseModel, frozen=True, extra="forbid", strict=True):
    """«В жюри», «Помощник», or a plain member again."""

    kind: Literal["session-appoint"] = "session-appoint"
    session: SessionField
    member: MemberField
    role: Literal["member", "juror", "helper"]


# --- running it


class OpenDesk(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Пульт»: where the session stands and what may be done next. Without a session: of the conversation's own."""

    kind: Literal["session-desk"] = "session-desk"
    session: SessionField | None = None


class RunAct(BaseModel, frozen=True, extra="forbid", strict=True):
    """A button of the desk. revision: of the session when it was shown. sure: of the results, the second press."""

    kind: Literal["session-act"] = "session-act"
    session: SessionField
    act: Act
    revision: Annotated[int, Field(ge=0, le=1_000_000)]
    sure: bool = False


class ListWorks(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Работы команд»."""

    kind: Literal["session-works"] = "session-works"
    session: SessionField
    page: PageField = 0


class ShowWork(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Показать» on the screen, or no more."""

    kind: Literal["session-work-show"] = "session-work-show"
    session: SessionField
    work: WorkField
    shown: bool
    page: PageField = 0


class OpenScreen(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Экран»: its address."""

    kind: Literal["session-screen"] = "session-screen"
    session: SessionField


class RenewScreen(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Новый адрес»: the old one shows nothing any more."""

    kind: Literal["session-screen-renew"] = "session-screen-renew"
    session: SessionField


class OpenProtocol(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Протокол» as XLSX and PDF."""

    kind: Literal["session-protocol"] = "session-protocol"
    session: SessionField
