"""Participant IDs as a class has them: one for each №, who took it, the parent's consent. Claims are in `claims.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.names import Profile, ShownAs, short_name
from bot.domain.participant_ids import ParticipantNumber, new_number
from bot.storage import schema

_ISSUE = insert(schema.participant_ids)
_PLACES = select(schema.participant_ids.c.place).where(
    schema.participant_ids.c.class_id == bindparam("of_class"), schema.participant_ids.c.revoked_at.is_(None)
)
_OF_CLASS = (
    select(
        schema.participant_ids.c.number,
        schema.participant_ids.c.place,
        schema.participant_ids.c.parent_consent_at,
        schema.claims.c.claimed_at,
        schema.people.c.first_name,
        schema.people.c.last_initial,
        schema.people.c.shown_as,
    )
    .select_from(
        schema.participant_ids.outerjoin(
            schema.claims,
            and_(
                schema.claims.c.number == schema.participant_ids.c.number,
                schema.claims.c.released_at.is_(None),
            ),
        ).outerjoin(schema.people, schema.people.c.id == schema.claims.c.person_id)
    )
    .where(schema.participant_ids.c.class_id == bindparam("of_class"), schema.participant_ids.c.revoked_at.is_(None))
    .order_by(schema.participant_ids.c.place)
)
_TICK = (
    update(schema.participant_ids)
    .where(
        schema.participant_ids.c.class_id == bindparam("of_class"),
        schema.participant_ids.c.place == bindparam("of_place"),
        schema.participant_ids.c.revoked_at.is_(None),
    )
    .values(parent_consent_at=bindparam("at"), parent_consent_by=bindparam("teacher"))
)


@dataclass(frozen=True, slots=True)
class ClassNumber:
    """One № of a class. taken_by: the pupil's name as chosen to be shown; None: not taken, nameless or masked."""

    number: ParticipantNumber
    place: int
    claimed_at: datetime | None
    taken_by: str | None
    parent_consent_at: datetime | None


def issue_up_to(
    conn: Connection, class_id: ClassId, pupils: int, *, at: datetime, randbelow: Callable[[int], int]
) -> int:
    """Give an ID to each № from 1 to pupils that has none; how many are new.

    Raises IntegrityError for an ID that was issued before (once in 100 million classes): run again, chance differs.
    """
    taken = set(conn.execute(_PLACES, {"of_class": class_id}).scalars())
    rows = [
        {"number": new_number(randbelow), "class_id": class_id, "place": place, "issued_at": at}
        for place in range(1, pupils + 1)
        if place not in taken
    ]
    if rows:
        conn.execute(_ISSUE, rows)
    return len(rows)


def of_class(conn: Connection, class_id: ClassId) -> list[ClassNumber]:
    """The class's IDs in the order of their №, without revoked ones."""
    return [
        ClassNumber(
            row.number,
            row.place,
            row.claimed_at,
            _name(row.first_name, row.last_initial, row.shown_as),
            row.parent_consent_at,
        )
        for row in conn.execute(_OF_CLASS, {"of_class": class_id})
    ]


def tick_parent_consent(
    conn: Connection, class_id: ClassId, place: int, *, teacher: PersonId, at: datetime | None
) -> bool:
    """Note that the parent's paper is there, or with at=None that it is not; False if the class has no such №."""
    ticked = {"of_class": class_id, "of_place": place, "at": at, "teacher": None if at is None else teacher}
    return conn.execute(_TICK, ticked).rowcount == 1


def _name(first_name: str | None, last_initial: str | None, shown_as: str | None) -> str | None:
    if first_name is None or shown_as == ShownAs.MASKED:
        return None
    return short_name(Profile(first_name, last_initial or ""))
