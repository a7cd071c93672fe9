import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.class_growth import (
    LARGEST_CLASS,
    AlreadyGrown,
    CoordinatorDecides,
    GrowthAccepted,
    GrowthNotYours,
    GrowthOutOfBounds,
    judge_granting,
    judge_growth,
)
from bot.domain.identifiers import ClassId, MunicipalityId, PersonId, SchoolId
from bot.domain.roles import Actor, DecideOnClass, Grant, Region, Role, School, Why

DEED = DecideOnClass(ClassId(1), School(SchoolId(2), MunicipalityId(3)))
COORDINATOR = Actor(PersonId(1), frozenset({Grant(Role.COORDINATOR, Region())}))


def test_up_to_the_cap_the_teacher_needs_nobody() -> None:
    assert judge_growth(25, 15, 40) == GrowthAccepted(40)


def test_one_more_than_the_cap_is_the_coordinators_decision() -> None:
    assert judge_growth(25, 16, 40) == CoordinatorDecides(41)


@pytest.mark.parametrize("more", [0, -3, LARGEST_CLASS])
def test_no_number_and_an_impossible_number_are_refused(more: int) -> None:
    assert judge_growth(25, more, 40) == GrowthOutOfBounds(LARGEST_CLASS - 25)


def test_a_coordinators_yes_counts_once() -> None:
    assert judge_granting(COORDINATOR, DEED, 40, 45) == GrowthAccepted(45)
    assert judge_granting(COORDINATOR, DEED, 45, 45) == AlreadyGrown(45)


def test_nobody_grants_numbers_to_their_own_class() -> None:
    teacher = Actor(PersonId(1), COORDINATOR.grants, classes=frozenset({DEED.class_id}))
    assert judge_granting(teacher, DEED, 40, 45) == GrowthNotYours(Why.OWN_CLASS)
    assert judge_granting(Actor(PersonId(2)), DEED, 40, 45) == GrowthNotYours(Why.OUT_OF_SCOPE)


@given(pupils=st.integers(1, LARGEST_CLASS), more=st.integers(-5, 1000), cap=st.integers(1, LARGEST_CLASS))
def test_no_class_ever_grows_beyond_the_largest_possible(pupils: int, more: int, cap: int) -> None:
    verdict = judge_growth(pupils, more, cap)
    match verdict:
        case GrowthAccepted(total):
            assert pupils < total <= cap
        case CoordinatorDecides(total):
            assert cap < total <= LARGEST_CLASS
        case GrowthOutOfBounds(most_more):
            assert not 1 <= more <= most_more
