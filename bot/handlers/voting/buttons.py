"""Buttons of these dialogues. A button is labelled by what it does: the sentence `label-` and its payload's kind."""

from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.presses.main_menu import KindOfPress
from bot.presses.menu import OpenMenu
from bot.wording import say


def button(locale: str, press: KindOfPress, colour: Colour = Colour.SECONDARY) -> Button:
    """The button with its usual label."""
    return Button(say(locale, f"label-{press.kind}"), press, colour)


def offer(locale: str, first: KindOfPress, *others: KindOfPress) -> Keyboard:
    """The next step, other sensible ones, and the menu, one below the other."""
    rest = [[button(locale, press)] for press in (*others, OpenMenu())]
    return Keyboard([[button(locale, first, Colour.PRIMARY)], *rest])


def to_menu(locale: str) -> Keyboard:
    """Only the way to the menu."""
    return Keyboard([[button(locale, OpenMenu())]])
