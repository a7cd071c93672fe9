"""Keyboards: every rule that VK answers with error 911, and what persons see of a right one."""

from typing import Any

import pytest
from orjson import dumps

from bot.emulator import Emulator, Person
from bot.emulator.errors import ApiError, NotOnScreen
from bot.emulator.keyboards import parsed
from tests.emulator.conftest import Bot


def text(label: str = "Да", **more: Any) -> dict[str, Any]:
    return {"action": {"type": "text", "label": label} | more}


def keyboard(*rows: list[dict[str, Any]], **flags: Any) -> str:
    return dumps({"buttons": rows} | flags).decode()


LOCATION = {"action": {"type": "location"}}


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ("{нет", "keyboard is not a valid JSON"),
        ("[]", "keyboard should be an object"),
        ('{"inline":"true","buttons":[]}', "inline property should be boolean"),
        ('{"inline":1,"buttons":[]}', "inline property should be boolean"),
        ('{"one_time":1,"buttons":[]}', "one_time property should be boolean"),
        ("{}", "buttons should be an array of arrays"),
        ('{"buttons":[{}]}', "buttons should be an array of arrays"),
        (keyboard([]), "row should contain at least one button"),
        (keyboard(*[[text()]] * 11), "buttons contain too much rows"),
        (keyboard(*[[text()]] * 7, inline=True), "buttons contain too much rows"),
        (keyboard([text()] * 6), "row contains too much buttons"),
        (keyboard(*[[text()] * 5] * 9), "keyboard contains too much buttons"),
        (keyboard([text()] * 5, [text()] * 5, [text()], inline=True), "keyboard contains too much buttons"),
        (keyboard([text("я" * 41)]), "button [0][0] has too long label"),
        (keyboard([text(" ")]), "button [0][0] has invalid label"),
        (keyboard([text(payload="нет")]), "button [0][0] has invalid payload"),
        (keyboard([text(payload=5)]), "button [0][0] has invalid payload"),
        (keyboard([text(payload='"%s"' % ("я" * 254))]), "button [0][0] has too long payload"),
        (keyboard([{"action": {"type": "callback", "label": "Да"}}]), "button [0][0] has no payload"),
        (keyboard([{"action": {"type": "open_link", "label": "Да"}}]), "button [0][0] has no link"),
        (
            keyboard([text()], [{"action": {"type": "open_link", "label": "Да", "link": "ftp://x"}}]),
            "button [1][0] has invalid link",
        ),
        (keyboard([LOCATION, text()]), "row [0] contains a button that should be alone"),
        (keyboard([{"action": {"type": "dance"}}]), "button [0][0] has unknown action type"),
        (keyboard([{"action": {"type": ["text"]}}]), "button [0][0] has unknown action type"),
        (keyboard([text() | {"color": "pink"}]), "button [0][0] has invalid color"),
        (keyboard([LOCATION | {"color": "primary"}]), "button [0][0] has invalid color"),
        (keyboard([text()], inline=True, one_time=True), "inline keyboard can not be one_time"),
    ],
)
def test_a_broken_keyboard_is_refused_with_911_and_its_reason(wrong: str, detail: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parsed(wrong)
    assert refusal.value.code == 911
    assert refusal.value.message == f"Keyboard format is invalid: {detail}"


def test_the_largest_keyboards_that_vk_takes_are_taken() -> None:
    assert len(parsed(keyboard(*[[text("я" * 40)] * 4] * 10))["buttons"]) == 10
    assert len(parsed(keyboard(*[[text()] * 2] * 5, inline=True))["buttons"]) == 5


def test_a_payload_given_as_an_object_is_kept_as_json_text() -> None:
    kept = parsed(keyboard([text(payload={"a": "я"})]))["buttons"][0][0]
    assert kept == {"action": {"type": "text", "label": "Да", "payload": '{"a":"я"}'}, "color": "secondary"}


async def test_a_wrong_keyboard_fails_the_whole_call_even_with_peer_ids(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    assert await bot.error("messages.send", peer_ids=anna.id, message="Да?", random_id=1, keyboard="{}") == 911
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_with_bot_capabilities_off_a_keyboard_is_error_912(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.community.bot_capabilities = False
    shown = keyboard([text()])
    assert await bot.error("messages.send", peer_id=anna.id, message="Да?", random_id=1, keyboard=shown) == 912


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
