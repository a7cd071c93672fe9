"""Goes the way of an event once before the first poll, and undoes it.

What is made on first use (statements, sentences) would cost the first person several times the usual wait.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.messenger.events import Content, EventKind
from bot.storage import claims, inbox
from bot.storage.database import Database
from bot.storage.inbox import NewEvent, StoredEvent
from bot.storage.pieces import DatabaseClosedError

log = structlog.get_logger()


class _Undo(Exception):
    """The end of a rehearsal: everything in its transaction is taken back."""


async def rehearse(
    database: Database,
    work: Callable[[Connection, StoredEvent], object],
    messenger: str,
    texts: Sequence[str],
    now: datetime,
) -> None:
    """Let a participant, if there is one, write these texts, as far as the outbox. work: what handles an event.

    now: campaign time. A rehearsal that fails is no reason not to start: the first event will show what is wrong.
    """
    try:
        await database.write(_gone_through, work, messenger, texts, now)
    except _Undo:
        return
    except DatabaseClosedError:
        raise
    except Exception as error:  # noqa: BLE001 - as said above
        log.warning("rehearsal failed", error=type(error).__name__)


def _gone_through(
    conn: Connection,
    work: Callable[[Connection, StoredEvent], object],
    messenger: str,
    texts: Sequence[str],
    now: datetime,
) -> None:
    user_id = claims.any_claimant(conn, messenger) or 1
    for order, text in enumerate(texts):
        content = Content(text).to_json()
        event = NewEvent(
            messenger, f"rehearsal-{order}", EventKind.MESSAGE, user_id, user_id, None, content, now, now, now
        )
        for stored in inbox.add(conn, [event]):
            work(conn, stored)
    raise _Undo
