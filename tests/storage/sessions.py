"""Sessions with teams, members and votes for the tests of storage; a test names only what matters to it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.identifiers import MemberId, RoundId, SessionId, StageId, TeamId
from bot.domain.sessions.agenda import Minutes, StageKind
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.results import TieRule
from bot.domain.sessions.teams import MemberRole
from bot.storage import session_agenda, session_members, session_rounds, sessions
from bot.storage.session_courses import Standing, standing
from bot.storage.session_rounds import StoredRound
from tests.storage.builders import NOON

PEER = 2_000_000_001
A_MINUTE = timedelta(minutes=1)
ONLY_A_VOTE = Minutes(0, 0, 5)


@dataclass(frozen=True, slots=True)
class Room:
    """A session with two teams of two: Anna and Boris are eagles, Vera and Gleb are owls."""

    session: SessionId
    stage: StageId
    eagles: TeamId
    owls: TeamId
    anna: MemberId
    boris: MemberId
    vera: MemberId
    gleb: MemberId


def open_session(conn: Connection, *, peer: int = PEER, title: str = "Стратегическая сессия") -> SessionId:
    code = new_session_code(secrets.randbelow)
    return sessions.open_session(conn, "vk", peer, title, code=code, at=NOON)


def add_stage(
    conn: Connection, session: SessionId, kind: StageKind = StageKind.TASK, minutes: Minutes = ONLY_A_VOTE
) -> StageId:
    """A stage at the end of the agenda."""
    return session_agenda.add(conn, session, kind, "Что мешает?", "Запишите по пунктам.", minutes)


def add_member(
    conn: Connection,
    session: SessionId,
    user_id: int,
    team: TeamId | None = None,
    *,
    role: MemberRole = MemberRole.MEMBER,
    named: bool = True,
) -> MemberId:
    joined = session_members.join(conn, session, "vk", user_id, named=named, role=role, at=NOON)
    assert isinstance(joined, int), "the account was erased"
    if team is not None:
        session_members.place(conn, joined, team)
    return joined


def add_room(conn: Connection, *, gathered: bool = True, peer: int = PEER) -> Room:
    """The accounts are those of the peer's last four digits and on: 1, 2, 3, 4 in the usual conversation."""
    session = open_session(conn, peer=peer)
    stage = add_stage(conn, session)
    eagles, owls = session_members.add_teams(conn, session, ["Орлы", "Совы"])
    seats = enumerate((eagles, eagles, owls, owls), start=peer - PEER + 1)
    anna, boris, vera, gleb = (add_member(conn, session, account, team) for account, team in seats)
    if gathered:
        sessions.gather(conn, session, at=NOON)
    return Room(session, stage, eagles, owls, anna, boris, vera, gleb)


def stands(conn: Connection, session: SessionId) -> Standing:
    found = standing(conn, session)
    assert found is not None
    return found


# --- votes


def open_vote(
    conn: Connection,
    room: Room,
    *,
    opens_at: datetime = NOON,
    lasts: timedelta = 5 * A_MINUTE,
    hidden: bool = True,
    tie_rule: TieRule = TieRule.SHARED,
) -> RoundId:
    return session_rounds.open_round(
        conn, room.session, room.stage, 1, opens_at=opens_at, closes_at=opens_at + lasts, hidden=hidden,
        tie_rule=tie_rule,
    )  # fmt: skip


def vote(
    conn: Connection, round_id: RoundId, member: MemberId, team: TeamId, *, at: datetime = NOON + A_MINUTE
) -> None:
    session_rounds.cast(conn, round_id, member, team, at=at)


def stored(conn: Connection, session: SessionId, round_id: RoundId) -> StoredRound:
    return next(one for one in session_rounds.of_session(conn, session) if one.id == round_id)


def close_vote(conn: Connection, room: Room, round_id: RoundId) -> StoredRound:
    """The round once it was closed at its end."""
    round_then = stored(conn, room.session, round_id)
    session_rounds.close(conn, round_then, at=round_then.closes_at)
    return stored(conn, room.session, round_id)
