"""«Приглашения»: a coordinator issues one-time codes for scopes narrower than the own, sees and revokes them."""

import secrets

from bot.domain.identifiers import MunicipalityId, SchoolId
from bot.domain.invitations import LIFETIME, Invitation, new_invitation_code, shown_invitation_code
from bot.domain.links import InvitationRef, link
from bot.domain.quotations import one_line
from bot.domain.roles import Allowed, Grant, Invite, Municipality, Refused, Region, Role, School, Scope, may
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import Row, menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard, column
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.invitations import (
    AsksInvitedSchool,
    InvitedRole,
    InviteTo,
    IssueInvitation,
    OpenInvitations,
    RevokeInvitation,
)
from bot.storage import decisions, invitations, roles, schools
from bot.storage.decisions import Decision, Deed, Subject
from bot.wording import say

router = Router()
router.phrase("phrase-invitations", OpenInvitations())

PER_PAGE = 4
ISSUED_PER_PAGE = 3
LONGEST_QUERY = 60


@router.pressed(OpenInvitations)
def open_invitations(press: OpenInvitations, work: Work) -> Replies:
    own = involved.coordinated(roles.actor(work.conn, work.who))
    if not own:
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    issued = invitations.issued_by(work.conn, work.who, page=press.page, size=ISSUED_PER_PAGE)
    lines = "\n".join(_issued_line(work, one) for one in issued.invitations)
    revoking: Row = [
        Button(say(work.locale, "button-revoke", number=one.id), RevokeInvitation(invitation=one.id), Colour.NEGATIVE)
        for one in issued.invitations
        if one.taken_at is None and one.revoked_at is None
    ]
    turning = page_buttons(press.page, ISSUED_PER_PAGE, issued.issued, lambda other: OpenInvitations(page=other))
    text = say(work.locale, "invitations-listed", issued=issued.issued, lines=lines)
    return Rewrite(text, Keyboard([*_new_ones(work, own), revoking, turning, [menu_button(work.locale)]]))


def _new_ones(work: Work, own: list[Scope]) -> list[Row]:
    """What the person may invite to: coordinators strictly below, teachers within."""
    coordinators: Row = []
    teachers = Button(say(work.locale, "button-invite-teacher"), InviteTo(role="teacher", level="school"))
    if any(isinstance(scope, Region) for scope in own):
        to_municipality = InviteTo(role="coordinator", level="municipality")
        coordinators.append(Button(say(work.locale, "button-invite-municipality"), to_municipality))
    if any(isinstance(scope, Region | Municipality) for scope in own):
        to_school = InviteTo(role="coordinator", level="school")
        coordinators.append(Button(say(work.locale, "button-invite-school"), to_school))
    return [coordinators, [teachers]]


def _issued_line(work: Work, invitation: Invitation) -> str:
    state = "waiting"
    if invitation.taken_at is not None:
        state = "taken"
    elif invitation.revoked_at is not None:
        state = "revoked"
    elif work.now >= invitation.expires_at:
        state = "expired"
    taker = involved.name_of(work, invitation.taken_by, work.locale) if invitation.taken_by is not None else ""
    return say(
        work.locale,
        "invitation-line",
        number=invitation.id,
        grant=letters.grant_line(work, invitation.grant, work.locale),
        state=state,
        who=taker,
        until=letters.moment(work, work.locale, invitation.expires_at),
    )


# --- where to


@router.pressed(InviteTo)
def choose_place(press: InviteTo, work: Work) -> Replies:
    own = involved.coordinated(roles.actor(work.conn, work.who))
    if not own:
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    if press.level == "municipality":
        return _municipalities(work, own, press)
    work.ask(AsksInvitedSchool(role=press.role))
    if press.words is None and any(not isinstance(scope, School) for scope in own):
        return Rewrite(say(work.locale, "invite-which-school", role=press.role), column(_back(work)))
    return _schools(work, own, press)


@router.answered(AsksInvitedSchool)
def look_for_school(question: AsksInvitedSchool, work: Work) -> Replies:
    own = involved.coordinated(roles.actor(work.conn, work.who))
    words = one_line(work.event.content.text)[:LONGEST_QUERY].rstrip()
    if not own or not words:
        return Say(say(work.locale, "invite-which-school", role=question.role), column(_back(work)))
    return _schools(work, own, InviteTo(role=question.role, level="school", words=words))


def _municipalities(work: Work, own: list[Scope], press: InviteTo) -> Rewrite:
    found = schools.municipalities(work.conn, own)
    shown = found[press.page * PER_PAGE : (press.page + 1) * PER_PAGE]
    rows: list[Row] = [
        [Button(one.name, IssueInvitation(role=press.role, municipality=one.id), Colour.PRIMARY)] for one in shown
    ]
    turning = _turning(press, len(found))
    return Rewrite(say(work.locale, "invite-which-municipality"), Keyboard([*rows, turning, [_back(work)]]))


def _schools(work: Work, own: list[Scope], press: InviteTo) -> Rewrite:
    hits = schools.search(work.conn, press.words or "", own, page=press.page, size=PER_PAGE)
    if not hits.schools:
        return Rewrite(say(work.locale, "schools-none", words=press.words or ""), column(_back(work)))
    first = press.page * PER_PAGE + 1
    lines = "\n".join(
        f"{number}. {letters.school_line(work.locale, school)}" for number, school in enumerate(hits.schools, first)
    )
    rows: list[Row] = [
        [Button(f"{number}. {school.name}", IssueInvitation(role=press.role, school=school.id))]
        for number, school in enumerate(hits.schools, first)
    ]
    text = say(work.locale, "schools-found", found=hits.found, lines=lines)
    return Rewrite(text, Keyboard([*rows, _turning(press, hits.found), [_back(work)]]))


def _turning(press: InviteTo, found: int) -> Row:
    return page_buttons(press.page, PER_PAGE, found, lambda other: press.model_copy(update={"page": other}))


def _back(work: Work) -> Button:
    return Button(say(work.locale, "label-invitations"), OpenInvitations())


# --- issuing, revoking


@router.pressed(IssueInvitation)
def issue_invitation(press: IssueInvitation, work: Work) -> Replies:
    grant = _granted(work, press.role, press.municipality, press.school)
    if grant is None:
        return Rewrite(say(work.locale, "may-not", why="out_of_scope"), column(_back(work)))
    permission = may(roles.actor(work.conn, work.who), Invite(grant.role, grant.scope))
    if isinstance(permission, Refused):
        return Rewrite(say(work.locale, "may-not", why=permission.why.value), column(_back(work)))
    code = new_invitation_code(secrets.randbelow)
    expires_at = work.now + LIFETIME
    invitation = invitations.issue(work.conn, code, grant, invited_by=work.who, at=work.now, expires_at=expires_at)
    decisions.record(work.conn, Decision(work.now, work.who, Deed.INVITE, Subject.INVITATION, str(invitation)))
    text = say(
        work.locale,
        "invitation-issued",
        grant=letters.grant_line(work, grant, work.locale),
        code=shown_invitation_code(code),
        link=link(work.link_base, InvitationRef(code)),
        until=letters.moment(work, work.locale, expires_at),
    )
    return Rewrite(text, column(_back(work), menu_button(work.locale)))


def _granted(
    work: Work, role: InvitedRole, municipality: MunicipalityId | None, school: SchoolId | None
) -> Grant | None:
    """What the press names; None for none or two scopes, or one that does not exist."""
    if (municipality is None) == (school is None):
        return None
    if school is not None:
        listed = schools.school(work.conn, school)
        return None if listed is None else Grant(Role(role), listed.scope)
    if municipality is None or schools.municipality(work.conn, municipality) is None:
        return None
    return Grant(Role(role), Municipality(municipality))


@router.pressed(RevokeInvitation)
def revoke_invitation(press: RevokeInvitation, work: Work) -> Replies:
    invitation = invitations.by_id(work.conn, press.invitation)
    if invitation is None or not _may_revoke(work, invitation):
        return Rewrite(say(work.locale, "may-not", why="out_of_scope"), column(_back(work)))
    if not invitations.revoke(work.conn, invitation.id, at=work.now):
        return Rewrite(say(work.locale, "invitation-revoked-too-late"), column(_back(work)))
    line = Decision(work.now, work.who, Deed.REVOKE_INVITATION, Subject.INVITATION, str(invitation.id))
    decisions.record(work.conn, line)
    return Rewrite(say(work.locale, "invitation-is-revoked"), column(_back(work)))


def _may_revoke(work: Work, invitation: Invitation) -> bool:
    """Whoever issued it; or a coordinator who could have issued it."""
    if invitation.invited_by == work.who:
        return True
    actor = roles.actor(work.conn, work.who)
    return isinstance(may(actor, Invite(invitation.grant.role, invitation.grant.scope)), Allowed)
