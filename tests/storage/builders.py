"""People, schools and classes for the tests of storage; each test names only what matters to it."""

import secrets
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.school_classes import OrganisationType
from bot.storage import classes, participant_ids, schema, schools
from bot.storage.schema_duties import occasions, reminders
from bot.storage.schools import ListedSchool

NOON = datetime(2017, 11, 10, 9, 0, tzinfo=UTC)


def add_person(conn: Connection, first_name: str = "Анна", last_initial: str = "К") -> PersonId:
    """Somebody who agreed to take part."""
    row = insert(schema.people).returning(schema.people.c.id)
    values = {"first_name": first_name, "last_initial": last_initial, "created_at": NOON}
    return PersonId(conn.execute(row, values).scalar_one())


def add_school(
    conn: Connection,
    name: str = "СОШ № 5",
    *,
    settlement: str = "Ставрополь",
    municipality: str = "Город Ставрополь",
    organisation_type: OrganisationType = OrganisationType.SCHOOL,
) -> ListedSchool:
    """A school of the imported list."""
    school_id = schools.put(
        conn,
        municipality=municipality,
        settlement=settlement,
        name=name,
        organisation_type=organisation_type,
        rolls={},
    )
    school = schools.school(conn, school_id)
    assert school is not None
    return school


def add_class(
    conn: Connection, school: ListedSchool, teacher: PersonId, *, label: str = "9-А", pupils: int = 3
) -> ClassId:
    """A confirmed class with its IDs."""
    class_id = classes.put(conn, school.id, label, pupils, at=NOON)
    classes.assign(conn, class_id, teacher, at=NOON, decision=None)
    participant_ids.issue_up_to(conn, class_id, pupils, at=NOON, randbelow=secrets.randbelow)
    return class_id


def add_claim(conn: Connection, number: ParticipantNumber, person: PersonId) -> None:
    """The pupil took the ID."""
    conn.execute(insert(schema.claims), {"number": number, "person_id": person, "claimed_at": NOON})


def add_reminder(conn: Connection, person: PersonId, day: date, *, state: str = "sent", duty: str = "digest") -> None:
    """The person was reminded at noon of that day, by a message whose delivery ended so."""
    at = NOON + (day - NOON.date())
    body = conn.execute(insert(schema.bodies).returning(schema.bodies.c.id), {"random_id": 1, "created_at": at})
    row = {"body_id": body.scalar_one(), "messenger": "vk", "peer": person, "kind": "message", "lane": 2}
    sent = conn.execute(insert(schema.outbox).returning(schema.outbox.c.id), {**row, "state": state}).scalar_one()
    values = {"person_id": person, "day": day, "sent_at": at, "outbox_id": sent}
    reminder = conn.execute(insert(reminders).returning(reminders.c.id), values).scalar_one()
    of = {"person_id": person, "duty": duty, "subject": duty, "planned_on": day, "state": "sent"}
    conn.execute(insert(occasions), {**of, "reminder_id": reminder})
