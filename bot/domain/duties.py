"""Duties: who owes what by when, on which days somebody is reminded of it, and at which hours one may be written to.

A debt is never stored: it is computed from the data each time, so it ends at the moment it is settled. What is known
beside it is only up to which planned day somebody was told of it, and whether they have put it off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, Final, Literal

from bot.domain.calendar import Calendar
from bot.domain.identifiers import PersonId

NEWS: Final = ("weekly-balance", "last-days", "digest", "broadcasts")
"""The kinds of news that a person may mute. Whatever else comes by the clock is a duty, which can only be put off."""


class Audience(StrEnum):
    """As what somebody is reminded: each has its usual hour and the hours in which it may be disturbed."""

    TEACHERS = "teachers"
    PARTICIPANTS = "participants"
    COORDINATORS = "coordinators"


@dataclass(frozen=True, slots=True)
class Owed:
    """What one person owes, or should hear, as the data say.

    subject: what it is about («class:12»); with the duty and the person its lasting name. since: when it arose,
    settled_at: when it ended, None while it stands (campaign instants). details: what its text and buttons need.
    """

    person: PersonId
    subject: str
    since: datetime
    settled_at: datetime | None = None
    details: Any = None


# --- hours


@dataclass(frozen=True, slots=True)
class DisturbingHours:
    """When people may be written to by the clock, local times.

    usual: when each audience is reminded. quiet_from, quiet_to: the night, in which nobody is disturbed. work_from,
    work_to: teachers only between these.
    """

    usual: Mapping[Audience, time]
    quiet_from: time
    quiet_to: time
    work_from: time
    work_to: time

    def of(self, audience: Audience) -> tuple[time, time]:
        """From when until when the audience may be disturbed on a day on which it may be at all."""
        if audience is Audience.TEACHERS:
            return max(self.work_from, self.quiet_to), min(self.work_to, self.quiet_from)
        return self.quiet_to, self.quiet_from


def may_disturb_on(audience: Audience, day: date, calendar: Calendar) -> bool:
    """Whether the audience is reminded on that day: participants on any, the others when schools work."""
    return audience is Audience.PARTICIPANTS or calendar.is_working_day(day)


def reminds_on(audience: Audience, day: date, calendar: Calendar) -> bool:
    """Whether the audience is reminded of anything on that day."""
    return may_disturb_on(audience, day, calendar) and day <= reminds_until(audience, calendar)


def reminds_until(audience: Audience, calendar: Calendar) -> date:
    """The last day on which the audience is reminded: nothing can be settled behind the campaign's end.

    Coordinators hear on the working day after it how it ended.
    """
    last = calendar.periods.campaign.last
    return calendar.next_working_day(last) if audience is Audience.COORDINATORS else last


def slot(audience: Audience, day: date, calendar: Calendar, hours: DisturbingHours) -> datetime:
    """The instant at which what is planned for the day is said, if the day allows it."""
    return _instant(day, hours.usual[audience], calendar)


def may_disturb(audience: Audience, at: datetime, calendar: Calendar, hours: DisturbingHours) -> bool:
    """Whether the audience may be written to at that instant."""
    return next_allowed(audience, at, calendar, hours) == at


def next_allowed(audience: Audience, at: datetime, calendar: Calendar, hours: DisturbingHours) -> datetime:
    """The first instant from `at` on at which the audience may be written to."""
    return _next_window(audience, at, calendar, hours)[0]


def allowed_until(audience: Audience, at: datetime, calendar: Calendar, hours: DisturbingHours) -> datetime:
    """The end of the hours that hold at that instant, or else of the next ones."""
    return _next_window(audience, at, calendar, hours)[1]


def _next_window(
    audience: Audience, at: datetime, calendar: Calendar, hours: DisturbingHours
) -> tuple[datetime, datetime]:
    today = calendar.local_day(at)
    opens, closes = hours.of(audience)
    for day in (today + timedelta(days=ahead) for ahead in count()):
        if may_disturb_on(audience, day, calendar):
            until = _instant(day, closes, calendar)
            if at < until:
                return max(at, _instant(day, opens, calendar)), until
    raise AssertionError("days do not end")


def _instant(day: date, clock: time, calendar: Calendar) -> datetime:
    # In UTC: two instants of one zone would be compared by their wall clocks, wrongly where summer time ends.
    return datetime.combine(day, clock, calendar.zone).astimezone(UTC)


# --- on which days


def working_days_after(
    since: date, first: int, calendar: Calendar, *, then_every: int | None = None, until: date
) -> list[date]:
    """The `first`-th working day after `since`, then every `then_every`-th (None: once), none after `until`."""
    days = []
    day = calendar.working_day_after(since, first)
    while day <= until:
        days.append(day)
        if then_every is None:
            break
        day = calendar.working_day_after(day, then_every)
    return days


def last_working_days(last: date, counts: Sequence[int], calendar: Calendar) -> list[date]:
    """Working days counted back from the end of a period, ascending.

    last: the period's last day; 0 stands for its last working day, 1 for the working day before that one.
    """
    end = last if calendar.is_working_day(last) else calendar.working_day_before(last, 1)
    return sorted({calendar.working_day_before(end, one) for one in counts})


def last_days(last: date, how_many: int) -> list[date]:
    """The last days of a period, `last` included, ascending; working days or not."""
    return [last - timedelta(days=before) for before in reversed(range(how_many))]


# --- what is said of one debt


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person knows of one debt already, and wants.

    up_to: the latest planned day, not after today, that was told or recorded as skipped. silent_until: put off until
    that day. is_muted: news of a kind that they do not want.
    """

    up_to: date | None = None
    silent_until: date | None = None
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What happens to one debt now.

    says: the planned day that a message told now stands for, None: nothing to tell. is_due: its hour has come; else it
    is only told along with others. skipped: the planned days that need no telling any more, to be recorded; those that
    the message makes needless only if it is told.
    """

    says: date | None = None
    is_due: bool = False
    skipped: tuple[date, ...] = ()


NOTHING: Final = Verdict()
UNHEARD: Final = Heard()


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant at which debts are judged, with what its day says to each audience.

    reached: per audience the last day whose usual hour has come.
    """

    at: datetime
    today: date
    reached: Mapping[Audience, date]
    calendar: Calendar
    hours: DisturbingHours

    @classmethod
    def of(cls, at: datetime, calendar: Calendar, hours: DisturbingHours) -> "Moment":
        """The moment at that campaign instant."""
        today = calendar.local_day(at)
        reached = {one: _reached(one, at, today, calendar, hours) for one in Audience}
        return cls(at, today, reached, calendar, hours)


def _reached(audience: Audience, at: datetime, today: date, calendar: Calendar, hours: DisturbingHours) -> date:
    return today if slot(audience, today, calendar, hours) <= at else today - timedelta(days=1)


def judge(owed: Owed, planned: Sequence[date], moment: Moment, audience: Audience, heard: Heard = UNHEARD) -> Verdict:
    """Say what to tell of a debt now.

    planned: the days on which its duty reminds. Of several that have passed unsaid the latest is told, the
    earlier ones are skipped; what was settled or muted meanwhile is skipped as well. A day whose hour had passed when
    the debt arose is none of them, unless there is no later one.
    """
    if owed.settled_at is not None:
        return _settled(planned, owed, owed.settled_at, moment, audience, heard)
    if heard.silent_until is not None:
        if moment.today < heard.silent_until:
            return NOTHING
        planned = _with_put_off(planned, heard.silent_until, owed, moment.calendar)
    up_to, today = heard.up_to or date.min, moment.today
    unsaid = sorted([day for day in planned if up_to < day <= today])
    if unsaid and unsaid[0] <= moment.calendar.local_day(owed.since):
        unsaid = _not_passed(unsaid, max(planned), owed, moment, audience)
    if not unsaid:
        return NOTHING
    reached = moment.reached[audience]
    if heard.is_muted:
        passed = tuple(day for day in unsaid if day <= reached)
        return Verdict(skipped=passed) if passed else NOTHING
    *skipped, says = unsaid
    return Verdict(says, unsaid[0] <= reached, tuple(skipped))


def _not_passed(days: list[date], last: date, owed: Owed, moment: Moment, audience: Audience) -> list[date]:
    """These planned days without those whose hour had passed when the debt arose.

    last: the last planned day of all, which stays: there is no later one to tell it on.
    """
    arose_on, calendar, hours = moment.calendar.local_day(owed.since), moment.calendar, moment.hours
    return [
        day
        for day in days
        if day > arose_on or day == last or (day == arose_on and slot(audience, day, calendar, hours) > owed.since)
    ]


def _with_put_off(planned: Sequence[date], until: date, owed: Owed, calendar: Calendar) -> Sequence[date]:
    # What was put off before the debt arose anew (a report undone) is over: it would come at once.
    return [*planned, until] if until not in planned and until >= calendar.local_day(owed.since) else planned


def _settled(
    planned: Sequence[date], owed: Owed, settled_at: datetime, moment: Moment, audience: Audience, heard: Heard
) -> Verdict:
    up_to, until = heard.up_to or date.min, min(settled_at, moment.at)
    missed = [day for day in planned if day > up_to and slot(audience, day, moment.calendar, moment.hours) <= until]
    unsaid = tuple(_not_passed(missed, max(planned), owed, moment, audience)) if missed else ()
    return Verdict(skipped=unsaid) if unsaid else NOTHING


# --- putting off


def put_off_until(today: date, days: int, deadline: date | None, calendar: Calendar) -> date | None:
    """The day on which a debt put off for so many days comes again: a working day, the deadline at the latest.

    None: it cannot be put off, no working day is left until its deadline.
    """
    until = calendar.working_day_after(today + timedelta(days=days - 1), 1)
    if deadline is not None and until > deadline:
        until = deadline if calendar.is_working_day(deadline) else calendar.working_day_before(deadline, 1)
    return until if until > today else None


def put_offs_offered(today: date, deadlines: Sequence[date | None], calendar: Calendar) -> Iterator[Literal[1, 3]]:
    """For how many days (1, 3) the debts of a reminder can be put off: each offered only where it changes something."""
    ends = {}
    for days in (1, 3):
        until = [put_off_until(today, days, deadline, calendar) for deadline in deadlines]
        ends[days] = max((day for day in until if day is not None), default=None)
    if ends[1] is not None:
        yield 1
    if ends[3] is not None and ends[3] != ends[1]:
        yield 3
