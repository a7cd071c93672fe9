"""How the bot lives: it is started, killed somewhere or stopped in order, and time passes before it starts again."""

import asyncio
import signal
from contextlib import suppress
from random import Random

from bot.emulator import Emulator
from tests.faults.bots import RealClock
from tests.faults.processes import INSIDE, BotProcess, Home
from tests.faults.randomly import hurried_bot
from tests.faults.randomly.hurried_bot import BEGAN, PASSED_S
from tests.faults.randomly.witness import Witness

BORDERS = ("after_intake", "before_commit", "offered", "after_call", "before_result")
READY_WITHIN_S = 60.0
LONG_OUTAGE_S = 3_700.0  # longer than VK remembers a random_id or keeps an event
MOST_PASSED_S = 20 * 3_600.0  # texts stay in the database for a day: they are compared afterwards


class Lives:
    """One life after the other. findings: what was wrong with how one ended."""

    def __init__(self, chance: Random, home: Home, real: RealClock, witness: Witness) -> None:
        self._chance = chance
        self._home = home
        self._real = real
        self._witness = witness
        self._began = real()
        self._passed_s = 0.0
        self.ends: dict[str, int] = {}
        self.findings: list[str] = []
        self.had_long_outage = False

    @property
    def _emulator(self) -> Emulator:
        return self._home.emulator

    async def first(self) -> None:
        """Begin in order: before its first poll is stored, a bot cannot know what it has missed."""
        bot = await self._start()
        await self.ready(bot)
        self._note(await bot.stopped(), {0})

    async def go_on(self, over: asyncio.Event) -> None:
        """Live and die until it is over."""
        while not over.is_set():
            # A life that ends at a border is followed by one that comes to work: the same event in the hand at five
            # deaths in a row would rightly be set aside.
            await self._one_life(self._border())
            self._let_time_pass()
            await self._one_life("")
            self._let_time_pass()

    async def settle(self) -> BotProcess:
        """A bot that has come to work and stays."""
        bot = await self._start()
        await self.ready(bot)
        return bot

    async def end(self, bot: BotProcess) -> None:
        """Stop in order what `settle` gave."""
        self._note(await bot.stopped(), {0})

    def passes(self, seconds: float) -> None:
        """Real time goes on while no bot runs."""
        if seconds > 3_000:
            self._witness.expects_gap()
            self.had_long_outage = True
        self._passed_s += seconds
        self._real.passes(seconds=seconds)

    async def ready(self, bot: BotProcess) -> None:
        """Wait until the bot listens, or has died."""
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                while bot.alive and not self._emulator.long_poll.held:
                    await asyncio.sleep(0.005)
        except TimeoutError:
            last_line = self._home.log.read_text().splitlines()[-1:]
            self.findings.append(f"the bot did not come to work within {READY_WITHIN_S} s: {last_line}")

    async def _start(self, border: str = "") -> BotProcess:
        while self._emulator.long_poll.held:  # the last one's connections take a moment to end
            await asyncio.sleep(0.002)
        times = {BEGAN: self._began.isoformat(), PASSED_S: str(self._passed_s)}
        return self._home.start(crash_at=border, **{INSIDE: hurried_bot.__name__, **times})

    def _border(self) -> str:
        return f"{self._chance.choice(BORDERS)}:{int(self._chance.expovariate(1 / 40)) + 1}"

    async def _one_life(self, border: str) -> None:
        bot = await self._start(border)
        expected = {0, -signal.SIGKILL} if border else {0}
        if border and self._chance.random() < 0.2:  # an end in the middle of the start
            expected.add(-signal.SIGTERM)  # it may not have come to listening for the signal
            await asyncio.sleep(self._chance.uniform(0.0, 0.5))
        else:
            await self.ready(bot)
            with suppress(TimeoutError):
                await bot.ended(self._chance.uniform(0.2, 3.0))
        if not bot.alive:
            self._note(await bot.ended(), expected - {0})
        elif self._chance.random() < 0.6:
            await bot.killed()
            self._count("killed")
        else:
            self._note(await bot.stopped(), expected)

    def _note(self, code: int, expected: set[int]) -> None:
        self._count({0: "stopped", -signal.SIGKILL: "killed"}.get(code, f"ended with {code}"))
        if code not in expected:
            self.findings.append(f"the bot ended by itself with {code}, or did not stop in order")

    def _count(self, end: str) -> None:
        self.ends[end] = self.ends.get(end, 0) + 1

    def _let_time_pass(self) -> None:
        lot = self._chance.random()
        seconds = LONG_OUTAGE_S if lot < 0.03 else self._chance.uniform(1.0, 90.0) if lot < 0.3 else 0.0
        if seconds and self._passed_s + seconds < MOST_PASSED_S:
            self.passes(seconds)
