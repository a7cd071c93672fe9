"""A handler that makes trouble in every way that code can, when it is told to; else it is an echo."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from bot.messenger.replies import Address, PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from tests.messenger import echo


class OddError(BaseException):
    """What no library raises, and nobody catches."""


def _too_deep(depth: int = 0) -> int:
    return _too_deep(depth + 1) + 1


def _raise(error: BaseException) -> Any:
    raise error


FAILURES: dict[str, Callable[[], Any]] = {
    "ValueError": lambda: int("нет"),
    "KeyError": lambda: dict[str, str]()["нет"],
    "AssertionError": lambda: _raise(AssertionError()),
    "StopIteration": lambda: next(iter([])),
    "StopAsyncIteration": lambda: _raise(StopAsyncIteration()),
    "RecursionError": _too_deep,
    "MemoryError": lambda: bytearray(2**62),
    "SystemExit": lambda: sys.exit(3),
    "KeyboardInterrupt": lambda: _raise(KeyboardInterrupt()),
    "CancelledError": lambda: _raise(asyncio.CancelledError()),
    "GeneratorExit": lambda: _raise(GeneratorExit()),
    "TimeoutError": lambda: _raise(TimeoutError()),
    "ExceptionGroup": lambda: _raise(ExceptionGroup("несколько", [ValueError(), KeyError()])),
    "UnicodeEncodeError": "\ud800".encode,
    "OddError": lambda: _raise(OddError()),
}

RUBBISH: dict[str, Any] = {
    "a text": "привет",
    "a number": 42,
    "a list of texts": ["привет"],
    "a list with a hole": [Say("раз"), None],
    "a mapping": {"text": "привет"},
    "a text that is none": Say(None),  # type: ignore[arg-type]
    "an empty text": Say(" \n"),
    "half a character": Say("\ud800"),
    "nothing to rewrite with": Rewrite(""),
    "a pop-up of bytes": PopUp(b"\xff"),  # type: ignore[arg-type]
}

router = Router()


@router.otherwise("unclear")
def obey(work: Work) -> Replies:
    what, _, how = work.event.content.text.partition(": ")
    match what:
        case "упади":
            FAILURES[how]()
        case "верни":
            found: Replies = RUBBISH[how]
            return found
        case "жди":
            time.sleep(float(how))
        case "исчезни":
            os._exit(int(how))
        case "напомни":
            return [Say(text, to=Address("vk", work.event.peer)) for text in how.split(", ")]
        case "который час":
            return Say(work.now.isoformat())
    return Say(f"Эхо: {work.event.content.text}")


router.otherwise("stale")(echo.stale)
router.otherwise("failed")(echo.failed)

sulking = Router()
sulking.otherwise("unclear")(obey)


@sulking.otherwise("failed")
def never_sorry(work: Work) -> Replies:
    raise ValueError("an apology that fails")
