"""A confirmed broadcast to several hundred participants, and what must have become of it in the end."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.domain.broadcasts import Addressed, Counts
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId, PersonId
from bot.domain.roles import Region
from bot.emulator import Emulator
from bot.storage import broadcasts, ledger, recipients, schema
from bot.storage.schema_duties import broadcasts as broadcasts_table
from tests.storage.builders import NOON, add_class, add_person, add_school

TEXT = "Завтра последний день голосования."
FIRST_USER, AUTHOR = 5_000, 4_999
_NUMBERS = select(schema.participant_ids.c.number).order_by(schema.participant_ids.c.place)


def move_in(emulator: Emulator, people: int) -> range:
    """Let the author and so many participants have accounts that take messages; their user ids."""
    users = range(FIRST_USER, FIRST_USER + people)
    for user_id in (AUTHOR, *users):
        emulator.add_person("Анна", "Кузнецова", user_id)
        emulator.allow(user_id)
    return users


def confirmed(conn: Connection, users: Sequence[int]) -> BroadcastId:
    """A broadcast to all these participants, just sent off; nobody has looked at it yet."""
    author = add_person(conn, "Ирина")
    _give_account(conn, author, AUTHOR)
    role = {"person_id": author, "role": "coordinator", "scope_kind": "region", "granted_at": NOON}
    conn.execute(insert(schema.roles), role)
    add_class(conn, add_school(conn), author, pupils=len(users))
    for user_id, number in zip(users, conn.execute(_NUMBERS).scalars().all(), strict=True):
        person = add_person(conn)
        _give_account(conn, person, user_id)
        conn.execute(insert(schema.claims), {"number": number, "person_id": person, "claimed_at": NOON})
    real = datetime.now(UTC)
    addressed = Addressed(Audience.PARTICIPANTS, (Region(),))
    broadcast = broadcasts.draft(conn, author, addressed, text=TEXT, at=NOON, real=real)
    broadcasts.confirm(conn, broadcast, at=NOON, real=real)
    broadcasts.show_in(conn, broadcast, "vk", AUTHOR, None)
    return broadcast


def _give_account(conn: Connection, person: PersonId, user_id: int) -> None:
    account = {"person_id": person, "messenger": "vk", "user_id": user_id, "pseudonym": f"p{user_id}"}
    conn.execute(insert(schema.accounts), account)


def reached(emulator: Emulator, users: Sequence[int]) -> int:
    """How many messages of the broadcast have arrived."""
    return heard(emulator, users).total()


def is_finished(conn: Connection) -> bool:
    """Whether every recipient's state is final."""
    return conn.execute(select(broadcasts_table.c.finished_at)).scalar_one() is not None


def counts(conn: Connection, broadcast: BroadcastId) -> Counts:
    """What the ledger says, which the kept counts say too."""
    counted = ledger.counted(conn, broadcast)
    assert recipients.lock(conn, broadcast).counts == counted
    return counted


def heard(emulator: Emulator, users: Sequence[int]) -> Counter[int]:
    """How often each of them got the broadcast."""
    return Counter({user: sum(_is_it(one) for one in emulator.dialogue(user).messages) for user in users})


def _is_it(message: Any) -> bool:
    return bool(message.out and message.text == TEXT)
