"""Lines 7 to 11: who may be written to, how much fits, keyboards, carousels, the switch for bots."""

import json
from typing import Any

import pytest
from orjson import dumps

from bot.emulator import Client, Conversation, Emulator, NotOnScreen, Person
from bot.emulator.errors import ApiError
from bot.emulator.keyboards import parsed
from tests.emulator.conftest import Bot, keyboard, picture, text, upload

LOCATION = {"action": {"type": "location"}}


async def test_line_07_with_peer_ids_each_recipient_gets_an_item_with_ids_or_its_own_error(
    bot: Bot, anna: Person, stranger: Person
) -> None:
    items = await bot.call("messages.send", peer_ids=f"{anna.id},{stranger.id}", message="Всем", random_id=1)
    refusal = {"code": 901, "description": "Can't send messages for users without permission"}
    assert items == [
        {"peer_id": anna.id, "message_id": 2, "conversation_message_id": 2},
        {"peer_id": stranger.id, "error": refusal},
    ]


async def test_line_07_who_never_wrote_cannot_be_written_to_first(
    bot: Bot, emulator: Emulator, stranger: Person
) -> None:
    assert await bot.error("messages.send", peer_id=stranger.id, message="Привет", random_id=1) == 901
    assert await bot.error("messages.send", peer_id=999, message="Привет", random_id=1) == 901
    assert emulator.dialogue(stranger.id).messages == []


async def test_line_07_who_forbade_messages_is_refused_until_writing_again(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.deny(anna.id)
    assert await bot.error("messages.send", peer_id=anna.id, message="Привет", random_id=1) == 901
    emulator.write(anna.id, "Я снова тут")
    assert await bot.call("messages.send", peer_id=anna.id, message="Привет", random_id=1)


@pytest.mark.parametrize("code", [900, 902])
async def test_line_07_a_blacklisted_or_closed_person_is_refused_with_the_own_code(
    bot: Bot, emulator: Emulator, anna: Person, code: int
) -> None:
    emulator.refuse(anna.id, code)
    assert await bot.error("messages.send", peer_id=anna.id, message="Привет", random_id=1) == code
    (item,) = await bot.call("messages.send", peer_ids=anna.id, message="Привет", random_id=1)
    assert (item.keys(), item["error"]["code"]) == ({"peer_id", "error"}, code)


@pytest.mark.parametrize(("text", "fits"), [("я" * 4096, True), ("я" * 4097, False), ("😀" * 2049, False)])
async def test_line_08_a_text_over_4096_utf16_units_is_error_914_for_the_whole_call(
    bot: Bot, anna: Person, text: str, fits: bool
) -> None:
    told = await bot.whole("messages.send", peer_ids=anna.id, message=text, random_id=1)
    assert ("response" in told) is fits
    assert fits or told["error"]["error_code"] == 914


async def test_line_08_over_a_hundred_forwarded_messages_are_913_and_unknown_ones_921(bot: Bot, anna: Person) -> None:
    for cmids, code in (([1] * 101, 913), ([99], 921)):
        forward = json.dumps({"peer_id": anna.id, "conversation_message_ids": cmids})
        assert await bot.error("messages.send", peer_id=anna.id, random_id=1, forward=forward) == code


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
def test_line_09_a_broken_keyboard_is_refused_with_911_and_its_reason(wrong: str, detail: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parsed(wrong)
    assert refusal.value.code == 911
    assert refusal.value.message == f"Keyboard format is invalid: {detail}"


def test_line_09_the_largest_keyboards_that_vk_takes_are_taken() -> None:
    assert len(parsed(keyboard(*[[text("я" * 40)] * 4] * 10))["buttons"]) == 10
    assert len(parsed(keyboard(*[[text()] * 2] * 5, inline=True))["buttons"]) == 5


def test_line_09_a_payload_given_as_an_object_is_kept_as_json_text() -> None:
    kept = parsed(keyboard([text(payload={"a": "я"})]))["buttons"][0][0]
    assert kept == {"action": {"type": "text", "label": "Да", "payload": '{"a":"я"}'}, "color": "secondary"}


async def test_line_09_a_wrong_keyboard_fails_the_whole_call_even_with_peer_ids(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    assert await bot.error("messages.send", peer_ids=anna.id, message="Да?", random_id=1, keyboard="{}") == 911
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_line_11_with_bot_capabilities_off_a_keyboard_is_error_912(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.community.bot_capabilities = False
    shown = keyboard([text()])
    assert await bot.error("messages.send", peer_id=anna.id, message="Да?", random_id=1, keyboard=shown) == 912


async def test_line_07_a_member_of_a_conversation_who_never_wrote_privately_is_901(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    emulator.write(boris.id, "/я тут", peer_id=chat.peer_id)
    assert await bot.error("messages.send", peer_id=boris.id, message="Лично", random_id=1) == 901


async def test_line_08_ten_attachments_fit_into_a_message_and_eleven_are_error_100(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    doc = emulator.attach(anna.id, "work.pdf", b"%PDF")["doc"]
    references = [f"doc{doc['owner_id']}_{doc['id']}"] * 11
    send = {"peer_id": anna.id, "random_id": 0}
    assert await bot.call("messages.send", **send, attachment=",".join(references[:10]))
    assert await bot.error("messages.send", **send, attachment=",".join(references)) == 100


def element(**changed: Any) -> dict[str, Any]:
    shown = {"title": "Школа № 5", "description": "9 уроков", "buttons": [text("Голосовать", payload={"school": 5})]}
    return {name: value for name, value in (shown | changed).items() if value is not None}


def carousel(*elements: dict[str, Any]) -> str:
    return dumps({"type": "carousel", "elements": elements}).decode()


async def test_line_10_a_carousel_is_shown_with_its_photos_and_its_buttons_can_be_pressed(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    photo = await saved_photo(bot, picture(442, 272))
    pictured = {"photo_id": f"{photo['owner_id']}_{photo['id']}", "action": {"type": "open_photo"}}
    sent = carousel(element(**pictured), element(**pictured, title="Школа № 6"))
    await bot.call("messages.send", peer_id=anna.id, message="Школы", random_id=1, template=sent)
    template = emulator.dialogue(anna.id).messages[-1].template
    assert template is not None
    assert [one["title"] for one in template["elements"]] == ["Школа № 5", "Школа № 6"]
    assert template["elements"][0]["photo"]["sizes"][0]["width"] == 442
    await bot.listen("message_new")
    emulator.press(anna.id, "Голосовать")
    (event,) = await bot.events()
    assert event["object"]["message"]["payload"] == '{"school":5}'


@pytest.mark.parametrize(
    "template",
    [
        "{нет",
        "[]",
        '{"type":"list","elements":[]}',
        carousel(),
        carousel(*[element()] * 11),
        carousel(element(title="я" * 81)),
        carousel(element(description="я" * 81)),
        carousel(element(description=None)),
        carousel(element(title=None)),
        carousel(element(title=None, description=None)),
        carousel(element(buttons=None)),
        carousel(element(buttons=[text()] * 4)),
        carousel(element(buttons=[text("я" * 41)])),
        carousel(element(photo_id="-1_1")),
        carousel(element(photo_id=5)),
        carousel(element(action={"type": "open_link", "link": "javascript:alert(1)"})),
        carousel(element(action={"type": "open_photo"})),
        carousel(element(), element(buttons=[text(), text()])),
        carousel(element(), element(action={"type": "open_link", "link": "https://example.org"})),
    ],
)
async def test_line_10_a_broken_carousel_is_error_100_and_nothing_is_sent(
    bot: Bot, emulator: Emulator, anna: Person, template: str
) -> None:
    assert await bot.error("messages.send", peer_id=anna.id, message="Школы", random_id=1, template=template) == 100
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_line_10_a_carousel_needs_a_message_stands_without_keyboard_and_has_13_to_8_photos(
    bot: Bot, anna: Person
) -> None:
    send = {"peer_id": anna.id, "random_id": 1, "template": carousel(element())}
    assert await bot.error("messages.send", **send) == 100
    assert await bot.error("messages.send", **send, message="Школы", keyboard=keyboard([text()])) == 100
    for width, height in ((221, 221), (208, 128)):
        photo = await saved_photo(bot, picture(width, height))
        shown = carousel(element(photo_id=f"{photo['owner_id']}_{photo['id']}"))
        assert await bot.error("messages.send", **send | {"template": shown}, message="Школы") == 100


async def test_line_10_an_app_without_carousels_says_so_and_shows_none_of_its_buttons(
    bot: Bot, emulator: Emulator
) -> None:
    await bot.listen("message_new")
    old = emulator.add_person("Пётр", "Ильин", client=Client(carousel=False))
    emulator.write(old.id, "Привет")
    (event,) = await bot.events()
    assert event["object"]["client_info"]["carousel"] is False
    sent = carousel(element())
    await bot.call("messages.send", peer_id=old.id, message="Школы", random_id=1, template=sent)
    with pytest.raises(NotOnScreen):
        emulator.press(old.id, "Голосовать")


async def saved_photo(bot: Bot, content: bytes) -> dict[str, Any]:
    address = (await bot.call("photos.getMessagesUploadServer"))["upload_url"]
    uploaded = await upload(bot, address, "x.png", content, "photo")
    (photo,) = await bot.call("photos.saveMessagesPhoto", **uploaded)
    shown: dict[str, Any] = photo
    return shown


async def test_line_11_with_bot_capabilities_off_conversations_and_carousels_are_error_912(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    emulator.community.bot_capabilities = False
    assert await bot.error("messages.send", peer_id=chat.peer_id, message="Всем", random_id=1) == 912
    assert await bot.error("messages.setActivity", peer_id=chat.peer_id, type="typing") == 912
    sent = {"peer_id": anna.id, "message": "Школы", "random_id": 1, "template": carousel(element())}
    assert await bot.error("messages.send", **sent) == 912
    assert await bot.call("messages.send", peer_id=anna.id, message="Лично", random_id=1)


async def test_line_11_without_its_switches_the_community_cannot_be_added_to_conversations(
    emulator: Emulator, anna: Person
) -> None:
    peer_id = emulator.create_conversation(anna.id, "Педсовет").peer_id
    for switch in ("bots_add_to_chat", "bot_capabilities"):
        setattr(emulator.community, switch, False)
        with pytest.raises(NotOnScreen):
            emulator.invite(peer_id, anna.id, -emulator.community.group_id)
        setattr(emulator.community, switch, True)
    assert emulator.invite(peer_id, anna.id, -emulator.community.group_id).was_joined
