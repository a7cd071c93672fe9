"""Jobs by the campaign's clock: each planned instant once, at its hour, whatever the clock does meanwhile."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from bot.app import running
from bot.clock import Clock, ClockSetting
from bot.emulator import Emulator
from bot.jobs.job import Job, Sliced
from bot.jobs.setting import Setting
from bot.storage import job_runs
from bot.storage.job_runs import Run
from tests.conversations.chat import FIRST_DAY, Chat, Person, campaign, settings_for
from tests.faults.bots import HASTY
from tests.jobs.made_up import PAGE, at_three, ledger, telling

CAMPAIGN = campaign()
Jobs = Callable[[Setting], Sequence[Job]]


def nothing(setting: Setting) -> list[Job]:
    return []


def at(local: str) -> datetime:
    return datetime.fromisoformat(f"2017-{local}").replace(tzinfo=CAMPAIGN.calendar.zone)


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        yield emulator


@asynccontextmanager
async def bot(
    emulator: Emulator, url: str, jobs: Jobs, *, now: datetime = FIRST_DAY, speed: float = 0.0
) -> AsyncIterator[Chat]:
    clock = Clock(ClockSetting(now, datetime.now(UTC), speed))
    settings = settings_for(emulator, url)
    async with running(settings, CAMPAIGN, clock=clock, patience=HASTY, jobs=jobs) as app:
        yield Chat(emulator, app, clock)


async def consenting(chat: Chat, count: int) -> list[Person]:
    people = [chat.person(f"Анна{'а' * number}") for number in range(count)]
    for one in people:
        await one.writes("баланс")
        await one.presses("Согласен")
        await one.has_read()
    return people


async def test_a_job_tells_everybody_when_its_hour_comes_and_nobody_before(
    emulator: Emulator, database_url: str
) -> None:
    async with bot(emulator, database_url, at_three) as chat:
        people = await consenting(chat, 7)
        await chat.moves_to("2017-11-08 14:59:59")
        assert [one.news for one in people] == [[]] * 7
        await chat.moves_to("2017-11-08 15:00")
        assert [one.news for one in people] == [["сводка 08.11 15:00"]] * 7
        await chat.moves_to("2017-11-08 23:00")
        assert [one.news for one in people] == [["сводка 08.11 15:00"]] * 7
        assert await chat.stored(ledger) == [("сводка", at("11-08 15:00"), "done", 7)]


async def test_the_bot_is_not_at_rest_from_the_instant_at_which_something_is_due(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        await chat.settled()
        at_rest = [chat.app.idle]
        chat.clock.set(at("11-08 14:00"))
        at_rest.append(chat.app.idle)  # whoever moved the clock does not know whether anything comes of it
        await chat.settled()
        chat.clock.set(at("11-08 15:00"))
        at_rest.append(chat.app.idle)
        await chat.settled()
        assert at_rest == [True, False, False]
        assert [state for _, _, state, _ in await chat.stored(ledger)] == ["done"]


async def test_a_jump_over_five_days_tells_only_what_is_planned_for_the_last(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
        await chat.moves_to("2017-11-13 15:30")
        anna.reads("сводка 13.11 15:00")


async def test_a_clock_set_back_by_minutes_repeats_nothing_and_by_a_day_repeats_the_day(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
        for moment in ("11-08 15:05", "11-08 14:50", "11-08 15:05", "11-09 15:05"):
            await chat.moves_to(f"2017-{moment}")
        anna.reads("сводка 08.11 15:00", "сводка 09.11 15:00")
        await anna.has_read()
        for moment in ("11-08 15:05", "11-09 15:05"):
            await chat.moves_to(f"2017-{moment}")
        anna.reads("сводка 09.11 15:00")


async def test_a_clock_set_back_by_little_and_little_repeats_what_lies_an_hour_ahead_again(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
        for moment in ("11-08 15:05", "11-08 14:20", "11-08 13:40", "11-08 15:00"):
            await chat.moves_to(f"2017-{moment}")
        anna.reads("сводка 08.11 15:00", "сводка 08.11 15:00")


async def test_a_start_with_a_clock_that_is_minutes_behind_repeats_nothing(emulator: Emulator, sqlite_url: str) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
        await chat.moves_to("2017-11-08 15:05")
    async with bot(emulator, sqlite_url, at_three, now=at("11-08 14:40")) as chat:
        await chat.moves_to("2017-11-08 15:01")
        anna.reads("сводка 08.11 15:00")
        await chat.moves_to("2017-11-09 15:00")
        anna.reads("сводка 08.11 15:00", "сводка 09.11 15:00")


async def test_a_start_of_a_rehearsal_that_was_set_back_lets_its_days_happen_again(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
        await chat.moves_to("2017-11-10 15:05")
    async with bot(emulator, sqlite_url, at_three, now=at("11-08 15:05")) as chat:
        await chat.moves_to("2017-11-10 15:00")
        anna.reads("сводка 10.11 15:00", "сводка 08.11 15:00", "сводка 10.11 15:00")


async def test_a_clock_that_runs_fast_passes_its_slots_in_their_order_and_none_twice(
    emulator: Emulator, sqlite_url: str
) -> None:
    async with bot(emulator, sqlite_url, at_three) as chat:
        [anna] = await consenting(chat, 1)
    async with bot(emulator, sqlite_url, at_three, speed=100_000.0):
        await emulator.until(lambda: len(anna.news) >= 3, 20)
    days = [datetime.strptime(text, "сводка %d.%m %H:%M").replace(tzinfo=UTC) for text in anna.news]
    assert days == sorted(set(days))


async def test_a_slot_out_of_its_hours_waits_until_they_open(emulator: Emulator, sqlite_url: str) -> None:
    def at_six(setting: Setting) -> list[Job]:
        return [telling("сводка", 6, setting, opens=_awake)]

    async with bot(emulator, sqlite_url, at_six) as chat:
        [anna] = await consenting(chat, 1)
        for moment in ("11-09 06:30", "11-09 07:59"):
            await chat.moves_to(f"2017-{moment}")
            anna.reads()
        await chat.moves_to("2017-11-09 08:00")
        anna.reads("сводка 09.11 06:00")


def _awake(instant: datetime) -> datetime:
    """Nobody hears anything from 21:00 to 08:00."""
    local = CAMPAIGN.calendar.local(instant)
    day = local.date() + timedelta(days=local.hour >= 21)
    return instant if 8 <= local.hour < 21 else datetime.combine(day, time(8), local.tzinfo)


async def test_a_run_whose_hours_close_in_the_middle_goes_on_where_it_was_when_they_open(
    emulator: Emulator, sqlite_url: str
) -> None:
    clocks: list[Clock] = []

    def until_nightfall(setting: Setting) -> list[Job]:
        told = telling("сводка", 15, setting, opens=_awake)

        def slice_(conn: Connection, run: Run, now: datetime, real: datetime) -> Sliced:
            if run.cursor and now < at("11-09 00:00"):
                clocks[0].set(at("11-08 21:00"))
            return told.slice(conn, run, now, real)

        return [replace(told, slice=slice_)]

    async with bot(emulator, sqlite_url, until_nightfall) as chat:
        clocks.append(chat.clock)
        people = await consenting(chat, 3 * PAGE)
        await chat.moves_to("2017-11-08 15:00")
        assert [len(one.news) for one in people] == [1] * 2 * PAGE + [0] * PAGE
        await chat.moves_to("2017-11-09 08:00")
        assert [one.news for one in people] == [["сводка 08.11 15:00"]] * 3 * PAGE


async def test_a_start_finds_a_run_that_was_cut_off_and_goes_on_behind_its_cursor(
    emulator: Emulator, database_url: str
) -> None:
    async with bot(emulator, database_url, nothing) as chat:
        people = await consenting(chat, 2 * PAGE + 1)
        await chat.stored(_first_slice, chat, at("11-08 15:00"))
    async with bot(emulator, database_url, at_three, now=at("11-08 15:20")) as chat:
        await chat.settled()
        assert [one.news for one in people] == [["сводка 08.11 15:00"]] * len(people)
        assert await chat.stored(ledger) == [("сводка", at("11-08 15:00"), "done", len(people))]


async def test_a_run_that_a_later_one_overtakes_is_closed_as_skipped(emulator: Emulator, sqlite_url: str) -> None:
    async with bot(emulator, sqlite_url, nothing) as chat:
        people = await consenting(chat, PAGE + 1)
        await chat.stored(_first_slice, chat, at("11-08 15:00"))
    async with bot(emulator, sqlite_url, at_three, now=at("11-09 15:00")) as chat:
        await chat.settled()
        assert await chat.stored(ledger) == [
            ("сводка", at("11-08 15:00"), "skipped", PAGE),
            ("сводка", at("11-09 15:00"), "done", len(people)),
        ]


def _first_slice(conn: Connection, chat: Chat, planned_at: datetime) -> None:
    [job] = at_three(Setting(CAMPAIGN, chat.app.community.limits, ""))
    run = job_runs.claim(conn, job.name, planned_at, at=planned_at, first=planned_at)
    assert isinstance(run, Run)
    done = job.slice(conn, run, planned_at, datetime.now(UTC))
    job_runs.go_on(
        conn, run.id, cursor=done.cursor, recipients=done.recipients, skipped=0, unreachable=0, at=planned_at
    )


async def test_a_run_knows_for_when_the_last_finished_one_was_planned(emulator: Emulator, sqlite_url: str) -> None:
    since: list[datetime] = []

    def noting(setting: Setting) -> list[Job]:
        def slice_(conn: Connection, run: Run, now: datetime, real: datetime) -> Sliced:
            since.append(run.since)
            return Sliced(None)

        return [Job("сводка", time(15), lambda day, calendar: True, slice_)]

    async with bot(emulator, sqlite_url, noting) as chat:
        for moment in ("11-08 15:00", "11-11 18:00", "11-12 15:00"):
            await chat.moves_to(f"2017-{moment}")
    assert since == [at("11-08 00:00"), at("11-08 15:00"), at("11-11 15:00")]


async def test_a_job_that_fails_holds_up_no_other_and_is_tried_again(emulator: Emulator, database_url: str) -> None:
    faults = [ZeroDivisionError("1"), LookupError("2")]

    def fails_twice(setting: Setting) -> list[Job]:
        told = telling("первая", 15, setting)

        def slice_(conn: Connection, run: Run, now: datetime, real: datetime) -> Sliced:
            sliced = told.slice(conn, run, now, real)
            if faults:
                raise faults.pop()
            return sliced

        return [replace(told, slice=slice_), telling("вторая", 15, setting)]

    async with bot(emulator, database_url, fails_twice) as chat:
        [anna] = await consenting(chat, 1)
        await chat.moves_to("2017-11-08 15:00")
        anna.reads("вторая 08.11 15:00", "первая 08.11 15:00")


async def test_a_run_whose_hours_end_half_way_goes_on_as_soon_as_the_next_begin(
    emulator: Emulator, sqlite_url: str
) -> None:
    reopens_at = at("11-08 15:30")
    begun: list[datetime] = []

    def closes_after_a_slice(setting: Setting) -> list[Job]:
        told = telling("первая", 15, setting)

        def slice_(conn: Connection, run: Run, now: datetime, real: datetime) -> Sliced:
            begun.append(now)
            return told.slice(conn, run, now, real)

        return [replace(told, slice=slice_, opens=lambda now: max(now, reopens_at) if begun else now)]

    async with bot(emulator, sqlite_url, nothing) as chat:
        people = await consenting(chat, PAGE + 1)
    an_hour_a_second = 3_600.0
    async with bot(emulator, sqlite_url, closes_after_a_slice, now=at("11-08 15:00"), speed=an_hour_a_second):
        await emulator.until(lambda: all(len(one.news) == 1 for one in people), 10)
    assert len(begun) == 2
    assert begun[1] >= reopens_at
