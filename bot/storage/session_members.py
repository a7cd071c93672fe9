"""Who takes part in a session: teams, members and their roles, who was in which team.

An account is known by its pseudonym, so that one whose link was erased cannot join, and vote, a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from bot.domain.identifiers import MemberId, SessionId, TeamId
from bot.domain.names import Profile, kept, short_name
from bot.domain.sessions.teams import MemberRole, Placing, Team, folded
from bot.storage import people, session_boards
from bot.storage.schema_sessions import ballots, members, sessions, stays, teams

# --- teams

_TEAMS = (
    select(teams.c.id, teams.c.number, teams.c.name)
    .where(teams.c.session_id == bindparam("session"))
    .order_by(teams.c.number)
)
_ADD_TEAM = insert(teams).returning(teams.c.id)
_RENAME = update(teams).where(teams.c.id == bindparam("team")).values(name=bindparam("new"), folded=bindparam("key"))
_LEAVE_TEAM = update(members).where(members.c.team_id == bindparam("team")).values(team_id=None)
_REMOVE_TEAM = delete(teams).where(teams.c.id == bindparam("team"))
_SIZES = (
    select(members.c.team_id, func.count())
    .where(members.c.session_id == bindparam("session"), members.c.team_id.is_not(None))
    .group_by(members.c.team_id)
)


def teams_of(conn: Connection, session: SessionId) -> tuple[Team, ...]:
    """The teams by their numbers."""
    rows = conn.execute(_TEAMS, {"session": session})
    return tuple(Team(TeamId(row.id), row.number, row.name) for row in rows)


def add_teams(conn: Connection, session: SessionId, names: Iterable[str]) -> list[TeamId]:
    """New teams with the lowest free numbers. Raises IntegrityError for a name that is there."""
    taken = {team.number for team in teams_of(conn, session)}
    added = []
    for name in names:
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        taken.add(number)
        values = {"session_id": session, "number": number, "name": name, "folded": folded(name)}
        added.append(TeamId(conn.execute(_ADD_TEAM, values).scalar_one()))
    return added


def rename_team(conn: Connection, team: TeamId, name: str) -> None:
    """Give a team another name. Raises IntegrityError for one that is there."""
    conn.execute(_RENAME, {"team": team, "new": name, "key": folded(name)})


def remove_team(conn: Connection, team: TeamId) -> None:
    """Forget a team before «Команды собраны»; its members are in none then."""
    conn.execute(_LEAVE_TEAM, {"team": team})
    conn.execute(_REMOVE_TEAM, {"team": team})


def sizes(conn: Connection, session: SessionId) -> dict[TeamId, int]:
    """How many members each team has; empty ones are left out."""
    return {TeamId(team): count for team, count in conn.execute(_SIZES, {"session": session})}


# --- members

_FIELDS = (
    members.c.id, members.c.session_id, members.c.number, members.c.messenger, members.c.user_id, members.c.pseudonym,
    members.c.first_name, members.c.last_initial, members.c.named, members.c.role, members.c.team_id,
)  # fmt: skip
_BY_ACCOUNT = select(*_FIELDS).where(
    members.c.session_id == bindparam("session"),
    members.c.messenger == bindparam("of_messenger"),
    members.c.user_id == bindparam("user"),
)
_KNOWN = select(members.c.id, members.c.user_id).where(
    members.c.session_id == bindparam("session"), members.c.pseudonym == bindparam("called")
)
_BY_ID = select(*_FIELDS).where(members.c.id == bindparam("member"))
_LOCK = _BY_ID.with_for_update()
_OF_SESSION = select(*_FIELDS).where(members.c.session_id == bindparam("session")).order_by(members.c.number)
_COUNTS = (
    select(members.c.role, members.c.team_id.is_not(None).label("is_placed"), func.count().label("people"))
    .where(members.c.session_id == bindparam("session"))
    .group_by(members.c.role, members.c.team_id.is_not(None))
)
_MODERATOR = (
    select(*_FIELDS)
    .where(members.c.session_id == bindparam("session"), members.c.role == "moderator")
    .order_by(members.c.number)
    .limit(1)
)
_LAST_NUMBER = select(func.coalesce(func.max(members.c.number), 0)).where(members.c.session_id == bindparam("session"))
_LOCK_SESSION = select(sessions.c.id).where(sessions.c.id == bindparam("session")).with_for_update()
_ADD = insert(members).returning(members.c.id)
_OF_ID = members.c.id == bindparam("member")
_PLACE = update(members).where(_OF_ID).values(team_id=bindparam("team"))
_ROLE = update(members).where(_OF_ID).values(role=bindparam("to_role"), team_id=None)
_SHOWN = update(members).where(_OF_ID).values(named=bindparam("by_name"))
_OF_ACCOUNT = and_(members.c.messenger == bindparam("of_messenger"), members.c.user_id == bindparam("user"))
_NAME = update(members).where(_OF_ACCOUNT).values(first_name=bindparam("first"), last_initial=bindparam("last"))
_IDS_OF_ACCOUNT = select(members.c.id).where(_OF_ACCOUNT)
_FORGET_ACCOUNT = (
    update(members).where(_OF_ACCOUNT).values(user_id=None, first_name=None, last_initial=None, named=False)
)
_FORGET_ALL = (
    update(members)
    .where(members.c.session_id == bindparam("session"))
    .values(user_id=None, first_name=None, last_initial=None, named=False)
)
_HAS_LEADER = (
    select(members.c.id)
    .where(
        members.c.session_id == bindparam("session"),
        members.c.role.in_(("moderator", "helper")),
        members.c.user_id.is_not(None),
    )
    .limit(1)
)
_STAYS = (
    select(stays.c.member_id, stays.c.team_id)
    .join(members, members.c.id == stays.c.member_id)
    .where(members.c.session_id == bindparam("session"))
)
_STAYS_OF = select(stays.c.team_id).where(stays.c.member_id == bindparam("member"))
_VOTED_FOR = select(ballots.c.team_id).where(ballots.c.member_id == bindparam("member")).distinct()
_ALL_VOTED_FOR = (
    select(ballots.c.member_id, ballots.c.team_id)
    .join(members, members.c.id == ballots.c.member_id)
    .where(members.c.session_id == bindparam("session"))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who joined. number: from 1, in the order of joining; it stands for whoever is not shown by name.

    user_id, profile: None once forgotten; profile also until the messenger told it.
    """

    id: MemberId
    session: SessionId
    number: int
    messenger: str
    user_id: int | None
    pseudonym: str
    profile: Profile | None
    named: bool
    role: MemberRole
    team: TeamId | None

    @property
    def name(self) -> str | None:
        """First name and initial («Анна К.»); None: to be shown by the number."""
        return short_name(self.profile) if self.named else None


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many take part. members: of a team or of none yet; placed: those of a team."""

    members: int
    placed: int
    jurors: int
    helpers: int

    @property
    def joined(self) -> int:
        """Everybody but those who lead."""
        return self.members + self.jurors


@dataclass(frozen=True, slots=True)
class WasErased:
    """The account took part in this session, and its data were erased: it cannot join again."""


def join(
    conn: Connection, session: SessionId, messenger: str, user_id: int, *, named: bool, role: MemberRole, at: datetime
) -> MemberId | WasErased:
    """Let an account take part; it joins no team yet, and joining twice is joining once."""
    if (already := by_account(conn, session, messenger, user_id)) is not None:
        return already.id
    conn.execute(_LOCK_SESSION, {"session": session})  # two at once must not get one number
    called = people.pseudonym_of(conn, messenger, user_id)
    known = conn.execute(_KNOWN, {"session": session, "called": called}).first()
    if known is not None:  # joined meanwhile, or erased
        return WasErased() if known.user_id is None else MemberId(known.id)
    values = {
        "session_id": session, "number": conn.execute(_LAST_NUMBER, {"session": session}).scalar_one() + 1,
        "messenger": messenger, "user_id": user_id, "pseudonym": called, "named": named, "role": role.value,
        "joined_at": at,
    }  # fmt: skip
    return MemberId(conn.execute(_ADD, values).scalar_one())


def by_account(conn: Connection, session: SessionId, messenger: str, user_id: int) -> Member | None:
    """The account's member in the session; None if it has not joined."""
    values = {"session": session, "of_messenger": messenger, "user": user_id}
    row = conn.execute(_BY_ACCOUNT, values).first()
    return None if row is None else _member(row)


def by_id(conn: Connection, member: MemberId) -> Member | None:
    """The member of that number."""
    row = conn.execute(_BY_ID, {"member": member}).first()
    return None if row is None else _member(row)


def lock(conn: Connection, member: MemberId) -> Member | None:
    """The same; neither ballot nor move of theirs comes in between until this transaction ends."""
    row = conn.execute(_LOCK, {"member": member}).first()
    return None if row is None else _member(row)


def of_session(conn: Connection, session: SessionId) -> list[Member]:
    """Everybody who joined, in that order."""
    return [_member(row) for row in conn.execute(_OF_SESSION, {"session": session})]


def headcount(conn: Connection, session: SessionId) -> Headcount:
    """How many take part, and as what."""
    found = {(MemberRole(row.role), row.is_placed): row.people for row in conn.execute(_COUNTS, {"session": session})}
    of_role = {role: found.get((role, True), 0) + found.get((role, False), 0) for role in MemberRole}
    return Headcount(
        of_role[MemberRole.MEMBER],
        found.get((MemberRole.MEMBER, True), 0),
        of_role[MemberRole.JUROR],
        of_role[MemberRole.HELPER],
    )


def moderator(conn: Connection, session: SessionId) -> Member | None:
    """Who opened the session."""
    row = conn.execute(_MODERATOR, {"session": session}).first()
    return None if row is None else _member(row)


def has_leader(conn: Connection, session: SessionId) -> bool:
    """Whether anybody is left who leads it: their data may have been erased."""
    return conn.execute(_HAS_LEADER, {"session": session}).first() is not None


def placing(conn: Connection, member: Member) -> Placing:
    """Where a member stands when they are to join or be moved."""
    voted_for = (TeamId(row.team_id) for row in conn.execute(_VOTED_FOR, {"member": member.id}))
    return Placing(member.role, member.team, frozenset(voted_for))


def voted_for(conn: Connection, session: SessionId) -> dict[MemberId, frozenset[TeamId]]:
    """Which teams each member has voted for, in any round."""
    return _grouped(conn.execute(_ALL_VOTED_FOR, {"session": session}))


def own_teams(conn: Connection, member: MemberId) -> frozenset[TeamId]:
    """Every team that a member has been in since «Команды собраны»."""
    return frozenset(TeamId(row.team_id) for row in conn.execute(_STAYS_OF, {"member": member}))


def all_own_teams(conn: Connection, session: SessionId) -> dict[MemberId, frozenset[TeamId]]:
    """The same of everybody; who has been in none is left out."""
    return _grouped(conn.execute(_STAYS, {"session": session}))


def place(conn: Connection, member: MemberId, team: TeamId | None) -> None:
    """Put a member into a team, or into none.

    Raises IntegrityError while a vote is open, and after «Команды собраны» for a team that they have voted for.
    """
    conn.execute(_PLACE, {"member": member, "team": team})


def place_many(conn: Connection, placed: Mapping[MemberId, TeamId]) -> None:
    """The same for several."""
    if placed:
        conn.execute(_PLACE, [{"member": member, "team": team} for member, team in placed.items()])


def appoint(conn: Connection, member: MemberId, role: MemberRole) -> None:
    """Give a member another role; whoever changes it is in no team."""
    session_boards.take_desks(conn, [member])
    conn.execute(_ROLE, {"member": member, "to_role": role.value})


def show(conn: Connection, member: MemberId, *, named: bool) -> None:
    """Show a member by name or by number from now on."""
    conn.execute(_SHOWN, {"member": member, "by_name": named})


def store_name(conn: Connection, messenger: str, user_id: int, profile: Profile) -> None:
    """Keep first name and initial of an account in all sessions it takes part in, once harmless."""
    harmless = kept(profile)
    if harmless is not None:
        values = {"first": harmless.first_name, "last": harmless.last_name or None}
        conn.execute(_NAME, {**values, "of_messenger": messenger, "user": user_id})


def forget_accounts(conn: Connection, accounts: Sequence[tuple[str, int]]) -> None:
    """Erase names and links of accounts in all sessions; what they did keeps counting under the pseudonym."""
    for messenger, user_id in accounts:
        account = {"of_messenger": messenger, "user": user_id}
        session_boards.take_desks(conn, [MemberId(row.id) for row in conn.execute(_IDS_OF_ACCOUNT, account)])
        conn.execute(_FORGET_ACCOUNT, account)


def forget_all(conn: Connection, session: SessionId) -> None:
    """Erase names and links of everybody in a session."""
    session_boards.forget_all(conn, session)
    conn.execute(_FORGET_ALL, {"session": session})


def _grouped(rows: Iterable[Any]) -> dict[MemberId, frozenset[TeamId]]:
    found: dict[MemberId, set[TeamId]] = {}
    for row in rows:
        found.setdefault(MemberId(row.member_id), set()).add(TeamId(row.team_id))
    return {member: frozenset(own) for member, own in found.items()}


def _member(row: Any) -> Member:
    return Member(
        MemberId(row.id),
        SessionId(row.session_id),
        row.number,
        row.messenger,
        row.user_id,
        row.pseudonym,
        people.profile_of(row.first_name, row.last_initial),
        row.named,
        MemberRole(row.role),
        None if row.team_id is None else TeamId(row.team_id),
    )
