"""The echo bot in the test's own process, in a hurry, with a real clock that the test can move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import App, running
from bot.clock import Clock, ClockSetting
from bot.emulator import Emulator
from bot.messenger.patience import Patience
from bot.messenger.router import Router
from tests.conversations.chat import FIRST_DAY, Chat, campaign, settings_for
from tests.messenger import echo

HASTY = Patience(
    retry_delays_s=(0.01, 0.02, 0.03),
    answer_within_s=0.3,
    longest_answer_s=1.0,
    alarm_pause_s=0.05,
    ask_within_s=2.0,
    file_within_s=10.0,
)


on_both_databases = pytest.mark.parametrize("there", ["sqlite", "postgresql"], indirect=True)


class RealClock:
    """The real time of bot and messenger, which a test can let pass."""

    def __init__(self) -> None:
        self._passed = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._passed

    def passes(self, **time: float) -> None:
        self._passed += timedelta(**time)


class Place:
    """A local VK and a database; the bot may be started there again and again."""

    def __init__(self, emulator: Emulator, database_url: str, real: RealClock) -> None:
        self.emulator = emulator
        self.real = real
        self._database_url = database_url

    @asynccontextmanager
    async def bot(self, patience: Patience = HASTY, *, router: Router = echo.router, **more: Any) -> AsyncIterator[App]:
        """The bot, until the block ends. more: of its settings."""
        clock = Clock(ClockSetting(FIRST_DAY, self.real(), 0.0), real=self.real)
        settings = settings_for(self.emulator, self._database_url, **more)
        async with running(settings, campaign(), routers=[router], clock=clock, patience=patience) as app:
            yield app

    @asynccontextmanager
    async def chat(self, patience: Patience = HASTY, **more: Any) -> AsyncIterator[Chat]:
        """The bot and the people who talk to it, until the block ends."""
        async with self.bot(patience, **more) as app:
            yield Chat(self.emulator, app, app.clock)


@asynccontextmanager
async def place(database_url: str, **more: Any) -> AsyncIterator[Place]:
    """Where bots can be started. more: of the emulator."""
    real = RealClock()
    emulator = Emulator(calls_per_second=None, now=lambda: real().timestamp(), **more)
    async with emulator.serving():
        yield Place(emulator, database_url, real)
