"""Where a rehearsal's clock stands, so that a restart goes on from there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from bot.storage.columns import Instant
from bot.storage.schema import campaign_clock

_READ = select(campaign_clock.c.campaign_at, campaign_clock.c.real_at, campaign_clock.c.speed)
_SET = text(
    "INSERT INTO campaign_clock (id, campaign_at, real_at, speed) VALUES (1, :campaign_at, :real_at, :speed)"
    " ON CONFLICT (id) DO UPDATE SET campaign_at = excluded.campaign_at, real_at = excluded.real_at,"
    " speed = excluded.speed"
).bindparams(bindparam("campaign_at", type_=Instant), bindparam("real_at", type_=Instant))


@dataclass(frozen=True, slots=True)
class StoredClock:
    """At the real instant real_at campaign time was campaign_at, and ran speed times as fast."""

    campaign_at: datetime
    real_at: datetime
    speed: float


def read(conn: Connection) -> StoredClock | None:
    """The stored clock; None where no rehearsal was begun."""
    row = conn.execute(_READ).first()
    return None if row is None else StoredClock(row[0], row[1], float(row[2]))


def store(conn: Connection, clock: StoredClock) -> None:
    """Remember how the clock runs from now on."""
    values = {"campaign_at": clock.campaign_at, "real_at": clock.real_at, "speed": repr(clock.speed)}
    conn.execute(_SET, values)
