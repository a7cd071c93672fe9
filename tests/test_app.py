"""The whole bot: when it is at rest, and what ends it."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.emulator import Fault
from tests.faults.bots import place


async def test_it_is_at_rest_only_when_everything_is_handled_and_sent(sqlite_url: str) -> None:
    async with place(sqlite_url) as there, there.chat() as chat:
        await chat.settled()
        at_rest = [chat.app.idle]
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.1))
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))
        at_rest.append(chat.app.idle)
        async with asyncio.timeout(10):
            await chat.app.settled()
        anna.reads("Эхо: привет")
        assert at_rest == [True, False]


async def test_a_part_that_breaks_for_good_ends_the_bot_so_that_it_is_started_anew(sqlite_url: str) -> None:
    async with place(sqlite_url) as there, there.chat() as chat:
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
        there.emulator.write(chat.person("Анна").id, "привет")
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))
        await chat.stored(lambda conn: conn.execute(text("ALTER TABLE outbox RENAME TO gone")))
        with pytest.raises(OperationalError, match="no such table"):
            async with asyncio.timeout(10):
                await chat.app.failure()


async def test_two_starts_one_after_another_share_everything_that_was_stored(sqlite_url: str) -> None:
    async with place(sqlite_url) as there:
        async with there.chat() as chat:
            anna = chat.person("Анна")
            await anna.writes("раз")
        async with there.chat() as chat:
            there.emulator.write(anna.id, "два")
            await chat.settled()
        assert anna.news == ["Эхо: раз", "Эхо: два"]
