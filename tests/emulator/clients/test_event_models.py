"""Every event that the local VK makes, private and in conversations, fits the type that vkbottle reads it with."""

from collections.abc import Callable
from typing import Any

import pytest
from vkbottle import API, Callback, Keyboard, Text
from vkbottle.tools.mini_types.bot import MessageEventMin, message_min
from vkbottle_types.events import GroupTypes

from bot.emulator import Client, Emulator, Person
from bot.emulator.long_poll import EVENT_TYPES
from tests.emulator.clients.conftest import PNG
from tests.emulator.conftest import Bot, picture, upload

MODELS: dict[str, Callable[..., Any]] = {
    "message_new": GroupTypes.MessageNew,
    "message_reply": GroupTypes.MessageReply,
    "message_edit": GroupTypes.MessageEdit,
    "message_event": MessageEventMin,
    "message_read": GroupTypes.MessageRead,
    "message_allow": GroupTypes.MessageAllow,
    "message_deny": GroupTypes.MessageDeny,
    "group_join": GroupTypes.GroupJoin,
    "group_leave": GroupTypes.GroupLeave,
}
VOTE = Keyboard(inline=True).add(Callback("За", payload={"o": 2})).add(Text("Итоги", payload={"o": 3})).get_json()
BELOW = Keyboard().add(Callback("За", payload={"o": 2})).get_json()
CAROUSEL = (
    '{"type":"carousel","elements":[{"title":"Школа","description":"№ 5","buttons":'
    '[{"action":{"type":"text","label":"Выбрать","payload":"{}"}}]}]}'
)


class Events:
    """What reaches the bot, checked on the way."""

    def __init__(self, bot: Bot, vkbottle: API) -> None:
        self.bot, self.vkbottle = bot, vkbottle

    async def read(self) -> list[str]:
        """The types of what has happened since the last time, each read by its model."""
        events = await self.bot.events()
        for event in events:
            MODELS[event["type"]](**event, unprepared_ctx_api=self.vkbottle)
            if event["type"] == "message_new":
                message_min(event, self.vkbottle)
        return [event["type"] for event in events]


@pytest.fixture
async def events(bot: Bot, vkbottle: API, anna: Person) -> Events:
    """From after Anna's first message on."""
    await bot.listen(*EVENT_TYPES)
    return Events(bot, vkbottle)


@pytest.fixture
def council(emulator: Emulator, anna: Person, stranger: Person, events: Events) -> int:
    """A conversation of Anna and Oleg with the bot as an admin who reads everything."""
    own = emulator.community.group_id
    peer_id = emulator.create_conversation(anna.id, "Педсовет", [stranger.id]).peer_id
    emulator.invite(peer_id, anna.id, -own)
    emulator.set_admin(peer_id, -own, True)
    emulator.let_see_all(peer_id, True)
    return peer_id


async def test_everything_that_a_person_can_write_is_read_by_vkbottle(
    events: Events, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.begin(stranger.id, ref="c7", ref_source="qr")
    emulator.write(anna.id, "Слово", payload={"kind": "balance"}, reply_to=1, forwards=[1])
    emulator.write(anna.id, "Из приложения без кнопок", client=Client(callback_buttons=False, inline_keyboard=False))
    emulator.write(anna.id, sticker_id=9)
    files = [("работа.pdf", b"%PDF", "doc"), ("доска.png", PNG, "photo"), ("голос.ogg", b"OggS", "voice")]
    for name, content, sort in files:
        emulator.write(anna.id, attachments=[emulator.attach(anna.id, name, content, sort)])
    assert await events.read() == ["message_allow"] + ["message_new"] * 7


async def test_everything_that_a_person_can_do_besides_is_read_by_vkbottle(
    events: Events, bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Снизу", random_id=1, keyboard=BELOW)
    await bot.call("messages.send", peer_id=anna.id, message="За?", random_id=2, keyboard=VOTE)
    emulator.press(anna.id, "За")
    emulator.press(anna.id, "За", cmid=3)
    emulator.press(anna.id, "Итоги")
    emulator.read(anna.id)
    await bot.call("messages.send", peer_id=anna.id, message="Итоги", random_id=3)
    emulator.read(anna.id)
    emulator.deny(anna.id)
    emulator.allow(anna.id)
    emulator.join(anna.id)
    emulator.leave(anna.id)
    told = await events.read()
    assert told[:2] == ["message_reply"] * 2
    assert told[2:5] == ["message_event", "message_event", "message_new"]
    assert told[5:] == ["message_reply", "message_read", "message_deny", "message_allow", "group_join", "group_leave"]


async def test_everything_that_the_bot_itself_sends_is_read_by_vkbottle(
    events: Events, bot: Bot, anna: Person, council: int
) -> None:
    await events.read()
    address = (await bot.call("photos.getMessagesUploadServer", peer_id=anna.id))["upload_url"]
    uploaded = await upload(bot, address, "доска.png", picture(300, 200), "photo")
    (photo,) = await bot.call("photos.saveMessagesPhoto", **uploaded)
    attached = f"photo{photo['owner_id']}_{photo['id']}_{photo['access_key']}"
    for peer_id in (anna.id, council):
        sent = {"peer_ids": peer_id, "message": "Вот"}
        await bot.call("messages.send", **sent, random_id=1, attachment=attached, keyboard=VOTE)
        (item,) = await bot.call("messages.send", **sent, random_id=2, template=CAROUSEL)
        place = {"peer_id": peer_id, "cmid": item["conversation_message_id"]}
        await bot.call("messages.edit", **place, message="Иначе", attachment=attached)
        assert await events.read() == ["message_reply", "message_reply", "message_edit"]


async def test_everything_that_happens_in_a_conversation_is_read_by_vkbottle(
    events: Events, bot: Bot, emulator: Emulator, anna: Person, stranger: Person, council: int
) -> None:
    own = emulator.community.group_id
    assert await events.read() == ["message_new"]
    emulator.rename(council, anna.id, "Учительская")
    emulator.write(stranger.id, f"@{emulator.community.screen_name} итоги", peer_id=council)
    emulator.write(
        stranger.id, "Вот", peer_id=council, attachments=[emulator.attach(stranger.id, "а.png", PNG, "photo")]
    )
    emulator.kick(council, anna.id, stranger.id)
    emulator.invite(council, anna.id, stranger.id)
    assert await events.read() == ["message_new"] * 5
    (item,) = await bot.call("messages.send", peer_ids=council, message="За?", random_id=1, keyboard=VOTE)
    cmid = item["conversation_message_id"]
    emulator.press(stranger.id, "За", council, cmid)
    emulator.press(stranger.id, "Итоги", council, cmid)
    emulator.read(anna.id, council)
    assert set(await events.read()) >= {"message_reply", "message_event", "message_new"}
    await bot.call("messages.pin", peer_id=council, cmid=cmid)
    await bot.call("messages.unpin", peer_id=council)
    emulator.kick(council, stranger.id, stranger.id)
    emulator.kick(council, anna.id, -own)
    assert set(await events.read()) == {"message_new"}
