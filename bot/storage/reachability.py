"""Whether an account lets us write to it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from bot.storage.schema import accounts

_OF_ACCOUNT = (accounts.c.messenger == bindparam("of_messenger"), accounts.c.user_id == bindparam("of_user"))
_LOSE = (
    update(accounts)
    .where(*_OF_ACCOUNT, accounts.c.unreachable_since.is_(None))
    .values(unreachable_since=bindparam("at"))
)
_REGAIN = update(accounts).where(*_OF_ACCOUNT).values(unreachable_since=None)


def lose(conn: Connection, messenger: str, user_id: int, *, at: datetime) -> None:
    """The account takes no messages from us any more. at: real time."""
    conn.execute(_LOSE, {"of_messenger": messenger, "of_user": user_id, "at": at})


def regain(conn: Connection, messenger: str, user_id: int) -> None:
    """The account wrote to us, or lets us write again."""
    conn.execute(_REGAIN, {"of_messenger": messenger, "of_user": user_id})
