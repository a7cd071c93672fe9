"""The log of votes: an append-only chain of rows that anybody can count again.

Each row's hash covers the row and the hash before it, so one altered, missing or added row breaks the chain where it
happened. Nothing is ever taken out: a vote set aside, restored or moved gets a further row that names it. The
canonical text of a row is part of the product - a script that shares no code with this one recomputes the hashes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NewType

from bot.domain.identifiers import Pseudonym
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.ranking import Tally

ChainHash = NewType("ChainHash", str)
"""64 hexadecimal digits."""

GENESIS: Final = ChainHash("0" * 64)
"""What the first row's hash covers in place of a row before it."""


class RowKind(StrEnum):
    """What a row of the log says."""

    VOTE = "vote"
    SET_ASIDE = "set_aside"  # the vote named by `about` does not count for now
    RESTORED = "restored"  # it counts again
    MOVED = "moved"  # it counts for `participant` from now on: the same pupil under a new account


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row.

    sequence: from 1, without gaps. about: the sequence of the vote that a later row changes, None in a vote itself.
    voter, voter_key, participant: of a vote, who cast it for whom; a later row repeats the vote's, with the new
    participant where it moved. at: of a vote, the instant it counts from; else of the decision.
    """

    sequence: int
    kind: RowKind
    about: int | None
    voter: Pseudonym
    voter_key: Pseudonym | None
    participant: ParticipantNumber
    at: datetime


# Built once: `json.dumps` with separators builds an encoder on every call, and each vote passes here.
_encode: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode

ChainedRow = tuple[LogRow, ChainHash]


@dataclass(frozen=True, slots=True)
class ChainWhole:
    """Every row is as it was written. `last` goes into the protocol of the results."""

    rows: int
    last: ChainHash


@dataclass(frozen=True, slots=True)
class ChainBroken:
    """The first row, by its place from 1, that is not as it was written: altered, missing before it, or added."""

    place: int


def canonical(row: LogRow) -> str:
    """The text a row's hash covers: a JSON array of its fields in order, without spaces, the instant in UTC with
    microseconds, as `[1,"vote",null,"5c…","9d…","123456789012","2017-11-08T09:00:00.000000Z"]`.
    """
    at = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [row.sequence, row.kind.value, row.about, row.voter, row.voter_key, row.participant, at]
    return _encode(fields)


def chain_hash(previous: ChainHash, row: LogRow) -> ChainHash:
    """The row's hash: SHA-256 over the hash before it (`GENESIS` for the first), a line feed, the canonical text."""
    return ChainHash(hashlib.sha256(f"{previous}\n{canonical(row)}".encode()).hexdigest())


def verify(rows: Iterable[ChainedRow]) -> ChainWhole | ChainBroken:
    """Follow the chain from its first row and say whether it is whole.

    Rows cut off at the end leave a whole chain: only its published last hash tells, so compare `last` with it.
    """
    previous, count = GENESIS, 0
    for row, written in rows:
        if row.sequence != count + 1 or chain_hash(previous, row) != written:
            return ChainBroken(count + 1)
        previous, count = written, count + 1
    return ChainWhole(count, previous)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A vote as the rows up to now leave it."""

    participant: ParticipantNumber
    cast_at: datetime
    counts: bool = True


def recount(rows: Iterable[LogRow]) -> dict[ParticipantNumber, Tally]:
    """Count the whole log again; participants without a counting vote are left out.

    Raises ValueError for a row about a vote that is not there before it.
    """
    votes: dict[int, _Counted] = {}
    for row in rows:
        if row.kind is RowKind.VOTE:
            votes[row.sequence] = _Counted(row.participant, row.at)
        elif row.about not in votes:
            raise ValueError(f"row {row.sequence} is about vote {row.about}, which is not before it")
        else:
            votes[row.about] = _changed(votes[row.about], row)
    return _tallies(vote for vote in votes.values() if vote.counts)


def _changed(vote: _Counted, row: LogRow) -> _Counted:
    if row.kind is RowKind.MOVED:
        return replace(vote, participant=row.participant)
    return replace(vote, counts=row.kind is RowKind.RESTORED)


def _tallies(votes: Iterable[_Counted]) -> dict[ParticipantNumber, Tally]:
    tallies: dict[ParticipantNumber, Tally] = {}
    for vote in votes:
        so_far = tallies.get(vote.participant)
        if so_far is None:
            tallies[vote.participant] = Tally(1, vote.cast_at)
        else:
            tallies[vote.participant] = Tally(so_far.votes + 1, max(so_far.reached_at, vote.cast_at))
    return tallies
