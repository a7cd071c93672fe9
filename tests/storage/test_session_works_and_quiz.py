"""What teams hand in, what people answer, and what the room and the desk see of it, and of votes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.identifiers import MemberId, QuestionId, RoundId, StageId, TeamId, WorkId
from bot.domain.names import Profile
from bot.domain.sessions.agenda import Minutes, Phase, Stage, StageKind
from bot.domain.sessions.course import Planned, SessionState, StepState, over, paused
from bot.domain.sessions.quizzes import Question
from bot.domain.sessions.screen import Screen, ScreenMember, ScreenState, ScreenTimer, ScreenVote
from bot.domain.sessions.teams import MemberRole
from bot.storage import (
    session_agenda,
    session_courses,
    session_desks,
    session_members,
    session_quiz,
    session_rounds,
    session_screen,
    session_steps,
    session_works,
    sessions,
)
from tests.storage.builders import NOON
from tests.storage.sessions import (
    A_MINUTE,
    PEER,
    Room,
    add_member,
    add_room,
    add_stage,
    close_vote,
    stands,
    vote,
)

LINKS = "https://vk.me/club222000111"
WHERE = Question("Где идут уроки?", ("Сферум", "Почта", "Нигде"), 0)


def token_of(conn: Connection, room: Room) -> str:
    return stands(conn, room.session).session.screen_token


def shown(conn: Connection, room: Room) -> Screen:
    found = session_screen.screen(conn, token_of(conn, room), LINKS)
    assert found is not None
    return found


def begin(conn: Connection, room: Room, stage: StageId, phase: Phase, team: TeamId | None = None) -> None:
    now = stands(conn, room.session)
    planned = next(one for one in now.course.agenda if one.id == stage)
    session_courses.begin(conn, now, Planned(planned, phase, team), at=NOON)


def begin_work(conn: Connection, room: Room, phase: Phase = Phase.WORK, team: TeamId | None = None) -> None:
    """The room's stage with all of its phases."""
    whole = Stage(room.stage, StageKind.TASK, "Что мешает?", "По пунктам.", Minutes(25, 5, 5))
    session_agenda.change(conn, whole)
    begin(conn, room, room.stage, phase, team)


def begin_vote(conn: Connection, room: Room, *, hidden: bool = True) -> RoundId:
    now = stands(conn, room.session)
    sessions.choose_rules(conn, room.session, hidden=hidden, tie_rule=now.session.tie_rule)
    begin(conn, room, room.stage, Phase.VOTE)
    newest = session_rounds.latest(conn, room.session)
    assert newest is not None
    return newest.id


# --- works


def hand_in(
    conn: Connection, room: Room, text: str = "Три пункта", *, stage: StageId | None = None, with_file: bool = False
) -> WorkId:
    """Anna hands in a work of the eagles."""
    anna = session_members.by_id(conn, room.anna)
    assert anna is not None
    return session_works.add(
        conn, anna, room.eagles, stage or room.stage, text, with_file=with_file, at=NOON
    )  # fmt: skip


def picture(conn: Connection, room: Room, path: str = "works/1.jpg", *, stage: StageId | None = None) -> WorkId:
    work = hand_in(conn, room, "", with_file=True, stage=stage)
    assert session_works.fetched(conn, work, path)
    return work


def known(conn: Connection, work: WorkId) -> session_works.Work:
    found = session_works.by_id(conn, work)
    assert found is not None
    return found


def test_a_text_is_here_at_once_and_belongs_to_the_team_and_stage_it_was_sent_for(conn: Connection) -> None:
    room = add_room(conn)
    work = known(conn, hand_in(conn, room))
    assert (work.session, work.stage, work.team, work.member) == (room.session, room.stage, room.eagles, room.anna)
    assert (work.text, work.path, work.shown_at, work.is_here) == ("Три пункта", None, None, True)
    assert session_works.by_id(conn, WorkId(999)) is None


def test_a_picture_is_here_once_it_was_fetched_and_what_is_known_stays(conn: Connection) -> None:
    room = add_room(conn)
    fetched, lost = (hand_in(conn, room, with_file=True) for _ in range(2))
    assert not known(conn, fetched).is_here
    assert session_works.fetched(conn, fetched, "works/1.jpg")
    assert session_works.fetched(conn, lost, None)
    for work in (fetched, lost):
        assert not session_works.fetched(conn, work, "works/2.jpg")
    assert (known(conn, fetched).is_here, known(conn, fetched).path) == (True, "works/1.jpg")
    assert (known(conn, lost).is_here, known(conn, lost).path) == (False, None)


def test_the_works_of_a_session_are_listed_as_they_came_and_erased_together(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 10)
    first, second, there = hand_in(conn, room, "Первая"), picture(conn, room), hand_in(conn, elsewhere)
    session_works.show(conn, second, at=NOON)
    assert [work.id for work in session_works.of_session(conn, room.session)] == [first, second]
    session_works.forget(conn, room.session)
    assert {(work.text, work.path, work.shown_at) for work in session_works.of_session(conn, room.session)} == {
        ("", None, None)
    }
    assert known(conn, there).text == "Три пункта"


def test_a_work_is_on_the_screen_from_showing_to_hiding_in_its_own_stage_alone(conn: Connection) -> None:
    room = add_room(conn)
    other = add_stage(conn, room.session, StageKind.TALK, Minutes(10))
    begin_work(conn, room)
    work, of_other_stage, unseen = hand_in(conn, room), hand_in(conn, room, stage=other), hand_in(conn, room)
    assert shown(conn, room).works == ()
    for one in (work, of_other_stage):
        session_works.show(conn, one, at=NOON)
    assert [one.id for one in shown(conn, room).works] == [work]
    assert unseen not in {one.id for one in shown(conn, room).works}
    session_works.show(conn, work, at=None)
    assert shown(conn, room).works == ()


def test_a_picture_that_has_not_arrived_is_on_no_screen_even_if_it_was_shown(conn: Connection) -> None:
    room = add_room(conn)
    begin_work(conn, room)
    work = hand_in(conn, room, with_file=True)
    session_works.show(conn, work, at=NOON)
    assert shown(conn, room).works == ()
    session_works.fetched(conn, work, "works/1.jpg")
    [there] = shown(conn, room).works
    assert (there.text, there.has_picture, there.team) == ("Три пункта", True, room.eagles)


def test_the_works_of_the_team_that_presents_come_first(conn: Connection) -> None:
    room = add_room(conn)
    begin_work(conn, room, Phase.PRESENTATION, room.owls)
    eagles_first = hand_in(conn, room)
    vera = session_members.by_id(conn, room.vera)
    assert vera is not None
    owls = session_works.add(conn, vera, room.owls, room.stage, "Совы", with_file=False, at=NOON)
    for work in (eagles_first, owls):
        session_works.show(conn, work, at=NOON)
    assert [work.id for work in shown(conn, room).works] == [owls, eagles_first]


# --- pictures by their address


def test_a_shown_picture_is_found_at_its_screens_address(conn: Connection) -> None:
    room = add_room(conn)
    work = picture(conn, room, "works/7.jpg")
    session_works.show(conn, work, at=NOON)
    assert session_screen.picture_path(conn, token_of(conn, room), work) == "works/7.jpg"


def test_a_picture_that_is_not_shown_or_not_any_more_is_not_found(conn: Connection) -> None:
    room = add_room(conn)
    work = picture(conn, room)
    assert session_screen.picture_path(conn, token_of(conn, room), work) is None
    session_works.show(conn, work, at=NOON)
    session_works.show(conn, work, at=None)
    assert session_screen.picture_path(conn, token_of(conn, room), work) is None


def test_a_shown_text_or_an_unknown_number_has_no_picture(conn: Connection) -> None:
    room = add_room(conn)
    text = hand_in(conn, room)
    session_works.show(conn, text, at=NOON)
    for work in (text, WorkId(999)):
        assert session_screen.picture_path(conn, token_of(conn, room), work) is None


def test_a_shown_picture_is_not_found_at_the_address_of_another_sessions_screen(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 10)
    work = picture(conn, room)
    session_works.show(conn, work, at=NOON)
    for token in (token_of(conn, elsewhere), "", "x" * 43):
        assert session_screen.picture_path(conn, token, work) is None


def test_an_old_address_of_a_screen_shows_neither_the_screen_nor_its_pictures(conn: Connection) -> None:
    room = add_room(conn)
    work, old = picture(conn, room), token_of(conn, room)
    session_works.show(conn, work, at=NOON)
    sessions.renew_screen(conn, room.session)
    assert session_screen.screen(conn, old, LINKS) is None
    assert session_screen.picture_path(conn, old, work) is None
    assert session_screen.picture_path(conn, token_of(conn, room), work) is not None


def test_a_session_whose_people_are_forgotten_has_no_screen_and_no_pictures(conn: Connection) -> None:
    room = add_room(conn)
    work, token = picture(conn, room), token_of(conn, room)
    session_works.show(conn, work, at=NOON)
    sessions.note_forgotten(conn, room.session, at=NOON)
    assert session_screen.screen(conn, token, LINKS) is None
    assert session_screen.picture_path(conn, token, work) is None


# --- the quiz


def add_quiz(conn: Connection, room: Room, questions: int = 2) -> tuple[StageId, list[QuestionId]]:
    """A quiz in progress."""
    quiz = add_stage(conn, room.session, StageKind.QUIZ, Minutes(10))
    added = [
        session_agenda.add_question(conn, quiz, replace(WHERE, text=f"{WHERE.text} ({number})"))
        for number in range(1, questions + 1)
    ]
    begin(conn, room, quiz, Phase.QUIZ)
    return quiz, added


def test_questions_are_kept_in_their_order_as_they_were_typed(conn: Connection) -> None:
    room = add_room(conn)
    quiz = add_stage(conn, room.session, StageKind.QUIZ, Minutes(10))
    poll = Question("Нравится?", ("Да", "Нет"), None)
    first, second = (session_agenda.add_question(conn, quiz, one) for one in (WHERE, poll))
    assert session_agenda.questions_of(conn, quiz) == [(first, WHERE), (second, poll)]
    assert [one.question for one in session_quiz.of_stage(conn, quiz)] == [WHERE, poll]


def test_a_question_is_open_from_asking_to_closing_and_is_asked_once(conn: Connection) -> None:
    room = add_room(conn)
    quiz, [first, second] = add_quiz(conn, room)
    session_quiz.ask(conn, first, at=NOON)
    assert [one.is_open for one in session_quiz.of_stage(conn, quiz)] == [True, False]
    session_quiz.close(conn, quiz, at=NOON + A_MINUTE)
    session_quiz.ask(conn, first, at=NOON + 2 * A_MINUTE)
    asked = session_quiz.by_id(conn, first)
    assert asked is not None
    assert (asked.opened_at, asked.closed_at, asked.is_open) == (NOON, NOON + A_MINUTE, False)
    assert (asked.session, asked.messenger, asked.peer) == (room.session, "vk", PEER)
    assert session_quiz.by_id(conn, second) is not None
    assert session_quiz.by_id(conn, QuestionId(999)) is None


def test_closing_a_quiz_closes_no_question_that_was_not_asked_and_none_of_another_stage(conn: Connection) -> None:
    room, elsewhere = add_room(conn), add_room(conn, peer=PEER + 10)
    quiz, [first, _] = add_quiz(conn, room)
    other, [there, _] = add_quiz(conn, elsewhere)
    for question in (first, there):
        session_quiz.ask(conn, question, at=NOON)
    session_quiz.close(conn, quiz, at=NOON)
    assert [one.closed_at for one in session_quiz.of_stage(conn, quiz)] == [NOON, None]
    assert session_quiz.of_stage(conn, other)[0].is_open


def test_the_first_answer_of_a_member_stays_and_is_counted_once(conn: Connection) -> None:
    room = add_room(conn)
    _, [question, other] = add_quiz(conn, room)
    assert session_quiz.answer_of(conn, question, room.anna) is None
    for member, option in ((room.anna, 2), (room.anna, 0), (room.boris, 0), (room.vera, 0)):
        session_quiz.answer(conn, question, member, option, at=NOON)
    assert session_quiz.answer_of(conn, question, room.anna) == 2
    assert session_quiz.counts(conn, question) == {0: 2, 2: 1}
    assert session_quiz.counts(conn, other) == {}


def test_only_a_question_that_nobody_was_asked_can_be_taken_out(conn: Connection) -> None:
    room = add_room(conn)
    quiz, [asked, unasked] = add_quiz(conn, room)
    session_quiz.ask(conn, asked, at=NOON)
    for question in (asked, unasked):
        session_agenda.remove_question(conn, question)
    assert [one for one, _ in session_agenda.questions_of(conn, quiz)] == [asked]


def test_a_stage_that_is_taken_out_takes_its_questions_along(conn: Connection) -> None:
    room = add_room(conn)
    quiz = add_stage(conn, room.session, StageKind.QUIZ, Minutes(10))
    session_agenda.add_question(conn, quiz, WHERE)
    session_agenda.remove(conn, quiz)
    assert session_agenda.questions_of(conn, quiz) == []


def test_the_screen_shows_neither_the_right_answer_nor_any_choice_while_a_question_is_open(conn: Connection) -> None:
    room = add_room(conn)
    quiz, [question, _] = add_quiz(conn, room)
    assert shown(conn, room).question is None
    session_quiz.ask(conn, question, at=NOON)
    session_quiz.answer(conn, question, room.anna, 0, at=NOON)
    session_quiz.answer(conn, question, room.boris, 2, at=NOON)
    opened = shown(conn, room).question
    assert opened is not None
    assert (opened.number, opened.of, opened.is_open, opened.answered) == (1, 2, True, 2)
    assert (opened.right, opened.answers) == (None, None)
    session_quiz.close(conn, quiz, at=NOON)
    closed = shown(conn, room).question
    assert closed is not None
    assert (closed.is_open, closed.right, closed.answers) == (False, 0, (1, 0, 1))


def test_the_screen_shows_the_question_that_was_asked_last(conn: Connection) -> None:
    room = add_room(conn)
    quiz, [first, second] = add_quiz(conn, room)
    for question in (first, second):
        session_quiz.close(conn, quiz, at=NOON)
        session_quiz.ask(conn, question, at=NOON)
    newest = shown(conn, room).question
    assert newest is not None
    assert (newest.number, newest.text) == (2, "Где идут уроки? (2)")


# --- the screen


def test_a_wrong_address_and_a_session_that_was_given_up_show_no_screen(conn: Connection) -> None:
    room = add_room(conn)
    token = token_of(conn, room)
    for wrong in ("", token[:-1], token.swapcase()):
        assert session_screen.screen(conn, wrong, LINKS) is None
    sessions.move(conn, room.session, SessionState.DROPPED, at=NOON)
    assert session_screen.screen(conn, token, LINKS) is None


def test_before_the_beginning_the_screen_shows_teams_people_and_the_way_in(conn: Connection) -> None:
    room = add_room(conn, gathered=False)
    add_member(conn, room.session, 7, role=MemberRole.MODERATOR)
    add_member(conn, room.session, 8, named=False)
    session_members.store_name(conn, "vk", 1, Profile("Анна", "Кузнецова"))
    seen, session = shown(conn, room), stands(conn, room.session).session
    assert (seen.title, seen.state, seen.gathered, seen.joined) == (session.title, ScreenState.PREPARING, False, 5)
    assert seen.join_link == f"{LINKS}?ref=s-{session.code}"
    assert [(team.number, team.name) for team in seen.teams] == [(1, "Орлы"), (2, "Совы")]
    assert seen.teams[0].members == (ScreenMember(1, "Анна К."), ScreenMember(2, None))
    assert (seen.stage, seen.vote, seen.question, seen.works, seen.overall) == (None, None, None, (), None)


def test_somebody_shown_by_the_number_has_no_name_anywhere_on_the_screen(conn: Connection) -> None:
    room = add_room(conn)
    session_members.store_name(conn, "vk", 1, Profile("Ксенофонт", "Кузнецов"))
    assert "Ксенофонт" in repr(shown(conn, room))
    session_members.show(conn, room.anna, named=False)
    assert "Ксенофонт" not in repr(shown(conn, room))


def test_the_way_in_leads_into_the_conversation_where_a_link_is_known_and_nowhere_at_the_end(conn: Connection) -> None:
    room = add_room(conn)
    sessions.invite_by(conn, room.session, "https://vk.me/join/abc")
    assert shown(conn, room).join_link == "https://vk.me/join/abc"
    sessions.invite_by(conn, room.session, None)
    assert shown(conn, room).join_link.startswith(LINKS)
    sessions.move(conn, room.session, SessionState.FINISHED, at=NOON)
    assert shown(conn, room).join_link == ""


def test_the_screen_shows_the_stage_in_progress_with_its_timer(conn: Connection) -> None:
    room = add_room(conn)
    add_stage(conn, room.session, StageKind.TALK, Minutes(10))
    begin_work(conn, room, Phase.PRESENTATION, room.owls)
    stage = shown(conn, room).stage
    assert stage is not None
    assert (stage.number, stage.of, stage.title, stage.task) == (1, 2, "Что мешает?", "По пунктам.")
    assert (stage.phase, stage.presenting) == (Phase.PRESENTATION, room.owls)
    assert timers(conn, room) == [
        ScreenTimer(StepState.RUNNING, NOON + 5 * A_MINUTE, None),
        ScreenTimer(StepState.PAUSED, None, 4 * A_MINUTE),
        ScreenTimer(StepState.OVER, None, None),
    ]


def timers(conn: Connection, room: Room) -> list[ScreenTimer]:
    """The timer while it runs, in a pause, and at the end."""
    seen = []
    latest = session_steps.latest(conn, room.session)
    assert latest is not None
    for step in (latest.step, paused(latest.step, at=NOON + A_MINUTE), over(latest.step)):
        session_courses.let_stand(conn, stands(conn, room.session), step, at=NOON)
        stage = shown(conn, room).stage
        assert stage is not None
        seen.append(stage.timer)
    return seen


# --- votes on the screen and on the desk


def seen_everywhere(conn: Connection, room: Room) -> str:
    """All that the room and the moderator are shown, to the last number."""
    return repr((shown(conn, room), session_desks.desk(conn, stands(conn, room.session))))


def after_ballots(conn: Connection, room: Room, round_id: RoundId, *ballots: tuple[MemberId, TeamId]) -> str:
    """What is seen once these were cast; they are taken back."""
    with conn.begin_nested() as scratch:
        for member, team in ballots:
            vote(conn, round_id, member, team)
        seen = seen_everywhere(conn, room)
        scratch.rollback()
    return seen


@pytest.mark.parametrize("hidden", [True, False])
def test_while_a_hidden_vote_is_open_nothing_that_is_seen_depends_on_the_choices(
    conn: Connection, hidden: bool
) -> None:
    room = add_room(conn)
    [foxes] = session_members.add_teams(conn, room.session, ["Лисы"])
    fox, juror = add_member(conn, room.session, 5, foxes), add_member(conn, room.session, 9, role=MemberRole.JUROR)
    round_id = begin_vote(conn, room, hidden=hidden)
    one_way = [(room.anna, room.owls), (room.boris, room.owls), (juror, room.owls), (fox, room.eagles)]
    other_way = [(room.anna, foxes), (room.boris, foxes), (juror, foxes), (fox, room.owls)]
    seen = {after_ballots(conn, room, round_id, *ballots) for ballots in (one_way, other_way)}
    assert len(seen) == (1 if hidden else 2)


def test_a_hidden_vote_shows_how_many_have_voted_and_no_place_of_any_team(conn: Connection) -> None:
    room = add_room(conn)
    add_member(conn, room.session, 9, role=MemberRole.JUROR)
    round_id = begin_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    assert shown(conn, room).vote == ScreenVote(1, True, True, 1, 5, has_jury=True, places=None)
    assert "Score(" not in seen_everywhere(conn, room)
    desk = session_desks.desk(conn, stands(conn, room.session))
    assert (desk.not_voted, desk.electors, desk.joined, desk.placed) == (4, 5, 5, 4)


def test_a_hidden_vote_stays_hidden_after_its_time_until_it_is_closed(conn: Connection) -> None:
    room = add_room(conn)
    round_id = begin_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    session_rounds.reschedule(conn, round_id, NOON + A_MINUTE)
    seen = shown(conn, room).vote
    assert seen is not None
    assert (seen.is_open, seen.places) == (True, None)


def test_a_live_vote_shows_its_tallies_at_once(conn: Connection) -> None:
    room = add_room(conn)
    round_id = begin_vote(conn, room, hidden=False)
    vote(conn, round_id, room.anna, room.owls)
    seen = shown(conn, room).vote
    assert seen is not None
    assert seen.places is not None
    assert [(place.score.team, place.score.ballots) for place in seen.places] == [(room.owls, 1), (room.eagles, 0)]


def test_a_closed_vote_shows_its_places_whether_it_was_hidden_or_not(conn: Connection) -> None:
    room = add_room(conn)
    round_id = begin_vote(conn, room)
    vote(conn, round_id, room.anna, room.owls)
    latest = session_steps.latest(conn, room.session)
    assert latest is not None
    session_courses.let_stand(conn, stands(conn, room.session), over(latest.step), at=NOON + 5 * A_MINUTE)
    seen = shown(conn, room).vote
    assert seen is not None
    assert (seen.is_open, seen.has_jury) == (False, False)
    assert seen.places is not None
    assert seen.places[0].score.team == room.owls
    assert session_desks.desk(conn, stands(conn, room.session)).electors == 0


def test_a_new_hidden_round_hides_what_the_round_before_it_came_to(conn: Connection) -> None:
    room = add_room(conn)
    first = begin_vote(conn, room)
    vote(conn, first, room.anna, room.owls)
    close_vote(conn, room, first)
    begin_vote(conn, room)
    seen = shown(conn, room).vote
    assert seen is not None
    assert (seen.round_number, seen.voted, seen.places) == (2, 0, None)


def test_the_vote_of_the_stage_before_is_not_shown_while_another_works(conn: Connection) -> None:
    room = add_room(conn)
    first = begin_vote(conn, room)
    close_vote(conn, room, first)
    other = add_stage(conn, room.session, StageKind.TASK, Minutes(25))
    begin(conn, room, other, Phase.WORK)
    assert shown(conn, room).vote is None


def test_the_sum_of_all_stages_is_shown_at_the_end_and_not_before(conn: Connection) -> None:
    room = add_room(conn)
    first = begin_vote(conn, room)
    vote(conn, first, room.anna, room.owls, at=NOON + timedelta(seconds=1))
    close_vote(conn, room, first)
    assert shown(conn, room).overall is None
    sessions.move(conn, room.session, SessionState.FINISHED, at=NOON)
    seen = shown(conn, room)
    assert seen.overall is not None
    assert [(place.score.team, place.score.ballots) for place in seen.overall] == [(room.owls, 1), (room.eagles, 0)]
    assert (seen.state, seen.stage, seen.vote) == (ScreenState.FINISHED, None, None)
