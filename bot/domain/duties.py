"""Duties: who owes what by when, on which days somebody is reminded of it, and at which hours one may be written to.

A debt is never stored: it is computed from the data each time, so it ends at the moment it is settled.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.identifiers import PersonId


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
