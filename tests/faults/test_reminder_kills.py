"""Reminders on their way when the bot is killed, wherever it stands: every teacher is reminded exactly once."""

import random
import signal
from pathlib import Path

import pytest

from bot.emulator import Emulator
from bot.storage import people
from tests.faults.processes import Home, home
from tests.jobs.debts import messages, recorded
from tests.storage.builders import NOON, add_class, add_school
from tests.storage.conftest import transaction

TEACHERS = 160  # more than one page of the round
# Their packages went out on Friday 10 November: the first reminder of the documents comes on Monday.
ENVIRONMENT = {"UGUBOT_CLOCK": "2017-11-13T15:00:00+03:00"}


def teachers_of_the_campaign(emulator: Emulator, database_url: str) -> list[int]:
    """Teachers who have got their package, and let the community write to them."""
    accounts = [emulator.add_person("Анна", f"Учитель{number}").id for number in range(TEACHERS)]
    with transaction(database_url) as conn:
        school = add_school(conn)
        for number, account in enumerate(accounts):
            emulator.allow(account)
            add_class(conn, school, people.join(conn, "vk", account, at=NOON), label=f"9-{number}", pupils=1)
    return accounts


def heard(emulator: Emulator, accounts: list[int]) -> list[int]:
    """How many messages each has."""
    return [sum(one.out for one in emulator.dialogue(account).messages) for account in accounts]


async def everybody_was_reminded_once(place: Home, accounts: list[int], database_url: str) -> None:
    await place.emulator.until(lambda: all(heard(place.emulator, accounts)), 30)
    assert heard(place.emulator, accounts) == [1] * TEACHERS
    with transaction(database_url) as conn:
        assert len(messages(conn)) == len(recorded(conn)) == TEACHERS
        assert {state for _, state in recorded(conn)} == {"sent"}


# Of commits: one near the end of the start and the beginning of the round.
@pytest.mark.parametrize("border", ["before_commit:14", "offered:1", "after_call:1", "before_result:2"])
async def test_killed_at_a_border_it_reminds_everybody_exactly_once(
    border: str, database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path) as place:
        accounts = teachers_of_the_campaign(place.emulator, database_url)
        bot = place.start(crash_at=border, **ENVIRONMENT)
        assert await bot.ended() == -signal.SIGKILL
        bot = place.start(**ENVIRONMENT)
        await place.ready()
        await everybody_was_reminded_once(place, accounts, database_url)
        assert await bot.stopped() == 0


async def test_killed_at_any_moment_it_reminds_everybody_exactly_once(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(2017)
    async with home(database_url, tmp_path) as place:
        accounts = teachers_of_the_campaign(place.emulator, database_url)
        for share in (0.1, 0.5, 0.8):
            bot = place.start(**ENVIRONMENT)
            some = int(TEACHERS * share) + chance.randint(0, 9)
            await _some_are_reminded(place, accounts, some)
            await bot.killed()
        bot = place.start(**ENVIRONMENT)
        await place.ready()
        await everybody_was_reminded_once(place, accounts, database_url)
        assert await bot.stopped() == 0


async def _some_are_reminded(place: Home, accounts: list[int], some: int) -> None:
    await place.emulator.until(lambda: sum(map(bool, heard(place.emulator, accounts))) >= some, 20)


async def test_two_processes_remind_everybody_exactly_once(postgresql_url: str, tmp_path: Path) -> None:
    async with home(postgresql_url, tmp_path) as place:
        accounts = teachers_of_the_campaign(place.emulator, postgresql_url)
        bots = [place.start(**ENVIRONMENT) for _ in range(2)]
        await everybody_was_reminded_once(place, accounts, postgresql_url)
        assert [await bot.stopped() for bot in bots] == [0, 0]
