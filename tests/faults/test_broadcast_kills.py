"""A broadcast killed at each border, and at any moment, and resumed: nobody is skipped, nobody gets it twice."""

import asyncio
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.domain.broadcasts import Counts
from bot.emulator import Fault
from bot.storage.engines import writing_engine
from tests.faults import mailing
from tests.faults.processes import BotProcess, Home, home
from tests.storage.conftest import transaction

PEOPLE = 260  # three calls of VK's hundred
BORDERS = ("before_commit:9", "offered:2", "after_call:3", "before_result:2")


@pytest.mark.parametrize("border", BORDERS)
async def test_killed_at_a_border_a_broadcast_reaches_everybody_once(
    border: str, sqlite_url: str, tmp_path: Path
) -> None:
    async with home(sqlite_url, tmp_path, routers="bot.app:ROUTERS") as place:
        mail = Mail(place, sqlite_url)
        assert await mail.start(crash_at=border).ended() == -signal.SIGKILL
        mail.in_order()
        bot = mail.start()
        await mail.finished()
        assert await bot.stopped() == 0
        mail.reached_all_once()


async def test_killed_at_any_moments_a_broadcast_reaches_everybody_once(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(2017)
    async with home(database_url, tmp_path, routers="bot.app:ROUTERS") as place:
        place.emulator.faults.add(Fault("execute", "slow", delay_s=0.05, times=None))
        mail = Mail(place, database_url)
        for _ in range(3):
            bot = mail.start()
            await place.ready()
            await asyncio.sleep(chance.uniform(0, 0.15))  # no waiting for anything: the moment of the kill
            await bot.killed()
            mail.in_order()
        bot = mail.start()
        await mail.finished()
        assert await bot.stopped() == 0
        mail.reached_all_once()


class Mail:
    """A broadcast in a database to which bots come and go."""

    def __init__(self, place: Home, url: str) -> None:
        self._place = place
        self._url = url
        self._users = mailing.move_in(place.emulator, PEOPLE)
        with transaction(url) as conn:
            self._broadcast = mailing.confirmed(conn, self._users)

    def start(self, *, crash_at: str = "") -> BotProcess:
        return self._place.start(crash_at=crash_at, UGUBOT_CLOCK="2017-11-09T12:00:00+03:00")

    async def finished(self) -> None:
        """Wait until the last recipient's state is final."""
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(self._asked, mailing.is_finished):
                await asyncio.sleep(0.05)

    def in_order(self) -> None:
        """Whatever was interrupted: each recipient is in one state, the counts agree, nobody has it twice."""
        counts = self._asked(lambda conn: mailing.counts(conn, self._broadcast))
        assert counts.listed in (0, PEOPLE)
        heard = mailing.heard(self._place.emulator, self._users)
        assert max(heard.values()) <= 1
        assert counts.delivered <= heard.total()

    def reached_all_once(self) -> None:
        counts = self._asked(lambda conn: mailing.counts(conn, self._broadcast))
        assert counts == Counts(delivered=PEOPLE)
        assert set(mailing.heard(self._place.emulator, self._users).values()) == {1}
        told = [message.text for message in self._place.emulator.dialogue(mailing.AUTHOR).messages]
        assert sum(f"Дошло: {PEOPLE}" in text for text in told) in (1, 2)  # the news, and the progress if it was shown

    def _asked(self, question: Callable[[Connection], Any]) -> Any:
        with _reading(self._url) as conn:
            return question(conn)


def _reading(url: str) -> Any:
    return writing_engine(url).connect()
