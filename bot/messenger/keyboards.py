"""Buttons in no messenger's words, checked against a messenger's limits before they are stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import orjson

_ANEW = "anew"


class Colour(StrEnum):
    """How a button stands out; a messenger without colours ignores it."""

    PRIMARY = "primary"  # the next step
    SECONDARY = "secondary"
    POSITIVE = "positive"  # agreeing, confirming
    NEGATIVE = "negative"  # refusing, erasing


class Press(Protocol):
    """What a button carries: a pydantic model from `presses`."""

    def model_dump_json(self) -> str:
        """The JSON text that comes back when the button is pressed."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that comes back as a press. A label too long for the messenger is shortened with an ellipsis.

    anew: what it leads to is a new message, for the one it hangs below has to stay (a receipt, a list of IDs).
    """

    label: str
    press: Press
    colour: Colour = Colour.SECONDARY
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a web page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Rows of buttons: under a message (inline), or the lasting menu under the input field."""

    rows: Sequence[Sequence[Button | Link]]
    inline: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """What a messenger takes at most. Lengths in characters."""

    text: int
    label: int
    payload: int
    per_row: int
    inline_rows: int
    inline_buttons: int
    menu_rows: int
    menu_buttons: int


class KeyboardRefused(ValueError):
    """A keyboard that the messenger would not take: a mistake of ours, found before anything is stored."""


def column(*buttons: Button | Link) -> Keyboard:
    """An inline keyboard with one button a row: the usual shape on a phone."""
    return Keyboard([[button] for button in buttons])


def rows_of(buttons: Iterable[Button | Link], width: int) -> list[list[Button | Link]]:
    """Lay the buttons out in rows of at most width."""
    flat = list(buttons)
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def stored(keyboard: Keyboard, limits: Limits, *, anew: bool = False) -> str:
    """The keyboard as the outbox keeps it. anew: of every button.

    Raises KeyboardRefused for too many rows or buttons, an empty label, a payload that is too long, a link not http(s).
    """
    rows = [row for row in keyboard.rows if row]
    _check_size(rows, keyboard.inline, limits)
    written = [[_written(button, limits, anew=anew) for button in row] for row in rows]
    return orjson.dumps({"inline": keyboard.inline, "rows": written}).decode()


def told_anew(payload: str) -> tuple[str, bool]:
    """A payload that came back, without our mark, and whether it had the mark that its answer is a new message."""
    if _ANEW not in payload:
        return payload, False
    try:
        fields = orjson.loads(payload)
        if not isinstance(fields, dict) or fields.pop(_ANEW, None) is not True:
            return payload, False
        return orjson.dumps(fields).decode(), True
    except (orjson.JSONDecodeError, TypeError):
        # Anybody can send anything as a payload, also what is nested deeper than can be written again.
        return payload, False


def _check_size(rows: Sequence[Sequence[Button | Link]], inline: bool, limits: Limits) -> None:
    most_rows = limits.inline_rows if inline else limits.menu_rows
    most_buttons = limits.inline_buttons if inline else limits.menu_buttons
    if len(rows) > most_rows or any(len(row) > limits.per_row for row in rows):
        raise KeyboardRefused(f"{len(rows)} rows, the longest of {max(map(len, rows))}")
    if sum(map(len, rows)) > most_buttons:
        raise KeyboardRefused(f"{sum(map(len, rows))} buttons, at most {most_buttons}")


def _written(button: Button | Link, limits: Limits, *, anew: bool) -> dict[str, Any]:
    label = button.label if len(button.label) <= limits.label else button.label[: limits.label - 1].rstrip() + "…"
    if not label.strip():
        raise KeyboardRefused("a button without a label")
    if isinstance(button, Link):
        if not button.url.startswith(("https://", "http://")):
            raise KeyboardRefused(f"a link that is not http(s): {button.url[:40]}")
        return {"label": label, "url": button.url}
    payload = button.press.model_dump_json()
    if anew or button.anew:
        payload = f'{payload[:-1]},"{_ANEW}":true}}'
    if len(payload) > limits.payload:
        raise KeyboardRefused(f"a payload of {len(payload)} characters on «{label}»")
    return {"label": label, "payload": payload, "colour": button.colour.value}
