"""What is no matter of a conversation: the way to the private dialogue, whatever was asked for."""

from bot.handlers.conversations.buttons import usual
from bot.messenger.events import EventKind
from bot.messenger.replies import PopUp, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.wording import say

router = Router()


@router.otherwise("in conversation")
def elsewhere(work: Work) -> Replies:
    if work.event.kind is EventKind.PRESS:
        return PopUp(say(work.locale, "conversation-privately-pop-up"))
    if work.event.content.text.startswith("/") or work.event.content.reply_to is not None:
        # It may be meant for another bot, or for the others who read along, so a person is told once.
        if work.dialogue.hinted:
            return None
        work.dialogue.hinted = True
    return Say(say(work.locale, "conversation-privately"), usual(work))


@router.otherwise("failed in conversation")
def failed(work: Work) -> Replies:
    return PopUp(say(work.locale, "conversation-failed"))
