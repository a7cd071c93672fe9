"""To whom what is not done climbs, and when: from the school's coordinators to the municipality's to the region's.

A level without a person is skipped: the next one takes its place. Whoever owes it themselves is no such person, as
nobody watches over themselves. The region hears once a week.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.calendar import Calendar
from bot.domain.identifiers import PersonId
from bot.domain.roles import Municipality, Region, School, Scope

Coordinators = Mapping[Scope, frozenset[PersonId]]
"""Who coordinates each scope; scopes without a person need not be there."""

WAITS_AT_A_LEVEL = 2  # working days that an application waits at a level before it goes one up


@dataclass(frozen=True, slots=True)
class Late:
    """A debt of somebody at the school that was not settled by its last day, `due`. duty: its key."""

    duty: str
    subject: str
    debtor: PersonId
    school: School
    due: date


@dataclass(frozen=True, slots=True)
class Escalated:
    """A late debt that belongs into today's digest. is_new: the digest before did not have it yet."""

    late: Late
    is_new: bool


def staffed_levels(school: School, coordinators: Coordinators, *, apart_from: PersonId) -> list[Scope]:
    """The levels above the school's matter that have somebody else than the person it is about, lowest first."""
    levels: list[Scope] = [school, Municipality(school.municipality), Region()]
    return [level for level in levels if coordinators.get(level, frozenset()) - {apart_from}]


def asked_on(
    school: School, applicant: PersonId, made_on: date, coordinators: Coordinators, calendar: Calendar
) -> dict[PersonId, list[date]]:
    """On which days whom an unanswered application of that day is put before, each level in its turn.

    The lowest level on the next working day, each further one when the one below has had two whole working days.
    """
    days: dict[PersonId, list[date]] = {}
    for turn, level in enumerate(staffed_levels(school, coordinators, apart_from=applicant)):
        day = calendar.working_day_after(made_on, 1 + WAITS_AT_A_LEVEL * turn)
        for person in coordinators[level] - {applicant}:
            days.setdefault(person, []).append(day)
    return days


def escalated(
    late: Iterable[Late],
    level: Scope,
    coordinators: Coordinators,
    calendar: Calendar,
    *,
    told_on: date | None,
    today: date,
) -> list[Escalated]:
    """Which late debts within the scope its coordinators hear of today; longest late first.

    told_on: the day of their last digest, None before the first. The lowest level that has somebody hears on the next
    working day after the debt's last one, the level above on the second, both in every digest until it is settled;
    the region in its first digest of the week, of what the levels below have had for two working days.
    """
    by_age = sorted(late, key=lambda one: (one.due, one.duty, one.subject))
    if isinstance(level, Region):
        return _weekly(by_age, calendar, told_on=told_on, today=today)
    heard_before = [_heard_before(today, turn, calendar) for turn in range(2)]
    told_before = [date.min if told_on is None else _heard_before(told_on, turn, calendar) for turn in range(2)]
    found = []
    for one in by_age:
        levels = staffed_levels(one.school, coordinators, apart_from=one.debtor)
        turn = levels.index(level) if level in levels else None
        if turn is not None and one.due < heard_before[turn]:
            found.append(Escalated(one, is_new=one.due >= told_before[turn]))
    return found


def first_working_day_of_week(day: date, calendar: Calendar) -> date | None:
    """Of the week from Monday on that the day lies in; None for a week of days off."""
    monday = day - timedelta(days=day.weekday())
    week = (monday + timedelta(days=distance) for distance in range(7))
    return next((one for one in week if calendar.is_working_day(one)), None)


def _weekly(by_age: list[Late], calendar: Calendar, *, told_on: date | None, today: date) -> list[Escalated]:
    weekly = first_working_day_of_week(today, calendar)
    if weekly is None or weekly > today or (told_on is not None and told_on >= weekly):
        return []
    return [Escalated(one, is_new=True) for one in by_age if one.due < _heard_before(weekly, 1, calendar)]


def _heard_before(day: date, turn: int, calendar: Calendar) -> date:
    """The day before which a debt was due that a level, the `turn`-th from 0, has heard of by that day."""
    working = day if calendar.is_working_day(day) else calendar.working_day_before(day, 1)
    return calendar.working_day_before(working, turn)
