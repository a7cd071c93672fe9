"""Two people at once in one session: whoever comes second finds what the first has done, or is refused."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import RoundId, SessionId, TeamId
from bot.domain.sessions.course import following
from bot.domain.sessions.results import NO_HASH, log_hash
from bot.domain.sessions.teams import MemberRole
from bot.storage import session_courses, session_members, session_rounds, sessions
from bot.storage.schema_sessions import electors
from tests.storage.builders import NOON
from tests.storage.conftest import Race, Work, transaction
from tests.storage.sessions import (
    A_MINUTE,
    PEER,
    Room,
    add_member,
    add_room,
    close_vote,
    open_session,
    open_vote,
    stands,
    stored,
    vote,
)

Commit = Callable[[Work], Any]
InTurn = Callable[[Work, Work], Any]
WAITS_FOR_A_LOCK = text(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def in_turn(postgresql_url: str) -> InTurn:
    """Lets the second piece of work begin when the first is done and not committed, and the first commit when the
    second waits for it; gives the second's result, or what it raised."""

    def run(first: Work, second: Work) -> Any:
        outcomes: list[Any] = []

        def comes_second() -> None:
            try:
                with transaction(postgresql_url) as conn:
                    outcomes.append(second(conn))
            except Exception as error:  # noqa: BLE001 - handed to the test
                outcomes.append(error)

        thread = threading.Thread(target=comes_second)
        observer = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
        with transaction(postgresql_url) as conn, observer.connect() as looks:
            first(conn)
            thread.start()
            while thread.is_alive() and looks.execute(WAITS_FOR_A_LOCK).first() is None:
                pass
        thread.join(30)
        observer.dispose()
        return outcomes[0]

    return run


@pytest.fixture
def after(postgresql_url: str) -> Commit:
    """Does a piece of work in the database of `in_turn` and commits it."""

    def commit(work: Work) -> Any:
        with transaction(postgresql_url) as conn:
            return work(conn)

    return commit


def add_foxes(conn: Connection, room: Room) -> TeamId:
    """A third team, of one."""
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    add_member(conn, room.session, 5, foxes)
    return foxes


def with_vote(conn: Connection) -> tuple[Room, TeamId, RoundId]:
    room = add_room(conn)
    foxes = add_foxes(conn, room)
    return room, foxes, open_vote(conn, room)


def begin_vote(conn: Connection, session: SessionId) -> None:
    """As the moderator does."""
    found = session_courses.standing(conn, session, locked=True)
    assert found is not None
    planned = following(found.course)
    assert planned is not None
    session_courses.begin(conn, found, planned, at=NOON)


def is_sealed(conn: Connection, session: SessionId, round_id: RoundId) -> bool:
    """Whether the round's hash is that of the ballots which it has."""
    one = stored(conn, session, round_id)
    return one.log_hash == log_hash(NO_HASH, round_id, session_rounds.log_of(conn, round_id))


# --- at once, whoever is first, on both databases


def test_of_two_ballots_of_an_account_at_once_one_is_stored(committed: Commit, race: Race) -> None:
    room, foxes, round_id = committed(with_vote)
    outcomes = race(
        lambda conn: vote(conn, round_id, room.anna, room.owls), lambda conn: vote(conn, round_id, room.anna, foxes)
    )
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert committed(lambda conn: session_rounds.voted(conn, round_id)) == 1


def test_of_a_ballot_and_a_move_into_its_team_at_once_the_ballot_alone_is_stored(committed: Commit, race: Race) -> None:
    room, _, round_id = committed(with_vote)
    ballot, move = race(
        lambda conn: vote(conn, round_id, room.anna, room.owls),
        lambda conn: session_members.place(conn, room.anna, room.owls),
    )
    assert ballot is None
    assert isinstance(move, IntegrityError)
    assert committed(lambda conn: session_members.own_teams(conn, room.anna)) == {room.eagles}


def test_a_ballot_at_once_with_the_close_of_its_round_is_sealed_or_refused(committed: Commit, race: Race) -> None:
    room, _, round_id = committed(with_vote)
    ballot, _ = race(
        lambda conn: vote(conn, round_id, room.anna, room.owls), lambda conn: close_vote(conn, room, round_id)
    )
    assert ballot is None or isinstance(ballot, IntegrityError)
    assert committed(lambda conn: session_rounds.voted(conn, round_id)) == (1 if ballot is None else 0)
    assert committed(lambda conn: is_sealed(conn, room.session, round_id))


def test_a_move_at_once_with_the_opening_of_a_vote_comes_before_it_or_is_refused(committed: Commit, race: Race) -> None:
    room = committed(add_room)
    move, opening = race(
        lambda conn: session_members.place(conn, room.anna, room.owls), lambda conn: begin_vote(conn, room.session)
    )
    assert opening is None
    assert move is None or isinstance(move, IntegrityError)
    assert committed(lambda conn: frozen_team(conn, room)) == (room.owls if move is None else room.eagles)


def frozen_team(conn: Connection, room: Room) -> TeamId:
    """Anna's team as the open round has it; it is the one that she is in."""
    frozen = conn.execute(electors.select().where(electors.c.member_id == room.anna)).one().team_id
    member = session_members.by_id(conn, room.anna)
    assert member is not None
    assert member.team == frozen
    return TeamId(frozen)


def test_of_two_rounds_opened_at_once_one_is_open(committed: Commit, race: Race) -> None:
    room = committed(add_room)
    outcomes = race(lambda conn: open_vote(conn, room), lambda conn: open_vote(conn, room))
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert len(committed(lambda conn: session_rounds.of_session(conn, room.session))) == 1


def test_of_two_sessions_opened_at_once_in_a_conversation_one_is_there(committed: Commit, race: Race) -> None:
    outcomes = race(open_session, open_session)
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert committed(lambda conn: sessions.live_at(conn, "vk", PEER)) is not None


def test_an_account_that_joins_twice_at_once_is_one_member(committed: Commit, race: Race) -> None:
    session = committed(open_session)
    outcomes = race(lambda conn: add_member(conn, session, 1), lambda conn: add_member(conn, session, 1))
    [member] = committed(lambda conn: session_members.of_session(conn, session))
    assert outcomes == [member.id, member.id]


def test_accounts_that_join_at_once_get_numbers_of_their_own(committed: Commit, race: Race) -> None:
    session = committed(open_session)
    race(*(joining(session, account) for account in range(1, 6)))
    members = committed(lambda conn: session_members.of_session(conn, session))
    assert [member.number for member in members] == [1, 2, 3, 4, 5]


def joining(session: SessionId, account: int) -> Work:
    return lambda conn: add_member(conn, session, account)


# --- one after another, on PostgreSQL, where the second waits for the first to commit


def test_a_move_that_waits_for_a_ballot_and_the_close_finds_the_ballot(after: Commit, in_turn: InTurn) -> None:
    room, _, round_id = after(with_vote)

    def close_and_move(conn: Connection) -> None:
        close_vote(conn, room, round_id)
        session_members.place(conn, room.anna, room.owls)

    outcome = in_turn(lambda conn: vote(conn, round_id, room.anna, room.owls), close_and_move)
    assert isinstance(outcome, IntegrityError)
    assert after(lambda conn: session_members.own_teams(conn, room.anna)) == {room.eagles}


def test_a_ballot_that_waits_for_a_move_finds_the_new_team(after: Commit, in_turn: InTurn) -> None:
    room, _, round_id = after(with_vote)

    def close_and_move(conn: Connection) -> None:
        close_vote(conn, room, round_id)
        session_members.place(conn, room.anna, room.owls)

    outcome = in_turn(close_and_move, lambda conn: vote(conn, round_id, room.anna, room.owls))
    assert isinstance(outcome, IntegrityError)
    assert after(lambda conn: session_rounds.voted(conn, round_id)) == 0


def test_a_close_that_waits_for_a_ballot_seals_it_with_the_others(after: Commit, in_turn: InTurn) -> None:
    room, _, round_id = after(with_vote)
    in_turn(lambda conn: vote(conn, round_id, room.anna, room.owls), lambda conn: close_vote(conn, room, round_id))
    assert after(lambda conn: session_rounds.voted(conn, round_id)) == 1
    assert after(lambda conn: is_sealed(conn, room.session, round_id))


def test_a_ballot_that_waits_for_the_close_of_its_round_is_refused(after: Commit, in_turn: InTurn) -> None:
    room, _, round_id = after(with_vote)
    outcome = in_turn(
        lambda conn: close_vote(conn, room, round_id), lambda conn: vote(conn, round_id, room.anna, room.owls)
    )
    assert isinstance(outcome, IntegrityError)
    assert after(lambda conn: is_sealed(conn, room.session, round_id))


def test_a_ballot_that_waits_for_an_earlier_end_of_its_round_is_judged_by_it(after: Commit, in_turn: InTurn) -> None:
    room, _, round_id = after(with_vote)
    outcome = in_turn(
        lambda conn: session_rounds.reschedule(conn, round_id, NOON + A_MINUTE),
        lambda conn: vote(conn, round_id, room.anna, room.owls, at=NOON + 2 * A_MINUTE),
    )
    assert isinstance(outcome, IntegrityError)


def test_a_second_ballot_that_waits_for_the_first_is_refused_for_any_team(after: Commit, in_turn: InTurn) -> None:
    room, foxes, round_id = after(with_vote)
    outcome = in_turn(
        lambda conn: vote(conn, round_id, room.anna, room.owls), lambda conn: vote(conn, round_id, room.anna, foxes)
    )
    assert isinstance(outcome, IntegrityError)
    assert [ballot.team for ballot in after(lambda conn: session_rounds.log_of(conn, round_id))] == [room.owls]


def test_a_move_that_waits_for_the_opening_of_a_vote_is_refused(after: Commit, in_turn: InTurn) -> None:
    room = after(add_room)
    for opening in (lambda conn: open_vote(conn, room), lambda conn: begin_vote(conn, room.session)):
        outcome = in_turn(opening, lambda conn: session_members.place(conn, room.anna, room.owls))
        assert isinstance(outcome, IntegrityError)
        after(lambda conn: close_vote(conn, room, session_rounds.of_session(conn, room.session)[-1].id))


def test_the_opening_of_a_vote_that_waits_for_a_move_freezes_the_new_team(after: Commit, in_turn: InTurn) -> None:
    room = after(add_room)
    outcome = in_turn(
        lambda conn: session_members.place(conn, room.anna, room.owls), lambda conn: open_vote(conn, room)
    )
    assert isinstance(outcome, int)
    assert after(lambda conn: frozen_team(conn, room)) == room.owls


def test_a_gathering_that_waits_for_a_switch_remembers_the_new_team_alone(after: Commit, in_turn: InTurn) -> None:
    room = after(lambda conn: add_room(conn, gathered=False))
    in_turn(
        lambda conn: session_members.place(conn, room.anna, room.owls),
        lambda conn: sessions.gather(conn, room.session, at=NOON),
    )
    assert after(lambda conn: session_members.own_teams(conn, room.anna)) == {room.owls}


def test_a_move_that_waits_for_the_gathering_leaves_both_teams_remembered(after: Commit, in_turn: InTurn) -> None:
    room = after(lambda conn: add_room(conn, gathered=False))
    in_turn(
        lambda conn: sessions.gather(conn, room.session, at=NOON),
        lambda conn: session_members.place(conn, room.anna, room.owls),
    )
    assert after(lambda conn: session_members.own_teams(conn, room.anna)) == {room.eagles, room.owls}


def test_a_gathering_that_waits_for_a_ballot_finds_that_it_is_for_the_own_team(after: Commit, in_turn: InTurn) -> None:
    room = after(lambda conn: add_room(conn, gathered=False))
    round_id = after(lambda conn: open_vote(conn, room))
    outcome = in_turn(
        lambda conn: vote(conn, round_id, room.anna, room.eagles),
        lambda conn: sessions.gather(conn, room.session, at=NOON),
    )
    assert isinstance(outcome, IntegrityError)
    assert after(lambda conn: session_members.all_own_teams(conn, room.session)) == {}


def test_a_ballot_that_waits_for_the_gathering_finds_that_it_is_for_the_own_team(
    after: Commit, in_turn: InTurn
) -> None:
    room = after(lambda conn: add_room(conn, gathered=False))
    round_id = after(lambda conn: open_vote(conn, room))
    outcome = in_turn(
        lambda conn: sessions.gather(conn, room.session, at=NOON),
        lambda conn: vote(conn, round_id, room.anna, room.eagles),
    )
    assert isinstance(outcome, IntegrityError)
    assert after(lambda conn: session_rounds.voted(conn, round_id)) == 0


def test_an_account_that_joins_while_it_joins_is_not_told_that_it_was_erased(after: Commit, in_turn: InTurn) -> None:
    session = after(open_session)

    def join(conn: Connection) -> object:
        return session_members.join(conn, session, "vk", 1, named=True, role=MemberRole.MEMBER, at=NOON)

    assert in_turn(join, join) == after(lambda conn: session_members.of_session(conn, session))[0].id


def test_whoever_holds_the_session_keeps_its_course_from_changing_until_they_commit(
    after: Commit, in_turn: InTurn
) -> None:
    room = after(add_room)
    outcome = in_turn(
        lambda conn: begin_vote(conn, room.session),
        lambda conn: session_courses.standing(conn, room.session, locked=True),
    )
    assert outcome.course.step == after(lambda conn: stands(conn, room.session)).course.step
