"""What a duty is to the engine: one entry of the registry says everything about it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.domain.calendar import Calendar
from bot.domain.duties import Audience, Owed
from bot.domain.identifiers import PersonId
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button
from bot.messenger.replies import Recipe


@dataclass(frozen=True, slots=True)
class Round:
    """One look at what the people with ids from `first` to `last` owe at the campaign instant `at`.

    since: what was settled before then was recorded by an earlier round. shared: what several duties ask alike of these
    people, by its name.
    """

    setting: Setting
    at: datetime
    since: datetime
    first: PersonId
    last: PersonId
    shared: dict[str, Any] = field(default_factory=dict, init=False, compare=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A debt in words, with the buttons that settle it and, where there is one, a picture."""

    text: str
    buttons: Sequence[Button] = ()
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the methodology's table of reminders.

    key: its lasting name. audience: whose hours it keeps. owed: whom it concerns and what settles it, asked of the
    data. reminds: the local days on which it reminds. due: the last day in time, None where nothing is ever late.
    told: its words and buttons in a language; together: of more than three at once, None where each is always told by
    itself. climbs: late ones appear in the coordinators' digests. news: the kind of news that a person may mute; None
    for a duty of a role, which can only be put off. only_on: whether anybody at all can be reminded on that day, for
    news that go by the calendar alone: on other days the data are not asked. gathers: whether what a round needs
    beforehand is at hand; else it gathers a part of it, some 20 ms, and is asked again.
    """

    key: str
    audience: Audience
    owed: Callable[[Connection, Round], Iterable[Owed]]
    reminds: Callable[[Owed, Calendar], Sequence[date]]
    told: Callable[[str, Owed, Setting], Told]
    together: Callable[[str, Sequence[Owed], Setting], Told] | None = None
    due: Callable[[Owed, Calendar], date | None] = lambda owed, calendar: None
    climbs: bool = False
    news: str | None = None
    only_on: Callable[[date, Calendar], bool] = lambda day, calendar: True
    gathers: Callable[[Connection, Round], bool] = lambda conn, round_: True
