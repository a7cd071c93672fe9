"""Ways onward that many messages to teachers and coordinators offer."""

from collections.abc import Callable

from bot.domain.roles import Actor
from bot.messenger.keyboards import Button, Colour, Keyboard, Link, Press
from bot.presses import main_menu
from bot.presses.menu import OpenMenu
from bot.presses.practice import OpenPractice
from bot.presses.reports import ClassReports
from bot.presses.teachers import OpenClass
from bot.storage.classes import SchoolClass
from bot.wording import say

Row = list[Button | Link]


def menu_button(locale: str) -> Button:
    """«Меню»."""
    return Button(say(locale, "label-menu"), OpenMenu())


def menu_only(locale: str) -> Keyboard:
    """Nothing further to do here."""
    return Keyboard([[menu_button(locale)]])


def main_menu_of(locale: str, actor: Actor) -> Keyboard:
    """The menu below the input, as the person's roles make it now."""
    rows = [[Button(say(locale, f"label-{press.kind}"), press) for press in row] for row in main_menu.rows(actor)]
    return Keyboard(rows, inline=False)


def class_button(locale: str, school_class: SchoolClass) -> Button:
    """Back to the class."""
    return Button(say(locale, "button-to-class", label=school_class.shown), OpenClass(class_id=school_class.id))


def reports_button(locale: str, school_class: SchoolClass) -> Button:
    """On to «Отчётность»."""
    return Button(say(locale, "label-reports"), ClassReports(class_id=school_class.id), Colour.PRIMARY)


def practice_button(locale: str, school_class: SchoolClass, colour: Colour = Colour.SECONDARY) -> Button:
    """On to «Практика»."""
    return Button(say(locale, "button-practice"), OpenPractice(class_id=school_class.id), colour)


def class_or_menu(locale: str, school_class: SchoolClass) -> Row:
    """Back to the class, or to the menu."""
    return [class_button(locale, school_class), menu_button(locale)]


def page_buttons(page: int, size: int, found: int, page_press: Callable[[int], Press]) -> Row:
    """Back and forth through a list of `found`, `size` a page; nothing where one page holds it."""
    row: Row = []
    if page > 0:
        row.append(Button("‹", page_press(page - 1)))
    if (page + 1) * size < found:
        row.append(Button("›", page_press(page + 1)))
    return row
