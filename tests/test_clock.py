"""Campaign time and real time."""

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock, ClockSetting

START = datetime(2017, 11, 8, 6, tzinfo=UTC)
REAL = datetime(2026, 3, 1, tzinfo=UTC)


class RealTime:
    """The world's clock, moved by hand."""

    def __init__(self) -> None:
        self.at = REAL

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def real() -> RealTime:
    return RealTime()


def test_without_a_rehearsal_campaign_time_is_real_time(real: RealTime) -> None:
    clock = Clock(real=real)
    real.at += timedelta(microseconds=12_345_678)
    assert clock.now() == clock.real() == real.at


def test_a_rehearsal_starts_at_its_instant_and_runs_at_its_speed(real: RealTime) -> None:
    clock = Clock.starting(START, speed=60, real=real)
    assert clock.now() == START
    real.at += timedelta(seconds=2)
    assert clock.now() == START + timedelta(minutes=2)
    assert clock.real() == real.at


def test_moving_the_clock_keeps_its_speed_and_leaves_real_time_alone(real: RealTime) -> None:
    clock = Clock.starting(START, speed=10, real=real)
    clock.advance(timedelta(days=3))
    assert clock.now() == START + timedelta(days=3)
    clock.set(START)
    real.at += timedelta(seconds=1)
    assert clock.now() == START + timedelta(seconds=10)
    assert clock.speed == 10


def test_a_stored_setting_goes_on_after_a_restart(real: RealTime) -> None:
    before = Clock.starting(START, speed=2, real=real)
    before.advance(timedelta(days=1))
    real.at += timedelta(hours=1)
    after = Clock(before.setting, real=real)
    assert after.now() == before.now() == START + timedelta(days=1, hours=2)


def test_a_clock_of_speed_zero_stands_still_until_it_is_moved(real: RealTime) -> None:
    clock = Clock.starting(START, speed=0, real=real)
    real.at += timedelta(days=1)
    assert clock.now() == START


@given(offset=st.timedeltas(timedelta(days=-300), timedelta(days=300)), speed=st.sampled_from([0, 1, 2.5, 1000]))
def test_a_set_clock_shows_exactly_what_it_was_set_to(offset: timedelta, speed: float) -> None:
    clock = Clock(ClockSetting(START, REAL, speed), real=lambda: REAL)
    clock.set(START + offset)
    assert clock.now() == START + offset
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("speed", [-1.0, float("inf"), float("nan")])
def test_a_clock_does_not_run_backwards_or_infinitely_fast(speed: float) -> None:
    with pytest.raises(ValueError, match="times as fast"):
        ClockSetting(START, REAL, speed)


def test_a_clock_is_not_set_to_an_instant_without_a_time_zone() -> None:
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        Clock().set(naive)
    with pytest.raises(ValueError, match="time zone"):
        ClockSetting(naive, REAL)


def test_listeners_hear_every_move_until_they_leave() -> None:
    clock, heard = Clock.starting(START, speed=0), []
    leave = clock.on_move(lambda: heard.append(clock.now()))
    clock.advance(timedelta(hours=1))
    leave()
    leave()
    clock.advance(timedelta(hours=1))
    assert heard == [START + timedelta(hours=1)]


async def test_waiting_for_a_past_instant_ends_at_once() -> None:
    assert await Clock.starting(START, speed=0).sleep_until(START)


async def test_waiting_ends_when_campaign_time_reaches_the_instant() -> None:
    clock = Clock.starting(START, speed=100_000)
    until = START + timedelta(hours=1)
    assert await clock.sleep_until(until)
    assert clock.now() >= until


async def test_waiting_is_interrupted_when_the_clock_is_moved_from_another_thread() -> None:
    clock = Clock.starting(START, speed=0)
    waiting = asyncio.create_task(clock.sleep_until(START + timedelta(days=1)))
    await asyncio.sleep(0)  # the task's first step takes it to its wait
    mover = Thread(target=clock.advance, args=(timedelta(minutes=1),))
    mover.start()
    assert await waiting is False
    mover.join()


async def test_a_cancelled_wait_leaves_no_listener_behind() -> None:
    clock = Clock.starting(START, speed=0)
    waiting = asyncio.create_task(clock.sleep_until(START + timedelta(days=1)))
    await asyncio.sleep(0)  # the task's first step takes it to its wait
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not clock._listeners
