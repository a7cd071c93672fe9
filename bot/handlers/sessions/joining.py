"""Joining a session by «Вступить», which is the consent to it, and choosing a team until «Команды собраны»."""

from bot.domain.identifiers import TeamId
from bot.domain.links import SessionRef, read_ref
from bot.domain.sessions.teams import (
    AlreadyThere,
    Joining,
    LeadsSession,
    MemberRole,
    Placed,
    SitsOnJury,
    Team,
    TeamsGathered,
    judge_joining,
)
from bot.handlers.sessions.access import is_elsewhere, is_open_to, member_of
from bot.handlers.sessions.buttons import Row, labelled, menu_button, paged
from bot.messenger.keyboards import Button, Colour, Keyboard, Link
from bot.messenger.replies import Ask, PopUp, Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.sessions import ChooseTeam, EnterSession, ForgetMe, HandInWork, JoinSession
from bot.storage import session_members, sessions
from bot.storage.session_members import Member, WasErased
from bot.storage.sessions import Session
from bot.wording import say
from bot.wording.sessions import say_member, say_team

router = Router()
router.phrase("phrase-session-forget", ForgetMe())
PAGE = 4


# --- «Вступить»


@router.pressed_in_conversation(JoinSession)
def join_there(press: JoinSession, work: Work) -> Replies:
    session = sessions.by_code(work.conn, press.code)
    if session is None or is_elsewhere(work, session):
        return PopUp(say(work.locale, "session-elsewhere"))
    if not session.state.is_live:
        return PopUp(say(work.locale, "session-is-over"))
    joined = _joined(work, session, named=press.named)
    if isinstance(joined, WasErased):
        return PopUp(say(work.locale, "session-erased"))
    is_new, member = joined
    return [PopUp(_welcome(work, session, member)), *([Ask("name")] if is_new and press.named else [])]


def _joined(work: Work, session: Session, *, named: bool) -> tuple[bool, Member] | WasErased:
    """The member, and whether they have just joined; pressing the other of the two buttons changes how they are
    shown."""
    event, before = work.event, member_of(work, session.id)
    if before is not None:
        if before.named != named and before.role is MemberRole.MEMBER:
            session_members.show(work.conn, before.id, named=named)
            work.wake_sessions()
        return before.profile is None, session_members.by_id(work.conn, before.id) or before
    role = MemberRole.MEMBER
    joined = session_members.join(
        work.conn, session.id, event.messenger, event.user_id, named=named, role=role, at=work.now
    )
    if isinstance(joined, WasErased):
        return joined
    work.wake_sessions()
    member = session_members.by_id(work.conn, joined)
    assert member is not None
    return True, member


def _welcome(work: Work, session: Session, member: Member) -> str:
    if member.role is not MemberRole.MEMBER:
        return say(work.locale, "session-joined-role", role=member.role.value)
    if member.team is not None:
        team = _team(work, session, member)
        return say(work.locale, "session-joined-in-team", team="" if team is None else team.name)
    return say(work.locale, "session-joined", gathered="yes" if session.gathered else "no")


def _team(work: Work, session: Session, member: Member) -> Team | None:
    return next((team for team in session_members.teams_of(work.conn, session.id) if team.id == member.team), None)


# --- a team


@router.pressed(ChooseTeam, before_consent=True)
@router.pressed_in_conversation(ChooseTeam)
def choose_team(press: ChooseTeam, work: Work) -> Replies:
    session = sessions.lock(work.conn, press.session)  # «Команды собраны» must not come in between
    if session is None or not is_open_to(work, session):
        return PopUp(say(work.locale, "session-elsewhere"))
    if not session.state.is_live:
        return PopUp(say(work.locale, "session-is-over"))
    member = member_of(work, session.id)
    teams = {team.id: team for team in session_members.teams_of(work.conn, session.id)}
    if member is None:
        return PopUp(say(work.locale, "session-join-first"))
    if press.team not in teams:
        return PopUp(say(work.locale, "session-team-gone"))
    verdict = judge_joining(session_members.placing(work.conn, member), press.team, gathered=session.gathered)
    if isinstance(verdict, Placed):
        session_members.place(work.conn, member.id, verdict.team)
        work.wake_sessions()
    answer = PopUp(_placed(work, verdict, teams))
    if work.event.in_conversation:
        return answer
    return [answer, _entered(work, session, session_members.by_id(work.conn, member.id), 0)]


def _placed(work: Work, verdict: Joining, teams: dict[TeamId, Team]) -> str:
    match verdict:
        case Placed(team) | AlreadyThere(team):
            return say(work.locale, "session-team-chosen", team=teams[team].name)
        case TeamsGathered(team):
            if team is None:
                return say(work.locale, "session-team-late")
            return say(work.locale, "session-team-fixed", team=teams[team].name)
        case LeadsSession():
            return say(work.locale, "session-move-leads")
        case SitsOnJury():
            return say(work.locale, "session-joined-role", role=MemberRole.JUROR.value)


# --- in one's own dialogue


@router.opens
def open_link(ref: str) -> EnterSession | None:
    read = read_ref(ref)
    return EnterSession(code=read.code) if isinstance(read, SessionRef) else None


@router.pressed(EnterSession, before_consent=True)
def enter(press: EnterSession, work: Work) -> Replies:
    session = sessions.by_code(work.conn, press.code)
    if session is None or not session.state.is_live:
        return Rewrite(say(work.locale, "session-link-over"), Keyboard([[menu_button(work.locale)]]))
    return _entered(work, session, member_of(work, session.id), press.page)


@router.pressed(JoinSession, before_consent=True)
def join_here(press: JoinSession, work: Work) -> Replies:
    session = sessions.by_code(work.conn, press.code)
    if session is None or not session.state.is_live:
        return Rewrite(say(work.locale, "session-link-over"), Keyboard([[menu_button(work.locale)]]))
    joined = _joined(work, session, named=press.named)
    if isinstance(joined, WasErased):
        return PopUp(say(work.locale, "session-erased"))
    is_new, member = joined
    asks = [Ask("name")] if is_new and press.named else []
    return [PopUp(_welcome(work, session, member)), *asks, _entered(work, session, member, 0)]


def _entered(work: Work, session: Session, member: Member | None, page: int) -> Rewrite:
    locale = work.locale
    if member is None:
        text = say(locale, "session-notice", title=session.title, days=work.campaign.session_days)
        join, unnamed = JoinSession(code=session.code), JoinSession(code=session.code, named=False)
        return Rewrite(
            text,
            Keyboard(
                [
                    [labelled(locale, "button-session-join", join, Colour.POSITIVE)],
                    [labelled(locale, "button-session-join-unnamed", unnamed)],
                    [menu_button(locale)],
                ]
            ),
        )
    team = _team(work, session, member)
    text = say(
        locale,
        "session-entered",
        title=session.title,
        name=say_member(locale, member.number, member.name),
        role=member.role.value,
        team="" if team is None else say_team(locale, team),
        placed="no" if team is None else "yes",
        gathered="yes" if session.gathered else "no",
    )
    return Rewrite(text, Keyboard(_entered_buttons(work, session, member, page)))


def _entered_buttons(work: Work, session: Session, member: Member, page: int) -> list[Row]:
    locale, rows = work.locale, list[Row]()
    if member.role is MemberRole.MEMBER and not session.gathered:
        teams = session_members.teams_of(work.conn, session.id)
        buttons: Row = [
            Button(say_team(locale, team), ChooseTeam(session=session.id, team=team.id))
            for team in teams[page * PAGE : (page + 1) * PAGE]
        ]
        turning = paged(page, PAGE, len(teams), lambda to: EnterSession(code=session.code, page=to))
        rows += [buttons[:2], buttons[2:], turning]
    elif member.team is not None:
        rows.append([labelled(locale, "button-session-work", HandInWork(session=session.id), Colour.PRIMARY)])
    if session.invite_link:
        rows.append([Link(say(locale, "link-conversation"), session.invite_link)])
    rows.append([labelled(locale, "button-session-forget", ForgetMe()), menu_button(locale)])
    return rows


# --- being forgotten


@router.pressed(ForgetMe, before_consent=True)
def forget_me(press: ForgetMe, work: Work) -> Replies:
    if not press.sure:
        sure = labelled(work.locale, "button-session-forget-sure", ForgetMe(sure=True), Colour.NEGATIVE)
        return Rewrite(say(work.locale, "session-forget-sure"), Keyboard([[sure], [menu_button(work.locale)]]))
    session_members.forget_accounts(work.conn, [(work.event.messenger, work.event.user_id)])
    work.wake_sessions()
    return Rewrite(say(work.locale, "session-forgotten"), Keyboard([[menu_button(work.locale)]]))
