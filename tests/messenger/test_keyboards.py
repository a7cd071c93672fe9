"""Keyboards within a messenger's limits, found out before anything is stored; and how VK draws them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.messenger.keyboards import Button, Keyboard, KeyboardRefused, Link, column, rows_of, stored, told_anew
from bot.messenger.vk.keyboards import LIMITS, as_vk


class Pressed(BaseModel):
    kind: str = "pressed"
    padding: str = ""


def buttons(count: int) -> list[Button]:
    return [Button(f"Кнопка {number}", Pressed()) for number in range(count)]


def drawn(keyboard: Keyboard) -> dict[str, object]:
    found: dict[str, object] = json.loads(as_vk(stored(keyboard, LIMITS)))
    return found


@pytest.mark.parametrize(
    "keyboard",
    [
        Keyboard([buttons(1)] * 7),
        Keyboard([buttons(6)]),
        Keyboard([buttons(5), buttons(5), buttons(1)]),
        Keyboard([buttons(1)] * 11, inline=False),
        Keyboard([buttons(5)] * 9, inline=False),
        column(Button("  ", Pressed())),
        column(Button("Длинно", Pressed(padding="я" * 250))),
        column(Link("Куда", "javascript:alert(1)")),
    ],
    ids=["rows", "row", "buttons", "menu rows", "menu buttons", "label", "payload", "link"],
)
def test_a_keyboard_beyond_the_limits_is_refused_before_it_is_stored(keyboard: Keyboard) -> None:
    with pytest.raises(KeyboardRefused):
        stored(keyboard, LIMITS)


@pytest.mark.parametrize(
    "keyboard", [Keyboard([buttons(2)] * 5), Keyboard([buttons(1)] * 6), Keyboard([buttons(4)] * 10, inline=False)]
)
def test_a_keyboard_that_just_fits_is_taken(keyboard: Keyboard) -> None:
    assert drawn(keyboard)["inline"] is keyboard.inline


def test_a_long_label_is_shortened_with_an_ellipsis() -> None:
    keyboard = json.loads(stored(column(Button("Очень " * 20, Pressed())), LIMITS))
    label = keyboard["rows"][0][0]["label"]
    assert len(label) <= 40
    assert label.endswith("…")


def test_buttons_below_a_message_call_back_and_those_below_the_input_write() -> None:
    inline, menu = (drawn(Keyboard([buttons(1)], inline=inline)) for inline in (True, False))
    assert '"type": "callback"' in json.dumps(inline)
    assert '"type": "text"' in json.dumps(menu)


def test_an_empty_keyboard_takes_the_menu_away() -> None:
    assert drawn(Keyboard([], inline=False)) == {"one_time": False, "inline": False, "buttons": []}


@given(st.integers(0, 40), st.integers(1, 5))
def test_laid_out_in_rows_no_button_is_lost_and_no_row_too_wide(count: int, width: int) -> None:
    rows = rows_of(buttons(count), width)
    assert [button for row in rows for button in row] == buttons(count)
    assert all(1 <= len(row) <= width for row in rows)


@pytest.mark.parametrize("forged", ["anew", '{"anew":', '["anew"]', '{"anew":1}', '{"kind":"anew"}'])
def test_a_forged_mark_is_left_as_it_is(forged: str) -> None:
    assert told_anew(forged) == (forged, False)
