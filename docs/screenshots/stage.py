"""The local VK with the whole bot on it, and the people who play."""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection

from bot.app import App, running
from bot.commands import invite
from bot.commands.demo import ROOT, DemoClock, demo_campaign, port_for_pages
from bot.commands.schools import import_schools
from bot.config import Settings
from bot.domain.roles import Role, Scope
from bot.emulator import Emulator, Message
from bot.messenger.patience import Patience
from bot.storage.migrating import upgrade
from docs.screenshots.clockwork import Clockwork

NUMBER = re.compile(r"№ \d+: (\d{4}-\d{4}-\d{4})")
REF = re.compile(r"ref=([\w-]+)")
PATIENCE_S = 60.0


class Stage:
    """Where the campaign is played."""

    def __init__(self, emulator: Emulator, app: App, clockwork: Clockwork) -> None:
        self.emulator = emulator
        self._app = app
        self._clockwork = clockwork

    def actor(self, first_name: str, last_name: str) -> "Actor":
        """Somebody new with a phone."""
        return Actor(self, self.emulator.add_person(first_name, last_name).id)

    async def moves_to(self, local: str) -> None:
        """Move the clock to this local time ("2017-11-09 15:00") and wait for all that happens by it."""
        await self.settled()
        self._clockwork.move(local)
        await self.settled()

    async def invited(self, actor: "Actor", role: Role, scope: Scope) -> None:
        """The actor gets a code as the command line issues it, follows it and accepts."""

        def issue(conn: Connection) -> str:
            return invite.issue(conn, role, scope, at=self._clockwork.now())

        code = await self._app.database.write(issue)
        await actor.begins(f"i-{code}")
        await actor.presses("Согласен", "Принять")

    async def municipality(self, name: str) -> Scope:
        """The scope of the municipality whose name contains this."""

        def named(conn: Connection) -> Scope:
            return invite.scope_named(conn, name, None)

        return await self._app.database.write(named)

    def timestamp(self) -> float:
        """The stage's instant in seconds since the epoch."""
        return self._clockwork.timestamp()

    async def settled(self) -> None:
        """Wait until the bot has nothing left to do."""
        async with asyncio.timeout(PATIENCE_S):
            while self.emulator.long_poll.confirmed < self.emulator.long_poll.last or not self._app.idle:
                await asyncio.sleep(0.005)

    async def acts(self, act: Callable[[], object]) -> None:
        """Let somebody do something, and wait for what the bot says to it."""
        await self.settled()
        act()
        await self.settled()


class Actor:
    """A person at their phone."""

    def __init__(self, stage: Stage, user_id: int) -> None:
        self._stage = stage
        self.id = user_id

    async def begins(self, ref: str | None = None) -> None:
        """Press «Начать», having followed a link where there is a ref."""
        await self._stage.acts(lambda: self._stage.emulator.begin(self.id, ref))

    async def writes(self, *texts: str, at: int | None = None) -> None:
        """Write one message after another. at: a conversation."""
        for text in texts:
            await self._write(text, at)

    async def presses(self, *labels: str, at: int | None = None) -> None:
        """Press one button after another. at: a conversation."""
        for label in labels:
            await self._press(label, at)

    @property
    def said(self) -> list[Message]:
        """What the bot has told the person, oldest first."""
        return [one for one in self._stage.emulator.dialogue(self.id).messages if one.out and not one.deleted]

    async def sends_picture(self, text: str, name: str, content: bytes, *, at: int) -> None:
        """Write into a conversation with a photo."""
        photo = self._stage.emulator.attach(self.id, name, content, "photo")
        await self._stage.acts(lambda: self._stage.emulator.write(self.id, text, peer_id=at, attachments=[photo]))

    @property
    def last_ref(self) -> str:
        """What the newest link of the bot carries. Raises LookupError if there is none."""
        found = next((match for one in reversed(self.said) if (match := REF.search(one.text))), None)
        if found is None:
            raise LookupError(f"person {self.id} has got no link")
        return found[1]

    @property
    def numbers_got(self) -> list[str]:
        """The participants' numbers that a teacher has got, in the order of the class list."""
        return [number for one in self.said for number in NUMBER.findall(one.text)]

    async def _write(self, text: str, at: int | None) -> None:
        await self._stage.acts(lambda: self._stage.emulator.write(self.id, text, peer_id=at))

    async def _press(self, label: str, at: int | None) -> None:
        await self._stage.acts(lambda: self._stage.emulator.press(self.id, label, at))


@asynccontextmanager
async def staged(local: str) -> AsyncIterator[Stage]:
    """The example campaign with the sample schools at that local time, on a database that is thrown away."""
    campaign = demo_campaign()
    zone = campaign.calendar.zone
    clockwork = Clockwork(local, zone)
    emulator = Emulator(calls_per_second=None, now=clockwork.timestamp, clock=DemoClock(clockwork.clock, zone))
    with tempfile.TemporaryDirectory() as folder:
        async with emulator.serving():
            settings = _settings(emulator, Path(folder))
            upgrade(settings.database_url)
            hurried = Patience(board_every_s=0.0)
            async with running(settings, campaign, clock=clockwork.clock, patience=hurried) as app:
                await import_schools(app.database, ROOT / "examples" / "schools.csv", lambda done, of: None)
                yield Stage(emulator, app, clockwork)


def _settings(emulator: Emulator, folder: Path) -> Settings:
    listen = f"127.0.0.1:{port_for_pages(emulator.url)}"
    return Settings(
        _env_file=None,
        vk_token=emulator.token,
        vk_api_url=f"{emulator.url}/method/",
        database_url=f"sqlite:///{folder / 'campaign.sqlite3'}",
        send_rate=0,
        log="error",
        web_url=f"http://{listen}",
        web_listen=listen,
    )
