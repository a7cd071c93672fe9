"""An invitation: a one-time code by which somebody is appointed to a role in a scope.

Who may issue which is in `roles.py`. Here: the code itself, and whether it can still be accepted - by somebody else
than the inviter, once, in time, and not by a participant where it makes a teacher.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

from bot.domain.codes import grouped, new_code, read_code
from bot.domain.identifiers import InvitationId, PersonId
from bot.domain.roles import Actor, ApplyAsTeacher, Grant, Refused, Role, Why, may

InvitationCode = NewType("InvitationCode", str)

LENGTH: Final = 16
LIFETIME: Final = timedelta(days=14)
"""How long a code can be accepted."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An issued invitation. invited_by: None for the command line."""

    id: InvitationId
    grant: Grant
    invited_by: PersonId | None
    expires_at: datetime
    taken_by: PersonId | None = None
    taken_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppointmentAccepted:
    """The person holds the grant from now on."""

    person: PersonId
    grant: Grant


@dataclass(frozen=True, slots=True)
class InvitationTaken:
    """Used before. by_same_person: the same press repeated, so the appointment stands."""

    taken_at: datetime
    by_same_person: bool


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """The inviter took it back."""


@dataclass(frozen=True, slots=True)
class InvitationExpired:
    """Not accepted in time."""

    expired_at: datetime


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """Nobody appoints themselves."""


@dataclass(frozen=True, slots=True)
class RoleRefused:
    """The person cannot hold the role, whoever invites."""

    why: Why


InvitationVerdict = (
    AppointmentAccepted | InvitationTaken | InvitationRevoked | InvitationExpired | OwnInvitation | RoleRefused
)


def judge_acceptance(invitation: Invitation, actor: Actor, *, at: datetime) -> InvitationVerdict:
    """Say whether the person is appointed; of several reasons to refuse, the first below is told."""
    if invitation.taken_at is not None:
        return InvitationTaken(invitation.taken_at, invitation.taken_by == actor.person)
    if invitation.revoked_at is not None:
        return InvitationRevoked()
    if at >= invitation.expires_at:
        return InvitationExpired(invitation.expires_at)
    if invitation.invited_by == actor.person:
        return OwnInvitation()
    if invitation.grant.role is Role.TEACHER:
        permission = may(actor, ApplyAsTeacher())
        if isinstance(permission, Refused):
            return RoleRefused(permission.why)
    return AppointmentAccepted(actor.person, invitation.grant)


def new_invitation_code(randbelow: Callable[[int], int]) -> InvitationCode:
    """A code nobody can guess (about 60 bits), if `randbelow` is `secrets.randbelow`."""
    return InvitationCode(new_code(LENGTH, randbelow))


def read_invitation_code(text: str) -> InvitationCode | None:
    """The code a person typed, None if the text cannot be one."""
    code = read_code(text, LENGTH)
    return None if code is None else InvitationCode(code)


def shown_invitation_code(code: InvitationCode) -> str:
    """As people read it, in groups of four."""
    return grouped(code, 4)
