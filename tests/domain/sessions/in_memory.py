"""The facts of a session kept in memory, as plainly as can be: what the storage does with tables and triggers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.identifiers import MemberId, RoundId, TeamId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.ballots import Elector, Round
from bot.domain.sessions.course import Course, Planned, Step, StepState, begun
from bot.domain.sessions.teams import MemberRole, Placing
from tests.domain.sessions.builders import EAGLES, FOXES, OWLS
from tests.domain.sessions.sequences import AGENDA, Cast, Pressed, Seat


@dataclass
class KeptRound:
    """A round with who was entitled when it opened: whether as a juror."""

    round: Round
    entitled: dict[int, bool]


@dataclass
class InMemory:
    """A session of three teams."""

    sitting: dict[int, Seat] = field(default_factory=dict)
    stays: dict[int, set[TeamId]] = field(default_factory=dict)
    kept: list[KeptRound] = field(default_factory=list)
    stored: list[Cast] = field(default_factory=list)
    gathered: bool = False
    step: Step | None = None

    def teams(self) -> Sequence[TeamId]:
        return (EAGLES, OWLS, FOXES)

    def rounds(self) -> Sequence[RoundId]:
        return [one.round.id for one in self.kept]

    def ballots(self) -> Sequence[Cast]:
        return list(self.stored)

    def seats(self) -> dict[int, Seat]:
        return dict(self.sitting)

    def course(self) -> Course:
        filled = {seat.team for seat in self.sitting.values()}
        return Course(AGENDA, tuple(team for team in self.teams() if team in filled), self.gathered, self.step)

    def placing(self, account: int) -> Placing | None:
        seat = self.sitting.get(account)
        voted_for = frozenset(ballot.team for ballot in self.stored if ballot.account == account)
        return None if seat is None else Placing(seat.role, seat.team, voted_for)

    def pressed(self, round_id: RoundId, team: TeamId, account: int) -> Pressed:
        kept = self.round(round_id)
        cast = [ballot.team for ballot in self.stored if (ballot.round, ballot.account) == (round_id, account)]
        elector = None
        if account in kept.entitled:
            elector = Elector(MemberId(account), kept.entitled[account], frozenset(self.stays.get(account, ())))
        return Pressed(kept.round, elector, cast[0] if cast else None)

    def join(self, account: int, *, at: datetime) -> None:
        self.sitting.setdefault(account, Seat(MemberRole.MEMBER, None))

    def place(self, account: int, team: TeamId) -> None:
        self.sitting[account] = replace(self.sitting[account], team=team)
        if self.gathered:
            self.stays.setdefault(account, set()).add(team)

    def appoint(self, account: int, role: MemberRole) -> None:
        self.sitting[account] = Seat(role, None)

    def gather(self, *, at: datetime) -> None:
        self.gathered = True
        for account, seat in self.sitting.items():
            if seat.team is not None:
                self.stays.setdefault(account, set()).add(seat.team)

    def begin(self, step: Planned, *, at: datetime) -> None:
        self.step = begun(step, at=at)
        if self.step.phase is Phase.VOTE and self.step.ends_at is not None:
            entitled = {
                account: seat.role is MemberRole.JUROR
                for account, seat in self.sitting.items()
                if seat.team is not None or seat.role is MemberRole.JUROR
            }
            number = RoundId(len(self.kept) + 1)
            opened = Round(number, frozenset(self.course().teams), at, self.step.ends_at)
            self.kept.append(KeptRound(opened, entitled))

    def let_stand(self, step: Step, *, at: datetime) -> None:
        self.step, newest = step, self.kept[-1]
        if step.state is StepState.OVER:
            newest.round = replace(newest.round, closed=True)
        elif step.ends_at is not None:
            newest.round = replace(newest.round, closes_at=step.ends_at)

    def cast(self, round_id: RoundId, account: int, team: TeamId, *, at: datetime) -> None:
        self.stored.append(Cast(round_id, account, team, at))

    def round(self, round_id: RoundId) -> KeptRound:
        return self.kept[round_id - 1]
