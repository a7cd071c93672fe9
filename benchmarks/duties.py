"""Reminders of a whole region: what evaluating all duties costs the database thread, and how replies fare meanwhile.

Evaluated in this process, slice by slice as the schedule does it. Then the real bot wakes up on the last Friday of
voting with everything due at once, and writes to everybody while people ask for their balance.
"""

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, Integer, bindparam, literal, select

from benchmarks.acts import BALANCE_SAYS, types_balance
from benchmarks.bots import our_bot
from benchmarks.campaigns import PARTICIPANT_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.large_campaign import PUPILS, SCHOOLS, TEACHERS, populate
from benchmarks.persons import Answers, arriving, poisson
from bot.config import Campaign, load_campaign
from bot.domain.duties import Audience
from bot.emulator import Emulator
from bot.jobs.registry import DUTIES
from bot.jobs.reminders import ORDER, evaluate
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Limits
from bot.storage import schema
from bot.storage.engines import writing_engine
from bot.storage.job_runs import Run
from bot.storage.schema_duties import job_runs, reminders

MOST_S = 2.0
LONGEST_SLICE_MS = 20.0
WITHIN = Aim("at most", 1.0)
STILL_SOON = Aim("at most", 300, "figure")
TYPING_PER_SECOND = 8
TYPING_S = 20.0
PATIENCE_S = 5.0
WRITTEN_WITHIN_S = 180.0
LOOK_EVERY_S = 0.2
ORDINARY, LAST_FRIDAY = "2017-11-14", "2017-12-01"
VK_LIMITS = Limits(
    text=4096, label=40, payload=255, per_row=5, inline_rows=6, inline_buttons=10, menu_rows=10, menu_buttons=40
)

_HAVE_HAD_ONE = reminders.insert().from_select(
    ["person_id", "day", "sent_at"],
    select(schema.people.c.id, bindparam("day", type_=reminders.c.day.type), literal(0, Integer)),
)
_FINISHED = select(job_runs.c.recipients).where(job_runs.c.job.like("reminders-%"), job_runs.c.state == "done")


async def measure(campaigns: Campaigns) -> list[Section]:
    """Both databases for the evaluation; the bot's replies on SQLite."""
    campaign = load_campaign(campaigns.campaign_file)
    figures = []
    for kind, copy in ("SQLite", campaigns.sqlite), ("PostgreSQL", campaigns.postgresql):
        engine = writing_engine(copy("duties"))
        try:
            with _transaction(engine) as conn:
                populate(conn)
            if kind == "PostgreSQL":
                _analyse(engine)
            _settle_memory()
            for name, day in ("an ordinary day", ORDINARY), ("the last Friday", LAST_FRIDAY):
                figures += _evaluated(f"{kind}, {name}", engine, campaign, day)
        finally:
            engine.dispose()
    figures += await _meanwhile(campaigns)
    conditions = (
        f"{SCHOOLS:,} schools, {TEACHERS:,} teachers, {TEACHERS * PUPILS:,} participants. Evaluation: all rounds of a"
        " day up to who is to hear what, before anything is written. Replies: the bot starts on"
        f" the last Friday with all rounds due, and {TYPING_PER_SECOND} people a second type «Баланс» while it writes."
    )
    return [Section("Reminders of a whole region", conditions, [figure.cells for figure in figures])]


# --- evaluating


def _evaluated(name: str, engine: Engine, campaign: Campaign, day: str) -> list[Figure]:
    setting = Setting(campaign, VK_LIMITS, "https://vk.me/ugu")
    hours = campaign.hours.usual
    slices_s = {}
    for audience in ORDER:
        at = datetime.combine(datetime.fromisoformat(day), hours[audience], campaign.calendar.zone).astimezone(UTC)
        slices_s[audience.value] = list(_round(engine, audience, at, setting))
    every = [seconds for some in slices_s.values() for seconds in some]
    return [
        Figure(f"{name}, all rounds", sum(every), "s", MOST_S, WITHIN),
        *(Figure(f"{name}, {job}", sum(some), "s") for job, some in slices_s.items()),
        Figure(f"{name}, longest page", max(every) * 1000, "ms", LONGEST_SLICE_MS),
    ]


def _round(engine: Engine, audience: Audience, at: datetime, setting: Setting) -> Iterator[float]:
    """The seconds that it takes to evaluate each page of the round."""
    run = Run(1, audience.value, at, 0, at - timedelta(days=1))
    cursor: int | None = 0
    while cursor is not None:
        with _transaction(engine) as conn:
            begun = time.perf_counter()
            page = evaluate(
                conn, replace(run, cursor=cursor), at, datetime.now(UTC), audience=audience, duties=DUTIES,
                setting=setting,
            )  # fmt: skip
            yield time.perf_counter() - begun
        cursor = None if page is None else page.cursor


def _analyse(engine: Engine) -> None:
    """What PostgreSQL does by itself within a minute of so many new rows: plans are made from what it finds."""
    with _transaction(engine) as conn:
        conn.exec_driver_sql("ANALYZE")


def _settle_memory() -> None:
    """As the bot does at its start: else collections would walk all that the population left."""
    gc.collect()
    gc.freeze()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction as the database thread makes it: SQLite's engine leaves BEGIN and COMMIT to its users."""
    with engine.connect() as conn:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        yield conn
        conn.exec_driver_sql("COMMIT") if is_sqlite else conn.commit()


# --- the bot


async def _meanwhile(campaigns: Campaigns) -> list[Figure]:
    url = campaigns.sqlite("duties-meanwhile")
    engine = writing_engine(url)
    with _transaction(engine) as conn:
        # Those who type have had theirs: a reminder must not be taken for the answer.
        conn.execute(_HAVE_HAD_ONE, {"day": datetime.fromisoformat(LAST_FRIDAY).date()})
        accounts = populate(conn)
    emulator = Emulator(calls_per_second=20)
    async with emulator.serving():
        move_in(emulator)
        for account in accounts:
            emulator.add_person("Анна", "Кузнецова", account)
            emulator.allow(account)
        folder, clock = campaigns.folder / "duties", f"{LAST_FRIDAY}T16:00:00+03:00"
        async with our_bot(emulator, folder, url, campaigns.campaign_file, SEND_RATE="", CLOCK=clock) as bot:
            begun = time.perf_counter()
            typing = asyncio.create_task(_typing(emulator))
            told = await _written(engine)
            seconds = time.perf_counter() - begun
            replies = await typing
            peak_mib = bot.peak_mib
    engine.dispose()
    waits_ms = [wait_s * 1000 for wait_s in replies.latencies_s]
    return [
        Figure(f"writing {told:,} reminders", seconds, "s"),
        Figure("replies meanwhile, half wait", percentile(waits_ms, 50), "ms"),
        Figure("replies meanwhile, p99", percentile(waits_ms, 99), "ms", None, STILL_SOON),
        Figure("memory", peak_mib, "MiB"),
    ]


async def _typing(emulator: Emulator) -> Answers:
    at_s = poisson(TYPING_PER_SECOND, TYPING_S)
    people = PARTICIPANT_IDS[: len(at_s)]
    return await arriving(
        emulator, people, types_balance(emulator), at_s=at_s, patience_s=PATIENCE_S, says=BALANCE_SAYS
    )


async def _written(engine: Engine) -> int:
    """Wait until all three rounds are done; how many messages they wrote."""
    async with asyncio.timeout(WRITTEN_WITHIN_S):
        while len(told := await asyncio.to_thread(_finished, engine)) < len(Audience):
            await asyncio.sleep(LOOK_EVERY_S)
    return sum(told)


def _finished(engine: Engine) -> Sequence[int]:
    with engine.connect() as conn:
        return conn.execute(_FINISHED).scalars().all()
