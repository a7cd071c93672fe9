"""Invitations: one-time codes by which people are appointed. Of a code only its hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, and_, bindparam, func, insert, select, update

from bot.domain.identifiers import InvitationId, PersonId
from bot.domain.invitations import Invitation, InvitationCode
from bot.domain.roles import Grant, Role
from bot.storage import schema
from bot.storage.roles import read_scope, stored_scope

_COLUMNS = (*schema.invitations.c, schema.schools.c.municipality_id)
_WITH_SCHOOL = schema.invitations.outerjoin(
    schema.schools,
    and_(schema.invitations.c.scope_kind == "school", schema.schools.c.id == schema.invitations.c.scope_id),
)
_ADD = insert(schema.invitations).returning(schema.invitations.c.id)
_BY_CODE = select(*_COLUMNS).select_from(_WITH_SCHOOL).where(schema.invitations.c.code_hash == bindparam("hashed"))
_BY_ID = select(*_COLUMNS).select_from(_WITH_SCHOOL).where(schema.invitations.c.id == bindparam("invitation"))
_ISSUED_BY = (
    select(*_COLUMNS)
    .select_from(_WITH_SCHOOL)
    .where(schema.invitations.c.invited_by == bindparam("inviter"))
    .order_by(schema.invitations.c.id.desc())
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY_BY = select(func.count()).where(schema.invitations.c.invited_by == bindparam("inviter"))
_TAKE = (
    update(schema.invitations)
    .where(
        schema.invitations.c.id == bindparam("invitation"),
        schema.invitations.c.used_at.is_(None),
        schema.invitations.c.revoked_at.is_(None),
    )
    .values(used_by=bindparam("taker"), used_at=bindparam("at"))
)
_REVOKE = (
    update(schema.invitations)
    .where(
        schema.invitations.c.id == bindparam("invitation"),
        schema.invitations.c.used_at.is_(None),
        schema.invitations.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Some of the invitations that somebody issued, newest first, and how many there are in all."""

    invitations: list[Invitation]
    issued: int


def issue(
    conn: Connection,
    code: InvitationCode,
    grant: Grant,
    *,
    invited_by: PersonId | None,
    at: datetime,
    expires_at: datetime,
) -> InvitationId:
    """Store a new invitation. invited_by: None for the command line, which appoints the first coordinator."""
    kind, within = stored_scope(grant.scope)
    values = {
        "code_hash": _hashed(code),
        "role": grant.role.value,
        "scope_kind": kind,
        "scope_id": within,
        "invited_by": invited_by,
        "created_at": at,
        "expires_at": expires_at,
    }
    return InvitationId(conn.execute(_ADD, values).scalar_one())


def by_code(conn: Connection, code: InvitationCode) -> Invitation | None:
    """The invitation behind the code, taken, revoked and expired ones too."""
    row = conn.execute(_BY_CODE, {"hashed": _hashed(code)}).one_or_none()
    return None if row is None else _read(row)


def by_id(conn: Connection, invitation: InvitationId) -> Invitation | None:
    """The invitation of that id."""
    row = conn.execute(_BY_ID, {"invitation": invitation}).one_or_none()
    return None if row is None else _read(row)


def issued_by(conn: Connection, inviter: PersonId, *, page: int, size: int) -> InvitationsPage:
    """What the person issued."""
    rows = conn.execute(_ISSUED_BY, {"inviter": inviter, "most": size, "skipped": page * size})
    issued = conn.execute(_HOW_MANY_BY, {"inviter": inviter}).scalar_one()
    return InvitationsPage([_read(row) for row in rows], issued)


def take(conn: Connection, invitation: InvitationId, person: PersonId, *, at: datetime) -> bool:
    """Use it up for the person; False if somebody was faster, or it was revoked meanwhile."""
    return conn.execute(_TAKE, {"invitation": invitation, "taker": person, "at": at}).rowcount == 1


def revoke(conn: Connection, invitation: InvitationId, *, at: datetime) -> bool:
    """Take it back; False if somebody has accepted it already, or it was revoked before."""
    return conn.execute(_REVOKE, {"invitation": invitation, "at": at}).rowcount == 1


def _hashed(code: InvitationCode) -> str:
    # 60 random bits need no salt: there is nothing to guess from, and the hash has to be found again.
    return sha256(code.encode()).hexdigest()


def _read(row: Row[*tuple[Any, ...]]) -> Invitation:
    grant = Grant(Role(row.role), read_scope(row.scope_kind, row.scope_id, row.municipality_id))
    return Invitation(row.id, grant, row.invited_by, row.expires_at, row.used_by, row.used_at, row.revoked_at)
