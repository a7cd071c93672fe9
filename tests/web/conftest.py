"""The session's screen in a real Chromium, on the bot's own server, which reads what the test holds in its hands.

One browser for all tests of a run: they share one event loop, each has a room and a browser context of its own.
"""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.domain.sessions.screen import Screen
from tests.web.rooms import AT, TOKEN, Room

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass
class Wall:
    """The projector: one window at the room's address. complaints: of the browser, on its console."""

    page: Page
    room: Room
    address: str
    complaints: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.address}/screen/{TOKEN}"

    async def opens(self, screen: Screen) -> None:
        """Open the address, and see the first event of the stream through."""
        self.room.show(screen)
        async with self.page.expect_response("**/events"):
            await self.page.goto(self.url)

    async def reads(self, text: str) -> None:
        """Somewhere on the page is this text, soon."""
        await expect(self.page.get_by_text(text, exact=True).locator("visible=true").first).to_be_visible()

    async def lacks(self, text: str) -> None:
        """Nowhere on the page is this text to be seen."""
        await expect(self.page.get_by_text(text, exact=True).locator("visible=true")).to_have_count(0)

    async def leaves(self) -> None:
        """Close the address; what the browser said of lost connections until now is as it should be."""
        await self.page.goto("about:blank")
        self.complaints.clear()

    async def texts(self, selector: str) -> list[str]:
        """What is written in each of these elements that can be seen, in one line."""
        written = await self.page.locator(selector).locator("visible=true").all_inner_texts()
        return [" ".join(text.split()) for text in written]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: the pages are not tested")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    """A photo of 800 by 600."""
    content = io.BytesIO()
    Image.new("RGB", (800, 600), "peru").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def room() -> Room:
    """A room of the test's own."""
    return Room()


@pytest_asyncio.fixture(loop_scope="session")
async def address(room: Room) -> AsyncIterator[str]:
    """Where the pages of that room are."""
    async with room.served() as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def client() -> AsyncIterator[ClientSession]:
    """Somebody who reads addresses without a browser."""
    async with ClientSession() as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def hall(browser: Browser) -> AsyncIterator[Wall]:
    """A server and a window that are used again and again: opening them takes longer than most tests."""
    room = Room()
    async with room.served() as address, window(browser) as page:
        yield watched(Wall(page, room, address))


@pytest_asyncio.fixture(loop_scope="session")
async def wall(hall: Wall) -> AsyncIterator[Wall]:
    """The hall's dark wall, with what the last test left on it; the browser must not complain."""
    hall.complaints.clear()
    hall.room.pictures.clear()
    hall.room.trouble = None
    hall.room.clock.set(AT)
    await hall.page.set_viewport_size({"width": 1280, "height": 720})
    yield hall
    assert hall.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def own_wall(browser: Browser, room: Room) -> AsyncIterator[Wall]:
    """A wall that nobody else uses, for a test that stops its server or needs a browser that remembers nothing."""
    async with window(browser) as page:
        wall = watched(Wall(page, room, ""))
        yield wall
    assert wall.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def timed_wall(browser: Browser) -> AsyncIterator[Wall]:
    """A wall whose browser knows only the time that the test lets pass; the campaign's clock does a minute a second."""
    async with window(browser) as page:
        wall = watched(Wall(page, Room(speed=60), ""))
        await page.clock.install(time=AT)
        await page.clock.pause_at(AT + timedelta(seconds=1))
        yield wall
    assert wall.complaints == []


@asynccontextmanager
async def window(browser: Browser) -> AsyncIterator[Page]:
    """A window of a projector, in a browser that remembers nothing."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="ru-RU", color_scheme="dark", reduced_motion="reduce"
    )
    yield await context.new_page()
    await context.close()


def watched(wall: Wall) -> Wall:
    """The wall, with an ear at its console."""
    wall.page.on("console", lambda said: wall.complaints.append(said.text) if said.type != "log" else None)
    wall.page.on("pageerror", lambda error: wall.complaints.append(str(error)))
    return wall
