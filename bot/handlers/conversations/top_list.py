"""«Топ-20» in a conversation: live with its time, and every day where a coordinator wants it so."""

from bot.domain.ranking import TOP
from bot.domain.roles import Refused, WantDailyTop, may
from bot.handlers.conversations.buttons import below_top
from bot.messenger.replies import PopUp, Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.conversations import SendTopDaily, StopTopDaily
from bot.presses.counts import OpenTop
from bot.storage import conversations, ranking, roles
from bot.wording import say, say_moment, say_places

router = Router()


@router.pressed_in_conversation(OpenTop)
def open_top(press: OpenTop, work: Work) -> Replies:
    return _shown(work)


@router.pressed_in_conversation(SendTopDaily)
def send_daily(press: SendTopDaily, work: Work) -> Replies:
    if (refusal := _refusal(work)) is not None:
        return PopUp(refusal)
    if not _changes(work):
        return PopUp(say(work.locale, "conversation-top-final"))
    is_new = conversations.choose(work.conn, work.event.messenger, work.event.peer, work.who, work.now)
    return [PopUp(say(work.locale, "conversation-top-on" if is_new else "conversation-top-on-already")), _shown(work)]


@router.pressed_in_conversation(StopTopDaily)
def stop_daily(press: StopTopDaily, work: Work) -> Replies:
    if (refusal := _refusal(work)) is not None:
        return PopUp(refusal)
    was_on = conversations.drop(work.conn, work.event.messenger, work.event.peer)
    return [PopUp(say(work.locale, "conversation-top-off" if was_on else "conversation-top-off-already")), _shown(work)]


def _refusal(work: Work) -> str | None:
    """Who presses is looked at now: it may be anybody, and a coordinator may have lost the role since."""
    if work.person is None:
        return say(work.locale, "may-not", why="no_coordinator")
    permission = may(roles.actor(work.conn, work.person), WantDailyTop())
    return say(work.locale, "may-not", why=permission.why.value) if isinstance(permission, Refused) else None


def _shown(work: Work) -> Rewrite:
    """The list as it stands now, in place of the message whose button was pressed: many presses fill no screen."""
    daily = conversations.chosen(work.conn, work.event.messenger, work.event.peer) is not None
    return Rewrite(_text(work, daily=daily), below_top(work, _switch(work, daily=daily)))


def _switch(work: Work, *, daily: bool) -> SendTopDaily | StopTopDaily | None:
    if daily:
        return StopTopDaily()
    return SendTopDaily() if _changes(work) else None


def _changes(work: Work) -> bool:
    """Whether the list may still change: after the last day of voting nothing new would come."""
    campaign = work.campaign
    return campaign.calendar.local_day(work.now) <= campaign.periods.voting.last


def _text(work: Work, *, daily: bool) -> str:
    at = say_moment(work.locale, work.now, work.campaign.calendar.zone)
    places = ranking.published(work.conn, TOP, work.campaign.shown.minors)
    if places:
        text = say(work.locale, "conversation-top", at=at, lines=say_places(work.locale, places))
    else:
        text = say(work.locale, "conversation-top-empty", at=at)
    return f"{text}\n\n{say(work.locale, 'conversation-top-daily')}" if daily else text
