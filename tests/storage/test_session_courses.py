"""How a session goes on: step, round and quiz change together; leaving the conversation and coming back."""

import secrets
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.identifiers import SessionId, StageId
from bot.domain.sessions.agenda import Minutes, Phase, Stage, StageKind
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.course import (
    ENDING_NOTICE,
    Planned,
    SessionState,
    Step,
    StepState,
    ended,
    extended,
    following,
    over,
    paused,
    possible,
    resumed,
)
from bot.domain.sessions.quizzes import Question
from bot.domain.sessions.results import TieRule
from bot.domain.sessions.teams import MemberRole
from bot.storage import (
    conversations,
    outbox,
    session_acts,
    session_agenda,
    session_boards,
    session_courses,
    session_members,
    session_quiz,
    session_rounds,
    session_steps,
    sessions,
)
from bot.storage.outbox import Delivery, DeliveryState, NewBody, NewDelivery, Outcome
from bot.storage.session_boards import WrittenBoard
from bot.storage.session_rounds import StoredRound
from bot.storage.sessions import Session
from tests.storage.builders import NOON
from tests.storage.sessions import A_MINUTE, PEER, Room, add_member, add_room, add_stage, open_session, stands, vote

A_WHOLE = Minutes(25, 5, 5)
REAL = datetime.fromisoformat("2026-03-01T12:00:00+00:00")


def session_of(conn: Connection, session: SessionId) -> Session:
    found = sessions.by_id(conn, session)
    assert found is not None
    return found


def goes_on(conn: Connection, session: SessionId, *, at: datetime = NOON) -> Planned:
    """The next step of the agenda begins."""
    now = stands(conn, session)
    planned = following(now.course)
    assert planned is not None
    session_courses.begin(conn, now, planned, at=at)
    return planned


def step_of(conn: Connection, session: SessionId) -> Step:
    latest = session_steps.latest(conn, session)
    assert latest is not None
    return latest.step


def lets(conn: Connection, session: SessionId, step: Step, *, at: datetime = NOON) -> None:
    session_courses.let_stand(conn, stands(conn, session), step, at=at)


def newest(conn: Connection, session: SessionId) -> StoredRound:
    found = session_rounds.latest(conn, session)
    assert found is not None
    return found


# --- where it stands


def test_a_session_that_does_not_exist_stands_nowhere(conn: Connection) -> None:
    assert session_courses.standing(conn, SessionId(999)) is None
    assert session_courses.standing(conn, SessionId(999), locked=True) is None


def test_a_prepared_session_stands_before_its_first_step_with_the_teams_that_have_members(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    session_members.add_teams(conn, room.session, ["Лисы"])
    found = session_courses.standing(conn, room.session, locked=True)
    assert found is not None
    assert (found.course.step, found.course.gathered, found.course.finished) == (None, False, False)
    assert found.course.teams == (room.eagles, room.owls)
    assert [team.name for team in found.teams] == ["Орлы", "Совы", "Лисы"]
    assert [stage.id for stage in found.course.agenda] == [room.stage]


def test_every_team_presents_even_if_the_one_before_it_lost_its_last_member_meanwhile(conn: Connection) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    add_member(conn, room.session, 5, foxes)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", Minutes(0, 5, 5)))
    goes_on(conn, room.session)
    session_members.place_many(conn, {room.anna: room.owls, room.boris: foxes})
    presented = [goes_on(conn, room.session).team for _ in range(3)]
    assert presented == [room.owls, foxes, None]


def test_how_many_questions_are_left_and_whether_one_is_open_belongs_to_the_stage_in_progress(conn: Connection) -> None:
    room = add_room(conn)
    quiz = add_stage(conn, room.session, StageKind.QUIZ, Minutes(10))
    asked, _ = (session_agenda.add_question(conn, quiz, Question(f"{n}?", ("а", "б"), 0)) for n in range(2))
    assert stands(conn, room.session).course.questions_left == 0
    begin_quiz(conn, room, quiz)
    assert stands(conn, room.session).course.questions_left == 2
    session_quiz.ask(conn, asked, at=NOON)
    course = stands(conn, room.session).course
    assert (course.questions_left, course.question_open) == (1, True)


def begin_quiz(conn: Connection, room: Room, quiz: StageId) -> None:
    now = stands(conn, room.session)
    stage = next(stage for stage in now.course.agenda if stage.id == quiz)
    session_courses.begin(conn, now, Planned(stage, Phase.QUIZ), at=NOON)


@pytest.mark.parametrize("state", [SessionState.FINISHED, SessionState.DROPPED])
def test_nothing_is_possible_in_a_stored_session_that_is_over(conn: Connection, state: SessionState) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    sessions.move(conn, room.session, state, at=NOON)
    assert possible(stands(conn, room.session).course) == ()


# --- going on


def test_the_first_step_sets_the_session_going_and_has_its_time_from_then_on(conn: Connection) -> None:
    room = add_room(conn)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", A_WHOLE))
    goes_on(conn, room.session, at=NOON + A_MINUTE)
    assert session_of(conn, room.session).state is SessionState.RUNNING
    assert step_of(conn, room.session) == Step(room.stage, Phase.WORK, StepState.RUNNING, ends_at=NOON + 26 * A_MINUTE)
    assert session_rounds.latest(conn, room.session) is None


def test_a_vote_opens_with_its_step_by_the_rules_chosen_before(conn: Connection) -> None:
    room = add_room(conn)
    sessions.choose_rules(conn, room.session, hidden=False, tie_rule=TieRule.JURY)
    goes_on(conn, room.session)
    sessions.choose_rules(conn, room.session, hidden=True, tie_rule=TieRule.SHARED)
    opened = newest(conn, room.session)
    assert (opened.hidden, opened.tie_rule, opened.is_open) == (False, TieRule.JURY, True)
    assert (opened.opened_at, opened.closes_at, opened.step_number) == (NOON, NOON + 5 * A_MINUTE, 1)
    assert step_of(conn, room.session).is_open_vote


def test_what_still_runs_is_over_when_the_next_step_begins(conn: Connection) -> None:
    room = add_room(conn)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", Minutes(0, 5)))
    goes_on(conn, room.session)
    goes_on(conn, room.session, at=NOON + 2 * A_MINUTE)
    first, second = session_steps.all_of(conn, room.session)
    assert (first.number, first.step.team, first.step.state) == (1, room.eagles, StepState.OVER)
    assert (first.began_at, first.ended_at) == (NOON, NOON + 2 * A_MINUTE)
    assert (second.number, second.step.team, second.step.state) == (2, room.owls, StepState.RUNNING)
    assert (second.began_at, second.ended_at) == (NOON + 2 * A_MINUTE, None)


def test_a_paused_step_is_kept_to_the_microsecond_and_goes_on_with_what_was_left(conn: Connection) -> None:
    room = add_room(conn)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", A_WHOLE))
    goes_on(conn, room.session)
    rests = paused(step_of(conn, room.session), at=NOON + timedelta(seconds=10, microseconds=1))
    lets(conn, room.session, rests)
    assert step_of(conn, room.session) == rests
    goes_again = resumed(rests, at=NOON + timedelta(hours=1))
    lets(conn, room.session, goes_again)
    assert step_of(conn, room.session) == goes_again
    assert goes_again.ends_at == NOON + timedelta(hours=1, minutes=24, seconds=49, microseconds=999_999)


def test_an_extended_vote_takes_ballots_as_long_as_its_step_runs(conn: Connection) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    lets(conn, room.session, extended(step_of(conn, room.session)))
    assert newest(conn, room.session).closes_at == step_of(conn, room.session).ends_at == NOON + 7 * A_MINUTE
    vote(conn, newest(conn, room.session).id, room.anna, room.owls, at=NOON + 6 * A_MINUTE)


def test_a_vote_ended_early_takes_ballots_until_its_announced_end(conn: Connection) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    lets(conn, room.session, ended(step_of(conn, room.session), at=NOON + A_MINUTE), at=NOON + A_MINUTE)
    opened = newest(conn, room.session)
    assert (opened.closes_at, opened.is_open) == (NOON + A_MINUTE + ENDING_NOTICE, True)
    assert step_of(conn, room.session).ending_early


def test_the_end_of_a_votes_step_closes_and_seals_its_round(conn: Connection) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    vote(conn, newest(conn, room.session).id, room.anna, room.owls)
    lets(conn, room.session, over(step_of(conn, room.session)), at=NOON + 5 * A_MINUTE)
    closed = newest(conn, room.session)
    assert (closed.closed_at, closed.is_open) == (NOON + 5 * A_MINUTE, False)
    assert closed.log_hash is not None
    [only] = session_steps.all_of(conn, room.session)
    assert only.ended_at == NOON + 5 * A_MINUTE


def test_a_new_round_leaves_the_closed_one_as_it_was(conn: Connection) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    lets(conn, room.session, over(step_of(conn, room.session)), at=NOON + 5 * A_MINUTE)
    before = newest(conn, room.session)
    now = stands(conn, room.session)
    session_courses.begin(conn, now, Planned(now.course.agenda[0], Phase.VOTE), at=NOON + 6 * A_MINUTE)
    first, second = session_rounds.of_session(conn, room.session)
    assert first == before
    assert (second.number, second.step_number, second.is_open) == (2, 2, True)


def test_the_end_of_a_quiz_closes_its_question_and_a_pause_does_not(conn: Connection) -> None:
    room = add_room(conn)
    quiz = add_stage(conn, room.session, StageKind.QUIZ, Minutes(10))
    question = session_agenda.add_question(conn, quiz, Question("Где?", ("Сферум", "Почта"), 0))
    begin_quiz(conn, room, quiz)
    session_quiz.ask(conn, question, at=NOON)
    lets(conn, room.session, paused(step_of(conn, room.session), at=NOON))
    assert session_quiz.of_stage(conn, quiz)[0].is_open
    lets(conn, room.session, over(step_of(conn, room.session)), at=NOON + A_MINUTE)
    assert session_quiz.of_stage(conn, quiz)[0].closed_at == NOON + A_MINUTE


def test_nothing_stands_otherwise_where_nothing_has_begun(conn: Connection) -> None:
    room = add_room(conn)
    lets(conn, room.session, Step(room.stage, Phase.WORK, StepState.OVER))
    assert session_steps.all_of(conn, room.session) == []


# --- leaving the conversation and coming back


def test_when_the_bot_is_removed_the_timer_of_work_rests(conn: Connection) -> None:
    room = add_room(conn)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", A_WHOLE))
    goes_on(conn, room.session)
    before = session_of(conn, room.session).revision
    left = session_courses.suspend(conn, "vk", PEER, at=NOON + 10 * A_MINUTE)
    assert left is not None
    assert left.id == room.session
    rests = step_of(conn, room.session)
    assert (rests.state, rests.left) == (StepState.PAUSED, 15 * A_MINUTE)
    assert [(act.deed, act.member) for act in session_acts.of_session(conn, room.session)] == [("left", None)]
    assert session_of(conn, room.session).revision == before + 1


def test_when_the_bot_is_removed_an_open_vote_goes_on_to_its_end(conn: Connection) -> None:
    room = add_room(conn)
    goes_on(conn, room.session)
    before = step_of(conn, room.session)
    session_courses.suspend(conn, "vk", PEER, at=NOON + A_MINUTE)
    assert step_of(conn, room.session) == before
    vote(conn, newest(conn, room.session).id, room.anna, room.owls, at=NOON + 4 * A_MINUTE)


def test_what_rests_or_is_over_stays_so_when_the_bot_is_removed(conn: Connection) -> None:
    room = add_room(conn)
    session_agenda.change(conn, Stage(room.stage, StageKind.TASK, "Что мешает?", "", A_WHOLE))
    goes_on(conn, room.session)
    for step in (paused(step_of(conn, room.session), at=NOON), over(step_of(conn, room.session))):
        lets(conn, room.session, step)
        session_courses.suspend(conn, "vk", PEER, at=NOON + A_MINUTE)
        assert step_of(conn, room.session) == step


def test_a_conversation_without_a_live_session_is_left_and_entered_without_a_trace(conn: Connection) -> None:
    room = add_room(conn)
    sessions.move(conn, room.session, SessionState.FINISHED, at=NOON)
    for peer in (PEER, PEER + 1):
        assert session_courses.suspend(conn, "vk", peer, at=NOON) is None
        assert session_courses.return_to(conn, "vk", peer, at=NOON) is None
    assert session_acts.of_session(conn, room.session) == []


def test_when_the_bot_is_back_its_messages_there_are_written_anew_and_desks_elsewhere_stay(conn: Connection) -> None:
    room = add_room(conn)
    session_boards.note(conn, room.session, "vote", "d1", peer=PEER, row=1, cmid=7, real=REAL)
    session_boards.put_desk(conn, room.session, room.anna, peer=1, cmid=8, locale="ru")
    before = session_of(conn, room.session).revision
    returned = session_courses.return_to(conn, "vk", PEER, at=NOON)
    assert returned is not None
    assert list(session_boards.of_session(conn, room.session)) == [f"{session_boards.DESK}{room.anna}"]
    assert [act.deed for act in session_acts.of_session(conn, room.session)] == ["returned"]
    assert session_of(conn, room.session).revision == before + 1


# --- its messages


def written(conn: Connection, session: SessionId, key: str = "vote", *, cmid: int | None = None) -> Delivery:
    """A board on its way into the conversation."""
    new = NewDelivery("vk", PEER, 1, NewBody("Голосование открыто"))
    [delivery] = outbox.add(conn, [new], at=REAL, offered=lambda _: False)
    session_boards.note(conn, session, key, "d1", peer=PEER, row=delivery.id, cmid=cmid, real=REAL)
    return delivery


def test_a_board_is_on_its_way_until_the_messenger_tells_its_number(conn: Connection) -> None:
    session = open_session(conn)
    delivery = written(conn, session)
    assert session_boards.of_session(conn, session) == {"vote": WrittenBoard(PEER, "ru", "d1", REAL, None, True)}
    outbox.note_outcomes(conn, [Outcome(delivery.id, DeliveryState.SENT, closed_at=REAL, cmid=42)])
    assert session_boards.of_session(conn, session) == {"vote": WrittenBoard(PEER, "ru", "d1", REAL, 42, False)}


def test_a_board_that_was_rewritten_keeps_its_message_and_shows_the_new_digest(conn: Connection) -> None:
    session = open_session(conn)
    first = written(conn, session)
    outbox.note_outcomes(conn, [Outcome(first.id, DeliveryState.SENT, closed_at=REAL, cmid=42)])
    later = REAL + A_MINUTE
    session_boards.note(conn, session, "vote", "d2", peer=PEER, row=first.id, cmid=42, real=later)
    assert session_boards.of_session(conn, session)["vote"] == WrittenBoard(PEER, "ru", "d2", later, 42, False)


def test_a_desk_stands_where_it_was_opened_last_and_is_to_be_written_anew(conn: Connection) -> None:
    room = add_room(conn)
    key = f"{session_boards.DESK}{room.anna}"
    session_boards.put_desk(conn, room.session, room.anna, peer=1, cmid=5, locale="ru")
    session_boards.note(conn, room.session, key, "d1", peer=1, row=1, cmid=5, real=REAL)
    session_boards.put_desk(conn, room.session, room.anna, peer=PEER, cmid=None, locale="en")
    desk = session_boards.of_session(conn, room.session)[key]
    assert (desk.peer, desk.locale, desk.digest, desk.cmid, desk.in_flight) == (PEER, "en", None, None, False)
    assert desk.shown_real_at < REAL


def test_a_desk_is_left_when_its_own_message_shows_something_else_and_no_other(conn: Connection) -> None:
    room = add_room(conn)
    session_boards.put_desk(conn, room.session, room.anna, peer=1, cmid=5, locale="ru")
    for member, peer, cmid in ((room.anna, 1, 6), (room.anna, PEER, 5), (room.boris, 1, 5)):
        session_boards.leave_desk(conn, room.session, member, peer=peer, cmid=cmid)
    assert list(session_boards.of_session(conn, room.session)) == [f"{session_boards.DESK}{room.anna}"]
    session_boards.leave_desk(conn, room.session, room.anna, peer=1, cmid=5)
    assert session_boards.of_session(conn, room.session) == {}


# --- the session itself


def test_a_session_is_found_by_its_number_its_code_its_screen_and_its_conversation(conn: Connection) -> None:
    code = new_session_code(secrets.randbelow)
    opened = sessions.open_session(conn, "vk", PEER, "Сессия", code=code, at=NOON)
    found = session_of(conn, opened)
    assert (found.title, found.state, found.opened_at) == ("Сессия", SessionState.PREPARING, NOON)
    assert (found.hidden, found.tie_rule, found.revision, found.gathered) == (True, TieRule.SHARED, 0, False)
    assert sessions.by_code(conn, code) == sessions.by_screen_token(conn, found.screen_token) == found
    assert sessions.live_at(conn, "vk", PEER) == sessions.lock(conn, opened) == found
    assert sessions.live_at(conn, "max", PEER) is sessions.live_at(conn, "vk", PEER + 1) is None


def test_a_session_knows_what_its_conversation_is_called_and_whether_it_is_shut(conn: Connection) -> None:
    session = session_of(conn, open_session(conn))
    assert (
        sessions.conversation_title(conn, session),
        conversations.is_closed(conn, session.messenger, session.peer),
    ) == ("", False)
    conversations.rename(conn, "vk", PEER, "9-А класс")
    conversations.close(conn, "vk", PEER, "kicked", at=NOON)
    assert (
        sessions.conversation_title(conn, session),
        conversations.is_closed(conn, session.messenger, session.peer),
    ) == ("9-А класс", True)


def test_a_finished_session_is_live_no_more_and_its_end_is_kept(conn: Connection) -> None:
    session = open_session(conn)
    sessions.move(conn, session, SessionState.RUNNING, at=NOON)
    assert session_of(conn, session).finished_at is None
    sessions.move(conn, session, SessionState.FINISHED, at=NOON + A_MINUTE)
    sessions.move(conn, session, SessionState.RUNNING, at=NOON + 2 * A_MINUTE)
    found = session_of(conn, session)
    assert (found.state, found.finished_at) == (SessionState.FINISHED, NOON + A_MINUTE)
    assert sessions.live_at(conn, "vk", PEER) is None


def test_a_renewed_screen_has_another_address_and_the_old_one_shows_nothing(conn: Connection) -> None:
    session = open_session(conn)
    old = session_of(conn, session).screen_token
    sessions.renew_screen(conn, session)
    assert sessions.by_screen_token(conn, old) is None
    assert len(session_of(conn, session).screen_token) == len(old) >= 32


def test_leaders_find_their_sessions_newest_first_and_members_find_none(conn: Connection) -> None:
    first, second, dropped = (open_session(conn, peer=PEER + place) for place in range(3))
    for session in (first, second, dropped):
        add_member(conn, session, 1, role=MemberRole.MODERATOR)
        add_member(conn, session, 2, role=MemberRole.HELPER)
        add_member(conn, session, 3)
    sessions.move(conn, first, SessionState.FINISHED, at=NOON)
    sessions.move(conn, dropped, SessionState.DROPPED, at=NOON)
    for account in (1, 2):
        assert [one.id for one in sessions.led_by(conn, "vk", account)] == [second, first]
    assert sessions.led_by(conn, "vk", 3) == sessions.led_by(conn, "max", 1) == []


def test_a_session_is_shown_while_it_lives_and_until_its_last_word_was_said(conn: Connection) -> None:
    live, unsaid, said, shut = (open_session(conn, peer=PEER + place) for place in range(4))
    for session in (unsaid, said, shut):
        sessions.move(conn, session, SessionState.FINISHED, at=NOON)
    session_boards.note(conn, said, sessions.LAST_BOARD, "d", peer=PEER + 2, row=1, cmid=1, real=REAL)
    conversations.close(conn, "vk", PEER + 3, "kicked", at=NOON)
    assert sessions.to_show(conn) == [live, unsaid]


def test_a_session_is_forgotten_once_nothing_has_happened_in_it_for_long(conn: Connection) -> None:
    session = open_session(conn)
    before = NOON + timedelta(days=30)
    session_acts.note(conn, session, None, "over", at=before)
    assert sessions.to_forget(conn, before=before) is None
    found = sessions.to_forget(conn, before=before + A_MINUTE)
    assert found is not None
    assert found.id == session
    sessions.note_forgotten(conn, session, at=before)
    assert sessions.to_forget(conn, before=before + A_MINUTE) is None
    assert sessions.by_screen_token(conn, found.screen_token) is None


def test_the_protocol_keeps_every_act_with_its_details_in_order(conn: Connection) -> None:
    room = add_room(conn)
    session_acts.note(conn, room.session, room.anna, "move", at=NOON, who="№ 2", team="Совы")
    session_acts.note(conn, room.session, None, "over", at=NOON + A_MINUTE, step=1)
    first, second = session_acts.of_session(conn, room.session)
    assert (first.member, first.deed, first.details) == (room.anna, "move", {"who": "№ 2", "team": "Совы"})
    assert (second.member, second.at, second.details) == (None, NOON + A_MINUTE, {"step": 1})


def test_every_change_of_the_moderator_makes_older_desks_stale(conn: Connection) -> None:
    session = open_session(conn)
    for revision in (1, 2):
        sessions.revise(conn, session)
        assert session_of(conn, session).revision == revision


# --- the agenda


def test_stages_are_added_at_the_end_moved_up_by_one_and_taken_out(conn: Connection) -> None:
    session = open_session(conn)
    first, second, third = (add_stage(conn, session) for _ in range(3))
    session_agenda.move_up(conn, session, third)
    assert order(conn, session) == [first, third, second]
    session_agenda.move_up(conn, session, first)
    assert order(conn, session) == [first, third, second]
    session_agenda.remove(conn, third)
    fourth = add_stage(conn, session)
    assert order(conn, session) == [first, second, fourth]


def order(conn: Connection, session: SessionId) -> list[StageId]:
    return [stage.id for stage in session_agenda.agenda(conn, session)]


def test_a_changed_stage_is_read_back_as_it_was_written(conn: Connection) -> None:
    session = open_session(conn)
    stage = Stage(add_stage(conn, session), StageKind.TASK, "Планируем работу", "Дорожная карта.\nПо месяцам.", A_WHOLE)
    session_agenda.change(conn, stage)
    assert session_agenda.agenda(conn, session) == (stage,)


def test_only_stages_that_have_begun_are_told_as_begun(conn: Connection) -> None:
    room = add_room(conn)
    add_stage(conn, room.session)
    assert session_agenda.begun(conn, room.session) == frozenset()
    goes_on(conn, room.session)
    assert session_agenda.begun(conn, room.session) == {room.stage}


def test_a_team_without_members_neither_presents_nor_counts_as_there(conn: Connection) -> None:
    room = add_room(conn)
    session_members.place_many(conn, {room.anna: room.owls, room.boris: room.owls})
    assert stands(conn, room.session).course.teams == (room.owls,)
    assert room.eagles in {team.id for team in stands(conn, room.session).teams}
