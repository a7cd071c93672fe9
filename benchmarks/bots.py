"""The bots under measurement, each a process of its own that talks to the local VK over HTTP."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.emulator import Emulator

ROOT = Path(__file__).resolve().parents[1]
CAMPAIGN_TIME = "2017-11-11T10:00:00+03:00"  # a Saturday morning: nothing happens by the clock
START_WITHIN_S = 60.0
STOP_WITHIN_S = 20.0
LOOK_EVERY_S = 0.001
INSTALLED_WITHIN_S = 120.0
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
    def peak_mib(self) -> float:
        """The most memory that it ever occupied."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        [peak] = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024

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
    async with _running([sys.executable, *program, "run"], prefixed, emulator, folder) as bot:
        yield bot


@asynccontextmanager
async def plain_bot(emulator: Emulator, folder: Path) -> AsyncIterator[Bot]:
    """Vkbottle's echo bot."""
    command = [sys.executable, "-m", "benchmarks.plain_vkbottle", emulator.token, f"{emulator.url}/method/"]
    _switch_on_messages(emulator)
    async with _running(command, {}, emulator, folder) as bot:
        yield bot


@asynccontextmanager
async def batching_bot(emulator: Emulator, folder: Path, installed: Path) -> AsyncIterator[Bot]:
    """vk-io's echo bot, which packs its messages into `execute`. installed: what `install_batching_peer` made."""
    arguments = (emulator.token, f"{emulator.url}/method", str(emulator.community.group_id))
    command = ["node", str(installed / "echo.js"), *arguments]
    _switch_on_messages(emulator)
    async with _running(command, {}, emulator, folder) as bot:
        yield bot


def install_batching_peer(folder: Path) -> Path | None:
    """Install vk-io in this folder; None where Node.js, npm or its registry is not to be had."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    installed = folder / "vk-io"
    if not installed.exists():
        shutil.copytree(ROOT / "benchmarks" / "vk_io", installed)
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(npm, cwd=installed, check=False, timeout=INSTALLED_WITHIN_S).returncode:
            return None
    return installed


def _switch_on_messages(emulator: Emulator) -> None:
    """What the owner of the peers' community has to do by hand: they do not do so themselves."""
    emulator.long_poll.settings.is_enabled = True
    emulator.long_poll.settings.switched_on = frozenset({"message_new"})


@asynccontextmanager
async def _running(
    command: Sequence[str], settings: Mapping[str, str], emulator: Emulator, folder: Path
) -> AsyncIterator[Bot]:
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "said"
    with said.open("wb") as stderr:
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=_environment(settings), stdout=DEVNULL, stderr=stderr
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
