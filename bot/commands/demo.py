"""`ugubot demo`: the whole campaign on one machine: a local messenger with a page, the bot, sample schools, a clock.

One can be coordinator, teacher, pupil and voter at once. What was played is kept in a folder until `--fresh`.
"""

import shutil
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from sqlalchemy import Connection

from bot.app import App, running
from bot.clock import Clock
from bot.commands import demo_session, invite
from bot.commands.operator_error import OperatorError
from bot.commands.run import until_stopped
from bot.commands.schools import import_schools
from bot.config import Campaign, Settings, load_campaign
from bot.domain.roles import Role
from bot.domain.votes import VoterPolicy
from bot.emulator import Emulator, NotOnScreen
from bot.kept_clock import stored_clock
from bot.storage.database import Database
from bot.storage.migrating import upgrade
from bot.wording import say

ROOT = Path(__file__).parents[2]
BEING_SET = "scene-being-set"
FIRST_MORNING_HOUR = 9
PEOPLE = (
    ("Ольга", "Координатор региона"),
    ("Ирина", "Координатор Ставрополя"),
    ("Мария", "Учитель"),
    ("Артём", "Ученик"),
    ("Алина", "Ученица"),
    ("Пётр", "Голосующий"),
    ("Нина", "Голосующая"),
)
COORDINATES = (None, "Ставрополь")  # a municipality of the sample schools, None: the region; first come, first named


class DemoClock:
    """The campaign's clock as the messenger's page shows it: in the campaign's own time zone."""

    def __init__(self, clock: Clock, zone: ZoneInfo) -> None:
        self._clock = clock
        self._zone = zone

    @property
    def speed(self) -> float:
        """Campaign seconds per real second."""
        return self._clock.speed

    def now(self) -> datetime:
        """The campaign's local time."""
        return self._clock.now().astimezone(self._zone)

    def advance(self, by: timedelta) -> None:
        """Move the campaign's clock."""
        self._clock.advance(by)

    def set(self, to: datetime) -> None:
        """Put the campaign's clock to an instant."""
        self._clock.set(to)


async def play(folder: Path, port: int, *, fresh: bool, console: Console) -> None:
    """Run the demo until it is stopped. Raises OperatorError for a port that is taken."""
    unfinished = folder / BEING_SET  # stopped while the scene was set: half a scene would be played for ever
    if fresh or unfinished.exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    campaign = demo_campaign()
    settings = _settings(folder, campaign)
    upgrade(settings.database_url)
    clock = await _prepared_clock(settings)
    shown = DemoClock(clock, ZoneInfo(campaign.time_zone))
    emulator = Emulator(clock=shown, state_file=folder / "messenger.json")
    try:
        async with emulator.serving(port=port):
            await _run(emulator, settings, campaign, clock, console, unfinished)
    except OSError as error:
        raise OperatorError(f"port {port}: {error.strerror}; choose another with --port") from error


def demo_campaign() -> Campaign:
    """The example campaign, open to every account's vote: no service centre confirms accounts here."""
    return load_campaign(ROOT / "campaign.example.toml").model_copy(update={"voters": VoterPolicy.ANY})


async def _run(
    emulator: Emulator, settings: Settings, campaign: Campaign, clock: Clock, console: Console, unfinished: Path
) -> None:
    listen = f"127.0.0.1:{port_for_pages(emulator.url)}"
    here = settings.model_copy(
        update={"vk_api_url": f"{emulator.url}/method/", "web_listen": listen, "web_url": f"http://{listen}"}
    )
    with until_stopped():
        async with running(here, campaign, clock=clock) as app:
            if not emulator.community.people:
                unfinished.touch()
                await set_the_scene(emulator, app)
                unfinished.unlink()
            console.print(f"Demo: {emulator.url}/  (Ctrl+C stops; what you play is kept)")
            await app.failure()


def port_for_pages(url: str) -> int:
    """The port behind the messenger's, so that an open screen finds it again after a restart; else a free one."""
    for port in (int(url.rpartition(":")[2]) + 1, 0):
        with socket.socket() as tried, suppress(OSError, OverflowError):
            tried.bind(("127.0.0.1", port))
            free: int = tried.getsockname()[1]
            return free
    raise OperatorError("no free port on 127.0.0.1 for the screens")


def _settings(folder: Path, campaign: Campaign) -> Settings:
    first_day = campaign.periods.periods.campaign.first
    zone = ZoneInfo(campaign.time_zone)
    return Settings(
        _env_file=None,
        vk_token="vk1.a.local",  # noqa: S106 - opens nothing but the local messenger
        database_url=f"sqlite:///{folder / 'demo.sqlite3'}",
        clock=datetime(first_day.year, first_day.month, first_day.day, FIRST_MORNING_HOUR, tzinfo=zone),
    )


async def _prepared_clock(settings: Settings) -> Clock:
    database = Database(settings.database_url)
    try:
        return await stored_clock(database, settings)
    finally:
        await database.close()


async def set_the_scene(emulator: Emulator, app: App) -> None:
    """Sample schools, people to play, and the coordinators, who have accepted their invitations."""
    await import_schools(app.database, ROOT / "examples" / "schools.csv", lambda done, of: None)
    people = [emulator.add_person(first, last).id for first, last in PEOPLE]
    for coordinator, municipality in zip(people, COORDINATES, strict=False):
        code = await app.database.write(_invitation, municipality, app.clock.now())
        emulator.begin(coordinator, f"i-{code}")
        for label in ("label-consent", "button-accept-invitation"):
            await emulator.until(partial(_pressed, emulator, coordinator, say("ru", label)), timeout_s=30)
    await app.settled()
    region, _, *others = people
    await demo_session.open_session(emulator, region, others)


def _pressed(emulator: Emulator, person: int, label: str) -> bool:
    try:
        emulator.press(person, label)
    except NotOnScreen:
        return False
    return True


def _invitation(conn: Connection, municipality: str | None, now: datetime) -> str:
    return invite.issue(conn, Role.COORDINATOR, invite.scope_named(conn, municipality, None), at=now)
