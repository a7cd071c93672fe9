"""Files to attach: made by their recipe ahead of their turn, uploaded once; a line of text goes where that fails.

Only the dialogue that waits for the file waits, and at most 30 seconds.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection

from bot.messenger.channel import Channel, Document, NotNowError
from bot.messenger.patience import Patience
from bot.storage import attachments, outbox
from bot.storage.database import Database
from bot.storage.outbox import Body, Delivery
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()

PAUSE_S = 1.0


class Files:
    """Prepares the attachments of bodies. make: a recipe's document name and content → the finished file."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        make: Callable[[str, dict[str, Any]], Awaitable[Document]],
        real_now: Callable[[], datetime],
        patience: Patience,
    ) -> None:
        self._database = database
        self._channel = channel
        self._make = make
        self._real_now = real_now
        self._within_s = patience.file_within_s
        self._tasks: dict[int, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """Whether a file is being prepared."""
        return bool(self._tasks)

    async def stop(self) -> None:
        """Let go of the files in hand: they are made again after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def preparing(self, delivery: Delivery) -> "asyncio.Task[None] | None":
        """The task that prepares the file to attach, started now if need be; None when there is nothing to wait for."""
        body = delivery.body
        if body.recipe is None or body.attachment is not None:
            return None
        task = self._tasks.get(body.id)
        if task is None:
            task = self._tasks[body.id] = asyncio.create_task(self._prepare(body, delivery.peer, delivery.lane))
            task.add_done_callback(lambda _: self._tasks.pop(body.id, None))
        return task

    async def _prepare(self, body: Body, peer: int, lane: int) -> None:
        recipe: dict[str, Any] = orjson.loads(body.recipe or "{}")
        try:
            async with asyncio.timeout(self._within_s):
                attachment = await self._uploaded(recipe, peer, lane)
            await self._database.write(outbox.attach, body.id, attachment)
            body.attachment = attachment
        except DatabaseClosedError:
            return
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person gets a text with the button
            log.warning("no file, a text goes instead", document=recipe["document"], reason=type(error).__name__)
            text, keyboard = f"{body.text}\n\n{recipe['otherwise']}", recipe["otherwise_keyboard"]
            await self._database.write(outbox.replace_body, body.id, text, keyboard)
            body.text, body.keyboard, body.recipe = text, keyboard, None

    async def _uploaded(self, recipe: dict[str, Any], peer: int, lane: int) -> str:
        made_of = orjson.dumps([recipe["document"], recipe["content"]], option=orjson.OPT_SORT_KEYS)
        recipe_hash = hashlib.sha256(made_of).hexdigest()
        for_everybody: bool = recipe["for_everybody"]
        owner = attachments.FOR_EVERYBODY if for_everybody else peer
        if known := await self._database.write(attachments.find, recipe_hash, owner):
            return known
        document = await self._make(recipe["document"], recipe["content"])
        uploaded = await self._upload(document, None if for_everybody else peer, lane)
        await self._database.write(self._remember, recipe_hash, owner, uploaded)
        return uploaded

    async def _upload(self, document: Document, peer: int | None, lane: int) -> str:
        while True:
            try:
                return await self._channel.upload(document, peer, lane)
            except NotNowError:
                await asyncio.sleep(PAUSE_S)

    def _remember(self, conn: Connection, recipe_hash: str, owner: int, uploaded: str) -> None:
        attachments.remember(conn, recipe_hash, owner, uploaded, at=self._real_now())
