import secrets
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from bot.domain.participant_ids import read_number
from bot.storage import classes, participant_ids, schema
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school
from tests.storage.conftest import Race, transaction


def test_every_pupil_gets_a_place_and_a_valid_id(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=25)
    numbers = participant_ids.of_class(conn, class_id)
    assert [one.place for one in numbers] == list(range(1, 26))
    assert len({one.number for one in numbers}) == 25
    assert all(read_number(one.number) == one.number for one in numbers)


def test_more_ids_leave_those_issued_before_as_they_are(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=2)
    before = participant_ids.of_class(conn, class_id)
    assert participant_ids.issue_up_to(conn, class_id, 4, at=NOON, randbelow=secrets.randbelow) == 2
    assert participant_ids.issue_up_to(conn, class_id, 4, at=NOON, randbelow=secrets.randbelow) == 0
    assert participant_ids.of_class(conn, class_id)[:2] == before


def test_two_requests_for_more_ids_at_once_give_each_place_one_id(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        class_id = add_class(conn, add_school(conn), add_person(conn), pupils=2)

    def more(conn: Connection) -> Any:
        return participant_ids.issue_up_to(conn, class_id, 5, at=NOON, randbelow=secrets.randbelow)

    outcomes = race(more, more)
    assert 3 in outcomes
    assert all(outcome in (0, 3) or isinstance(outcome, IntegrityError) for outcome in outcomes)
    with transaction(database_url) as conn:
        assert [one.place for one in participant_ids.of_class(conn, class_id)] == [1, 2, 3, 4, 5]


def test_the_list_of_a_class_shows_who_took_which_id(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=3)
    numbers = participant_ids.of_class(conn, class_id)
    named, masked = add_person(conn, "Олег", "Ж"), add_person(conn, "Ира", "Т")
    conn.execute(update(schema.people).where(schema.people.c.id == masked).values(shown_as="masked"))
    add_claim(conn, numbers[0].number, named)
    add_claim(conn, numbers[2].number, masked)
    first, second, third = participant_ids.of_class(conn, class_id)
    assert (first.taken_by, first.claimed_at) == ("Олег Ж.", NOON)
    assert (second.taken_by, second.claimed_at) == (None, None)
    assert (third.taken_by, third.claimed_at) == (None, NOON)


def test_figures_count_issued_and_claimed_ids_and_votes(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=3)
    number = participant_ids.of_class(conn, class_id)[0].number
    add_claim(conn, number, add_person(conn))
    conn.execute(insert(schema.tallies), {"number": number, "votes": 7, "reached_at": NOON})
    assert classes.figures(conn, class_id) == classes.ClassFigures(issued=3, claimed=1, votes=7)


def test_a_parents_consent_is_ticked_and_taken_back_by_place(conn: Connection) -> None:
    teacher = add_person(conn)
    class_id = add_class(conn, add_school(conn), teacher, pupils=2)
    assert participant_ids.tick_parent_consent(conn, class_id, 2, teacher=teacher, at=NOON)
    assert [one.parent_consent_at for one in participant_ids.of_class(conn, class_id)] == [None, NOON]
    assert participant_ids.tick_parent_consent(conn, class_id, 2, teacher=teacher, at=None)
    assert [one.parent_consent_at for one in participant_ids.of_class(conn, class_id)] == [None, None]
    assert not participant_ids.tick_parent_consent(conn, class_id, 3, teacher=teacher, at=NOON)


def test_ids_issued_in_a_school_are_counted_over_its_classes(conn: Connection) -> None:
    school = add_school(conn)
    add_class(conn, school, add_person(conn), label="9-А", pupils=3)
    add_class(conn, school, add_person(conn), label="9-Б", pupils=4)
    add_class(conn, add_school(conn, "СОШ № 6"), add_person(conn), pupils=5)
    assert classes.numbers_issued(conn, school.id) == 7
