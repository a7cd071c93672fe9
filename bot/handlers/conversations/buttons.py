"""Buttons below what the bot says in a conversation."""

from bot.messenger.keyboards import Button, Colour, Keyboard, Link, column
from bot.messenger.work import Work
from bot.presses.conversations import SendTopDaily, StopTopDaily
from bot.presses.counts import OpenTop
from bot.presses.sessions import NewSession
from bot.wording import say


def usual(work: Work) -> Keyboard:
    """What everybody may press in a conversation, and the way out of it."""
    top = Button(say(work.locale, "label-top"), OpenTop(), Colour.PRIMARY)
    session = [Button(say(work.locale, "label-session-new"), NewSession())] if work.campaign.parts.sessions else []
    return column(top, *session, private(work))


def below_top(work: Work, daily: SendTopDaily | StopTopDaily | None) -> Keyboard:
    """Below the top list. daily: what may be changed about its coming every day."""
    again = Button(say(work.locale, "label-top-again"), OpenTop())
    switch = [] if daily is None else [Button(say(work.locale, f"label-{daily.kind}"), daily)]
    return column(again, *switch, private(work))


def private(work: Work) -> Link:
    """The way to the person's own dialogue with the bot."""
    return Link(say(work.locale, "link-private"), work.link_base)
