"""What people notice under VK's limit: 40, 100 or 400 write every second, VK takes 20 calls a second."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.acts import BALANCE_SAYS, ECHO_SAYS, types_balance
from benchmarks.bots import Bot, batching_bot, install_batching_peer, our_bot, plain_bot
from benchmarks.campaigns import PARTICIPANT_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import arriving, poisson
from bot.emulator import Emulator

CALLS_PER_SECOND = 20
RATES = (40, 100, 400)  # people a second
LASTS_S = 20
WARM_UP = 20
PATIENCE_S = 5.0
TOO_MANY_REQUESTS = 6
NO_PEER = "no peer here"
EVERYBODY = Aim("at least", 100, "figure")
SOON = Aim("at most", 150, "figure")
NOT_LATER = Aim("at most", 1.0)
FEW_REFUSED = Aim("at most", 1, "figure")
WARMING_UP, WRITING = PARTICIPANT_IDS[:WARM_UP], PARTICIPANT_IDS[WARM_UP:]


@dataclass(frozen=True, slots=True)
class Service:
    """What people got. late_p99_ms: of the second half of the answers. refused_percent: error 6, of all calls."""

    answered_percent: float
    p50_ms: float
    p99_ms: float
    late_p99_ms: float
    refused_percent: float


async def measure(campaigns: Campaigns) -> list[Section]:
    """All bots meet the same arrivals."""
    installed = install_batching_peer(campaigns.folder)
    figures = []
    for rate in RATES:
        folder = campaigns.folder / f"limited-{rate}"
        ours = await _ours(campaigns, rate)
        batching: Service | None = None
        if installed is not None:
            emulator = _emulator()
            batching = await _met(emulator, batching_bot(emulator, folder / "batching", installed), ECHO_SAYS, rate)
        figures += _compared(rate, ours, batching)
        if rate == RATES[0]:
            emulator = _emulator()
            plain = await _met(emulator, plain_bot(emulator, folder / "plain"), ECHO_SAYS, rate)
            figures += _beside_plain(rate, ours, plain)
    figures += _beside_nobody(await _ours(campaigns, RATES[0], CALLS_PER_SECOND // 2))
    conditions = (
        f"{RATES[0]} to {RATES[-1]} participants a second type «Баланс» at random (Poisson), for {LASTS_S}"
        f" s; the local VK takes {CALLS_PER_SECOND} calls in any second. The peer is vk-io's echo bot in its parallel"
        " mode, which packs up to 25 messages into a call as ours does, and stores nothing; where vkbottle is named,"
        " vkbottle's plain echo bot, whose delays are of those it answers at all. In the last rows the local VK takes"
        f" {CALLS_PER_SECOND // 2} calls, which nobody tells the bot."
    )
    return [Section("Under VK's limit of 20 calls a second", conditions, [figure.cells for figure in figures])]


def _compared(rate: int, ours: Service, peer: Service | None) -> list[Figure]:
    def beside(name: str, field: str, unit: str, aim: Aim | None = None) -> Figure:
        against = None if peer is None else getattr(peer, field)
        without = NO_PEER if peer is None else ""
        return Figure(f"{rate}/s, {name}", getattr(ours, field), unit, against, aim, without)

    return [
        beside("answered", "answered_percent", "%", EVERYBODY),
        beside("half wait", "p50_ms", "ms"),
        beside("p99", "p99_ms", "ms", NOT_LATER),
        beside("p99 of the second half", "late_p99_ms", "ms"),
        beside("calls refused", "refused_percent", "%", FEW_REFUSED),
    ]


def _beside_plain(rate: int, ours: Service, plain: Service) -> list[Figure]:
    return [
        Figure(f"{rate}/s, answered (vkbottle)", ours.answered_percent, "%", plain.answered_percent),
        Figure(f"{rate}/s, p99 (vkbottle)", ours.p99_ms, "ms", plain.p99_ms, SOON),
        Figure(f"{rate}/s, calls refused (vkbottle)", ours.refused_percent, "%", plain.refused_percent),
    ]


def _beside_nobody(ours: Service) -> list[Figure]:
    return [
        Figure("half the published limit, answered", ours.answered_percent, "%", None, EVERYBODY),
        Figure("half the published limit, half wait", ours.p50_ms, "ms"),
        Figure("half the published limit, p99", ours.p99_ms, "ms"),
        Figure("half the published limit, calls refused", ours.refused_percent, "%"),
    ]


def _emulator(calls_per_second: int = CALLS_PER_SECOND) -> Emulator:
    return Emulator(calls_per_second=calls_per_second, kept_calls=100_000)


async def _ours(campaigns: Campaigns, rate: int, calls_per_second: int = CALLS_PER_SECOND) -> Service:
    emulator = _emulator(calls_per_second)
    name = f"limited-{rate}-{calls_per_second}"
    folder, database = campaigns.folder / name, campaigns.sqlite(name)
    # The pace that the bot has by itself: an empty variable counts as none.
    bot = our_bot(emulator, folder, database, campaigns.campaign_file, SEND_RATE="")
    return await _met(emulator, bot, BALANCE_SAYS, rate)


async def _met(emulator: Emulator, starting: AbstractAsyncContextManager[Bot], says: str, rate: int) -> Service:
    async with emulator.serving():
        move_in(emulator)
        async with starting:
            return await _served(emulator, says, rate)


async def _served(emulator: Emulator, says: str, rate: int) -> Service:
    act = types_balance(emulator)
    evenly = [one / CALLS_PER_SECOND * 2 for one in range(WARM_UP)]
    await arriving(emulator, WARMING_UP, act, at_s=evenly, patience_s=2.0, says=says)
    before = emulator.calls.count
    at_s = poisson(rate, LASTS_S)
    people = list(islice(cycle(WRITING), len(at_s)))
    answers = await arriving(emulator, people, act, at_s=at_s, patience_s=PATIENCE_S, says=says)
    calls = [call for call in emulator.calls if call.number > before]
    refused = sum(call.error_code == TOO_MANY_REQUESTS for call in calls)
    waits_s = answers.latencies_s
    return Service(
        len(waits_s) / answers.asked * 100,
        percentile(waits_s, 50) * 1000,
        percentile(waits_s, 99) * 1000,
        percentile(_second_half(waits_s), 99) * 1000,
        refused / len(calls) * 100,
    )


def _second_half(waits_s: Sequence[float]) -> Sequence[float]:
    return waits_s[len(waits_s) // 2 :]
