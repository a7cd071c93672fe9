"""«My place» among 100,000 participants: what the question costs the database, however many votes there are.

Asked in this process, on a connection as the bot's handlers have it. Tallies are stored by direct SQL: unequal shares
as campaigns have them, and a crowd of equals, where most participants have a single vote and only the time decides.
"""

import gc
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import accumulate

from sqlalchemy import Connection, Engine, delete, insert

from benchmarks.campaigns import BEGAN, Campaigns
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import SEED
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.school_classes import OrganisationType
from bot.storage import classes, ranking, schema, schools
from bot.storage.engines import writing_engine

PARTICIPANTS = 100_000
VOTES = (10_000, 100_000, 1_000_000)
EQUALS = 60_000  # participants with one vote each, where there are votes enough
PER_CLASS = 20_000
LASTS_DAYS = 14
LAST_DAYS_SHARE = 0.3
ASKED = 3_000
WARM_UP = 300
LONGEST_MS = {"SQLite": 1.0, "PostgreSQL": 3.0}
WITHIN = Aim("at most", 1.0)
SHARES = ("unequal shares", "many equals")

Tallies = dict[ParticipantNumber, int]


async def measure(campaigns: Campaigns) -> list[Section]:
    """Both databases, both kinds of shares, at each number of votes."""
    figures = []
    for kind, copy in ("SQLite", campaigns.sqlite), ("PostgreSQL", campaigns.postgresql):
        engine = writing_engine(copy("place"))
        try:
            figures += _measured(kind, engine)
        finally:
            engine.dispose()
    conditions = (
        f"{ASKED:,} participants of {PARTICIPANTS:,} at random ask for their place, one after another. Unequal shares:"
        " the n-th participant has n^-0.9 of the first one's votes. Many equals:"
        f" {EQUALS:,} participants have one vote each (with fewer votes: everybody), asked by them. Votes come by day"
        f" for {LASTS_DAYS} days, {LAST_DAYS_SHARE:.0%} of them on the last. Beside the half wait stands that with"
        f" {VOTES[0]:,} votes."
    )
    return [Section("A place in the ranking", conditions, [figure.cells for figure in figures])]


def _measured(kind: str, engine: Engine) -> list[Figure]:
    figures = []
    with _transaction(engine) as conn:
        numbers = _issued(conn)
    for shares in SHARES:
        few_votes_ms: float | None = None
        for votes in VOTES:
            with _transaction(engine) as conn:
                tallies = _tallied(conn, numbers, votes, shares)
            if kind == "PostgreSQL":
                _vacuumed(engine)
            with _transaction(engine) as conn:
                waits_ms = _asked(conn, tallies, shares)
            p50_ms, p99_ms = percentile(waits_ms, 50), percentile(waits_ms, 99)
            name = f"{kind}, {shares}, {votes:,} votes"
            figures += [
                Figure(f"{name}, half wait", p50_ms, "ms", few_votes_ms),
                Figure(f"{name}, p99", p99_ms, "ms", LONGEST_MS[kind], WITHIN),
            ]
            few_votes_ms = few_votes_ms or p50_ms
    return figures


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction as the database thread makes it: SQLite's engine leaves BEGIN and COMMIT to its users."""
    with engine.connect() as conn:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            conn.exec_driver_sql("BEGIN IMMEDIATE")
        yield conn
        conn.exec_driver_sql("COMMIT") if is_sqlite else conn.commit()


def _issued(conn: Connection) -> list[ParticipantNumber]:
    """So many IDs more; they are looked up, never read, so their check digits do not matter."""
    numbers = [ParticipantNumber(f"9{order:011}") for order in range(PARTICIPANTS)]
    school = schools.put(
        conn,
        municipality="Город Ставрополь",
        settlement="Ставрополь",
        name="Гимназия № 9",
        organisation_type=OrganisationType.SCHOOL,
        rolls={},
    )
    for start in range(0, PARTICIPANTS, PER_CLASS):
        class_id = classes.put(conn, school, f"{start // PER_CLASS + 1}-А", 40, at=BEGAN)
        rows = [
            {"number": number, "class_id": class_id, "place": place, "issued_at": BEGAN}
            for place, number in enumerate(numbers[start : start + PER_CLASS], start=1)
        ]
        conn.execute(insert(schema.participant_ids), rows)
    return numbers


def _tallied(conn: Connection, numbers: Sequence[ParticipantNumber], votes: int, shares: str) -> Tallies:
    """Replace all tallies, and the histogram with them."""
    chance = random.Random(SEED)
    tallies = _equals(numbers, votes, chance) if shares == SHARES[1] else _drawn(numbers, votes, chance)
    conn.execute(delete(schema.tallies))
    conn.execute(delete(schema.histogram))
    rows = [
        {"number": number, "votes": count, "reached_at": BEGAN + _moment(chance)} for number, count in tallies.items()
    ]
    conn.execute(insert(schema.tallies), rows)
    histogram = Counter(tallies.values())
    counts = [{"votes": count, "participants": participants} for count, participants in histogram.items()]
    conn.execute(insert(schema.histogram), counts)
    return tallies


def _equals(numbers: Sequence[ParticipantNumber], votes: int, chance: random.Random) -> Tallies:
    equals = numbers[: min(EQUALS, votes)]
    return dict.fromkeys(equals, 1) | _drawn(numbers[EQUALS:], votes - len(equals), chance)


def _drawn(numbers: Sequence[ParticipantNumber], votes: int, chance: random.Random) -> Tallies:
    weights = list(accumulate((order + 1) ** -0.9 for order in range(len(numbers))))
    return Counter(chance.choices(numbers, cum_weights=weights, k=votes))


def _moment(chance: random.Random) -> timedelta:
    day = LASTS_DAYS - 1 if chance.random() < LAST_DAYS_SHARE else chance.randrange(LASTS_DAYS - 1)
    return timedelta(days=day, seconds=chance.uniform(0, 12 * 3600))


def _vacuumed(engine: Engine) -> None:
    """As autovacuum does by itself within a minute."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for table in (schema.tallies, schema.histogram, schema.tally_times):
            conn.exec_driver_sql(f"VACUUM ANALYZE {table.name}")


def _asked(conn: Connection, tallies: Tallies, shares: str) -> list[float]:
    """Milliseconds that each of `ASKED` participants waits."""
    only_equals = shares == SHARES[1]
    asking = [number for number, count in tallies.items() if count == 1 or not only_equals]
    chance = random.Random(SEED)
    waits_ms = []
    gc.collect()
    gc.disable()
    try:
        for number in chance.choices(asking, k=WARM_UP + ASKED):
            begun = time.perf_counter()
            place = ranking.place(conn, number)
            waits_ms.append((time.perf_counter() - begun) * 1000)
            assert place is not None
    finally:
        gc.enable()
    return waits_ms[WARM_UP:]
