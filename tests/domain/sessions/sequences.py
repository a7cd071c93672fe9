"""A session as a sequence of what people do: played by the rules, whoever keeps the facts, a model or the storage."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from hypothesis import strategies as st

from bot.domain.identifiers import RoundId, TeamId
from bot.domain.sessions.agenda import Minutes
from bot.domain.sessions.ballots import Accepted, Elector, Round, Verdict, judge_ballot
from bot.domain.sessions.course import Act, Course, Planned, Step, StepState, may_be_done, possible, ticked
from bot.domain.sessions.teams import Joining, MemberRole, Moving, Placed, Placing, judge_joining, judge_moving
from tests.domain.sessions.acting import BEGINNINGS, changed, planned
from tests.domain.sessions.builders import BEGINS, stage

AGENDA = (stage(minutes=Minutes(0, 0, 5), number=1), stage(minutes=Minutes(0, 0, 5), number=2))
TEAMS_THERE = 3

# --- what happens


@dataclass(frozen=True, slots=True)
class Joins:
    """An account presses «Вступить»."""

    account: int


@dataclass(frozen=True, slots=True)
class Chooses:
    """An account presses a team's button; team: its place, from 0."""

    account: int
    team: int


@dataclass(frozen=True, slots=True)
class IsMoved:
    """The moderator puts an account into a team."""

    account: int
    team: int


@dataclass(frozen=True, slots=True)
class IsMovedWhereItPressed:
    """The moderator puts the account of a press that was handled into the team that it pressed."""

    presses_ago: int


@dataclass(frozen=True, slots=True)
class IsAppointed:
    """The moderator gives an account another role, between votes."""

    account: int
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Acts:
    """The moderator does what the desk offers at that place."""

    place: int


@dataclass(frozen=True, slots=True)
class Passes:
    """So many seconds pass, and the clock looks, or is late."""

    seconds: int
    clock_looks: bool


@dataclass(frozen=True, slots=True)
class Presses:
    """An account's press on a team's button of a round arrives; rounds_ago: 0 for the newest."""

    account: int
    team: int
    rounds_ago: int = 0


@dataclass(frozen=True, slots=True)
class PressesAgain:
    """A press that arrived earlier arrives once more."""

    presses_ago: int


@dataclass(frozen=True, slots=True)
class IsHandled:
    """One of the presses that wait is handled, not always the oldest."""

    place: int


Happening = (
    Joins | Chooses | IsMoved | IsMovedWhereItPressed | IsAppointed | Acts | Passes | Presses | PressesAgain | IsHandled
)

MODERATORS = (IsMoved, IsMovedWhereItPressed, IsAppointed)

_ACCOUNTS = st.integers(1, 6)
_TEAMS = st.integers(0, TEAMS_THERE - 1)
_SECONDS = st.sampled_from([0, 1, 30, 59, 60, 61, 119, 120, 121, 240, 299, 300, 301])
_ROLES = st.sampled_from([MemberRole.MEMBER, MemberRole.MEMBER, MemberRole.JUROR, MemberRole.HELPER])
_PRESSES = st.builds(Presses, st.integers(1, 5), _TEAMS, st.sampled_from([0, 0, 0, 0, 1]))
_HANDLED = st.builds(IsHandled, st.sampled_from([0, 0, 0, 1, 2]))
_MOVED: st.SearchStrategy[Happening] = st.builds(IsMoved, _ACCOUNTS, _TEAMS)
_MOVED_AFTER: st.SearchStrategy[Happening] = st.builds(IsMovedWhereItPressed, st.integers(0, 5))
_APPOINTED = st.builds(IsAppointed, _ACCOUNTS, _ROLES)
_ACTS = st.builds(Acts, st.sampled_from([0, 0, 0, 1]))
_TIME = st.builds(Passes, _SECONDS, st.sampled_from([True, True, False]))
_OTHERS = (
    st.builds(Joins, _ACCOUNTS),
    st.builds(Chooses, _ACCOUNTS, _TEAMS),
    st.builds(PressesAgain, st.integers(0, 3)),
)


def _some(*kinds: st.SearchStrategy[Happening], most: int) -> st.SearchStrategy[list[Happening]]:
    return st.lists(st.sampled_from(kinds).flatmap(lambda kind: kind), min_size=most // 2, max_size=most)


_BETWEEN_VOTES = _some(
    *[_MOVED, _MOVED_AFTER] * 4, _APPOINTED, _APPOINTED, _TIME, _HANDLED, _PRESSES, _ACTS, *_OTHERS, most=10
)
_IN_A_VOTE = _some(
    *[_PRESSES] * 5, *[_HANDLED] * 5, _MOVED, _MOVED_AFTER, _APPOINTED, _TIME, _TIME, _ACTS, *_OTHERS, most=16
)
_GATHERS: st.SearchStrategy[list[Happening]] = st.sampled_from([[Acts(0)], [Acts(0)], [Acts(0)], []])
_ALL_HANDLED: list[Happening] = [*[IsHandled(0)] * 12, Passes(301, clock_looks=True), Passes(121, clock_looks=True)]
_ITS_END: st.SearchStrategy[list[Happening]] = st.sampled_from([_ALL_HANDLED, _ALL_HANDLED, _ALL_HANDLED, []])


@st.composite
def stories(draw: st.DrawFn, *, votes: int = 3) -> list[Happening]:
    """Accounts join, most of them choose a team, and votes are held: among all that may happen in between."""
    seats = [0, 1, *draw(st.lists(st.sampled_from([0, 1, 2, 2, None]), min_size=2, max_size=3))]
    story: list[Happening] = [Joins(account) for account in range(1, len(seats) + 1)]
    story += [Chooses(account, team) for account, team in enumerate(seats, start=1) if team is not None]
    story += draw(_GATHERS)
    for _ in range(draw(st.integers(1, votes))):
        story += [*draw(_BETWEEN_VOTES), Acts(0), *draw(_IN_A_VOTE), *draw(_ITS_END)]
    return story


# --- who keeps the facts


@dataclass(frozen=True, slots=True)
class Seat:
    """What an account is in the session, and in which team."""

    role: MemberRole
    team: TeamId | None


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that was stored."""

    round: RoundId
    account: int
    team: TeamId
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press is judged by."""

    round: Round
    elector: Elector | None
    earlier: TeamId | None


class Facts(Protocol):
    """What the rules ask about and what they let change; accounts are numbers, the moderator is none of them."""

    def teams(self) -> Sequence[TeamId]: ...
    def rounds(self) -> Sequence[RoundId]: ...
    def ballots(self) -> Sequence[Cast]: ...
    def seats(self) -> dict[int, Seat]: ...
    def course(self) -> Course: ...
    def placing(self, account: int) -> Placing | None: ...
    def pressed(self, round_id: RoundId, team: TeamId, account: int) -> Pressed: ...

    def join(self, account: int, *, at: datetime) -> None: ...
    def place(self, account: int, team: TeamId) -> None: ...
    def appoint(self, account: int, role: MemberRole) -> None: ...
    def gather(self, *, at: datetime) -> None: ...
    def begin(self, step: Planned, *, at: datetime) -> None: ...
    def let_stand(self, step: Step, *, at: datetime) -> None: ...
    def cast(self, round_id: RoundId, account: int, team: TeamId, *, at: datetime) -> None: ...


# --- who looks on


@dataclass
class Witness:
    """Somebody who sits in the room and notes what the rules are about, without asking the model."""

    been_in: dict[int, set[TeamId]] = field(default_factory=dict)
    entitled: dict[RoundId, set[int]] = field(default_factory=dict)

    def looks(self, facts: Facts) -> None:
        seats, gathered = facts.seats(), facts.course().gathered
        for account, seat in seats.items():
            if gathered and seat.team is not None:
                self.been_in.setdefault(account, set()).add(seat.team)
        sits = {account for account, seat in seats.items() if seat.team or seat.role is MemberRole.JUROR}
        for opened in facts.rounds():
            self.entitled.setdefault(opened, sits)


# --- how it is played


@dataclass(frozen=True, slots=True)
class Press:
    """A press as it arrived."""

    round: RoundId
    account: int
    team: TeamId
    arrived_at: datetime


@dataclass
class Play:
    """The bot's part: whatever happens is judged before it is done."""

    facts: Facts
    now: datetime = BEGINS
    arrived: list[Press] = field(default_factory=list)
    waiting: list[Press] = field(default_factory=list)
    verdicts: list[tuple[Press, Verdict]] = field(default_factory=list)

    def goes_on(self, happening: Happening) -> None:
        match happening:
            case Joins() | Chooses() | IsMoved() | IsAppointed():
                self._seat(happening)
            case IsMovedWhereItPressed(presses_ago):
                for press, _ in self.verdicts[::-1][presses_ago : presses_ago + 1]:
                    self._seat(IsMoved(press.account, self.facts.teams().index(press.team)))
            case Acts(place):
                self._act(place)
            case Passes(seconds, clock_looks):
                self.now += timedelta(seconds=seconds)
                if clock_looks:
                    self._look()
            case Presses() | PressesAgain():
                self._arrive(happening)
            case IsHandled(place):
                if self.waiting:
                    self._handle(self.waiting.pop(place % len(self.waiting)))

    def is_refused(self, press: Press, verdict: Verdict) -> None:
        """A press was not accepted; a play may look what else forbids it."""

    def is_not_placed(self, account: int, team: TeamId, verdict: Joining | Moving) -> None:
        """Somebody was not let into a team; a play may look what else forbids it."""

    def _seat(self, happening: Joins | Chooses | IsMoved | IsAppointed) -> None:
        account, placing = happening.account, self.facts.placing(happening.account)
        match happening:
            case Joins():
                self.facts.join(account, at=self.now)
            case Chooses(_, place) if placing is not None:
                team, gathered = self.facts.teams()[place], self.facts.course().gathered
                self._place(account, team, judge_joining(placing, team, gathered=gathered))
            case IsMoved(_, place) if placing is not None:
                team = self.facts.teams()[place]
                self._place(account, team, judge_moving(placing, team, vote_open=self._vote_is_open()))
            case IsAppointed(_, role) if placing is not None and placing.role is not role and not self._vote_is_open():
                self.facts.appoint(account, role)

    def _place(self, account: int, team: TeamId, verdict: Joining | Moving) -> None:
        if isinstance(verdict, Placed):
            self.facts.place(account, verdict.team)
        else:
            self.is_not_placed(account, team, verdict)

    def _vote_is_open(self) -> bool:
        step = self.facts.course().step
        return step is not None and step.is_open_vote

    def _act(self, place: int) -> None:
        course = self.facts.course()
        acts = [act for act in possible(course) if act is not Act.FINISH and may_be_done(course, act, at=self.now)]
        if place >= len(acts):
            return
        act = acts[place]
        if act is Act.GATHER:
            self.facts.gather(at=self.now)
        elif act in BEGINNINGS:
            self.facts.begin(planned(course, act), at=self.now)
        else:
            self.facts.let_stand(changed(course.step, act, at=self.now), at=self.now)

    def _look(self) -> None:
        """The clock does what is due; a vote is closed when what arrived in time has been handled."""
        before = self.facts.course().step
        if before is None or before.ends_at is None:
            return
        step, ends_at = ticked(before, at=self.now), before.ends_at
        if step.state is StepState.OVER and any(one.arrived_at < ends_at for one in self.waiting):
            return
        if step != before:
            self.facts.let_stand(step, at=ends_at)

    def _arrive(self, happening: Presses | PressesAgain) -> None:
        press = self._pressed(happening)
        if press is not None:
            self.arrived.append(press)
            self.waiting.append(press)

    def _pressed(self, happening: Presses | PressesAgain) -> Press | None:
        if isinstance(happening, PressesAgain):
            before = self.arrived[::-1][happening.presses_ago : happening.presses_ago + 1]
            return replace(before[0], arrived_at=self.now) if before else None
        rounds = self.facts.rounds()
        if happening.rounds_ago >= len(rounds):
            return None
        team = self.facts.teams()[happening.team]
        return Press(rounds[-1 - happening.rounds_ago], happening.account, team, self.now)

    def _handle(self, press: Press) -> None:
        found = self.facts.pressed(press.round, press.team, press.account)
        verdict = judge_ballot(found.round, found.elector, found.earlier, press.team, at=press.arrived_at)
        self.verdicts.append((press, verdict))
        if isinstance(verdict, Accepted):
            self.facts.cast(press.round, press.account, verdict.team, at=press.arrived_at)
        else:
            self.is_refused(press, verdict)
