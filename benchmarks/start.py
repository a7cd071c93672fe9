"""How soon the bot is there and how much memory it takes, beside bare vkbottle."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.acts import BALANCE_SAYS, ECHO_SAYS, types_balance
from benchmarks.bots import Bot, our_bot, plain_bot
from benchmarks.campaigns import PARTICIPANT_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section
from benchmarks.persons import closed_loop
from bot.emulator import Emulator

RUNS = 5
ACTS = 5_000
ASKING = PARTICIPANT_IDS[:500]
NEARLY_AS_LIGHT = Aim("at most", 1.4)
NONE_OF_THEM = Aim("at most", 0, "figure")
# Big libraries that only the making of a file needs, in a child process.
LATE_LIBRARIES = ("matplotlib", "openpyxl")


@dataclass(frozen=True, slots=True)
class Weight:
    """One start. worked_mib: memory after the events of `ACTS`; None where there were none."""

    started_s: float
    resident_mib: float
    worked_mib: float


async def measure(campaigns: Campaigns) -> list[Section]:
    """The two bots in turn, medians of the starts; then a start that lists what is imported."""
    plain, ours = [], []
    for run in range(RUNS + 1):
        folder = campaigns.folder / f"start-{run}"
        plain.append(await _plain(folder / "plain"))
        ours.append(await _ours(campaigns, folder / "ours", campaigns.sqlite(f"start-{run}")))
    del plain[0], ours[0]  # the first start compiles the modules
    too_early = await _imported(campaigns, campaigns.folder / "imports", campaigns.sqlite("imports"))
    figures = [
        *_compared(_median(ours), _median(plain)),
        Figure(f"of {', '.join(LATE_LIBRARIES)} imported at start", len(too_early), "", None, NONE_OF_THEM),
    ]
    conditions = (
        f"From the start of the process to its first `a_check`, medians of {RUNS} alternating starts on a migrated"
        f" SQLite file; memory is the resident set, then and after {ACTS:,} events. The peer is vkbottle's plain echo"
        " bot."
    )
    return [Section("Start and memory", conditions, [figure.cells for figure in figures])]


def _compared(ours: Weight, plain: Weight) -> list[Figure]:
    return [
        Figure("start to first poll", ours.started_s, "s", plain.started_s, NEARLY_AS_LIGHT),
        Figure("memory at the first poll", ours.resident_mib, "MiB", plain.resident_mib, NEARLY_AS_LIGHT),
        Figure(f"memory after {ACTS:,} events", ours.worked_mib, "MiB", plain.worked_mib, NEARLY_AS_LIGHT),
    ]


async def _plain(folder: Path) -> Weight:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        move_in(emulator)
        async with plain_bot(emulator, folder) as bot:
            return await _worked(emulator, bot, ECHO_SAYS)


async def _ours(campaigns: Campaigns, folder: Path, url: str) -> Weight:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        move_in(emulator)
        async with our_bot(emulator, folder, url, campaigns.campaign_file) as bot:
            return await _worked(emulator, bot, BALANCE_SAYS)


async def _worked(emulator: Emulator, bot: Bot, says: str) -> Weight:
    resident_mib = bot.resident_mib
    await closed_loop(emulator, ASKING, types_balance(emulator), acts=ACTS, says=says)
    return Weight(bot.started_s, resident_mib, bot.resident_mib)


async def _imported(campaigns: Campaigns, folder: Path, url: str) -> list[str]:
    """Those of `LATE_LIBRARIES` that a running bot has imported: Python itself tells of every import."""
    emulator = Emulator(calls_per_second=None)
    telling = ("-X", "importtime", "-m", "bot")
    async with emulator.serving(), our_bot(emulator, folder, url, campaigns.campaign_file, program=telling):
        pass
    told = (folder / "said").read_text(encoding="utf-8", errors="replace")
    modules = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    return [library for library in LATE_LIBRARIES if library in modules]


def _median(weights: Sequence[Weight]) -> Weight:
    return Weight(
        median(weight.started_s for weight in weights),
        median(weight.resident_mib for weight in weights),
        median(weight.worked_mib for weight in weights),
    )
