"""One ballot per account and round, for one team, never for one's own: what a press on a team's button counts as.

Decided at the press, by the instant at which it arrived. Of several reasons to refuse the first is told: closed /
voted already / not entitled / own team (specification, section 10; document 003, «Немного правил»). The database's
constraints are the guarantee (`storage/ballot_rules.py`), this is the kind answer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.identifiers import MemberId, RoundId, TeamId


@dataclass(frozen=True, slots=True)
class Round:
    """One vote of a stage. candidates: the teams that can be chosen. Open from opened_at until before closes_at.

    closed: it was closed, or it is not the session's latest; it never opens again.
    """

    id: RoundId
    candidates: frozenset[TeamId]
    opened_at: datetime
    closes_at: datetime
    closed: bool = False

    def takes(self, at: datetime) -> bool:
        """Whether a press that arrived then is in time."""
        return not self.closed and self.opened_at <= at < self.closes_at


@dataclass(frozen=True, slots=True)
class Elector:
    """Somebody who was entitled when the round opened: in a team, or named a juror.

    own_teams: every team they have been in since «Команды собраны».
    """

    member: MemberId
    is_juror: bool
    own_teams: frozenset[TeamId]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The ballot is to be stored."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class AcceptedBefore:
    """The same press again: it counted, and counts once."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class VotingClosed:
    """The press came too early, too late, or on an old round's button."""


@dataclass(frozen=True, slots=True)
class AlreadyVoted:
    """The account's ballot of this round is for another team."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class NotEntitled:
    """In no team when the round opened, and no juror; or the moderator or a helper."""


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """The account has been in this team since «Команды собраны»."""

    team: TeamId


Refusal = VotingClosed | AlreadyVoted | NotEntitled | OwnTeam
Verdict = Accepted | AcceptedBefore | Refusal


class RefusedWhy(StrEnum):
    """Under which reason the protocol counts a refused press."""

    CLOSED = "closed"
    ALREADY_VOTED = "already-voted"
    NOT_ENTITLED = "not-entitled"
    OWN_TEAM = "own-team"


def judge_ballot(
    stage_round: Round, elector: Elector | None, earlier: TeamId | None, choice: TeamId, *, at: datetime
) -> Verdict:
    """Say whether a press counts. earlier: what the account has chosen in this round; at: when the press arrived."""
    if not stage_round.takes(at) or choice not in stage_round.candidates:
        return VotingClosed()
    if earlier is not None:
        return AcceptedBefore(choice) if earlier == choice else AlreadyVoted(earlier)
    if elector is None:
        return NotEntitled()
    if choice in elector.own_teams:
        return OwnTeam(choice)
    return Accepted(choice)


def why(refusal: Refusal) -> RefusedWhy:
    """The reason as the protocol counts it."""
    match refusal:
        case VotingClosed():
            return RefusedWhy.CLOSED
        case AlreadyVoted():
            return RefusedWhy.ALREADY_VOTED
        case NotEntitled():
            return RefusedWhy.NOT_ENTITLED
        case OwnTeam():
            return RefusedWhy.OWN_TEAM
