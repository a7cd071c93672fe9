"""The log of votes in the database: appended to under the lock of its head, read by pages, checked as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, text, update

from bot.domain.identifiers import Pseudonym
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.ranking import Tally
from bot.domain.vote_log import (
    GENESIS,
    ChainBroken,
    ChainedRow,
    ChainHash,
    ChainWhole,
    LogRow,
    RowKind,
    chain_hash,
    recount,
    verify,
)
from bot.storage.decisions import DecisionId
from bot.storage.hot import Asked, Hot
from bot.storage.schema import chain_head, tallies, vote_log

PAGE = 1000

# Locked last in every transaction that appends: tally, histogram, head; so no two can wait for each other.
_HEAD = Hot(select(chain_head.c.seq, chain_head.c.hash).where(chain_head.c.id == 1).with_for_update())
_BEGIN = text("INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, :genesis) ON CONFLICT DO NOTHING")
LOCKING_HEAD: Asked = (_HEAD, {})
_APPEND = Hot(insert(vote_log))
_MOVE_HEAD = Hot(
    update(chain_head).where(chain_head.c.id == 1).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)
_AFTER = select(vote_log).where(vote_log.c.seq > bindparam("after")).order_by(vote_log.c.seq).limit(PAGE)
_TALLIES = select(tallies.c.number, tallies.c.votes, tallies.c.reached_at).where(tallies.c.votes > 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be appended; see `domain.vote_log.LogRow`. decision: the journal's, of rows that are no vote."""

    kind: RowKind
    voter: Pseudonym
    voter_key: Pseudonym | None
    participant: ParticipantNumber
    at: datetime
    about: int | None = None
    decision: DecisionId | None = None


def following(conn: Connection, head: Any, entry: Entry) -> tuple[int, list[Asked]]:
    """The entry as the next row of the chain: its sequence, and the statements that append it.

    head: what `LOCKING_HEAD` has given in this transaction; it stays locked until the transaction ends.
    """
    seq, previous = head or _begun(conn)
    row = LogRow(seq + 1, entry.kind, entry.about, entry.voter, entry.voter_key, entry.participant, entry.at)
    written = chain_hash(previous, row)
    values = {
        "seq": row.sequence,
        "kind": row.kind.value,
        "at": row.at,
        "about": row.about,
        "number": row.participant,
        "voter": row.voter,
        "voter_key": row.voter_key,
        "decision_id": entry.decision,
        "previous_hash": previous,
        "hash": written,
    }
    return row.sequence, [(_APPEND, values), (_MOVE_HEAD, {"new_seq": row.sequence, "new_hash": written})]


def _begun(conn: Connection) -> Any:
    """The head before the first row. Of two first votes the second waits here, and reads the first's."""
    conn.execute(_BEGIN, {"genesis": GENESIS})
    return _HEAD.first(conn, {})


def head(conn: Connection) -> tuple[int, ChainHash]:
    """The last row's sequence and hash: what is published, so that rows cut off at the end are missed."""
    row = _HEAD.first(conn, {})
    return (0, GENESIS) if row is None else (row.seq, row.hash)


def rows(conn: Connection) -> Iterator[ChainedRow]:
    """The whole log from its first row, read by pages."""
    after = 0
    while page := conn.execute(_AFTER, {"after": after}).all():
        for row in page:
            yield _as_written(row), row.hash
        after = page[-1].seq


def check(conn: Connection) -> ChainWhole | ChainBroken:
    """Whether every row is as it was written and none is missing, at the end neither."""
    outcome = verify(rows(conn))
    if isinstance(outcome, ChainWhole) and (outcome.rows, outcome.last) != head(conn):
        return ChainBroken(outcome.rows + 1)
    return outcome


@dataclass(frozen=True, slots=True)
class Difference:
    """A participant whose kept tally is not what the log says; None where one of the two has no vote."""

    number: ParticipantNumber
    counted_again: Tally | None
    kept: Tally | None


def differences(conn: Connection) -> list[Difference]:
    """Count the whole log again and compare it with the tallies; none when all is well."""
    again = recount(row for row, _ in rows(conn))
    kept = {row.number: Tally(row.votes, row.reached_at) for row in conn.execute(_TALLIES)}
    numbers = sorted(again.keys() | kept.keys())
    found = (Difference(number, again.get(number), kept.get(number)) for number in numbers)
    return [difference for difference in found if difference.counted_again != difference.kept]


def _as_written(row: Row[*tuple[object, ...]]) -> LogRow:
    return LogRow(row.seq, RowKind(row.kind), row.about, row.voter, row.voter_key, row.number, row.at)
