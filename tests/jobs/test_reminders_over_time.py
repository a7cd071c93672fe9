"""Whatever the clock, people and the messenger do: the promises of reminders, over random courses of events."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, bindparam, select

from bot.domain.calendar import Calendar
from bot.domain.duties import NEWS, Audience, DisturbingHours, Owed, may_disturb, reminds_until, slot
from bot.domain.identifiers import PersonId
from bot.jobs.reminders import ORDER
from bot.storage import outbox, put_offs, reminders
from bot.storage.engines import writing_engine
from bot.storage.outbox import Delivery, DeliveryState, Outcome
from bot.storage.put_offs import ToldDebt
from bot.storage.reminders import WhichDebt
from bot.storage.schema_duties import occasions
from tests.jobs.debts import (
    CAMPAIGN,
    Debts,
    Rounds,
    coordinates_too,
    duty,
    last_days_of_voting,
    moscow,
    participants,
    teachers,
)

CALENDAR: Calendar = CAMPAIGN.calendar
HOURS: DisturbingHours = CAMPAIGN.hours
KEYS = {"documents": Audience.TEACHERS, "digest": Audience.COORDINATORS, "last-days": Audience.PARTICIPANTS}
DAYS = {
    "documents": [date(2017, 11, day) for day in (9, 10, 13, 15, 17, 20, 21, 22, 23, 29)],
    "digest": [date(2017, 11, day) for day in range(9, 31) if CALENDAR.is_working_day(date(2017, 11, day))],
    "last-days": [date(2017, 12, day) for day in (1, 2, 3)],
}
# All who owe something, and what; the first teacher is a coordinator as well.
OWED = [(0, "documents"), (0, "documents-2"), (0, "digest"), (1, "documents"), (2, "last-days")]

SENT = select(occasions.c.person_id, occasions.c.duty, occasions.c.subject, occasions.c.planned_on).where(
    occasions.c.state == "sent", occasions.c.planned_on < bindparam("today")
)

Event = tuple[str, int]
EVENTS = st.one_of(
    st.tuples(st.just("minutes"), st.integers(-200, 600)),
    st.tuples(st.just("days"), st.integers(-6, 9)),
    st.tuples(st.sampled_from(["settle", "arise", "put off", "mute", "want"]), st.integers(0, len(OWED) - 1)),
    st.tuples(st.sampled_from(["sending fails", "sending works"]), st.just(0)),
)


@dataclass
class Course:
    """One course of events over one database."""

    conn: Connection
    persons: list[PersonId]
    peers: dict[int, PersonId]
    now: datetime = field(default_factory=lambda: moscow("2017-11-08 14:00"))
    fails: bool = False
    debts: dict[str, Debts] = field(default_factory=lambda: {key: Debts() for key in KEYS})
    day_of: Counter[tuple[PersonId, date]] = field(default_factory=Counter)
    arrived: Counter[tuple[WhichDebt, date]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        duties = [
            duty(self.debts["documents"], DAYS["documents"]),
            last_days_of_voting(self.debts["last-days"]),
            duty(self.debts["digest"], DAYS["digest"], "digest", Audience.COORDINATORS, news="digest"),
        ]
        self.rounds = {audience: Rounds(duties, since=self.now, arrives=False) for audience in Audience}
        for number in range(len(OWED)):
            self.happens("arise", number)

    # --- events

    def happens(self, event: str, number: int) -> None:
        match event:
            case "minutes" | "days":
                self.now += timedelta(**{event: number})
            case "sending fails" | "sending works":
                self.fails = event == "sending fails"
            case _:
                self.now += timedelta(seconds=1)
                self._happens_to(event, *self._debt(number))
                return  # the schedule looks when the clock moves on
        self._work_off()

    def _debt(self, number: int) -> tuple[PersonId, str, str]:
        who, subject = OWED[number]
        return self.persons[who], subject.removesuffix("-2"), subject

    def _happens_to(self, event: str, person: PersonId, key: str, subject: str) -> None:
        standing = self.debts[key].standing.get((person, subject))
        if event == "arise" and (standing is None or standing.settled_at is not None):
            self.debts[key].owe(person, subject, since=self.now)
        elif event == "settle" and standing is not None and standing.settled_at is None:
            self.debts[key].settle(person, subject, at=self.now)
        elif event == "put off":
            until = CALENDAR.next_working_day(CALENDAR.local_day(self.now))
            put_offs.put_off(self.conn, person, [(ToldDebt(key, subject, None), until)])
        elif event == "mute":
            reminders.mute(self.conn, person, key, at=self.now)
        elif event == "want":
            reminders.unmute(self.conn, person, key)

    # --- the schedule, wherever the clock stands

    def _work_off(self) -> None:
        for audience in ORDER:
            if may_disturb(audience, self.now, CALENDAR, HOURS):
                rounds = self.rounds[audience]
                rounds.since = min(rounds.since, self.now)
                done = rounds.at(self.conn, self.now, audience)
                for delivery in done.deliveries:
                    self._arrives(delivery)

    def _arrives(self, delivery: Delivery) -> None:
        person = self.peers[delivery.peer]
        today = CALENDAR.local_day(self.now)
        self.day_of[person, today] += 1
        stands_for = reminders.told_up_to(self.conn, KEYS, person, person, today)
        for subject in re.findall(r"Сделайте (\S+)", delivery.body.text):
            told = WhichDebt(person, subject.removesuffix("-2"), subject)
            assert may_disturb(KEYS[told.duty], self.now, CALENDAR, HOURS)
            assert self.debts[told.duty].standing[person, subject].settled_at is None
            self._wanted(told)
            self.arrived[told, stands_for[told]] += not self.fails
        state = DeliveryState.EXPIRED if self.fails else DeliveryState.SENT
        at = self.rounds[Audience.TEACHERS].real
        outbox.note_outcomes(self.conn, [Outcome(delivery.id, state, closed_at=at)])

    def _wanted(self, told: WhichDebt) -> None:
        if told.duty in NEWS:
            assert told.duty not in reminders.muted(self.conn, told.person)
        else:
            until = reminders.put_off(self.conn, told.person, told.person).get(told, date.min)
            assert until <= CALENDAR.local_day(self.now)

    # --- at last

    def ends_well(self) -> None:
        """Days pass in which nothing goes wrong; then nothing that stands is left untold."""
        self.fails = False
        start = max(CALENDAR.local_day(self.now), date(2017, 11, 9))
        for ahead in range(1, 8):
            for hour in (12, 15, 16):
                day = start + timedelta(days=ahead)
                self.now = moscow(f"{day} {hour}:00")
                self._work_off()
        today = CALENDAR.local_day(self.now)
        known = reminders.told_up_to(self.conn, KEYS, self.persons[0], self.persons[-1], today)
        goes_on = {key for key, audience in KEYS.items() if today <= reminds_until(audience, CALENDAR)}
        for key in goes_on:
            for (person, subject), owed in self.debts[key].standing.items():
                passed = [day for day in _planned_for(key, owed) if day <= today - timedelta(days=3)]
                if owed.settled_at is None and passed:
                    assert known.get(WhichDebt(person, key, subject), date.min) >= max(passed)
        for person, key, subject, day in self.conn.execute(SENT, {"today": today}):
            assert key not in goes_on or self.arrived[WhichDebt(person, key, subject), day] == 1

    def keeps_its_promises(self) -> None:
        assert max(self.day_of.values(), default=0) <= 1
        assert max(self.arrived.values(), default=0) <= 1


def _planned_for(key: str, owed: Owed) -> list[date]:
    """The duty's days whose hour came after the debt had arisen; the last one in any case."""
    days = DAYS[key]
    return [day for day in days if day == days[-1] or slot(KEYS[key], day, CALENDAR, HOURS) > owed.since]


@pytest.fixture(scope="module")
def populated(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[tuple[Connection, list[PersonId]]]:
    """A database with two teachers, of whom one is a coordinator, and a participant."""
    file = tmp_path_factory.mktemp("over-time") / "ugubot.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    engine = writing_engine(f"sqlite:///{file}")
    with engine.connect() as conn:
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        persons = [*teachers(conn, 2), *participants(conn, 1)]
        coordinates_too(conn, persons[0])
        conn.exec_driver_sql("COMMIT")
        yield conn, persons
    engine.dispose()


@given(events=st.lists(EVENTS, max_size=25))
@settings(max_examples=50)
@example(events=[("days", 1), ("minutes", 60), ("days", -1), ("days", 1)])
@example(events=[("days", 1), ("put off", 3), ("minutes", 120)])
@example(events=[("sending fails", 0), ("days", 1), ("minutes", 60), ("days", 1), ("sending works", 0), ("days", 1)])
@example(events=[("days", 1), ("minutes", 60), ("put off", 0), ("days", 3), ("settle", 0), ("arise", 0), ("days", 2)])
@example(events=[("days", 9), ("days", 5), ("minutes", 300), ("settle", 3), ("arise", 3)])
@example(events=[("days", 9), ("days", 9), ("days", 9), ("days", 9)])
@example(events=[("days", 2), ("settle", 3), ("days", 1), ("arise", 3), ("mute", 2), ("days", 20), ("minutes", 120)])
def test_whatever_happens_the_promises_of_reminders_are_kept(
    events: list[Event], populated: tuple[Connection, list[PersonId]]
) -> None:
    conn, persons = populated
    conn.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        peers = {reader.user_id: person for person, reader in reminders.readers(conn, persons).items()}
        course = Course(conn, persons, peers)
        for event, number in events:
            course.happens(event, number)
        course.ends_well()
        course.keeps_its_promises()
    finally:
        conn.exec_driver_sql("ROLLBACK")
