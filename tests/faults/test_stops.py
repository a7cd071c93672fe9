"""Told to stop, the bot finishes what is in hand, ends with 0 and leaves the rest for its next start."""

import asyncio
import re
import time
from pathlib import Path

from bot.emulator import Fault
from tests.faults.bots import Place
from tests.faults.processes import home
from tests.faults.talks import Talk

STOPS_WITHIN_S = 10.0


async def test_stopped_in_the_middle_of_everything_it_answers_the_rest_after_its_start(
    database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path) as place:
        talk = Talk(place.emulator, people=5)
        bot = place.start()
        await place.ready()
        talk.says(8)
        await place.emulator.changes.next(10)
        assert await bot.stopped() == 0
        talk.says(1)
        bot = place.start()
        await talk.heard()
        assert await bot.stopped() == 0


async def test_it_stops_in_time_although_vk_hangs(sqlite_url: str, tmp_path: Path) -> None:
    async with home(sqlite_url, tmp_path) as place:
        talk = Talk(place.emulator, people=1)
        bot = place.start()
        await place.ready()
        hanging = place.emulator.faults.add(Fault("execute", "hang", times=1000, delay_s=60.0))
        talk.says(1)
        while hanging.times == 1000:  # until a call hangs
            await asyncio.sleep(0.01)
        began = time.monotonic()
        assert await bot.stopped() == 0
        assert time.monotonic() - began < STOPS_WITHIN_S
        place.emulator.faults.clear()
        bot = place.start()
        await talk.heard()
        assert await bot.stopped() == 0


async def test_what_waits_for_a_later_time_does_not_hold_up_the_stop(there: Place) -> None:
    there.emulator.faults.add(Fault("messages.send", "error", code=9))  # a minute
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "привет")
        await there.emulator.until(lambda: "execute_errors" in str(there.emulator.calls.of("execute")[-1:]))
        began = time.monotonic()
    assert time.monotonic() - began < 2.0


async def test_it_stops_in_order_while_it_still_waits_for_vk_at_its_start(sqlite_url: str, tmp_path: Path) -> None:
    async with home(sqlite_url, tmp_path) as place:
        place.emulator.faults.add(Fault("groups.getById", "http_502", times=None))
        bot = place.start()
        async with asyncio.timeout(20):
            while not place.log.exists() or "waiting" not in place.log.read_text():
                await asyncio.sleep(0.01)
        assert await bot.stopped() == 0


async def test_neither_token_nor_key_nor_a_persons_text_is_ever_logged(sqlite_url: str, tmp_path: Path) -> None:
    # Not of the form that the log blacks out: it must not get there in the first place.
    token, secret = "a-token-that-nobody-may-see", "тайна-которую-никто-не-увидит"
    async with home(sqlite_url, tmp_path, token=token) as place:
        emulator = place.emulator
        bot = place.start(UGUBOT_LOG="debug")
        await place.ready()
        key = emulator.long_poll.key
        anna = emulator.add_person("Анна", "Тайная").id
        for method in ("execute", "a_check"):
            for kind in ("http_502", "reset_before", "reset_after"):
                emulator.faults.add(Fault(method, kind))
        for code in (10, 13):
            emulator.faults.add(Fault("messages.send", "error", code=code))
        emulator.write(anna, "упади")
        emulator.write(anna, secret)
        emulator.long_poll.expire_key()
        await emulator.until(lambda: "Не получилось" in str(emulator.dialogue(anna).messages), 30)
        assert await bot.stopped() == 0
        log = place.log.read_text()
    assert re.search("handler failed", log)
    for hidden in (token, key, secret, "Анна", "Тайная"):
        assert hidden not in log
