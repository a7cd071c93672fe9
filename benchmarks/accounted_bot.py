"""The bot with its books open: the processor time of each layer, on the loop's thread and on the database's.

`python -m benchmarks.accounted_bot REPORT run` is `ugubot run`; SIGUSR1 begins to count anew, SIGUSR2 writes the sums
to REPORT. A layer is the functions named in `LAYERS`: whoever is called through one of them spends for its layer until
another layer's function is called. Sampling would be biased here: Python's threads can be looked at only where they let
go of the interpreter, which is where they wait for the database.
"""

import importlib
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

# Layer → "module:function" or "module:Class.function"; "module:*" are all its public functions.
LAYERS = {
    "dialogue and person": ["bot.storage.dialogues:*", "bot.storage.people:identify", "bot.storage.reachability:*"],
    "router and handler": ["bot.messenger.router:Router.route"],
    "the handler's statements": [
        *("bot.storage.participants:*", "bot.storage.ranking:*", "bot.storage.votes:*", "bot.storage.claims:*"),
        *("bot.storage.roles:*", "bot.storage.people:card"),
    ],
    "the log of votes": ["bot.storage.vote_log:following"],
    "domain rules": [
        *("bot.domain.votes:*", "bot.domain.calendar:Calendar.opening", "bot.domain.vote_log:*", "bot.domain.names:*"),
        *("bot.domain.ranking:*", "bot.domain.participant_ids:*", "bot.domain.receipts:*"),
    ],
    "wording": ["bot.wording.sentences:say"],
    "checking and storing the answer": ["bot.messenger.answers:store"],
    "storing the event": ["bot.messenger.intake:Intake._store"],
    "storing what became of the answer": ["bot.messenger.sender:Sender._store"],
    "reading Long Poll": ["bot.messenger.vk.translation:incoming"],
    "composing and reading execute": ["bot.messenger.vk.execute:script", "bot.messenger.vk.execute:results"],
    "sender": ["bot.messenger.sender:Sender.accept", "bot.messenger.sender:Sender._next_batch"],
    "claiming the event, finding its dialogue": [
        "bot.messenger.dispatch:Dispatch.accept",
        "bot.messenger.dispatch:Dispatch.handle",
    ],
}
REST = {
    "loop": "asyncio, aiohttp, handing over between threads",
    "database": "begin, savepoints, commit, handing over between threads",
}


class Books:
    """What was spent, by thread and layer."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._threads: list[tuple[threading.Thread, dict[str, float]]] = []
        self._begun_s: dict[int, float] = {}

    def timed(self, function: Callable[..., Any], layer: str) -> Callable[..., Any]:
        """The function, spending for the layer."""

        @wraps(function)
        def spending(*args: Any, **kwargs: Any) -> Any:
            local = self._local
            try:
                stack, spent = local.stack, local.spent
            except AttributeError:
                stack, spent = local.stack, local.spent = [], {}
                self._threads.append((threading.current_thread(), spent))
            now = time.thread_time()
            if stack:
                spent[stack[-1]] = spent.get(stack[-1], 0.0) + now - local.since
            stack.append(layer)
            local.since = now
            try:
                return function(*args, **kwargs)
            finally:
                now = time.thread_time()
                spent[layer] = spent.get(layer, 0.0) + now - local.since
                stack.pop()
                local.since = now

        return spending

    def begin(self) -> None:
        """Count from now on."""
        for _, spent in self._threads:
            spent.clear()
        self._begun_s = {thread.ident: _used_s(thread) for thread in threading.enumerate() if thread.ident}

    def written(self, report: Path) -> None:
        """Write seconds by thread and layer, whole or not at all: the reader waits for the file to be there."""
        sums: dict[str, dict[str, float]] = {kind: {} for kind in REST}
        for thread in threading.enumerate():
            if (kind := _kind(thread)) is not None and thread.ident:
                used_s = _used_s(thread) - self._begun_s.get(thread.ident, 0.0)
                layers = next((spent for known, spent in self._threads if known is thread), {})
                for layer, spent_s in {**layers, REST[kind]: used_s - sum(layers.values())}.items():
                    sums[kind][layer] = sums[kind].get(layer, 0.0) + spent_s
        unfinished = report.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(sums), encoding="utf-8")
        unfinished.rename(report)


def open_books(books: Books) -> None:
    """Replace the functions of `LAYERS`, wherever they are known by name."""
    for layer, places in LAYERS.items():
        for place in places:
            module_name, _, name = place.partition(":")
            owner: Any = importlib.import_module(module_name)
            *classes, name = name.split(".")
            for inner in classes:
                owner = getattr(owner, inner)
            for function in _functions(owner) if name == "*" else [vars(owner)[name]]:
                _replace(owner, function, books.timed(function, layer))


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for name, value in list(vars(module).items()):
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_"):
            yield value


def _replace(owner: Any, function: FunctionType, timed: Callable[..., Any]) -> None:
    if isinstance(owner, type):
        setattr(owner, function.__name__, timed)
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("bot."):
            for known_as in [key for key, value in vars(module).items() if value is function]:
                setattr(module, known_as, timed)


def _kind(thread: threading.Thread) -> str | None:
    if thread is threading.main_thread():
        return "loop"
    return "database" if thread.name == "database" else None


def _used_s(thread: threading.Thread) -> float:
    assert thread.ident is not None
    return time.clock_gettime(time.pthread_getcpuclockid(thread.ident))


def main(report: Path) -> None:
    """`ugubot`, accounted for."""
    books = Books()
    open_books(books)
    signal.signal(signal.SIGUSR1, lambda *_: books.begin())
    signal.signal(signal.SIGUSR2, lambda *_: books.written(report))

    from bot.cli import main as ugubot

    ugubot()


if __name__ == "__main__":
    main(Path(sys.argv.pop(1)))
