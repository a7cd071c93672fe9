"""The example campaign's days, and people to judge."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar, Period, Periods


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The campaign of 2017: 8 November to 3 December, lessons to 23 November, gifts to 14 December."""
    campaign = Period(date(2017, 11, 8), date(2017, 12, 3))
    teachers = Period(date(2017, 11, 8), date(2017, 11, 23))
    return Calendar(
        zone=ZoneInfo("Europe/Moscow"),
        periods=Periods(
            campaign=campaign,
            participants=campaign,
            voting=campaign,
            teachers=teachers,
            lessons=teachers,
            reserving=Period(date(2017, 11, 8), date(2017, 12, 7)),
            handout=Period(date(2017, 12, 8), date(2017, 12, 14)),
        ),
    )
