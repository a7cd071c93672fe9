"""Lines 1 to 6 of what an honest VK enforces: token, pace, limits, recipients, one `random_id` one message."""

import json

import aiohttp
import pytest

from bot.emulator import Conversation, Emulator, Person
from tests.emulator.conftest import Bot, Clock


async def test_line_01_an_unknown_method_is_error_3_and_a_missing_version_error_8(bot: Bot, emulator: Emulator) -> None:
    assert await bot.error("messages.dance") == 3
    for version in ("", "5.80", "новая"):
        assert await bot.error("users.get", v=version) == 8


async def test_line_01_a_wrong_or_missing_token_is_error_5_and_is_never_told(
    session: aiohttp.ClientSession, emulator: Emulator
) -> None:
    for token in ("wrong-token", ""):
        query = {"access_token": token, "v": "5.199"}
        async with session.post(f"{emulator.url}/method/groups.getById", params=query) as answer:
            told = await answer.text()
        assert json.loads(told)["error"]["error_code"] == 5
        assert not token or token not in told


async def test_line_01_a_token_without_a_right_gets_error_15_from_its_methods(bot: Bot, emulator: Emulator) -> None:
    emulator.community.permissions -= {"manage", "docs"}
    own = emulator.community.group_id
    assert await bot.error("groups.setLongPollSettings", group_id=own, enabled=1) == 15
    assert await bot.error("docs.getUploadServer") == 15
    granted = await bot.call("groups.getTokenPermissions")
    assert {right["name"] for right in granted["permissions"]} == {"messages", "photos"}


async def test_line_02_the_twenty_first_call_within_a_second_is_error_6(bot: Bot, clock: Clock) -> None:
    for _ in range(20):
        await bot.call("groups.getById")
    assert await bot.error("groups.getById") == 6
    clock.advance(0.999)
    assert await bot.error("groups.getById") == 6
    clock.advance(0.001)
    assert await bot.call("groups.getById")


async def test_line_03_a_limit_of_a_method_is_flood_inside_execute_too(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.limit("messages.send", calls=1, per_s=60)
    emulator.limit("users.get", calls=1, per_s=86400, code=29)
    arguments = json.dumps({"peer_id": anna.id, "message": "Раз", "random_id": 0})
    told = await bot.whole("execute", code=f"return [API.messages.send({arguments}),API.messages.send({arguments})];")
    assert told["response"] == [2, False]
    assert told["execute_errors"] == [{"method": "messages.send", "error_code": 9, "error_msg": "Flood control"}]
    await bot.call("users.get")
    assert await bot.error("users.get") == 29


async def test_line_04_more_than_a_hundred_recipients_are_error_100_and_nobody_is_written_to(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    peers = ",".join(str(anna.id) for _ in range(101))
    for several in ("peer_ids", "user_ids"):
        assert await bot.error("messages.send", **{several: peers}, message="Всем", random_id=1) == 100
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_line_04_more_than_is_allowed_at_once_is_error_100(bot: Bot) -> None:
    many = ",".join(map(str, range(1, 102)))
    assert await bot.error("messages.getHistory", peer_id=1, count=201) == 100
    assert await bot.error("messages.getConversations", count=201) == 100
    assert await bot.error("messages.getConversationsById", peer_ids=many) == 100
    assert await bot.error("messages.getByConversationMessageId", peer_id=1, conversation_message_ids=many) == 100
    assert await bot.error("messages.delete", peer_id=1, cmids=many) == 100


@pytest.mark.parametrize(
    ("params", "detail"),
    [
        ({"message": "Привет", "peer_id": 100001}, "random_id is a required parameter"),
        ({"message": "Привет", "random_id": 1}, "you should specify peer_id"),
        ({"peer_id": 100001, "random_id": 1}, "message is empty or invalid"),
        ({"message": "  ", "peer_id": 100001, "random_id": 1}, "message is empty or invalid"),
        ({"message": "Привет", "peer_id": "anna", "random_id": 1}, "peer_id should be an integer"),
        ({"message": "Привет", "peer_id": "١٠٠", "random_id": 1}, "peer_id should be an integer"),
        ({"message": "Привет", "peer_id": "9" * 30, "random_id": 1}, "peer_id should be an integer"),
        ({"message": "Привет", "peer_id": 100001, "random_id": 1, "payload": "нет"}, "payload should be a valid JSON"),
        ({"message": "Привет", "peer_id": 100001, "random_id": 1, "payload": '"%s"' % ("я" * 999)}, "payload is too"),
        ({"attachment": "doc1_1", "peer_id": 100001, "random_id": 1}, "attachment is unknown"),
        ({"attachment": "кот", "peer_id": 100001, "random_id": 1}, "attachment is invalid"),
        ({"attachment": ",".join(["doc1_1"] * 11), "peer_id": 100001, "random_id": 1}, "attachment should contain"),
        ({"message": "а", "sticker_id": 9, "peer_id": 100001, "random_id": 1}, "message is empty or invalid"),
    ],
)
async def test_line_05_a_missing_or_invalid_parameter_is_error_100_that_names_it(
    bot: Bot, anna: Person, params: dict[str, object], detail: str
) -> None:
    error = (await bot.whole("messages.send", **params))["error"]
    assert error["error_code"] == 100
    assert detail in error["error_msg"]


async def test_line_06_a_repeated_random_id_gives_the_first_ids_and_no_second_message(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    first = await bot.call("messages.send", peer_ids=anna.id, message="Раз", random_id=77)
    assert await bot.call("messages.send", peer_ids=anna.id, message="Раз", random_id=77) == first
    assert [message.text for message in emulator.dialogue(anna.id).messages] == ["Привет", "Раз"]


async def test_line_06_the_same_random_id_in_another_dialogue_is_another_message(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "И я")
    items = await bot.call("messages.send", peer_ids=f"{anna.id},{stranger.id}", message="Всем", random_id=77)
    assert len({item["message_id"] for item in items}) == 2


async def test_line_06_random_id_zero_switches_the_check_for_repeats_off(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    for _ in range(2):
        await bot.call("messages.send", peer_id=anna.id, message="Ещё", random_id=0)
    assert len(emulator.dialogue(anna.id).messages) == 3


async def test_line_06_of_a_longer_random_id_only_its_last_32_bits_count(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    first = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=2**31 + 7)
    assert await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=7 - 2**31) == first
    assert emulator.dialogue(anna.id).messages[-1].random_id == 7 - 2**31


async def test_line_06_a_random_id_is_forgotten_after_an_hour(
    bot: Bot, emulator: Emulator, anna: Person, clock: Clock
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    clock.advance(3601)
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    assert len(emulator.dialogue(anna.id).messages) == 3


async def test_line_06_a_random_id_is_forgotten_after_a_hundred_messages_of_the_dialogue(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    first = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    for _ in range(99):
        emulator.write(anna.id, "…")
    assert await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77) == first
    emulator.write(anna.id, "…")
    assert await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77) != first


async def test_line_01_methods_of_another_community_are_error_15(bot: Bot) -> None:
    assert await bot.error("groups.getLongPollServer", group_id=1) == 15
    assert await bot.error("messages.isMessagesFromGroupAllowed", group_id=1, user_id=5) == 15


async def test_line_03_a_flood_in_one_conversation_is_error_9_and_other_dialogues_go_on(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation, clock: Clock
) -> None:
    for number in range(3):
        await bot.call("messages.send", peer_id=chat.peer_id, message=str(number), random_id=number)
    emulator.limit_chats(2)
    flood = {"peer_id": chat.peer_id, "message": "Ещё", "random_id": 0}
    assert [await bot.call("messages.send", **flood) for _ in range(2)] == [0, 0]
    assert await bot.error("messages.send", **flood) == 9
    (item,) = await bot.call("messages.send", peer_ids=chat.peer_id, message="Ещё", random_id=0)
    assert item["error"]["code"] == 9
    assert await bot.call("messages.send", peer_id=anna.id, message="Лично", random_id=0)
    clock.advance(60)
    assert await bot.call("messages.send", **flood) == 0
