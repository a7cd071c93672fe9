"""Forgetting what is no longer needed: texts of sent messages, handled events, dialogues without consent. Real time."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.storage import dialogues, inbox, outbox
from bot.storage.database import Database

EVERY_S = 600.0
SLICE = 500  # rows, about 20 ms
BETWEEN_SLICES_S = 0.05


async def keep_house(database: Database, real_now: Callable[[], datetime]) -> None:
    """Clean up now and every ten minutes, until cancelled."""
    while True:
        await database.write_slice(_forget_dialogues, real_now())
        for purge in (outbox.erase_bodies, inbox.purge, outbox.purge, outbox.purge_bodies):
            while await database.write_slice(partial(purge, now=real_now(), most=SLICE)) >= SLICE:
                await asyncio.sleep(BETWEEN_SLICES_S)
        await asyncio.sleep(EVERY_S)


def _forget_dialogues(conn: Connection, now: datetime) -> int:
    return dialogues.purge_without_consent(conn, now=now)
