"""The top list as it stood in the morning of each day.

Kept are numbers and votes, no names: who withdraws a consent or has the data erased is masked in old lists, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Connection, Date, bindparam, select, text

from bot.domain.participant_ids import ParticipantNumber
from bot.storage.columns import Instant
from bot.storage.schema_duties import top_snapshots

_TAKE = text(
    "INSERT INTO top_snapshots (day, taken_at, lines) VALUES (:day, :at, :lines) ON CONFLICT (day) DO NOTHING"
).bindparams(bindparam("day", type_=Date), bindparam("at", type_=Instant))
_READ = select(top_snapshots.c.taken_at, top_snapshots.c.lines).where(top_snapshots.c.day == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Line:
    """A place of the list."""

    number: ParticipantNumber
    votes: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The list of a morning, best first. taken_at: campaign time."""

    taken_at: datetime
    lines: Sequence[Line]


def take(conn: Connection, day: date, lines: Sequence[Line], *, at: datetime) -> bool:
    """Keep the list of a local day; False if it is kept already, as it stood then. at: campaign time."""
    stored = orjson.dumps([[line.number, line.votes] for line in lines]).decode()
    return conn.execute(_TAKE, {"day": day, "at": at, "lines": stored}).rowcount == 1


def of_day(conn: Connection, day: date) -> Snapshot | None:
    """The list of a local day; None where none was taken."""
    row = conn.execute(_READ, {"wanted": day}).first()
    if row is None:
        return None
    lines = [Line(ParticipantNumber(number), votes) for number, votes in orjson.loads(row.lines)]
    return Snapshot(row.taken_at, lines)
