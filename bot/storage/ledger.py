"""What a broadcast's ledger tells: whom it did not reach, and how many are in each state."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, bindparam, exists, func, select, update

from bot.domain.broadcasts import Counts, RecipientState
from bot.domain.identifiers import BroadcastId, PersonId
from bot.storage.schema import accounts
from bot.storage.schema_duties import recipients


@dataclass(frozen=True, slots=True)
class Missed:
    """A recipient whom it did not, or perhaps not, reach. is_unreachable: takes no messages from us at present."""

    person: PersonId
    state: RecipientState
    is_unreachable: bool


_OF_THIS = recipients.c.broadcast_id == bindparam("this", type_=BigInteger)
_IS_UNREACHABLE = ~exists(
    select(1).where(
        accounts.c.person_id == recipients.c.person_id,
        accounts.c.user_id.is_not(None),
        accounts.c.unreachable_since.is_(None),
    )
)
_MISSED = (
    select(recipients.c.person_id, recipients.c.state, _IS_UNREACHABLE.label("is_unreachable"))
    .where(_OF_THIS, recipients.c.state.in_(["refused", "uncertain"]))
    .order_by(recipients.c.state, recipients.c.person_id)
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_FORGET = (
    update(recipients)
    .where(recipients.c.person_id == bindparam("person"), recipients.c.state == "waiting")
    .values(peer=0)
)
_COUNTED = select(recipients.c.state, func.count().label("people")).where(_OF_THIS).group_by(recipients.c.state)


def missed(conn: Connection, broadcast: BroadcastId, *, page: int, size: int) -> Sequence[Missed]:
    """Some of those whom it did not reach, the refused first."""
    rows = conn.execute(_MISSED, {"this": broadcast, "most": size, "skipped": page * size})
    return [Missed(row.person_id, RecipientState(row.state), bool(row.is_unreachable)) for row in rows]


def counted(conn: Connection, broadcast: BroadcastId) -> Counts:
    """The recipients in each state, counted one by one: what the kept counts must agree with."""
    return Counts(**{row.state: row.people for row in conn.execute(_COUNTED, {"this": broadcast})})


def forget(conn: Connection, person: PersonId) -> None:
    """Drop the address of somebody who had their data erased; nothing that still waits is sent to them."""
    conn.execute(_FORGET, {"person": person})
