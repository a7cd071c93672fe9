"""«Напоминания»: what comes by itself; news can be muted by kind, duties of a role cannot."""

from bot.domain.roles import Actor, Role
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.menu import OpenMenu
from bot.presses.personal import OpenSettings
from bot.presses.reminders import OpenReminders, Want
from bot.storage import reminders, roles
from bot.wording import say

router = Router()
router.phrase("phrase-reminders", OpenReminders())


@router.pressed(OpenReminders)
def open_reminders(press: OpenReminders, work: Work) -> Replies:
    return _list(work)


@router.pressed(Want)
def want(press: Want, work: Work) -> Replies:
    if press.wanted:
        reminders.unmute(work.conn, work.who, press.news)
    else:
        reminders.mute(work.conn, work.who, press.news, at=work.now)
    return _list(work)


def _list(work: Work) -> Rewrite:
    actor = roles.actor(work.conn, work.who)
    muted = reminders.muted(work.conn, work.who)
    news = _news(actor)
    lines = [say(work.locale, "reminders-duties", role=role) for role in _duties(actor)]
    lines += [
        say(work.locale, "reminders-news", news=_name(work, one), state="off" if one in muted else "on") for one in news
    ]
    rows = [[_switch(work, one, wanted=one in muted)] for one in news]
    onward = [
        Button(say(work.locale, "label-settings"), OpenSettings()),
        Button(say(work.locale, "label-menu"), OpenMenu()),
    ]
    return Rewrite(say(work.locale, "reminders-list", lines="\n".join(lines)), Keyboard([*rows, onward]))


def _switch(work: Work, news: str, *, wanted: bool) -> Button:
    label = say(work.locale, "button-news-on" if wanted else "button-news-off", news=_name(work, news))
    return Button(label, Want(news=news, wanted=wanted))


def _name(work: Work, news: str) -> str:
    return say(work.locale, f"news-{news}")


def _duties(actor: Actor) -> list[str]:
    """As what the person is reminded of duties."""
    teaches = ["teacher"] if actor.is_teacher else []
    return [*teaches, "coordinator"] if _coordinates(actor) else teaches


def _news(actor: Actor) -> list[str]:
    """The kinds of news that come to the person's roles."""
    of_participant = ["weekly-balance", "last-days"] if actor.number is not None else []
    of_coordinator = ["digest"] if _coordinates(actor) else []
    return [*of_participant, *of_coordinator, "broadcasts"]


def _coordinates(actor: Actor) -> bool:
    return any(grant.role is Role.COORDINATOR for grant in actor.grants)
