"""A bot written with vk_api (python273), in a thread of its own as its users run it."""

import asyncio
import io
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
import requests
import vk_api
from requests.adapters import HTTPAdapter
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.keyboard import VkKeyboard, VkKeyboardColor
from vk_api.upload import VkUpload
from vk_api.utils import get_random_id

from bot.emulator import Emulator, Person
from tests.emulator.clients.conftest import PNG, answer
from tests.emulator.conftest import held_poll

VK = "https://api.vk.ru"


class ToEmulator(HTTPAdapter):
    """The library's HTTP session may be given to it; this one finds VK's host elsewhere, nothing else is changed."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        request.url = request.url.replace(VK, self._url, 1)
        return super().send(request, *args, **kwargs)


class VkApiBot:
    """Echoes words, counts presses, gives files; stops after the event during which it was asked to."""

    def __init__(self, emulator: Emulator) -> None:
        session = requests.Session()
        session.mount(VK, ToEmulator(emulator.url))
        self.vk = vk_api.VkApiGroup(token=emulator.token, session=session, api_version="5.199")
        self.api = self.vk.get_api()
        self.group_id = emulator.community.group_id
        self.stopping = threading.Event()

    def run(self) -> None:
        events = {"message_new": 1, "message_event": 1}
        self.api.groups.setLongPollSettings(group_id=self.group_id, enabled=1, api_version="5.199", **events)
        polled = VkBotLongPoll(self.vk, self.group_id, wait=1)
        while not self.stopping.is_set():
            for event in polled.check():
                self.handle(event)

    def handle(self, event: Any) -> None:
        if event.type == VkBotEventType.MESSAGE_EVENT:
            told = event.object
            shown = json.dumps({"type": "show_snackbar", "text": f"Голос: {told.payload['vote']}"})
            ticket = {"event_id": told.event_id, "user_id": told.user_id, "peer_id": told.peer_id}
            self.api.messages.sendMessageEventAnswer(**ticket, event_data=shown)
        elif event.type == VkBotEventType.MESSAGE_NEW:
            self.reply(event)

    def reply(self, event: Any) -> None:
        peer_id, text = event.message["peer_id"], event.message["text"]
        if text == "Файлы":
            self.say(peer_id, "Вот", attachment=self.files(peer_id))
        elif text == "Голосую":
            keyboard = VkKeyboard(inline=True)
            keyboard.add_callback_button("За", VkKeyboardColor.POSITIVE, payload={"vote": 2})
            keyboard.add_openlink_button("Правила", "https://example.org")
            self.say(peer_id, "Ваш голос?", keyboard=keyboard.get_keyboard())
        else:
            self.say(peer_id, f"{'Чат' if event.from_chat else 'Эхо'}: {text}")

    def files(self, peer_id: int) -> str:
        upload = VkUpload(self.vk)
        document = upload.document_message(io.BytesIO(b"1;2"), title="номера.csv", peer_id=peer_id)["doc"]
        (photo,) = upload.photo_messages(io.BytesIO(PNG), peer_id=peer_id)
        return (
            f"doc{document['owner_id']}_{document['id']},photo{photo['owner_id']}_{photo['id']}_{photo['access_key']}"
        )

    def say(self, peer_id: int, text: str, **more: str) -> None:
        self.api.messages.send(peer_id=peer_id, message=text, random_id=get_random_id(), **more)


@pytest.fixture
async def bot(emulator: Emulator, anna: Person) -> AsyncIterator[VkApiBot]:
    bot = VkApiBot(emulator)
    running = asyncio.create_task(asyncio.to_thread(bot.run))
    await emulator.until(lambda: emulator.calls.of("groups.getLongPollServer"))
    await held_poll(emulator)
    yield bot
    bot.stopping.set()
    emulator.long_poll.wake()
    await running


async def test_a_vk_api_bot_echoes_what_people_write_to_it(bot: VkApiBot, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "Привет")
    assert (await answer(emulator, anna.id, "Эхо: Привет")).random_id != 0


async def test_a_vk_api_bot_sends_its_keyboard_and_answers_the_press(
    bot: VkApiBot, emulator: Emulator, anna: Person
) -> None:
    emulator.write(anna.id, "Голосую")
    asked = await answer(emulator, anna.id, "Ваш голос?")
    assert asked.keyboard is not None
    assert [button["action"]["type"] for button in asked.keyboard["buttons"][0]] == ["callback", "open_link"]
    emulator.press(anna.id, "За")
    (popup,) = await emulator.until(lambda: emulator.dialogue(anna.id).popups)
    assert popup.event_data == {"type": "show_snackbar", "text": "Голос: 2"}


async def test_vk_apis_uploader_brings_a_document_and_a_photo(bot: VkApiBot, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "Файлы")
    document, photo = (await answer(emulator, anna.id, "Вот")).attachments
    assert (document["doc"]["title"], document["doc"]["size"]) == ("номера.csv", 3)
    assert photo["photo"]["sizes"][0]["width"] == 300


async def test_a_vk_api_bot_tells_a_conversation_from_a_private_dialogue(
    bot: VkApiBot, emulator: Emulator, anna: Person
) -> None:
    council = emulator.create_conversation(anna.id, "Педсовет").peer_id
    emulator.invite(council, anna.id, -emulator.community.group_id)
    await answer(emulator, council, "Чат: ")
    emulator.write(anna.id, "/итоги", peer_id=council)
    assert (await answer(emulator, council, "Чат: /итоги")).id == 0


async def test_vk_api_meets_vks_errors_under_their_numbers(bot: VkApiBot, stranger: Person) -> None:
    with pytest.raises(vk_api.ApiError) as refused:
        await asyncio.to_thread(bot.say, stranger.id, "Привет")
    assert refused.value.code == 901
