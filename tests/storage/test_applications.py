from datetime import timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.applications import ApplicationState, ClassClaim
from bot.domain.identifiers import PersonId
from bot.domain.roles import Municipality, Region
from bot.storage import applications, classes, decisions
from bot.storage.decisions import Decision, DecisionId, Deed, Subject
from tests.storage.builders import NOON, add_class, add_person, add_school
from tests.storage.conftest import Race, Work, transaction


def decided(conn: Connection, by: PersonId, reason: str | None = None) -> DecisionId:
    return decisions.record(conn, Decision(NOON, by, Deed.REFUSE_APPLICATION, Subject.APPLICATION, "1", reason))


def test_an_application_comes_back_with_its_school_and_class(conn: Connection) -> None:
    school, person = add_school(conn), add_person(conn)
    application = applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON)
    assert applications.by_id(conn, application.id) == application
    assert (application.school, application.shown, application.pupils) == (school, "9А", 25)
    assert (application.state, application.decided_by) == (ApplicationState.WAITING, None)


def test_a_free_class_is_held_by_nobody_until_somebody_applies(conn: Connection) -> None:
    school, person = add_school(conn), add_person(conn)
    assert applications.holder(conn, school.id, "9-А") is None
    applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON)
    assert applications.holder(conn, school.id, "9-А") == ClassClaim(person, ApplicationState.WAITING)
    teacher = add_person(conn)
    add_class(conn, school, teacher, label="9-Б")
    assert applications.holder(conn, school.id, "9-Б") == ClassClaim(teacher, ApplicationState.CONFIRMED)


def test_of_two_applications_for_one_class_at_once_one_waits(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        school = add_school(conn)
        people = [add_person(conn), add_person(conn)]

    def applying(person: PersonId) -> Work:
        return lambda conn: applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON)

    outcomes = race(applying(people[0]), applying(people[1]))
    assert sorted(isinstance(outcome, IntegrityError) for outcome in outcomes) == [False, True]


def test_of_two_decisions_on_one_application_only_the_first_is_taken(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        school, person = add_school(conn), add_person(conn)
        application = applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON).id

    def deciding(state: ApplicationState) -> Work:
        return lambda conn: applications.close(conn, application, state, at=NOON, decision=decided(conn, person))

    assert sorted(race(deciding(ApplicationState.CONFIRMED), deciding(ApplicationState.REFUSED))) == [False, True]


def test_a_decided_application_tells_who_decided_when_and_why(conn: Connection) -> None:
    school, person, coordinator = add_school(conn), add_person(conn), add_person(conn)
    made = applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON).id
    journal = decided(conn, coordinator, "нет такого класса")
    applications.close(conn, made, ApplicationState.REFUSED, at=NOON, decision=journal)
    application = applications.by_id(conn, made)
    assert application is not None
    assert (application.state, application.decided_by) == (ApplicationState.REFUSED, coordinator)
    assert (application.decided_at, application.reason) == (NOON, "нет такого класса")
    assert applications.refusals(conn, person) == 1
    assert applications.waiting_of(conn, person) == []


def test_waiting_applications_of_a_scope_come_oldest_first(conn: Connection) -> None:
    here = add_school(conn)
    elsewhere = add_school(conn, municipality="Шпаковский округ")
    later = applications.add(conn, add_person(conn), here.id, "9-А", pupils=25, at=NOON + timedelta(hours=1)).id
    earlier = applications.add(conn, add_person(conn), here.id, "9-Б", pupils=25, at=NOON).id
    foreign = applications.add(conn, add_person(conn), elsewhere.id, "9-А", pupils=25, at=NOON).id
    mine = applications.waiting_in(conn, [here.scope], page=0, size=5)
    assert ([one.id for one in mine.applications], mine.waiting) == ([earlier, later], 2)
    both = applications.waiting_in(conn, [here.scope, Municipality(elsewhere.municipality_id)], page=0, size=1)
    assert ([one.id for one in both.applications], both.waiting) == ([earlier], 3)
    everywhere = applications.waiting_in(conn, [Region()], page=2, size=1)
    assert [one.id for one in everywhere.applications] == [later]
    assert foreign != later


def test_a_school_and_class_label_make_one_class_for_good(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    class_id = add_class(conn, school, teacher, pupils=20)
    assert classes.put(conn, school.id, "9-А", 25, at=NOON) == class_id
    same = classes.by_id(conn, class_id)
    assert same is not None
    assert (same.pupils, same.teacher, same.shown) == (25, teacher, "9А")


def test_a_class_cannot_have_two_teachers_at_once(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        school = add_school(conn)
        people = [add_person(conn), add_person(conn)]
        class_id = classes.put(conn, school.id, "9-А", 25, at=NOON)

    def assigning(person: PersonId) -> Work:
        return lambda conn: classes.assign(conn, class_id, person, at=NOON, decision=None)

    outcomes = race(assigning(people[0]), assigning(people[1]))
    assert sorted(isinstance(outcome, IntegrityError) for outcome in outcomes) == [False, True]


def test_a_teachers_classes_are_listed_in_the_order_of_confirmation(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    first = add_class(conn, school, teacher, label="11-Б")
    second = add_class(conn, school, teacher, label="9-А")
    add_class(conn, school, add_person(conn), label="9-Б")
    assert [one.id for one in classes.taught_by(conn, teacher)] == [first, second]


@pytest.mark.parametrize("missing", [1, 2**53])
def test_ids_that_never_existed_are_answered_with_none(conn: Connection, missing: int) -> None:
    assert applications.by_id(conn, missing) is None  # type: ignore[arg-type]
    assert classes.by_id(conn, missing) is None  # type: ignore[arg-type]


def test_a_locked_application_shows_what_another_decision_made_of_it(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        person = add_person(conn)
        application = applications.add(conn, person, add_school(conn).id, "9-А", pupils=25, at=NOON).id

    def deciding(conn: Connection) -> ApplicationState:
        found = applications.locked(conn, application)
        assert found is not None
        if found.state is ApplicationState.WAITING:
            journal = decided(conn, person, "нет такого класса")
            assert applications.close(conn, application, ApplicationState.REFUSED, at=NOON, decision=journal)
        else:
            assert found.reason == "нет такого класса"
        return found.state

    assert set(race(deciding, deciding)) == {ApplicationState.WAITING, ApplicationState.REFUSED}


def test_who_withdraws_leaves_the_class_free_for_somebody_else(conn: Connection) -> None:
    school, person = add_school(conn), add_person(conn)
    applications.add(conn, person, school.id, "9-А", pupils=25, at=NOON)
    applications.withdraw(conn, person, at=NOON)
    assert applications.holder(conn, school.id, "9-А") is None
    applications.add(conn, add_person(conn), school.id, "9-А", pupils=25, at=NOON)
