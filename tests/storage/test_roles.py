from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import PersonId
from bot.domain.invitations import InvitationCode
from bot.domain.roles import Grant, Municipality, Region, Role
from bot.storage import applications, decisions, invitations, participant_ids, people, roles, schema
from bot.storage.decisions import Decision, DecisionId, Deed, Subject
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school
from tests.storage.conftest import Race, Work, transaction

CODE = InvitationCode("A234567892345678")


def appointed(conn: Connection, grant: Grant) -> PersonId:
    person = add_person(conn)
    journal = decisions.record(conn, Decision(NOON, None, Deed.APPOINT, Subject.INVITATION, "1"))
    roles.appoint(conn, person, grant, at=NOON, decision=journal)
    return person


def test_an_actor_knows_every_appointment_with_its_municipality(conn: Connection) -> None:
    school = add_school(conn)
    person = appointed(conn, Grant(Role.COORDINATOR, school.scope))
    journal = DecisionId(conn.execute(select(schema.decisions.c.id)).scalar_one())
    roles.appoint(conn, person, Grant(Role.COORDINATOR, Region()), at=NOON, decision=journal)
    assert roles.actor(conn, person).grants == {
        Grant(Role.COORDINATOR, school.scope),
        Grant(Role.COORDINATOR, Region()),
    }


def test_an_appointment_given_twice_is_held_once(conn: Connection) -> None:
    grant = Grant(Role.COORDINATOR, Region())
    person = appointed(conn, grant)
    journal = DecisionId(conn.execute(select(schema.decisions.c.id)).scalar_one())
    roles.appoint(conn, person, grant, at=NOON, decision=journal)
    assert len(conn.execute(select(schema.roles)).all()) == 1


def test_an_actor_knows_own_classes_and_their_schools(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    class_id = add_class(conn, school, teacher)
    actor = roles.actor(conn, teacher)
    assert (actor.classes, actor.schools, actor.is_teacher) == (frozenset({class_id}), frozenset({school.id}), True)


def test_an_applicant_counts_as_a_teacher_while_the_application_waits(conn: Connection) -> None:
    school, person = add_school(conn), add_person(conn)
    assert not roles.actor(conn, person).is_teacher
    applications.add(conn, person, school.id, "9-А", pupils=20, at=NOON)
    assert roles.actor(conn, person).is_teacher


def test_a_pupil_is_known_by_the_claimed_id_and_school(conn: Connection) -> None:
    school, pupil = add_school(conn), add_person(conn)
    class_id = add_class(conn, school, add_person(conn))
    number = participant_ids.of_class(conn, class_id)[0].number
    add_claim(conn, number, pupil)
    actor = roles.actor(conn, pupil)
    assert (actor.number, actor.schools) == (number, frozenset({school.id}))


def test_an_accepted_invitation_to_a_school_makes_a_teacher_there(conn: Connection) -> None:
    school, person = add_school(conn), add_person(conn)
    grant = Grant(Role.TEACHER, school.scope)
    invitation = invitations.issue(conn, CODE, grant, invited_by=None, at=NOON, expires_at=NOON + timedelta(days=14))
    assert invitations.take(conn, invitation, person, at=NOON)
    assert roles.actor(conn, person).grants == {grant}


def test_coordinators_around_a_school_are_those_of_its_three_levels(conn: Connection) -> None:
    school = add_school(conn)
    elsewhere = add_school(conn, municipality="Шпаковский округ")
    around = {
        appointed(conn, Grant(Role.COORDINATOR, scope))
        for scope in (school.scope, Municipality(school.municipality_id), Region())
    }
    appointed(conn, Grant(Role.COORDINATOR, elsewhere.scope))
    appointed(conn, Grant(Role.COORDINATOR, Municipality(elsewhere.municipality_id)))
    assert {actor.person for actor in roles.coordinators_around(conn, school.scope)} == around


def test_a_coordinator_who_was_erased_is_asked_nothing_any_more(conn: Connection) -> None:
    school = add_school(conn)
    gone = appointed(conn, Grant(Role.COORDINATOR, Region()))
    standing = appointed(conn, Grant(Role.COORDINATOR, Region()))
    people.erase(conn, gone, at=NOON)
    assert [actor.person for actor in roles.coordinators_around(conn, school.scope)] == [standing]
    assert roles.coordinators_of_region(conn) == [standing]


def test_only_the_hash_of_an_invitation_code_is_stored(conn: Connection) -> None:
    invitations.issue(conn, CODE, Grant(Role.COORDINATOR, Region()), invited_by=None, at=NOON, expires_at=NOON)
    stored = conn.execute(text("SELECT code_hash FROM invitations")).scalar_one()
    assert CODE not in stored
    assert len(stored) == 64
    assert invitations.by_code(conn, InvitationCode("A234567892345679")) is None


def test_an_invitation_is_found_by_its_code_with_everything_it_grants(conn: Connection) -> None:
    school, inviter = add_school(conn), add_person(conn)
    grant = Grant(Role.COORDINATOR, school.scope)
    issued = invitations.issue(conn, CODE, grant, invited_by=inviter, at=NOON, expires_at=NOON + timedelta(days=14))
    found = invitations.by_code(conn, CODE)
    assert found is not None
    assert (found.id, found.grant, found.invited_by, found.taken_by) == (issued, grant, inviter, None)
    assert found.expires_at == NOON + timedelta(days=14)


def test_a_revoked_invitation_can_no_longer_be_taken(conn: Connection) -> None:
    person = add_person(conn)
    grant = Grant(Role.COORDINATOR, Region())
    invitation = invitations.issue(conn, CODE, grant, invited_by=person, at=NOON, expires_at=NOON)
    assert invitations.revoke(conn, invitation, at=NOON)
    assert not invitations.take(conn, invitation, person, at=NOON)
    assert not invitations.revoke(conn, invitation, at=NOON)


def test_of_two_people_taking_one_invitation_at_once_one_gets_it(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        people = [add_person(conn), add_person(conn)]
        grant = Grant(Role.COORDINATOR, Region())
        invitation = invitations.issue(conn, CODE, grant, invited_by=None, at=NOON, expires_at=NOON)

    def taking(person: PersonId) -> Work:
        return lambda conn: invitations.take(conn, invitation, person, at=NOON)

    assert sorted(race(taking(people[0]), taking(people[1]))) == [False, True]


def test_an_issuers_list_of_invitations_begins_with_the_newest(conn: Connection) -> None:
    inviter, grant = add_person(conn), Grant(Role.COORDINATOR, Region())
    first = invitations.issue(conn, CODE, grant, invited_by=inviter, at=NOON, expires_at=NOON)
    second = invitations.issue(conn, InvitationCode("A2"), grant, invited_by=inviter, at=NOON, expires_at=NOON)
    page = invitations.issued_by(conn, inviter, page=0, size=1)
    assert ([one.id for one in page.invitations], page.issued) == ([second], 2)
    assert [one.id for one in invitations.issued_by(conn, inviter, page=1, size=1).invitations] == [first]


def test_one_code_cannot_stand_for_two_invitations(conn: Connection) -> None:
    grant = Grant(Role.COORDINATOR, Region())
    invitations.issue(conn, CODE, grant, invited_by=None, at=NOON, expires_at=NOON)
    with pytest.raises(IntegrityError), conn.begin_nested():
        invitations.issue(conn, CODE, grant, invited_by=None, at=NOON, expires_at=NOON)


def test_the_journal_tells_about_a_subject_newest_first(conn: Connection) -> None:
    person = add_person(conn)
    first = Decision(NOON, person, Deed.GRANT_NUMBERS, Subject.CLASS, "7", details="45")
    second = Decision(NOON, None, Deed.UNDO_REPORT, Subject.CLASS, "7", "ошиблись классом")
    other = Decision(NOON, person, Deed.UNDO_REPORT, Subject.CLASS, "8", "не тот день")
    for one in (first, other, second):
        decisions.record(conn, one)
    assert decisions.about(conn, Subject.CLASS, "7") == [second, first]
