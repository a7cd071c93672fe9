"""The protocol of a strategic session as a recipe: one for the spreadsheet and for the PDF.

It holds facts; the words around them come from `locales/*/session_protocol.ftl` in the recipe's language. Times are
words already, on the campaign's wall clock («12 ноября, 14:05»), "" where something has not happened; only the
ballots' log has instants, for a hash is counted over them. Written by `session_protocol_xlsx.py` and
`session_protocol_pdf.py`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import AwareDatetime, BaseModel, NonNegativeInt, PositiveInt, model_validator

from bot.domain.sessions.agenda import StageKind
from bot.domain.sessions.ballots import RefusedWhy
from bot.domain.sessions.results import NO_HASH, TieRule


class Team(BaseModel, frozen=True, extra="forbid"):
    """A team with its members' shown names, in the order in which they are listed. id: as the ballots' log has it."""

    id: int
    number: PositiveInt
    name: str
    members: list[str]


class Option(BaseModel, frozen=True, extra="forbid"):
    """An option of a question, and how many have chosen it."""

    text: str
    answers: NonNegativeInt


class Question(BaseModel, frozen=True, extra="forbid"):
    """A question of a quiz. right: the place of the right option from 0, None in a poll. share_right: whole per cent,
    None without a right option or without answers.
    """

    text: str
    options: list[Option]
    right: NonNegativeInt | None
    share_right: NonNegativeInt | None


class TeamPlace(BaseModel, frozen=True, extra="forbid"):
    """A team's result. team: its id. first, last: the places that it shares, usually both the same.

    could_vote: how many members could have chosen it. jury, jury_could: the same of jurors, in columns of their own.
    """

    team: int
    first: PositiveInt
    last: PositiveInt
    ballots: NonNegativeInt
    could_vote: NonNegativeInt
    jury: NonNegativeInt = 0
    jury_could: NonNegativeInt = 0


class LoggedBallot(BaseModel, frozen=True, extra="forbid"):
    """A ballot as the log has it. team: its id."""

    number: PositiveInt
    voter: str
    team: int
    is_juror: bool
    cast_at: AwareDatetime


class Round(BaseModel, frozen=True, extra="forbid"):
    """One closed vote. id: as the ballots' log has it. number: within its stage, from 1.

    electors: members and jurors together. jurors: those among them. voted: of all electors. refused: presses by reason,
    0 where one is left out. places: from the first on. ballots: the log. hash: `log_hash` over the round before and it.
    """

    id: int
    number: PositiveInt
    opened_at: str
    closed_at: str
    is_hidden: bool
    tie_rule: TieRule
    electors: NonNegativeInt
    jurors: NonNegativeInt
    voted: NonNegativeInt
    refused: dict[RefusedWhy, NonNegativeInt]
    places: list[TeamPlace]
    ballots: list[LoggedBallot]
    hash: str


class Work(BaseModel, frozen=True, extra="forbid"):
    """What a team sent. team: its id. by: who sent it. text: may be empty where there is a picture."""

    team: int
    by: str
    sent_at: str
    text: str
    has_picture: bool
    is_shown: bool


class Stage(BaseModel, frozen=True, extra="forbid"):
    """A stage of the agenda as it went. questions: of a quiz. rounds: in their order; only the last one counts."""

    kind: StageKind
    title: str
    task: str = ""
    began_at: str
    ended_at: str
    questions: list[Question] = []
    works: list[Work] = []
    rounds: list[Round] = []


class ModeratorsAct(BaseModel, frozen=True, extra="forbid"):
    """Something that the moderator or a helper did. who: "" where it happened by itself. what: a sentence."""

    at: str
    who: str
    what: str


class SessionProtocol(BaseModel, frozen=True, extra="forbid"):
    """The recipe. title: the file's name. locale: of its words. session: what the session is called.

    conversation: its title, "" where it has none. moderator, helpers, jury: shown names. held_on: the campaign's local
    day of the end, for the year and for the file's own date. stages: the agenda in order. places: over all stages, []
    without a vote. acts: in order. Raises ValidationError if something names a team that is not listed.
    """

    title: str
    locale: str
    session: str
    conversation: str
    moderator: str
    helpers: list[str]
    jury: list[str]
    opened_at: str
    finished_at: str
    held_on: date
    teams: list[Team]
    stages: list[Stage]
    places: list[TeamPlace]
    acts: list[ModeratorsAct]

    @property
    def rounds(self) -> list[Round]:
        """Every vote of the session in the order in which they were opened, and so their hashes chained."""
        return sorted((one for stage in self.stages for one in stage.rounds), key=lambda one: one.id)

    @property
    def log_hash(self) -> str:
        """The hash of the last round, which covers all before it."""
        return self.rounds[-1].hash if self.rounds else NO_HASH

    @model_validator(mode="after")
    def _every_team_is_listed(self) -> Self:
        if unknown := set(_named(self)) - {team.id for team in self.teams}:
            raise ValueError(f"teams that are not listed: {sorted(unknown)}")
        return self


def _named(protocol: SessionProtocol) -> Iterator[int]:
    yield from (place.team for place in protocol.places)
    for stage in protocol.stages:
        yield from (work.team for work in stage.works)
        for one in stage.rounds:
            yield from (place.team for place in one.places)
            yield from (ballot.team for ballot in one.ballots)
