"""How far a loop has read, by the loop's name."""

from sqlalchemy import Connection, bindparam, select, text

from bot.storage.hot import Hot
from bot.storage.schema import cursors

_READ = select(cursors.c.value).where(cursors.c.name == bindparam("name"))
_MOVE = Hot(
    text(
        "INSERT INTO cursors (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
)


def read(conn: Connection, name: str) -> str | None:
    """Where the loop stands, None if it never ran."""
    return conn.execute(_READ, {"name": name}).scalar()


def move(conn: Connection, name: str, value: str) -> None:
    """Remember where the loop stands now, in the same commit as what it has read."""
    _MOVE.run(conn, {"name": name, "value": value})
