"""Buttons that several screens of a session share."""

from collections.abc import Callable

from bot.domain.identifiers import SessionId
from bot.messenger.keyboards import Button, Colour, Keyboard, Link, Press
from bot.presses.menu import OpenMenu
from bot.presses.session_leading import OpenSession
from bot.wording import say

Row = list[Button | Link]


def labelled(locale: str, label: str, press: Press, colour: Colour = Colour.SECONDARY) -> Button:
    """A button by the id of its label."""
    return Button(say(locale, label), press, colour)


def menu_button(locale: str) -> Button:
    """«Меню»."""
    return labelled(locale, "label-menu", OpenMenu())


def home_button(locale: str, session: SessionId) -> Button:
    """Back to the session."""
    return labelled(locale, "button-session-home", OpenSession(session=session))


def home_only(locale: str, session: SessionId) -> Keyboard:
    """Nothing but the way back."""
    return Keyboard([[home_button(locale, session)]])


def paged(page: int, size: int, found: int, to_page: Callable[[int], Press]) -> Row:
    """Back and forth through a list of `found`, `size` a page; nothing where one page holds it."""
    row: Row = []
    if page > 0:
        row.append(Button("‹", to_page(page - 1)))
    if (page + 1) * size < found:
        row.append(Button("›", to_page(page + 1)))
    return row
