"""The campaign's clock is kept in the database, so that a rehearsal goes on after a restart where it stood."""

import asyncio

from sqlalchemy import Connection

from bot.clock import Clock, ClockSetting
from bot.config import Settings
from bot.storage import campaign_clock
from bot.storage.campaign_clock import StoredClock
from bot.storage.database import Database


async def stored_clock(database: Database, settings: Settings) -> Clock:
    """The clock as it was left; a rehearsal begins once, at UGUBOT_CLOCK, and goes on after restarts."""
    return await database.write(_begun_clock, settings)


def clock_as_stored(conn: Connection, settings: Settings) -> Clock:
    """The clock as it was left, or as it will begin."""
    stored = campaign_clock.read(conn)
    if stored is not None:
        return Clock(ClockSetting(stored.campaign_at, stored.real_at, stored.speed))
    return Clock.starting(settings.clock, speed=settings.clock_speed)


def _begun_clock(conn: Connection, settings: Settings) -> Clock:
    clock = clock_as_stored(conn, settings)
    if settings.clock is not None and campaign_clock.read(conn) is None:
        _store_clock(conn, clock)
    return clock


def keep_moves(clock: Clock, database: Database) -> None:
    """Store where the clock stands whenever somebody moves it."""
    loop = asyncio.get_running_loop()
    clock.on_move(lambda: asyncio.run_coroutine_threadsafe(database.write(_store_clock, clock), loop))


def _store_clock(conn: Connection, clock: Clock) -> None:
    setting = clock.setting
    campaign_clock.store(conn, StoredClock(setting.campaign_at, setting.real_at, setting.speed))
