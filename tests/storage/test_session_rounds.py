"""The votes of a session: who may vote, for whom it could be, what the ballots come to, and the seal on them."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Connection, insert, update

from bot.domain.identifiers import MemberId, RoundId, TeamId
from bot.domain.sessions.ballots import Elector, RefusedWhy
from bot.domain.sessions.results import NO_HASH, Score, TieRule
from bot.domain.sessions.teams import MemberRole
from bot.storage import session_members, session_results, session_rounds
from bot.storage.schema import inbox
from bot.storage.schema_sessions import electors
from bot.storage.session_rounds import Electorate, Pressed
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
    stored,
    vote,
)


def add_juror(conn: Connection, room: Room, user_id: int = 9) -> MemberId:
    return add_member(conn, room.session, user_id, role=MemberRole.JUROR)


def add_foxes(conn: Connection, room: Room) -> tuple[TeamId, MemberId]:
    """A third team, of one."""
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    return foxes, add_member(conn, room.session, 5, foxes)


def entitled(conn: Connection, round_id: RoundId) -> set[int]:
    return set(conn.execute(electors.select().where(electors.c.round_id == round_id)).scalars(1))


def press(conn: Connection, round_id: RoundId, team: TeamId, user_id: int) -> Pressed:
    found = session_rounds.pressed(conn, round_id, team, "vk", user_id)
    assert found is not None
    return found


# --- who may vote


def test_members_in_teams_and_jurors_may_vote_and_nobody_else(conn: Connection) -> None:
    room = add_room(conn)
    juror = add_juror(conn, room)
    add_member(conn, room.session, 10)
    add_member(conn, room.session, 11, role=MemberRole.HELPER)
    add_member(conn, room.session, 12, role=MemberRole.MODERATOR)
    session_members.forget_accounts(conn, [("vk", 4)])
    round_id = open_vote(conn, room)
    assert entitled(conn, round_id) == {room.anna, room.boris, room.vera, juror}
    assert session_rounds.electorate(conn, round_id) == Electorate(members=3, jurors=1)
    assert session_rounds.electorate(conn, round_id).all == 4


def test_who_may_vote_is_frozen_at_the_opening_and_asked_anew_for_the_next_round(conn: Connection) -> None:
    room = add_room(conn)
    first = open_vote(conn, room)
    late = add_member(conn, room.session, 5)
    add_juror(conn, room)
    assert session_rounds.electorate(conn, first) == Electorate(4, 0)
    close_vote(conn, room, first)
    session_members.place(conn, late, room.owls)
    second = open_vote(conn, room)
    assert session_rounds.electorate(conn, second) == Electorate(5, 1)
    assert session_rounds.electorate(conn, first) == Electorate(4, 0)


def test_only_teams_with_members_stand_in_a_round(conn: Connection) -> None:
    room = add_room(conn)
    session_members.add_teams(conn, room.session, ["Лисы"])
    add_room(conn, peer=PEER + 10)
    assert [score.team for score in session_rounds.scores(conn, open_vote(conn, room))] == [room.eagles, room.owls]


def test_a_team_could_be_chosen_by_all_who_have_not_been_in_it(conn: Connection) -> None:
    room = add_room(conn)
    foxes, _ = add_foxes(conn, room)
    add_juror(conn, room)
    session_members.place(conn, room.anna, room.owls)  # once an eagle
    session_members.appoint(conn, room.boris, MemberRole.JUROR)  # once an eagle, too
    session_members.place(conn, room.gleb, room.eagles)  # once an owl
    assert could_vote(conn, open_vote(conn, room)) == {
        room.eagles: (4 - 2, 2 - 1),
        room.owls: (4 - 3, 2),
        foxes: (4 - 1, 2),
    }


def could_vote(conn: Connection, round_id: RoundId) -> dict[TeamId, tuple[int, int]]:
    return {score.team: (score.could_vote, score.jury_could) for score in session_rounds.scores(conn, round_id)}


def test_who_could_vote_for_a_team_is_a_recount_of_who_may_and_where_they_have_been(conn: Connection) -> None:
    room = add_room(conn)
    add_foxes(conn, room)
    juror = add_juror(conn, room)
    session_members.place(conn, room.anna, room.owls)
    session_members.place(conn, room.anna, room.eagles)
    session_members.forget_accounts(conn, [("vk", 4)])
    round_id = open_vote(conn, room)
    been_in = session_members.all_own_teams(conn, room.session)
    may = entitled(conn, round_id)
    for team, (members, jurors) in could_vote(conn, round_id).items():
        assert members == sum(team not in been_in.get(MemberId(one), ()) for one in may - {juror})
        assert jurors == 1


def test_a_vote_where_nobody_is_in_a_team_opens_with_nobody_to_choose(conn: Connection) -> None:
    session = open_session(conn)
    stage = add_stage(conn, session)
    opened = session_rounds.open_round(
        conn, session, stage, 1, opens_at=NOON, closes_at=NOON + A_MINUTE, hidden=True, tie_rule=TieRule.SHARED
    )
    assert session_rounds.electorate(conn, opened) == Electorate(0, 0)
    assert session_rounds.scores(conn, opened) == []


# --- a round


def test_rounds_are_numbered_within_their_stage_and_kept_in_their_order(conn: Connection) -> None:
    room = add_room(conn)
    opened = []
    for _ in range(2):
        opened.append(open_vote(conn, room))
        close_vote(conn, room, opened[-1])
    other = add_stage(conn, room.session)
    opened.append(
        session_rounds.open_round(
            conn, room.session, other, 2, opens_at=NOON, closes_at=NOON + A_MINUTE, hidden=False, tie_rule=TieRule.JURY
        )
    )
    found = session_rounds.of_session(conn, room.session)
    assert [(one.id, one.stage, one.number, one.is_open) for one in found] == [
        (opened[0], room.stage, 1, False),
        (opened[1], room.stage, 2, False),
        (opened[2], other, 1, True),
    ]
    newest = session_rounds.latest(conn, room.session)
    assert newest == found[-1]
    assert newest is not None
    assert (newest.hidden, newest.tie_rule) == (False, TieRule.JURY)


def test_a_session_without_votes_has_no_latest_round_and_no_hash(conn: Connection) -> None:
    room = add_room(conn)
    assert session_rounds.latest(conn, room.session) is None
    assert session_results.last_hash(conn, room.session) == NO_HASH


def test_an_open_round_can_be_put_off_and_a_closed_one_cannot(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    session_rounds.reschedule(conn, round_id, NOON + 7 * A_MINUTE)
    assert close_vote(conn, room, round_id).closes_at == NOON + 7 * A_MINUTE
    session_rounds.reschedule(conn, round_id, NOON + 9 * A_MINUTE)
    assert stored(conn, room.session, round_id).closes_at == NOON + 7 * A_MINUTE


def test_closing_a_round_a_second_time_changes_neither_its_end_nor_its_hash(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    once = close_vote(conn, room, round_id)
    session_rounds.close(conn, once, at=NOON + timedelta(hours=1))
    assert stored(conn, room.session, round_id) == once


# --- a press


def test_a_press_is_judged_by_its_round_its_team_and_who_pressed(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    found = press(conn, round_id, room.owls, 1)
    assert (found.messenger, found.peer) == ("vk", PEER)
    assert (found.round.id, found.round.candidates, found.round.closed) == (round_id, frozenset({room.owls}), False)
    assert (found.round.opened_at, found.round.closes_at) == (NOON, NOON + 5 * A_MINUTE)
    assert (found.elector, found.earlier) == (Elector(room.anna, is_juror=False, own_teams=frozenset()), None)
    assert found.names[room.owls] == "Совы"


def test_the_own_team_and_every_former_one_is_told_as_own_at_a_press(conn: Connection) -> None:
    room = add_room(conn)
    session_members.place(conn, room.anna, room.owls)
    round_id = open_vote(conn, room)
    for team in (room.eagles, room.owls):
        elector = press(conn, round_id, team, 1).elector
        assert elector is not None
        assert elector.own_teams == {team}


def test_a_press_of_who_has_voted_tells_the_team_of_their_ballot(conn: Connection) -> None:
    room = add_room(conn)
    foxes, _ = add_foxes(conn, room)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, foxes)
    found = press(conn, round_id, room.owls, 1)
    assert (found.earlier, found.names[foxes], found.names[room.owls]) == (foxes, "Лисы", "Совы")
    assert press(conn, round_id, room.owls, 2).earlier is None


def test_who_is_not_entitled_has_no_part_in_the_round(conn: Connection) -> None:
    room = add_room(conn)
    add_member(conn, room.session, 5)
    add_room(conn, peer=PEER + 10)
    round_id = open_vote(conn, room)
    add_juror(conn, room, 6)
    for account in (5, 6, 11, 404):
        assert press(conn, round_id, room.owls, account).elector is None


def test_a_juror_named_before_the_opening_presses_as_a_juror(conn: Connection) -> None:
    room = add_room(conn)
    juror = add_juror(conn, room)
    elector = press(conn, open_vote(conn, room), room.owls, 9).elector
    assert elector == Elector(juror, is_juror=True, own_teams=frozenset())


def test_a_press_on_a_team_that_does_not_stand_finds_no_candidate(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 10)
    round_id = open_vote(conn, room)
    for team in (elsewhere.owls, TeamId(999)):
        assert press(conn, round_id, team, 1).round.candidates == frozenset()
    assert session_rounds.pressed(conn, RoundId(999), room.owls, "vk", 1) is None


def test_a_press_on_the_button_of_a_closed_round_finds_it_closed(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    close_vote(conn, room, round_id)
    open_vote(conn, room)
    assert press(conn, round_id, room.owls, 1).round.closed


def test_refused_presses_are_counted_by_reason_and_round(conn: Connection) -> None:
    room = add_room(conn)
    first = open_vote(conn, room)
    for why in (RefusedWhy.OWN_TEAM, RefusedWhy.CLOSED, RefusedWhy.OWN_TEAM):
        session_rounds.count_refusal(conn, first, why)
    close_vote(conn, room, first)
    second = open_vote(conn, room)
    session_rounds.count_refusal(conn, second, RefusedWhy.CLOSED)
    assert session_rounds.refused(conn, first) == {RefusedWhy.OWN_TEAM: 2, RefusedWhy.CLOSED: 1}
    assert session_rounds.refused(conn, second) == {RefusedWhy.CLOSED: 1}


# --- presses on their way


def arrives(
    conn: Connection, *, at: datetime, kind: str = "press", peer: int = PEER, handled_at: datetime | None = None
) -> None:
    row = {"messenger": "vk", "event_id": f"{kind}{at}{peer}", "kind": kind, "peer": peer, "user_id": 1}
    times = {"happened_at": at, "arrived_at": at, "arrived_real_at": at, "handled_at": handled_at}
    conn.execute(insert(inbox), row | times)


@pytest.mark.parametrize("kind", ["press", "message"])
def test_a_round_is_not_closed_before_what_arrived_in_time_is_handled(conn: Connection, kind: str) -> None:
    room = add_room(conn)
    one = stored(conn, room.session, open_vote(conn, room))
    arrives(conn, at=one.closes_at - timedelta(microseconds=1), kind=kind)
    assert not session_rounds.may_be_closed(conn, "vk", PEER, one)
    conn.execute(update(inbox).values(handled_at=NOON))
    assert session_rounds.may_be_closed(conn, "vk", PEER, one)


def test_what_came_too_late_or_elsewhere_or_was_handled_keeps_no_round_open(conn: Connection) -> None:
    room = add_room(conn)
    one = stored(conn, room.session, open_vote(conn, room))
    arrives(conn, at=one.closes_at)
    arrives(conn, at=NOON, peer=PEER + 1)
    arrives(conn, at=NOON, handled_at=NOON)
    assert session_rounds.may_be_closed(conn, "vk", PEER, one)


# --- what it came to


def test_ballots_of_members_and_jurors_are_counted_apart_and_teams_without_any_are_there(conn: Connection) -> None:
    room = add_room(conn)
    foxes, _ = add_foxes(conn, room)
    juror = add_juror(conn, room)
    round_id = open_vote(conn, room)
    for member, team in ((room.anna, room.owls), (room.boris, room.owls), (room.vera, foxes), (juror, room.owls)):
        vote(conn, round_id, member, team)
    assert session_rounds.scores(conn, round_id) == [
        Score(room.eagles, 0, 0, 3, 1),
        Score(room.owls, 2, 1, 3, 1),
        Score(foxes, 1, 0, 4, 1),
    ]
    assert session_rounds.voted(conn, round_id) == 4


def test_the_result_of_a_round_goes_by_the_rule_it_was_opened_with(conn: Connection) -> None:
    room = add_room(conn)
    juror = add_juror(conn, room)
    for rule, firsts in ((TieRule.JURY, [1, 2]), (TieRule.SHARED, [1, 1])):
        round_id = open_vote(conn, room, tie_rule=rule)
        for member, team in ((room.anna, room.owls), (room.vera, room.eagles), (juror, room.owls)):
            vote(conn, round_id, member, team)
        result = session_results.of_round(conn, close_vote(conn, room, round_id))
        assert [place.first for place in result.places] == firsts
        assert (result.voted, result.electorate) == (3, Electorate(4, 1))


def test_of_every_stage_the_last_closed_round_counts_in_the_sum(conn: Connection) -> None:
    room = add_room(conn)
    discarded = open_vote(conn, room)
    vote(conn, discarded, room.anna, room.owls)
    close_vote(conn, room, discarded)
    counted = open_vote(conn, room)
    vote(conn, counted, room.vera, room.eagles)
    close_vote(conn, room, counted)
    still_open = open_vote(conn, room)
    vote(conn, still_open, room.anna, room.owls)
    closed = session_results.closed_rounds(conn, room.session)
    assert [one.id for one in closed] == [discarded, counted]
    assert [one.id for one in session_results.counting(closed)] == [counted]
    overall = session_results.overall(conn, room.session)
    assert [(place.score.team, place.score.ballots, place.first) for place in overall] == [
        (room.eagles, 1, 1),
        (room.owls, 0, 2),
    ]


def test_a_session_without_a_closed_vote_has_no_places_at_all(conn: Connection) -> None:
    room = add_room(conn)
    open_vote(conn, room)
    assert session_results.overall(conn, room.session) == ()


# --- the seal


def recounted(conn: Connection, room: Room) -> list[str]:
    """The hashes as somebody computes them who has the exported log and the sentence that describes them."""
    found, before = [], "0" * 64
    for one in session_rounds.of_session(conn, room.session):
        text = before + "\n"
        for ballot in session_rounds.log_of(conn, one.id):
            kind = "jury" if ballot.is_juror else "member"
            instant = ballot.cast_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
            text += f"{one.id}|{ballot.number}|{ballot.voter}|{ballot.team}|{kind}|{instant}\n"
        before = sha256(text.encode()).hexdigest()
        found.append(before)
    return found


def test_each_closed_round_is_sealed_over_its_ballots_and_all_rounds_before(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 10)
    juror = add_juror(conn, room)
    for voters in ((room.anna, juror), (), (room.boris, room.anna)):
        round_id = open_vote(conn, room)
        for place, member in enumerate(voters):
            vote(conn, round_id, member, room.owls, at=NOON + timedelta(seconds=place, microseconds=7))
        other = open_vote(conn, elsewhere)
        vote(conn, other, elsewhere.anna, elsewhere.owls)
        close_vote(conn, elsewhere, other)
        close_vote(conn, room, round_id)
    sealed = [one.log_hash for one in session_rounds.of_session(conn, room.session)]
    assert sealed == recounted(conn, room)
    assert len(set(sealed)) == 3
    assert session_results.last_hash(conn, room.session) == sealed[-1]


def test_the_log_has_the_ballots_in_their_order_under_pseudonyms_alone(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    for member, team in ((room.vera, room.eagles), (room.anna, room.owls)):
        vote(conn, round_id, member, team)
    log = session_rounds.log_of(conn, round_id)
    names = {member.id: member.pseudonym for member in session_members.of_session(conn, room.session)}
    assert [(ballot.voter, ballot.team) for ballot in log] == [
        (names[room.vera], room.eagles),
        (names[room.anna], room.owls),
    ]
    assert len({len(ballot.voter) for ballot in log}) == 1
    assert [ballot.number for ballot in log] == sorted(ballot.number for ballot in log)


def test_an_erased_voter_changes_no_hash_and_no_line_of_the_log(conn: Connection) -> None:
    room = add_room(conn)
    round_id = open_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    log = session_rounds.log_of(conn, round_id)
    session_members.forget_all(conn, room.session)
    assert session_rounds.log_of(conn, round_id) == log
    assert [close_vote(conn, room, round_id).log_hash] == recounted(conn, room)
