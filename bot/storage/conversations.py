"""Group conversations with the bot: which of them wants the daily top list, and which takes no messages any more.

A conversation has a row once something is to be remembered of it; what is said in it is never stored.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text, update

from bot.domain.identifiers import PersonId
from bot.storage.columns import Instant
from bot.storage.schema_duties import conversations

_OF_PEER = (conversations.c.messenger == bindparam("of_messenger"), conversations.c.peer == bindparam("of_peer"))
_OPEN = text(
    "INSERT INTO conversations (messenger, peer) VALUES (:of_messenger, :of_peer)"
    " ON CONFLICT (messenger, peer) DO UPDATE SET closed_at = NULL, reason = NULL"
)
# Of two who choose at once the first stays the one who did.
_CHOOSE = text(
    "INSERT INTO conversations (messenger, peer, gets_top_since, chosen_by)"
    " VALUES (:of_messenger, :of_peer, :at, :person)"
    " ON CONFLICT (messenger, peer) DO UPDATE"
    " SET gets_top_since = excluded.gets_top_since, chosen_by = excluded.chosen_by, closed_at = NULL, reason = NULL"
    " WHERE conversations.gets_top_since IS NULL RETURNING peer"
).bindparams(bindparam("at", type_=Instant))
_DROP = (
    update(conversations)
    .where(*_OF_PEER, conversations.c.gets_top_since.is_not(None))
    .values(gets_top_since=None, chosen_by=None)
)
_CHOSEN = select(conversations.c.chosen_by, conversations.c.gets_top_since).where(
    *_OF_PEER, conversations.c.gets_top_since.is_not(None)
)
_CLOSE = text(
    "INSERT INTO conversations (messenger, peer, closed_at, reason) VALUES (:of_messenger, :of_peer, :at, :why)"
    " ON CONFLICT (messenger, peer) DO UPDATE SET closed_at = excluded.closed_at, reason = excluded.reason,"
    " gets_top_since = NULL, chosen_by = NULL WHERE conversations.closed_at IS NULL"
).bindparams(bindparam("at", type_=Instant))
_IS_CLOSED = select(conversations.c.closed_at).where(*_OF_PEER, conversations.c.closed_at.is_not(None))
_RENAME = text(
    "INSERT INTO conversations (messenger, peer, title) VALUES (:of_messenger, :of_peer, :title)"
    " ON CONFLICT (messenger, peer) DO UPDATE SET title = excluded.title"
)
_GETTING_TOP = (
    select(conversations.c.messenger, conversations.c.peer)
    .where(conversations.c.gets_top_since.is_not(None), conversations.c.closed_at.is_(None))
    .order_by(conversations.c.messenger, conversations.c.peer)
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who wanted the daily top list in a conversation, and since when (campaign time)."""

    person: PersonId
    since: datetime


def open_again(conn: Connection, messenger: str, peer: int) -> None:
    """The bot is in the conversation (again). The daily list has to be wanted anew."""
    conn.execute(_OPEN, {"of_messenger": messenger, "of_peer": peer})


def rename(conn: Connection, messenger: str, peer: int, title: str) -> None:
    """Remember what the conversation is called now; "": that is not known."""
    conn.execute(_RENAME, {"of_messenger": messenger, "of_peer": peer, "title": title or None})


def choose(conn: Connection, messenger: str, peer: int, person: PersonId, at: datetime) -> bool:
    """Send the daily top list there; False if it comes already, by somebody's earlier wish. at: campaign time."""
    values = {"of_messenger": messenger, "of_peer": peer, "person": person, "at": at}
    return conn.execute(_CHOOSE, values).first() is not None


def drop(conn: Connection, messenger: str, peer: int) -> bool:
    """Send the daily top list there no more; False if it did not come anyway."""
    return conn.execute(_DROP, {"of_messenger": messenger, "of_peer": peer}).rowcount == 1


def chosen(conn: Connection, messenger: str, peer: int) -> Choice | None:
    """By whom the daily top list is wanted there; None where it is not."""
    row = conn.execute(_CHOSEN, {"of_messenger": messenger, "of_peer": peer}).first()
    return None if row is None else Choice(PersonId(row.chosen_by), row.gets_top_since)


def is_closed(conn: Connection, messenger: str, peer: int) -> bool:
    """Whether nothing can be said there at present, as far as is known."""
    return conn.execute(_IS_CLOSED, {"of_messenger": messenger, "of_peer": peer}).first() is not None


def getting_top(conn: Connection) -> list[tuple[str, int]]:
    """The conversations that get the daily top list, as (messenger, peer)."""
    return [(row.messenger, row.peer) for row in conn.execute(_GETTING_TOP)]


def close(conn: Connection, messenger: str, peer: int, reason: str, at: datetime) -> Choice | None:
    """Nothing can be said there any more; whose daily list ends with it, None where nobody is to be told.

    Closed a second time, it stays closed as it was. at: campaign time.
    """
    choice = chosen(conn, messenger, peer)
    conn.execute(_CLOSE, {"of_messenger": messenger, "of_peer": peer, "at": at, "why": reason})
    return choice
