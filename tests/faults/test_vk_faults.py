"""VK misbehaves while the bot answers: everybody is answered exactly once all the same."""

import asyncio
import time
from typing import Any, Literal

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.emulator import Fault
from bot.storage import schema
from tests.conversations.chat import Chat
from tests.faults.bots import Place

OPEN = select(schema.outbox.c.state, schema.outbox.c.not_before).order_by(schema.outbox.c.id)


@pytest.mark.parametrize("code", [1, 6, 10, 13, 36])
@pytest.mark.parametrize("method", ["execute", "messages.send"])
async def test_an_error_that_passes_is_waited_for_and_the_answer_comes_once(chat: Chat, method: str, code: int) -> None:
    chat.emulator.faults.add(Fault(method, "error", code=code))
    anna = chat.person("Анна")
    await anna.writes("привет")
    anna.reads("Эхо: привет")


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "http_502", "hang"])
async def test_a_lost_answer_of_vk_neither_loses_nor_doubles_ours(
    chat: Chat, kind: Literal["reset_before", "reset_after", "http_502", "hang"]
) -> None:
    chat.emulator.faults.add(Fault("execute", kind))
    people = [chat.person(name) for name in ("Анна", "Олег", "Ирина")]
    for person in people:
        for text in ("раз", "два"):
            chat.emulator.write(person.id, text)
    await chat.settled()
    for person in people:
        person.reads("Эхо: раз", "Эхо: два")


async def test_after_flood_control_a_row_waits_a_minute_and_survives_a_restart(there: Place) -> None:
    there.emulator.faults.add(Fault("messages.send", "error", code=9))
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        await there.emulator.until(lambda: "execute_errors" in str(there.emulator.calls.of("execute")[-1:]))
        rows = await _until_waiting(chat)
        assert [row.state for row in rows] == ["queued"]
        assert 55 < (rows[0].not_before - there.real()).total_seconds() <= 60
    there.real.passes(seconds=61)
    async with there.chat() as chat:
        await chat.settled()
        anna.reads("Эхо: привет")


async def test_a_refused_token_pauses_everything_and_then_it_goes_on(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("execute", "error", code=5, times=3))
    anna = chat.person("Анна")
    await anna.writes("привет")
    anna.reads("Эхо: привет")
    assert [call.error_code for call in chat.emulator.calls.of("execute")] == [5, 5, 5, None]


async def test_of_a_refused_request_each_call_is_tried_by_itself(chat: Chat) -> None:
    people = [chat.person(name) for name in ("Анна", "Олег", "Ирина")]
    chat.emulator.faults.add(Fault("execute", "error", code=100))
    for person in people:
        chat.emulator.write(person.id, "привет")
    await chat.settled()
    for person in people:
        person.reads("Эхо: привет")


async def test_of_several_calls_in_one_request_only_the_failed_is_repeated(chat: Chat) -> None:
    people = [chat.person(name) for name in ("Анна", "Олег", "Ирина")]
    chat.emulator.faults.add(Fault("messages.send", "error", code=10))
    for person in people:
        chat.emulator.write(person.id, "привет")
    await chat.settled()
    for person in people:
        person.reads("Эхо: привет")


async def test_a_message_that_vk_will_never_take_does_not_hold_up_the_next(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("messages.send", "error", code=914, times=1))
    anna = chat.person("Анна")
    for text in ("раз", "два"):
        chat.emulator.write(anna.id, text)
    await chat.settled()
    anna.reads("Эхо: два")
    assert [row.state for row in await _rows(chat)] == ["refused", "sent"]


async def test_an_edit_that_comes_too_late_becomes_a_new_message_in_its_place(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("книга")
    chat.emulator.faults.add(Fault("messages.edit", "error", code=909))
    await anna.presses("Дальше")
    anna.reads("Страница 2")
    assert [message.text for message in chat.emulator.dialogue(anna.id).messages] == [
        "книга", "Страница 1", "Страница 2",
    ]  # fmt: skip


async def test_a_pop_up_that_ran_out_comes_as_a_message_and_an_empty_one_not_at_all(chat: Chat, there: Place) -> None:
    anna = chat.person("Анна")
    await anna.writes("молчи")
    await anna.writes("кнопки")
    outage = chat.emulator.faults.add(Fault("execute", "http_502", times=None))
    chat.emulator.press(anna.id, "Раз")
    chat.emulator.press(anna.id, "Тише")
    while len(await _rows(chat)) < 4:
        await asyncio.sleep(0)
    there.real.passes(seconds=60)
    chat.emulator.faults.waiting.remove(outage)
    await chat.settled()
    assert [message.text for message in chat.emulator.dialogue(anna.id).messages if message.out] == [
        "Молчу", "Стучите", "Тук 1",
    ]  # fmt: skip
    assert chat.emulator.dialogue(anna.id).popups == []


@pytest.mark.parametrize("kind", ["reset_after", "reset_before"])
async def test_after_an_hour_in_doubt_the_history_tells_whether_it_arrived(
    there: Place, kind: Literal["reset_after", "reset_before"]
) -> None:
    there.emulator.faults.add(Fault("execute", kind))
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        await _until_waiting(chat)
    there.real.passes(minutes=61)  # VK has forgotten the random_id: a repeat would be a second message
    async with there.chat() as chat:
        await chat.settled()
        anna.reads("Эхо: привет")
        assert [row.state for row in await _rows(chat)] == ["sent"]
        assert chat.emulator.calls.of("messages.getHistory")


async def _rows(chat: Chat) -> list[Any]:
    return list(await chat.stored(lambda conn: conn.execute(OPEN).all()))


async def _until_waiting(chat: Chat) -> list[Any]:
    """The outbox, as soon as its first row has been put off."""
    while not (rows := await _rows(chat)) or rows[0].not_before is None:
        await asyncio.sleep(0.005)
    return rows


async def test_of_many_that_wait_for_one_reason_the_log_has_a_line_a_second(there: Place) -> None:
    there.emulator.faults.add(Fault("execute", "error", code=10, times=2))
    with capture_logs() as logs:
        async with there.chat() as chat:
            people = [chat.person(name) for name in ("Анна", "Олег", "Ирина", "Пётр", "Вера")]
            began = time.monotonic()
            for person in people:
                chat.emulator.write(person.id, "привет")
            await chat.settled()
            seconds = int(time.monotonic() - began) + 2
    waiting = [line for line in logs if line["event"] == "delivery waits"]
    assert 1 <= len(waiting) <= min(seconds, 4)
