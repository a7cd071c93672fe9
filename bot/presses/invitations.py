"""Buttons around one-time invitation codes: accepting one, issuing and revoking them."""

from typing import Literal

from pydantic import BaseModel

from bot.presses.fields import CodeField, InvitationField, MunicipalityField, PageField, SchoolField, SearchField

InvitedRole = Literal["coordinator", "teacher"]


class EnterInvitation(BaseModel, frozen=True, extra="forbid", strict=True):
    """«У меня есть код»: asks for it."""

    kind: Literal["enter-code"] = "enter-code"


class ShowInvitation(BaseModel, frozen=True, extra="forbid", strict=True):
    """A code from a link or a typed «Код ABCD…»: shows role and scope before anything is accepted."""

    kind: Literal["invitation"] = "invitation"
    code: CodeField


class AcceptInvitation(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Принять»."""

    kind: Literal["accept-invitation"] = "accept-invitation"
    code: CodeField


class AsksCode(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a code."""

    kind: Literal["asks-code"] = "asks-code"


class OpenInvitations(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Приглашения»: those issued, and new ones."""

    kind: Literal["invitations"] = "invitations"
    page: PageField = 0


class InviteTo(BaseModel, frozen=True, extra="forbid", strict=True):
    """Begin a new invitation: where to."""

    kind: Literal["invite"] = "invite"
    role: InvitedRole
    level: Literal["municipality", "school"]
    words: SearchField | None = None
    page: PageField = 0


class IssueInvitation(BaseModel, frozen=True, extra="forbid", strict=True):
    """Issue the code; exactly one of the two scopes is named."""

    kind: Literal["issue-invitation"] = "issue-invitation"
    role: InvitedRole
    municipality: MunicipalityField | None = None
    school: SchoolField | None = None


class RevokeInvitation(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отозвать»."""

    kind: Literal["revoke-invitation"] = "revoke-invitation"
    invitation: InvitationField


class AsksInvitedSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for words to find the school that somebody is invited to."""

    kind: Literal["asks-invited-school"] = "asks-invited-school"
    role: InvitedRole
