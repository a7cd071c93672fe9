"""The bots under measurement, each a process of its own that talks to the local VK over HTTP."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.emulator import Emulator

ROOT = Path(__file__).resolve().parents[1]
CAMPAIGN_TIME = "2017-11-20T10:00:00+03:00"
START_WITHIN_S = 60.0
STOP_WITHIN_S = 20.0
LOOK_EVERY_S = 0.001
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


class BotFailed(RuntimeError):
    """The bot ended or never began to poll; what it said last."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that polls. started_s: from the start of its process to its first `a_check`."""

    process: Process
    started_s: float

    @property
    def resident_mib(self) -> float:
        """Memory that it occupies now."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE_MIB

    @property
    def processor_s(self) -> float:
        """Processor time that it has used so far, all threads, user and system."""
        # The second field is the program's name in brackets and may contain spaces.
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * TICK_S


@asynccontextmanager
async def our_bot(
    emulator: Emulator, folder: Path, database_url: str, campaign: Path, *, program: Sequence[str] = ("-m", "bot"),
    **settings: str,
) -> AsyncIterator[Bot]:  # fmt: skip
    """`ugubot run`, without a limit on sending unless `SEND_RATE` is set. settings: variables without their prefix.

    program: how Python is told to start it; a wrapper may look at the bot from inside.
    """
    environment = {
        "VK_TOKEN": emulator.token, "VK_API_URL": f"{emulator.url}/method/", "DATABASE_URL": database_url,
        "CAMPAIGN": str(campaign), "CLOCK": CAMPAIGN_TIME, "SEND_RATE": "0", "LOG": "error", **settings,
    }  # fmt: skip
    prefixed = {f"UGUBOT_{name}": value for name, value in environment.items()}
    async with _running([*program, "run"], prefixed, emulator, folder) as bot:
        yield bot


@asynccontextmanager
async def plain_bot(emulator: Emulator, folder: Path) -> AsyncIterator[Bot]:
    """Vkbottle's echo bot, with the events that a bot has to have switched on, because it does not do so itself."""
    community = emulator.long_poll
    community.settings.is_enabled = True
    community.settings.switched_on = frozenset({"message_new"})
    arguments = ["-m", "benchmarks.plain_vkbottle", emulator.token, f"{emulator.url}/method/"]
    async with _running(arguments, {}, emulator, folder) as bot:
        yield bot


@asynccontextmanager
async def _running(
    arguments: Sequence[str], settings: Mapping[str, str], emulator: Emulator, folder: Path
) -> AsyncIterator[Bot]:
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "said"
    with said.open("wb") as stderr:
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=folder, env=_environment(settings), stdout=DEVNULL, stderr=stderr
        )
        try:
            await _polling(emulator, process, said)
            yield Bot(process, time.perf_counter() - begun)
        finally:
            await _stopped(process)


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("UGUBOT_")}
    return {**inherited, "PYTHONPATH": str(ROOT), **settings}


async def _polling(emulator: Emulator, process: Process, said: Path) -> None:
    """Wait for the first poll; the local VK tells nobody of polls, so it is looked at."""
    with suppress(TimeoutError):
        async with asyncio.timeout(START_WITHIN_S):
            while not emulator.long_poll.held and process.returncode is None:
                await asyncio.sleep(LOOK_EVERY_S)
    if not emulator.long_poll.held:
        raise BotFailed(said.read_text(errors="replace")[-2000:] or "the bot never polled")


async def _stopped(process: Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
