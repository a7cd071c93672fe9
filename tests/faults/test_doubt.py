"""Nobody knows whether VK took it, for longer than VK remembers: the history tells, or a person decides."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Literal

import pytest
from sqlalchemy import select

from bot.emulator import Fault
from bot.storage import schema
from tests.conversations.chat import Chat, Person
from tests.faults import trouble
from tests.faults.bots import HASTY, Place, on_both_databases

OUTBOX = select(schema.outbox.c.state, schema.outbox.c.not_before).order_by(schema.outbox.c.id)
Kind = Literal["reset_before", "reset_after"]


@asynccontextmanager
async def an_hour_later(there: Place, text: str, kind: Kind, *faults: Fault) -> AsyncIterator[tuple[Chat, Person]]:
    """Anna wrote, VK cut the connection of the answer, the bot stopped; now it runs again, and VK has faults."""
    there.emulator.faults.add(Fault("execute", kind))
    async with there.chat(router=trouble.router) as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, text)
        while not (rows := await _rows(chat)) or rows[0].not_before is None:
            await asyncio.sleep(0.005)
    there.real.passes(minutes=61)
    for fault in faults:
        there.emulator.faults.add(fault)
    async with there.chat(router=trouble.router) as chat:
        await chat.settled()
        yield chat, anna


@on_both_databases
async def test_a_reminder_that_the_history_does_not_show_is_never_sent_by_itself(there: Place) -> None:
    async with an_hour_later(there, "напомни: звонок", "reset_before") as (chat, anna):
        assert anna.news == []
        assert await _states(chat) == ["uncertain"]
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news == []


@on_both_databases
async def test_a_reminder_that_the_history_shows_was_sent(there: Place) -> None:
    async with an_hour_later(there, "напомни: звонок", "reset_after") as (chat, anna):
        assert anna.news == ["звонок"]
        assert await _states(chat) == ["sent"]


@on_both_databases
async def test_what_only_waited_for_its_turn_when_the_bot_stopped_is_in_no_doubt_however_long_it_rests(
    there: Place,
) -> None:
    hanging = there.emulator.faults.add(Fault("execute", "hang", times=100, delay_s=60.0))
    async with there.chat(replace(HASTY, answer_within_s=60.0, stop_within_s=0.05), router=trouble.router) as chat:
        anna = chat.person("Анна")
        for said in ("раз", "два", "три"):
            there.emulator.write(anna.id, f"напомни: {said}")
        while hanging.times == 100 or len(await _rows(chat)) < 3:
            await asyncio.sleep(0.005)
    there.emulator.faults.clear()
    there.real.passes(days=3)
    async with there.chat(router=trouble.router) as chat:
        await chat.settled()
        assert await _states(chat) == ["uncertain", "sent", "sent"]
        assert anna.news == ["два", "три"]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_where_the_history_is_refused_nothing_is_repeated(there: Place, kind: Kind) -> None:
    refused = Fault("messages.getHistory", "error", code=917)
    async with an_hour_later(there, "привет", kind, refused) as (chat, anna):
        assert len(anna.news) == (kind == "reset_after")
        assert await _states(chat) == ["uncertain"]


@pytest.mark.parametrize(
    "troubles",
    [
        {"kind": "error", "code": 10, "times": 3},
        {"kind": "error", "code": 5, "times": 2},
        {"kind": "http_502"},
        {"kind": "reset_after"},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_a_history_that_cannot_be_had_now_is_asked_for_until_it_can(
    there: Place, kind: Kind, troubles: dict[str, Any]
) -> None:
    async with an_hour_later(there, "привет", kind, Fault("messages.getHistory", **troubles)) as (chat, anna):
        assert anna.news == ["Эхо: привет"]
        assert await _states(chat) == ["sent"]


async def test_a_history_that_does_not_show_what_messages_were_sent_as_decides_nothing(there: Place) -> None:
    there.emulator.faults.add(Fault("execute", "reset_after"))
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        while not (rows := await _rows(chat)) or rows[0].not_before is None:
            await asyncio.sleep(0.005)
    there.emulator.dialogue(anna.id).messages[-1].random_id = 0
    there.real.passes(minutes=61)
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news == ["Эхо: привет"]
        assert await _states(chat) == ["uncertain"]


async def test_a_long_dialogue_is_searched_back_to_the_offer(there: Place) -> None:
    there.emulator.faults.add(Fault("execute", "reset_after"))
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        while not (rows := await _rows(chat)) or rows[0].not_before is None:
            await asyncio.sleep(0.005)
    there.real.passes(minutes=61)
    for number in range(230):
        there.emulator.write(anna.id, str(number))
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news.count("Эхо: привет") == 1


async def test_in_an_outage_of_hours_each_reply_comes_once_and_no_reminder_is_given_up(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        anna = chat.person("Анна")
        outage = there.emulator.faults.add(Fault("execute", "http_502", times=None))
        for text in ("раз", "два", "напомни: звонок, урок"):
            there.emulator.write(anna.id, text)
        while len(rows := await _rows(chat)) < 4 or not (rows[0].not_before and rows[2].not_before):
            await asyncio.sleep(0.005)
        there.real.passes(minutes=61)
        there.emulator.faults.waiting.remove(outage)
        await chat.settled()
        assert [text for text in anna.news if "Эхо" in text] == ["Эхо: раз", "Эхо: два"]
        # The first reminder was offered and may have arrived; the one behind it never was.
        assert await _states(chat) == ["sent", "sent", "uncertain", "sent"]
        assert "урок" in anna.news


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_an_edit_in_doubt_is_simply_made_again(there: Place, kind: Kind) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("книга")
        there.emulator.faults.add(Fault("execute", kind))
        there.emulator.press(anna.id, "Дальше")
        while not any(row.not_before for row in await _rows(chat)):
            await asyncio.sleep(0.005)
    there.real.passes(hours=2)
    async with there.chat() as chat:
        await chat.settled()
        said = [message.text for message in there.emulator.dialogue(anna.id).messages]
        assert said == ["книга", "Страница 2"]
        assert "uncertain" not in await _states(chat)


@on_both_databases
async def test_a_clock_set_back_while_a_reply_is_in_doubt_does_not_double_it(there: Place) -> None:
    there.emulator.faults.add(Fault("execute", "reset_after"))
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        while not (rows := await _rows(chat)) or rows[0].not_before is None:
            await asyncio.sleep(0.005)
        there.real.passes(hours=-1)
        await chat.settled()
        anna.reads("Эхо: привет")
        assert there.emulator.calls.of("messages.getHistory")  # how long ago it was, nobody can tell any more


async def test_a_clock_set_ahead_while_rows_are_offered_neither_loses_nor_doubles_them(there: Place) -> None:
    there.emulator.faults.add(Fault("execute", "reset_after"))
    async with there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(5)]
        for person in people:
            there.emulator.write(person.id, "раз")
            there.emulator.write(person.id, "два")
        while not (rows := await _rows(chat)) or rows[0].not_before is None:
            await asyncio.sleep(0.005)
        there.real.passes(hours=1)
        await chat.settled()
        for person in people:
            person.reads("Эхо: раз", "Эхо: два")


async def _rows(chat: Chat) -> list[Any]:
    return list(await chat.stored(lambda conn: conn.execute(OUTBOX).all()))


async def _states(chat: Chat) -> list[str]:
    return [row.state for row in await _rows(chat)]
