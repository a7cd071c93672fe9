"""What a person waits while hardly anybody writes: the way of one event through the bot, without a queue anywhere.

And the first event of all after a start, when whatever is made on first use has to be there already.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

from benchmarks.acts import BALANCE_SAYS, ECHO_SAYS, types_balance
from benchmarks.bots import our_bot, plain_bot
from benchmarks.campaigns import PARTICIPANT_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import arriving, poisson
from bot.emulator import Emulator

CALLS_PER_SECOND = 20
RATES = (5, 15)  # people a second
LASTS_S = 10
RUNS = 3
WARM_UP = 20
STARTS = 7
PATIENCE_S = 2.0
NEARLY_AS_SOON = Aim("at most", 1.5)
AT_ONCE = Aim("at most", 10, "figure")
OURS, PLAIN = "ours", "plain"


async def measure(campaigns: Campaigns) -> list[Section]:
    """Both bots in turn, so that whatever else the machine does meets them both; medians of the runs."""
    waits_ms: dict[tuple[str, int], list[list[float]]] = {}
    for run in range(RUNS):
        for kind in (PLAIN, OURS):
            async with _bot(campaigns, kind, f"idle-{run}") as emulator:
                await _first_events(emulator, kind, WARM_UP)
                for rate in RATES:
                    waits_ms.setdefault((kind, rate), []).append(await _waits_ms(emulator, kind, rate))
    first_ms: dict[str, list[float]] = {OURS: [], PLAIN: []}
    for start in range(STARTS + 1):
        for kind in (PLAIN, OURS):
            async with _bot(campaigns, kind, f"first-{start}") as emulator:
                first_ms[kind] += await _first_events(emulator, kind, 1)
    figures = [figure for rate in RATES for figure in _compared(rate, waits_ms)]
    # The very first start compiles the modules.
    first = median(first_ms[OURS][1:]), median(first_ms[PLAIN][1:])
    figures.append(Figure("first event after the start", first[0], "ms", first[1], AT_ONCE))
    conditions = (
        f"Participants type «Баланс» at random (Poisson), for {LASTS_S} s after {WARM_UP} events of warm-up, medians of"
        f" {RUNS} alternating runs; the local VK takes {CALLS_PER_SECOND} calls in any second. Ours keeps event and"
        f" answer on the disk first. The first event is one typed as soon as the bot polls, the median of {STARTS}"
        " starts. The peer is vkbottle's plain echo bot."
    )
    return [Section("One event by itself", conditions, [figure.cells for figure in figures])]


def _compared(rate: int, waits_ms: dict[tuple[str, int], list[list[float]]]) -> list[Figure]:
    def middle(kind: str, percent: int) -> float:
        return median(percentile(run, percent) for run in waits_ms[kind, rate])

    return [
        Figure(f"{rate}/s, half wait", middle(OURS, 50), "ms", middle(PLAIN, 50), NEARLY_AS_SOON),
        Figure(f"{rate}/s, p99", middle(OURS, 99), "ms", middle(PLAIN, 99)),
    ]


@asynccontextmanager
async def _bot(campaigns: Campaigns, kind: str, name: str) -> AsyncIterator[Emulator]:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND)
    folder = campaigns.folder / name / kind
    async with emulator.serving():
        move_in(emulator)
        if kind == PLAIN:
            starting = plain_bot(emulator, folder)
        else:
            starting = our_bot(emulator, folder, campaigns.sqlite(name), campaigns.campaign_file, SEND_RATE="")
        async with starting:
            yield emulator


async def _first_events(emulator: Emulator, kind: str, count: int) -> list[float]:
    """Milliseconds of the first events, one every 0.1 s."""
    at_s = [order / 10 for order in range(count)]
    return await _typed(emulator, kind, at_s)


async def _waits_ms(emulator: Emulator, kind: str, rate: int) -> list[float]:
    return await _typed(emulator, kind, poisson(rate, LASTS_S))


async def _typed(emulator: Emulator, kind: str, at_s: list[float]) -> list[float]:
    people = PARTICIPANT_IDS[: len(at_s)]
    says = ECHO_SAYS if kind == PLAIN else BALANCE_SAYS
    act = types_balance(emulator)
    answers = await arriving(emulator, people, act, at_s=at_s, patience_s=PATIENCE_S, says=says)
    return [wait_s * 1000 for wait_s in answers.latencies_s]
