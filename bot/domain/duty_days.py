"""On which local days each duty of teachers, and each piece of participants' news, reminds; and its last day in time.

The methodology names the days of reminding. It names no terms for single classes: those are ours, chosen so that a
teacher who answers the first reminder is never late, and a coordinator hears of a silent class after about a week.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.domain.calendar import Calendar, Period
from bot.domain.duties import last_days, last_working_days, working_days_after

WORKING_DAYS_TO_REPORT: Final = 5
LAST_DAYS_OF_VOTING: Final = 3
_FRIDAY: Final = 4


# --- teachers; since: the day on which the report before it was made, for the documents the package was sent


def documents_days(since: date, calendar: Calendar) -> list[date]:
    """The working day after the package was sent, then every second one, while lessons go on."""
    return working_days_after(since, 1, calendar, then_every=2, until=calendar.periods.lessons.last)


def ready_days(since: date, calendar: Calendar) -> list[date]:
    """The third working day after the documents; and daily on the lessons' last five working days."""
    lessons = calendar.periods.lessons
    third = working_days_after(since, 3, calendar, until=lessons.last)
    return sorted({*third, *_not_before(since, last_working_days(lessons.last, range(5), calendar))})


def held_days(since: date, calendar: Calendar) -> list[date]:
    """The fifth, third and first working day before the lessons' last one, and that one."""
    return _not_before(since, last_working_days(calendar.periods.lessons.last, (5, 3, 1, 0), calendar))


def practice_days(since: date, calendar: Calendar) -> list[date]:
    """The third working day after the lesson was reported, then every third one until the campaign ends."""
    return working_days_after(since, 3, calendar, then_every=3, until=calendar.periods.campaign.last)


def claims_days(since: date, calendar: Calendar) -> list[date]:
    """The third working day after the lesson was reported, if numbers can still be claimed then."""
    return working_days_after(since, 3, calendar, until=calendar.periods.participants.last)


def lessons_end(calendar: Calendar) -> date:
    """The lessons' last working day: the last one in time for «Урок проведен»."""
    return last_working_days(calendar.periods.lessons.last, (0,), calendar)[0]


def report_due(since: date, calendar: Calendar) -> date:
    """The last day in time for documents and readiness: five working days after the report became possible, but no
    later than the lessons' last working day, after which nobody can use them.
    """
    return min(calendar.working_day_after(since, WORKING_DAYS_TO_REPORT), lessons_end(calendar))


def claims_due(since: date, calendar: Calendar) -> date:
    """The last day on which unclaimed numbers are no cause for concern: five working days after the lesson."""
    return min(calendar.working_day_after(since, WORKING_DAYS_TO_REPORT), calendar.periods.participants.last)


# --- participants; since: the day of the claim, on which they have just been told everything


def weekly_days(since: date, calendar: Calendar) -> list[date]:
    """The Fridays of voting."""
    return _fridays(since, calendar.periods.voting)


# Asked for each of 100,000 participants, who have few different days of their claims.
@lru_cache(maxsize=256)
def _fridays(since: date, voting: Period) -> list[date]:
    earliest = max(since + timedelta(days=1), voting.first)
    first = earliest + timedelta(days=(_FRIDAY - earliest.weekday()) % 7)
    return [first + timedelta(days=passed) for passed in range(0, (voting.last - first).days + 1, 7)]


def last_voting_days(since: date, calendar: Calendar) -> list[date]:
    """The last three days of voting."""
    return _at_the_end(since, calendar.periods.voting)


@lru_cache(maxsize=256)
def _at_the_end(since: date, voting: Period) -> list[date]:
    return [day for day in last_days(voting.last, LAST_DAYS_OF_VOTING) if day > since and day in voting]


def is_weekly_day(day: date, calendar: Calendar) -> bool:
    """Whether participants hear their balance that day."""
    return day.weekday() == _FRIDAY and day in calendar.periods.voting


def is_last_voting_day(day: date, calendar: Calendar) -> bool:
    """Whether it is one of the last days of voting."""
    return day in last_days(calendar.periods.voting.last, LAST_DAYS_OF_VOTING) and day in calendar.periods.voting


def _not_before(since: date, days: list[date]) -> list[date]:
    # The same day too: on the last of them there is no other left.
    return [day for day in days if day >= since]
