"""Places among many equals: the half hours in which tallies were reached are counted by the database itself."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.domain.participant_ids import ParticipantNumber
from bot.domain.ranking import Standing, Tally, rank_participants
from bot.storage import participant_ids, ranking, schema
from tests.storage.builders import NOON, add_class, add_person, add_school

tallies = schema.tallies
HALF_HOUR = timedelta(minutes=30)


def add_tallies(conn: Connection, *reached: tuple[int, int]) -> list[ParticipantNumber]:
    """Participants with so many votes, reached so many minutes after noon."""
    class_id = add_class(conn, add_school(conn), add_person(conn, "Ольга"), pupils=len(reached))
    numbers = [one.number for one in participant_ids.of_class(conn, class_id)]
    for number, (votes, minute) in zip(numbers, reached, strict=True):
        at = NOON + timedelta(minutes=minute)
        conn.execute(insert(tallies).values(number=number, votes=votes, reached_at=at))
    keep_histogram(conn)
    return numbers


def keep_histogram(conn: Connection) -> None:
    conn.execute(delete(schema.histogram))
    for votes, participants in Counter(conn.execute(select(tallies.c.votes)).scalars()).items():
        if votes:
            conn.execute(insert(schema.histogram).values(votes=votes, participants=participants))


def standings(conn: Connection) -> list[Standing]:
    return [Standing(row.number, Tally(row.votes, row.reached_at)) for row in conn.execute(select(tallies))]


def kept(conn: Connection) -> dict[tuple[int, int], int]:
    return {(row.votes, row.half_hour): row.participants for row in conn.execute(select(schema.tally_times))}


def counted_again(conn: Connection) -> dict[tuple[int, int], int]:
    start = NOON - NOON.replace(year=1970, month=1, day=1, hour=0)
    return Counter(
        (row.votes, (start + (row.reached_at - NOON)) // HALF_HOUR)
        for row in conn.execute(select(tallies).where(tallies.c.votes > 0))
    )


def test_equal_tallies_of_several_half_hours_are_placed_by_when_they_were_reached(conn: Connection) -> None:
    add_tallies(conn, (1, 95), (1, 0), (2, 40), (1, 31), (1, 95), (1, 0), (1, 29), (1, 30), (2, 10), (0, 5))
    expected = rank_participants(standings(conn))
    assert [ranking.place(conn, one.standing.number) for one in expected] == expected


def test_however_a_tally_changes_its_half_hour_is_counted_as_it_stands(conn: Connection) -> None:
    first, second, third, fourth = add_tallies(conn, (1, 0), (2, 0), (3, 40), (1, 0))
    hour_later = NOON + timedelta(hours=1)
    changes = (
        update(tallies).where(tallies.c.number == first).values(votes=2, reached_at=hour_later),
        update(tallies).where(tallies.c.number == third).values(votes=1, reached_at=NOON),
        update(tallies).where(tallies.c.number == second).values(votes=0),
        update(tallies).where(tallies.c.number == second).values(votes=5, reached_at=hour_later),
        update(tallies).where(tallies.c.number == fourth).values(reached_at=hour_later),
        delete(tallies).where(tallies.c.number == third),
    )
    for change in changes:
        conn.execute(change)
        assert kept(conn) == counted_again(conn)


def test_a_number_of_votes_that_nobody_has_any_more_leaves_the_histogram(conn: Connection) -> None:
    add_tallies(conn, (1, 0), (1, 5))
    for _ in range(2):
        conn.execute(update(schema.histogram).where(schema.histogram.c.votes == 1).values(participants=0))
        assert conn.execute(select(schema.histogram)).all() == []
        keep_histogram(conn)
