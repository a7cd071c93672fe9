"""Files that a messenger already has, so that a package goes up once and not to every teacher anew."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from bot.storage.columns import Instant
from bot.storage.schema import attachments

FOR_EVERYBODY = 0

_FIND = select(attachments.c.attachment).where(
    attachments.c.recipe_hash == bindparam("recipe_hash"), attachments.c.peer == bindparam("peer")
)
_REMEMBER = text(
    "INSERT INTO attachments (recipe_hash, peer, attachment, uploaded_at)"
    " VALUES (:recipe_hash, :peer, :attachment, :uploaded_at)"
    " ON CONFLICT (recipe_hash, peer) DO UPDATE SET attachment = excluded.attachment,"
    " uploaded_at = excluded.uploaded_at"
).bindparams(bindparam("uploaded_at", type_=Instant))


def find(conn: Connection, recipe_hash: str, peer: int) -> str | None:
    """How messages name the file made by this recipe for this peer (0: for everybody), if it was uploaded."""
    return conn.execute(_FIND, {"recipe_hash": recipe_hash, "peer": peer}).scalar()


def remember(conn: Connection, recipe_hash: str, peer: int, attachment: str, *, at: datetime) -> None:
    """Keep the name of an uploaded file. at: real time."""
    values = {"recipe_hash": recipe_hash, "peer": peer, "attachment": attachment, "uploaded_at": at}
    conn.execute(_REMEMBER, values)
