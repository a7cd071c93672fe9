"""Buttons pressed again, too late, by somebody who lost the role, or in somebody else's dialogue."""

from datetime import timedelta

import orjson
import pytest
from pydantic import BaseModel
from sqlalchemy import Connection, update

from bot.domain.names import ShownAs
from bot.domain.reports import ReportStage
from bot.domain.sessions.course import Act
from bot.presses.coordinators import ConfirmApplication, OpenApplications, RefuseApplication, UndoForTeacher
from bot.presses.invitations import AcceptInvitation, IssueInvitation, RevokeInvitation
from bot.presses.participants import ClaimNumber, OpenBalance
from bot.presses.personal import EraseMeForGood, ShowMyData
from bot.presses.reports import AskCoordinator, MakeReport, UndoReport
from bot.presses.session_leading import AppointMember, DropSession, OpenDesk, RenewScreen, RunAct, ShowWork
from bot.presses.sessions import AnswerQuestion, CastBallot, ChooseTeam, ForgetMe, JoinSession
from bot.presses.teachers import MyClasses, TickParentConsent
from bot.presses.voters import CastVote, OpenVote
from bot.storage import columns, schema, session_quiz, sessions
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import QUESTION, session_of
from tests.conversations.staff import coordinator
from tests.security.payloads import of_leading
from tests.security.towns import Town, answer, changed, failures, heard, newcomer, stored_rows, town


@pytest.fixture
async def both(chat: Chat) -> Town:
    return await town(chat)


async def test_an_application_is_decided_once_however_often_the_button_is_pressed(chat: Chat, both: Town) -> None:
    coordinator, application = both.here.coordinator, both.here.targets.application
    await coordinator.forges(ConfirmApplication(application=application).model_dump_json())
    decided = await stored_rows(chat)
    for again in (ConfirmApplication(application=application), RefuseApplication(application=application)):
        await coordinator.forges(again.model_dump_json())
        coordinator.sees("Заявка подтверждена")
    await coordinator.writes("передумала")
    assert changed(decided, await stored_rows(chat)) == set()


async def test_undoing_a_report_is_over_after_a_quarter_of_an_hour(chat: Chat, both: Town) -> None:
    teacher, class_id = both.here.teacher, both.here.targets.class_id
    undo = UndoReport(class_id=class_id, stage=ReportStage.DOCUMENTS).model_dump_json()
    chat.clock.advance(timedelta(minutes=16))
    await chat.settled()
    before = await stored_rows(chat)
    await teacher.forges(undo)
    teacher.sees("координатор")
    await teacher.forges(MakeReport(class_id=class_id, stage=ReportStage.DOCUMENTS).model_dump_json())
    assert changed(before, await stored_rows(chat)) == set()


async def test_a_number_is_taken_once_and_its_old_button_tells_nobody_who_has_it(chat: Chat, both: Town) -> None:
    pupil, targets = both.here.pupil, both.here.targets
    before = await stored_rows(chat)
    for number in (targets.taken, targets.free):
        await pupil.forges(ClaimNumber(number=number).model_dump_json())
    assert changed(before, await stored_rows(chat)) == set()
    late = await newcomer(chat)
    before = await stored_rows(chat)
    for _ in range(6):
        await late.forges(ClaimNumber(number=targets.taken).model_dump_json())
        assert "Пётр" not in answer(late)
    assert changed(before, await stored_rows(chat)) == {"failed_claims"}
    await late.forges(ClaimNumber(number=targets.free).model_dump_json())  # locked by now
    assert changed(before, await stored_rows(chat)) == {"failed_claims"}


async def test_a_vote_stands_whatever_old_button_is_pressed_after_it(chat: Chat, both: Town) -> None:
    voter = await newcomer(chat)
    for choice in (ShownAs.NAME, ShownAs.MASKED):
        await voter.forges(OpenVote(number=both.here.targets.taken, shown_as=choice).model_dump_json())
    await voter.forges(CastVote(number=both.here.targets.taken, shown_as=ShownAs.NAME).model_dump_json())
    voted = await stored_rows(chat)
    for number in (both.here.targets.taken, both.there.targets.taken):
        for choice in ShownAs:
            await voter.forges(CastVote(number=number, shown_as=choice).model_dump_json())
            await voter.forges(OpenVote(number=number, shown_as=choice).model_dump_json())
    assert changed(voted, await stored_rows(chat)) == set()


async def test_an_invitation_serves_once_and_not_at_all_when_revoked_or_old(chat: Chat, both: Town) -> None:
    taken = AcceptInvitation(code=both.here.targets.code).model_dump_json()
    person, coordinator = await newcomer(chat), both.here.coordinator
    codes = []
    for _ in range(2):
        await coordinator.forges(IssueInvitation(role="teacher", school=both.here.targets.school).model_dump_json())
        codes.append(coordinator.news[-1].partition("ref=i-")[2].split()[0])
    issued = await chat.stored(lambda conn: conn.execute(schema.invitations.select()).all())
    await coordinator.forges(RevokeInvitation(invitation=issued[-2].id).model_dump_json())
    chat.clock.advance(timedelta(days=15))
    await chat.settled()
    before = await stored_rows(chat)
    for accepting in (taken, *(AcceptInvitation(code=code).model_dump_json() for code in codes)):
        await person.forges(accepting)
        await coordinator.forges(accepting)
    await coordinator.forges(RevokeInvitation(invitation=issued[-2].id).model_dump_json())
    assert changed(before, await stored_rows(chat)) == set()


async def test_whoever_lost_the_role_can_neither_press_nor_answer_the_question_left_open(
    chat: Chat, both: Town
) -> None:
    coordinator, teacher, targets = both.here.coordinator, both.here.teacher, both.here.targets
    await coordinator.forges(RefuseApplication(application=targets.application).model_dump_json())
    await teacher.forges(AskCoordinator(class_id=targets.class_id).model_dump_json())
    await chat.stored(_all_roles_end)
    before, heard_before = await stored_rows(chat), heard(chat, teacher)
    await teacher.writes("Это ещё дойдёт?")
    for press in (
        MakeReport(class_id=targets.class_id, stage=ReportStage.READY),
        TickParentConsent(class_id=targets.class_id, place=1),
    ):
        await teacher.forges(press.model_dump_json())
    assert heard(chat, teacher) == heard_before
    await coordinator.writes("Отклоняю: не тот класс")
    for decision in (
        OpenApplications(),
        ConfirmApplication(application=targets.application),
        UndoForTeacher(class_id=targets.class_id, stage=ReportStage.DOCUMENTS),
        IssueInvitation(role="teacher", school=targets.school),
    ):
        await coordinator.forges(decision.model_dump_json())
        assert "Дарья" not in answer(coordinator)
    assert changed(before, await stored_rows(chat)) == set()
    assert await failures(chat) == []


async def test_a_press_made_in_another_persons_dialogue_writes_nothing_there(chat: Chat, both: Town) -> None:
    pupil, teacher = both.here.pupil, both.there.teacher
    seen = len(chat.emulator.dialogue(teacher.id).messages)
    before = await stored_rows(chat)
    for press in (OpenBalance(), ShowMyData()):
        await _press_elsewhere(chat, pupil, press.model_dump_json(), peer=teacher.id)
    assert len(chat.emulator.dialogue(teacher.id).messages) == seen
    assert changed(before, await stored_rows(chat)) == set()


async def test_a_press_below_a_message_that_is_not_there_is_answered_anew(chat: Chat, both: Town) -> None:
    teacher = both.here.teacher
    for cmid in (-1, 0, 1, 99_999, 2**40):
        before = len(chat.emulator.dialogue(teacher.id).messages)
        chat.emulator.press_forged(teacher.id, MyClasses().model_dump_json(), cmid=cmid)
        await chat.settled()
        assert [one.text[:10] for one in chat.emulator.dialogue(teacher.id).messages[before:]] == ["Мои классы"], cmid
    assert await failures(chat) == []


# --- sessions


async def test_a_ballot_stands_whatever_old_button_is_pressed_after_it(chat: Chat, both: Town) -> None:
    """While the vote is open, and when it is closed: a ballot's own button says so again, another one changes none."""
    held, pupil, at = both.here.held, both.here.pupil, both.here.targets.session
    await held.votes(pupil, "Совы")
    voted, own = await held.tally(), (await held.team("Орлы")).id
    for team, told in (
        (at.team, "Ваш голос уже принят: «Совы»."),
        (own, "Вы уже проголосовали: «Совы». Изменить голос нельзя."),
    ):
        await held.group.forges(pupil, CastBallot(round=at.round, team=team).model_dump_json())
        assert held.group.pop_ups == [(pupil.id, told)]
    chat.clock.advance(timedelta(minutes=6))
    await chat.settled()
    sealed = (await held.round()).log_hash
    for team in (at.team, own):
        await held.group.forges(pupil, CastBallot(round=at.round, team=team).model_dump_json())
        assert held.group.pop_ups == [(pupil.id, "Это голосование закрыто.")]
    assert await held.tally() == voted == {"Орлы": 0, "Совы": 1}
    assert (await held.round()).log_hash == sealed


async def test_a_button_of_a_closed_round_is_no_ballot_in_the_new_one(chat: Chat, both: Town) -> None:
    held, pupil, at = both.here.held, both.here.pupil, both.here.targets.session
    chat.clock.advance(timedelta(minutes=6))
    await chat.settled()
    await held.leads("Новый раунд")
    await held.group.forges(pupil, CastBallot(round=at.round, team=at.team).model_dump_json())
    assert held.group.pop_ups == [(pupil.id, "Это голосование закрыто.")]
    assert await held.tally() == {"Орлы": 0, "Совы": 0}


async def test_an_answer_stands_and_a_question_that_is_closed_takes_none(chat: Chat) -> None:
    anna, boris = chat.person("Анна"), chat.person("Борис")
    held = await session_of(chat, await coordinator(chat), anna, boris, quiz=[QUESTION])
    await held.asks_question()
    [asked] = await held.questions()
    answers = [AnswerQuestion(question=asked.id, option=option).model_dump_json() for option in (1, 1, 0, 20)]
    told = ["Ответ принят: 2.", *["Вы уже ответили: 2. Изменить ответ нельзя."] * 2]
    for pressed, expected in zip(answers, [*told, "Ответы на этот вопрос уже не принимаются."], strict=True):
        await held.group.forges(anna, pressed)
        assert held.group.pop_ups == [(anna.id, expected)]
    await held.leads("Показать ответы")
    await held.group.forges(boris, answers[0])
    assert held.group.pop_ups == [(boris.id, "Ответы на этот вопрос уже не принимаются.")]
    assert await chat.stored(session_quiz.counts, asked.id) == {1: 1}


async def test_a_desks_button_does_its_act_once_however_often_it_is_pressed(chat: Chat) -> None:
    irina = await coordinator(chat)
    held = await session_of(chat, irina, chat.person("Анна"), chat.person("Борис"))
    await held.opens_desk()
    revision = (await held.stands()).session.revision
    pressed = RunAct(session=held.id, act=Act.GATHER, revision=revision).model_dump_json()
    await irina.forges(pressed)
    done = await held.deeds()
    for _ in range(3):
        await irina.forges(pressed)
        assert "Пульт обновлён: что-то уже изменилось." in answer(irina)
    await held.group.forges(irina, pressed)
    assert await held.deeds() == done
    await held.goes_on()
    await held.leads("Закончить", "Подвести итоги")
    stale = RunAct(session=held.id, act=Act.FINISH, revision=revision, sure=True).model_dump_json()
    await irina.forges(stale)
    assert (await held.stands()).session.state.is_live


async def test_of_a_finished_session_no_old_button_changes_anything(chat: Chat, both: Town) -> None:
    here, at = both.here, both.here.targets.session
    chat.clock.advance(timedelta(minutes=6))
    await chat.settled()
    await here.held.leads("Подвести итоги", "Да, подвести итоги")
    before, said = await stored_rows(chat), here.held.group.said
    for person in (here.coordinator, here.pupil):
        for press in (
            ChooseTeam(session=at.session, team=at.team),
            CastBallot(round=at.round, team=at.team),
            OpenDesk(session=at.session),
        ):
            await here.held.group.forges(person, press.model_dump_json())
    late = await newcomer(chat)
    await late.forges(JoinSession(code=at.code).model_dump_json())
    late.sees("Эта сессия уже завершена, вступить в неё нельзя.")
    changing = (ShowWork, RenewScreen, OpenDesk)  # may be pressed afterwards, by who led it
    for of_leader in of_leading(at):
        if not isinstance(of_leader, changing):
            await here.coordinator.forges(of_leader.model_dump_json())
    counted = changed(before, await stored_rows(chat))
    assert counted <= {"session_refusals", "session_boards", "people", "accounts", "consents"}
    assert here.held.group.said == said
    assert await failures(chat) == []


async def test_the_desk_of_a_finished_session_still_opens_by_its_old_button(chat: Chat, both: Town) -> None:
    held, at = both.here.held, both.here.targets.session
    chat.clock.advance(timedelta(minutes=6))
    await chat.settled()
    await held.leads("Подвести итоги", "Да, подвести итоги", "К сессии")
    for _ in range(2):
        await held.leader.forges(OpenDesk(session=at.session).model_dump_json())
        held.leader.sees("Сессия «Слёт» завершена.")
    assert await failures(chat) == []


async def test_a_helper_who_is_a_member_again_leads_no_more_by_old_buttons(chat: Chat, both: Town) -> None:
    held, teacher, at = both.here.held, both.here.teacher, both.here.targets.session
    chat.clock.advance(timedelta(minutes=6))
    await chat.settled()
    await held.group.forges(teacher, JoinSession(code=at.code).model_dump_json())
    joined = await held.member(teacher)
    assert joined is not None
    for role in ("helper", "member"):
        appointing = AppointMember(session=at.session, member=joined.id, role=role)
        await held.leader.forges(appointing.model_dump_json())
        if role == "helper":
            await teacher.writes("пульт")
            teacher.sees("Пульт: «Слёт»")
    before = await stored_rows(chat)
    for press in of_leading(at):
        await teacher.forges(press.model_dump_json())
    await held.group.writes(teacher, "/пульт")
    assert changed(before, await stored_rows(chat)) == set()


async def test_whoever_was_forgotten_cannot_come_back_by_an_old_button_to_vote_again(chat: Chat, both: Town) -> None:
    held, pupil, at = both.here.held, both.here.pupil, both.here.targets.session
    await held.votes(pupil, "Совы")
    await pupil.forges(ForgetMe(sure=True).model_dump_json())
    await held.group.forges(pupil, CastBallot(round=at.round, team=at.team).model_dump_json())
    assert held.group.pop_ups == [(pupil.id, "Голосуют те, кто был в команде, когда голосование открылось.")]
    for join in (JoinSession(code=at.code), JoinSession(code=at.code, named=False)):
        await held.group.forges(pupil, join.model_dump_json())
        assert held.group.pop_ups == [
            (pupil.id, "Вы удалили свои данные, поэтому участвовать в этой сессии снова нельзя.")
        ]
    assert await held.tally() == {"Орлы": 0, "Совы": 1}


@pytest.mark.parametrize("forgetting", [ForgetMe(sure=True), EraseMeForGood()], ids=["in sessions", "everywhere"])
async def test_of_a_leader_who_was_forgotten_no_number_stays_in_the_session_and_no_desk_goes_on(
    chat: Chat, both: Town, forgetting: BaseModel
) -> None:
    held, leader = both.here.held, both.here.coordinator
    await leader.forges(forgetting.model_dump_json())
    rows = await stored_rows(chat)
    kept = {table for table in rows if table.startswith("session") and str(leader.id) in " ".join(rows[table])}
    assert kept == set()
    await leader.has_read()
    await held.votes(both.here.pupil, "Совы")
    assert leader.news == []


async def test_a_helper_who_is_a_member_again_sees_no_desk_go_on(chat: Chat) -> None:
    irina, oleg = await coordinator(chat), chat.person("Олег")
    held = await session_of(chat, irina, chat.person("Анна"), chat.person("Борис"), oleg)
    await held.leads("Участники", "Олег К.", "В помощники")
    await oleg.writes("пульт")
    oleg.sees("Пульт: «Сессия 8 ноября»")
    await held.leads("В участники", "К сессии")
    await oleg.has_read()
    await held.opens_desk()
    await held.leads("Команды собраны")
    assert oleg.news == []


async def test_a_screens_old_address_shows_nothing_once_it_has_a_new_one(chat: Chat, both: Town) -> None:
    leader, at = both.here.coordinator, both.here.targets.session
    before = (await chat.stored(sessions.by_id, at.session)).screen_token
    await leader.forges(RenewScreen(session=at.session).model_dump_json())
    assert await chat.stored(sessions.by_screen_token, before) is None
    after = (await chat.stored(sessions.by_id, at.session)).screen_token
    assert (await chat.stored(sessions.by_screen_token, after)).id == at.session


async def test_a_session_that_has_begun_cannot_be_dropped_by_an_old_button(chat: Chat, both: Town) -> None:
    leader, at = both.here.coordinator, both.here.targets.session
    before = await stored_rows(chat)
    await leader.forges(DropSession(session=at.session, sure=True).model_dump_json())
    assert answer(leader) == "Сессия уже идёт. Завершить её можно на пульте: «Подвести итоги»."
    assert changed(before, await stored_rows(chat)) == set()


async def _press_elsewhere(chat: Chat, person: Person, payload: str, *, peer: int) -> None:
    """As VK would never tell it: the local VK refuses such a press, so the event is written by hand."""
    press = {"user_id": person.id, "peer_id": peer, "event_id": "t1", "payload": orjson.loads(payload)}
    chat.emulator.events.put("message_event", {**press, "conversation_message_id": 1})
    await chat.settled()


def _all_roles_end(conn: Connection) -> None:
    """Nobody is a coordinator any more, and every class waits for another teacher."""
    now = columns.EPOCH + timedelta(days=17_500)
    conn.execute(update(schema.roles).values(revoked_at=now))
    conn.execute(update(schema.class_teachers).values(until=now))
