"""What the database forbids about votes and teams even to code that has not asked the rules, or lost a race."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import MemberId, RoundId, TeamId
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.teams import MOST_TEAMS, MemberRole
from bot.storage import session_members, session_rounds, sessions
from bot.storage.schema_sessions import ballots, rounds, stays, teams
from tests.storage.builders import NOON
from tests.storage.sessions import (
    A_MINUTE,
    PEER,
    Room,
    add_member,
    add_room,
    add_stage,
    close_vote,
    open_session,
    open_vote,
    vote,
)

A_MICROSECOND = timedelta(microseconds=1)


@contextmanager
def forbidden(conn: Connection, words: str | None = None) -> Iterator[None]:
    """The database refuses what is done in here, and nothing of it stays. words: of its reason."""
    with pytest.raises(IntegrityError, match=words), conn.begin_nested():
        yield


def voted(conn: Connection, room: Room, member: MemberId, team: TeamId) -> None:
    """The member has voted for the team in a round that was closed."""
    round_id = open_vote(conn, room)
    vote(conn, round_id, member, team)
    close_vote(conn, room, round_id)


def moved(conn: Connection, member: MemberId, team: TeamId | None) -> None:
    session_members.place(conn, member, team)


# --- a ballot


def test_a_second_ballot_of_an_account_in_a_round_is_forbidden_for_any_team(conn: Connection) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    add_member(conn, room.session, 5, foxes)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    for team in (room.owls, foxes):
        with forbidden(conn):
            vote(conn, round_id, room.anna, team)
    assert session_rounds.voted(conn, round_id) == 1


def test_a_ballot_for_the_own_team_is_forbidden_to_its_members(conn: Connection) -> None:
    room = add_room(conn)
    with forbidden(conn, "own team"):
        vote(conn, open_vote(conn, room), room.anna, room.eagles)


def test_a_ballot_for_a_team_that_was_left_after_the_gathering_is_forbidden(conn: Connection) -> None:
    room = add_room(conn)
    moved(conn, room.anna, room.owls)
    round_id = open_vote(conn, room)
    for team in (room.eagles, room.owls):
        with forbidden(conn, "own team"):
            vote(conn, round_id, room.anna, team)


def test_a_team_that_was_left_before_the_gathering_may_be_voted_for(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    moved(conn, room.anna, room.owls)
    sessions.gather(conn, room.session, at=NOON)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.eagles)
    assert session_rounds.voted(conn, round_id) == 1


def test_a_juror_who_had_been_in_a_team_does_not_vote_for_it(conn: Connection) -> None:
    room = add_room(conn)
    session_members.appoint(conn, room.anna, MemberRole.JUROR)
    round_id = open_vote(conn, room)
    with forbidden(conn, "own team"):
        vote(conn, round_id, room.anna, room.eagles)
    vote(conn, round_id, room.anna, room.owls)


@pytest.mark.parametrize("at", [NOON - A_MICROSECOND, NOON + 5 * A_MINUTE, NOON + timedelta(days=1)])
def test_a_ballot_before_the_opening_or_from_the_end_on_is_forbidden(conn: Connection, at: datetime) -> None:
    room = add_room(conn)
    with forbidden(conn, "out of time"):
        vote(conn, open_vote(conn, room), room.anna, room.owls, at=at)


@pytest.mark.parametrize("at", [NOON, NOON + 5 * A_MINUTE - A_MICROSECOND])
def test_a_ballot_of_a_rounds_first_and_last_microsecond_is_stored(conn: Connection, at: datetime) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls, at=at)
    assert [ballot.cast_at for ballot in session_rounds.log_of(conn, round_id)] == [at]


def test_a_ballot_that_arrived_in_time_is_forbidden_once_its_round_is_closed(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    close_vote(conn, room, round_id)
    with forbidden(conn, "out of time"):
        vote(conn, round_id, room.anna, room.owls)


def test_a_ballot_of_an_old_round_is_forbidden_while_a_new_one_is_open(conn: Connection) -> None:
    room = add_room(conn)
    old = open_vote(conn, room)
    close_vote(conn, room, old)
    open_vote(conn, room)
    with forbidden(conn, "out of time"):
        vote(conn, old, room.anna, room.owls)


def test_the_time_of_a_ballot_is_that_of_the_round_as_it_was_put_off_or_brought_forward(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    session_rounds.reschedule(conn, round_id, NOON + 7 * A_MINUTE)
    vote(conn, round_id, room.anna, room.owls, at=NOON + 6 * A_MINUTE)
    session_rounds.reschedule(conn, round_id, NOON + 2 * A_MINUTE)
    with forbidden(conn, "out of time"):
        vote(conn, round_id, room.boris, room.owls, at=NOON + 3 * A_MINUTE)


def test_a_ballot_of_who_was_in_no_team_at_the_opening_is_forbidden(conn: Connection) -> None:
    room = add_room(conn)
    teamless = add_member(conn, room.session, 5)
    helper = add_member(conn, room.session, 6, role=MemberRole.HELPER)
    moderator = add_member(conn, room.session, 7, role=MemberRole.MODERATOR)
    round_id = open_vote(conn, room)
    latecomer = add_member(conn, room.session, 8)
    for member in (teamless, helper, moderator, latecomer):
        with forbidden(conn):
            vote(conn, round_id, member, room.owls)


def test_a_ballot_of_somebody_from_another_session_is_forbidden(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 1)
    with forbidden(conn):
        vote(conn, open_vote(conn, room), elsewhere.vera, room.eagles)


def test_a_ballot_for_a_team_that_does_not_stand_in_the_round_is_forbidden(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 1)
    [empty] = session_members.add_teams(conn, room.session, ["Лисы"])
    round_id = open_vote(conn, room)
    for team in (empty, elsewhere.owls, TeamId(999)):
        with forbidden(conn):
            vote(conn, round_id, room.anna, team)


def test_a_ballot_in_a_round_that_was_never_opened_is_forbidden(conn: Connection) -> None:
    room = add_room(conn)
    with forbidden(conn):
        vote(conn, RoundId(999), room.anna, room.owls)


def test_a_stored_ballot_is_neither_changed_nor_deleted_by_anybody(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    for statement in (
        update(ballots).values(team_id=room.eagles),
        update(ballots).values(cast_at=NOON),
        update(ballots).values(member_id=room.boris),
        delete(ballots),
    ):
        with forbidden(conn, "ballots are"):
            conn.execute(statement)
    assert [ballot.team for ballot in session_rounds.log_of(conn, round_id)] == [room.owls]


# --- a round


@pytest.mark.parametrize("closed_at", [None, NOON])
def test_a_closed_round_is_never_opened_again_or_closed_at_another_time(
    conn: Connection, closed_at: datetime | None
) -> None:
    room = add_room(conn)
    close_vote(conn, room, open_vote(conn, room))
    with forbidden(conn, "a closed vote is never changed"):
        conn.execute(update(rounds).values(closed_at=closed_at))


def test_a_second_round_is_forbidden_while_one_is_open_even_in_another_stage(conn: Connection) -> None:
    room = add_room(conn)
    other = add_stage(conn, room.session)
    open_vote(conn, room)
    for stage in (room.stage, other):
        with forbidden(conn):
            conn.execute(
                insert(rounds).values(
                    session_id=room.session, stage_id=stage, step_number=2, number=2, opened_at=NOON, closes_at=NOON,
                    hidden=True, tie_rule="shared",
                )
            )  # fmt: skip


def test_an_open_round_of_one_session_does_not_keep_another_session_from_voting(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 1)
    assert open_vote(conn, room) != open_vote(conn, elsewhere)


# --- a move


def test_nobody_changes_teams_while_a_vote_of_their_session_is_open(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 1)
    teamless = add_member(conn, room.session, 9)
    open_vote(conn, room)
    for member, team in ((room.anna, room.owls), (room.anna, None), (teamless, room.owls)):
        with forbidden(conn, "while a vote is open"):
            moved(conn, member, team)
    with forbidden(conn, "while a vote is open"):
        session_members.place_many(conn, {teamless: room.eagles})
    moved(conn, elsewhere.anna, elsewhere.owls)


def test_nobody_is_taken_out_of_a_team_by_an_appointment_while_a_vote_is_open(conn: Connection) -> None:
    room = add_room(conn)
    open_vote(conn, room)
    for role in (MemberRole.HELPER, MemberRole.JUROR):
        with forbidden(conn, "while a vote is open"):
            session_members.appoint(conn, room.anna, role)


def test_a_move_into_a_team_that_was_voted_for_is_forbidden_and_into_another_is_not(conn: Connection) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    voted(conn, room, room.anna, room.owls)
    with forbidden(conn, "voted for"):
        moved(conn, room.anna, room.owls)
    with forbidden(conn, "voted for"):
        session_members.place_many(conn, {room.boris: foxes, room.anna: room.owls})
    moved(conn, room.anna, foxes)
    moved(conn, room.anna, None)
    with forbidden(conn, "voted for"):
        moved(conn, room.anna, room.owls)


def test_a_juror_made_a_member_again_does_not_come_into_a_team_they_voted_for(conn: Connection) -> None:
    room = add_room(conn)
    juror = add_member(conn, room.session, 5, role=MemberRole.JUROR)
    voted(conn, room, juror, room.owls)
    session_members.appoint(conn, juror, MemberRole.MEMBER)
    with forbidden(conn, "voted for"):
        moved(conn, juror, room.owls)
    moved(conn, juror, room.eagles)


@pytest.mark.parametrize("role", [MemberRole.JUROR, MemberRole.HELPER, MemberRole.MODERATOR])
def test_only_members_come_into_a_team_and_no_juror_or_leader(conn: Connection, role: MemberRole) -> None:
    room = add_room(conn)
    one = add_member(conn, room.session, 5, role=role)
    with forbidden(conn):
        moved(conn, one, room.owls)


# --- sessions and teams


@pytest.mark.parametrize("state", [SessionState.PREPARING, SessionState.RUNNING])
def test_a_second_session_is_forbidden_where_one_is_prepared_or_runs(conn: Connection, state: SessionState) -> None:
    sessions.move(conn, open_session(conn), state, at=NOON)
    with forbidden(conn):
        open_session(conn)
    assert open_session(conn, peer=PEER + 1)


@pytest.mark.parametrize("state", [SessionState.FINISHED, SessionState.DROPPED])
def test_another_session_may_follow_one_that_is_over_in_the_same_conversation(
    conn: Connection, state: SessionState
) -> None:
    first = open_session(conn)
    sessions.move(conn, first, state, at=NOON)
    assert open_session(conn) != first


def test_a_forty_first_team_is_forbidden_and_leaves_the_others_alone(conn: Connection) -> None:
    session = open_session(conn)
    session_members.add_teams(conn, session, [f"Команда {number}" for number in range(1, MOST_TEAMS + 1)])
    with forbidden(conn):
        session_members.add_teams(conn, session, ["Ещё одна"])
    with forbidden(conn):
        conn.execute(insert(teams).values(session_id=session, number=0, name="Нулевая", folded="нулевая"))
    assert len(session_members.teams_of(conn, session)) == MOST_TEAMS


def test_two_teams_of_a_session_never_have_one_name_in_different_spellings(conn: Connection) -> None:
    session, elsewhere = open_session(conn), open_session(conn, peer=PEER + 1)
    [hedgehogs, others] = session_members.add_teams(conn, session, ["Ежи", "Совы"])
    with forbidden(conn):
        session_members.add_teams(conn, session, ["ЁЖИ"])
    with forbidden(conn):
        session_members.rename_team(conn, others, "ёжи")
    session_members.rename_team(conn, hedgehogs, "ЕЖИ")
    assert session_members.add_teams(conn, elsewhere, ["Ежи"])


def test_a_team_in_which_somebody_has_been_since_the_gathering_is_not_removed(conn: Connection) -> None:
    room = add_room(conn)
    with forbidden(conn):
        session_members.remove_team(conn, room.eagles)


def test_the_hash_of_a_closed_round_is_never_written_over(conn: Connection) -> None:
    room = add_room(conn)
    closed = close_vote(conn, room, open_vote(conn, room))
    with forbidden(conn, "a closed vote is never changed"):
        conn.execute(update(rounds).where(rounds.c.id == closed.id).values(log_hash="0" * 64))


def test_where_a_member_has_been_is_never_forgotten_by_the_database(conn: Connection) -> None:
    room = add_room(conn)
    with forbidden(conn, "where somebody was is not forgotten"):
        conn.execute(delete(stays).where(stays.c.member_id == room.anna))


def test_nobody_is_put_into_a_team_of_another_session(conn: Connection) -> None:
    here, there = add_room(conn, gathered=False), add_room(conn, gathered=False, peer=PEER + 1000)
    with forbidden(conn):
        session_members.place(conn, here.anna, there.owls)
