"""The migrations build what the schema declares, on both databases, once, and never halfway."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from bot.storage import migrating, schema_sessions

POSTGRESQL_CATALOGUE = (
    """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
    """,
    """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """
    SELECT objoid::regclass::text, description FROM pg_description WHERE classoid = 'pg_class'::regclass
    AND objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    """,
    "SELECT sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public'",
)


@pytest.fixture
def migrated(bare_database_urls: tuple[str, str]) -> Engine:
    migrating.upgrade(bare_database_urls[0])
    return create_engine(bare_database_urls[0])


@pytest.fixture
def declared(bare_database_urls: tuple[str, str]) -> Engine:
    engine = create_engine(bare_database_urls[1])
    schema_sessions.metadata.create_all(engine)
    return engine


def catalogue(conn: Connection) -> set[tuple[object, ...]]:
    """Everything that the database knows about its tables, in its own words."""
    if conn.dialect.name == "sqlite":
        found = conn.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        rows = [(name, *sorted(parts(sql))) for name, sql in found]
    else:
        rows = [tuple(row) for query in POSTGRESQL_CATALOGUE for row in conn.execute(text(query))]
    return {row for row in rows if "alembic_version" not in str(row)}


def parts(sql: str) -> list[str]:
    """The columns and constraints of a CREATE statement; SQLite keeps it as it was written, line ends and all."""
    plain = " ".join(sql.replace('"', "").split())
    beginning, _, body = plain.partition("(")
    depth, found = 0, [""]
    for sign in body:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [beginning.strip(), *(part.strip(" )") for part in found)]


def is_no_index(_: object, __: object, kind: str, *___: object) -> bool:
    return kind != "index"


# Alembic sees no checks and no conditions or expressions of indexes: those are compared by the catalogue below.
def test_migrations_build_exactly_the_declared_schema(migrated: Engine) -> None:
    options = {"compare_type": True, "compare_server_default": True, "include_object": is_no_index}
    with migrated.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn, opts=options), schema_sessions.metadata) == []


def test_checks_and_partial_indexes_are_those_of_the_declared_schema(migrated: Engine, declared: Engine) -> None:
    with migrated.connect() as built, declared.connect() as wanted:
        assert sorted(catalogue(built), key=str) == sorted(catalogue(wanted), key=str)


def test_a_second_upgrade_finds_nothing_to_do(database_url: str) -> None:
    assert migrating.upgrade(database_url) == migrating.Migrated(migrating.head(), migrating.head())


def test_the_newest_step_by_its_files_name_is_the_one_alembic_ends_at() -> None:
    assert migrating.head() == ScriptDirectory(str(migrating.FOLDER)).get_current_head()


def test_the_revision_of_an_empty_database_is_unknown_until_it_is_migrated(bare_database_urls: tuple[str, str]) -> None:
    url, _ = bare_database_urls
    assert migrating.current(url) is None
    assert migrating.upgrade(url) == migrating.Migrated(None, migrating.head())
    assert migrating.current(url) == migrating.head()


def test_two_processes_that_start_at_once_migrate_the_database_once(bare_database_urls: tuple[str, str]) -> None:
    url, _ = bare_database_urls
    with ThreadPoolExecutor(4) as starting:
        outcomes = list(starting.map(migrating.upgrade, [url] * 4))
    assert sorted(outcome.before is None for outcome in outcomes) == [False, False, False, True]


def test_a_database_of_a_later_version_is_refused_and_left_alone(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrating.NewerDatabase, match="revision 9999"):
        migrating.upgrade(database_url)
    assert migrating.current(database_url) == "9999"
    engine.dispose()


def test_a_migration_that_fails_leaves_the_database_without_any_table(bare_database_urls: tuple[str, str]) -> None:
    url, _ = bare_database_urls
    engine = create_engine(url)
    in_the_way = list(schema_sessions.metadata.tables)[-1]
    with engine.begin() as conn:
        conn.execute(text(f"CREATE TABLE {in_the_way} (id INTEGER)"))
    with pytest.raises(Exception, match=in_the_way):
        migrating.upgrade(url)
    assert inspect(engine).get_table_names() == [in_the_way]
    engine.dispose()


def test_a_folder_that_does_not_exist_is_an_error_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="unable to open"):
        migrating.upgrade(f"sqlite:///{tmp_path / 'nowhere' / 'ugubot.sqlite3'}")
    assert not (tmp_path / "nowhere").exists()
