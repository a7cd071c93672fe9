"""The desks of those who lead a session: where it stands and what may be done next, kept up to date by themselves."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.sessions.course import Act, possible
from bot.jobs.session_board import Board
from bot.messenger.keyboards import Button, Colour, Keyboard, Link, rows_of
from bot.presses.session_leading import ListMembers, ListWorks, OpenScreen, OpenSession, RunAct
from bot.storage.session_boards import DESK, WrittenBoard
from bot.storage.session_courses import Standing
from bot.storage.session_desks import Desk, desk
from bot.wording import say
from bot.wording.sessions import say_act, say_desk

Row = list[Button | Link]
GO_ON = frozenset({Act.GATHER, Act.BEGIN, Act.RESUME, Act.ASK})
"""What lets the session go on, and so stands out."""


def desks(
    conn: Connection, stands: Standing, campaign: Campaign, written: Mapping[str, WrittenBoard]
) -> Iterator[Board]:
    """Every desk that somebody has opened, as it should be now."""
    opened = {key: one for key, one in written.items() if key.startswith(DESK)}
    seen = desk(conn, stands) if opened else None
    for key, one in opened.items():
        if seen is not None:
            in_private = one.peer != stands.session.peer
            keyboard = _buttons(one.locale, seen, in_private=in_private)
            yield Board(key, _text(one.locale, seen, campaign), keyboard, one.peer)


def _text(locale: str, seen: Desk, campaign: Campaign) -> str:
    stands, turnout = seen.stands, ""
    if seen.electors:
        turnout = say(locale, "session-vote-turnout", left=seen.not_voted, of=str(seen.electors))
    return say_desk(
        locale,
        stands.course,
        {team.id: team for team in stands.teams},
        campaign.calendar.zone,
        title=stands.session.title,
        joined=seen.joined,
        placed=seen.placed,
        turnout=turnout,
    )


def _buttons(locale: str, seen: Desk, *, in_private: bool) -> Keyboard:
    """The next act on a row of its own, the others two a row; on a private desk the ways on below."""
    stands = seen.stands
    teams = {team.id: team for team in stands.teams}
    acts: Row = [
        Button(
            say_act(locale, stands.course, act, teams),
            RunAct(session=stands.session.id, act=act, revision=stands.session.revision),
            Colour.PRIMARY if act in GO_ON else Colour.SECONDARY,
        )
        for act in possible(stands.course)
    ]
    return Keyboard([acts[:1], *rows_of(acts[1:], 2), *(_aside(locale, stands) if in_private else [])])


def _aside(locale: str, stands: Standing) -> list[Row]:
    session = stands.session.id
    home = Button(say(locale, "button-session-home"), OpenSession(session=session))
    if not stands.session.state.is_live:
        return [[home]]
    return [
        [
            Button(say(locale, "button-session-members"), ListMembers(session=session)),
            Button(say(locale, "button-session-works"), ListWorks(session=session)),
        ],
        [Button(say(locale, "button-session-screen"), OpenScreen(session=session)), home],
    ]
