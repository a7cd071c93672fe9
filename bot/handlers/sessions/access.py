"""Who may lead a session: its moderator and the helpers; asked at every press, for anybody may press anything."""

from dataclasses import dataclass

from bot.domain.identifiers import SessionId
from bot.messenger.events import EventKind
from bot.messenger.replies import PopUp
from bot.messenger.work import Work
from bot.storage import conversations, session_boards, session_courses, session_members
from bot.storage.session_courses import Standing
from bot.storage.session_members import Member
from bot.storage.sessions import Session
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Leading:
    """A session in the hands of somebody who leads it; nobody else changes it until this transaction ends."""

    stands: Standing
    me: Member

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.stands.session


def leading(work: Work, session_id: SessionId) -> Leading | PopUp:
    """The session, if the account leads it; else the refusal, which tells nothing about sessions of others."""
    me = session_members.by_account(work.conn, session_id, work.event.messenger, work.event.user_id)
    if me is None or not me.role.leads:
        return PopUp(say(work.locale, "session-not-leader"))
    stands = session_courses.standing(work.conn, session_id, locked=True)
    if stands is None or is_elsewhere(work, stands.session):
        return PopUp(say(work.locale, "session-elsewhere"))
    if work.event.in_conversation:  # whatever the messenger said before: they are heard there, and can be answered
        conversations.open_again(work.conn, work.event.messenger, work.event.peer)
    if work.event.kind is EventKind.PRESS and work.event.cmid is not None:
        # What was pressed is about to show something else, so it must not turn back into the desk by itself.
        session_boards.leave_desk(work.conn, session_id, me.id, peer=work.event.peer, cmid=work.event.cmid)
    return Leading(stands, me)


def preparing(work: Work, session_id: SessionId) -> Leading | PopUp:
    """The same, of a session that is not over: nothing of one that is can be changed."""
    found = leading(work, session_id)
    if isinstance(found, Leading) and not found.session.state.is_live:
        return PopUp(say(work.locale, "session-is-over"))
    return found


def member_of(work: Work, session_id: SessionId) -> Member | None:
    """The account's member in the session."""
    return session_members.by_account(work.conn, session_id, work.event.messenger, work.event.user_id)


def is_open_to(work: Work, session: Session) -> bool:
    """Whether the account has to do with it: by being in its conversation, or, in private, by having joined.

    To anybody else it is as if there were none: nobody learns by trying which sessions there are.
    """
    if work.event.in_conversation:
        return not is_elsewhere(work, session)
    return member_of(work, session.id) is not None


def is_elsewhere(work: Work, session: Session) -> bool:
    """Whether this happens in a conversation that is not the session's."""
    event = work.event
    return event.in_conversation and (event.messenger, event.peer) != (session.messenger, session.peer)
