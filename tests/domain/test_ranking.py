"""Places of participants and teachers."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import PersonId
from bot.domain.ranking import (
    Place,
    Standing,
    Tally,
    TaughtClass,
    TeacherStanding,
    rank_participants,
    rank_teachers,
    teacher_standing,
    teacher_winners,
)
from tests.domain.builders import moscow, number

START = moscow("2017-11-20 12:00")


def standing(place: int, votes: int, minutes: int = 0) -> Standing:
    return Standing(number(place), Tally(votes, START + timedelta(minutes=minutes)))


def teacher(person: int, claimed: int, attended: int, votes: int, minutes: int = 0) -> TeacherStanding:
    return TeacherStanding(PersonId(person), claimed, attended, votes, START + timedelta(minutes=minutes))


def test_more_votes_come_first_then_the_earlier_time_then_the_lower_number() -> None:
    fewest, late, early, low, high = (
        standing(1, 3),
        standing(2, 5, minutes=9),
        standing(3, 5, minutes=1),
        standing(4, 5, minutes=4),
        standing(5, 5, minutes=4),
    )
    places = rank_participants([fewest, late, high, low, early])
    assert [place.standing for place in places] == [early, low, high, late, fewest]


def test_votes_to_the_next_place_are_theirs_minus_mine_plus_one() -> None:
    first, second, third = standing(1, 45), standing(2, 44), standing(3, 44, minutes=5)
    assert rank_participants([first, second, third]) == [
        Place(1, first, None),
        Place(2, second, 2),
        Place(3, third, 1),
    ]


def test_a_participant_without_votes_has_no_place() -> None:
    assert rank_participants([standing(1, 0)]) == []


@given(drawn=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15))
def test_gaining_the_votes_to_the_next_place_overtakes_it(drawn: list[tuple[int, int]]) -> None:
    everybody = [standing(place, votes, minutes) for place, (votes, minutes) in enumerate(drawn, start=1)]
    for place in rank_participants(everybody):
        if place.votes_to_next is None:
            continue
        risen = Standing(
            place.standing.number, Tally(place.standing.tally.votes + place.votes_to_next, START + timedelta(days=1))
        )
        others = [other for other in everybody if other.number != risen.number]
        again = next(found for found in rank_participants([*others, risen]) if found.standing == risen)
        assert again.place < place.place


def test_a_teachers_numbers_are_summed_over_classes_with_their_lesson() -> None:
    classes = [TaughtClass(20, 25, 100, START), TaughtClass(10, 8, 11, START + timedelta(days=1))]
    summed = teacher_standing(PersonId(1), classes)
    assert summed == TeacherStanding(PersonId(1), 30, 35, 111, START + timedelta(days=1))
    assert summed.share == Fraction(30, 35)


def test_a_teacher_without_a_lesson_has_no_standing() -> None:
    assert teacher_standing(PersonId(1), []) is None


@given(
    classes=st.lists(
        st.builds(TaughtClass, st.integers(0, 40), st.integers(0, 40), st.integers(0, 500), st.just(START)),
        min_size=1,
        max_size=5,
    )
)
def test_a_share_is_never_above_one_however_many_claim_later(classes: list[TaughtClass]) -> None:
    summed = teacher_standing(PersonId(1), classes)
    assert summed is not None
    assert 0 <= summed.share <= 1


def test_teachers_are_ranked_by_share_times_votes_and_ties_by_the_earlier_lesson() -> None:
    half, whole, late = teacher(1, 10, 20, 50), teacher(2, 20, 20, 30), teacher(3, 5, 10, 50, minutes=5)
    assert rank_teachers([late, half, whole, teacher(4, 0, 20, 0)]) == [whole, half, late]


def test_three_more_teachers_win_by_participants_among_the_rest() -> None:
    by_product = [teacher(person, 10, 10, 100 - person) for person in (1, 2, 3)]
    many, few, fewer_votes = teacher(4, 40, 80, 10), teacher(5, 9, 9, 8), teacher(6, 9, 9, 7)
    winners = teacher_winners([fewer_votes, few, many, *by_product], by_product=3, by_participants=3)
    assert winners.by_product == tuple(by_product)
    assert winners.by_participants == (many, few, fewer_votes)
