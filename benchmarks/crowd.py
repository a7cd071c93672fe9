"""The end of a campaign: 10,000 presses at once by 1,000 accounts for 50 participants; how long until all are answered.

That exactly 1,000 votes come of it, also with the bot killed in between, is a test (`tests/faults`).
"""

import asyncio
import random
import time

from sqlalchemy import func, select

from benchmarks.bots import our_bot
from benchmarks.campaigns import VOTER_IDS, Campaigns, move_in
from benchmarks.figures import Figure, Section
from benchmarks.persons import SEED, UnexpectedAnswer, garbage_waits
from bot.domain.names import ShownAs
from bot.emulator import Emulator
from bot.presses.voters import CastVote
from bot.storage.engines import writing_engine
from bot.storage.schema import votes

PRESSES = 10_000
ACCOUNTS = VOTER_IDS[:1_000]
PARTICIPANTS = 50
ANSWERED_WITHIN_S = 300.0
LOOK_EVERY_S = 0.02


async def measure(campaigns: Campaigns) -> list[Section]:
    """Once on each database."""
    figures = []
    for kind, copy in ("SQLite", campaigns.sqlite), ("PostgreSQL", campaigns.postgresql):
        seconds = await _pressed(campaigns, copy("crowd"))
        figures.append(Figure(f"{kind}, all answered after", seconds, "s"))
        figures.append(Figure(f"{kind}, answered", PRESSES / seconds, "presses/s"))
    conditions = (
        f"{PRESSES:,} presses of «Подтвердить» at once, ten each by {len(ACCOUNTS):,} accounts for {PARTICIPANTS}"
        " participants, no limit on sending; every press gets its pop-up and its message, the first its vote, the"
        " others the receipt of the first."
    )
    return [Section("A crowd voting at once", conditions, [figure.cells for figure in figures])]


async def _pressed(campaigns: Campaigns, url: str) -> float:
    before = _votes(url)
    # VK keeps events for an hour at least: here all of them, until the bot has read them.
    emulator = Emulator(calls_per_second=None, kept_events=2 * PRESSES)
    async with emulator.serving():
        move_in(emulator)
        async with our_bot(emulator, campaigns.folder / "crowd", url, campaigns.campaign_file):
            with garbage_waits():
                begun = time.perf_counter()
                _press_all(emulator, campaigns)
                async with asyncio.timeout(ANSWERED_WITHIN_S):
                    while _answers(emulator) < 2 * PRESSES:
                        await asyncio.sleep(LOOK_EVERY_S)
                seconds = time.perf_counter() - begun
    cast = _votes(url) - before
    if cast != len(ACCOUNTS):
        raise UnexpectedAnswer(f"{cast} votes of {len(ACCOUNTS)} accounts")
    return seconds


def _press_all(emulator: Emulator, campaigns: Campaigns) -> None:
    chance = random.Random(SEED)
    pressing = [*ACCOUNTS] * (PRESSES // len(ACCOUNTS))
    chance.shuffle(pressing)
    for person in pressing:
        number = campaigns.numbers[chance.randrange(PARTICIPANTS)]
        emulator.press_forged(person, CastVote(number=number, shown_as=ShownAs.NAME).model_dump_json())


def _answers(emulator: Emulator) -> int:
    """Pop-ups and messages that have arrived."""
    dialogues = [emulator.dialogue(person) for person in ACCOUNTS]
    return sum(len(dialogue.popups) + len(dialogue.messages) for dialogue in dialogues)


def _votes(url: str) -> int:
    engine = writing_engine(url)
    try:
        with engine.connect() as conn:
            return conn.execute(select(func.count()).select_from(votes)).scalar_one()
    finally:
        engine.dispose()
