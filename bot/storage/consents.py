"""Consents: to take part, and - apart from it - to be named in public. Which version, when given, when withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select, text, update

from bot.domain.identifiers import PersonId
from bot.storage.columns import Instant
from bot.storage.schema import consents


class ConsentKind(StrEnum):
    """What somebody agreed to."""

    PARTICIPATION = "participation"  # to the campaign keeping name and acts
    PUBLICATION = "publication"  # to the name in the top list, results, on screens


@dataclass(frozen=True, slots=True)
class StandingConsent:
    """A consent that was not withdrawn."""

    kind: ConsentKind
    version: str
    given_at: datetime


_GIVE = text(
    "INSERT INTO consents (person_id, kind, version, given_at) VALUES (:person, :kind, :version, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Instant))
_STANDING = (
    select(consents.c.kind, consents.c.version, consents.c.given_at)
    .where(consents.c.person_id == bindparam("person"), consents.c.withdrawn_at.is_(None))
    .order_by(consents.c.id)
)
_WITHDRAW = (
    update(consents)
    .where(
        consents.c.person_id == bindparam("person"),
        consents.c.kind == bindparam("of_kind"),
        consents.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("at"))
)


def give(conn: Connection, person: PersonId, kind: ConsentKind, *, version: str, at: datetime) -> None:
    """Keep the consent; one that stands already stays as it was given."""
    conn.execute(_GIVE, {"person": person, "kind": kind.value, "version": version, "at": at})


def withdraw(conn: Connection, person: PersonId, kind: ConsentKind, *, at: datetime) -> None:
    """Note that the consent no longer stands."""
    conn.execute(_WITHDRAW, {"person": person, "of_kind": kind.value, "at": at})


def standing(conn: Connection, person: PersonId) -> dict[ConsentKind, StandingConsent]:
    """The consents that stand."""
    rows = conn.execute(_STANDING, {"person": person})
    return {ConsentKind(row.kind): StandingConsent(ConsentKind(row.kind), row.version, row.given_at) for row in rows}
