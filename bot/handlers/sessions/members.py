"""«Участники»: who joined; moving somebody, naming helpers and jurors."""

from bot.domain.identifiers import MemberId
from bot.domain.sessions.teams import (
    AlreadyThere,
    LeadsSession,
    MemberRole,
    Moving,
    Placed,
    SitsOnJury,
    VotedForIt,
    VoteIsOpen,
    judge_moving,
)
from bot.handlers.sessions.access import Leading, preparing
from bot.handlers.sessions.buttons import Row, home_button, labelled, paged
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import AppointMember, ListMembers, MoveMember, OpenMember, PutMember
from bot.storage import session_acts, session_members, sessions
from bot.storage.session_members import Member
from bot.wording import say
from bot.wording.sessions import say_member, say_team

router = Router()
PAGE = 4
MOVES = 7  # teams a page: two ways on and one back besides


@router.pressed(ListMembers, before_consent=True)
def list_members(press: ListMembers, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _list(work, found, press)


def _list(work: Work, found: Leading, press: ListMembers) -> Rewrite:
    locale, session = work.locale, found.session.id
    everybody = session_members.of_session(work.conn, session)
    members = [one for one in everybody if _is_wanted(one, press.only)]
    shown = members[press.page * PAGE : (press.page + 1) * PAGE]
    teams = {team.id: team for team in found.stands.teams}
    people: Row = [
        Button(say_member(locale, one.number, one.name), OpenMember(session=session, member=one.id)) for one in shown
    ]
    turning = paged(press.page, PAGE, len(members), lambda to: ListMembers(session=session, only=press.only, page=to))
    filters: Row = [
        Button(say(locale, "button-session-members-only", only=only), ListMembers(session=session, only=only))
        for only in ("all", "teamless", "roles")
        if only != press.only
    ]
    lines = "\n".join(
        say(
            locale,
            "session-member-line",
            name=say_member(locale, one.number, one.name),
            role=one.role.value,
            team=say_team(locale, teams[one.team]) if one.team in teams else "",
            placed="yes" if one.team in teams else "no",
        )
        for one in shown
    )
    text = say(locale, "session-members", only=press.only, people=len(members), lines=lines)
    return Rewrite(text, Keyboard([people[:2], people[2:], turning, filters, [home_button(locale, session)]]))


def _is_wanted(member: Member, only: str) -> bool:
    if only == "teamless":
        return member.role is MemberRole.MEMBER and member.team is None
    return only == "all" or member.role is not MemberRole.MEMBER


# --- one member


@router.pressed(OpenMember, before_consent=True)
def open_member(press: OpenMember, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _member(work, found, press.member)


def _known(work: Work, found: Leading, member: MemberId) -> Member | None:
    """The member, if of this session."""
    one = session_members.lock(work.conn, member)
    return one if one is not None and one.session == found.session.id else None


def _member(work: Work, found: Leading, member_id: MemberId) -> Rewrite:
    locale, session = work.locale, found.session.id
    one = _known(work, found, member_id)
    if one is None:
        return _list(work, found, ListMembers(session=session))
    teams = {team.id: team for team in found.stands.teams}
    text = say(
        locale,
        "session-member",
        name=say_member(locale, one.number, one.name),
        role=one.role.value,
        team=say_team(locale, teams[one.team]) if one.team in teams else "",
        placed="yes" if one.team in teams else "no",
    )
    appointing: Row = [
        Button(
            say(locale, "button-session-appoint", role=role),
            AppointMember(session=session, member=one.id, role=role),
        )
        for role in ("member", "juror", "helper")
        if role != one.role.value and one.role is not MemberRole.MODERATOR
    ]
    moving: Row = []
    if one.role is MemberRole.MEMBER and teams:
        moving.append(labelled(locale, "button-session-move", MoveMember(session=session, member=one.id)))
    back: Row = [
        labelled(locale, "button-session-members", ListMembers(session=session)),
        home_button(locale, session),
    ]
    return Rewrite(text, Keyboard([moving, appointing, back]))


@router.pressed(MoveMember, before_consent=True)
def choose_team(press: MoveMember, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    locale, teams = work.locale, found.stands.teams
    shown = teams[press.page * MOVES : (press.page + 1) * MOVES]
    buttons: Row = [
        Button(say_team(locale, team), PutMember(session=press.session, member=press.member, team=team.id))
        for team in shown
    ]
    turning = paged(
        press.page,
        MOVES,
        len(teams),
        lambda to: MoveMember(session=press.session, member=press.member, page=to),
    )
    rows: list[Row] = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    one = _known(work, found, press.member)
    name = "" if one is None else say_member(locale, one.number, one.name)
    text = say(locale, "session-move-where", name=name)
    return Rewrite(text, Keyboard([*rows, turning, [home_button(locale, press.session)]]))


@router.pressed(PutMember, before_consent=True)
def put(press: PutMember, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    one, teams = _known(work, found, press.member), {team.id: team for team in found.stands.teams}
    if one is None or press.team not in teams:
        return _list(work, found, ListMembers(session=press.session))
    step = found.stands.course.step
    vote_open = step is not None and step.is_open_vote
    verdict = judge_moving(session_members.placing(work.conn, one), press.team, vote_open=vote_open)
    if isinstance(verdict, Placed):
        session_members.place(work.conn, one.id, verdict.team)
        before = teams[one.team].name if one.team in teams else ""
        _changed(work, found, "move", who=one.number, team=teams[press.team].name, before=before)
        return _member(work, found, one.id)
    if isinstance(verdict, AlreadyThere):
        return _member(work, found, one.id)
    return PopUp(_not_moved(work, verdict))


def _not_moved(work: Work, verdict: Moving) -> str:
    match verdict:
        case VoteIsOpen():
            return say(work.locale, "session-move-vote-open")
        case VotedForIt():
            return say(work.locale, "session-move-voted-for")
        case LeadsSession():
            return say(work.locale, "session-move-leads")
        case SitsOnJury():
            return say(work.locale, "session-move-juror")
        case Placed() | AlreadyThere():
            raise AssertionError("nothing refused")


@router.pressed(AppointMember, before_consent=True)
def appoint(press: AppointMember, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    one, step = _known(work, found, press.member), found.stands.course.step
    if one is None or one.role is MemberRole.MODERATOR:
        return _list(work, found, ListMembers(session=press.session))
    if step is not None and step.is_open_vote:
        return PopUp(say(work.locale, "session-appoint-vote-open"))
    if found.me.role is not MemberRole.MODERATOR and MemberRole.HELPER in (MemberRole(press.role), one.role):
        return PopUp(say(work.locale, "session-only-moderator-appoints"))
    if press.role != one.role.value:
        session_members.appoint(work.conn, one.id, MemberRole(press.role))
        _changed(work, found, "appoint", who=one.number, role=press.role)
    return _member(work, found, one.id)


def _changed(work: Work, found: Leading, deed: str, **details: str | int) -> None:
    session_acts.note(work.conn, found.session.id, found.me.id, deed, at=work.now, **details)
    sessions.revise(work.conn, found.session.id)
    work.wake_sessions()
