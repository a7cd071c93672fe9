"""A broadcast on its way: how near to VK's limit the sender stays, and whether people get their answers meanwhile.

The rows are stored as a broadcast will be: bodies and deliveries by `INSERT ... SELECT` in slices with pauses, by
another connection than the bot's, which notices the foreign commits and pages through the outbox.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, bindparam, text

from benchmarks.acts import BALANCE_SAYS, types_balance
from benchmarks.bots import our_bot
from benchmarks.campaigns import PARTICIPANT_IDS, Campaigns, move_in
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import Answers, arriving, garbage_waits, poisson
from bot.emulator import Emulator, Message
from bot.emulator.changes import Change
from bot.emulator.faults import Fault
from bot.messenger.replies import Lane
from bot.storage.columns import Instant
from bot.storage.engines import writing_engine

CALLS_PER_SECOND = 20
PERSONAL, EQUAL = 20_000, 100_000
MOST_PERSONAL, MOST_EQUAL = 500, 2_000  # a second, by VK's rules
FIRST_PEER = 1_000_000
SLICE, PAUSE_S = 500, 0.02
SLOW_S = 1.0
TYPING_PER_SECOND = 8
ARRIVES_WITHIN_S = 240.0
PATIENCE_S = 5.0
NEAR_THE_LIMIT = Aim("at least", 0.95)
NEAR_IT_WITH_A_SLOW_VK = Aim("at least", 0.8)
STILL_SOON = Aim("at most", 300, "figure")

_PEERS = (
    "WITH RECURSIVE peers(peer) AS"
    " (SELECT CAST(:first AS INTEGER) UNION ALL SELECT peer + 1 FROM peers WHERE peer < :last) "
)
_ADD_PERSONAL_BODIES = text(
    "INSERT INTO bodies (random_id, text, created_at) "
    + _PEERS
    + "SELECT peer, 'Ваше место в рейтинге сегодня: ' || peer, :at FROM peers"
).bindparams(bindparam("at", type_=Instant))
_ADD_PERSONAL_ROWS = text(
    "INSERT INTO outbox (body_id, messenger, peer, user_id, kind, lane, state)"
    " SELECT id, 'vk', random_id, random_id, 'message', :lane, 'queued' FROM bodies"
    " WHERE id > :behind AND created_at = :at ORDER BY id"
).bindparams(bindparam("at", type_=Instant))
_ADD_BODY = text(
    "INSERT INTO bodies (random_id, text, created_at)"
    " VALUES (1, 'Голосование закончится завтра в 12:00.', :at) RETURNING id"
).bindparams(bindparam("at", type_=Instant))
_ADD_EQUAL_ROWS = text(
    "INSERT INTO outbox (body_id, messenger, peer, user_id, kind, lane, state) "
    + _PEERS
    + "SELECT :body, 'vk', peer, peer, 'message', :lane, 'queued' FROM peers"
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """How it went. replies: of those who typed meanwhile, None where nobody did."""

    per_second: float
    peak_mib: float
    replies: Answers | None


Store = Callable[[Engine, int], None]
"""Puts so many deliveries into the outbox, in slices."""


async def measure(campaigns: Campaigns) -> list[Section]:
    """Personal texts, the same with a slow VK, then one text for everybody; each from a fresh database."""
    personal = await _sent(campaigns, "personal", PERSONAL, _store_personal)
    slow = await _sent(campaigns, "slow", PERSONAL, _store_personal, slow=True)
    equal = await _sent(campaigns, "equal", EQUAL, _store_equal)
    figures = [
        Figure(f"{PERSONAL:,} personal texts", personal.per_second, "/s", MOST_PERSONAL, NEAR_THE_LIMIT),
        *_meanwhile("personal texts", personal),
        Figure(
            f"{PERSONAL:,} personal texts, {SLOW_S:g} s a call", slow.per_second, "/s", MOST_PERSONAL,
            NEAR_IT_WITH_A_SLOW_VK,
        ),
        *_meanwhile("personal texts with a slow VK", slow),
        Figure(f"one text to {EQUAL:,}", equal.per_second, "/s", MOST_EQUAL, NEAR_THE_LIMIT),
        *_meanwhile("one text", equal),
    ]  # fmt: skip
    conditions = (
        f"From the first stored row to the last message on its screen, on SQLite, at {CALLS_PER_SECOND} calls a second;"
        f" the limits are those of VK's rules. Meanwhile {TYPING_PER_SECOND} participants a second type «Баланс» (not"
        " while VK is slow). Memory is the most that the bot ever occupied."
    )
    return [Section("A broadcast through the outbox", conditions, [figure.cells for figure in figures])]


def _meanwhile(name: str, broadcast: Broadcast) -> list[Figure]:
    figures = [Figure(f"{name}, memory", broadcast.peak_mib, "MiB")]
    if broadcast.replies is not None:
        waits_ms = [wait_s * 1000 for wait_s in broadcast.replies.latencies_s]
        figures = [
            Figure(f"{name}, replies meanwhile, half wait", percentile(waits_ms, 50), "ms"),
            Figure(f"{name}, replies meanwhile, p99", percentile(waits_ms, 99), "ms", None, STILL_SOON),
            *figures,
        ]
    return figures


async def _sent(campaigns: Campaigns, name: str, count: int, store: Store, *, slow: bool = False) -> Broadcast:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND)
    url = campaigns.sqlite(f"outbox-{name}")
    async with emulator.serving():
        move_in(emulator)
        for peer in range(FIRST_PEER, FIRST_PEER + count):
            emulator.add_person("Анна", "Кузнецова", peer)
            emulator.allow(peer)
        if slow:
            emulator.faults.add(Fault("execute", "slow", times=None, delay_s=SLOW_S))
        folder = campaigns.folder / f"outbox-{name}"
        async with our_bot(emulator, folder, url, campaigns.campaign_file, SEND_RATE="") as bot:
            with garbage_waits(), emulator.changes.watched() as changes:
                begun = time.perf_counter()
                storing = asyncio.create_task(asyncio.to_thread(_stored, store, url, count))
                typing = None if slow else asyncio.create_task(_typing(emulator, count))
                async with asyncio.timeout(ARRIVES_WITHIN_S):
                    await _arrived(changes, count)
                seconds = time.perf_counter() - begun
                await storing
                replies = await typing if typing is not None else None
            return Broadcast(count / seconds, bot.peak_mib, replies)


async def _arrived(changes: "asyncio.Queue[Change]", count: int) -> None:
    """Wait until so many of the broadcast's peers have their message."""
    arrived = 0
    while arrived < count:
        message = (await changes.get()).subject
        arrived += isinstance(message, Message) and message.peer_id >= FIRST_PEER


async def _typing(emulator: Emulator, count: int) -> Answers:
    """Participants type at random while the broadcast goes out."""
    lasts_s = count / (MOST_PERSONAL if count == PERSONAL else MOST_EQUAL)
    at_s = poisson(TYPING_PER_SECOND, lasts_s)
    people = PARTICIPANT_IDS[: len(at_s)]
    return await arriving(
        emulator, people, types_balance(emulator), at_s=at_s, patience_s=PATIENCE_S, says=BALANCE_SAYS
    )


def _stored(store: Store, url: str, count: int) -> None:
    engine = writing_engine(url)
    try:
        store(engine, count)
    finally:
        engine.dispose()


def _store_personal(engine: Engine, count: int) -> None:
    for first in range(FIRST_PEER, FIRST_PEER + count, SLICE):
        _in_transaction(engine, _personal_slice, first)


def _personal_slice(conn: Connection, first: int) -> None:
    at = datetime.now(UTC)
    behind = conn.execute(text("SELECT coalesce(max(id), 0) FROM bodies")).scalar_one()
    conn.execute(_ADD_PERSONAL_BODIES, {"first": first, "last": first + SLICE - 1, "at": at})
    conn.execute(_ADD_PERSONAL_ROWS, {"behind": behind, "at": at, "lane": int(Lane.BROADCASTS)})


def _store_equal(engine: Engine, count: int) -> None:
    bodies: list[int] = []
    _in_transaction(engine, lambda conn, _: bodies.append(_equal_body(conn)), 0)
    for first in range(FIRST_PEER, FIRST_PEER + count, SLICE):
        _in_transaction(engine, lambda conn, first: _equal_slice(conn, bodies[0], first), first)


def _equal_body(conn: Connection) -> int:
    body: int = conn.execute(_ADD_BODY, {"at": datetime.now(UTC)}).scalar_one()
    return body


def _equal_slice(conn: Connection, body: int, first: int) -> None:
    values = {"first": first, "last": first + SLICE - 1, "body": body, "lane": int(Lane.BROADCASTS)}
    conn.execute(_ADD_EQUAL_ROWS, values)


def _in_transaction(engine: Engine, work: Callable[[Connection, int], object], first: int) -> None:
    """One slice, then the pause that leaves the bot its turns."""
    with engine.connect() as conn:
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        work(conn, first)
        conn.exec_driver_sql("COMMIT")
    time.sleep(PAUSE_S)
