"""The events that people's acts and the bot's own messages cause, field by field."""

from bot.emulator import Client, Emulator, Person
from tests.emulator.conftest import Bot

CALLBACK = '{"inline":true,"buttons":[[{"action":{"type":"callback","label":"За","payload":{"o":2}}}]]}'
BELOW = '{"buttons":[[{"action":{"type":"callback","label":"За","payload":"{\\"o\\":2}"}}]]}'


async def test_a_message_carries_every_field_that_clients_require(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Баланс", payload={"kind": "balance"})
    (event,) = await bot.events()
    assert event["type"] == "message_new"
    assert event["group_id"] == emulator.community.group_id
    assert len(event["event_id"]) == 40
    message = event["object"]["message"]
    assert message == {
        "date": 1760000000,
        "from_id": anna.id,
        "id": 2,
        "version": message["version"],
        "out": 0,
        "fwd_messages": [],
        "important": False,
        "is_hidden": False,
        "attachments": [],
        "conversation_message_id": 2,
        "text": "Баланс",
        "peer_id": anna.id,
        "random_id": 0,
        "payload": '{"kind":"balance"}',
    }
    assert "callback" in event["object"]["client_info"]["button_actions"]


async def test_the_first_private_message_also_allows_messages(bot: Bot, emulator: Emulator, stranger: Person) -> None:
    await bot.listen("message_new", "message_allow")
    emulator.write(stranger.id, "Здравствуйте")
    emulator.write(stranger.id, "Это Олег")
    events = await bot.events()
    assert [event["type"] for event in events] == ["message_allow", "message_new", "message_new"]
    assert events[0]["object"] == {"user_id": stranger.id, "key": ""}


async def test_begin_brings_its_command_and_the_ref_of_the_link(bot: Bot, emulator: Emulator, stranger: Person) -> None:
    await bot.listen("message_new")
    emulator.begin(stranger.id, ref="c7-x91", ref_source="qr")
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert (message["text"], message["payload"]) == ("Начать", '{"command":"start"}')
    assert (message["ref"], message["ref_source"]) == ("c7-x91", "qr")


async def test_a_message_without_a_link_has_no_ref(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Просто так")
    (event,) = await bot.events()
    assert not {"ref", "ref_source", "payload"} & event["object"]["message"].keys()


async def test_a_text_over_4096_characters_arrives_in_pieces(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "я" * 5000)
    assert [len(event["object"]["message"]["text"]) for event in await bot.events()] == [4096, 904]


async def test_an_answered_message_comes_with_the_answer(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Об этом", reply_to=1)
    (event,) = await bot.events()
    assert event["object"]["message"]["reply_message"]["text"] == "Привет"


async def test_every_own_message_is_reported_with_its_random_id(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_reply", "message_edit")
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=41)
    await bot.call("messages.edit", peer_id=anna.id, cmid=2, message="Два")
    reply, edit = await bot.events()
    assert (reply["type"], reply["object"]["random_id"], reply["object"]["out"]) == ("message_reply", 41, 1)
    assert (edit["type"], edit["object"]["text"]) == ("message_edit", "Два")


async def test_forbidding_allowing_and_reading_are_told_as_events(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_deny", "message_allow", "message_read")
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=1)
    emulator.read(anna.id)
    emulator.read(anna.id)
    emulator.deny(anna.id)
    emulator.allow(anna.id)
    events = await bot.events()
    assert [event["type"] for event in events] == ["message_read", "message_deny", "message_allow"]
    assert events[0]["object"]["conversation_message_id"] == 2


async def test_a_press_below_a_message_tells_which_and_its_payload_decoded(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_event")
    await bot.call("messages.send", peer_id=anna.id, message="За?", random_id=1, keyboard=CALLBACK)
    ticket = emulator.press(anna.id, "За")
    (event,) = await bot.events()
    assert event["object"] == {
        "user_id": anna.id,
        "peer_id": anna.id,
        "event_id": ticket,
        "payload": {"o": 2},
        "conversation_message_id": 2,
    }
    assert ticket != event["event_id"]


async def test_a_press_below_the_input_belongs_to_no_message(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_event")
    await bot.call("messages.send", peer_id=anna.id, message="За?", random_id=1, keyboard=BELOW)
    emulator.press(anna.id, "За")
    (event,) = await bot.events()
    assert "conversation_message_id" not in event["object"]


async def test_an_app_without_callback_buttons_sends_the_press_as_a_message(bot: Bot, emulator: Emulator) -> None:
    old = emulator.add_person("Пётр", "Ильин", client=Client(callback_buttons=False))
    emulator.write(old.id, "Привет")
    await bot.listen("message_new", "message_event")
    await bot.call("messages.send", peer_id=old.id, message="За?", random_id=1, keyboard=CALLBACK)
    emulator.press(old.id, "За")
    (event,) = await bot.events()
    assert event["object"]["message"]["payload"] == (
        '{"command":"not_supported_button","button_type":"callback","payload":"{\\"o\\":2}"}'
    )
    assert "callback" not in event["object"]["client_info"]["button_actions"]
