"""«Завтра», «Через 3 дня»: what a reminder told, and until when it is put off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

# Its ON CONFLICT is written alike for both databases.
from sqlalchemy.dialects.postgresql import insert

from bot.domain.identifiers import PersonId, ReminderId
from bot.storage.schema_duties import occasions, put_offs, reminders


@dataclass(frozen=True, slots=True)
class ToldDebt:
    """A debt of which a reminder told. deadline: its last day in time, None where there is none."""

    duty: str
    subject: str
    deadline: date | None


_TOLD_IN = (
    select(occasions.c.duty, occasions.c.subject, occasions.c.deadline)
    .join(reminders, reminders.c.id == occasions.c.reminder_id)
    .where(reminders.c.id == bindparam("reminder"), reminders.c.person_id == bindparam("person"))
    .order_by(occasions.c.id)
)
_NEWEST = (
    select(reminders.c.id).where(reminders.c.person_id == bindparam("person")).order_by(reminders.c.day.desc()).limit(1)
)
_ADDED = insert(put_offs)
_PUT_OFF = _ADDED.on_conflict_do_update(
    index_elements=list(put_offs.primary_key), set_={"until": _ADDED.excluded.until}
)


def told_in(conn: Connection, reminder: ReminderId, person: PersonId) -> list[ToldDebt]:
    """What the reminder told, if it was this person's; else nothing."""
    return [ToldDebt(*row) for row in conn.execute(_TOLD_IN, {"reminder": reminder, "person": person})]


def newest(conn: Connection, person: PersonId) -> ReminderId | None:
    """The last reminder that the person got; None before the first."""
    return conn.execute(_NEWEST, {"person": person}).scalar()


def put_off(conn: Connection, person: PersonId, until: Iterable[tuple[ToldDebt, date]]) -> None:
    """Say nothing of these debts before their day; a later choice replaces an earlier one."""
    values = [{"person_id": person, "duty": debt.duty, "subject": debt.subject, "until": day} for debt, day in until]
    conn.execute(_PUT_OFF, values)
