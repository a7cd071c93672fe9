"""Buttons pressed again, too late, by somebody who lost the role, or in somebody else's dialogue."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import Connection, update

from bot.domain.names import ShownAs
from bot.domain.reports import ReportStage
from bot.presses.coordinators import ConfirmApplication, OpenApplications, RefuseApplication, UndoForTeacher
from bot.presses.invitations import AcceptInvitation, IssueInvitation, RevokeInvitation
from bot.presses.participants import ClaimNumber, OpenBalance
from bot.presses.personal import ShowMyData
from bot.presses.reports import AskCoordinator, MakeReport, UndoReport
from bot.presses.teachers import MyClasses, TickParentConsent
from bot.presses.voters import CastVote, OpenVote
from bot.storage import columns, schema
from tests.conversations.chat import Chat, Person
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
