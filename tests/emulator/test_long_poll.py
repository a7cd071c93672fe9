"""Bots Long Poll: what the history keeps, whose it is, how it ends."""

import asyncio

import aiohttp
import pytest

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock, held_poll


async def test_a_held_poll_learns_of_a_restart_at_once(bot: Bot, emulator: Emulator) -> None:
    await bot.listen("message_new")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        held = tasks.create_task(bot.check(wait=25))
        await held_poll(emulator)
        emulator.long_poll.restart()
    assert held.result() == {"failed": 3}


async def test_the_history_holds_no_more_than_its_bound_and_no_event_over_an_hour(
    session: aiohttp.ClientSession, clock: Clock
) -> None:
    emulator = Emulator(now=clock, kept_events=3)
    anna = emulator.add_person("Анна", "")
    async with emulator.serving():
        await Bot(session, emulator).listen("message_new")
        for number in range(5):
            emulator.write(anna.id, str(number))
        assert [event.object["message"]["text"] for event in emulator.long_poll.history] == ["2", "3", "4"]
        clock.advance(3601)
        emulator.write(anna.id, "5")
        assert len(emulator.long_poll.history) == 1


async def test_another_group_has_no_long_poll_here(bot: Bot) -> None:
    assert await bot.error("groups.getLongPollServer", group_id=1) == 15
    assert await bot.error("groups.setLongPollSettings", group_id=1, enabled=1) == 15


async def test_the_emulator_knows_up_to_which_event_its_reader_has_come(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Раз")
    await bot.events()
    assert emulator.long_poll.confirmed < emulator.long_poll.last
    await bot.events()
    assert emulator.long_poll.confirmed == emulator.long_poll.last
    await bot.check(ts="999999")
    await bot.check(key="чужой")
    assert emulator.long_poll.confirmed == emulator.long_poll.last


async def test_leaving_with_a_poll_held_does_not_wait_for_it(session: aiohttp.ClientSession, clock: Clock) -> None:
    emulator = Emulator(now=clock)
    async with asyncio.timeout(5):
        async with emulator.serving():
            bot = Bot(session, emulator)
            await bot.listen("message_new")
            held = asyncio.create_task(bot.check(wait=90))
            await held_poll(emulator)
        with pytest.raises(aiohttp.ClientError):
            await held
