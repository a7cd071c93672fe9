"""A job that is killed wherever it stands, or run by two processes at once, tells everybody exactly once."""

import random
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.emulator import Emulator
from bot.storage import schema
from tests.faults.processes import INSIDE, Home, home
from tests.jobs.made_up import ledger
from tests.storage.builders import add_person
from tests.storage.conftest import transaction

PEOPLE = 40
WITHIN_S = 30
PLANNED_AT = datetime(2017, 11, 8, 12, 0, tzinfo=UTC)
TOLD = "сводка 08.11 15:00"
ENVIRONMENT = {INSIDE: "tests.faults.scheduled_bot", "UGUBOT_CLOCK": "2017-11-08T15:00:00+03:00"}


def reachable_people(emulator: Emulator, database_url: str) -> list[int]:
    """People who let the community write to them, and have agreed to take part."""
    people = [emulator.add_person(f"Слушатель{number}", "Тихий").id for number in range(PEOPLE)]
    with transaction(database_url) as conn:
        for person in people:
            emulator.allow(person)
            _join(conn, person)
    return people


def _join(conn: Connection, user_id: int) -> None:
    values = {"messenger": "vk", "user_id": user_id, "pseudonym": str(user_id)}
    conn.execute(insert(schema.accounts), {**values, "person_id": add_person(conn)})


def told(emulator: Emulator, people: list[int]) -> list[list[str]]:
    return [[one.text for one in emulator.dialogue(person).messages if one.out] for person in people]


async def everybody_heard_once(place: Home, people: list[int], database_url: str) -> None:
    """Wait for the last; then nobody has heard it twice, and the ledger counts each once."""
    await place.emulator.until(lambda: all(told(place.emulator, people)), WITHIN_S)
    assert told(place.emulator, people) == [[TOLD]] * PEOPLE
    with transaction(database_url) as conn:
        assert ledger(conn) == [("сводка", PLANNED_AT, "done", PEOPLE)]


# Of commits: in the start, at the first slices, among the last ones.
@pytest.mark.parametrize("border", ["before_commit:9", "before_commit:16", "after_call:2"])
async def test_killed_at_a_border_the_job_goes_on_and_tells_everybody_once(
    border: str, database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path) as place:
        people = reachable_people(place.emulator, database_url)
        bot = place.start(crash_at=border, **ENVIRONMENT)
        assert await bot.ended() == -signal.SIGKILL
        bot = place.start(**ENVIRONMENT)
        await everybody_heard_once(place, people, database_url)
        assert await bot.stopped() == 0


async def test_killed_at_any_moment_the_job_goes_on_and_tells_everybody_once(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(2017)
    async with home(database_url, tmp_path) as place:
        people = reachable_people(place.emulator, database_url)
        for share in (0.2, 0.7):
            bot = place.start(**ENVIRONMENT)
            await _heard_by(place, people, int(PEOPLE * share) + chance.randint(0, 3))
            await bot.killed()
        bot = place.start(**ENVIRONMENT)
        await everybody_heard_once(place, people, database_url)
        assert await bot.stopped() == 0


async def _heard_by(place: Home, people: list[int], some: int) -> None:
    await place.emulator.until(lambda: sum(map(bool, told(place.emulator, people))) >= some, WITHIN_S)


async def test_two_processes_share_a_run_and_the_death_of_one_leaves_it_to_the_other(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with home(postgresql_url, tmp_path) as place:
        people = reachable_people(place.emulator, postgresql_url)
        mortal, other = place.start(**ENVIRONMENT), place.start(**ENVIRONMENT)
        await place.emulator.until(lambda: any(told(place.emulator, people)), WITHIN_S)
        await mortal.killed()
        await everybody_heard_once(place, people, postgresql_url)
        assert await other.stopped() == 0
