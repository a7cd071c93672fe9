"""Claims: who took which ID, and the wrong tries that lock claiming for a while."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.claims import LOCK, ClaimAccepted
from bot.domain.identifiers import PersonId
from bot.storage.schema import accounts, claims, failed_claims

_ADD = insert(claims)
_MISSES = select(failed_claims.c.at).where(
    failed_claims.c.person_id == bindparam("person"), failed_claims.c.at > bindparam("since")
)
_NOTE_MISS = insert(failed_claims)
_FORGET_MISSES = delete(failed_claims).where(
    failed_claims.c.person_id == bindparam("person"), failed_claims.c.at <= bindparam("until")
)
_ANY_CLAIMANT = (
    select(accounts.c.user_id)
    .join(claims, claims.c.person_id == accounts.c.person_id)
    .where(accounts.c.messenger == bindparam("messenger"), accounts.c.user_id.is_not(None))
    .where(claims.c.released_at.is_(None))
    .limit(1)
)


def add(conn: Connection, claim: ClaimAccepted) -> None:
    """Store a claim.

    Raises IntegrityError if the ID was taken, or the person took another, meanwhile.
    """
    conn.execute(_ADD, {"number": claim.number, "person_id": claim.person, "claimed_at": claim.claimed_at})


def any_claimant(conn: Connection, messenger: str) -> int | None:
    """The account of somebody who has an ID, whoever it is; None while nobody has."""
    return conn.execute(_ANY_CLAIMANT, {"messenger": messenger}).scalar()


def misses(conn: Connection, person: PersonId, *, at: datetime) -> tuple[datetime, ...]:
    """When the person tried an unknown, taken or revoked ID lately: as far back as it can still lock claiming."""
    return tuple(conn.execute(_MISSES, {"person": person, "since": at - 2 * LOCK}).scalars())


def note_miss(conn: Connection, person: PersonId, *, at: datetime) -> None:
    """Keep a wrong try, and forget those that no longer matter."""
    conn.execute(_FORGET_MISSES, {"person": person, "until": at - 2 * LOCK})
    conn.execute(_NOTE_MISS, {"person_id": person, "at": at})
