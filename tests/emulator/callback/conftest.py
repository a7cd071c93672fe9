"""The bot's side of the Callback API: an HTTP server that remembers what it was told and answers as the test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.emulator import Emulator
from tests.emulator.conftest import Bot

QUICK = 1e-5
"""A scale at which all five retries together take 62 ms."""


@dataclass(frozen=True)
class Told:
    """One request of VK's and when it came."""

    at: float
    body: dict[str, Any]
    retry: str | None

    @property
    def text(self) -> str:
        text: str = self.body["object"]["message"]["text"]
        return text


def answering(text: str, status: int = 200, **headers: str) -> Callable[[Told], web.Response]:
    """An answer that is always the same."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: web.Response(text=text, status=status, headers=named)


class Side:
    """Where VK's requests arrive. `answer` is asked about each event, `code` answers confirmations."""

    def __init__(self) -> None:
        self.code = ""
        self.url = ""
        self.answer: Callable[[Told], web.StreamResponse] = answering("ok")
        self.gate = asyncio.Event()
        self.gate.set()
        self._arrived: asyncio.Queue[Told] = asyncio.Queue()

    async def take(self, request: web.Request) -> web.StreamResponse:
        assert request.content_type == "application/json"
        loop = asyncio.get_running_loop()
        told = Told(loop.time(), await request.json(), request.headers.get("X-Retry-Counter"))
        self._arrived.put_nowait(told)
        await self.gate.wait()
        return web.Response(text=self.code) if told.body["type"] == "confirmation" else self.answer(told)

    async def next(self) -> Told:
        """The next request; it has to come within 5 s."""
        return await asyncio.wait_for(self._arrived.get(), 5)

    async def some(self, count: int) -> list[Told]:
        """The next requests, in the order in which they come."""
        return [await self.next() for _ in range(count)]

    @property
    def is_silent(self) -> bool:
        """Whether nothing has come that was not looked at."""
        return self._arrived.empty()


class Callbacks:
    """What a bot does about its servers, in VK's own words."""

    def __init__(self, bot: Bot, emulator: Emulator, side: Side) -> None:
        self.bot, self.emulator, self.side = bot, emulator, side
        self.group_id = emulator.community.group_id

    async def add(self, title: str = "Бот", **changed: Any) -> int:
        """A server at our address, not yet confirmed."""
        params = {"group_id": self.group_id, "title": title, "url": self.side.url} | changed
        server_id: int = (await self.bot.call("groups.addCallbackServer", **params))["server_id"]
        return server_id

    async def connect(self, *events: str, **changed: Any) -> int:
        """A confirmed server that is told these events; its confirmation is not among what has arrived."""
        code = await self.bot.call("groups.getCallbackConfirmationCode", group_id=self.group_id)
        self.side.code = code["code"]
        server_id = await self.add(**changed)
        assert (await self.side.next()).body["type"] == "confirmation"
        await self.reaches(server_id, "ok")
        await self.set(server_id, **dict.fromkeys(events, 1))
        return server_id

    async def set(self, server_id: int, **settings: Any) -> None:
        """Switch events of a server."""
        await self.bot.call("groups.setCallbackSettings", group_id=self.group_id, server_id=server_id, **settings)

    async def listed(self) -> list[dict[str, Any]]:
        """The servers as VK lists them."""
        told = await self.bot.call("groups.getCallbackServers", group_id=self.group_id)
        assert told["count"] == len(told["items"])
        items: list[dict[str, Any]] = told["items"]
        return items

    async def reaches(self, server_id: int, status: str) -> None:
        """Wait until a server has that status."""
        servers = self.emulator.callbacks.servers
        await self.emulator.until(lambda: servers[server_id].status == status)

    async def is_done(self, server_id: int) -> None:
        """Wait until every event was taken or given up."""
        servers = self.emulator.callbacks.servers
        await self.emulator.until(lambda: not servers[server_id].waiting)


@pytest.fixture
async def side() -> AsyncIterator[Side]:
    side = Side()
    app = web.Application()
    app.router.add_post("/vk", side.take)
    async with TestServer(app) as server:
        side.url = str(server.make_url("/vk"))
        yield side


@pytest.fixture
def callbacks(bot: Bot, emulator: Emulator, side: Side) -> Callbacks:
    return Callbacks(bot, emulator, side)
