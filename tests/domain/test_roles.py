"""Who may do what."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import ClassId, GiftPointId, MunicipalityId, PersonId, SchoolId
from bot.domain.roles import (
    Actor,
    Allowed,
    ApplyAsTeacher,
    DecideApplication,
    DecideOnClass,
    DecideOnNumber,
    DecideOnVotes,
    Deed,
    GiftPoint,
    Grant,
    Invite,
    Municipality,
    OpenSession,
    Permission,
    Refused,
    Region,
    Role,
    School,
    Scope,
    SeeLists,
    TakeNumber,
    TeachClass,
    WantDailyTop,
    Why,
    addressees,
    covers,
    may,
)
from tests.domain.builders import ANNA, CLASS, MARIA, OLEG, number

CITY, DISTRICT = MunicipalityId(1), MunicipalityId(2)
LYCEUM, GYMNASIUM = School(SchoolId(5), CITY), School(SchoolId(6), DISTRICT)
MFC = GiftPoint(GiftPointId("mfc-1"), CITY)
SCOPES: list[Scope] = [Region(), Municipality(CITY), Municipality(DISTRICT), LYCEUM, GYMNASIUM, MFC]


def coordinator(scope: Scope, person: PersonId = ANNA, **more: Any) -> Actor:
    return Actor(person, frozenset({Grant(Role.COORDINATOR, scope)}), **more)


def refused(why: Why) -> Permission:
    return Refused(why)


@pytest.mark.parametrize("scope", [LYCEUM, Municipality(CITY), Region()])
def test_coordinators_of_school_municipality_and_region_decide_an_application(scope: Scope) -> None:
    assert may(coordinator(scope), DecideApplication(OLEG, LYCEUM)) == Allowed()


@pytest.mark.parametrize("scope", [GYMNASIUM, Municipality(DISTRICT), MFC])
def test_coordinators_of_other_places_decide_nothing_here(scope: Scope) -> None:
    assert may(coordinator(scope), DecideApplication(OLEG, LYCEUM)) == refused(Why.OUT_OF_SCOPE)
    assert may(coordinator(scope), SeeLists(LYCEUM)) == refused(Why.OUT_OF_SCOPE)


def test_a_school_coordinator_sees_the_school_and_not_its_municipality() -> None:
    assert may(coordinator(LYCEUM), SeeLists(LYCEUM)) == Allowed()
    assert may(coordinator(LYCEUM), SeeLists(Municipality(CITY))) == refused(Why.OUT_OF_SCOPE)


def test_nobody_decides_about_the_own_application_even_for_the_region() -> None:
    assert may(coordinator(Region()), DecideApplication(ANNA, LYCEUM)) == refused(Why.OWN_APPLICATION)


@pytest.mark.parametrize(
    ("actor", "deed", "why"),
    [
        (coordinator(LYCEUM, classes=frozenset({CLASS})), DecideOnClass(CLASS, LYCEUM), Why.OWN_CLASS),
        (coordinator(LYCEUM, classes=frozenset({CLASS})), DecideOnNumber(number(), CLASS, LYCEUM), Why.OWN_CLASS),
        (coordinator(Region(), number=number()), DecideOnNumber(number(), CLASS, LYCEUM), Why.OWN_NUMBER),
        (coordinator(Region(), number=number()), DecideOnVotes(number(), LYCEUM), Why.OWN_NUMBER),
        (coordinator(LYCEUM), DecideOnVotes(number(), LYCEUM), Why.OWN_SCHOOL),
        (coordinator(Region(), schools=frozenset({SchoolId(5)})), DecideOnVotes(number(), LYCEUM), Why.OWN_SCHOOL),
    ],
)
def test_nobody_decides_about_own_class_number_or_schools_votes(actor: Actor, deed: Deed, why: Why) -> None:
    assert may(actor, deed) == refused(why)


def test_a_municipalitys_coordinator_decides_on_votes_of_its_schools() -> None:
    assert may(coordinator(Municipality(CITY)), DecideOnVotes(number(), LYCEUM)) == Allowed()
    assert may(coordinator(Municipality(CITY)), DecideOnClass(CLASS, LYCEUM)) == Allowed()


def test_a_coordinator_invites_coordinators_only_for_a_strictly_narrower_scope() -> None:
    city = coordinator(Municipality(CITY))
    assert may(city, Invite(Role.COORDINATOR, LYCEUM)) == Allowed()
    for scope in (Municipality(CITY), Municipality(DISTRICT), Region(), GYMNASIUM):
        assert may(city, Invite(Role.COORDINATOR, scope)) == refused(Why.SCOPE_NOT_NARROWER)


def test_issuers_are_invited_from_the_municipality_upwards() -> None:
    invite = Invite(Role.ISSUER, MFC)
    assert may(coordinator(Region()), invite) == Allowed()
    assert may(coordinator(Municipality(CITY)), invite) == Allowed()
    assert may(coordinator(LYCEUM), invite) == refused(Why.MUNICIPALITY_NEEDED)
    assert may(coordinator(Municipality(DISTRICT)), invite) == refused(Why.OUT_OF_SCOPE)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_REPORTER])
def test_a_schools_coordinator_invites_its_teachers_and_reporter(role: Role) -> None:
    assert may(coordinator(LYCEUM), Invite(role, LYCEUM)) == Allowed()
    assert may(coordinator(LYCEUM), Invite(role, GYMNASIUM)) == refused(Why.OUT_OF_SCOPE)


@pytest.mark.parametrize(("role", "scope"), [(Role.ISSUER, LYCEUM), (Role.TEACHER, Region()), (Role.COORDINATOR, MFC)])
def test_a_role_is_not_invited_for_a_scope_it_cannot_have(role: Role, scope: Scope) -> None:
    assert may(coordinator(Region()), Invite(role, scope)) == refused(Why.ROLE_DOES_NOT_FIT_SCOPE)


def test_a_person_without_roles_may_invite_and_see_nothing() -> None:
    assert may(Actor(OLEG), SeeLists(LYCEUM)) == refused(Why.OUT_OF_SCOPE)
    assert may(Actor(OLEG), Invite(Role.COORDINATOR, LYCEUM)) == refused(Why.SCOPE_NOT_NARROWER)
    assert may(Actor(OLEG), TeachClass(CLASS)) == refused(Why.NOT_YOUR_CLASS)


def test_a_teacher_acts_for_own_classes_only() -> None:
    teacher = Actor(OLEG, classes=frozenset({CLASS}))
    assert may(teacher, TeachClass(CLASS)) == Allowed()
    assert may(teacher, TeachClass(ClassId(11))) == refused(Why.NOT_YOUR_CLASS)


@pytest.mark.parametrize(
    "teacher",
    [
        Actor(OLEG, has_applied=True),
        Actor(OLEG, classes=frozenset({CLASS})),
        Actor(OLEG, frozenset({Grant(Role.TEACHER, LYCEUM)})),
    ],
)
def test_a_teacher_applied_or_confirmed_cannot_take_a_number(teacher: Actor) -> None:
    assert may(teacher, TakeNumber()) == refused(Why.TEACHER_CANNOT_PARTICIPATE)
    assert may(teacher, ApplyAsTeacher()) == Allowed()


def test_a_participant_cannot_apply_as_a_teacher() -> None:
    assert may(Actor(OLEG, number=number()), ApplyAsTeacher()) == refused(Why.PARTICIPANT_CANNOT_TEACH)


@given(scopes=st.tuples(*[st.sampled_from(SCOPES)] * 3))
def test_covering_is_an_order_with_the_region_on_top(scopes: tuple[Scope, Scope, Scope]) -> None:
    first, second, third = scopes
    assert covers(first, first)
    assert covers(Region(), first)
    assert not (covers(first, second) and covers(second, first)) or first == second
    assert not (covers(first, second) and covers(second, third)) or covers(first, third)


def test_an_application_climbs_a_level_after_two_working_days_without_an_answer() -> None:
    all_levels = [
        coordinator(LYCEUM, ANNA),
        coordinator(Municipality(CITY), MARIA),
        coordinator(Region(), PersonId(9)),
    ]
    deed = DecideApplication(OLEG, LYCEUM)
    reached = [addressees(deed, all_levels, working_days_waited=waited) for waited in range(7)]
    assert reached == [{ANNA}, {ANNA}, {MARIA}, {MARIA}, {9}, {9}, {9}]


def test_an_application_skips_levels_without_a_coordinator_other_than_the_applicant() -> None:
    deed = DecideApplication(ANNA, LYCEUM)
    people = [coordinator(LYCEUM, ANNA), coordinator(Region(), MARIA)]
    assert addressees(deed, people, working_days_waited=0) == {MARIA}
    assert addressees(deed, people[:1], working_days_waited=0) == set()


@pytest.mark.parametrize("scope", [LYCEUM, Municipality(CITY), Region()])
def test_any_coordinator_may_have_the_top_list_sent_and_nobody_else(scope: Scope) -> None:
    assert may(coordinator(scope), WantDailyTop()) == Allowed()
    for other in (Actor(ANNA), Actor(ANNA, frozenset({Grant(Role.TEACHER, LYCEUM)}), classes=frozenset({CLASS}))):
        assert may(other, WantDailyTop()) == refused(Why.NO_COORDINATOR)


@pytest.mark.parametrize(
    "leader",
    [
        coordinator(LYCEUM),
        coordinator(Municipality(CITY)),
        coordinator(Region()),
        Actor(ANNA, classes=frozenset({CLASS})),
        Actor(ANNA, has_applied=True, classes=frozenset({CLASS})),
    ],
)
def test_any_coordinator_and_any_confirmed_teacher_may_open_a_session(leader: Actor) -> None:
    assert may(leader, OpenSession()) == Allowed()


@pytest.mark.parametrize(
    "other",
    [
        Actor(OLEG),
        Actor(OLEG, has_applied=True),
        Actor(OLEG, number=number()),
        Actor(OLEG, frozenset({Grant(Role.SCHOOL_REPORTER, LYCEUM)})),
        Actor(OLEG, frozenset({Grant(Role.ISSUER, MFC)})),
    ],
)
def test_whoever_neither_coordinates_nor_teaches_a_class_may_not_open_a_session(other: Actor) -> None:
    assert may(other, OpenSession()) == refused(Why.NO_MODERATOR)
