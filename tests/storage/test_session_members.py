"""Who takes part in a session: numbers, teams, roles, names, and being forgotten."""

import pytest
from sqlalchemy import Connection

from bot.domain.identifiers import MemberId, SessionId, TeamId
from bot.domain.names import Profile
from bot.domain.sessions.teams import MemberRole, Placing
from bot.storage import session_members, session_rounds, sessions
from bot.storage.session_members import Headcount, Member, WasErased
from tests.storage.builders import NOON
from tests.storage.sessions import PEER, Room, add_member, add_room, close_vote, open_session, open_vote, vote


def known(conn: Connection, member: MemberId) -> Member:
    found = session_members.by_id(conn, member)
    assert found is not None
    return found


def join(conn: Connection, session: SessionId, user_id: int, messenger: str = "vk") -> MemberId | WasErased:
    return session_members.join(conn, session, messenger, user_id, named=True, role=MemberRole.MEMBER, at=NOON)


# --- joining


def test_members_are_numbered_in_the_order_in_which_they_joined(conn: Connection) -> None:
    session, other = open_session(conn), open_session(conn, peer=PEER + 1)
    for account in (30, 10, 20):
        add_member(conn, session, account)
    add_member(conn, other, 10)
    members = session_members.of_session(conn, session)
    assert [(member.number, member.user_id) for member in members] == [(1, 30), (2, 10), (3, 20)]
    assert [member.number for member in session_members.of_session(conn, other)] == [1]


def test_joining_twice_is_joining_once_and_changes_nothing(conn: Connection) -> None:
    room = add_room(conn)
    before = known(conn, room.anna)
    again = session_members.join(conn, room.session, "vk", 1, named=False, role=MemberRole.HELPER, at=NOON)
    assert again == room.anna
    assert known(conn, room.anna) == before


def test_the_same_number_in_two_messengers_is_two_accounts(conn: Connection) -> None:
    session = open_session(conn)
    assert join(conn, session, 1, "vk") != join(conn, session, 1, "max")


def test_a_member_is_found_by_the_account_in_their_own_session_alone(conn: Connection) -> None:
    room, elsewhere = add_room(conn), open_session(conn, peer=PEER + 1)
    assert session_members.by_account(conn, room.session, "vk", 1) == known(conn, room.anna)
    assert session_members.by_account(conn, elsewhere, "vk", 1) is None
    assert session_members.by_account(conn, room.session, "max", 1) is None
    assert session_members.lock(conn, room.anna) == known(conn, room.anna)
    assert session_members.by_id(conn, MemberId(999)) is session_members.lock(conn, MemberId(999)) is None


def test_people_are_counted_by_what_they_are_and_leaders_have_not_joined(conn: Connection) -> None:
    room = add_room(conn)
    add_room(conn, peer=PEER + 9)
    assert session_members.headcount(conn, room.session) == Headcount(members=4, placed=4, jurors=0, helpers=0)
    add_member(conn, room.session, 5)
    add_member(conn, room.session, 6, role=MemberRole.JUROR)
    add_member(conn, room.session, 7, role=MemberRole.HELPER)
    add_member(conn, room.session, 8, role=MemberRole.MODERATOR)
    counted = session_members.headcount(conn, room.session)
    assert (counted, counted.joined) == (Headcount(members=5, placed=4, jurors=1, helpers=1), 6)


def test_a_session_has_a_leader_until_the_last_of_them_is_forgotten(conn: Connection) -> None:
    room = add_room(conn)
    assert not session_members.has_leader(conn, room.session)
    assert session_members.moderator(conn, room.session) is None
    moderator = add_member(conn, room.session, 7, role=MemberRole.MODERATOR)
    add_member(conn, room.session, 8, role=MemberRole.HELPER)
    assert session_members.moderator(conn, room.session) == known(conn, moderator)
    session_members.forget_accounts(conn, [("vk", 7)])
    assert session_members.has_leader(conn, room.session)
    session_members.forget_accounts(conn, [("vk", 8)])
    assert not session_members.has_leader(conn, room.session)


# --- names


def test_a_name_is_kept_as_first_name_and_initial_in_every_session_of_the_account(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 9)
    there = add_member(conn, elsewhere.session, 1)
    session_members.store_name(conn, "vk", 1, Profile("Анна", "Кузнецова"))
    assert [known(conn, one).profile for one in (room.anna, there)] == [Profile("Анна", "К"), Profile("Анна", "К")]
    assert known(conn, room.anna).name == "Анна К."
    assert known(conn, room.boris).profile is None


@pytest.mark.parametrize("first_name", ["@all", "12345", "", "[club1|Анна]"])
def test_what_is_no_harmless_name_is_not_kept_as_it_was_written(conn: Connection, first_name: str) -> None:
    room = add_room(conn)
    session_members.store_name(conn, "vk", 1, Profile(first_name, ""))
    name = known(conn, room.anna).name or ""
    assert not set(name) & set("@[]|*12345")


def test_a_member_who_joined_without_a_name_is_shown_by_the_number_until_they_choose(conn: Connection) -> None:
    session = open_session(conn)
    masked = add_member(conn, session, 1, named=False)
    session_members.store_name(conn, "vk", 1, Profile("Анна", "Кузнецова"))
    assert known(conn, masked).name is None
    session_members.show(conn, masked, named=True)
    assert known(conn, masked).name == "Анна К."
    session_members.show(conn, masked, named=False)
    assert known(conn, masked).name is None


# --- being forgotten


def test_a_forgotten_account_leaves_no_name_and_no_link_in_any_session(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 9)
    there = add_member(conn, elsewhere.session, 1)
    session_members.store_name(conn, "vk", 1, Profile("Анна", "Кузнецова"))
    session_members.forget_accounts(conn, [("vk", 1)])
    for member in (room.anna, there):
        one = known(conn, member)
        assert (one.user_id, one.profile, one.named, one.name) == (None, None, False, None)
    assert known(conn, room.boris).user_id == 2


def test_an_erased_account_cannot_join_its_session_again_and_can_join_another(conn: Connection) -> None:
    room, elsewhere = add_room(conn), open_session(conn, peer=PEER + 9)
    session_members.forget_accounts(conn, [("vk", 1)])
    assert join(conn, room.session, 1) == WasErased()
    assert len(session_members.of_session(conn, room.session)) == 4
    assert isinstance(join(conn, elsewhere, 1), int)


def test_what_a_forgotten_member_did_keeps_counting_in_team_and_tally(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    session_members.forget_accounts(conn, [("vk", 1)])
    assert session_members.sizes(conn, room.session) == {room.eagles: 2, room.owls: 2}
    assert session_members.own_teams(conn, room.anna) == {room.eagles}
    assert close_vote(conn, room, round_id).log_hash is not None
    assert session_rounds.voted(conn, round_id) == 1


def test_forgetting_a_session_forgets_its_people_and_nobody_elsewhere(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 9)
    session_members.store_name(conn, "vk", 1, Profile("Анна", "Кузнецова"))
    session_members.forget_all(conn, room.session)
    assert {(one.user_id, one.profile) for one in session_members.of_session(conn, room.session)} == {(None, None)}
    assert {one.user_id for one in session_members.of_session(conn, elsewhere.session)} == {10, 11, 12, 13}


# --- teams


def test_a_new_team_takes_the_lowest_number_that_is_free(conn: Connection) -> None:
    session = open_session(conn)
    [_, owls, _] = session_members.add_teams(conn, session, ["Орлы", "Совы", "Лисы"])
    session_members.remove_team(conn, owls)
    session_members.add_teams(conn, session, ["Ежи", "Рыси"])
    teams = session_members.teams_of(conn, session)
    assert [(team.number, team.name) for team in teams] == [(1, "Орлы"), (2, "Ежи"), (3, "Лисы"), (4, "Рыси")]


def test_the_members_of_a_removed_team_are_in_none(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    session_members.remove_team(conn, room.eagles)
    assert known(conn, room.anna).team is None
    assert session_members.sizes(conn, room.session) == {room.owls: 2}


def test_only_teams_with_members_have_a_size(conn: Connection) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    assert session_members.sizes(conn, room.session) == {room.eagles: 2, room.owls: 2}
    session_members.place_many(conn, {room.anna: foxes, room.boris: foxes})
    assert session_members.sizes(conn, room.session) == {room.owls: 2, foxes: 2}
    session_members.place_many(conn, {})


def test_switching_before_the_gathering_leaves_no_trace(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    session_members.place(conn, room.anna, room.owls)
    assert session_members.all_own_teams(conn, room.session) == {}
    assert sessions.gather(conn, room.session, at=NOON)
    assert session_members.own_teams(conn, room.anna) == {room.owls}


def test_every_team_since_the_gathering_is_remembered_also_after_leaving_it(conn: Connection) -> None:
    room = add_room(conn)
    session_members.place(conn, room.anna, room.owls)
    session_members.place(conn, room.anna, None)
    session_members.place(conn, room.anna, room.eagles)
    session_members.appoint(conn, room.boris, MemberRole.JUROR)
    assert session_members.all_own_teams(conn, room.session) == {
        room.anna: {room.eagles, room.owls},
        room.boris: {room.eagles},
        room.vera: {room.owls},
        room.gleb: {room.owls},
    }


def test_teams_are_gathered_once_and_a_second_time_changes_nothing(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    assert sessions.gather(conn, room.session, at=NOON)
    session_members.place(conn, room.anna, room.owls)
    assert not sessions.gather(conn, room.session, at=NOON)
    assert session_members.own_teams(conn, room.anna) == {room.eagles, room.owls}


@pytest.mark.parametrize("role", [MemberRole.JUROR, MemberRole.HELPER])
def test_whoever_is_given_another_role_is_in_no_team(conn: Connection, role: MemberRole) -> None:
    room = add_room(conn)
    session_members.appoint(conn, room.anna, role)
    assert (known(conn, room.anna).role, known(conn, room.anna).team) == (role, None)
    session_members.appoint(conn, room.anna, MemberRole.MEMBER)
    assert (known(conn, room.anna).role, known(conn, room.anna).team) == (MemberRole.MEMBER, None)


def test_where_a_member_stands_tells_every_team_that_they_have_voted_for(conn: Connection) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    add_member(conn, room.session, 5, foxes)
    for team in (room.owls, foxes, foxes):
        votes_for(conn, room, team)
    assert session_members.placing(conn, known(conn, room.anna)) == Placing(
        MemberRole.MEMBER, room.eagles, frozenset({room.owls, foxes})
    )
    assert session_members.placing(conn, known(conn, room.vera)).voted_for == frozenset()
    assert session_members.voted_for(conn, room.session) == {room.anna: {room.owls, foxes}}


def votes_for(conn: Connection, room: Room, team: TeamId) -> None:
    """A round in which Anna votes for the team."""
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, team)
    close_vote(conn, room, round_id)
