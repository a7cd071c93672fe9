"""The campaign's calendar: what is open now, and which days people work.

The single source of "is this open": every act that has a period asks `Calendar.opening`. Periods are local days,
both ends included; the last one ends with its midnight (23:59:59). Looking things up is no act: it never closes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

SchoolWeek = Literal[5, 6]
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Raise ValueError for a period that ends before it begins."""
        if self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last} before it begins on {self.first}")

    def __contains__(self, day: date) -> bool:
        """Whether the local day lies in the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of one campaign, by what may be done in them."""

    campaign: Period
    participants: Period
    voting: Period
    teachers: Period
    lessons: Period
    reserving: Period
    handout: Period


class Act(StrEnum):
    """What a person does that has its time; each act belongs to one period, see `Calendar.period`."""

    REGISTER_CLASS = "register_class"  # a teacher applies, or adds a class
    CLAIM = "claim"  # a pupil takes an ID
    VOTE = "vote"
    REPORT = "report"  # any of the three reports, practice: until the campaign ends, late ones are marked
    RESERVE = "reserve"
    HAND_OUT = "hand_out"


@dataclass(frozen=True, slots=True)
class Open:
    """The act may be done; `until` is the last local day."""

    until: date


@dataclass(frozen=True, slots=True)
class NotYet:
    """Too early: the period begins on this local day."""

    opens_on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """Too late: this local day was the last."""

    closed_on: date


Opening = Open | NotYet | Closed


@dataclass(frozen=True, slots=True)
class Calendar:
    """One campaign's days.

    school_week: 5 (Saturday is off) or 6. extra_days_off: the campaign's own, on top of the Russian production
    calendar, whose moved days (a working Saturday before a long weekend) are followed too.
    """

    zone: ZoneInfo
    periods: Periods
    school_week: SchoolWeek = 5
    extra_days_off: frozenset[date] = field(default_factory=frozenset)

    def local(self, at: datetime) -> datetime:
        """The instant on the campaign's wall clock. Raises ValueError for an instant without a time zone."""
        if at.tzinfo is None:
            raise ValueError(f"{at} has no time zone")
        return at.astimezone(self.zone)

    def local_day(self, at: datetime) -> date:
        """The campaign's day at that instant. Raises ValueError for an instant without a time zone."""
        return _local_day(self.zone, at)

    def period(self, act: Act) -> Period:
        """The days on which the act may be done."""
        periods = self.periods
        return {
            Act.REGISTER_CLASS: periods.teachers,
            Act.CLAIM: periods.participants,
            Act.VOTE: periods.voting,
            Act.REPORT: periods.campaign,
            Act.RESERVE: periods.reserving,
            Act.HAND_OUT: periods.handout,
        }[act]

    def opening(self, act: Act, at: datetime) -> Opening:
        """Whether the act may be done at that instant, else when it opens or that it has closed."""
        period, day = self.period(act), self.local_day(at)
        if day < period.first:
            return NotYet(period.first)
        if day > period.last:
            return Closed(period.last)
        return Open(period.last)

    def is_working_day(self, day: date) -> bool:
        """Whether schools work that day."""
        if day in self.extra_days_off:
            return False
        days_off, moved_working_days = _production_calendar(day.year)
        if day.weekday() == _SUNDAY or (day.weekday() == _SATURDAY and self.school_week == 5):
            return day in moved_working_days
        return day not in days_off

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.working_day_after(day, 1)

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself for 0. Raises ValueError for a negative count."""
        if count < 0:
            raise ValueError(f"cannot count {count} working days forward")
        for _ in range(count):
            day += timedelta(days=1)
            while not self.is_working_day(day):
                day += timedelta(days=1)
        return day

    def working_day_before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`; `day` itself for 0. Raises ValueError for a negative count."""
        if count < 0:
            raise ValueError(f"cannot count {count} working days back")
        for _ in range(count):
            day -= timedelta(days=1)
            while not self.is_working_day(day):
                day -= timedelta(days=1)
        return day

    def working_days_between(self, after: date, before: date) -> int:
        """How many working days lie strictly between the two; 0 if `before` does not come later."""
        return sum(self.is_working_day(day) for day in _days_between(after, before))


# Of each of 100,000 participants' claims the rules of a round ask several times.
@lru_cache(maxsize=1024)
def _local_day(zone: ZoneInfo, at: datetime) -> date:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(zone).date()


def _days_between(after: date, before: date) -> Iterator[date]:
    for distance in range(1, (before - after).days):
        yield after + timedelta(days=distance)


@lru_cache(maxsize=32)
def _production_calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and working weekend days of a year."""
    # Imported here: only duties and reports ask for working days, and the package costs every start otherwise.
    from holidays import country_holidays

    days = country_holidays("RU", years=year)
    return frozenset(days), frozenset(days.weekend_workdays)
