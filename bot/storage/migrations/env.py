"""How Alembic connects a migration to the transaction that `migrating.py` has opened."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Column
from sqlalchemy.schema import SchemaItem

from bot.storage import schema_sessions
from bot.storage.columns import Instant

OVER_EXPRESSIONS = frozenset(
    index.name
    for table in schema_sessions.metadata.tables.values()
    for index in table.indexes
    if not all(isinstance(part, Column) for part in index.expressions)
)


def render(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our own type as the column it is, so that a migration never depends on today's code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Instant) else False


def is_comparable(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Leave out indexes over expressions: SQLite cannot tell what they are over, so each would be drafted anew."""
    return kind != "index" or name not in OVER_EXPRESSIONS


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema_sessions.metadata,
    compare_server_default=True,
    # SQLite alters a table by rebuilding it; in the first migration there is nothing to rebuild.
    render_as_batch=context.config.attributes.get("rebuild", True),
    render_item=render,
    include_object=is_comparable,
)
with context.begin_transaction():
    context.run_migrations()
