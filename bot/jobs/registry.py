"""Every duty there is. A new one is an entry in one of these three modules; nothing else learns of it."""

from bot.jobs import duties_of_coordinators, duties_of_participants, duties_of_teachers
from bot.jobs.duty import Duty

DUTIES: tuple[Duty, ...] = (
    *duties_of_teachers.DUTIES,
    *duties_of_participants.DUTIES,
    *duties_of_coordinators.DUTIES,
)
"""The most urgent first: in this order they stand in a message that joins several."""
