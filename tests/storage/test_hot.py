"""Hot statements answer as SQLAlchemy's own would, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from bot.storage.columns import Instant
from bot.storage.hot import Hot, together
from bot.storage.schema import people, secrets
from tests.storage.builders import NOON

ADD = Hot(insert(people).returning(people.c.id))
FIND = Hot(
    select(people.c.first_name, people.c.is_adult, people.c.created_at.label("since")).where(
        people.c.id == bindparam("person"), people.c.shown_as == "name"
    )
)
GROW_UP = Hot(update(people).where(people.c.is_adult.is_(None)).values(is_adult=bindparam("adult")))
KEEP = Hot(insert(secrets))


def test_a_row_is_read_by_the_types_of_its_columns(conn: Connection) -> None:
    person = ADD.scalar(conn, {"first_name": "Анна", "is_adult": True, "created_at": NOON})
    found = FIND.first(conn, {"person": person})
    assert (found.first_name, found.is_adult, found.since) == ("Анна", True, NOON)
    assert FIND.first(conn, {"person": person + 1}) is None


def test_a_text_is_read_by_the_types_that_it_names(conn: Connection) -> None:
    person = ADD.scalar(conn, {"first_name": "Анна", "is_adult": None, "created_at": NOON})
    since = Hot(text("SELECT id, created_at FROM people WHERE id = :person").columns(created_at=Instant))
    assert tuple(since.first(conn, {"person": person})) == (person, NOON)


def test_a_change_tells_how_many_rows_it_changed(conn: Connection) -> None:
    for name in ("Анна", "Олег"):
        ADD.scalar(conn, {"first_name": name, "is_adult": None, "created_at": NOON})
    assert GROW_UP.run(conn, {"adult": True}) == 2
    assert GROW_UP.run(conn, {"adult": True}) == 0


def test_one_statement_runs_for_each_of_several_values(conn: Connection) -> None:
    KEEP.run_each(conn, [{"name": name, "value": name} for name in ("one", "two")])
    assert conn.execute(select(secrets.c.name).order_by(secrets.c.name)).scalars().all() == ["one", "two"]


def test_statements_together_give_each_its_first_row_or_what_it_changed_in_their_order(conn: Connection) -> None:
    name = {"first_name": "Анна", "is_adult": None, "created_at": NOON}
    [first], [second], changed, nobody = together(
        conn, (ADD, name), (ADD, name), (GROW_UP, {"adult": True}), (FIND, {"person": -1})
    )
    assert (second, changed, nobody) == (first + 1, 2, None)


def test_a_constraint_broken_among_several_raises_sqlalchemys_error(conn: Connection) -> None:
    kept = (KEEP, {"name": "pseudonyms", "value": "a secret"})
    with pytest.raises(IntegrityError):
        together(conn, kept, kept, (GROW_UP, {"adult": True}))


def test_a_broken_constraint_raises_sqlalchemys_error_without_the_values(conn: Connection) -> None:
    KEEP.run(conn, {"name": "pseudonyms", "value": "a secret"})
    with pytest.raises(IntegrityError) as raised:
        KEEP.run(conn, {"name": "pseudonyms", "value": "another secret"})
    assert "another secret" not in str(raised.value)


def test_a_statement_about_a_missing_table_raises_sqlalchemys_error(conn: Connection) -> None:
    with pytest.raises((OperationalError, ProgrammingError)):
        Hot(text("SELECT 1 FROM nowhere")).first(conn, {})


def test_a_list_in_the_parameters_is_refused_before_anything_runs(sqlite_url: str) -> None:
    from tests.storage.conftest import transaction

    among = Hot(select(people.c.id).where(people.c.id.in_(bindparam("some", expanding=True))))
    with transaction(sqlite_url) as conn, pytest.raises(TypeError, match="lists"):
        among.first(conn, {"some": [1, 2]})


def test_a_moment_keeps_its_microseconds_through_a_hot_statement(conn: Connection) -> None:
    moment = datetime(2017, 11, 8, 9, 0, 0, 123456, tzinfo=UTC)
    person = ADD.scalar(conn, {"first_name": "Анна", "is_adult": None, "created_at": moment})
    assert FIND.first(conn, {"person": person}).since == moment
