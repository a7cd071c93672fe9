"""messages.send: recipients, refusals, limits, one `random_id` one message."""

import json

import pytest

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock


async def test_a_message_to_one_peer_is_answered_with_its_id(bot: Bot, emulator: Emulator, anna: Person) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Здравствуйте", random_id=7)
    said = emulator.dialogue(anna.id).messages[-1]
    assert (said.id, said.cmid, said.text, said.random_id) == (message_id, 2, "Здравствуйте", 7)
    assert said.from_id == -emulator.community.group_id


async def test_with_peer_ids_each_recipient_gets_an_item_with_ids_or_its_own_error(
    bot: Bot, anna: Person, stranger: Person
) -> None:
    items = await bot.call("messages.send", peer_ids=f"{anna.id},{stranger.id}", message="Всем", random_id=1)
    refusal = {"code": 901, "description": "Can't send messages for users without permission"}
    assert items == [
        {"peer_id": anna.id, "message_id": 2, "conversation_message_id": 2},
        {"peer_id": stranger.id, "error": refusal},
    ]


async def test_who_never_wrote_cannot_be_written_to_first(bot: Bot, emulator: Emulator, stranger: Person) -> None:
    assert await bot.error("messages.send", peer_id=stranger.id, message="Привет", random_id=1) == 901
    assert await bot.error("messages.send", peer_id=999, message="Привет", random_id=1) == 901
    assert emulator.dialogue(stranger.id).messages == []


async def test_who_forbade_messages_is_refused_until_writing_again(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.deny(anna.id)
    assert await bot.error("messages.send", peer_id=anna.id, message="Привет", random_id=1) == 901
    emulator.write(anna.id, "Я снова тут")
    assert await bot.call("messages.send", peer_id=anna.id, message="Привет", random_id=1)


@pytest.mark.parametrize("code", [900, 902])
async def test_a_blacklisted_or_closed_person_is_refused_with_the_own_code(
    bot: Bot, emulator: Emulator, anna: Person, code: int
) -> None:
    emulator.refuse(anna.id, code)
    assert await bot.error("messages.send", peer_id=anna.id, message="Привет", random_id=1) == code


async def test_a_conversation_without_the_bot_and_a_group_as_peer_are_refused(bot: Bot) -> None:
    assert await bot.error("messages.send", peer_id=2_000_000_001, message="Всем", random_id=1) == 917
    assert await bot.error("messages.send", chat_id=1, message="Всем", random_id=1) == 917
    assert await bot.error("messages.send", peer_id=-5, message="Всем", random_id=1) == 936


async def test_a_repeated_random_id_gives_the_first_ids_and_no_second_message(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    first = await bot.call("messages.send", peer_ids=anna.id, message="Раз", random_id=77)
    assert await bot.call("messages.send", peer_ids=anna.id, message="Раз", random_id=77) == first
    assert [message.text for message in emulator.dialogue(anna.id).messages] == ["Привет", "Раз"]


async def test_the_same_random_id_in_another_dialogue_is_another_message(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "И я")
    items = await bot.call("messages.send", peer_ids=f"{anna.id},{stranger.id}", message="Всем", random_id=77)
    assert len({item["message_id"] for item in items}) == 2


async def test_random_id_zero_switches_the_check_for_repeats_off(bot: Bot, emulator: Emulator, anna: Person) -> None:
    for _ in range(2):
        await bot.call("messages.send", peer_id=anna.id, message="Ещё", random_id=0)
    assert len(emulator.dialogue(anna.id).messages) == 3


async def test_a_random_id_is_forgotten_after_an_hour(bot: Bot, emulator: Emulator, anna: Person, clock: Clock) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    clock.advance(3601)
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    assert len(emulator.dialogue(anna.id).messages) == 3


async def test_a_random_id_is_forgotten_after_a_hundred_messages_of_the_dialogue(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    first = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77)
    for _ in range(99):
        emulator.write(anna.id, "…")
    assert await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77) == first
    emulator.write(anna.id, "…")
    assert await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=77) != first


@pytest.mark.parametrize(
    ("params", "detail"),
    [
        ({"message": "Привет", "peer_id": 100001}, "random_id is a required parameter"),
        ({"message": "Привет", "peer_id": 100001, "random_id": 2**31}, "random_id should be a 32-bit integer"),
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
        ({"message": "а", "template": "{}", "peer_id": 100001, "random_id": 1}, "template is not supported"),
    ],
)
async def test_a_missing_or_invalid_parameter_is_error_100_that_names_it(
    bot: Bot, anna: Person, params: dict[str, object], detail: str
) -> None:
    error = (await bot.whole("messages.send", **params))["error"]
    assert error["error_code"] == 100
    assert detail in error["error_msg"]


async def test_more_than_a_hundred_peer_ids_are_error_100_and_nobody_is_written_to(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    peers = ",".join(str(anna.id) for _ in range(101))
    assert await bot.error("messages.send", peer_ids=peers, message="Всем", random_id=1) == 100
    assert len(emulator.dialogue(anna.id).messages) == 1


@pytest.mark.parametrize(("text", "fits"), [("я" * 4096, True), ("я" * 4097, False), ("😀" * 2049, False)])
async def test_a_text_over_4096_utf16_units_is_error_914_for_the_whole_call(
    bot: Bot, anna: Person, text: str, fits: bool
) -> None:
    told = await bot.whole("messages.send", peer_ids=anna.id, message=text, random_id=1)
    assert ("response" in told) is fits
    assert fits or told["error"]["error_code"] == 914


async def test_a_reply_carries_the_message_it_answers(bot: Bot, emulator: Emulator, anna: Person) -> None:
    asked = emulator.write(anna.id, "Где урок?")
    forward = json.dumps({"peer_id": anna.id, "conversation_message_ids": [asked.cmid], "is_reply": True})
    await bot.call("messages.send", peer_id=anna.id, message="Здесь", random_id=1, forward=forward)
    replied = emulator.dialogue(anna.id).messages[-1].reply_to
    assert replied is not None
    assert replied["text"] == "Где урок?"


async def test_over_a_hundred_forwarded_messages_are_913_and_unknown_ones_921(bot: Bot, anna: Person) -> None:
    for cmids, code in (([1] * 101, 913), ([99], 921)):
        forward = json.dumps({"peer_id": anna.id, "conversation_message_ids": cmids})
        assert await bot.error("messages.send", peer_id=anna.id, random_id=1, forward=forward) == code
