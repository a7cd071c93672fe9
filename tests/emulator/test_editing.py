"""messages.edit: what becomes of the message."""

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot

INLINE = '{"inline":true,"buttons":[[{"action":{"type":"callback","label":"Да","payload":"{}"}}]]}'


async def test_an_edit_replaces_text_and_drops_the_keyboard_not_passed_again(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="1/2", random_id=1, keyboard=INLINE)
    said = emulator.dialogue(anna.id).messages[-1]
    assert said.keyboard is not None
    assert await bot.call("messages.edit", peer_id=anna.id, cmid=said.cmid, message="2/2") == 1
    edited = emulator.dialogue(anna.id).messages[-1]
    assert (edited.text, edited.edited_at) == ("2/2", edited.date)
    assert edited.keyboard is None
