"""«Команды», as who leads prepares them: names, a balanced split; and how members name a team of their own."""

import secrets

from bot.domain.identifiers import SessionId, TeamId
from bot.domain.sessions.teams import (
    LONGEST_NAME,
    MOST_TEAMS,
    MemberRole,
    Named,
    NamesTaken,
    NameTooLong,
    NameTwice,
    NoName,
    Team,
    TeamsWanted,
    TooManyTeams,
    balanced,
    folded,
    read_names,
)
from bot.handlers.sessions.access import Leading, preparing
from bot.handlers.sessions.buttons import Row, home_button, labelled, paged
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import (
    AddTeams,
    AsksTeamName,
    AsksTeams,
    OpenMember,
    OpenTeam,
    OpenTeams,
    RemoveTeam,
    RenameTeam,
    SplitMembers,
)
from bot.storage import session_acts, session_members, sessions
from bot.wording import say
from bot.wording.sessions import say_member, say_team

router = Router()
PAGE = 4
MEMBERS = 6
_SHUFFLED = secrets.SystemRandom()


@router.pressed(OpenTeams, before_consent=True)
def open_teams(press: OpenTeams, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _teams(work, found, press.page)


def _teams(work: Work, found: Leading, page: int = 0) -> Rewrite:
    locale, session = work.locale, found.session.id
    teams = session_members.teams_of(work.conn, session)
    sizes = session_members.sizes(work.conn, session)
    teamless = _teamless(work, found)
    lines = "\n".join(
        say(locale, "session-team-size", team=say_team(locale, team), people=sizes.get(team.id, 0)) for team in teams
    )
    shown = teams[page * PAGE : (page + 1) * PAGE]
    buttons: Row = [Button(say_team(locale, team), OpenTeam(session=session, team=team.id)) for team in shown]
    turning = paged(page, PAGE, len(teams), lambda there: OpenTeams(session=session, page=there))
    changing: Row = []
    if not found.session.gathered:
        changing.append(labelled(locale, "button-session-teams-add", AddTeams(session=session)))
    if teams and teamless:
        split = Button(say(locale, "button-session-split", people=len(teamless)), SplitMembers(session=session))
        changing.append(split)
    text = say(
        locale,
        "session-teams",
        teams=len(teams),
        lines=lines,
        teamless=len(teamless),
        gathered="yes" if found.session.gathered else "no",
    )
    return Rewrite(text, Keyboard([buttons[:2], buttons[2:], turning, changing, [home_button(locale, session)]]))


def _teamless(work: Work, found: Leading) -> list[session_members.Member]:
    members = session_members.of_session(work.conn, found.session.id)
    return [one for one in members if one.role is MemberRole.MEMBER and one.team is None and one.user_id is not None]


def _changed(work: Work, found: Leading, deed: str, **details: str | int) -> None:
    session_acts.note(work.conn, found.session.id, found.me.id, deed, at=work.now, **details)
    sessions.revise(work.conn, found.session.id)
    work.wake_sessions()


# --- new ones


@router.pressed(AddTeams, before_consent=True)
def ask_teams(press: AddTeams, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    if found.session.gathered:
        return PopUp(say(work.locale, "session-teams-gathered-already"))
    work.ask(AsksTeams(session=press.session))
    text = say(work.locale, "session-ask-teams", longest=LONGEST_NAME, most=MOST_TEAMS)
    return Rewrite(text, _back(work, press.session))


def _back(work: Work, session: SessionId) -> Keyboard:
    return Keyboard([[labelled(work.locale, "button-session-teams-back", OpenTeams(session=session))]])


@router.answered(AsksTeams)
def take_teams(question: AsksTeams, work: Work) -> Replies:
    found = preparing(work, question.session)
    if isinstance(found, PopUp) or found.session.gathered:
        work.ask(None)
        return found if isinstance(found, PopUp) else PopUp(say(work.locale, "session-teams-gathered-already"))
    typed = read_names(work.event.content.text, [team.name for team in found.stands.teams])
    names = _names(work, typed, found)
    if isinstance(names, str):
        return Say(names, _back(work, question.session))
    work.ask(None)
    session_members.add_teams(work.conn, question.session, names)
    _changed(work, found, "teams", teams=len(names))
    return _teams(work, found)


def _names(work: Work, typed: Named, found: Leading) -> tuple[str, ...] | str:
    """The names to make teams of, or what is wrong with those typed."""
    match typed:
        case NamesTaken(names):
            return names
        case TeamsWanted(count):
            taken = {folded(team.name) for team in found.stands.teams}
            usual = (say(work.locale, "session-team-usual", number=str(number)) for number in range(1, 2 * MOST_TEAMS))
            return tuple([name for name in usual if folded(name) not in taken][:count])
        case NameTooLong(name):
            return say(work.locale, "session-team-too-long", name=name, most=LONGEST_NAME)
        case NameTwice(name):
            return say(work.locale, "session-team-twice", name=name)
        case TooManyTeams(count):
            return say(work.locale, "session-teams-too-many", count=str(count), most=MOST_TEAMS)
        case NoName():
            return say(work.locale, "session-team-no-name")


@router.said_in_conversation("phrase-session-team")
def make_team(name: str, work: Work) -> Replies:
    """«/команда Орлы»: whoever has joined may name a team until «Команды собраны», and is in it then."""
    event = work.event
    session = sessions.live_at(work.conn, event.messenger, event.peer)
    if session is None:
        return Say(say(work.locale, "session-none-here"))
    session = sessions.lock(work.conn, session.id) or session  # «Команды собраны» must not come in between
    member = session_members.by_account(work.conn, session.id, event.messenger, event.user_id)
    if member is None:
        return Say(say(work.locale, "session-join-first"))
    if member.role is not MemberRole.MEMBER:
        return Say(say(work.locale, "session-joined-role", role=member.role.value))
    if session.gathered:
        return Say(say(work.locale, "session-teams-gathered-already"))
    typed = read_names(f"{name}\n", [team.name for team in session_members.teams_of(work.conn, session.id)])
    if not isinstance(typed, NamesTaken) or len(typed.names) != 1:
        return Say(_refused_name(work, typed))
    [team] = session_members.add_teams(work.conn, session.id, typed.names)
    session_members.place(work.conn, member.id, team)
    session_acts.note(work.conn, session.id, member.id, "team-made", at=work.now, team=typed.names[0])
    work.wake_sessions()
    return Say(say(work.locale, "session-team-made", team=typed.names[0]))


def _refused_name(work: Work, typed: Named) -> str:
    match typed:
        case NameTooLong(name):
            return say(work.locale, "session-team-too-long", name=name, most=LONGEST_NAME)
        case NameTwice(name):
            return say(work.locale, "session-team-twice", name=name)
        case TooManyTeams(count):
            return say(work.locale, "session-teams-too-many", count=str(count), most=MOST_TEAMS)
        case _:
            return say(work.locale, "session-team-how-to-make")


# --- one team


@router.pressed(OpenTeam, before_consent=True)
def open_team(press: OpenTeam, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _team(work, found, press.team, press.page)


def _team(work: Work, found: Leading, team_id: TeamId, page: int = 0) -> Rewrite:
    locale, session = work.locale, found.session.id
    team = _known(work, found, team_id)
    if team is None:
        return _teams(work, found)
    members = [one for one in session_members.of_session(work.conn, session) if one.team == team.id]
    shown = members[page * MEMBERS : (page + 1) * MEMBERS]
    people: Row = [
        Button(say_member(locale, one.number, one.name), OpenMember(session=session, member=one.id)) for one in shown
    ]
    turning = paged(page, MEMBERS, len(members), lambda to: OpenTeam(session=session, team=team.id, page=to))
    changing: Row = [labelled(locale, "button-session-team-rename", RenameTeam(session=session, team=team.id))]
    if not found.session.gathered:
        remove = RemoveTeam(session=session, team=team.id)
        changing.append(labelled(locale, "button-session-team-remove", remove, Colour.NEGATIVE))
    names = ", ".join(say_member(locale, one.number, one.name) for one in members[:60])
    text = say(locale, "session-team", team=say_team(locale, team), people=len(members), names=names)
    back: Row = [labelled(locale, "button-session-teams-back", OpenTeams(session=session)), *turning]
    return Rewrite(text, Keyboard([people[:2], people[2:4], people[4:], changing, back][-6:]))


def _known(work: Work, found: Leading, team_id: TeamId) -> Team | None:
    teams = session_members.teams_of(work.conn, found.session.id)
    return next((team for team in teams if team.id == team_id), None)


@router.pressed(RenameTeam, before_consent=True)
def ask_team_name(press: RenameTeam, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    work.ask(AsksTeamName(session=press.session, team=press.team))
    return Rewrite(say(work.locale, "session-ask-team-name", longest=LONGEST_NAME), _back(work, press.session))


@router.answered(AsksTeamName)
def take_team_name(question: AsksTeamName, work: Work) -> Replies:
    found = preparing(work, question.session)
    if isinstance(found, PopUp):
        work.ask(None)
        return found
    team = _known(work, found, question.team)
    if team is None:
        work.ask(None)
        return _teams(work, found)
    others = [one.name for one in found.stands.teams if one.id != team.id]
    typed = read_names(work.event.content.text, others[: MOST_TEAMS - 1])
    if not isinstance(typed, NamesTaken) or len(typed.names) != 1:
        return Say(_refused_name(work, typed), _back(work, question.session))
    work.ask(None)
    session_members.rename_team(work.conn, team.id, typed.names[0])
    _changed(work, found, "team-renamed", team=typed.names[0], before=team.name)
    return _team(work, found, team.id)


@router.pressed(RemoveTeam, before_consent=True)
def remove_team(press: RemoveTeam, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    if found.session.gathered:
        return PopUp(say(work.locale, "session-teams-gathered-already"))
    team = _known(work, found, press.team)
    if team is not None:
        session_members.remove_team(work.conn, team.id)
        _changed(work, found, "team-removed", team=team.name)
    return _teams(work, found)


# --- the split


@router.pressed(SplitMembers, before_consent=True)
def split(press: SplitMembers, work: Work) -> Replies:
    """Everybody without a team into the smallest ones, by chance among equals."""
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    step = found.stands.course.step
    if step is not None and step.is_open_vote:
        return PopUp(say(work.locale, "session-move-vote-open"))
    filled = session_members.sizes(work.conn, press.session)
    sizes = {team.id: filled.get(team.id, 0) for team in found.stands.teams}
    voted_for = session_members.voted_for(work.conn, press.session)
    waiting = [(one.id, voted_for.get(one.id, frozenset())) for one in _teamless(work, found)]
    _SHUFFLED.shuffle(waiting)
    placed = balanced(sizes, waiting)
    session_members.place_many(work.conn, placed)
    if placed:
        _changed(work, found, "split", people=len(placed))
    return _teams(work, found)
