"""Statements that every event runs: compiled once and run on the driver's own cursor.

SQLAlchemy spends 10-20 µs a statement around SQLite's 1-3, and 65 around psycopg's 50; an event is five to fifteen
statements, and they share one thread or one interpreter lock. The statement, its types and its errors stay
SQLAlchemy's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows

Values = Mapping[str, Any]
Asked = tuple["Hot", Values]
T = TypeVar("T")
_Process = Callable[[Any], Any]


class Hot:
    """A statement whose bound parameters have the same names at every call."""

    def __init__(self, statement: Any) -> None:
        """statement: anything that `Connection.execute` takes, without lists in parameters (IN)."""
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, conn: Connection, values: Values) -> int:
        """Run it; how many rows it changed."""
        changed: int = self._ran(conn, values)[1].rowcount
        return changed

    def run_each(self, conn: Connection, values: Sequence[Values]) -> None:
        """Run it for each of the values, of which there is one at least."""
        compiled = self._compiled_for(conn, values[0])
        given = [compiled.parameters(one) for one in values]
        _on_driver(conn, compiled.sql, lambda driver: driver.cursor().executemany(compiled.sql, given))

    def first(self, conn: Connection, values: Values) -> Any:
        """The first row, with its columns as attributes, or None."""
        compiled, cursor = self._ran(conn, values)
        row = cursor.fetchone()
        return None if row is None else compiled.read(row, cursor)

    def scalar(self, conn: Connection, values: Values) -> Any:
        """The first column of the first row, or None."""
        row = self.first(conn, values)
        return None if row is None else row[0]

    def _outcome(self, conn: Connection, values: Values) -> Any:
        compiled, cursor = self._ran(conn, values)
        return compiled.outcome(cursor)

    def _ran(self, conn: Connection, values: Values) -> "tuple[_Compiled, Any]":
        compiled = self._compiled_for(conn, values)
        given = compiled.parameters(values)
        return compiled, _on_driver(conn, compiled.sql, lambda driver: driver.cursor().execute(compiled.sql, given))

    def _compiled_for(self, conn: Connection, values: Values) -> "_Compiled":
        name = conn.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _Compiled.of(self._statement, conn.dialect, values)
        return compiled


def together(conn: Connection, *asked: Asked) -> list[Any]:
    """Run statements, one after another, that do not need each other's outcome; where one is a round trip, all in one.

    Of each its first row (or None), or how many rows it changed if it gives none back.
    """
    if len(asked) == 1 or conn.dialect.name == "sqlite":
        return [hot._outcome(conn, values) for hot, values in asked]
    compiled = [hot._compiled_for(conn, values) for hot, values in asked]
    given = [one.parameters(values) for one, (_, values) in zip(compiled, asked, strict=True)]

    def pipelined(driver: Any) -> list[Any]:
        with driver.pipeline():
            return [driver.cursor().execute(one.sql, values) for one, values in zip(compiled, given, strict=True)]

    cursors = _on_driver(conn, compiled[0].sql, pipelined)
    return [one.outcome(cursor) for one, cursor in zip(compiled, cursors, strict=True)]


@dataclass(slots=True)
class _Compiled:
    """What SQLAlchemy made of a statement for one kind of database.

    names: of the values, to_driver: how their types write them; SQLite takes them in this order, psycopg by
    driver_names. from_driver: by the names of columns whose types read what the driver gives. columns: what a row is
    made into.
    """

    sql: str
    names: tuple[str, ...]
    to_driver: tuple[_Process | None, ...]
    driver_names: tuple[str, ...] | None
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
        binds = [compiled.binds[name] for name in compiled.positiontup or compiled.binds]
        returned = statement.exported_columns.items() if isinstance(statement, ReturnsRows) else ()
        readers = {name: column.type.dialect_impl(dialect).result_processor(dialect, None) for name, column in returned}
        return cls(
            compiled.string,
            tuple(bind.key for bind in binds),
            tuple(bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds),
            None if compiled.positional else tuple(compiled.bind_names[bind] for bind in binds),
            {bind.key: bind.effective_value for bind in binds if bind.key not in values and not bind.required},
            {name: reader for name, reader in readers.items() if reader is not None},
        )

    def parameters(self, values: Values) -> list[Any] | dict[str, Any]:
        """The values as the driver takes them."""
        if self.constants:
            values = {**self.constants, **values}
        written = [
            values[name] if process is None else process(values[name])
            for name, process in zip(self.names, self.to_driver, strict=True)
        ]
        return written if self.driver_names is None else dict(zip(self.driver_names, written, strict=True))

    def outcome(self, cursor: Any) -> Any:
        """The first row or None; of a statement without rows how many it changed."""
        if cursor.description is None:
            return cursor.rowcount
        row = cursor.fetchone()
        return None if row is None else self.read(row, cursor)

    def read(self, row: Sequence[Any], cursor: Any) -> Any:
        """The row as the statement's types read it."""
        if self.columns is None:  # only the driver knows all of them: a text names those whose types matter
            names = [column[0] for column in cursor.description]
            self.reading = tuple(map(self.from_driver.get, names))
            self.columns = _row_class(names)
        if not self.from_driver:
            return self.columns._make(row)
        read = [value if process is None else process(value) for value, process in zip(row, self.reading, strict=True)]
        return self.columns._make(read)


def _on_driver(conn: Connection, sql: str, run: Callable[[Any], T]) -> T:
    """What `run` makes of the driver's connection. Raises SQLAlchemy's errors, which name the statement sql."""
    if not conn.in_transaction():
        conn.begin()  # what SQLAlchemy does by itself, and without which its commit would do nothing
    driver: Any = conn.connection.dbapi_connection
    try:
        return run(driver)
    except conn.dialect.loaded_dbapi.Error as error:
        lost = conn.dialect.is_disconnect(error, driver, None)
        if lost:
            conn.invalidate(error)  # the pool must not hand it out again
        # Without the values: an error's text goes to the log, and they are what people wrote.
        raise DBAPIError.instance(
            sql, None, error, conn.dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=lost
        ) from error


def _row_class(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)
