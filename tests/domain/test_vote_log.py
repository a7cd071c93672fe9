"""The chain of the vote log and its recount."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import Pseudonym
from bot.domain.ranking import Tally
from bot.domain.vote_log import (
    GENESIS,
    ChainBroken,
    ChainedRow,
    ChainWhole,
    LogRow,
    RowKind,
    canonical,
    chain_hash,
    recount,
    verify,
)
from tests.domain.builders import moscow, number

START = moscow("2017-11-08 12:00")


def vote(sequence: int, place: int = 1) -> LogRow:
    voter = Pseudonym(f"voter-{sequence}")
    return LogRow(sequence, RowKind.VOTE, None, voter, None, number(place), START + timedelta(minutes=sequence))


def later(sequence: int, kind: RowKind, about: LogRow, place: int | None = None) -> LogRow:
    participant = about.participant if place is None else number(place)
    at = START + timedelta(minutes=sequence)
    return LogRow(sequence, kind, about.sequence, about.voter, about.voter_key, participant, at)


def chained(rows: Iterable[LogRow]) -> list[ChainedRow]:
    chain, previous = [], GENESIS
    for row in rows:
        previous = chain_hash(previous, row)
        chain.append((row, previous))
    return chain


@st.composite
def logs(draw: st.DrawFn) -> list[LogRow]:
    """A log of votes with some of them set aside, restored and moved."""
    rows: list[LogRow] = []
    for sequence in range(1, draw(st.integers(1, 25)) + 1):
        votes = [row for row in rows if row.kind is RowKind.VOTE]
        kind = draw(st.sampled_from(RowKind)) if votes else RowKind.VOTE
        place = draw(st.integers(1, 4))
        rows.append(
            vote(sequence, place)
            if kind is RowKind.VOTE
            else later(sequence, kind, draw(st.sampled_from(votes)), place if kind is RowKind.MOVED else None)
        )
    return rows


def test_the_canonical_text_is_what_the_guide_promises() -> None:
    row = LogRow(1, RowKind.VOTE, None, Pseudonym("5c"), Pseudonym("9d"), number(1), moscow("2017-11-08 12:00:00.5"))
    assert canonical(row) == f'[1,"vote",null,"5c","9d","{number(1)}","2017-11-08T09:00:00.500000Z"]'


def test_a_hash_can_be_recomputed_with_nothing_but_a_json_and_a_sha256() -> None:
    row = vote(1)
    text = json.dumps(
        [1, "vote", None, "voter-1", None, number(1), "2017-11-08T09:01:00.000000Z"], separators=(",", ":")
    )
    assert chain_hash(GENESIS, row) == hashlib.sha256(("0" * 64 + "\n" + text).encode()).hexdigest()


@given(rows=logs())
def test_an_untouched_log_is_whole_to_its_last_hash(rows: list[LogRow]) -> None:
    chain = chained(rows)
    assert verify(chain) == ChainWhole(len(rows), chain[-1][1])


def test_an_empty_log_is_whole_and_ends_in_the_genesis_hash() -> None:
    assert verify([]) == ChainWhole(0, GENESIS)


@given(rows=logs(), data=st.data())
def test_one_altered_row_is_found_at_its_place(rows: list[LogRow], data: st.DataObject) -> None:
    chain = chained(rows)
    place = data.draw(st.integers(0, len(chain) - 1))
    row, written = chain[place]
    altered = data.draw(
        st.sampled_from(
            [
                replace(row, participant=number(9)),
                replace(row, voter=Pseudonym("somebody")),
                replace(row, voter_key=Pseudonym("a key")),
                replace(row, at=row.at + timedelta(microseconds=1)),
                replace(row, about=99),
            ]
        )
    )
    chain[place] = (altered, written)
    assert verify(chain) == ChainBroken(place + 1)


@given(rows=logs(), data=st.data())
def test_a_row_taken_out_or_put_in_breaks_the_chain_there(rows: list[LogRow], data: st.DataObject) -> None:
    chain = chained(rows)
    place = data.draw(st.integers(0, len(chain) - 1))
    assert verify([*chain[:place], chain[place], *chain[place:]]) == ChainBroken(place + 2)
    if place < len(chain) - 1:
        assert verify([*chain[:place], *chain[place + 1 :]]) == ChainBroken(place + 1)


def test_a_recount_leaves_out_votes_set_aside_and_takes_restored_ones() -> None:
    first, second = vote(1), vote(2)
    rows = [first, second, later(3, RowKind.SET_ASIDE, second)]
    assert recount(rows) == {number(1): Tally(1, first.at)}
    assert recount([*rows, later(4, RowKind.RESTORED, second)]) == {number(1): Tally(2, second.at)}


def test_a_moved_vote_counts_for_the_new_number_with_its_old_time() -> None:
    first = vote(1, place=1)
    assert recount([first, later(2, RowKind.MOVED, first, place=2)]) == {number(2): Tally(1, first.at)}


def test_a_row_about_a_vote_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="about vote 1"):
        recount([later(2, RowKind.SET_ASIDE, vote(1))])


@given(places=st.lists(st.integers(1, 4), max_size=20))
def test_a_recount_of_plain_votes_is_their_number_by_participant(places: list[int]) -> None:
    tallies = recount(vote(sequence, place) for sequence, place in enumerate(places, start=1))
    assert {of: tally.votes for of, tally in tallies.items()} == Counter(number(place) for place in places)


@given(rows=logs())
def test_a_recount_never_counts_more_votes_than_were_cast(rows: list[LogRow]) -> None:
    cast = sum(row.kind is RowKind.VOTE for row in rows)
    tallies = recount(rows)
    assert sum(tally.votes for tally in tallies.values()) <= cast
    assert all(tally.votes > 0 for tally in tallies.values())
