"""Teams: their names, who may join or be moved where, and a balanced split.

Until «Команды собраны» anybody may switch without trace. From then on only the moderator moves people, never while a
vote is open, and never into a team that the account has voted for in this session (specification, section 10).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.identifiers import MemberId, TeamId
from bot.domain.quotations import one_line, quoted

MOST_TEAMS: Final = 40
LONGEST_NAME: Final = 30
LONGEST_KEY: Final = 60  # of a name once folded: a few signs become two or three, «ﬃ» for one


class MemberRole(StrEnum):
    """What somebody is in a session."""

    MEMBER = "member"  # of a team, or of none yet
    JUROR = "juror"  # of no team; votes in a column of its own
    HELPER = "helper"  # leads it together with the moderator; neither votes
    MODERATOR = "moderator"

    @property
    def leads(self) -> bool:
        """Whether they run the session: such people belong to no team and do not vote."""
        return self in (MemberRole.MODERATOR, MemberRole.HELPER)


@dataclass(frozen=True, slots=True)
class Team:
    """A team. number: from 1, as buttons show it."""

    id: TeamId
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Placing:
    """Where somebody stands when they are to join or be moved. voted_for: in any round of this session."""

    role: MemberRole
    team: TeamId | None = None
    voted_for: frozenset[TeamId] = frozenset()


@dataclass(frozen=True, slots=True)
class Placed:
    """They are in the team from now on."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """They are in it; nothing changes."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class TeamsGathered:
    """After «Команды собраны» nobody chooses a team; the moderator decides. team: where they stay."""

    team: TeamId | None


@dataclass(frozen=True, slots=True)
class LeadsSession:
    """The moderator and helpers belong to no team."""


@dataclass(frozen=True, slots=True)
class SitsOnJury:
    """Jurors belong to no team."""


@dataclass(frozen=True, slots=True)
class VoteIsOpen:
    """Nobody is moved while ballots are taken."""


@dataclass(frozen=True, slots=True)
class VotedForIt:
    """The account has voted for that team in this session: its ballot would become one for its own team."""


Joining = Placed | AlreadyThere | TeamsGathered | LeadsSession | SitsOnJury
Moving = Placed | AlreadyThere | VoteIsOpen | VotedForIt | LeadsSession | SitsOnJury


def judge_joining(member: Placing, team: TeamId, *, gathered: bool) -> Joining:
    """Say whether somebody may choose the team."""
    if member.role.leads:
        return LeadsSession()
    if member.role is MemberRole.JUROR:
        return SitsOnJury()
    if member.team == team:
        return AlreadyThere(team)
    return TeamsGathered(member.team) if gathered else Placed(team)


def judge_moving(member: Placing, team: TeamId, *, vote_open: bool) -> Moving:
    """Say whether the moderator may put somebody into the team; of several reasons against it the first is told."""
    if member.role.leads:
        return LeadsSession()
    if member.role is MemberRole.JUROR:
        return SitsOnJury()
    if member.team == team:
        return AlreadyThere(team)
    if vote_open:
        return VoteIsOpen()
    return VotedForIt() if team in member.voted_for else Placed(team)


def balanced(
    sizes: Mapping[TeamId, int], members: Sequence[tuple[MemberId, Collection[TeamId]]]
) -> dict[MemberId, TeamId]:
    """A team for each member: always the smallest so far, the first of equal ones.

    members: in the order in which they are placed, each with the teams that they may not join. Who may join none is
    left out.
    """
    grown = dict(sizes)
    placed: dict[MemberId, TeamId] = {}
    for member, forbidden in members:
        allowed = [team for team in grown if team not in forbidden]
        if allowed:
            smallest = min(allowed, key=grown.__getitem__)
            grown[smallest] += 1
            placed[member] = smallest
    return placed


# --- names


@dataclass(frozen=True, slots=True)
class NamesTaken:
    """Names for new teams, each on a line of its own."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamsWanted:
    """So many teams, to be named by their numbers."""

    count: int


@dataclass(frozen=True, slots=True)
class NameTooLong:
    """One of the names is longer than a button's label."""

    name: str


@dataclass(frozen=True, slots=True)
class NameTwice:
    """One of the names is there already."""

    name: str


@dataclass(frozen=True, slots=True)
class TooManyTeams:
    """There would be more than 40."""

    count: int


@dataclass(frozen=True, slots=True)
class NoName:
    """There is nothing that could be a name."""


Named = NamesTaken | TeamsWanted | NameTooLong | NameTwice | TooManyTeams | NoName


def read_names(text: str, existing: Sequence[str]) -> Named:
    """What a moderator typed to make teams: names, one a line, or how many. existing: names that are taken."""
    lines = [line for line in (one_line(line) for line in text.splitlines()) if line]
    counted = int(lines[0][:4]) if len(lines) == 1 and lines[0].isdecimal() else None
    names = [] if counted is not None else [name for line in lines if (name := quoted(line, 200))]
    more = len(names) if counted is None else counted
    if more == 0:
        return NoName()
    if len(existing) + more > MOST_TEAMS:
        return TooManyTeams(len(existing) + more)
    return _judge_names(names, existing) if counted is None else TeamsWanted(counted)


def _judge_names(names: Sequence[str], existing: Sequence[str]) -> NamesTaken | NameTooLong | NameTwice:
    taken = {folded(name) for name in existing}
    for name in names:
        if len(name) > LONGEST_NAME or len(folded(name)) > LONGEST_KEY:
            return NameTooLong(name[:LONGEST_NAME])
        if folded(name) in taken:
            return NameTwice(name)
        taken.add(folded(name))
    return NamesTaken(tuple(names))


def folded(name: str) -> str:
    """The key under which two spellings of a name are one."""
    return name.casefold().replace("ё", "е")
