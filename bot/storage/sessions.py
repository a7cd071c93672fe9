"""Sessions: opened in a conversation, found by what names them, changed by their moderators, forgotten in time.

What belongs to them has modules of its own: `session_agenda.py`, `session_members.py`, `session_steps.py`,
`session_rounds.py`, `session_quiz.py`, `session_works.py`, `session_acts.py`, `session_boards.py`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.identifiers import SessionId
from bot.domain.sessions.codes import SessionCode
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.results import TieRule
from bot.storage.schema_duties import conversations
from bot.storage.schema_sessions import acts, boards, members, sessions

LAST_BOARD: Final = "final"
"""The key of the message after which a session says nothing more in its conversation."""

_FIELDS = (
    sessions.c.id, sessions.c.messenger, sessions.c.peer, sessions.c.code, sessions.c.screen_token, sessions.c.title,
    sessions.c.state, sessions.c.opened_at, sessions.c.gathered_at, sessions.c.finished_at, sessions.c.invite_link,
    sessions.c.hidden, sessions.c.tie_rule, sessions.c.revision,
)  # fmt: skip
_LIVE = ("preparing", "running")
_BY_ID = select(*_FIELDS).where(sessions.c.id == bindparam("session"))
_LOCK = _BY_ID.with_for_update()
_BY_CODE = select(*_FIELDS).where(sessions.c.code == bindparam("called"))
_BY_TOKEN = select(*_FIELDS).where(sessions.c.screen_token == bindparam("token"), sessions.c.purged_at.is_(None))
_LIVE_AT = select(*_FIELDS).where(
    sessions.c.messenger == bindparam("of_messenger"),
    sessions.c.peer == bindparam("of_peer"),
    sessions.c.state.in_(_LIVE),
)
# Over, but its last word was not said yet.
_UNSAID = (
    sessions.c.state.in_(("finished", "dropped"))
    & sessions.c.purged_at.is_(None)
    & ~select(boards.c.key).where(boards.c.session_id == sessions.c.id, boards.c.key == LAST_BOARD).exists()
)
# A desk that somebody has just pressed: it shows the end also where the conversation can be told nothing.
_DESK_TO_WRITE = select(boards.c.key).where(boards.c.session_id == sessions.c.id, boards.c.digest.is_(None)).exists()
_TO_SHOW = (
    select(sessions.c.id)
    .select_from(
        sessions.outerjoin(
            conversations,
            (conversations.c.messenger == sessions.c.messenger) & (conversations.c.peer == sessions.c.peer),
        )
    )
    .where(sessions.c.state.in_(_LIVE) | (_UNSAID & conversations.c.closed_at.is_(None)) | _DESK_TO_WRITE)
    .order_by(sessions.c.id)
)
_LED_BY = (
    select(*_FIELDS)
    .join(members, members.c.session_id == sessions.c.id)
    .where(
        members.c.messenger == bindparam("of_messenger"),
        members.c.user_id == bindparam("user"),
        members.c.role.in_(("moderator", "helper")),
        sessions.c.state != "dropped",
        sessions.c.purged_at.is_(None),
    )
    .order_by(sessions.c.id.desc())
)
# Nothing has happened in it since then.
_OLD = (
    select(sessions.c.id)
    .where(
        sessions.c.purged_at.is_(None),
        sessions.c.opened_at < bindparam("before"),
        ~select(acts.c.id).where(acts.c.session_id == sessions.c.id, acts.c.at >= bindparam("before")).exists(),
    )
    .order_by(sessions.c.id)
    .limit(1)
)
_ADD = insert(sessions).returning(sessions.c.id)
_OF_ID = sessions.c.id == bindparam("session")
_REVISE = update(sessions).where(_OF_ID).values(revision=sessions.c.revision + 1)
_GATHER = update(sessions).where(_OF_ID, sessions.c.gathered_at.is_(None)).values(gathered_at=bindparam("at"))
_MOVE = (
    update(sessions)
    .where(_OF_ID, sessions.c.state.in_(_LIVE))
    .values(state=bindparam("to_state"), finished_at=bindparam("at"))
)
_RETITLE = update(sessions).where(_OF_ID).values(title=bindparam("new_title"))
_LINK = update(sessions).where(_OF_ID).values(invite_link=bindparam("link"))
_RULES = update(sessions).where(_OF_ID).values(hidden=bindparam("is_hidden"), tie_rule=bindparam("rule"))
_TOKEN = update(sessions).where(_OF_ID).values(screen_token=bindparam("token"))
_PURGED = update(sessions).where(_OF_ID).values(purged_at=bindparam("at"), invite_link=None)
_TITLE_THERE = select(conversations.c.title).where(
    conversations.c.messenger == bindparam("of_messenger"), conversations.c.peer == bindparam("of_peer")
)


@dataclass(frozen=True, slots=True)
class Session:
    """A session. peer: the conversation it is held in. code: of its link to join. Instants in campaign time.

    hidden, tie_rule: what the next vote opens with. revision: how often its moderators changed something.
    """

    id: SessionId
    messenger: str
    peer: int
    code: SessionCode
    screen_token: str
    title: str
    state: SessionState
    opened_at: datetime
    gathered_at: datetime | None
    finished_at: datetime | None
    invite_link: str | None
    hidden: bool
    tie_rule: TieRule
    revision: int

    @property
    def gathered(self) -> bool:
        """Whether «Команды собраны» was said: from then on only the moderator moves people."""
        return self.gathered_at is not None


# --- found


def by_id(conn: Connection, session: SessionId) -> Session | None:
    """The session of that number."""
    return _read(conn.execute(_BY_ID, {"session": session}).first())


def lock(conn: Connection, session: SessionId) -> Session | None:
    """The same; nobody else changes it until this transaction ends."""
    return _read(conn.execute(_LOCK, {"session": session}).first())


def by_code(conn: Connection, code: SessionCode) -> Session | None:
    """The session whose link to join carries the code."""
    return _read(conn.execute(_BY_CODE, {"called": code}).first())


def by_screen_token(conn: Connection, token: str) -> Session | None:
    """The session whose screen has this address; None for a wrong one, and once its people are forgotten."""
    return _read(conn.execute(_BY_TOKEN, {"token": token}).first())


def live_at(conn: Connection, messenger: str, peer: int) -> Session | None:
    """The session that is prepared or held in a conversation."""
    return _read(conn.execute(_LIVE_AT, {"of_messenger": messenger, "of_peer": peer}).first())


def to_show(conn: Connection) -> list[SessionId]:
    """The sessions whose conversation may have to be told something: live ones, and those with a last word to say."""
    return [SessionId(row.id) for row in conn.execute(_TO_SHOW)]


def led_by(conn: Connection, messenger: str, user_id: int) -> list[Session]:
    """The sessions that an account leads or led, newest first, without those given up."""
    return [_session(row) for row in conn.execute(_LED_BY, {"of_messenger": messenger, "user": user_id})]


def conversation_title(conn: Connection, session: Session) -> str:
    """What its conversation is called, as far as is known; else ""."""
    there = {"of_messenger": session.messenger, "of_peer": session.peer}
    return conn.execute(_TITLE_THERE, there).scalar() or ""


def to_forget(conn: Connection, *, before: datetime) -> Session | None:
    """A session in which nothing has happened since that instant, and whose people are not forgotten yet."""
    found = conn.execute(_OLD, {"before": before}).scalar()
    return None if found is None else by_id(conn, SessionId(found))


# --- changed


def open_session(
    conn: Connection, messenger: str, peer: int, title: str, *, code: SessionCode, at: datetime
) -> SessionId:
    """Begin a session in a conversation. Raises IntegrityError if there is a live one, or the code is taken."""
    values = {
        "messenger": messenger, "peer": peer, "title": title, "code": code, "screen_token": _fresh_token(),
        "opened_at": at,
    }  # fmt: skip
    return SessionId(conn.execute(_ADD, values).scalar_one())


def revise(conn: Connection, session: SessionId) -> None:
    """A moderator changed something: buttons of older desks do nothing from now on."""
    conn.execute(_REVISE, {"session": session})


def gather(conn: Connection, session: SessionId, *, at: datetime) -> bool:
    """«Команды собраны»: from now on every team that somebody is in is remembered; False if it was said before."""
    return conn.execute(_GATHER, {"session": session, "at": at}).rowcount == 1


def move(conn: Connection, session: SessionId, state: SessionState, *, at: datetime) -> None:
    """Let it stand there. at: when it ended, if that is its end."""
    ends_at = None if state.is_live else at
    conn.execute(_MOVE, {"session": session, "to_state": state.value, "at": ends_at})


def retitle(conn: Connection, session: SessionId, title: str) -> None:
    """Give it another title."""
    conn.execute(_RETITLE, {"session": session, "new_title": title})


def invite_by(conn: Connection, session: SessionId, link: str | None) -> None:
    """Let the QR code lead into the conversation itself; None: to the bot."""
    conn.execute(_LINK, {"session": session, "link": link})


def choose_rules(conn: Connection, session: SessionId, *, hidden: bool, tie_rule: TieRule) -> None:
    """What the next vote opens with."""
    conn.execute(_RULES, {"session": session, "is_hidden": hidden, "rule": tie_rule.value})


def renew_screen(conn: Connection, session: SessionId) -> None:
    """Give the screen another address; the old one shows nothing any more."""
    conn.execute(_TOKEN, {"session": session, "token": _fresh_token()})


def note_forgotten(conn: Connection, session: SessionId, *, at: datetime) -> None:
    """Its people are forgotten; there is no screen any more."""
    conn.execute(_PURGED, {"session": session, "at": at})


def _fresh_token() -> str:
    return secrets.token_urlsafe(32)


def _read(row: Any) -> Session | None:
    return None if row is None else _session(row)


def _session(row: Any) -> Session:
    return Session(
        **{
            **row._mapping,
            "id": SessionId(row.id),
            "state": SessionState(row.state),
            "tie_rule": TieRule(row.tie_rule),
        }
    )
