"""A VK that takes its time, and one that takes fewer calls than it says: everybody is answered once, and soon."""

import asyncio
import time
from collections import deque

from bot.emulator import Fault
from bot.messenger.pace import Pace
from bot.messenger.patience import USUAL
from bot.messenger.replies import Lane
from tests.faults.bots import HASTY, Place
from tests.messenger.test_pace import RATE, VirtualLoop, in_virtual_time


async def test_a_vk_that_takes_a_second_delays_everybody_by_little_more(there: Place) -> None:
    async with there.chat(USUAL) as chat:
        people = [chat.person(f"Гость{number}") for number in range(300)]
        there.emulator.faults.add(Fault("execute", "slow", delay_s=1.0, times=None))
        began = time.monotonic()
        for person in people:
            there.emulator.write(person.id, "привет")
        await chat.settled()
        assert time.monotonic() - began < 8.0  # one after another the calls would take more than 12 s
        assert all(person.news == ["Эхо: привет"] for person in people)


async def test_a_vk_slower_than_our_patience_is_given_more_and_everybody_is_answered_once(there: Place) -> None:
    async with there.chat(HASTY) as chat:  # 0.3 s, then 0.6 s, then 1 s: as 10, 20 and 60 s to 30 s
        people = [chat.person(f"Гость{number}") for number in range(40)]
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.5, times=None))
        for text in ("раз", "два"):
            for person in people:
                there.emulator.write(person.id, text)
        await chat.settled()
        for person in people:
            person.reads("Эхо: раз", "Эхо: два")


async def test_what_was_learned_of_a_slow_vk_is_kept_for_the_next_answers(there: Place) -> None:
    async with there.chat(HASTY) as chat:
        anna, oleg = chat.person("Анна"), chat.person("Олег")
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.5, times=None))
        await anna.writes("привет")
        before = len(there.emulator.calls.of("execute"))
        await oleg.writes("привет")
        oleg.reads("Эхо: привет")
        assert len(there.emulator.calls.of("execute")) == before + 1


def test_at_half_the_published_rate_few_calls_are_refused_and_the_rate_is_used() -> None:
    accepted, refused, lasted_s = in_virtual_time(lambda pace, loop: _calls(pace, loop, limit=10, for_s=120.0))
    assert refused / (accepted + refused) < 0.02
    assert accepted / lasted_s > 7.5


def test_after_a_vk_that_was_slow_for_a_while_the_full_rate_comes_back() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> float:
        await _calls(pace, loop, limit=10, for_s=30.0)
        accepted, refused, lasted_s = await _calls(pace, loop, limit=20, for_s=90.0)
        assert refused == 0
        return accepted / lasted_s

    assert in_virtual_time(story) > RATE * 0.9


async def _calls(pace: Pace, loop: VirtualLoop, *, limit: int, for_s: float) -> tuple[int, int, float]:
    """Call a VK that takes so many calls in any second, as often as the pace lets; accepted, refused, seconds."""
    recent: deque[float] = deque()
    refused = accepted = 0
    began = loop.time()

    async def one() -> None:
        nonlocal refused, accepted
        await pace.slot(Lane.REPLIES)
        await asyncio.sleep(0.05)  # on its way
        while recent and loop.time() - recent[0] >= 1.0:
            recent.popleft()
        if len(recent) >= limit:
            refused += 1
            pace.slow_down()
        else:
            accepted += 1
            recent.append(loop.time())

    async def keep_calling() -> None:
        while loop.time() - began < for_s:
            await one()

    await asyncio.gather(*(keep_calling() for _ in range(8)))
    return accepted, refused, loop.time() - began
