"""Answers where nothing else fits: near-misses, free text, stickers, stale buttons, personal data, failures."""

from dataclasses import dataclass

from bot.handlers.voting.buttons import button, to_menu
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Reply, Say, as_sequence
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.menu import OpenMenu
from bot.wording import say

router = Router()


@dataclass(frozen=True, slots=True)
class _Meant:
    """A press that the router suggested: its payload goes onto the button as it is."""

    payload: str

    def model_dump_json(self) -> str:
        return self.payload


@router.otherwise("unclear")
def unclear(work: Work) -> Replies:
    suggested = work.suggest(work.event.content.text)
    if suggested is not None:
        return _did_you_mean(work, *suggested)
    if work.dialogue.hinted:
        return Say(say(work.locale, "unclear-again"), to_menu(work.locale))
    work.dialogue.hinted = True
    return _with_menu(work, "unclear-first")


@router.otherwise("attachment")
def attachment(work: Work) -> Replies:
    content = work.event.content
    kind = "forwarded" if content.forwarded else next((one.kind for one in content.attachments), "nothing")
    return Say(say(work.locale, "attachment-unread", kind=kind), to_menu(work.locale))


@router.otherwise("stale")
def stale(work: Work) -> Replies:
    return [PopUp(say(work.locale, "stale-pop-up")), *_with_menu(work, "stale")]


@router.otherwise("personal")
def personal(work: Work) -> Replies:
    return Say(say(work.locale, "personal-data", kind=work.event.content.personal or "other"), to_menu(work.locale))


@router.otherwise("failed")
def failed(work: Work) -> Replies:
    return Say(say(work.locale, "failed"), to_menu(work.locale))


def _did_you_mean(work: Work, phrase: str, payload: str) -> Replies:
    meant = Button(phrase.capitalize(), _Meant(payload), Colour.PRIMARY)
    text = say(work.locale, "did-you-mean", phrase=phrase)
    return Say(text, Keyboard([[meant], [button(work.locale, OpenMenu())]]))


def _with_menu(work: Work, sentence: str) -> list[Reply]:
    """The sentence above the menu's own keyboard, in one message."""
    menu = next(reply for reply in as_sequence(work.proceed(OpenMenu().model_dump_json())) if isinstance(reply, Say))
    return [Say(say(work.locale, sentence), menu.keyboard)]
