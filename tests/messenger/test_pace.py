"""The pace of calls: never too many in any second, evenly, the most urgent first."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.pace import BURST, FASTEST, Pace
from bot.messenger.replies import Lane

VK_LIMIT = 20
RATE = 19.5


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self._passed = 0.0

    def time(self) -> float:
        return self._passed

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]  # asyncio's own fields
            self._passed = max(self._passed, heapq.nsmallest(1, self._scheduled)[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def in_virtual_time(story: Callable[[Pace, VirtualLoop], Coroutine[Any, Any, Any]], rate: float | None = RATE) -> Any:
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(story(Pace(rate, monotonic=loop.time), loop))
    finally:
        loop.close()


async def slots(pace: Pace, loop: VirtualLoop, count: int, lane: int = Lane.REPLIES) -> list[float]:
    """When each of so many callers who came at once got its slot."""

    async def one() -> float:
        await pace.slot(lane)
        return loop.time()

    return sorted(await asyncio.gather(*(one() for _ in range(count))))


def most_in_a_second(moments: list[float]) -> int:
    return max((sum(start <= moment < start + 1 for moment in moments) for start in moments), default=0)


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 40)), min_size=1, max_size=6))
def test_no_second_ever_has_more_calls_than_vk_allows(arrivals: list[tuple[float, int]]) -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[float]:
        waiting: list[Awaitable[list[float]]] = []
        for pause_s, count in arrivals:
            await asyncio.sleep(pause_s)
            waiting.append(asyncio.ensure_future(slots(pace, loop, count)))
        return sorted(moment for batch in await asyncio.gather(*waiting) for moment in batch)

    assert most_in_a_second(in_virtual_time(story)) <= VK_LIMIT


def test_calls_are_spaced_evenly_behind_a_short_burst_and_the_rate_is_used() -> None:
    moments = in_virtual_time(lambda pace, loop: slots(pace, loop, 100))
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    assert moments[BURST - 1] == 0.0
    assert max(gaps) < 0.2
    assert 100 / moments[-1] > RATE * 0.95


def test_a_burst_is_paid_for_evenly_and_not_with_one_long_gap() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[float]:
        await slots(pace, loop, 20)
        await asyncio.sleep(2)
        return [(await slots(pace, loop, 1))[0] for _ in range(60)]

    gaps = [after - before for before, after in itertools.pairwise(in_virtual_time(story))]
    assert max(gaps) < 1.6 / RATE


def test_when_few_write_nobody_waits_for_company_and_when_many_do_a_call_gathers_them() -> None:
    async def story(pace: Pace, loop: VirtualLoop, pause_s: float) -> list[float]:
        waits = []
        for _ in range(60):
            await asyncio.sleep(pause_s)
            asked_at = loop.time()
            waits.append((await slots(pace, loop, 1))[0] - asked_at)
        return waits[-20:]

    assert max(in_virtual_time(lambda pace, loop: story(pace, loop, 0.1))) == 0.0
    crowded = in_virtual_time(lambda pace, loop: story(pace, loop, 0.025))
    assert min(crowded) > 0.0
    assert max(crowded) < 1 / RATE


def test_a_burst_after_a_pause_breaks_no_limit() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[float]:
        first = await slots(pace, loop, 30)
        await asyncio.sleep(0.4)
        return first + await slots(pace, loop, 30)

    assert most_in_a_second(in_virtual_time(story)) <= VK_LIMIT


def test_a_more_urgent_lane_goes_first_and_within_a_lane_whoever_came_first() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[tuple[int, int]]:
        order: list[tuple[int, int]] = []

        async def one(lane: Lane, number: int) -> None:
            await pace.slot(lane)
            order.append((int(lane), number))

        lanes = (Lane.BROADCASTS, Lane.REMINDERS, Lane.REPLIES, Lane.POP_UPS)
        await slots(pace, loop, BURST)  # what goes at once is gone
        await asyncio.gather(*(one(lane, number) for lane in lanes for number in range(5)))
        return order

    order = in_virtual_time(story)
    assert order == sorted(order)


def test_a_refusal_halves_the_rate_and_it_grows_back() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> tuple[float, float]:
        pace.slow_down()
        halved = pace.rate
        await slots(pace, loop, 200)
        return halved, pace.rate

    assert in_virtual_time(story) == (RATE / 2, RATE)


def test_after_a_refusal_a_second_passes_without_any_call() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> float:
        await slots(pace, loop, 10)
        refused_at = loop.time()
        pace.slow_down()
        return (await slots(pace, loop, 1))[0] - refused_at

    assert in_virtual_time(story) >= 0.75


@pytest.mark.parametrize("refusals", [1, 5, 50])
def test_no_number_of_refusals_stops_it_altogether(refusals: int) -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> float:
        for _ in range(refusals):
            pace.slow_down()
        return pace.rate

    assert in_virtual_time(story) >= 1.0


def test_without_a_limit_calls_are_only_kept_apart_so_that_each_takes_more_along() -> None:
    at = in_virtual_time(lambda pace, loop: slots(pace, loop, 1_000), rate=None)
    assert at == pytest.approx([order / FASTEST for order in range(1_000)])


def test_a_caller_that_gives_up_leaves_its_slot_to_the_next() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[float]:
        await slots(pace, loop, 10)
        impatient = [asyncio.ensure_future(pace.slot(Lane.POP_UPS)) for _ in range(50)]
        patient = asyncio.ensure_future(slots(pace, loop, 1))
        await asyncio.sleep(0)
        for one in impatient:
            one.cancel()
        return await patient

    assert in_virtual_time(story)[0] < 1.0


def test_who_hurries_goes_before_all_who_asked_earlier_in_the_old_lane() -> None:
    async def story(pace: Pace, loop: VirtualLoop) -> list[str]:
        got: list[str] = []

        async def one(name: str, asked: Awaitable[None]) -> None:
            await asked
            got.append(name)

        waiting = [one(f"picture {number}", pace.slot(Lane.REMINDERS)) for number in range(10)]
        others = asyncio.gather(*waiting)
        await asyncio.sleep(0)
        asked = pace.ask(Lane.REMINDERS)
        mine = asyncio.create_task(one("mine", asked))
        pace.hurry(asked, Lane.REPLIES)
        await asyncio.gather(mine, others)
        return got

    got = in_virtual_time(story)
    assert got.index("mine") == BURST
    assert sorted(got) == sorted(["mine", *(f"picture {number}" for number in range(10))])
