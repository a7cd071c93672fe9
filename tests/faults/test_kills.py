"""Killed at each border and at any moment: everybody is answered exactly once, in the order of their messages."""

import asyncio
import random
import signal
from pathlib import Path

import pytest

from tests.faults.processes import home
from tests.faults.talks import Talk

# Each behind what the start itself makes of it.
BORDERS = ("after_intake:3", "before_commit:25", "offered:2", "after_call:3", "before_result:1")


@pytest.mark.parametrize("border", BORDERS)
async def test_killed_at_a_border_it_answers_everything_exactly_once(
    border: str, database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path) as place:
        talk = Talk(place.emulator, people=4)
        bot = place.start(crash_at=border)
        await place.ready()
        while bot.alive:
            await talk.goes_on(1)
        assert await bot.ended() == -signal.SIGKILL
        talk.says(2)  # while nobody is there
        bot = place.start()
        await talk.goes_on(2)
        await talk.heard()
        assert await bot.stopped() == 0


async def test_killed_at_any_moment_it_answers_everything_exactly_once(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(2017)
    async with home(database_url, tmp_path) as place:
        talk = Talk(place.emulator, people=6)
        for _ in range(5):
            bot = place.start()
            await place.ready()
            await talk.goes_on(chance.randint(1, 12))
            await asyncio.sleep(chance.uniform(0, 0.01))  # no waiting for anything: the moment of the kill
            await bot.killed()
            talk.says(chance.randint(0, 2))
        bot = place.start()
        await talk.goes_on(2)
        await talk.heard()
        assert await bot.stopped() == 0


async def test_a_handler_that_kills_the_process_is_set_aside_and_all_others_are_answered(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with home(sqlite_url, tmp_path) as place:
        emulator = place.emulator
        anna, oleg = (emulator.add_person(name, "Счётов").id for name in ("Анна", "Олег"))
        bot = place.start()
        await place.ready()
        emulator.write(anna, "умри")
        emulator.write(oleg, "привет")
        for _ in range(5):  # once by surprise, then four attempts that were noted before they were made
            assert await bot.ended() == -signal.SIGKILL
            bot = place.start()
        await emulator.until(lambda: len(emulator.dialogue(anna).messages) == 2, 20)
        await emulator.until(lambda: len(emulator.dialogue(oleg).messages) == 2, 20)
        assert [emulator.dialogue(one).messages[-1].text for one in (anna, oleg)] == ["Не получилось", "Эхо: привет"]
        assert await bot.stopped() == 0
