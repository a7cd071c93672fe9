"""The bot comes into a conversation, is removed from it, or finds it closed."""

from bot.handlers.conversations.buttons import usual
from bot.messenger.events import EventKind
from bot.messenger.replies import Address, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.storage import conversations, people
from bot.wording import say, say_moment

router = Router()
REMOVED = "removed"


@router.on(EventKind.JOINED)
def joined(work: Work) -> Replies:
    conversations.open_again(work.conn, work.event.messenger, work.event.peer)
    return Say(say(work.locale, "conversation-joined", title=work.campaign.title), usual(work))


@router.on(EventKind.REMOVED)
def removed(work: Work) -> Replies:
    # Somebody wanted it so: nobody has to be told.
    conversations.close(work.conn, work.event.messenger, work.event.peer, REMOVED, work.now)
    return None


@router.on(EventKind.CLOSED)
def closed(work: Work) -> Replies:
    """The messenger takes nothing for it any more: whoever had the daily list sent there learns it, once."""
    why = work.event.content.text
    choice = conversations.close(work.conn, work.event.messenger, work.event.peer, why, work.now)
    address = None if choice is None else people.address_of(work.conn, choice.person)
    if choice is None or address is None:
        return None
    since = say_moment(address.locale, choice.since, work.campaign.calendar.zone)
    text = say(address.locale, "conversation-closed", since=since, why=why)
    return Say(text, to=Address(address.messenger, address.user_id))
