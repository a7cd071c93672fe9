"""The events that people's acts and the bot's own messages cause, field by field."""

from bot.emulator import Client, Emulator, Person
from tests.emulator.conftest import Bot, Page

CALLBACK = '{"inline":true,"buttons":[[{"action":{"type":"callback","label":"За","payload":{"o":2}}}]]}'
BELOW = '{"buttons":[[{"action":{"type":"callback","label":"За","payload":"{\\"o\\":2}"}}]]}'


async def test_a_text_over_4096_characters_arrives_in_pieces(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "я" * 5000)
    assert [len(event["object"]["message"]["text"]) for event in await bot.events()] == [4096, 904]


async def test_an_answered_message_comes_with_the_answer(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Об этом", reply_to=1)
    (event,) = await bot.events()
    assert event["object"]["message"]["reply_message"]["text"] == "Привет"


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


async def test_joining_and_leaving_the_community_are_told_once_each(
    bot: Bot, page: Page, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("group_join", "group_leave")
    for act in ("join", "join", "leave", "leave"):
        assert (await page.post(f"/persons/{anna.id}/{act}"))["is_member"] is (act == "join")
    assert [(event["type"], event["object"]) for event in await bot.events()] == [
        ("group_join", {"user_id": anna.id, "join_type": "join"}),
        ("group_leave", {"user_id": anna.id, "self": 1}),
    ]
