"""Opening a session in a conversation, the list of one's own, one session as who leads it sees it."""

import secrets

from bot.domain.roles import OpenSession as OpenSessionDeed
from bot.domain.roles import Refused, may
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.teams import MemberRole
from bot.handlers.sessions.access import Leading, leading
from bot.handlers.sessions.buttons import Row, labelled, menu_button, paged
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Address, Ask, PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import (
    ListMembers,
    ListWorks,
    OpenAgenda,
    OpenDesk,
    OpenProtocol,
    OpenScreen,
    OpenSession,
    OpenSessions,
    OpenSessionSettings,
    OpenTeams,
)
from bot.presses.sessions import NewSession
from bot.storage import people, roles, session_acts, session_courses, session_members, sessions
from bot.storage.session_members import WasErased
from bot.storage.sessions import Session
from bot.wording import say, say_day

router = Router()
router.phrase("phrase-sessions", OpenSessions())
router.phrase("phrase-session-new", NewSession())
PAGE = 5


@router.pressed(NewSession)
def how_to_open(press: NewSession, work: Work) -> Replies:
    return Say(say(work.locale, "session-how-to-open"), Keyboard([[menu_button(work.locale)]]))


@router.pressed_in_conversation(NewSession)
def open_session(press: NewSession, work: Work) -> Replies:
    if (refusal := _refusal(work)) is not None:
        return PopUp(refusal)
    event = work.event
    live = sessions.live_at(work.conn, event.messenger, event.peer)
    if live is not None and session_members.has_leader(work.conn, live.id):
        return PopUp(say(work.locale, "session-open-already"))
    if live is not None:  # whoever led it had their data erased: nobody can end it any more
        session_courses.abandon(work.conn, live.id, at=work.now)
    day = work.campaign.calendar.local_day(work.now)
    title = say(work.locale, "session-usual-title", day=say_day(work.locale, day))
    code = new_session_code(secrets.randbelow)
    opened = sessions.open_session(work.conn, event.messenger, event.peer, title, code=code, at=work.now)
    moderator = session_members.join(
        work.conn, opened, event.messenger, event.user_id, named=True, role=MemberRole.MODERATOR, at=work.now
    )
    assert not isinstance(moderator, WasErased)  # a fresh session knows nobody
    _name_known(work)
    session_acts.note(work.conn, opened, moderator, "open", at=work.now)
    work.wake_sessions()
    home = leading(work, opened)
    if not isinstance(home, Leading):
        return home
    told = say(work.locale, "session-opened", title=title)
    to_self = Address(event.messenger, event.user_id)
    return [
        PopUp(say(work.locale, "session-opened-pop-up")),
        Ask("name"),
        Say(f"{told}\n\n{_home_text(work, home)}", _home_buttons(work, home), to=to_self),
    ]


def _refusal(work: Work) -> str | None:
    if not work.campaign.parts.sessions:
        return say(work.locale, "session-switched-off")
    if work.person is None:
        return say(work.locale, "may-not", why="no_moderator")
    permission = may(roles.actor(work.conn, work.person), OpenSessionDeed())
    return say(work.locale, "may-not", why=permission.why.value) if isinstance(permission, Refused) else None


def _name_known(work: Work) -> None:
    """The bot knows the moderator's name already; asking for it anew is only for later changes."""
    profile = people.card(work.conn, work.who).profile
    if profile is not None:
        session_members.store_name(work.conn, work.event.messenger, work.event.user_id, profile)


# --- one's own


@router.pressed(OpenSessions, before_consent=True)
def open_sessions(press: OpenSessions, work: Work) -> Replies:
    own = sessions.led_by(work.conn, work.event.messenger, work.event.user_id)
    menu = [menu_button(work.locale)]
    if not own:
        return Rewrite(say(work.locale, "session-how-to-open"), Keyboard([menu]))
    shown = own[press.page * PAGE : (press.page + 1) * PAGE]
    rows: list[Row] = [[Button(_named(work, one), OpenSession(session=one.id))] for one in shown]
    turning = paged(press.page, PAGE, len(own), lambda page: OpenSessions(page=page))
    return Rewrite(say(work.locale, "sessions"), Keyboard([*rows, [*turning, *menu]]))


def _named(work: Work, session: Session) -> str:
    day = say_day(work.locale, work.campaign.calendar.local_day(session.opened_at))
    return say(work.locale, "button-session", title=session.title, day=day, state=session.state.value)


@router.pressed(OpenSession, before_consent=True)
def open_one(press: OpenSession, work: Work) -> Replies:
    found = leading(work, press.session)
    if isinstance(found, PopUp):
        return found
    return Rewrite(_home_text(work, found), _home_buttons(work, found))


def _home_text(work: Work, found: Leading) -> str:
    session, people = found.session, session_members.headcount(work.conn, found.session.id)
    conversation = sessions.conversation_title(work.conn, session)
    return say(
        work.locale,
        "session-home",
        title=session.title,
        conversation=conversation,
        has_conversation="yes" if conversation else "no",
        state=session.state.value,
        stages=len(found.stands.course.agenda),
        teams=len(found.stands.teams),
        gathered="yes" if session.gathered else "no",
        joined=people.members,
        placed=people.placed,
        jurors=people.jurors,
        helpers=people.helpers,
        hidden="yes" if session.hidden else "no",
    )


def _home_buttons(work: Work, found: Leading) -> Keyboard:
    locale, session = work.locale, found.session.id
    protocol = labelled(locale, "button-session-protocol", OpenProtocol(session=session))
    if not found.session.state.is_live:
        return Keyboard([[protocol], [menu_button(locale)]])
    return Keyboard(
        [
            [labelled(locale, "button-session-desk", OpenDesk(session=session), Colour.PRIMARY)],
            [
                labelled(locale, "button-session-agenda", OpenAgenda(session=session)),
                labelled(locale, "button-session-teams", OpenTeams(session=session)),
            ],
            [
                labelled(locale, "button-session-members", ListMembers(session=session)),
                labelled(locale, "button-session-works", ListWorks(session=session)),
            ],
            [
                labelled(locale, "button-session-screen", OpenScreen(session=session)),
                labelled(locale, "button-session-settings", OpenSessionSettings(session=session)),
            ],
            [protocol, menu_button(locale)],
        ]
    )
