"""Made-up duties over a real database: what people owe stands in a list, everything else is as in the bot."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import Connection, select

from bot.domain.calendar import Calendar
from bot.domain.duties import Audience, Owed, last_days
from bot.domain.identifiers import PersonId
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.job import Sliced
from bot.jobs.reminders import remind
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button, Limits
from bot.storage import outbox, people, schema
from bot.storage.job_runs import Run
from bot.storage.outbox import DeliveryState, Outcome
from bot.storage.schema_duties import occasions, reminders
from tests.conversations.chat import campaign
from tests.storage.builders import NOON, add_class, add_school
from tests.storage.conftest import transaction

LIMITS = Limits(
    text=4096, label=40, payload=255, per_row=5, inline_rows=6, inline_buttons=10, menu_rows=10, menu_buttons=40
)
CAMPAIGN = campaign()
SETTING = Setting(CAMPAIGN, LIMITS, "https://vk.me/ugu")
MOSCOW = ZoneInfo("Europe/Moscow")
LONG_AGO = datetime(2017, 11, 8, tzinfo=UTC)
VOTING_ENDS = date(2017, 12, 3)


class Settle(BaseModel, frozen=True, extra="forbid", strict=True):
    """The button of a made-up duty."""

    kind: str = "settle"
    subject: str


def moscow(text: str) -> datetime:
    """An instant by the Moscow clock, as "2017-11-12 14:05"."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW).astimezone(UTC)


def november(*days: int) -> list[date]:
    return [date(2017, 11, day) for day in days]


@dataclass
class Debts:
    """What people owe by one duty; settle one and it is settled."""

    standing: dict[tuple[PersonId, str], Owed] = field(default_factory=dict)

    def owe(self, person: PersonId, subject: str = "class:1", *, since: datetime = LONG_AGO) -> None:
        self.standing[person, subject] = Owed(person, subject, since)

    def settle(self, person: PersonId, subject: str = "class:1", *, at: datetime) -> None:
        self.standing[person, subject] = replace(self.standing[person, subject], settled_at=at)

    def owed(self, conn: Connection, round_: Round) -> Iterable[Owed]:
        for one in self.standing.values():
            if round_.first <= one.person <= round_.last and (one.settled_at is None or one.settled_at > round_.since):
                yield one


def told(locale: str, owed: Owed, setting: Setting) -> Told:
    return Told(f"Сделайте {owed.subject}", [Button(f"Готово {owed.subject}", Settle(subject=owed.subject))])


def duty(
    debts: Debts, days: Sequence[date], key: str = "documents", audience: Audience = Audience.TEACHERS, **more: Any
) -> Duty:
    """A duty with planned days that are the same for everybody."""
    return Duty(key, audience, debts.owed, lambda owed, calendar: days, told, **more)


def last_days_of_voting(debts: Debts) -> Duty:
    """News of the last three days of voting."""

    def only_on(day: date, calendar: Calendar) -> bool:
        return day in last_days(VOTING_ENDS, 3)

    days = last_days(VOTING_ENDS, 3)
    return duty(debts, days, "last-days", Audience.PARTICIPANTS, news="last-days", only_on=only_on)


# --- people


def teachers(conn: Connection, count: int = 1) -> list[PersonId]:
    """Teachers, each with a class and an account; the accounts are those after the ones there are."""
    school = add_school(conn)
    persons = [_person(conn) for _ in range(count)]
    for person in persons:
        add_class(conn, school, person, label=f"9-{person}")
    return persons


def coordinates_too(conn: Connection, person: PersonId) -> None:
    """The person is a coordinator of the region as well."""
    conn.execute(
        schema.roles.insert(),
        {"person_id": person, "role": "coordinator", "scope_kind": "region", "scope_id": 0, "granted_at": NOON},
    )


def coordinators(conn: Connection) -> list[PersonId]:
    person = _person(conn)
    coordinates_too(conn, person)
    return [person]


def participants(conn: Connection, count: int = 1) -> list[PersonId]:
    """Pupils of one class who took their IDs."""
    class_id = add_class(conn, add_school(conn, "СОШ № 7"), _person(conn), pupils=count)
    numbers = conn.execute(
        select(schema.participant_ids.c.number).where(schema.participant_ids.c.class_id == class_id)
    ).scalars()
    persons = []
    for number in numbers.all():
        person = _person(conn)
        conn.execute(schema.claims.insert(), {"number": number, "person_id": person, "claimed_at": NOON})
        persons.append(person)
    return persons


def _person(conn: Connection) -> PersonId:
    known = conn.execute(select(schema.accounts.c.id).order_by(schema.accounts.c.id.desc()).limit(1)).scalar() or 0
    return people.join(conn, "vk", 1000 + known, at=NOON)


# --- rounds


@dataclass
class Rounds:
    """The schedule's part: rounds at instants of the campaign, each from its first slice to its last."""

    duties: Sequence[Duty]
    setting: Setting = SETTING
    since: datetime = LONG_AGO
    real: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    arrives: bool = True
    """Whether the messages are delivered at once."""

    def at(self, conn: Connection, when: str | datetime, audience: Audience = Audience.TEACHERS) -> Sliced:
        """What one round did, all its slices together."""
        at = moscow(when) if isinstance(when, str) else when
        run = Run(1, f"reminders-{audience}", at, 0, self.since)
        done = Sliced(0)
        while done.cursor is not None:
            run = replace(run, cursor=done.cursor)
            more = remind(conn, run, at, self.real, audience=audience, duties=self.duties, setting=self.setting)
            done = Sliced(
                more.cursor, [*done.deliveries, *more.deliveries], done.recipients + more.recipients,
                done.skipped + more.skipped, done.unreachable + more.unreachable,
            )  # fmt: skip
        if self.arrives and done.deliveries:
            sent = [Outcome(one.id, DeliveryState.SENT, cmid=1, closed_at=self.real) for one in done.deliveries]
            outbox.note_outcomes(conn, sent)
        self.since = at
        self.real += timedelta(hours=1)
        return done


def texts(done: Sliced) -> list[str]:
    return [delivery.body.text for delivery in done.deliveries]


def recorded(conn: Connection) -> list[tuple[date, str]]:
    """All occasions, by day."""
    rows = select(occasions.c.planned_on, occasions.c.state).order_by(occasions.c.planned_on, occasions.c.id)
    return [(day, state) for day, state in conn.execute(rows)]


def messages(conn: Connection) -> list[tuple[PersonId, date]]:
    """The automatic messages there were."""
    rows = select(reminders.c.person_id, reminders.c.day).order_by(reminders.c.day, reminders.c.person_id)
    return [(PersonId(person), day) for person, day in conn.execute(rows)]


Committed = Callable[[Callable[[Connection], Any]], Any]


@contextmanager
def committing(url: str) -> Iterator[Committed]:
    """Does pieces of work in a transaction each."""

    def commit(work: Callable[[Connection], Any]) -> Any:
        with transaction(url) as conn:
            return work(conn)

    yield commit
