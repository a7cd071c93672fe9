"""One step of a broadcast, as two processes take it at nearly the same time."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.domain.broadcasts import BroadcastState
from bot.jobs.broadcast_steps import Now, step
from bot.storage import broadcasts
from tests.faults import mailing
from tests.jobs.debts import SETTING
from tests.storage.builders import NOON


def test_the_end_of_a_cancelled_broadcast_is_told_by_one_of_two_processes(conn: Connection) -> None:
    now = Now(NOON, datetime.now(UTC), 1.0)
    broadcast = mailing.confirmed(conn, [mailing.FIRST_USER])
    broadcasts.move(conn, broadcast, BroadcastState.CANCELLED, real=now.real)
    [seen_by_both] = broadcasts.under_way(conn)
    assert step(conn, seen_by_both, SETTING, now, 0).deliveries
    assert not step(conn, seen_by_both, SETTING, now, 0).deliveries
    assert broadcasts.under_way(conn) == []
