"""What each dialogue remembers: its open question, the errand of a deep link, its language."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, select, text, update

from bot.domain.identifiers import PersonId
from bot.storage.columns import Instant
from bot.storage.hot import Asked, Hot
from bot.storage.schema import accounts, dialogues

KEPT_WITHOUT_CONSENT = timedelta(hours=24)

_KEY = and_(
    dialogues.c.messenger == bindparam("messenger"),
    dialogues.c.peer == bindparam("peer"),
    dialogues.c.user_id == bindparam("user_id"),
)
_OF_PERSON = and_(accounts.c.messenger == dialogues.c.messenger, accounts.c.user_id == dialogues.c.user_id)
_LOAD = Hot(
    select(
        dialogues.c.id, dialogues.c.question, dialogues.c.errand, dialogues.c.last_ref, dialogues.c.locale,
        dialogues.c.hinted, accounts.c.person_id, accounts.c.unreachable_since,
    )
    .select_from(dialogues.outerjoin(accounts, _OF_PERSON))
    .where(_KEY)
)  # fmt: skip
_OPEN = text(
    "INSERT INTO dialogues (messenger, peer, user_id, touched_at) VALUES (:messenger, :peer, :user_id, :touched_at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("touched_at", type_=Instant))
_SAVE = Hot(
    update(dialogues)
    .where(dialogues.c.id == bindparam("row"))
    .values(
        question=bindparam("new_question"),
        errand=bindparam("new_errand"),
        last_ref=bindparam("new_last_ref"),
        locale=bindparam("new_locale"),
        hinted=bindparam("new_hinted"),
        touched_at=bindparam("at"),
    )
)
_QUESTION = select(dialogues.c.question).where(_KEY)
_PURGE = delete(dialogues).where(
    dialogues.c.touched_at < bindparam("before"), ~exists(select(accounts.c.id).where(_OF_PERSON))
)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue and the person behind it. person is None before consent (and after erasure)."""

    id: int
    question: str | None
    errand: str | None
    last_ref: str | None
    locale: str
    hinted: bool
    person: PersonId | None
    unreachable_since: datetime | None


def looking_up(messenger: str, peer: int, user_id: int) -> Asked:
    """Finds a dialogue; its row is what `opened` takes."""
    return _LOAD, {"messenger": messenger, "peer": peer, "user_id": user_id}


def opened(conn: Connection, row: Any, messenger: str, peer: int, user_id: int, *, at: datetime) -> Dialogue:
    """The dialogue, begun now if there was none. row: what `looking_up` has found. at: real time."""
    if row is None:
        key = {"messenger": messenger, "peer": peer, "user_id": user_id}
        conn.execute(_OPEN, {**key, "touched_at": at})
        row = _LOAD.first(conn, key)
    return Dialogue(*row)


def save(
    conn: Connection, row: int, *, question: str | None, errand: str | None, last_ref: str | None, locale: str,
    hinted: bool, at: datetime,
) -> None:  # fmt: skip
    """Store what the dialogue remembers from now on. at: real time."""
    values = {
        "row": row, "new_question": question, "new_errand": errand, "new_last_ref": last_ref, "new_locale": locale,
        "new_hinted": hinted, "at": at,
    }  # fmt: skip
    _SAVE.run(conn, values)


def question_of(conn: Connection, messenger: str, peer: int, user_id: int) -> str | None:
    """The open question (JSON) of a dialogue, if there is one."""
    return conn.execute(_QUESTION, {"messenger": messenger, "peer": peer, "user_id": user_id}).scalar()


def purge_without_consent(conn: Connection, *, now: datetime) -> int:
    """Forget dialogues of accounts that never consented, a day after their last event; how many went. now: real."""
    return conn.execute(_PURGE, {"before": now - KEPT_WITHOUT_CONSENT}).rowcount
