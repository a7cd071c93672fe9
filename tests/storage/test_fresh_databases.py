"""Every test finds its database as the migrations left it, whatever the test before has done."""

import pytest
from sqlalchemy import create_engine, text

MANY = 5_000


@pytest.mark.parametrize("people", [3, MANY, 4])
def test_a_database_is_empty_again_and_counts_its_rows_from_one(database_url: str, people: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as conn:
        assert conn.execute(text("SELECT count(*) FROM people")).scalar_one() == 0
        conn.execute(text("INSERT INTO people (created_at) VALUES (:at)"), [{"at": at} for at in range(people)])
        assert conn.execute(text("SELECT min(id), max(id) FROM people")).one() == (1, people)
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_transaction_left_open_by_a_test_does_not_stop_the_next(postgresql_url: str, turn: int) -> None:
    conn = create_engine(postgresql_url).connect()
    conn.execute(text("INSERT INTO people (created_at) VALUES (:turn)"), {"turn": turn})
    assert conn.execute(text("SELECT count(*) FROM people")).scalar_one() == 1
    conn.detach()  # left open on purpose, as by a process that was killed
