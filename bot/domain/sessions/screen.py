"""What the room sees on the projector: one picture of a session at one instant.

Filled by `storage/session_screen.py`, drawn by `web`. While tallies are hidden and the vote is open it carries none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.identifiers import TeamId, WorkId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import StepState
from bot.domain.sessions.results import Place


class ScreenState(StrEnum):
    """Where the session stands."""

    PREPARING = "preparing"  # people join and find their teams
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class ScreenMember:
    """Somebody of a team. name: as they let themselves be shown; None is masked, and shown by the number."""

    number: int
    name: str | None


@dataclass(frozen=True, slots=True)
class ScreenTeam:
    """A team with its members."""

    id: TeamId
    number: int
    name: str
    members: tuple[ScreenMember, ...]


@dataclass(frozen=True, slots=True)
class ScreenTimer:
    """ends_at: campaign time, while it runs. left: while it is paused. Both None: the time is over."""

    state: StepState
    ends_at: datetime | None
    left: timedelta | None


@dataclass(frozen=True, slots=True)
class ScreenVote:
    """The latest round of the stage. voted, electors: members and jurors together.

    places: while it is open only where tallies are live; once closed always. has_jury: whether jurors were named.
    """

    round_number: int
    is_open: bool
    is_hidden: bool
    voted: int
    electors: int
    has_jury: bool
    places: tuple[Place, ...] | None


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """The quiz's question. answers: per option, once it is closed; answered: how many have by now."""

    number: int
    of: int
    text: str
    options: tuple[str, ...]
    is_open: bool
    answered: int
    right: int | None
    answers: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class ScreenWork:
    """A team's work that the moderator has shown. text: may be empty where there is a picture."""

    id: WorkId
    team: TeamId
    text: str
    has_picture: bool


@dataclass(frozen=True, slots=True)
class ScreenStage:
    """The stage in progress. number: its place in the agenda from 1, of so many. presenting: whose turn it is."""

    number: int
    of: int
    title: str
    task: str
    phase: Phase
    timer: ScreenTimer
    presenting: TeamId | None


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on it. join_link: where the QR code leads; "" while nobody is to join any more.

    overall: the places over all stages, once the session is finished.
    """

    title: str
    state: ScreenState
    join_link: str
    joined: int
    gathered: bool
    teams: tuple[ScreenTeam, ...]
    stage: ScreenStage | None
    vote: ScreenVote | None
    question: ScreenQuestion | None
    works: tuple[ScreenWork, ...]
    overall: tuple[Place, ...] | None
