"""Connections for the tests of storage: one open transaction, or two people at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.storage.engines import is_sqlite, writing_engine

Work = Callable[[Connection], Any]
Race = Callable[[Work, Work], list[Any]]


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """A connection of its own, as the database thread holds one; committed at the end."""
    engine = writing_engine(url)
    try:
        with engine.connect() as conn:
            if is_sqlite(url):
                conn.exec_driver_sql("BEGIN IMMEDIATE")
            yield conn
            if is_sqlite(url):
                conn.exec_driver_sql("COMMIT")
            else:
                conn.commit()
    finally:
        engine.dispose()


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    """An open transaction of a migrated, empty database."""
    with transaction(database_url) as conn:
        yield conn


@pytest.fixture
def committed(database_url: str) -> Callable[[Work], Any]:
    """Does a piece of work and commits it."""

    def commit(work: Work) -> Any:
        with transaction(database_url) as conn:
            return work(conn)

    return commit


@pytest.fixture
def race(database_url: str) -> Race:
    """Runs two pieces of work at once, each on its own connection; gives their results, or what they raised."""

    def run(*works: Work) -> list[Any]:
        outcomes: list[Any] = [None] * len(works)
        start = threading.Barrier(len(works))

        def at_once(number: int) -> None:
            start.wait(10)
            try:
                with transaction(database_url) as conn:
                    outcomes[number] = works[number](conn)
            except Exception as error:  # noqa: BLE001 - handed to the test
                outcomes[number] = error

        threads = [threading.Thread(target=at_once, args=(number,)) for number in range(len(works))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return outcomes

    return run
