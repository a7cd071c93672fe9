"""What is left when everything has settled: the database and the local VK, as the promises are checked on them."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.emulator import Emulator, Message
from bot.storage import schema, schema_sessions
from tests.faults.randomly.preparing import Prepared
from tests.faults.randomly.witness import Witness

Rows = list[Row[*tuple[Any, ...]]]
_DELIVERIES = (
    select(*schema.outbox.c, schema.bodies.c.random_id, schema.bodies.c.text)
    .join(schema.bodies, schema.bodies.c.id == schema.outbox.c.body_id)
    .order_by(schema.outbox.c.id)
)


@dataclass
class After:
    """The end of a run. had_long_outage: the bot was down for longer than VK remembers what it was sent."""

    conn: Connection
    emulator: Emulator
    witness: Witness
    prepared: Prepared
    log: str
    had_long_outage: bool
    _tables: dict[str, Rows] = field(default_factory=dict)

    def table(self, name: str) -> Rows:
        """All rows of a table."""
        if name not in self._tables:
            self._tables[name] = list(self.conn.execute(select(schema_sessions.metadata.tables[name])))
        return self._tables[name]

    @cached_property
    def deliveries(self) -> Rows:
        """The outbox with its bodies, oldest first."""
        return list(self.conn.execute(_DELIVERIES))

    @cached_property
    def deliveries_by_peer(self) -> dict[int, Rows]:
        """The same, for each dialogue."""
        found: dict[int, Rows] = defaultdict(list)
        for row in self.deliveries:
            found[row.peer].append(row)
        return found

    @cached_property
    def said(self) -> dict[int, list[Message]]:
        """What the bot has said in each dialogue."""
        dialogues = self.emulator.community.dialogues
        return {peer: [one for one in dialogue.messages if one.out] for peer, dialogue in dialogues.items()}

    @cached_property
    def person_of(self) -> dict[int, int]:
        """The person behind each account that is not erased, by user id."""
        return {row.user_id: row.person_id for row in self.table("accounts") if row.user_id is not None}
