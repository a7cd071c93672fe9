from sqlalchemy import Connection, insert, update

from bot.domain.identifiers import PersonId
from bot.storage import participant_ids, schema
from bot.storage.participant_duties import ahead, taking_part
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school


def test_participants_of_a_range_come_with_their_votes_and_know_how_many_have_more(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=4)
    numbers = [one.number for one in participant_ids.of_class(conn, class_id)]
    people = [add_person(conn) for _ in numbers]
    votes = dict(zip(numbers, [5, 2, 5, 0], strict=True))
    for number, person in zip(numbers, people, strict=True):
        add_claim(conn, number, person)
        if votes[number]:
            tally = {"number": number, "votes": votes[number], "reached_at": NOON}
            conn.execute(insert(schema.tallies), tally)
    conn.execute(insert(schema.histogram), [{"votes": 2, "participants": 1}, {"votes": 5, "participants": 2}])
    found = sorted(taking_part(conn, people[1], people[3]))
    assert found == [(people[one], numbers[one], NOON, votes[numbers[one]]) for one in (1, 2, 3)]
    assert [ahead(conn)(votes) for votes in (0, 1, 2, 4, 5, 6)] == [3, 3, 2, 2, 0, 0]


def test_who_gave_the_number_back_takes_part_no_longer(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn), pupils=1)
    person = add_person(conn)
    add_claim(conn, participant_ids.of_class(conn, class_id)[0].number, person)
    conn.execute(update(schema.claims).values(released_at=NOON))
    assert not taking_part(conn, PersonId(0), PersonId(2**63 - 1))
