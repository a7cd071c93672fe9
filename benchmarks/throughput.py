"""How many events a second the bot handles with every one stored for good, and how long the slowest hundredth waits.

Sending is not limited here and 50 persons always wait for an answer, so bots are compared by what an event costs them.
Ours stores the event, what it changes and the answer, each commit flushed to the disk; the peer stores nothing.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.acts import (
    BALANCE_SAYS,
    ECHO_SAYS,
    QUESTION_SAYS,
    RECEIPT_SAYS,
    confirms,
    opens_voting_link,
    types_balance,
)
from benchmarks.bots import Bot, our_bot, plain_bot
from benchmarks.campaigns import PARTICIPANT_IDS, VOTER_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import OUTSTANDING, Act, closed_loop
from bot.emulator import Emulator

RUNS = 3
ACTS = 5_000
ACTS_ON_POSTGRESQL = 2_000
WARM_UP = 1_000
ASKING = PARTICIPANT_IDS[:500]
BALANCE, VOTE = "balance", "vote"
AS_FAST = {"SQLite": Aim("at least", 1.0), "PostgreSQL": Aim("at least", 0.4)}
HALF_THE_WAIT = Aim("at most", 0.5)


@dataclass(frozen=True, slots=True)
class Speed:
    """How one kind of act went. processor_ms: of the bot's process, for an act."""

    per_second: float
    p50_ms: float
    p99_ms: float
    processor_ms: float


async def measure(campaigns: Campaigns) -> list[Section]:
    """The bots in turn, so that whatever else the machine does meets them all; medians of the runs."""
    runs: dict[tuple[str, str], list[Speed]] = defaultdict(list)
    for run in range(RUNS):
        runs["vkbottle", BALANCE].append(await _plain(campaigns.folder / f"plain-{run}"))
        for kind, copy in ("SQLite", campaigns.sqlite), ("PostgreSQL", campaigns.postgresql):
            acts = ACTS if kind == "SQLite" else ACTS_ON_POSTGRESQL
            async with _ours(campaigns, copy(f"throughput_{run}")) as (emulator, bot):
                runs[kind, BALANCE].append(await _balance(emulator, bot, acts))
                runs[kind, VOTE].append(await _votes(emulator, bot, campaigns, acts))
    middle = {key: _median(speeds) for key, speeds in runs.items()}
    peer = middle.pop(("vkbottle", BALANCE))
    figures = [figure for (kind, act), speed in middle.items() for figure in _compared(kind, act, speed, peer)]
    return [_section(figures)]


def _section(figures: Sequence[Figure]) -> Section:
    conditions = (
        f"{ACTS:,} events (PostgreSQL: {ACTS_ON_POSTGRESQL:,}) after {WARM_UP:,} of warm-up, {OUTSTANDING} persons"
        f" waiting at any time, no limit on sending; medians of {RUNS} alternating runs. Ours keeps every event, change"
        " and answer (synchronous=FULL; PostgreSQL as it comes); the peer is vkbottle's plain echo bot, which keeps"
        " nothing. «Balance»: a typed «Баланс» of 500 participants. «Vote»: «Подтвердить» pressed by as many accounts,"
        " answered with a pop-up and an edited message."
    )
    return Section("Throughput and delay, every event durable", conditions, [figure.cells for figure in figures])


def _compared(kind: str, act: str, speed: Speed, peer: Speed) -> list[Figure]:
    short = HALF_THE_WAIT if kind == "SQLite" else None
    return [
        Figure(f"{kind}, {act}", speed.per_second, "events/s", peer.per_second, AS_FAST[kind]),
        Figure(f"{kind}, {act}, half wait", speed.p50_ms, "ms", peer.p50_ms),
        Figure(f"{kind}, {act}, p99", speed.p99_ms, "ms", peer.p99_ms, short),
        Figure(f"{kind}, {act}, processor time", speed.processor_ms, "ms/event", peer.processor_ms),
    ]


async def _plain(folder: Path) -> Speed:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        move_in(emulator)
        async with plain_bot(emulator, folder) as bot:
            act = types_balance(emulator)
            await closed_loop(emulator, ASKING, act, acts=WARM_UP, says=ECHO_SAYS)
            return await _timed(emulator, bot, ASKING, act, ACTS, ECHO_SAYS)


@asynccontextmanager
async def _ours(campaigns: Campaigns, url: str) -> AsyncIterator[tuple[Emulator, Bot]]:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        move_in(emulator)
        async with our_bot(emulator, campaigns.folder, url, campaigns.campaign_file) as bot:
            yield emulator, bot


async def _balance(emulator: Emulator, bot: Bot, acts: int) -> Speed:
    act = types_balance(emulator)
    await closed_loop(emulator, ASKING, act, acts=WARM_UP, says=BALANCE_SAYS)
    return await _timed(emulator, bot, ASKING, act, acts, BALANCE_SAYS)


async def _votes(emulator: Emulator, bot: Bot, campaigns: Campaigns, acts: int) -> Speed:
    opens = opens_voting_link(emulator, campaigns.numbers)
    await closed_loop(emulator, VOTER_IDS[:acts], opens, acts=acts, says=QUESTION_SAYS)
    return await _timed(emulator, bot, VOTER_IDS[:acts], confirms(emulator), acts, RECEIPT_SAYS)


async def _timed(emulator: Emulator, bot: Bot, people: Sequence[int], act: Act, acts: int, says: str) -> Speed:
    used_s = bot.processor_s
    answers = await closed_loop(emulator, people, act, acts=acts, says=says)
    return Speed(
        answers.per_second,
        percentile(answers.latencies_s, 50) * 1000,
        percentile(answers.latencies_s, 99) * 1000,
        (bot.processor_s - used_s) / acts * 1000,
    )


def _median(speeds: Sequence[Speed]) -> Speed:
    return Speed(
        median(speed.per_second for speed in speeds),
        median(speed.p50_ms for speed in speeds),
        median(speed.p99_ms for speed in speeds),
        median(speed.processor_ms for speed in speeds),
    )
