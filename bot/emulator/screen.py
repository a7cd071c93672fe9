"""What a person's app shows: which buttons can be pressed, which messages can be quoted."""

from collections.abc import Iterator
from typing import Any

from bot.emulator.dialogues import Dialogue, Message
from bot.emulator.errors import NotOnScreen
from bot.emulator.people import Client

Button = dict[str, Any]
Place = int | None
"""The cmid of the message below which a button hangs; None below the input."""


def find_button(dialogue: Dialogue, button: str | Button, cmid: Place, client: Client) -> tuple[Button, Place]:
    """A button by its label, or the button itself, and where it is.

    cmid: the message below which it hangs; None looks below the input first, then below the newest messages. Raises
    NotOnScreen.
    """
    for rows, place in _rows(dialogue, cmid, client):
        for shown in (shown for row in rows for shown in row):
            if button in (shown, shown["action"].get("label")):
                return shown, place
    label = button if isinstance(button, str) else button.get("action", {}).get("label")
    raise NotOnScreen(f"there is no button {label!r}")


def button_at(dialogue: Dialogue, cmid: Place, row: int, column: int) -> Button:
    """A button by its place on a keyboard, or on a carousel, whose rows are the cards. Raises NotOnScreen."""
    if cmid is None:
        rows = dialogue.keyboard["buttons"] if dialogue.keyboard else []
    else:
        message = dialogue.message(cmid)
        rows = message.button_rows if message else []
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotOnScreen("there is no such button")
    button: Button = rows[row][column]
    return button


def quoted(dialogue: Dialogue, cmid: int) -> dict[str, Any]:
    """A message as another one carries it. Raises NotOnScreen if it is not there."""
    message = dialogue.message(cmid)
    if message is None or message.action is not None:
        raise NotOnScreen(f"there is no message {cmid} to quote")
    return message.quoted()


def _rows(dialogue: Dialogue, cmid: Place, client: Client) -> Iterator[tuple[list[list[Button]], Place]]:
    if cmid is not None:
        message = dialogue.message(cmid)
        if message is not None and _shows(client, message):
            yield message.button_rows, cmid
        return
    if dialogue.keyboard is not None:
        yield dialogue.keyboard["buttons"], None
    for message in reversed(dialogue.messages):
        if not message.deleted and _shows(client, message):
            yield message.button_rows, message.cmid


def _shows(client: Client, message: Message) -> bool:
    return client.carousel if message.template is not None else client.inline_keyboard
