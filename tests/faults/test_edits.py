"""Messages that can no longer be rewritten, and pop-ups that come too late: what they said is said all the same."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.emulator import Fault
from bot.messenger.replies import Lane
from bot.storage import outbox, schema
from bot.storage.outbox import DeliveryKind, NewBody, NewDelivery
from tests.conversations.chat import Chat
from tests.faults.bots import Place, on_both_databases
from tests.messenger.echo import Knock, Turn

STATES = select(schema.outbox.c.kind, schema.outbox.c.state).order_by(schema.outbox.c.id)
CONVERSATION = 2_000_000_001


@pytest.mark.parametrize("code", [909, 910, 920, 949, 100, 15])
async def test_an_edit_that_vk_cannot_make_becomes_a_new_message(chat: Chat, code: int) -> None:
    anna = chat.person("Анна")
    await anna.writes("книга")
    chat.emulator.faults.add(Fault("messages.edit", "error", code=code))
    await anna.presses("Дальше")
    anna.reads("Страница 2")
    assert _said(chat, anna.id) == ["Страница 1", "Страница 2"]


@on_both_databases
async def test_a_message_that_was_deleted_is_said_anew(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("книга")
        there.emulator.dialogue(anna.id).messages[-1].deleted = True
        there.emulator.press_forged(anna.id, Turn(page=7).model_dump_json(), cmid=2)
        await chat.settled()
        assert anna.last.text == "Страница 7"
        assert anna.last.cmid == 3


@pytest.mark.parametrize("cmid", [None, 1, 999])
async def test_a_press_below_no_message_of_ours_is_answered_by_a_new_one(chat: Chat, cmid: int | None) -> None:
    anna = chat.person("Анна")
    await anna.writes("привет")  # cmid 1 is Anna's own
    chat.emulator.press_forged(anna.id, Turn(page=7).model_dump_json(), cmid=cmid)
    await chat.settled()
    assert _said(chat, anna.id) == ["Эхо: привет", "Страница 7"]


async def test_of_edits_that_wait_only_the_newest_is_made(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("книга")
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
    _turn_pages(chat, anna.id)
    await chat.settled()
    assert _said(chat, anna.id) == ["Страница 6"]
    states = [row.state for row in await _rows(chat) if row.kind == "edit"]
    assert states[-1] == "sent"
    assert "expired" in states
    assert len(states) == 5


async def test_of_edits_that_wait_for_a_lost_message_only_the_newest_becomes_a_new_one(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("книга")
    chat.emulator.dialogue(anna.id).messages[-1].deleted = True
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
    _turn_pages(chat, anna.id)
    await chat.settled()
    assert anna.last.text == "Страница 6"
    assert len(_said(chat, anna.id)) == 1


async def test_a_pop_up_that_vk_has_given_up_already_comes_as_a_message(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("привет")
    chat.emulator.faults.add(Fault("messages.sendMessageEventAnswer", "error", code=100))
    chat.emulator.press_forged(anna.id, Knock(number=3).model_dump_json())
    await chat.settled()
    assert _said(chat, anna.id) == ["Эхо: привет", "Тук 3"]


async def test_a_pop_up_that_arrived_and_is_repeated_in_doubt_comes_once(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("привет")
    chat.emulator.faults.add(Fault("execute", "reset_after"))
    chat.emulator.press_forged(anna.id, Knock(number=3).model_dump_json())
    await chat.settled()
    assert _said(chat, anna.id) == ["Эхо: привет"]
    assert len(chat.emulator.dialogue(anna.id).popups) == 1


@on_both_databases
async def test_an_expired_pop_up_becomes_a_message_in_a_private_dialogue_only(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("привет")
        for peer in (anna.id, CONVERSATION):
            await chat.stored(_add_expired_pop_up, peer, anna.id, there.real() - timedelta(seconds=1))
    async with there.chat() as chat:
        await chat.settled()
        assert _said(chat, anna.id) == ["Эхо: привет", "Поздно"]
        assert [tuple(row) for row in await _rows(chat)] == [
            ("message", "sent"), ("message", "sent"), ("pop_up", "expired"),
        ]  # fmt: skip
        assert CONVERSATION not in there.emulator.community.dialogues


def _add_expired_pop_up(conn: Connection, peer: int, user_id: int, at: Any) -> None:
    late = NewDelivery(
        "vk", peer, Lane.POP_UPS, NewBody("Поздно"), DeliveryKind.POP_UP, user_id, expires_at=at, ticket="ticket"
    )  # fmt: skip
    outbox.add(conn, [late], at=at, offered=lambda lane: False)


def _turn_pages(chat: Chat, person: int) -> None:
    for page in range(2, 7):
        chat.emulator.press_forged(person, Turn(page=page).model_dump_json(), cmid=2)


def _said(chat: Chat, person: int) -> list[str]:
    messages = chat.emulator.dialogue(person).messages
    return [message.text for message in messages if message.out and not message.deleted]


async def _rows(chat: Chat) -> list[Any]:
    return list(await chat.stored(lambda conn: conn.execute(STATES).all()))
