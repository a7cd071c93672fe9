"""A served local VK, a bot that calls it over real HTTP, and a person."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from vkbottle import API
from vkbottle.http import AiohttpClient

from bot.emulator import Emulator, Person


class Clock:
    """Real time as the emulator sees it, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 1_760_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


class Bot:
    """The bot's side: raw calls, as VK's own documents spell them."""

    def __init__(self, session: aiohttp.ClientSession, emulator: Emulator) -> None:
        self.session = session
        self.emulator = emulator
        self.server: dict[str, str] = {}

    async def whole(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer to a call."""
        query = {"access_token": self.emulator.token, "v": "5.199"}
        address = f"{self.emulator.url}/method/{method}"
        async with self.session.post(address, params=query, data=params) as answer:
            assert answer.status == 200
            told: dict[str, Any] = await answer.json()
            return told

    async def call(self, method: str, **params: Any) -> Any:
        """The `response` of a call that must succeed."""
        told = await self.whole(method, **params)
        assert "error" not in told, told
        return told["response"]

    async def error(self, method: str, **params: Any) -> int:
        """The number of the error of a call that must fail."""
        code: int = (await self.whole(method, **params))["error"]["error_code"]
        return code

    async def listen(self, *events: str) -> None:
        """Switch Long Poll and these events on and remember the server."""
        own = self.emulator.community.group_id
        switched = dict.fromkeys(events, 1)
        await self.call("groups.setLongPollSettings", group_id=own, enabled=1, api_version="5.199", **switched)
        self.server = await self.call("groups.getLongPollServer", group_id=own)

    async def check(self, wait: int = 0, **changed: Any) -> dict[str, Any]:
        """One `a_check`, as it is answered."""
        query: dict[str, Any] = {"act": "a_check", "key": self.server["key"], "ts": self.server["ts"], "wait": wait}
        async with self.session.post(self.server["server"], params=query | changed) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def events(self) -> list[dict[str, Any]]:
        """What happened since the last time."""
        told = await self.check()
        self.server["ts"] = told["ts"]
        updates: list[dict[str, Any]] = told["updates"]
        return updates


async def held_poll(emulator: Emulator) -> None:
    """Wait until a poll is held, that is until nobody will miss what happens next."""
    while not emulator.long_poll.held:
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def emulator(clock: Clock) -> AsyncIterator[Emulator]:
    emulator = Emulator(now=clock)
    async with emulator.serving():
        yield emulator


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(session: aiohttp.ClientSession, emulator: Emulator) -> Bot:
    return Bot(session, emulator)


@pytest.fixture
async def vkbottle(emulator: Emulator) -> AsyncIterator[API]:
    """vkbottle's own client, told of the other host and of nothing else."""
    client = AiohttpClient()
    api = API(emulator.token, http_client=client)
    api.API_URL = f"{emulator.url}/method/"
    yield api
    await client.close()


@pytest.fixture
def anna(emulator: Emulator) -> Person:
    """Somebody who has written to the community."""
    person = emulator.add_person("Анна", "Кузнецова")
    emulator.write(person.id, "Привет")
    return person


@pytest.fixture
def stranger(emulator: Emulator) -> Person:
    """Somebody who never wrote."""
    return emulator.add_person("Олег", "Сомов")
