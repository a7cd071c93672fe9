"""The bot comes into a conversation, is removed from it, or finds it closed."""

from bot.domain.quotations import one_line, quoted
from bot.handlers.conversations.buttons import usual
from bot.messenger.events import EventKind
from bot.messenger.replies import Address, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.storage import conversations, people, session_courses, session_members
from bot.wording import LOCALES, say, say_moment

router = Router()
REMOVED = "removed"
LONGEST_TITLE = 250


@router.on(EventKind.JOINED)
def joined(work: Work) -> Replies:
    event = work.event
    conversations.open_again(work.conn, event.messenger, event.peer)
    session = session_courses.return_to(work.conn, event.messenger, event.peer, at=work.now)
    work.wake_sessions()  # also one that has ended meanwhile has its last word to say
    if session is not None:
        return Say(say(work.locale, "conversation-returned", title=session.title), usual(work))
    held = "yes" if work.campaign.parts.sessions else "no"
    return Say(say(work.locale, "conversation-joined", title=work.campaign.title, sessions=held), usual(work))


@router.on(EventKind.RENAMED)
def renamed(work: Work) -> Replies:
    title = quoted(one_line(work.event.content.text), LONGEST_TITLE)
    conversations.rename(work.conn, work.event.messenger, work.event.peer, title)
    return None


@router.on(EventKind.REMOVED)
def removed(work: Work) -> Replies:
    # Somebody wanted it so: nobody has to be told, but who leads a session there must not wait in front of a dead desk.
    was_open = not conversations.is_closed(work.conn, work.event.messenger, work.event.peer)
    conversations.close(work.conn, work.event.messenger, work.event.peer, REMOVED, work.now)
    return _session_left(work, REMOVED) if was_open else None


@router.on(EventKind.CLOSED)
def closed(work: Work) -> Replies:
    """The messenger takes nothing for it any more: whoever had the daily list sent there learns it, once."""
    why = work.event.content.text
    was_open = not conversations.is_closed(work.conn, work.event.messenger, work.event.peer)
    choice = conversations.close(work.conn, work.event.messenger, work.event.peer, why, work.now)
    left = _session_left(work, why) if was_open else []
    address = None if choice is None else people.address_of(work.conn, choice.person)
    if choice is None or address is None:
        return left
    since = say_moment(address.locale, choice.since, work.campaign.calendar.zone)
    text = say(address.locale, "conversation-closed", since=since, why=why)
    return [Say(text, to=Address(address.messenger, address.user_id)), *left]


def _session_left(work: Work, why: str) -> list[Say]:
    """Whoever leads the session of this conversation learns that it can be told nothing any more."""
    event = work.event
    session = session_courses.suspend(work.conn, event.messenger, event.peer, at=work.now)
    if session is None:
        return []
    work.wake_sessions()
    leaders = [one for one in session_members.of_session(work.conn, session.id) if one.role.leads]
    text = say(LOCALES[0], "conversation-session-left", title=session.title, why=why)
    return [Say(text, to=Address(one.messenger, one.user_id)) for one in leaders if one.user_id is not None]
