"""messages.edit and messages.delete: own messages, for a day."""

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock

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


async def test_a_message_older_than_a_day_cannot_be_edited(
    bot: Bot, emulator: Emulator, anna: Person, clock: Clock
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=1)
    clock.advance(24 * 3600 + 1)
    assert await bot.error("messages.edit", peer_id=anna.id, message_id=message_id, message="Два") == 909


async def test_a_wrong_edit_has_the_code_of_its_reason_and_changes_nothing(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=1)
    own = {"peer_id": anna.id, "message_id": message_id}
    assert await bot.error("messages.edit", peer_id=anna.id, cmid=1, message="Не моё") == 920
    assert await bot.error("messages.edit", peer_id=anna.id, cmid=99, message="Нет такого") == 100
    assert await bot.error("messages.edit", peer_id=stranger.id, cmid=1, message="Чужое") == 901
    assert await bot.error("messages.edit", **own, message="") == 100
    assert await bot.error("messages.edit", **own, message="я" * 4097) == 914
    assert await bot.error("messages.edit", **own, message="Раз", keyboard="[]") == 911
    assert emulator.dialogue(anna.id).messages[-1].text == "Раз"


async def test_deleting_for_all_removes_own_fresh_messages_and_refuses_others_one_by_one(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Лишнее", random_id=1)
    items = await bot.call("messages.delete", peer_id=anna.id, cmids="1,2,9", delete_for_all=1)
    assert [item.get("response") for item in items] == [None, 1]
    assert items[0]["error"]["code"] == 924
    history = await bot.call("messages.getHistory", peer_id=anna.id)
    assert [message["text"] for message in history["items"]] == ["Привет"]


async def test_deleting_for_all_after_a_day_is_refused_with_924(
    bot: Bot, emulator: Emulator, anna: Person, clock: Clock
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Старое", random_id=1)
    clock.advance(24 * 3600 + 1)
    items = await bot.call("messages.delete", message_ids=message_id, delete_for_all=1)
    assert items[0]["error"]["code"] == 924
