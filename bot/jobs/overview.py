"""How the whole campaign stands on a day, as digests tell it; late debts are found by the rules of the duties.

Gathered once a round, in parts that hold nobody up: its pages of people come one after another, and all of them are
told the same.
"""

import weakref
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine

from bot.domain.climbing import Coordinators, Late
from bot.domain.digest import Figures, total
from bot.domain.identifiers import ClassId, PersonId
from bot.domain.roles import Municipality, Region, School, Scope
from bot.jobs.duty import Duty, Round
from bot.storage import coordinators, digests
from bot.storage.coordinators import ClassAt

FIRST_PERSON, LAST_PERSON = PersonId(0), PersonId(2**63 - 1)
CLASS: Final = "class:"
"""How the subject of a debt begins that a class owes: it climbs to the coordinators of the class's school."""
FEW_CLASSES = 500  # of so many at most, what changed is asked class by class
NOTHING: Final = Figures()


def around(school: School) -> tuple[Scope, Scope, Scope]:
    """The scopes that a school's matters belong to."""
    return school, Municipality(school.municipality), Region()


class ByScope:
    """Figures of schools, summed up for the scopes that are asked for."""

    def __init__(self, schools: Mapping[School, Figures]) -> None:
        self._parts: defaultdict[Scope, list[Figures]] = defaultdict(list)
        for school, figures in schools.items():
            for scope in around(school):
                self._parts[scope].append(figures)
        self._sums: dict[Scope, Figures] = {}

    def __getitem__(self, scope: Scope) -> Figures:
        if scope not in self._sums:
            parts = self._parts.get(scope, ())
            self._sums[scope] = parts[0] if len(parts) == 1 else total(parts) if parts else NOTHING
        return self._sums[scope]


class Overview:
    """The campaign as it stands at one instant.

    late: late debts by the scope that they lie in, longest late first. classes: by the subject of what they owe.
    coordinators: who coordinates each scope.
    """

    def __init__(self, round_: Round, climbing: Iterable[Duty]) -> None:
        """Nothing is known yet: `gather` asks for it, a part at a time."""
        self._round = round_
        self._calendar = round_.setting.campaign.calendar
        self._schools: Mapping[ClassId, School] = {}
        self._ids: defaultdict[Scope, list[ClassId]] = defaultdict(list)
        self.classes: Mapping[str, ClassAt] = {}
        self.coordinators: Coordinators = {}
        self.late: defaultdict[Scope, list[Late]] = defaultdict(list)
        self._standing = ByScope({})
        self._changed: dict[datetime, ByScope] = {}
        self._parts: deque[Callable[[Connection], None]] = deque((self._gather_classes, self._gather_coordinators))
        self._parts += (partial(self._gather_late, duty) for duty in climbing)
        self._parts += (self._sort_late, self._gather_standings)

    def gather(self, conn: Connection) -> bool:
        """Ask for the next part; whether all is there."""
        if self._parts:
            self._parts.popleft()(conn)
        return not self._parts

    def figures(self, conn: Connection, asked: Iterable[Sequence[Scope]], since: datetime) -> list[Figures]:
        """For each of the people asked for, the figures of their scopes together. since: of what changed."""
        every = list(asked)
        changed = self._changes(conn, {scope for scopes in every for scope in scopes}, since)
        return [total(part[scope] for scope in scopes for part in (self._standing, changed)) for scopes in every]

    def _changes(self, conn: Connection, scopes: Iterable[Scope], since: datetime) -> ByScope:
        known = self._changed.get(since)
        if known is not None:
            return known
        ids = {number for scope in scopes for number in self._ids.get(scope, ())}
        if len(ids) <= FEW_CLASSES:
            few = digests.changes(conn, self._schools, since=since, calendar=self._calendar, among=ids) if ids else {}
            return ByScope(few)
        every = digests.changes(conn, self._schools, since=since, calendar=self._calendar)
        self._changed[since] = ByScope(every)
        return self._changed[since]

    def _gather_classes(self, conn: Connection) -> None:
        found = coordinators.classes_at(conn)
        self._schools = {number: one.school for number, one in found.items()}
        for number, school in self._schools.items():
            for scope in around(school):
                self._ids[scope].append(number)
        self.classes = {f"{CLASS}{number}": one for number, one in found.items()}

    def _gather_coordinators(self, conn: Connection) -> None:
        self.coordinators = coordinators.by_scope(conn)

    def _gather_standings(self, conn: Connection) -> None:
        self._standing = ByScope(digests.standings(conn))

    def _gather_late(self, duty: Duty, conn: Connection) -> None:
        for one in self._late(conn, duty):
            for scope in around(one.school):
                self.late[scope].append(one)

    def _sort_late(self, conn: Connection) -> None:
        for some in self.late.values():
            some.sort(key=lambda one: (one.due, one.duty, one.subject))

    def _late(self, conn: Connection, duty: Duty) -> Iterator[Late]:
        today = self._calendar.local_day(self._round.at)
        everybody = replace(self._round, since=self._round.at, first=FIRST_PERSON, last=LAST_PERSON)
        for owed in duty.owed(conn, everybody):
            due, owing = duty.due(owed, self._calendar), self.classes.get(owed.subject)
            if owed.settled_at is None and due is not None and due < today and owing is not None:
                yield Late(duty.key, owed.subject, owed.person, owing.school, due)


class RoundsOverview:
    """The overview of the round in hand, kept until its last page. climbing: duties whose late debts are told."""

    def __init__(self, climbing: Iterable[Duty]) -> None:
        self._climbing = tuple(climbing)
        self._of: tuple[weakref.ref[Engine], datetime, date] | None = None
        self._up_to = FIRST_PERSON
        self._found: Overview | None = None

    def gather(self, conn: Connection, round_: Round) -> bool:
        """Gather a part of what `at` will need for the page; whether all of it is at hand."""
        return self._of_round(conn, round_).gather(conn)

    def at(self, conn: Connection, round_: Round) -> Overview:
        """The overview for a page. A page that does not come behind the one before begins a new round."""
        found = self._of_round(conn, round_)
        while not found.gather(conn):
            pass
        self._up_to = round_.last
        return found

    def _of_round(self, conn: Connection, round_: Round) -> Overview:
        today = round_.setting.campaign.calendar.local_day(round_.at)
        of = (weakref.ref(conn.engine), round_.since, today)
        if self._found is None or of != self._of or round_.first <= self._up_to:
            self._found, self._of, self._up_to = Overview(round_, self._climbing), of, FIRST_PERSON
        return self._found
