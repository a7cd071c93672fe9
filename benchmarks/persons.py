"""Persons in front of the local VK: each acts, and waits for the bot's answer before acting again."""

import asyncio
import gc
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bot.emulator import Emulator, Message
from bot.emulator.changes import Change

Act = Callable[[int], object]
"""What a person (by user id) does: writes, opens a link, presses."""

OUTSTANDING = 50
SEED = 26
LONGEST_LOOP_S = 180.0


class UnexpectedAnswer(RuntimeError):
    """The bot said something else than the benchmark is about: its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How it went. latencies_s: from each act to its answer on the screen."""

    asked: int
    seconds: float
    latencies_s: list[float]

    @property
    def per_second(self) -> float:
        """Acts answered a second."""
        return len(self.latencies_s) / self.seconds


class Stopwatch:
    """Takes the time from a person's act to the bot's message, or edited message, in the same dialogue, in their order.

    says: a part of the text that every answer must have.
    """

    def __init__(self, emulator: Emulator, changes: "asyncio.Queue[Change]", says: str) -> None:
        self.latencies_s: list[float] = []
        self.waiting = 0  # acts without their answer
        self._emulator = emulator
        self._changes = changes
        self._says = says
        self._asked_at: defaultdict[int, deque[float]] = defaultdict(deque)  # by person, oldest first

    def act(self, person: int, act: Act) -> None:
        """Let the person act, from now on."""
        self._asked_at[person].append(time.time())
        self.waiting += 1
        act(person)

    async def answered(self) -> list[int]:
        """Wait for the next change in the messenger; the persons who have got their answer meanwhile."""
        changes = [await self._changes.get()]
        while not self._changes.empty():
            changes.append(self._changes.get_nowait())
        return [person for change in changes if (person := self._answered(change)) is not None]

    def _answered(self, change: Change) -> int | None:
        if change.kind == "lagged":
            raise UnexpectedAnswer("more happened at once than can be watched")
        message = change.subject
        if change.kind not in ("message", "edited") or not isinstance(message, Message) or not message.out:
            return None
        if not self._asked_at[message.peer_id]:
            return None
        asked_at = self._asked_at[message.peer_id].popleft()
        if self._says not in message.text:
            raise UnexpectedAnswer(f"expected {self._says!r} in {message.text!r}")
        self.waiting -= 1
        self.latencies_s.append((message.edited_at or message.date) - asked_at)
        return message.peer_id


async def closed_loop(emulator: Emulator, people: Sequence[int], act: Act, *, acts: int, says: str) -> Answers:
    """So many acts by these people in turn, always `OUTSTANDING` of them unanswered."""
    waiting = deque(people)
    with _watched(emulator, says) as stopwatch:
        begun = time.perf_counter()
        for _ in range(min(OUTSTANDING, acts)):
            stopwatch.act(waiting.popleft(), act)
        left = acts - stopwatch.waiting
        async with asyncio.timeout(LONGEST_LOOP_S):
            while stopwatch.waiting:
                for person in await stopwatch.answered():
                    waiting.append(person)
                    if left:
                        left -= 1
                        stopwatch.act(waiting.popleft(), act)
        return Answers(acts, time.perf_counter() - begun, stopwatch.latencies_s)


def poisson(per_second: float, lasts_s: float) -> list[float]:
    """The seconds after the start at which somebody acts: at random, the same in every run."""
    chance = random.Random(SEED)
    at_s, moments = 0.0, []
    for _ in range(round(per_second * lasts_s)):
        at_s += chance.expovariate(per_second)
        moments.append(at_s)
    return moments


async def arriving(
    emulator: Emulator, people: Sequence[int], act: Act, *, at_s: Sequence[float], patience_s: float, says: str
) -> Answers:
    """Each of the people acts at that second after the start; who has no answer for patience_s gets none."""
    with _watched(emulator, says) as stopwatch:
        begun = time.perf_counter()
        arrivals = asyncio.create_task(_arrive(stopwatch, people, act, at_s, begun))
        while not arrivals.done() or stopwatch.waiting:
            try:
                async with asyncio.timeout(patience_s):
                    await stopwatch.answered()
            except TimeoutError:
                break
        await arrivals
        return Answers(len(people), time.perf_counter() - begun, stopwatch.latencies_s)


async def _arrive(stopwatch: Stopwatch, people: Sequence[int], act: Act, at_s: Sequence[float], begun: float) -> None:
    for person, due in zip(people, at_s, strict=True):
        await asyncio.sleep(max(0.0, begun + due - time.perf_counter()))
        stopwatch.act(person, act)


@contextmanager
def garbage_waits() -> Iterator[None]:
    """No collections meanwhile: one of the stand-in's would count as the bot's delay."""
    if not gc.isenabled():  # whoever is around this waits already
        yield
        return
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _watched(emulator: Emulator, says: str) -> Iterator[Stopwatch]:
    with garbage_waits(), emulator.changes.watched() as changes:
        yield Stopwatch(emulator, changes, says)
