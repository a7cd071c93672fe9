"""Asks: what a handler wants from the messenger. The outcome comes back as an event of the dialogue that asked.

Of a name it is "name-fetched" (first_name, last_name) or "name-not-fetched" (reason); of a file "file-fetched" (path,
title, size) or "file-not-fetched" (reason), each with the mark `about` if the ask carried one.

An ask is an outbox row; it is closed in the transaction that stores its outcome, so a crash in between only asks again.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from bot.messenger.channel import Channel, FetchFailedError, NotNowError
from bot.messenger.events import Content, EventKind, Incoming
from bot.messenger.intake import Intake
from bot.messenger.patience import Patience
from bot.storage.outbox import Delivery
from bot.storage.pieces import DatabaseClosedError

PAUSE_S = 1.0
NAMES_AT_ONCE = 1_000


class Asks:
    """Makes the asks of one messenger. folder: where files that people send are put, by the ask's number."""

    def __init__(self, channel: Channel, intake: Intake, folder: Path, patience: Patience) -> None:
        self._channel = channel
        self._intake = intake
        self._folder = folder
        self._within_s = patience.ask_within_s
        self._names: dict[int, Delivery] = {}
        self._open: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._asking_names = False

    @property
    def idle(self) -> bool:
        """Whether no ask is open."""
        return not self._open

    def __len__(self) -> int:
        return len(self._open)

    async def stop(self) -> None:
        """Let go of the open asks: they are made again after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def accept(self, delivery: Delivery) -> None:
        """Take an ask that was just committed, or was still open after a restart."""
        if delivery.id in self._open:
            return
        self._open.add(delivery.id)
        ask = orjson.loads(delivery.body.text)
        if ask["what"] == "file":
            self._start(self._fetch_file(delivery, ask["details"]))
            return
        self._names[delivery.id] = delivery
        if not self._asking_names:
            self._asking_names = True
            self._start(self._fetch_names())

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(_until_closed(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fetch_names(self) -> None:
        try:
            while self._names:
                await asyncio.sleep(0)  # whoever consented in the same moment shares the request
                batch = [self._names.pop(row) for row in list(self._names)[:NAMES_AT_ONCE]]
                await self._ask_names(batch)
        finally:
            self._asking_names = False

    async def _ask_names(self, batch: list[Delivery]) -> None:
        reason = "unknown to the messenger"
        names = {}
        try:
            people = [delivery.user_id or delivery.peer for delivery in batch]
            names = await self._patiently(lambda: self._channel.names(people))
        except (FetchFailedError, TimeoutError) as error:
            reason = str(error) or type(error).__name__
        for delivery in batch:
            if name := names.get(delivery.user_id or delivery.peer):
                outcome = {"kind": "name-fetched", "first_name": name.first, "last_name": name.last}
            else:
                outcome = {"kind": "name-not-fetched", "reason": reason}
            await self._finish(delivery, outcome)

    async def _fetch_file(self, delivery: Delivery, details: dict[str, Any]) -> None:
        try:
            content = await self._patiently(lambda: self._channel.file(details["url"]))
            path = self._folder / str(delivery.id)
            await asyncio.to_thread(_write_file, path, content)
            title = details.get("title") or ""
            outcome = {"kind": "file-fetched", "path": str(path), "title": title, "size": len(content)}
        except (FetchFailedError, OSError) as error:  # also the deadline, a TimeoutError, and a full disk
            outcome = {"kind": "file-not-fetched", "reason": str(error) or type(error).__name__}
        mark = {"about": details["about"]} if "about" in details else {}
        await self._finish(delivery, outcome | mark)

    async def _patiently(self, ask: Callable[[], Any]) -> Any:
        async with asyncio.timeout(self._within_s):
            while True:
                try:
                    return await ask()
                except NotNowError:
                    await asyncio.sleep(PAUSE_S)

    async def _finish(self, delivery: Delivery, outcome: dict[str, Any]) -> None:
        event = Incoming(
            event_id=f"fetched-{delivery.id}",
            kind=EventKind.FETCHED,
            peer=delivery.peer,
            user_id=delivery.user_id or delivery.peer,
            content=Content(payload=orjson.dumps(outcome).decode()),
        )
        await self._intake.take_outcome(event, delivery.id)
        self._open.discard(delivery.id)


async def _until_closed(work: Coroutine[None, None, None]) -> None:
    """Do the work; when the bot stops first, the ask stays open."""
    with suppress(DatabaseClosedError):
        await work


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
