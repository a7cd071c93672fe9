"""Invitation codes, accepted: what a code grants is shown before anything is taken; the inviter learns who took it."""

import re
from typing import assert_never

from pydantic import BaseModel

from bot.domain.invitations import (
    AppointmentAccepted,
    Invitation,
    InvitationExpired,
    InvitationRevoked,
    InvitationTaken,
    InvitationVerdict,
    OwnInvitation,
    RoleRefused,
    judge_acceptance,
    read_invitation_code,
)
from bot.domain.links import InvitationRef, read_ref
from bot.domain.quotations import one_line
from bot.domain.roles import Role
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import menu_button, menu_only
from bot.messenger.keyboards import Button, Colour, Keyboard, column
from bot.messenger.replies import Replies, Rewrite, Say, as_sequence
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import OpenApplications, OpenSummary
from bot.presses.invitations import AcceptInvitation, AsksCode, EnterInvitation, ShowInvitation
from bot.presses.menu import OpenMenu
from bot.presses.teachers import AddClass
from bot.storage import decisions, invitations, people, roles
from bot.storage.decisions import Decision, Deed, Subject
from bot.wording import say

router = Router()
router.phrase("phrase-enter-code", EnterInvitation())

_TYPED = re.compile(r"\s*/?(?:код|приглашение|code|invitation)[\s:]+(?P<code>\S.{0,38}?)\s*", re.IGNORECASE)
LONGEST_CODE = 40
LONGEST_TYPED = 100  # with the word before it; a longer text is no code, and not worth trying every cut of


@router.recognises
def typed_code(text: str) -> BaseModel | None:
    """«Код ABCD-…», or a code alone."""
    match = _typed(text)
    if match is not None:
        return ShowInvitation(code=read_invitation_code(match["code"]) or one_line(match["code"]) or "?")
    code = read_invitation_code(text)
    return None if code is None else ShowInvitation(code=code)


@router.opens
def linked_code(ref: str) -> BaseModel | None:
    """An invitation's deep link."""
    read = read_ref(ref)
    return ShowInvitation(code=read.code) if isinstance(read, InvitationRef) else None


@router.pressed(EnterInvitation)
def ask_code(press: EnterInvitation, work: Work) -> Replies:
    work.ask(AsksCode())
    return Rewrite(say(work.locale, "invitation-enter"), menu_only(work.locale))


@router.answered(AsksCode)
def take_code(question: AsksCode, work: Work) -> Replies:
    typed = work.event.content.text.strip()
    match = _typed(typed)
    code = match["code"] if match is not None else typed[:LONGEST_CODE]
    if not code or read_invitation_code(code) is None:
        return Say(say(work.locale, "invitation-mistyped"), menu_only(work.locale))
    work.ask(None)
    return _shown(work, code)


@router.pressed(ShowInvitation)
def show_invitation(press: ShowInvitation, work: Work) -> Replies:
    return _shown(work, press.code)


def _shown(work: Work, typed: str) -> Replies:
    """Role and scope, with «Принять»; or why the code is of no use."""
    invitation = _found(work, typed)
    if invitation is None:
        work.ask(AsksCode())
        return Say(say(work.locale, "invitation-unknown"), menu_only(work.locale))
    verdict = judge_acceptance(invitation, roles.actor(work.conn, work.who), at=work.now)
    if not isinstance(verdict, AppointmentAccepted):
        return _useless(work, invitation, verdict)
    code = read_invitation_code(typed) or typed  # as it was issued, whatever invisible signs came along
    accept = Button(say(work.locale, "button-accept-invitation"), AcceptInvitation(code=code), Colour.POSITIVE)
    text = say(
        work.locale,
        "invitation-shown",
        grant=letters.grant_line(work, invitation.grant, work.locale),
        inviter=involved.name_of(work, invitation.invited_by, work.locale),
        until=letters.moment(work, work.locale, invitation.expires_at),
    )
    return Say(text, column(accept, menu_button(work.locale)))


def _typed(text: str) -> re.Match[str] | None:
    return _TYPED.fullmatch(text) if len(text) <= LONGEST_TYPED else None


def _found(work: Work, typed: str) -> Invitation | None:
    code = read_invitation_code(typed)
    return None if code is None else invitations.by_code(work.conn, code)


@router.pressed(AcceptInvitation)
def accept_invitation(press: AcceptInvitation, work: Work) -> Replies:
    invitation = _found(work, press.code)
    if invitation is None:
        return Rewrite(say(work.locale, "invitation-unknown"), menu_only(work.locale))
    verdict = judge_acceptance(invitation, roles.actor(work.conn, work.who), at=work.now)
    if not isinstance(verdict, AppointmentAccepted):
        return _useless(work, invitation, verdict)
    if not invitations.take(work.conn, invitation.id, work.who, at=work.now):
        return Rewrite(say(work.locale, "invitation-just-taken"), menu_only(work.locale))
    line = Decision(work.now, work.who, Deed.APPOINT, Subject.INVITATION, str(invitation.id))
    journal = decisions.record(work.conn, line)
    roles.appoint(work.conn, work.who, invitation.grant, at=work.now, decision=journal)
    # With the role the menu below the input changes, and only a new message can bring it.
    menu = work.proceed(OpenMenu().model_dump_json())
    return [_appointed(work, invitation), *as_sequence(menu), *_inviter_told(work, invitation)]


def _appointed(work: Work, invitation: Invitation) -> Rewrite:
    text = say(
        work.locale,
        "invitation-accepted",
        grant=letters.grant_line(work, invitation.grant, work.locale),
        role=invitation.grant.role.value,
    )
    if invitation.grant.role is Role.TEACHER:
        add = Button(say(work.locale, "button-add-class"), AddClass(), Colour.PRIMARY)
        return Rewrite(text, column(add, menu_button(work.locale)))
    if invitation.grant.role is not Role.COORDINATOR:
        return Rewrite(text, menu_only(work.locale))
    waiting = Button(say(work.locale, "label-applications"), OpenApplications(), Colour.PRIMARY)
    summary = Button(say(work.locale, "label-summary"), OpenSummary())
    return Rewrite(text, Keyboard([[waiting], [summary, menu_button(work.locale)]]))


def _inviter_told(work: Work, invitation: Invitation) -> list[Say]:
    reader = None if invitation.invited_by is None else people.address_of(work.conn, invitation.invited_by)
    if reader is None:
        return []
    text = say(
        reader.locale,
        "invitation-taken-notice",
        who=involved.introduction(work, work.who, reader.locale),
        grant=letters.grant_line(work, invitation.grant, reader.locale),
    )
    return [Say(text, to=involved.address(reader))]


def _useless(work: Work, invitation: Invitation, verdict: InvitationVerdict) -> Rewrite:
    locale = work.locale
    match verdict:
        case InvitationTaken(taken_at, by_same_person):
            sentence = "invitation-yours-already" if by_same_person else "invitation-taken"
            text = say(locale, sentence, at=letters.moment(work, locale, taken_at))
        case InvitationRevoked():
            text = say(locale, "invitation-revoked")
        case InvitationExpired(expired_at):
            text = say(locale, "invitation-expired", at=letters.moment(work, locale, expired_at))
        case OwnInvitation():
            text = say(locale, "invitation-own")
        case RoleRefused(why):
            text = say(locale, "may-not", why=why.value)
        case AppointmentAccepted():
            raise ValueError(f"invitation {invitation.id} can be accepted")
        case _:
            assert_never(verdict)
    return Rewrite(text, menu_only(locale))
