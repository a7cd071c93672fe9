"""Keyboards as persons see them: what stays, what goes, what can be pressed."""

import pytest

from bot.emulator import Emulator, Person
from bot.emulator.errors import NotOnScreen
from tests.emulator.conftest import Bot, keyboard, text


async def test_the_keyboard_below_the_input_stays_until_replaced_or_hidden(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    dialogue = emulator.dialogue(anna.id)
    send = {"peer_id": anna.id, "message": "Меню", "random_id": 0}
    await bot.call("messages.send", **send, keyboard=keyboard([text("Баланс")]))
    await bot.call("messages.send", **send)
    assert dialogue.keyboard is not None
    assert dialogue.messages[-2].keyboard is None
    await bot.call("messages.send", **send, keyboard='{"buttons":[]}')
    assert dialogue.keyboard is None


async def test_a_one_time_keyboard_goes_away_once_pressed(bot: Bot, emulator: Emulator, anna: Person) -> None:
    shown = keyboard([text("Баланс")], one_time=True)
    await bot.call("messages.send", peer_id=anna.id, message="Меню", random_id=0, keyboard=shown)
    emulator.press(anna.id, "Баланс")
    assert emulator.dialogue(anna.id).keyboard is None
    with pytest.raises(NotOnScreen):
        emulator.press(anna.id, "Баланс")


async def test_a_button_of_a_deleted_or_edited_message_is_not_on_the_screen(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call(
        "messages.send", peer_id=anna.id, message="Да?", random_id=0, keyboard=keyboard([text()], inline=True)
    )
    await bot.call("messages.edit", peer_id=anna.id, cmid=2, message="Поздно")
    with pytest.raises(NotOnScreen):
        emulator.press(anna.id, "Да")
    with pytest.raises(NotOnScreen):
        emulator.press(anna.id, "Да", cmid=2)
