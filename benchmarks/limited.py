"""What people notice under VK's limit: 40 write every second, VK takes 20 calls a second."""

import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.acts import BALANCE_SAYS, ECHO_SAYS, types_balance
from benchmarks.bots import our_bot, plain_bot
from benchmarks.campaigns import PARTICIPANT_IDS, SEED, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import arriving
from bot.emulator import Emulator

CALLS_PER_SECOND = 20
PEOPLE_PER_SECOND = 40
LASTS_S = 20
WARM_UP = 20
PATIENCE_S = 5.0
TOO_MANY_REQUESTS = 6
LONGEST_WAIT_MS = 150
WARMING_UP = PARTICIPANT_IDS[:WARM_UP]
WRITING = PARTICIPANT_IDS[WARM_UP : WARM_UP + PEOPLE_PER_SECOND * LASTS_S]


@dataclass(frozen=True, slots=True)
class Service:
    """What people got. refused_percent: error 6, of all calls."""

    answered_percent: float
    p50_ms: float
    p99_ms: float
    refused_percent: float


async def measure(campaigns: Campaigns) -> list[Section]:
    """Both bots meet the same arrivals."""
    plain = await _plain(campaigns.folder / "limited-plain")
    ours = await _ours(campaigns, campaigns.folder / "limited-ours")
    figures = [
        Figure("answered", ours.answered_percent, "%", plain.answered_percent, Aim("at least", 100, "figure")),
        Figure("half wait", ours.p50_ms, "ms", plain.p50_ms),
        Figure("p99", ours.p99_ms, "ms", plain.p99_ms, Aim("at most", LONGEST_WAIT_MS, "figure")),
        Figure("calls refused", ours.refused_percent, "%", plain.refused_percent, Aim("at most", 1, "figure")),
    ]
    conditions = (
        f"{len(WRITING)} participants type «Баланс», {PEOPLE_PER_SECOND} a second at random (Poisson), for {LASTS_S} s;"
        f" the local VK takes {CALLS_PER_SECOND} calls in any second. The peer is vkbottle's plain echo bot; its delays"
        " are of those it answers at all."
    )
    return [Section("Under VK's limit of 20 calls a second", conditions, [figure.cells for figure in figures])]


def arrivals() -> list[float]:
    """The seconds after the start at which somebody writes: the same in every run."""
    chance = random.Random(SEED)
    at_s, arrived = 0.0, []
    for _ in WRITING:
        at_s += chance.expovariate(PEOPLE_PER_SECOND)
        arrived.append(at_s)
    return arrived


async def _plain(folder: Path) -> Service:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND, kept_calls=100_000)
    async with emulator.serving():
        move_in(emulator)
        async with plain_bot(emulator, folder):
            return await _served(emulator, ECHO_SAYS)


async def _ours(campaigns: Campaigns, folder: Path) -> Service:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND, kept_calls=100_000)
    async with emulator.serving():
        move_in(emulator)
        database = campaigns.sqlite("limited")
        # The pace that the bot has by itself: an empty variable counts as none.
        async with our_bot(emulator, folder, database, campaigns.campaign_file, SEND_RATE=""):
            return await _served(emulator, BALANCE_SAYS)


async def _served(emulator: Emulator, says: str) -> Service:
    act = types_balance(emulator)
    await arriving(
        emulator,
        WARMING_UP,
        act,
        at_s=[one / CALLS_PER_SECOND * 2 for one in range(WARM_UP)],
        patience_s=2.0,
        says=says,
    )
    before = emulator.calls.count
    answers = await arriving(emulator, WRITING, act, at_s=arrivals(), patience_s=PATIENCE_S, says=says)
    calls = [call for call in emulator.calls if call.number > before]
    refused = sum(call.error_code == TOO_MANY_REQUESTS for call in calls)
    return Service(
        len(answers.latencies_s) / answers.asked * 100,
        percentile(answers.latencies_s, 50) * 1000,
        percentile(answers.latencies_s, 99) * 1000,
        refused / len(calls) * 100,
    )
