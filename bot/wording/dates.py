"""Dates as people read them: «12 ноября, 14:05». Local time appears only here and in documents."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.wording.sentences import say, say_recurring


def say_day(locale: str, day: date) -> str:
    """A local day: «12 ноября»."""
    return say_recurring(locale, "day", day=day.day, month=day.month)


def say_moment(locale: str, instant: datetime, zone: ZoneInfo) -> str:
    """An instant on the campaign's wall clock: «12 ноября, 14:05». Raises ValueError for one without a time zone."""
    return say(locale, "moment", day=say_day(locale, _local(instant, zone)), time=say_time(instant, zone))


def say_time(instant: datetime, zone: ZoneInfo) -> str:
    """The time of day of an instant: «14:05»."""
    return f"{_local(instant, zone):%H:%M}"


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(zone)
