"""The votes of a session: rounds, who may vote in them, ballots, refused presses, tallies, the hash of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, insert, select, text, update

from bot.domain.identifiers import MemberId, Pseudonym, RoundId, SessionId, StageId, TeamId
from bot.domain.sessions.ballots import Elector, RefusedWhy, Round
from bot.domain.sessions.results import NO_HASH, CountedBallot, Score, TieRule, log_hash
from bot.storage.hot import Hot
from bot.storage.schema import inbox
from bot.storage.schema_sessions import (
    ballots,
    candidates,
    electors,
    members,
    refusals,
    rounds,
    sessions,
    stays,
    teams,
)

# --- a round

_FIELDS = (
    rounds.c.id, rounds.c.session_id, rounds.c.stage_id, rounds.c.step_number, rounds.c.number, rounds.c.opened_at,
    rounds.c.closes_at, rounds.c.closed_at, rounds.c.hidden, rounds.c.tie_rule, rounds.c.log_hash,
)  # fmt: skip
_OF_SESSION = select(*_FIELDS).where(rounds.c.session_id == bindparam("session")).order_by(rounds.c.id)
_LATEST = _OF_SESSION.order_by(None).order_by(rounds.c.id.desc()).limit(1)
_LAST_NUMBER = select(func.coalesce(func.max(rounds.c.number), 0)).where(rounds.c.stage_id == bindparam("stage"))
_ADD = insert(rounds).returning(rounds.c.id)
_LOCK_SESSION = select(sessions.c.id).where(sessions.c.id == bindparam("session")).with_for_update()
_LOCK = select(rounds.c.id).where(rounds.c.id == bindparam("round")).with_for_update()
_ELECT_MEMBERS = text(
    "INSERT INTO session_electors (round_id, member_id, team_id, is_juror)"
    " SELECT :round, id, team_id, role = 'juror' FROM session_members"
    " WHERE session_id = :session AND user_id IS NOT NULL AND (team_id IS NOT NULL OR role = 'juror')"
)
_OWN = (
    select(func.count())
    .select_from(electors.join(stays, stays.c.member_id == electors.c.member_id))
    .where(electors.c.round_id == bindparam("round"), stays.c.team_id == teams.c.id)
)
_STAND = select(
    teams.c.id,
    _OWN.where(electors.c.is_juror.is_(False)).scalar_subquery().label("own_members"),
    _OWN.where(electors.c.is_juror.is_(True)).scalar_subquery().label("own_jurors"),
).where(
    teams.c.session_id == bindparam("session"),
    select(members.c.id).where(members.c.team_id == teams.c.id).exists(),
)
_ADD_CANDIDATE = insert(candidates)
_COUNT_ELECTORS = select(
    func.coalesce(func.sum(case((electors.c.is_juror, 0), else_=1)), 0),
    func.coalesce(func.sum(case((electors.c.is_juror, 1), else_=0)), 0),
).where(electors.c.round_id == bindparam("round"))
_RESCHEDULE = (
    update(rounds)
    .where(rounds.c.id == bindparam("round"), rounds.c.closed_at.is_(None))
    .values(closes_at=bindparam("at"))
)
_CLOSE = (
    update(rounds)
    .where(rounds.c.id == bindparam("round"), rounds.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), log_hash=bindparam("hash"))
)
_UNHANDLED = (
    select(inbox.c.id)
    .where(
        inbox.c.handled_at.is_(None),
        inbox.c.messenger == bindparam("of_messenger"),
        inbox.c.peer == bindparam("of_peer"),
        inbox.c.kind.in_(("press", "message")),
        inbox.c.arrived_at < bindparam("before"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredRound:
    """One vote of a stage. number: from 1 within its stage. log_hash: once it is closed."""

    id: RoundId
    session: SessionId
    stage: StageId
    step_number: int
    number: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    hidden: bool
    tie_rule: TieRule
    log_hash: str | None

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Electorate:
    """How many may vote in a round."""

    members: int
    jurors: int

    @property
    def all(self) -> int:
        """Members and jurors together."""
        return self.members + self.jurors


def open_round(
    conn: Connection,
    session: SessionId,
    stage: StageId,
    step_number: int,
    *,
    opens_at: datetime,
    closes_at: datetime,
    hidden: bool,
    tie_rule: TieRule,
) -> RoundId:
    """Open the next vote of a stage: whoever is in a team now, and the jurors, may vote; teams with members stand.

    Raises IntegrityError while another vote of the session is open.
    """
    conn.execute(_LOCK_SESSION, {"session": session})  # a move under way ends before who may vote is frozen
    number = conn.execute(_LAST_NUMBER, {"stage": stage}).scalar_one() + 1
    values = {
        "session_id": session, "stage_id": stage, "step_number": step_number, "number": number, "opened_at": opens_at,
        "closes_at": closes_at, "hidden": hidden, "tie_rule": tie_rule.value,
    }  # fmt: skip
    opened = RoundId(conn.execute(_ADD, values).scalar_one())
    conn.execute(_ELECT_MEMBERS, {"round": opened, "session": session})
    entitled = electorate(conn, opened)
    standing = [
        {
            "round_id": opened, "team_id": row.id, "could_vote": entitled.members - row.own_members,
            "jury_could": entitled.jurors - row.own_jurors,
        }
        for row in conn.execute(_STAND, {"round": opened, "session": session})
    ]  # fmt: skip
    if standing:
        conn.execute(_ADD_CANDIDATE, standing)
    return opened


def reschedule(conn: Connection, round_id: RoundId, closes_at: datetime) -> None:
    """Let an open round close at another instant."""
    conn.execute(_RESCHEDULE, {"round": round_id, "at": closes_at})


def may_be_closed(conn: Connection, messenger: str, peer: int, stored: StoredRound) -> bool:
    """Whether every press that arrived in time has been handled."""
    there = {"of_messenger": messenger, "of_peer": peer, "before": stored.closes_at}
    return conn.execute(_UNHANDLED, there).first() is None


def close(conn: Connection, stored: StoredRound, *, at: datetime) -> None:
    """Close a round for good and seal its ballots with the hash over all ballots so far."""
    conn.execute(_LOCK, {"round": stored.id})  # a ballot under way ends before the log is read
    earlier = [one.log_hash for one in of_session(conn, stored.session) if one.id < stored.id]
    before = (earlier[-1] if earlier else None) or NO_HASH
    sealed = log_hash(before, stored.id, log_of(conn, stored.id))
    conn.execute(_CLOSE, {"round": stored.id, "at": at, "hash": sealed})


def of_session(conn: Connection, session: SessionId) -> Sequence[StoredRound]:
    """All rounds in their order."""
    return [_stored(row) for row in conn.execute(_OF_SESSION, {"session": session})]


def latest(conn: Connection, session: SessionId) -> StoredRound | None:
    """The newest round, open or closed."""
    row = conn.execute(_LATEST, {"session": session}).first()
    return None if row is None else _stored(row)


def electorate(conn: Connection, round_id: RoundId) -> Electorate:
    """How many may vote."""
    return Electorate(*conn.execute(_COUNT_ELECTORS, {"round": round_id}).one())


# --- a press

_candidate = teams.alias("candidate")
_chosen = teams.alias("chosen")
# All that a press is judged by in one statement: hundreds a second come while a vote is open, and on PostgreSQL each
# statement is a round trip.
_PRESSED = Hot(
    select(
        rounds.c.id,
        rounds.c.opened_at,
        rounds.c.closes_at,
        rounds.c.closed_at.is_not(None).label("closed"),
        sessions.c.messenger,
        sessions.c.peer,
        candidates.c.team_id.label("candidate"),
        _candidate.c.name.label("candidate_name"),
        electors.c.member_id.label("elector"),
        electors.c.is_juror,
        ballots.c.team_id.label("earlier"),
        _chosen.c.name.label("earlier_name"),
        select(stays.c.member_id)
        .where(stays.c.member_id == members.c.id, stays.c.team_id == bindparam("team"))
        .exists()
        .label("is_own"),
    )
    .select_from(
        rounds.join(sessions, sessions.c.id == rounds.c.session_id)
        .outerjoin(candidates, and_(candidates.c.round_id == rounds.c.id, candidates.c.team_id == bindparam("team")))
        .outerjoin(_candidate, _candidate.c.id == candidates.c.team_id)
        .outerjoin(
            members,
            and_(
                members.c.session_id == rounds.c.session_id,
                members.c.messenger == bindparam("by_messenger"),
                members.c.user_id == bindparam("user"),
            ),
        )
        .outerjoin(electors, and_(electors.c.round_id == rounds.c.id, electors.c.member_id == members.c.id))
        .outerjoin(ballots, and_(ballots.c.round_id == rounds.c.id, ballots.c.member_id == members.c.id))
        .outerjoin(_chosen, _chosen.c.id == ballots.c.team_id)
    )
    .where(rounds.c.id == bindparam("round"))
)
_CAST = Hot(insert(ballots))
_REFUSE = Hot(
    text(
        "INSERT INTO session_refusals (round_id, reason, presses)"
        " SELECT session_rounds.id, :why, 1 FROM session_rounds, sessions WHERE session_rounds.id = :round"
        " AND sessions.id = session_rounds.session_id AND sessions.finished_at IS NULL"  # later no protocol changes
        " ON CONFLICT (round_id, reason) DO UPDATE SET presses = session_refusals.presses + 1"
    )
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press as the rule takes it, and where the session of its round is held.

    round: its candidates are the pressed team, if that stands. elector: who pressed, None for who is not entitled; of
    their own teams the pressed one, if it is one of them. earlier: the team of their ballot in this round. names: of
    these teams.
    """

    round: Round
    messenger: str
    peer: int
    elector: Elector | None
    earlier: TeamId | None
    names: Mapping[TeamId, str]


def pressed(conn: Connection, round_id: RoundId, team: TeamId, messenger: str, user_id: int) -> Pressed | None:
    """What an account's press on the button of a team in a round is judged by. None for a round that is not there."""
    row = _PRESSED.first(conn, {"round": round_id, "team": team, "by_messenger": messenger, "user": user_id})
    if row is None:
        return None
    standing = frozenset[TeamId]() if row.candidate is None else frozenset({team})
    own = frozenset({team}) if row.is_own else frozenset[TeamId]()
    return Pressed(
        Round(RoundId(row.id), standing, row.opened_at, row.closes_at, closed=row.closed),
        row.messenger,
        row.peer,
        None if row.elector is None else Elector(MemberId(row.elector), row.is_juror, own),
        None if row.earlier is None else TeamId(row.earlier),
        {row.candidate: row.candidate_name, row.earlier: row.earlier_name},
    )


def cast(conn: Connection, round_id: RoundId, member: MemberId, team: TeamId, *, at: datetime) -> None:
    """Store a ballot.

    Raises IntegrityError if the account has voted meanwhile, for a team of its own, out of time, or unentitled.
    """
    _CAST.run(conn, {"round_id": round_id, "member_id": member, "team_id": team, "cast_at": at})


def count_refusal(conn: Connection, round_id: RoundId, why: RefusedWhy) -> None:
    """Count a refused press for the protocol."""
    _REFUSE.run(conn, {"round": round_id, "why": why.value})


# --- what it came to

_VOTED = select(func.count()).where(ballots.c.round_id == bindparam("round"))
_SCORES = (
    select(
        candidates.c.team_id,
        candidates.c.could_vote,
        candidates.c.jury_could,
        func.coalesce(func.sum(case((electors.c.is_juror.is_(False), 1), else_=0)), 0).label("ballots"),
        func.coalesce(func.sum(case((electors.c.is_juror.is_(True), 1), else_=0)), 0).label("jury"),
    )
    .select_from(
        candidates.join(teams, teams.c.id == candidates.c.team_id)
        .outerjoin(
            ballots, and_(ballots.c.round_id == candidates.c.round_id, ballots.c.team_id == candidates.c.team_id)
        )
        .outerjoin(
            electors, and_(electors.c.round_id == ballots.c.round_id, electors.c.member_id == ballots.c.member_id)
        )
    )
    .where(candidates.c.round_id == bindparam("round"))
    .group_by(candidates.c.team_id, candidates.c.could_vote, candidates.c.jury_could, teams.c.number)
    .order_by(teams.c.number)
)
_LOG = (
    select(ballots.c.id, ballots.c.team_id, ballots.c.cast_at, members.c.pseudonym, electors.c.is_juror)
    .join(members, members.c.id == ballots.c.member_id)
    .join(
        electors, and_(electors.c.round_id == ballots.c.round_id, electors.c.member_id == ballots.c.member_id)
    )
    .where(ballots.c.round_id == bindparam("round"))
    .order_by(ballots.c.id)
)  # fmt: skip
_REFUSALS = select(refusals.c.reason, refusals.c.presses).where(refusals.c.round_id == bindparam("round"))


def voted(conn: Connection, round_id: RoundId) -> int:
    """How many ballots were cast, jurors' among them; for which teams, this does not tell."""
    return conn.execute(_VOTED, {"round": round_id}).scalar_one()


def scores(conn: Connection, round_id: RoundId) -> list[Score]:
    """The tallies, by the teams' numbers."""
    return [
        Score(TeamId(row.team_id), row.ballots, row.jury, row.could_vote, row.jury_could)
        for row in conn.execute(_SCORES, {"round": round_id})
    ]


def log_of(conn: Connection, round_id: RoundId) -> list[CountedBallot]:
    """The ballots as they were cast, under pseudonyms."""
    return [
        CountedBallot(row.id, Pseudonym(row.pseudonym), TeamId(row.team_id), row.is_juror, row.cast_at)
        for row in conn.execute(_LOG, {"round": round_id})
    ]


def refused(conn: Connection, round_id: RoundId) -> dict[RefusedWhy, int]:
    """How many presses were refused, by reason."""
    return {RefusedWhy(row.reason): row.presses for row in conn.execute(_REFUSALS, {"round": round_id})}


def _stored(row: Any) -> StoredRound:
    return StoredRound(
        RoundId(row.id),
        SessionId(row.session_id),
        StageId(row.stage_id),
        row.step_number,
        row.number,
        row.opened_at,
        row.closes_at,
        row.closed_at,
        row.hidden,
        TieRule(row.tie_rule),
        row.log_hash,
    )
