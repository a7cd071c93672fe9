"""Statements that every event runs: on SQLite compiled once and run on the driver's own cursor.

SQLAlchemy spends 10-20 µs a statement around the driver's 1-3; an event is ten statements, and on SQLite one thread
runs them all. The statement, its types and its errors stay SQLAlchemy's. On PostgreSQL, where a round trip outweighs
this and a pooled connection has to be watched for loss, they run as all others do.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows

Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


class Hot:
    """A statement whose bound parameters have the same names at every call."""

    def __init__(self, statement: Any) -> None:
        """statement: anything that `Connection.execute` takes, without lists in parameters (IN)."""
        self._statement = statement
        self._compiled: _Compiled | None = None

    def run(self, conn: Connection, values: Values) -> int:
        """Run it; how many rows it changed."""
        if conn.dialect.name != "sqlite":
            return conn.execute(self._statement, values).rowcount
        return self._on_sqlite(conn, values).rowcount

    def run_each(self, conn: Connection, values: Sequence[Values]) -> None:
        """Run it for each of the values, of which there is one at least."""
        if conn.dialect.name != "sqlite":
            conn.execute(self._statement, values)
            return
        for one in values:
            self._on_sqlite(conn, one)

    def first(self, conn: Connection, values: Values) -> Any:
        """The first row, with its columns as attributes, or None."""
        if conn.dialect.name != "sqlite":
            return conn.execute(self._statement, values).first()
        cursor = self._on_sqlite(conn, values)
        row = cursor.fetchone()
        return None if row is None or self._compiled is None else self._compiled.read(row, cursor)

    def scalar(self, conn: Connection, values: Values) -> Any:
        """The first column of the first row, or None."""
        row = self.first(conn, values)
        return None if row is None else row[0]

    def _on_sqlite(self, conn: Connection, values: Values) -> sqlite3.Cursor:
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _Compiled.of(self._statement, conn.dialect, values)
        driver: Any = conn.connection.dbapi_connection
        try:
            cursor: sqlite3.Cursor = driver.execute(compiled.sql, compiled.parameters(values))
        except sqlite3.Error as error:
            # Without the values: an error's text goes to the log, and they are what people wrote.
            raise DBAPIError.instance(compiled.sql, None, error, sqlite3.Error, hide_parameters=True) from error
        return cursor


@dataclass(slots=True)
class _Compiled:
    """What SQLAlchemy made of a statement. names, to_driver: in the order of its question marks.

    from_driver: by the names of columns whose types read what the driver gives. columns: what a row is made into.
    """

    sql: str
    names: tuple[str, ...]
    to_driver: tuple[_Process | None, ...]
    constants: Values
    from_driver: Mapping[str, _Process]
    columns: Any = None
    reading: tuple[_Process | None, ...] = ()

    @classmethod
    def of(cls, statement: Any, dialect: Dialect, values: Values) -> "_Compiled":
        """Compile the statement for values of these names."""
        compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(values))
        if "POSTCOMPILE" in compiled.string or compiled.prefetch:
            raise TypeError(f"lists and defaults made in Python are not for hot statements: {compiled.string}")
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        returned = statement.exported_columns.items() if isinstance(statement, ReturnsRows) else ()
        readers = {name: column.type.dialect_impl(dialect).result_processor(dialect, None) for name, column in returned}
        return cls(
            compiled.string,
            tuple(bind.key for bind in binds),
            tuple(bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds),
            {bind.key: bind.effective_value for bind in binds if bind.key not in values and not bind.required},
            {name: reader for name, reader in readers.items() if reader is not None},
        )

    def parameters(self, values: Values) -> list[Any]:
        """The values as the driver takes them."""
        if self.constants:
            values = {**self.constants, **values}
        return [
            values[name] if process is None else process(values[name])
            for name, process in zip(self.names, self.to_driver, strict=True)
        ]

    def read(self, row: Sequence[Any], cursor: sqlite3.Cursor) -> Any:
        """The row as the statement's types read it."""
        if self.columns is None:  # only the driver knows all of them: a text names those whose types matter
            names = [column[0] for column in cursor.description]
            self.reading = tuple(map(self.from_driver.get, names))
            self.columns = _row_class(names)
        if not self.from_driver:
            return self.columns._make(row)
        read = [value if process is None else process(value) for value, process in zip(row, self.reading, strict=True)]
        return self.columns._make(read)


def _row_class(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)
