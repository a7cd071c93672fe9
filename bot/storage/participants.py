"""Participants as others meet them: an ID, who is behind it, where they learn, how many votes they have."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select

from bot.domain.identifiers import PersonId
from bot.domain.names import Participant, ShownAs
from bot.domain.participant_ids import IssuedNumber, ParticipantNumber
from bot.storage.hot import Asked, Hot
from bot.storage.people import profile_of
from bot.storage.schema import (
    claims,
    classes,
    consents,
    municipalities,
    participant_ids,
    people,
    schools,
    tallies,
)

NAMED = (
    people.c.first_name,
    people.c.last_initial,
    people.c.shown_as,
    people.c.is_adult,
    participant_ids.c.parent_consent_at,
    consents.c.id.label("publication"),
)
"""The columns that `named` reads, for statements of other subjects that join `CLAIMED`."""

CLAIMED = (
    participant_ids.outerjoin(claims, and_(claims.c.number == participant_ids.c.number, claims.c.released_at.is_(None)))
    .outerjoin(people, people.c.id == claims.c.person_id)
    .outerjoin(
        consents,
        and_(consents.c.person_id == people.c.id, consents.c.kind == "publication", consents.c.withdrawn_at.is_(None)),
    )
)

_FOUND = Hot(
    select(
        participant_ids.c.number,
        participant_ids.c.class_id,
        participant_ids.c.place,
        participant_ids.c.revoked_at,
        claims.c.person_id,
        claims.c.claimed_at,
        municipalities.c.name.label("municipality"),
        tallies.c.votes,
        *NAMED,
    )
    .select_from(
        CLAIMED.join(classes, classes.c.id == participant_ids.c.class_id)
        .join(schools, schools.c.id == classes.c.school_id)
        .join(municipalities, municipalities.c.id == schools.c.municipality_id)
        .outerjoin(tallies, tallies.c.number == participant_ids.c.number)
    )
    .where(participant_ids.c.number == bindparam("wanted"))
)
_NUMBER_OF = Hot(
    select(claims.c.number).where(claims.c.person_id == bindparam("person"), claims.c.released_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """An issued ID. named: what decides how its participant is shown; votes: those that count."""

    issued: IssuedNumber
    named: Participant
    municipality: str
    votes: int


def found(conn: Connection, number: ParticipantNumber) -> FoundNumber | None:
    """The ID, None if it was never issued."""
    return as_found(_FOUND.first(conn, {"wanted": number}))


def looking_up(number: ParticipantNumber) -> Asked:
    """Finds an ID; its row is what `as_found` takes."""
    return _FOUND, {"wanted": number}


def as_found(row: Any) -> FoundNumber | None:
    """The ID of a row that `looking_up` has found, None for none."""
    if row is None:
        return None
    issued = IssuedNumber(row.number, row.class_id, row.place, row.person_id, row.claimed_at, row.revoked_at)
    return FoundNumber(issued, named(row), row.municipality, row.votes or 0)


def number_of(conn: Connection, person: PersonId) -> ParticipantNumber | None:
    """The ID that the person took."""
    number: ParticipantNumber | None = _NUMBER_OF.scalar(conn, {"person": person})
    return number


def named(row: Row[*tuple[object, ...]]) -> Participant:
    """What decides how the participant of a row with `number` and the columns `NAMED` is shown."""
    return Participant(
        row.number,
        profile_of(row.first_name, row.last_initial),
        ShownAs(row.shown_as or ShownAs.MASKED),
        is_adult=bool(row.is_adult),
        has_parental_consent=row.parent_consent_at is not None,
        agrees_to_publication=row.publication is not None,
    )
