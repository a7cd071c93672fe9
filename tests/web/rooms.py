"""A room with a screen: what the storage would say of it, and the bot's server, which a test stops and starts."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientResponse

from bot.clock import Clock, ClockSetting
from bot.domain.identifiers import TeamId, WorkId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import StepState
from bot.domain.sessions.results import Score, TieRule, places
from bot.domain.sessions.screen import (
    Screen,
    ScreenMember,
    ScreenQuestion,
    ScreenStage,
    ScreenState,
    ScreenTeam,
    ScreenTimer,
    ScreenVote,
    ScreenWork,
)
from bot.web.feeds import Rhythm
from bot.web.screens import Screens
from bot.web.server import serving

AT: Final = datetime(2026, 11, 12, 11, 5, tzinfo=UTC)
MOSCOW: Final = ZoneInfo("Europe/Moscow")
TOKEN: Final = "tPq3-the_rooms_own"
QUICK: Final = Rhythm(poll_s=0.02, heartbeat_s=3600, most_watchers=3)
JOIN: Final = "https://vk.me/club123456?ref=s-k7Qm2xW9"
TASK: Final = "Назовите три причины и для каждой придумайте шаг, который вы сделаете до декабря."
LONG_TASK: Final = "\n".join([TASK] * 18)[:1500]
LONG_TITLE: Final = "Планируем работу на первое полугодие: сентябрь - декабрь"
NAMES: Final = ("Сокол", "Цифровой десант", "Учителя-новаторы Тарской школы", "Команда мечты", "Школа № 14")
PEOPLE: Final = ("Анна К.", "Борис М.", "Екатерина Соколова", None, "Захар Т.")


@dataclass
class Room:
    """What the storage would say. trouble: what it raises instead. reads: how often it was asked for a screen.

    speed: of the campaign's clock, whose real time passes only where a test adds to `real`.
    """

    speed: float = 0
    real: datetime = AT
    screens: dict[str, Screen] = field(default_factory=dict)
    pictures: dict[WorkId, bytes] = field(default_factory=dict)
    trouble: Exception | None = None
    reads: int = 0

    def __post_init__(self) -> None:
        self.clock = Clock(ClockSetting(AT, AT, self.speed), real=lambda: self.real)

    def show(self, screen: Screen) -> None:
        """Let the room's screen show this from the next look on."""
        self.screens[TOKEN] = screen

    def hide(self) -> None:
        """Make the room's address one that leads nowhere."""
        del self.screens[TOKEN]

    async def read_screen(self, token: str) -> Screen | None:
        self.reads += 1
        if self.trouble is not None:
            raise self.trouble
        return self.screens.get(token)

    async def read_picture(self, token: str, work: WorkId) -> bytes | None:
        return self.pictures.get(work) if token in self.screens else None

    def served(self, port: int = 0, rhythm: Rhythm = QUICK) -> AbstractAsyncContextManager[str]:
        """The bot's pages, as long as the block lasts; gives their address."""
        screens = Screens(self.read_screen, self.read_picture, self.clock, MOSCOW, rhythm=rhythm)
        return serving(("127.0.0.1", port), screens)


def some_teams(count: int, members: int = 5) -> tuple[ScreenTeam, ...]:
    """Teams with names long and short, and members of whom every fifth is masked."""
    return tuple(
        ScreenTeam(TeamId(100 + number), number, _name(number), _members(number, members))
        for number in range(1, count + 1)
    )


def a_stage(phase: Phase, **changes: Any) -> ScreenStage:
    """The second of three stages, with ten minutes left."""
    timer = ScreenTimer(StepState.RUNNING, AT + timedelta(minutes=10), None)
    return replace(ScreenStage(2, 3, "Что мешает и что делать?", TASK, phase, timer, None), **changes)


def paused(left: timedelta) -> ScreenTimer:
    return ScreenTimer(StepState.PAUSED, None, left)


def over() -> ScreenTimer:
    return ScreenTimer(StepState.OVER, None, None)


def gathering(**changes: Any) -> Screen:
    """People join and find their teams."""
    screen = Screen(
        "От проблем к решению", ScreenState.PREPARING, JOIN, 12, False, some_teams(3), None, None, None, (), None
    )
    return replace(screen, **changes)


def in_phase(phase: Phase, *, stage: ScreenStage | None = None, **changes: Any) -> Screen:
    """A session in the middle of a stage."""
    return gathering(state=ScreenState.RUNNING, gathered=True, stage=stage or a_stage(phase), **changes)


def finished(**changes: Any) -> Screen:
    return gathering(state=ScreenState.FINISHED, gathered=True, join_link="", **changes)


def a_vote(*ballots: int, is_open: bool = False, is_hidden: bool = True, **changes: Any) -> ScreenVote:
    """28 of 40 have voted; each team, from the first on, has so many ballots of 35."""
    scores = [Score(TeamId(101 + place), votes, could_vote=35) for place, votes in enumerate(ballots)]
    vote = ScreenVote(1, is_open, is_hidden, 28, 40, False, tuple(places(scores, TieRule.SHARED)) or None)
    return replace(vote, **changes)


def judged(*ballots: tuple[int, int]) -> ScreenVote:
    """A closed vote with a jury of three: ballots of members and of jurors for each team."""
    scores = [
        Score(TeamId(101 + place), votes, jury, could_vote=35, jury_could=3)
        for place, (votes, jury) in enumerate(ballots)
    ]
    return ScreenVote(1, False, True, 38, 40, True, tuple(places(scores, TieRule.JURY)))


def a_question(**changes: Any) -> ScreenQuestion:
    """Open, answered by 23; the second of three options is right, which nobody may know yet."""
    asked = ScreenQuestion(3, 8, "Что появилось в 2021 году?", ("Дневник", "Сферум", "Журнал"), True, 23, None, None)
    return replace(asked, **changes)


def a_work(number: int, team: int, text: str = "", *, has_picture: bool = True) -> ScreenWork:
    return ScreenWork(WorkId(number), TeamId(100 + team), text, has_picture)


def every_scene(teams: int, members: int = 5) -> list[Screen]:
    """A session in each state that it can be in, with so many teams."""
    of: dict[str, Any] = {"teams": some_teams(teams, members), "joined": teams * members}
    ballots = [(number * 7) % 13 for number in range(teams)]
    presents = a_stage(Phase.PRESENTATION, presenting=TeamId(100 + teams))
    works = (a_work(1, teams, "Дорожная карта"), a_work(2, teams, TASK, has_picture=False))
    closed = a_stage(Phase.VOTE, timer=over())
    return [
        gathering(**of),
        gathering(join_link="", gathered=True, **of),
        in_phase(Phase.WORK, **of),
        in_phase(Phase.WORK, stage=a_stage(Phase.WORK, timer=paused(timedelta(hours=1))), **of),
        in_phase(Phase.WORK, stage=a_stage(Phase.WORK, timer=over(), task=LONG_TASK, title=LONG_TITLE), **of),
        in_phase(Phase.PRESENTATION, stage=presents, **of),
        in_phase(Phase.PRESENTATION, stage=presents, works=works, **of),
        in_phase(Phase.QUIZ, question=a_question(), **of),
        in_phase(Phase.QUIZ, question=a_question(is_open=False, right=1, answers=(3, 15, 5)), **of),
        in_phase(Phase.VOTE, vote=a_vote(is_open=True), **of),
        in_phase(Phase.VOTE, vote=a_vote(*ballots, is_open=True, is_hidden=False), **of),
        in_phase(Phase.VOTE, stage=closed, vote=a_vote(*ballots), **of),
        in_phase(Phase.VOTE, stage=closed, vote=judged(*((votes, votes % 4) for votes in ballots)), **of),
        finished(overall=judged(*((votes, votes % 4) for votes in ballots)).places, **of),
    ]


async def next_event(stream: ClientResponse) -> tuple[str, dict[str, Any]]:
    """Name and content of the next event of a stream; StopAsyncIteration at its end."""
    name, told = "", {}
    async for line in stream.content:
        if line.startswith(b"event: "):
            name = line.removeprefix(b"event: ").strip().decode()
        elif line.startswith(b"data: "):
            told = json.loads(line.removeprefix(b"data: "))
        elif name:
            return name, told
    raise StopAsyncIteration


def _name(number: int) -> str:
    name = NAMES[number % len(NAMES)]
    return name if number < len(NAMES) else f"{name[:27]} {number}"


def _members(team: int, count: int) -> tuple[ScreenMember, ...]:
    return tuple(ScreenMember(team * 100 + place, PEOPLE[place % len(PEOPLE)]) for place in range(1, count + 1))
