"""vkbottle's own Callback set-up: the bot adds its server, confirms it, and is told events by HTTP."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from vkbottle import API, Bot, Callback, GroupEventType, Keyboard
from vkbottle.bot import Message, MessageEvent
from vkbottle.callback import BotCallback

from bot.emulator import Emulator, Person
from tests.emulator.clients.conftest import answer, enable_long_poll, polling

VOTE = Keyboard(inline=True).add(Callback("За", payload={"vote": 2}))


class Webhook:
    """The web application that vkbottle's documents tell to write around `setup_webhook` and `process_event`."""

    def __init__(self) -> None:
        self.bot: Bot | None = None
        self.url = ""
        self.agreed: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()
        self._handling: set[asyncio.Task[None]] = set()

    async def take(self, request: web.Request) -> web.Response:
        event = await request.json()
        code, secret = await self.agreed
        if event.get("secret") != secret:
            return web.Response(status=403)
        if event["type"] == "confirmation":
            return web.Response(text=code)
        assert self.bot is not None
        task = asyncio.create_task(self.bot.process_event(event))
        self._handling.add(task)
        task.add_done_callback(self._handling.discard)
        return web.Response(text="ok")

    async def set_up(self, bot: Bot) -> int:
        """Let the bot arrange everything; gives the server's number."""
        self.bot = bot
        if self.agreed.done():
            self.agreed = asyncio.get_running_loop().create_future()
        self.agreed.set_result(await bot.setup_webhook())
        server_id = await bot.callback.find_server_id()
        assert server_id is not None
        return server_id


@pytest.fixture
async def webhook() -> AsyncIterator[Webhook]:
    webhook = Webhook()
    app = web.Application()
    app.router.add_post("/vk", webhook.take)
    async with TestServer(app) as server:
        webhook.url = str(server.make_url("/vk"))
        yield webhook


def written(vkbottle: API, webhook: Webhook, *, dual_mode: bool = False) -> Bot:
    """A bot that echoes and takes votes, with a fresh secret as after a restart."""
    callback = BotCallback(url=webhook.url, title="ugubot")
    bot = Bot(api=vkbottle, callback=callback, dual_mode=dual_mode)

    @bot.on.private_message()
    async def echo(message: Message) -> None:
        await message.answer(f"Эхо: {message.text}", keyboard=VOTE.get_json())

    @bot.on.raw_event(GroupEventType.MESSAGE_EVENT, dataclass=MessageEvent)
    async def pressed(event: MessageEvent) -> None:
        await event.show_snackbar("Принято")

    return bot


async def confirmed(emulator: Emulator, server_id: int) -> None:
    await emulator.until(lambda: emulator.callbacks.servers[server_id].status == "ok")


async def test_vkbottles_set_up_is_confirmed_and_brings_new_messages(
    vkbottle: API, emulator: Emulator, webhook: Webhook, anna: Person
) -> None:
    server_id = await webhook.set_up(written(vkbottle, webhook))
    await confirmed(emulator, server_id)
    emulator.write(anna.id, "Раз")
    await answer(emulator, anna.id, "Эхо: Раз")
    assert not emulator.long_poll.settings.is_enabled


async def test_presses_arrive_once_their_events_are_switched_on_as_well(
    vkbottle: API, emulator: Emulator, webhook: Webhook, anna: Person
) -> None:
    bot = written(vkbottle, webhook)
    server_id = await webhook.set_up(bot)
    await confirmed(emulator, server_id)
    emulator.write(anna.id, "Раз")
    await answer(emulator, anna.id, "Эхо: Раз")
    assert not emulator.events.wanted("message_event")
    await bot.callback.set_callback_settings(server_id, {"message_event": True})
    settings = await bot.callback.get_callback_settings(server_id)
    assert (settings["message_new"], settings["message_event"]) == (1, 1)
    emulator.press(anna.id, "За")
    (popup,) = await emulator.until(lambda: emulator.dialogue(anna.id).popups)
    assert popup.event_data == {"type": "show_snackbar", "text": "Принято"}


async def test_a_restarted_bot_finds_its_server_and_gives_it_a_new_secret(
    vkbottle: API, emulator: Emulator, webhook: Webhook, anna: Person
) -> None:
    first = await webhook.set_up(written(vkbottle, webhook))
    await confirmed(emulator, first)
    again = written(vkbottle, webhook)
    assert await webhook.set_up(again) == first
    assert emulator.callbacks.servers[first].secret_key == again.callback.get_secret_key()
    emulator.write(anna.id, "Два")
    await answer(emulator, anna.id, "Эхо: Два")
    await again.callback.delete_callback_server(first)
    assert await again.callback.get_callback_servers() == []


async def test_a_dual_mode_bot_answers_each_message_once_although_it_hears_it_twice(
    vkbottle: API,
    emulator: Emulator,
    webhook: Webhook,
    anna: Person,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)  # vkbottle keeps its ts in the working folder
    enable_long_poll(emulator, "message_new")
    bot = written(vkbottle, webhook, dual_mode=True)
    server_id = await webhook.set_up(bot)
    await confirmed(emulator, server_id)
    server = emulator.callbacks.servers[server_id]
    async with polling(bot, emulator):
        for text in ("Раз", "Два"):
            emulator.write(anna.id, text)
            await answer(emulator, anna.id, f"Эхо: {text}")
            await emulator.until(lambda: not server.waiting)
            while emulator.long_poll.confirmed < emulator.long_poll.last:
                await asyncio.sleep(0)
    said = [message.text for message in emulator.dialogue(anna.id).messages if message.out]
    assert said == ["Эхо: Раз", "Эхо: Два"]
    assert [attempt.type for attempt in server.attempts] == ["confirmation", "message_new", "message_new"]
