"""Where an event's processor time goes: by layers, on the loop's thread and on the database's."""

import asyncio
import json
import os
import signal
from pathlib import Path

from benchmarks.acts import BALANCE_SAYS, QUESTION_SAYS, RECEIPT_SAYS, confirms, opens_voting_link, types_balance
from benchmarks.bots import Bot, our_bot
from benchmarks.campaigns import PARTICIPANT_IDS, VOTER_IDS, Campaigns, move_in
from benchmarks.figures import Section
from benchmarks.persons import closed_loop
from bot.emulator import Emulator

ACTS = 5_000
ASKING = PARTICIPANT_IDS[:500]
VOTING = VOTER_IDS[:ACTS]
WRITTEN_WITHIN_S = 10.0
COLUMNS = ("thread: layer", "balance, µs/event", "share", "vote, µs/event", "share")

Costs = dict[tuple[str, str], float]
"""Microseconds an event by (thread, layer)."""


async def measure(campaigns: Campaigns) -> list[Section]:
    """One run on SQLite: balances, then votes."""
    emulator = Emulator(calls_per_second=None)
    report = campaigns.folder / "costs.json"
    program = ("-m", "benchmarks.accounted_bot", str(report))
    async with emulator.serving():
        move_in(emulator)
        folder, database = campaigns.folder / "profile", campaigns.sqlite("profile")
        async with our_bot(emulator, folder, database, campaigns.campaign_file, program=program) as bot:
            balance = await _balances(emulator, bot, report)
            vote = await _votes(emulator, bot, report, campaigns)
    conditions = (
        f"Processor time of the bot's threads by layers, {ACTS:,} events of each kind on SQLite; what a library does is"
        " counted with the layer that called it, the bookkeeping itself (about a tenth) with all. Waiting for the disk"
        " costs no processor time and is not in here."
    )
    return [Section("Where the time goes", conditions, _rows(balance, vote), COLUMNS)]


async def _balances(emulator: Emulator, bot: Bot, report: Path) -> Costs:
    act = types_balance(emulator)
    await closed_loop(emulator, ASKING, act, acts=len(ASKING), says=BALANCE_SAYS)
    os.kill(bot.process.pid, signal.SIGUSR1)
    await closed_loop(emulator, ASKING, act, acts=ACTS, says=BALANCE_SAYS)
    return await _costs(bot, report)


async def _votes(emulator: Emulator, bot: Bot, report: Path, campaigns: Campaigns) -> Costs:
    opens = opens_voting_link(emulator, campaigns.numbers)
    await closed_loop(emulator, VOTING, opens, acts=len(VOTING), says=QUESTION_SAYS)
    os.kill(bot.process.pid, signal.SIGUSR1)
    await closed_loop(emulator, VOTING, confirms(emulator), acts=ACTS, says=RECEIPT_SAYS)
    return await _costs(bot, report)


async def _costs(bot: Bot, report: Path) -> Costs:
    os.kill(bot.process.pid, signal.SIGUSR2)
    async with asyncio.timeout(WRITTEN_WITHIN_S):
        while not report.exists():
            await asyncio.sleep(0.01)
    threads: dict[str, dict[str, float]] = json.loads(report.read_text(encoding="utf-8"))
    report.unlink()
    return {(thread, layer): s / ACTS * 1e6 for thread, layers in threads.items() for layer, s in layers.items()}


def _rows(balance: Costs, vote: Costs) -> list[tuple[str, ...]]:
    dearest_first = sorted(balance.keys() | vote.keys(), key=lambda key: -balance.get(key, 0) - vote.get(key, 0))
    kinds = (balance, vote)
    lines = [("both threads", [sum(costs.values()) for costs in kinds])]
    lines += [(f"{key[0]}: {key[1]}", [costs.get(key, 0.0) for costs in kinds]) for key in dearest_first]
    return [(name, *_cells(spent[0], balance), *_cells(spent[1], vote)) for name, spent in lines]


def _cells(spent: float, costs: Costs) -> tuple[str, str]:
    return f"{spent:.0f}", f"{spent / sum(costs.values()):.0%}"
