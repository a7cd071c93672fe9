"""Rows of a chart: teams with their ballots, options with their answers. A bar's length is in per cent of the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.identifiers import TeamId
from bot.domain.sessions.results import Place, shares
from bot.domain.sessions.screen import Screen, ScreenQuestion, ScreenTeam
from bot.web.scenes import team_of

FULL: Final = 100.0


@dataclass(frozen=True, slots=True)
class TeamBar:
    """A team's row. team: None for one that is no more. length: the leader's is full."""

    id: TeamId
    team: ScreenTeam | None
    place: Place
    length: float


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """An option's row. count, share (per cent): None while answers are taken. is_right: False while it is secret."""

    text: str
    count: int | None
    share: int | None
    is_right: bool

    @property
    def length(self) -> float:
        """Of the bar."""
        return float(self.share or 0)


def bars_by_place(screen: Screen, places: Sequence[Place]) -> list[TeamBar]:
    """From the first place on, as they were counted."""
    most = max((place.score.ballots for place in places), default=0) or 1
    return [_team_bar(screen, place, most) for place in places]


def bars_by_number(screen: Screen, places: Sequence[Place]) -> list[TeamBar]:
    """In the order of the teams: while ballots come in, no row leaves its place."""
    return sorted(bars_by_place(screen, places), key=lambda bar: bar.team.number if bar.team else len(screen.teams) + 1)


def answer_bars(question: ScreenQuestion) -> list[AnswerBar]:
    """The options in their order; what was answered, and what is right, only once the question is closed."""
    counts = None if question.is_open else question.answers
    per_cent = shares(dict(enumerate(counts or ())))
    return [
        AnswerBar(
            option,
            counts[number] if counts else None,
            per_cent.get(number),
            is_right=not question.is_open and number == question.right,
        )
        for number, option in enumerate(question.options)
    ]


def share_right(bars: Sequence[AnswerBar]) -> int | None:
    """Per cent of right answers; None where nothing is right, or while it is not to be known."""
    return next((bar.share for bar in bars if bar.is_right), None)


def has_jury(places: Sequence[Place]) -> bool:
    """Whether jurors could vote for any of the teams."""
    return any(place.score.jury_could for place in places)


def _team_bar(screen: Screen, place: Place, most: int) -> TeamBar:
    team = place.score.team
    return TeamBar(team, team_of(screen, team), place, round(FULL * place.score.ballots / most, 1))
