"""`ugubot invite`: a one-time code for a coordinator, an issuer, a school's reporter or a teacher."""

import asyncio
import secrets
from datetime import datetime

from sqlalchemy import Connection

from bot.commands.operator_error import OperatorError
from bot.config import Settings
from bot.domain.invitations import LIFETIME, InvitationCode, new_invitation_code, shown_invitation_code
from bot.domain.roles import Grant, Municipality, Region, Role, School, Scope
from bot.kept_clock import stored_clock
from bot.storage import decisions, invitations, schools
from bot.storage.database import Database
from bot.storage.decisions import Decision, Deed, Subject
from bot.storage.migrating import upgrade


async def invitation(settings: Settings, role: str, municipality: str | None, school: str | None) -> str:
    """A new code as people read it. Raises OperatorError for a place that is not on the list."""
    await asyncio.to_thread(upgrade, settings.database_url)
    database = Database(settings.database_url)
    try:
        clock = await stored_clock(database, settings)
        scope = await database.write(scope_named, municipality, school)
        if role == Role.TEACHER and not isinstance(scope, School):
            raise OperatorError("a teacher's code is bound to a school: name it with --school")
        code = await database.write(issue, Role(role), scope, at=clock.now())
    finally:
        await database.close()
    return shown_invitation_code(code)


def issue(conn: Connection, role: Role, scope: Scope, *, at: datetime) -> InvitationCode:
    """A new code, written into the journal; only its hash is stored. at: campaign time."""
    code = new_invitation_code(secrets.randbelow)
    grant = Grant(role, scope)
    number = invitations.issue(conn, code, grant, invited_by=None, at=at, expires_at=at + LIFETIME)
    decisions.record(conn, Decision(at, None, Deed.INVITE, Subject.INVITATION, str(number), details=role.value))
    return code


def scope_named(conn: Connection, municipality: str | None, school: str | None) -> Scope:
    """The scope that the operator named: nothing is the whole region.

    Raises OperatorError for a name that is not on the list, or stands for several.
    """
    if municipality is None and school is None:
        return Region()
    if school is not None:
        found = schools.search(conn, f"{school} {municipality or ''}", [Region()], page=0, size=2).schools
        if len(found) != 1:
            names = "; ".join(f"{one.name}, {one.settlement}" for one in found) or "none"
            raise OperatorError(f"--school {school}: found {names}, expected words that fit exactly one school")
        return found[0].scope
    known = schools.municipalities(conn, [Region()])
    fitting = [one for one in known if (municipality or "").casefold() in one.name.casefold()]
    if len(fitting) != 1:
        names = "; ".join(one.name for one in fitting or known) or "none: import schools first"
        raise OperatorError(f"--municipality {municipality}: expected exactly one of: {names}")
    return Municipality(fitting[0].id)
