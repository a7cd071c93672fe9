"""A coordinator's daily digest: what it tells, and whether there is anything to tell.

It goes only when something is new since the last one: something changed, a debt came to be late for this level, a
message was refused, or it is time to look after the schools without a teacher. What has merely stood still is told
along with news, never by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import Calendar
from bot.domain.climbing import Escalated
from bot.domain.identifiers import PersonId
from bot.domain.reports import ReportStage
from bot.domain.roles import Scope, covers

SCHOOLS_MISSED_FROM: Final = 3  # the day of the teachers' registration from which schools without a teacher are told


@dataclass(frozen=True, slots=True)
class Figures:
    """How a school, or a scope of schools, stands, and what changed there since the last digest; or a part of that.

    reached, reported: classes by stage, in all and newly reported. without_teacher: schools. unreachable: teachers
    whose accounts take no messages; refused: those who refused one since.
    """

    registered: int = 0
    reached: Mapping[ReportStage, int] = field(default_factory=dict)
    without_teacher: int = 0
    unreachable: frozenset[PersonId] = frozenset()
    classes: int = 0
    reported: Mapping[ReportStage, int] = field(default_factory=dict)
    participants: int = 0
    votes: int = 0
    refused: frozenset[PersonId] = frozenset()

    @property
    def has_changed(self) -> bool:
        """Whether anything happened since the last digest."""
        return bool(self.classes or any(self.reported.values()) or self.participants or self.votes or self.refused)

    def owing(self, stage: ReportStage) -> int:
        """How many classes have not made the report."""
        return self.registered - self.reached.get(stage, 0)


@dataclass(frozen=True, slots=True)
class LateDuty:
    """All late debts of one duty: how many, and the longest late ones to name."""

    duty: str
    count: int
    longest: Sequence[Escalated]


def total(parts: Iterable[Figures]) -> Figures:
    """The figures of all together; whoever teaches at two schools is one unreachable person."""
    every = list(parts)
    return Figures(
        registered=sum(one.registered for one in every),
        reached=_by_stage([one.reached for one in every]),
        without_teacher=sum(one.without_teacher for one in every),
        unreachable=frozenset().union(*(one.unreachable for one in every)),
        classes=sum(one.classes for one in every),
        reported=_by_stage([one.reported for one in every]),
        participants=sum(one.participants for one in every),
        votes=sum(one.votes for one in every),
        refused=frozenset().union(*(one.refused for one in every)),
    )


def has_news(
    figures: Figures, late: Iterable[Escalated], calendar: Calendar, *, told_on: date | None, today: date
) -> bool:
    """Whether a digest goes today. told_on: the day of the last one, None before the first."""
    return (
        figures.has_changed
        or any(one.is_new for one in late)
        or _is_first_look_at_schools(figures, calendar, told_on=told_on, today=today)
    )


def news_since(told_at: datetime | None, appointed_at: datetime, calendar: Calendar) -> datetime:
    """From when on something is new to a coordinator: the minute of their last digest, else the day of appointment.

    Rounded, so that the many who were told in one round hear of the same time.
    """
    if told_at is not None:
        return told_at.replace(second=0, microsecond=0)
    return datetime.combine(calendar.local_day(appointed_at), time.min, calendar.zone).astimezone(UTC)


def tells_of_schools(calendar: Calendar, today: date) -> bool:
    """Whether schools without a teacher are told: from the third day of the teachers' registration to its last."""
    return _schools_missed_from(calendar) <= today <= calendar.periods.teachers.last


def by_duty(found: Iterable[Escalated], *, named: int) -> list[LateDuty]:
    """The late debts duty by duty, in the order of their longest late; `named` of each to be told by name."""
    groups: dict[str, list[Escalated]] = {}
    for one in found:
        groups.setdefault(one.late.duty, []).append(one)
    return [LateDuty(duty, len(group), group[:named]) for duty, group in groups.items()]


def widest(scopes: Iterable[Scope]) -> list[Scope]:
    """The scopes without those that lie within another: nothing is counted twice."""
    every = list(dict.fromkeys(scopes))
    return [one for one in every if not any(other != one and covers(other, one) for other in every)]


def percent(part: int, whole: int) -> int:
    """The part in whole per cent, rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _schools_missed_from(calendar: Calendar) -> date:
    return calendar.periods.teachers.first + timedelta(days=SCHOOLS_MISSED_FROM - 1)


def _is_first_look_at_schools(figures: Figures, calendar: Calendar, *, told_on: date | None, today: date) -> bool:
    was_told = told_on is not None and told_on >= _schools_missed_from(calendar)
    return figures.without_teacher > 0 and tells_of_schools(calendar, today) and not was_told


def _by_stage(counts: Sequence[Mapping[ReportStage, int]]) -> dict[ReportStage, int]:
    return {stage: sum(one.get(stage, 0) for one in counts) for stage in ReportStage}
