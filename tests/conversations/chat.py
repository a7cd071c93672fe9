"""Scenarios that read as conversations: persons in the local VK, the whole bot behind it, a campaign clock to move."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.app import ROUTERS, App, running
from bot.clock import Clock, ClockSetting
from bot.config import Campaign, Settings, load_campaign
from bot.emulator import Emulator, Message
from bot.jobs.all_jobs import all_jobs
from bot.jobs.job import Job
from bot.jobs.setting import Setting
from bot.messenger.patience import Patience
from bot.messenger.router import Router

ROOT = Path(__file__).parents[2]
FIRST_DAY = datetime(2017, 11, 8, 6, 0, tzinfo=UTC)  # 09:00 in Moscow, the campaign's first morning


class Person:
    """Somebody with a phone. An act waits until the bot has said everything it had to say."""

    def __init__(self, chat: "Chat", user_id: int) -> None:
        self._chat = chat
        self.id = user_id
        self._seen: dict[int, float | None] = {}
        self._pop_ups_seen = 0

    # --- acting

    async def begins(self, ref: str | None = None) -> None:
        """Presses «Начать», or opens a deep link and presses it."""
        await self._act(lambda: self._chat.emulator.begin(self.id, ref))

    async def opens(self, link: str) -> None:
        """Opens a deep link (https://vk.me/...?ref=R) and presses «Начать»."""
        await self.begins(link.rpartition("ref=")[2])

    async def writes(self, text: str, **more: Any) -> None:
        await self._act(lambda: self._chat.emulator.write(self.id, text, **more))

    async def presses(self, label: str) -> None:
        """Presses a button on the screen: below the input, or below one of the messages (the newest that has it)."""
        await self._act(lambda: self._chat.emulator.press(self.id, label))

    async def forges(self, payload: str) -> None:
        """Presses a callback button that was never shown, with a payload of the person's own making."""
        await self._act(lambda: self._chat.emulator.press_forged(self.id, payload))

    async def _act(self, act: Callable[[], object]) -> None:
        await self._chat.settled()
        self._note()
        act()
        await self._chat.settled()

    def _note(self) -> None:
        self._seen = {message.cmid: message.edited_at for message in self._messages()}
        self._pop_ups_seen = len(self._dialogue.popups)

    async def has_read(self) -> None:
        """What came so far is old: from now on only what comes later is news."""
        await self._chat.settled()
        self._note()

    # --- seeing

    @property
    def _dialogue(self) -> Any:
        return self._chat.emulator.dialogue(self.id)

    def _messages(self) -> list[Message]:
        return [message for message in self._dialogue.messages if message.out and not message.deleted]

    @property
    def news(self) -> list[str]:
        """What came or was rewritten since the person's last act, oldest first."""
        return [
            message.text
            for message in self._messages()
            if message.cmid not in self._seen or message.edited_at != self._seen[message.cmid]
        ]

    @property
    def last(self) -> Message:
        """The newest message from the bot."""
        return self._messages()[-1]

    def reads(self, *texts: str) -> None:
        """These are exactly the messages that came since the last act."""
        assert self.news == list(texts)

    def sees(self, *fragments: str) -> None:
        """Each of these stands somewhere in what came since the last act."""
        shown = "\n---\n".join(self.news)
        for fragment in fragments:
            assert fragment in shown, f"{fragment!r} is not in:\n{shown}"

    def sees_pop_up(self, text: str) -> None:
        assert [(one.event_data or {}).get("text") for one in self.new_pop_ups] == [text]

    @property
    def new_pop_ups(self) -> list[Any]:
        """The pop-ups that came since the last act; an empty one only stops the spinner."""
        return list(self._dialogue.popups[self._pop_ups_seen :])

    def sees_buttons(self, *labels: str) -> None:
        """Exactly these buttons hang below the newest message that came or was rewritten."""
        assert self.buttons == list(labels)

    @property
    def buttons(self) -> list[str]:
        """The labels below the newest message that came or was rewritten since the last act."""
        changed = [one for one in self._messages() if self._seen.get(one.cmid, "new") != one.edited_at]
        return _labels(changed[-1].keyboard) if changed else []

    @property
    def menu(self) -> list[str]:
        """The labels of the keyboard below the input."""
        return _labels(self._dialogue.keyboard)

    @property
    def pictures(self) -> int:
        """How many photos the person has got."""
        return [attached["type"] for message in self._messages() for attached in message.attachments].count("photo")

    @property
    def documents(self) -> list[str]:
        """Titles of all documents the person has got."""
        return [
            attached["doc"]["title"]
            for message in self._messages()
            for attached in message.attachments
            if attached["type"] == "doc"
        ]


class Chat:
    """The local VK with the bot on it."""

    def __init__(self, emulator: Emulator, app: App, clock: Clock) -> None:
        self.emulator = emulator
        self.app = app
        self.clock = clock

    def person(self, first_name: str, last_name: str = "Кузнецова") -> Person:
        """A new person, who has not written yet."""
        return Person(self, self.emulator.add_person(first_name, last_name).id)

    async def settled(self) -> None:
        """Wait until the bot has got everything, and nothing is unhandled or unsent."""
        async with asyncio.timeout(20):
            while self.emulator.long_poll.confirmed < self.emulator.long_poll.last or not self.app.idle:
                await asyncio.sleep(0.001)

    async def moves_to(self, local: str) -> None:
        """Sets the campaign's clock to this local time ("2017-11-09 15:00") and waits for all that happens by it."""
        await self.settled()
        self.clock.set(datetime.fromisoformat(local).replace(tzinfo=self.app.campaign.calendar.zone))
        await self.settled()

    async def stored(self, question: Callable[..., Any], *args: Any) -> Any:
        """Ask (or prepare) the storage directly: question(conn, *args) in a transaction."""

        def ask(conn: Connection) -> Any:
            return question(conn, *args)

        return await self.app.database.write(ask)


def campaign(**changes: Any) -> Campaign:
    """The example campaign, open to any account's vote as in the demo, with the changes that a test is about."""
    example = load_campaign(ROOT / "campaign.example.toml")
    return example.model_copy(update={"voters": "any", **changes})


def settings_for(emulator: Emulator, database_url: str, **more: Any) -> Settings:
    """Settings of a bot on this emulator and database, without a limit on sending."""
    return Settings(
        _env_file=None,
        vk_token=emulator.token,
        vk_api_url=f"{emulator.url}/method/",
        database_url=database_url.replace("+psycopg", ""),
        **{"send_rate": 0, "log": "error", **more},
    )


@asynccontextmanager
async def chatting(
    database_url: str,
    *,
    campaign: Campaign,
    routers: Sequence[Router] = ROUTERS,
    at: datetime = FIRST_DAY,
    jobs: Callable[[Setting], Sequence[Job]] = all_jobs,
    **more: Any,
) -> AsyncIterator[Chat]:
    """A bot on a local VK of its own; its campaign clock stands still until it is moved. jobs: a test's own.

    Messages that count along are rewritten at once. more: of the settings.
    """
    emulator = Emulator(calls_per_second=None)
    clock = Clock(ClockSetting(at, datetime.now(UTC), 0.0))
    async with (
        emulator.serving(),
        running(
            settings_for(emulator, database_url, **more),
            campaign,
            routers=routers,
            clock=clock,
            jobs=jobs,
            patience=Patience(board_every_s=0.0),
        ) as app,
    ):
        yield Chat(emulator, app, clock)


def _labels(keyboard: dict[str, Any] | None) -> list[str]:
    return [button["action"]["label"] for row in (keyboard or {"buttons": []})["buttons"] for button in row]
