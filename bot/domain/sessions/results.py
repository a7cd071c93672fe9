"""What the ballots came to: places with ties named, sums over the stages, and the hash that a recount must give.

Jurors' ballots stand in a column of their own; they never add to the members'. How equal numbers are told apart was
chosen before the vote opened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from typing import Final

from bot.domain.identifiers import Pseudonym, RoundId, TeamId

NO_HASH: Final = "0" * 64


class TieRule(StrEnum):
    """What becomes of teams with equal numbers of ballots."""

    SHARED = "shared"  # they share the place
    JURY = "jury"  # more jurors' ballots go first; equal there, too, they share it


@dataclass(frozen=True, slots=True)
class Score:
    """A team's ballots in a round. could_vote: how many electors, and jurors, could have chosen it."""

    team: TeamId
    ballots: int
    jury: int = 0
    could_vote: int = 0
    jury_could: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The places from first to last are shared by teams that nothing tells apart; usually both are the same."""

    score: Score
    first: int
    last: int

    @property
    def is_shared(self) -> bool:
        """Whether another team has the same place."""
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """A ballot as the log has it, in the order in which it was cast."""

    number: int
    voter: Pseudonym
    team: TeamId
    is_juror: bool
    cast_at: datetime


def places(scores: Iterable[Score], rule: TieRule) -> list[Place]:
    """The teams from the first place on; of equal ones the earlier in `scores` comes first in the list."""
    key = _key(rule)
    found: list[Place] = []
    for _, group in groupby(sorted(scores, key=key, reverse=True), key):
        level = list(group)
        first = len(found) + 1
        found += [Place(score, first, first + len(level) - 1) for score in level]
    return found


def summed(rounds: Sequence[Sequence[Score]]) -> list[Score]:
    """Each team's ballots over the rounds that count: the last of every stage."""
    teams = dict.fromkeys(score.team for scores in rounds for score in scores)
    of = {team: [score for scores in rounds for score in scores if score.team == team] for team in teams}
    return [
        Score(
            team,
            sum(one.ballots for one in scores),
            sum(one.jury for one in scores),
            sum(one.could_vote for one in scores),
            sum(one.jury_could for one in scores),
        )
        for team, scores in of.items()
    ]


def turnout(voted: int, electors: int) -> int:
    """How many have not voted yet."""
    return max(electors - voted, 0)


def log_hash(before: str, round_id: RoundId, ballots: Iterable[CountedBallot]) -> str:
    """The hash over a closed round's ballots and the hash of the round before it (`NO_HASH` for the first).

    One line a ballot: round, number, voter, team, juror or member, instant in microseconds. Anybody with the exported
    log can recount it; one altered line changes this hash and all later ones.
    """
    lines = [f"{before}\n", *(_line(round_id, one) for one in sorted(ballots, key=lambda one: one.number))]
    return sha256("".join(lines).encode()).hexdigest()


def _line(round_id: RoundId, ballot: CountedBallot) -> str:
    kind = "jury" if ballot.is_juror else "member"
    instant = ballot.cast_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{round_id}|{ballot.number}|{ballot.voter}|{ballot.team}|{kind}|{instant}\n"


def _key(rule: TieRule) -> Callable[[Score], tuple[int, ...]]:
    return _by_jury if rule is TieRule.JURY else _by_ballots


def _by_ballots(score: Score) -> tuple[int, ...]:
    return (score.ballots,)


def _by_jury(score: Score) -> tuple[int, ...]:
    return (score.ballots, score.jury)


def shares(counts: Mapping[int, int]) -> dict[int, int]:
    """Whole per cents of each count; 0 where nothing was counted."""
    total = sum(counts.values())
    return {key: round(100 * count / total) if total else 0 for key, count in counts.items()}
