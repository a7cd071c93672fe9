"""Which of its pictures the screen shows: the one that matters to the room right now."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.results import Place, turnout
from bot.domain.sessions.screen import Screen, ScreenState, ScreenTeam, ScreenVote, ScreenWork

LONG_TEXT: Final = 400


class Scene(StrEnum):
    """Each has a template of its name."""

    PREPARING = "preparing"  # the code to join by, the teams as they fill up
    TASK = "task"  # what is to be done, and by whom
    PRESENTATION = "presentation"  # whose turn it is
    GALLERY = "gallery"  # works that the moderator has shown
    QUIZ = "quiz"
    TURNOUT = "turnout"  # a vote whose tallies are hidden: how many have voted
    TALLY = "tally"  # ballots of a vote that is live or closed
    RESULTS = "results"


def scene_of(screen: Screen) -> Scene:
    """The scene; a session that runs without a stage looks as if it were about to begin."""
    if screen.state is ScreenState.FINISHED:
        return Scene.RESULTS
    if screen.state is ScreenState.PREPARING or screen.stage is None:
        return Scene.PREPARING
    match screen.stage.phase:
        case Phase.QUIZ if screen.question is not None:
            return Scene.QUIZ
        case Phase.VOTE if screen.vote is not None:
            return Scene.TURNOUT if places_to_show(screen.vote) is None else Scene.TALLY
    if works_to_show(screen):
        return Scene.GALLERY
    return Scene.TASK if presenting(screen) is None else Scene.PRESENTATION


def places_to_show(vote: ScreenVote) -> tuple[Place, ...] | None:
    """The ballots, if they may be seen; asked here once more, so that no mistake elsewhere can show hidden ones."""
    return None if vote.is_open and vote.is_hidden else vote.places


def works_to_show(screen: Screen) -> Sequence[ScreenWork]:
    """The works of the stage; during a presentation those of the team whose turn it is, never its predecessor's."""
    team = presenting(screen)
    return [work for work in screen.works if team is None or work.team == team.id]


def presenting(screen: Screen) -> ScreenTeam | None:
    """The team whose presentation it is."""
    if screen.stage is None or screen.stage.phase is not Phase.PRESENTATION or screen.stage.presenting is None:
        return None
    return team_of(screen, screen.stage.presenting)


def are_paired(works: Sequence[ScreenWork]) -> bool:
    """Whether two works share the width of the wall; a long text needs all of it."""
    return len(works) > 1 and not any(is_long(work.text) for work in works if not work.has_picture)


def is_long(text: str) -> bool:
    """Whether a text is easier to read in columns."""
    return len(text) > LONG_TEXT


def team_of(screen: Screen, team: TeamId) -> ScreenTeam | None:
    """The team of that id; None for one that is no more."""
    return next((one for one in screen.teams if one.id == team), None)


def people_in(teams: Sequence[ScreenTeam]) -> int:
    """How many sit in teams."""
    return sum(len(team.members) for team in teams)


def not_voted(vote: ScreenVote) -> int:
    """How many have not voted yet."""
    return turnout(vote.voted, vote.electors)


def share_voted(vote: ScreenVote) -> float:
    """Per cent of those who may vote."""
    return round(min(100.0 * vote.voted / vote.electors, 100.0), 1) if vote.electors else 0.0
