"""The bot in a process of its own, so that it can be killed as a power cut would, and stopped as a supervisor does."""

import asyncio
import importlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.emulator import Emulator

ECHO = "tests.messenger.echo:router"
INSIDE = "UGUBOT_TEST_INSIDE"
"""Environment: the module with the inside of the process, where it is not `tests.faults.bot`."""

# The libraries are imported once, the pipeline anew in every process: a start then costs a fraction of a second.
_context = get_context("forkserver")
_context.set_forkserver_preload(
    "vkbottle vkbottle.polling vkbottle.http aiohttp.web sqlalchemy.ext.asyncio sqlalchemy.dialects.sqlite.aiosqlite"
    " sqlalchemy.dialects.postgresql.psycopg rapidfuzz.process concurrent.futures.process structlog typer"
    " bot.config bot.emulator bot.documents.recipes bot.wording".split()
)


class BotProcess:
    """A running bot. Whatever it logs goes to `log`, one file for all starts."""

    def __init__(self, environment: dict[str, str], routers: str, log: Path) -> None:
        self._process = _context.Process(target=_live, args=(environment, routers, str(log)), daemon=True)
        self._process.start()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    async def ended(self, within_s: float = 20.0) -> int:
        """Its exit code; of a killed one the negative number of the signal. Raises TimeoutError."""
        await asyncio.to_thread(self._process.join, within_s)
        if self._process.exitcode is None:
            raise TimeoutError("the bot goes on")
        return self._process.exitcode

    async def killed(self) -> None:
        """Kill it, wherever it stands."""
        self._process.kill()
        await self.ended()

    async def stopped(self) -> int:
        """Tell it to stop; its exit code."""
        self._process.terminate()
        return await self.ended()


class Home:
    """Where one bot lives through all its starts: a local VK, a database, a log."""

    def __init__(self, emulator: Emulator, database_url: str, log: Path, routers: str = ECHO) -> None:
        self.emulator = emulator
        self.log = log
        self._routers = routers
        self._environment = {
            "UGUBOT_VK_TOKEN": emulator.token,
            "UGUBOT_VK_API_URL": f"{emulator.url}/method/",
            "UGUBOT_DATABASE_URL": database_url.replace("+psycopg", ""),
            "UGUBOT_SEND_RATE": "0",
            "UGUBOT_LOG": "info",
        }
        self._living: list[BotProcess] = []

    def start(self, *, crash_at: str = "", **more: str) -> BotProcess:
        """Start the bot. crash_at: the failpoint that kills it, with `:N` the N-th time it comes by."""
        environment = {**self._environment, "UGUBOT_CRASH_AT": crash_at, **more}
        process = BotProcess(environment, self._routers, self.log)
        self._living.append(process)
        return process

    async def ready(self) -> None:
        """Wait until a bot listens."""
        async with asyncio.timeout(20):
            while not self.emulator.long_poll.held:
                assert self._living[-1].alive, self.log.read_text()[-2000:]
                await asyncio.sleep(0.002)

    async def end(self) -> None:
        for process in self._living:
            await process.killed()


@asynccontextmanager
async def home(database_url: str, folder: Path, *, routers: str = ECHO, **more: Any) -> AsyncIterator[Home]:
    """A home whose bots are gone when it is left."""
    emulator = Emulator(calls_per_second=None, **more)
    async with emulator.serving():
        home = Home(emulator, database_url, folder / "bot.log", routers)
        try:
            yield home
        finally:
            await home.end()


def _live(environment: dict[str, str], routers: str, log: str) -> None:
    os.environ |= environment
    errors = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(errors, stream)
    # Imported here, in the bot's own process: failpoints read the environment when they are imported.
    inside = importlib.import_module(environment.get(INSIDE, "tests.faults.bot"))
    asyncio.run(inside.live(routers))
