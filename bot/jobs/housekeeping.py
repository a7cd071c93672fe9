"""Forgetting what is no longer needed: texts of sent messages, handled events, dialogues without consent, old runs,
who took part in old sessions and the pictures they sent.

What belongs to the messenger ages by real time, what happened by the campaign's clock by campaign time.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import Clock
from bot.storage import dialogues, inbox, job_runs, outbox, session_courses, session_members, session_works, sessions
from bot.storage.database import Database

EVERY_S = 600.0
SLICE = 500  # rows, about 20 ms
BETWEEN_SLICES_S = 0.05
RUNS_KEPT = timedelta(days=90)


async def keep_house(database: Database, clock: Clock, sessions_kept: timedelta) -> None:
    """Clean up now and every ten minutes, until cancelled. sessions_kept: people of sessions, after the last act."""
    while True:
        now = clock.real()
        await database.write_slice(_forget_dialogues, now)
        for purge in (outbox.erase_bodies, inbox.purge, outbox.purge, outbox.purge_bodies):
            await _in_slices(database, partial(purge, now=now, most=SLICE))
        await _in_slices(database, partial(job_runs.purge, before=clock.now() - RUNS_KEPT, most=SLICE))
        while await database.write_slice(forget_session, clock.now() - sessions_kept, at=clock.now()):
            await asyncio.sleep(BETWEEN_SLICES_S)
        await asyncio.sleep(EVERY_S)


async def _in_slices(database: Database, purge: Callable[[Connection], int]) -> None:
    while await database.write_slice(purge) >= SLICE:
        await asyncio.sleep(BETWEEN_SLICES_S)


def _forget_dialogues(conn: Connection, now: datetime) -> int:
    return dialogues.purge_without_consent(conn, now=now)


def forget_session(conn: Connection, before: datetime, *, at: datetime) -> bool:
    """Forget the people of one session that has rested since then, and what they sent; whether there was one.

    What was voted stays under the pseudonyms, so that the hash of its log can still be recounted. Files go first: if
    the commit fails, the next attempt finds them gone.
    """
    session = sessions.to_forget(conn, before=before)
    if session is None:
        return False
    session_courses.abandon(conn, session.id, at=at)
    for work in session_works.of_session(conn, session.id):
        if work.path is not None:
            Path(work.path).unlink(missing_ok=True)
    session_works.forget(conn, session.id)
    session_members.forget_all(conn, session.id)
    sessions.note_forgotten(conn, session.id, at=at)
    return True
