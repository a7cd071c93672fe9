"""Forgetting what is no longer needed: texts of sent messages, handled events, dialogues without consent, old runs.

What belongs to the messenger ages by real time, what happened by the campaign's clock by campaign time.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.clock import Clock
from bot.storage import dialogues, inbox, job_runs, outbox
from bot.storage.database import Database

EVERY_S = 600.0
SLICE = 500  # rows, about 20 ms
BETWEEN_SLICES_S = 0.05
RUNS_KEPT = timedelta(days=90)


async def keep_house(database: Database, clock: Clock) -> None:
    """Clean up now and every ten minutes, until cancelled."""
    while True:
        now = clock.real()
        await database.write_slice(_forget_dialogues, now)
        for purge in (outbox.erase_bodies, inbox.purge, outbox.purge, outbox.purge_bodies):
            await _in_slices(database, partial(purge, now=now, most=SLICE))
        await _in_slices(database, partial(job_runs.purge, before=clock.now() - RUNS_KEPT, most=SLICE))
        await asyncio.sleep(EVERY_S)


async def _in_slices(database: Database, purge: Callable[[Connection], int]) -> None:
    while await database.write_slice(purge) >= SLICE:
        await asyncio.sleep(BETWEEN_SLICES_S)


def _forget_dialogues(conn: Connection, now: datetime) -> int:
    return dialogues.purge_without_consent(conn, now=now)
