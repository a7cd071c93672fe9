import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import PersonId
from bot.domain.names import Profile, ShownAs
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.ranking import Standing, Tally, rank_participants
from bot.domain.receipts import Receipt, new_receipt
from bot.domain.vote_log import ChainBroken, ChainWhole, RowKind
from bot.domain.votes import VoteCounts
from bot.storage import participant_ids, participants, people, ranking, schema, vote_log, votes
from bot.storage.hot import together
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school
from tests.storage.conftest import transaction


def add_participants(conn: Connection, count: int) -> list[ParticipantNumber]:
    """So many pupils of one class, each with a claimed ID."""
    class_id = add_class(conn, add_school(conn), add_person(conn, "Ольга"), pupils=count)
    numbers = [one.number for one in participant_ids.of_class(conn, class_id)]
    for place, number in enumerate(numbers):
        add_claim(conn, number, add_person(conn, f"Ученик{'абвгдежз'[place]}"))
    return numbers


def vote_of(conn: Connection, user_id: int, number: ParticipantNumber, at: datetime = NOON) -> Receipt:
    """The account votes, joining first if it is new."""
    person = people.identify(conn, "vk", user_id).person or people.join(conn, "vk", user_id, at=NOON)
    known = votes.voter(conn, "vk", user_id)
    receipt = new_receipt(secrets.randbelow)
    votes.cast(conn, VoteCounts(known.voter.pseudonym, None, number, at), person, ShownAs.NAME, receipt)
    return receipt


def histogram(conn: Connection) -> dict[int, int]:
    rows = conn.execute(select(schema.histogram).where(schema.histogram.c.participants > 0))
    return {row.votes: row.participants for row in rows}


def test_a_vote_counts_in_tally_histogram_log_and_register(conn: Connection) -> None:
    maria, oleg = add_participants(conn, 2)
    receipt = vote_of(conn, 1, maria)
    vote_of(conn, 2, maria)
    vote_of(conn, 3, oleg)
    assert histogram(conn) == {1: 1, 2: 1}
    found = participants.found(conn, maria)
    assert found is not None
    assert (found.votes, found.municipality) == (2, "Город Ставрополь")
    known = votes.voter(conn, "vk", 1)
    assert known.earlier is not None
    assert (known.earlier.cast.participant, known.earlier.receipt) == (maria, receipt)
    assert [row.participant for row, _ in vote_log.rows(conn)] == [maria, maria, oleg]
    assert vote_log.differences(conn) == []


def test_a_second_vote_of_a_person_is_refused_and_leaves_no_trace(conn: Connection) -> None:
    maria, oleg = add_participants(conn, 2)
    vote_of(conn, 1, maria)
    with pytest.raises(IntegrityError), conn.begin_nested():
        vote_of(conn, 1, oleg)
    assert histogram(conn) == {1: 1}
    assert ranking.place(conn, oleg) is None
    assert vote_log.check(conn) == ChainWhole(*vote_log.head(conn))


def test_of_two_votes_of_one_person_at_once_one_counts(race: Callable[..., list[Any]], committed: Any) -> None:
    maria, oleg = committed(lambda conn: add_participants(conn, 2))
    committed(lambda conn: people.join(conn, "vk", 1, at=NOON))
    outcomes = race(lambda conn: vote_of(conn, 1, maria), lambda conn: vote_of(conn, 1, oleg))
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert committed(histogram) == {1: 1}
    assert committed(vote_log.differences) == []


def test_votes_of_several_people_at_once_make_one_unbroken_chain(
    race: Callable[..., list[Any]], committed: Any
) -> None:
    maria, oleg = committed(lambda conn: add_participants(conn, 2))

    def crowd(first: int) -> Callable[[Connection], None]:
        def vote(conn: Connection) -> None:
            person = people.join(conn, "vk", first, at=NOON)
            assert person
            vote_of(conn, first, maria if first % 2 else oleg)

        return vote

    assert race(*(crowd(first) for first in range(1, 7))) == [None] * 6
    assert committed(histogram) == {3: 2}
    assert committed(vote_log.differences) == []
    assert isinstance(committed(vote_log.check), ChainWhole)


def test_one_altered_row_of_the_log_is_found_by_its_place(conn: Connection) -> None:
    maria, oleg = add_participants(conn, 2)
    for account in (1, 2, 3):
        vote_of(conn, account, maria)
    conn.execute(update(schema.vote_log).where(schema.vote_log.c.seq == 2).values(number=oleg))
    assert vote_log.check(conn) == ChainBroken(2)
    assert {one.number for one in vote_log.differences(conn)} == {maria, oleg}


def test_rows_cut_off_at_the_end_of_the_log_are_missed(conn: Connection) -> None:
    [maria] = add_participants(conn, 1)
    known = vote_of(conn, 1, maria)
    assert known
    entry = vote_log.Entry(RowKind.SET_ASIDE, votes.voter(conn, "vk", 1).voter.pseudonym, None, maria, NOON, about=1)
    sequence, appending = vote_log.following(conn, together(conn, vote_log.LOCKING_HEAD)[0], entry)
    together(conn, *appending)
    assert sequence == 2
    conn.execute(schema.vote_log.delete().where(schema.vote_log.c.seq == 2))
    assert vote_log.check(conn) == ChainBroken(2)


def test_the_receipt_leads_to_the_vote_and_an_unknown_one_to_none(conn: Connection) -> None:
    [maria] = add_participants(conn, 1)
    receipt = vote_of(conn, 1, maria)
    found = votes.by_receipt(conn, receipt)
    assert found is not None
    assert (found.participant, found.cast_at, found.counts) == (maria, NOON, True)
    assert votes.by_receipt(conn, new_receipt(secrets.randbelow)) is None


def test_received_votes_come_newest_first_by_pages_as_their_voters_chose(conn: Connection) -> None:
    [maria] = add_participants(conn, 1)
    for account in (1, 2, 3):
        person = people.join(conn, "vk", account, at=NOON)
        people.store_name(conn, person, Profile("Анна", "Королёва"))
        vote_of(conn, account, maria, NOON + timedelta(minutes=account))
    people.erase(conn, PersonId(votes_person(conn, 2)), at=NOON)
    first, rest = (votes.received(conn, maria, page=page, size=2) for page in (0, 1))
    assert [vote.cast_at.minute for vote in [*first, *rest]] == [3, 2, 1]
    assert [vote.profile for vote in first] == [Profile("Анна", "К"), None]


def votes_person(conn: Connection, account: int) -> int:
    person = people.identify(conn, "vk", account).person
    assert person is not None
    return person


def test_an_offer_of_money_is_kept_once_per_person_and_participant(conn: Connection) -> None:
    [maria] = add_participants(conn, 1)
    person = add_person(conn)
    votes.note_offer(conn, person, maria, at=NOON)
    votes.note_offer(conn, person, maria, at=NOON + timedelta(days=1))
    assert [(offer.number, offer.at) for offer in votes.offers_reported(conn, person)] == [(maria, NOON)]


def test_a_voter_is_known_with_the_own_number_and_the_chosen_name(conn: Connection) -> None:
    [maria] = add_participants(conn, 1)
    person = people.join(conn, "vk", 9, at=NOON)
    people.show_as(conn, person, ShownAs.MASKED)
    known = votes.voter(conn, "vk", 9)
    assert (known.voter.own, known.usually_shown_as, known.earlier) == (None, ShownAs.MASKED, None)
    claimed = conn.execute(select(schema.claims.c.person_id).where(schema.claims.c.number == maria)).scalar_one()
    conn.execute(update(schema.accounts).values(person_id=claimed))
    assert votes.voter(conn, "vk", 9).voter.own == maria


def test_an_unclaimed_number_is_found_without_anybody_behind_it(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=1)
    [free] = participant_ids.of_class(conn, class_id)
    found = participants.found(conn, free.number)
    assert found is not None
    assert (found.issued.claimed_by, found.named.profile, found.votes) == (None, None, 0)
    assert participants.found(conn, replace(free, number=ParticipantNumber("100000000000")).number) is None


@given(drawn=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=12))
def test_every_place_is_the_one_that_a_full_ranking_gives(
    drawn: list[tuple[int, int]], sqlite_url_of_module: str
) -> None:
    """drawn: for each vote the participant and the minute it is cast in."""
    with transaction(sqlite_url_of_module) as conn, conn.begin_nested() as scratch:
        numbers = add_participants(conn, 5)
        for account, (chosen, minute) in enumerate(drawn, start=1):
            vote_of(conn, account, numbers[chosen], NOON + timedelta(minutes=minute))
        expected = rank_participants(standings(conn))
        assert [ranking.place(conn, place.standing.number) for place in expected] == expected
        assert [line.standing for line in ranking.top(conn, 3)] == [place.standing for place in expected[:3]]
        scratch.rollback()


def standings(conn: Connection) -> list[Standing]:
    return [Standing(row.number, Tally(row.votes, row.reached_at)) for row in conn.execute(select(schema.tallies))]


@pytest.fixture(scope="module")
def sqlite_url_of_module(sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ranking") / "ugubot.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"
