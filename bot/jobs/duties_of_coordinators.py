"""What coordinators are reminded of, and told of, by the clock."""

from collections.abc import Iterable

from bot.jobs import duties_of_participants, duties_of_teachers
from bot.jobs.digest import digest
from bot.jobs.duty import Duty
from bot.jobs.unanswered import APPLICATION


def duties(others: Iterable[Duty]) -> tuple[Duty, ...]:
    """The coordinators' part. others: every other duty; late debts of those that climb stand in the digest."""
    return APPLICATION, digest(duty for duty in others if duty.climbs)


DUTIES: tuple[Duty, ...] = duties((*duties_of_teachers.DUTIES, *duties_of_participants.DUTIES))
