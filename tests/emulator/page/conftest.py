"""The chat page in a real Chromium, on a served local VK whose bot is the test."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


class CampaignTime:
    """A campaign's clock that stands still and goes forward only."""

    speed = 0.0

    def __init__(self) -> None:
        self.instant = datetime(2017, 11, 8, 9, 0, tzinfo=timezone(timedelta(hours=3)))

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.set(self.instant + by)

    def set(self, to: datetime) -> None:
        if to < self.instant:
            raise ValueError("the clock goes forward only")
        self.instant = to.astimezone(self.instant.tzinfo)


@dataclass
class Screen:
    """What one person at the page sees."""

    page: Page
    emulator: Emulator

    async def open(self, person: Person | None = None) -> None:
        """Open the page, with a person's dialogue or with the list only."""
        await self.page.goto(f"{self.emulator.url}/{f'#/{person.id}' if person else ''}")
        await expect(self.page.locator(".community-name")).to_have_text(self.emulator.community.name)
        if person:
            # «Начать» or the input appears when the dialogue has been loaded.
            await expect(self.page.locator(".start:visible, .writing:visible")).to_be_visible()

    async def see(self, conversation: int, member: Person) -> None:
        """Open the page with a conversation as one of its members sees it."""
        await self.page.goto(f"{self.emulator.url}/#/{conversation}:{member.id}")
        await expect(self.input).to_be_visible()

    def column(self, name: str) -> Locator:
        """One of the dialogues that are open, by who or what it is called."""
        return self.page.locator(f".dialogue[aria-label*='{name}']")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def key(self, label: str) -> Locator:
        """A button of the bot."""
        return self.page.locator(".key", has_text=label)

    @property
    def messages(self) -> Locator:
        return self.page.locator(".message")

    @property
    def input(self) -> Locator:
        return self.page.get_by_role("textbox", name="Сообщение")

    async def write(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def reads(self, text: str) -> None:
        """The newest message is this one."""
        await expect(self.messages.last.locator(".text")).to_have_text(text)


@dataclass
class Answers:
    """The bot's side in two words."""

    bot: Bot
    sent: int = 0

    async def say(self, person: Person, text: str = "", **more: Any) -> int:
        """Send a message; its id."""
        self.sent += 1
        sent: int = await self.bot.call("messages.send", peer_id=person.id, message=text, random_id=self.sent, **more)
        return sent

    async def pop_up(self, event: dict[str, Any], **answer: str) -> None:
        """Answer a press."""
        press = event["object"]
        place = {"event_id": press["event_id"], "user_id": press["user_id"], "peer_id": press["peer_id"]}
        data = {"event_data": json.dumps(answer)} if answer else {}
        await self.bot.call("messages.sendMessageEventAnswer", **place, **data)

    async def next_event_of(self, type_: str, text: re.Pattern[str] | None = None) -> dict[str, Any]:
        """What the next event of that type is about, after any others; of a message, one with that text."""
        while True:
            event = await self.next_event()
            told: dict[str, Any] = event["object"]
            if event["type"] == type_ and (text is None or text.search(told["message"]["text"])):
                return told

    async def next_event(self) -> dict[str, Any]:
        """The next thing that happens, waited for."""
        told = await self.bot.check(wait=10)
        self.bot.server["ts"] = str(int(self.bot.server["ts"]) + 1)
        event: dict[str, Any] = told["updates"][0]
        return event


def keyboard(*rows: list[dict[str, Any]], inline: bool = False, one_time: bool = False) -> str:
    """A keyboard as a call carries it."""
    return json.dumps({"inline": inline, "one_time": one_time, "buttons": rows})


def button(label: str, kind: str = "text", color: str = "secondary") -> dict[str, Any]:
    """A button whose payload is its label."""
    return {
        "action": {"type": kind, "label": label, "payload": json.dumps({"b": label}, ensure_ascii=False)},
        "color": color,
    }


@pytest.fixture
def campaign_time() -> CampaignTime:
    return CampaignTime()


@pytest.fixture
async def emulator(clock: Clock, campaign_time: CampaignTime) -> AsyncIterator[Emulator]:
    emulator = Emulator(now=clock, clock=campaign_time)
    async with emulator.serving():
        yield emulator


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: the chat page is not tested")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; a test that provokes a complaint clears it."""
    return []


@pytest.fixture
async def screen(emulator: Emulator, browser: Browser, complaints: list[str]) -> AsyncIterator[Screen]:
    """A page that must not complain on the browser's console."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="ru-RU", timezone_id="Europe/Moscow", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Screen(page, emulator)
    assert complaints == []


@pytest.fixture
async def answers(bot: Bot) -> Answers:
    """A bot that is told of messages and presses."""
    await bot.listen("message_new", "message_event")
    return Answers(bot)
