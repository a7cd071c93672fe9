"""A coordinator's broadcast to everybody: how near to VK's limit it goes, in how much memory, and who waits meanwhile.

It is confirmed by another connection than the bot's, as the command line would; from then on all is the bot's own:
listing the recipients, handing them to the outbox by pages, sending, taking the outcomes over into the ledger.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, text

from benchmarks.acts import BALANCE_SAYS, types_balance
from benchmarks.bots import our_bot
from benchmarks.campaigns import BEGAN, PARTICIPANT_IDS, TEACHER_ID, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import Answers, arriving, garbage_waits, poisson
from bot.domain.broadcasts import Addressed
from bot.domain.duties import Audience
from bot.domain.identifiers import PersonId
from bot.domain.roles import Region
from bot.emulator import Emulator, Message
from bot.emulator.changes import Change
from bot.storage import broadcasts, schema
from bot.storage.columns import Instant
from bot.storage.engines import writing_engine
from bot.storage.schema_duties import broadcasts as broadcasts_table

CALLS_PER_SECOND = 20
RECIPIENTS = 100_000
MORNING = "2017-11-08T10:00:00+03:00"  # the campaign's first: no reminder is due on which messages would be spent
MOST_PER_SECOND = 2_000  # by VK's rules
FIRST_USER = 1_000_000
TYPING_PER_SECOND = 8
PATIENCE_S = 5.0
ARRIVES_WITHIN_S = 240.0
LOOK_EVERY_S = 0.05
SAYS = "Голосование закончится завтра в 12:00."
NEAR_THE_LIMIT = Aim("at least", 0.9)
STILL_SOON = Aim("at most", 300, "figure")

_MORE = (
    "WITH RECURSIVE more(place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM more WHERE place < :last)"
    " INSERT INTO {columns} SELECT {values} FROM more"
)
_PARTICIPANTS = [
    text(_MORE.format(columns=columns, values=values)).bindparams(bindparam("at", type_=Instant))
    if ":at" in values
    else text(_MORE.format(columns=columns, values=values))
    for columns, values in (
        ("people (id, first_name, created_at)", ":person + place, 'Анна', :at"),
        (
            "accounts (person_id, messenger, user_id, pseudonym)",
            ":person + place, 'vk', :user + place, 'more' || place",
        ),
        # Eight classes of all are as good as thousands: what is asked is who has an ID that stands.
        (
            "participant_ids (number, class_id, place, issued_at)",
            "printf('%012d', 900000000000 + place), :class + place % 8, 1000 + place / 8, :at",
        ),
        ("claims (number, person_id, claimed_at)", "printf('%012d', 900000000000 + place), :person + place, :at"),
    )
]

_MUTE = text(
    "INSERT INTO mutes (person_id, news, muted_at)"
    " SELECT person_id, 'broadcasts', :at FROM accounts WHERE user_id BETWEEN :first AND :last"
).bindparams(bindparam("at", type_=Instant))


@dataclass(frozen=True, slots=True)
class Sent:
    """How it went. recorded_s: from the confirmation until the ledger knew of everybody."""

    per_second: float
    recorded_s: float
    before_mib: float
    peak_mib: float
    replies: Answers


async def measure(campaigns: Campaigns) -> list[Section]:
    """One text to all participants of a campaign, from a fresh database."""
    sent = await _sent(campaigns)
    waits_ms = [wait_s * 1000 for wait_s in sent.replies.latencies_s]
    figures = [
        Figure(f"{RECIPIENTS:,} recipients", sent.per_second, "/s", MOST_PER_SECOND, NEAR_THE_LIMIT),
        Figure("until the ledger knows of each", sent.recorded_s, "s"),
        Figure("replies meanwhile, half wait", percentile(waits_ms, 50), "ms"),
        Figure("replies meanwhile, p99", percentile(waits_ms, 99), "ms", None, STILL_SOON),
        Figure("memory before it", sent.before_mib, "MiB"),
        Figure("most memory", sent.peak_mib, "MiB"),
    ]
    conditions = (
        f"From the confirmation to the last message on its screen, on SQLite, at {CALLS_PER_SECOND} calls a second; the"
        f" limit is that of VK's rules. Listing the recipients is in it. Meanwhile {TYPING_PER_SECOND} participants a"
        " second type «Баланс»."
    )
    return [Section("A broadcast to all participants", conditions, [figure.cells for figure in figures])]


async def _sent(campaigns: Campaigns) -> Sent:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND)
    url = campaigns.sqlite("broadcast")
    _in_transaction(url, _add_participants)
    async with emulator.serving():
        move_in(emulator)
        for user_id in (TEACHER_ID, *range(FIRST_USER, FIRST_USER + RECIPIENTS)):
            emulator.add_person("Анна", "Кузнецова", user_id)
            emulator.allow(user_id)
        folder = campaigns.folder / "broadcast"
        async with our_bot(emulator, folder, url, campaigns.campaign_file, SEND_RATE="", CLOCK=MORNING) as bot:
            before_mib = bot.resident_mib
            with garbage_waits(), emulator.changes.watched() as changes:
                begun = time.perf_counter()
                await asyncio.to_thread(_in_transaction, url, _confirm)
                typing = asyncio.create_task(_typing(emulator))
                async with asyncio.timeout(ARRIVES_WITHIN_S):
                    await _arrived(changes)
                    seconds = time.perf_counter() - begun
                    await _recorded(url)
                recorded_s = time.perf_counter() - begun
                replies = await typing
            return Sent(RECIPIENTS / seconds, recorded_s, before_mib, bot.peak_mib, replies)


async def _arrived(changes: "asyncio.Queue[Change]") -> None:
    arrived = 0
    while arrived < RECIPIENTS:
        message = (await changes.get()).subject
        arrived += isinstance(message, Message) and message.text == SAYS


async def _recorded(url: str) -> None:
    engine = writing_engine(url)
    finished = select(broadcasts_table.c.finished_at)
    try:
        with engine.connect() as conn:
            while conn.execute(finished).scalar_one() is None:
                await asyncio.sleep(LOOK_EVERY_S)
    finally:
        engine.dispose()


async def _typing(emulator: Emulator) -> Answers:
    """Participants type at random while the broadcast goes out; they have muted broadcasts, so each hears an answer."""
    at_s = poisson(TYPING_PER_SECOND, RECIPIENTS / MOST_PER_SECOND)
    people = PARTICIPANT_IDS[: len(at_s)]
    return await arriving(
        emulator, people, types_balance(emulator), at_s=at_s, patience_s=PATIENCE_S, says=BALANCE_SAYS
    )


def _in_transaction(url: str, work: Callable[[Connection], None]) -> None:
    engine = writing_engine(url)
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            work(conn)
            conn.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def _add_participants(conn: Connection) -> None:
    first_class = conn.execute(text("SELECT min(id) FROM classes")).scalar_one()
    newest = conn.execute(text("SELECT max(id) FROM people")).scalar_one()
    given = {"last": RECIPIENTS - 1, "person": newest + 1, "user": FIRST_USER, "class": first_class, "at": BEGAN}
    typing = {"first": PARTICIPANT_IDS[0], "last": PARTICIPANT_IDS[-1], "at": BEGAN}
    conn.execute(_MUTE, typing)
    for statement in _PARTICIPANTS:
        conn.execute(statement, {name: given[name] for name in statement.compile().params})


def _confirm(conn: Connection) -> None:
    at, real = datetime.fromisoformat(MORNING).astimezone(UTC), datetime.now(UTC)
    author = conn.execute(
        select(schema.accounts.c.person_id).where(schema.accounts.c.user_id == TEACHER_ID)
    ).scalar_one()
    role = {"person_id": author, "role": "coordinator", "scope_kind": "region", "granted_at": at}
    conn.execute(insert(schema.roles), role)
    addressed = Addressed(Audience.PARTICIPANTS, (Region(),))
    broadcast = broadcasts.draft(conn, PersonId(author), addressed, text=SAYS, at=at, real=real)
    broadcasts.confirm(conn, broadcast, at=at, real=real)
    broadcasts.show_in(conn, broadcast, "vk", TEACHER_ID, None)
