"""A served local VK, a bot that calls it over real HTTP, and a person."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from orjson import dumps
from PIL import Image
from vkbottle import API
from vkbottle.http import AiohttpClient

from bot.emulator import Conversation, Emulator, Person


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

    async def heard(self) -> list[str]:
        """The texts of the new messages since the last time."""
        return [event["object"]["message"]["text"] for event in await self.events() if event["type"] == "message_new"]

    async def events(self) -> list[dict[str, Any]]:
        """What happened since the last time."""
        told = await self.check()
        self.server["ts"] = told["ts"]
        updates: list[dict[str, Any]] = told["updates"]
        return updates


class Page:
    """The page's side of the control API."""

    def __init__(self, session: aiohttp.ClientSession, emulator: Emulator) -> None:
        self.session = session
        self.root = f"{emulator.url}/control"

    async def get(self, path: str) -> dict[str, Any]:
        """What a GET tells; it must succeed."""
        status, told = await self.asked("GET", path)
        assert status == 200, told
        return told

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        """What a POST tells; it must succeed."""
        status, told = await self.asked("POST", path, json=body)
        assert status in (200, 201), told
        return told

    async def asked(self, method: str, path: str, **how: Any) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        async with self.session.request(method, self.root + path, **how) as answer:
            return answer.status, await answer.json()


def text(label: str = "Да", **more: Any) -> dict[str, Any]:
    """A text button."""
    return {"action": {"type": "text", "label": label} | more}


def keyboard(*rows: list[dict[str, Any]], **flags: Any) -> str:
    """A keyboard as a bot sends it."""
    return dumps({"buttons": rows} | flags).decode()


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A black picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, kind)
    return drawn.getvalue()


async def upload(bot: Bot, address: str, name: str, content: bytes, field: str = "file") -> dict[str, object]:
    """What an upload address answers to a file."""
    form = aiohttp.FormData()
    form.add_field(field, content, filename=name)
    async with bot.session.post(address, data=form) as answer:
        told: dict[str, object] = await answer.json()
        return told


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
def page(session: aiohttp.ClientSession, emulator: Emulator) -> Page:
    return Page(session, emulator)


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
def boris(emulator: Emulator) -> Person:
    """Somebody who never wrote to the community."""
    return emulator.add_person("Борис", "Лосев")


@pytest.fixture
def chat(emulator: Emulator, anna: Person, boris: Person) -> Conversation:
    """A conversation that Anna began with Boris (cmid 1) and brought the community into (cmid 2)."""
    peer_id = emulator.create_conversation(anna.id, "Педсовет", [boris.id]).peer_id
    return emulator.invite(peer_id, anna.id, -emulator.community.group_id)


@pytest.fixture
def stranger(emulator: Emulator) -> Person:
    """Somebody who never wrote."""
    return emulator.add_person("Олег", "Сомов")
