from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Closed, NotYet
from bot.domain.places import FoundPlaces, NoPlaces, find_places, shown_places
from bot.domain.practice import (
    AlreadySaved,
    MarksTaken,
    PracticeList,
    TooManyDone,
    TypedMarks,
    due_on,
    is_late,
    judge_marks,
    judge_saving,
    read_marks,
)
from bot.domain.reports import Practice
from tests.domain.builders import moscow

LESSON = moscow("2017-11-09 12:00")
AFTER = moscow("2017-11-10 12:00")


def in_class(
    pupils: int = 5, attended: int = 5, marks: dict[int, bool] | None = None, *, saved: bool = False
) -> PracticeList:
    return PracticeList(Practice.IN_CLASS, pupils, attended, LESSON, marks or {}, AFTER if saved else None)


def at_home(
    pupils: int = 5, attended: int = 5, marks: dict[int, bool] | None = None, *, saved: bool = False
) -> PracticeList:
    return PracticeList(Practice.HOMEWORK, pupils, attended, LESSON, marks or {}, AFTER if saved else None)


def test_done_in_class_opens_with_everybody_and_at_home_with_nobody() -> None:
    assert in_class().done == [1, 2, 3, 4, 5]
    assert at_home().done == at_home().not_done == []


def test_a_tap_turns_a_mark_and_at_home_takes_back_what_was_said() -> None:
    assert in_class().next_mark(1) is False
    assert in_class(marks={1: False}).next_mark(1) is True
    assert at_home().next_mark(1) is True
    assert at_home(marks={1: True}).next_mark(1) is None
    assert at_home(marks={1: True}, saved=True).next_mark(1) is False


def test_saving_in_class_counts_everybody_as_done_who_was_not_taken_off(calendar: Calendar) -> None:
    verdict = judge_saving(in_class(marks={3: False}), {}, calendar, rest_done=True, at=AFTER)
    assert verdict == MarksTaken({1: True, 2: True, 3: False, 4: True, 5: True}, saves=True)


def test_no_more_can_be_saved_as_done_than_attended(calendar: Calendar) -> None:
    known = in_class(pupils=5, attended=3, marks={1: False})
    assert judge_saving(known, {}, calendar, rest_done=True, at=AFTER) == TooManyDone(4, 3)
    assert isinstance(judge_saving(known, {2: False}, calendar, rest_done=True, at=AFTER), MarksTaken)


def test_at_home_the_list_saves_itself_when_all_who_attended_have_done_it(calendar: Calendar) -> None:
    known = at_home(pupils=5, attended=3, marks={1: True, 2: True})
    assert judge_marks(known, {3: True}, calendar, at=AFTER) == MarksTaken({3: True}, saves=True)
    assert judge_marks(known, {3: False}, calendar, at=AFTER) == MarksTaken({3: False}, saves=False)
    assert judge_marks(known, {3: True, 4: True}, calendar, at=AFTER) == TooManyDone(4, 3)


def test_at_home_the_list_saves_itself_when_everybody_has_a_mark(calendar: Calendar) -> None:
    known = at_home(pupils=3, attended=3, marks={1: True, 2: False})
    assert judge_marks(known, {3: False}, calendar, at=AFTER) == MarksTaken({3: False}, saves=True)
    assert judge_marks(known, {2: None}, calendar, at=AFTER) == MarksTaken({2: None}, saves=False)


def test_the_others_at_home_can_be_closed_as_not_done(calendar: Calendar) -> None:
    known = at_home(pupils=3, attended=3, marks={2: True})
    verdict = judge_saving(known, {}, calendar, rest_done=False, at=AFTER)
    assert verdict == MarksTaken({1: False, 2: True, 3: False}, saves=True)


def test_a_saved_list_says_when_and_is_still_corrected_mark_by_mark(calendar: Calendar) -> None:
    saved = in_class(pupils=3, attended=2, marks={1: True, 2: True, 3: False}, saved=True)
    assert judge_saving(saved, {}, calendar, rest_done=True, at=AFTER) == AlreadySaved(AFTER)
    assert judge_marks(saved, {3: True}, calendar, at=AFTER) == TooManyDone(3, 2)
    assert judge_marks(saved, {2: False, 3: True}, calendar, at=AFTER) == MarksTaken({2: False, 3: True}, saves=False)
    assert judge_marks(saved, {2: None}, calendar, at=AFTER) == MarksTaken({2: False}, saves=False)


def test_a_place_that_the_class_does_not_have_is_left_out(calendar: Calendar) -> None:
    assert judge_marks(at_home(), {1: True, 6: True}, calendar, at=AFTER) == MarksTaken({1: True}, saves=False)


def test_practice_is_taken_until_the_campaign_ends_and_not_before_it(calendar: Calendar) -> None:
    late, early = moscow("2017-12-04 00:00"), moscow("2017-11-07 23:59")
    assert judge_marks(at_home(), {1: True}, calendar, at=late) == Closed(date(2017, 12, 3))
    assert judge_saving(in_class(), {}, calendar, rest_done=True, at=late) == Closed(date(2017, 12, 3))
    assert judge_marks(at_home(), {1: True}, calendar, at=early) == NotYet(date(2017, 11, 8))


def test_a_list_saved_after_five_working_days_is_late_and_a_draft_is_not(calendar: Calendar) -> None:
    assert due_on(date(2017, 11, 9), calendar) == date(2017, 11, 16)
    in_time, late = (PracticeList(Practice.IN_CLASS, 1, 1, LESSON, {1: True}, moscow(at)) for at in DAYS_SAVED)
    assert (is_late(in_time, calendar), is_late(late, calendar), is_late(at_home(), calendar)) == (False, True, False)


DAYS_SAVED = ("2017-11-16 23:59", "2017-11-17 00:00")


def test_the_last_day_in_time_is_never_after_the_campaign(calendar: Calendar) -> None:
    assert due_on(date(2017, 11, 30), calendar) == date(2017, 12, 3)


@pytest.mark.parametrize(
    ("text", "places", "done"),
    [
        ("не выполнили: 3, 7, 12-15", [3, 7, 12, 13, 14, 15], False),
        ("Не выполнили 3 – 5 и 7", [3, 4, 5, 7], False),
        ("выполнили 1 и 2", [1, 2], True),
        ("№ 3, № 4 не сделали.", [3, 4], False),
        ("3 7 выполнил", [3, 7], True),
        ("not done: 3", [3], False),
    ],
)
def test_what_a_teacher_types_is_read_with_dashes_commas_and_words(text: str, places: list[int], done: bool) -> None:
    for known in in_class(pupils=22), at_home(pupils=22):
        assert read_marks(text, known) == TypedMarks(FoundPlaces(places, []), done=done)


def test_bare_places_mean_those_that_the_list_did_not_open_with() -> None:
    assert read_marks("3, 7", in_class(pupils=22)) == TypedMarks(FoundPlaces([3, 7], []), done=False)
    assert read_marks("3, 7", at_home(pupils=22)) == TypedMarks(FoundPlaces([3, 7], []), done=True)


def test_everybody_and_everybody_but_some_can_be_written() -> None:
    assert read_marks("Все!", at_home()) == TypedMarks(FoundPlaces([], []), done=True, rest_done=True)
    assert read_marks("все, кроме 2", at_home()) == TypedMarks(FoundPlaces([2], []), done=False, rest_done=True)


def test_an_unknown_place_is_named_and_the_others_are_not_lost() -> None:
    read = read_marks("не выполнили: 0, 3, 5-7", in_class(pupils=5))
    assert read == TypedMarks(FoundPlaces([3, 5], [0, 6, 7]), done=False)


@pytest.mark.parametrize("text", ["", "Иванов 3", "выполнили 3, не выполнили 5", "7-3", "-", "3.5", "кроме", "99999"])
def test_what_is_no_list_of_places_marks_nobody(text: str) -> None:
    assert read_marks(text, in_class(pupils=22)) == NoPlaces(22)


def test_a_thousand_overlapping_ranges_name_each_place_once() -> None:
    assert find_places(", ".join(f"{first}-{first + 8}" for first in range(500)), 20) == FoundPlaces(
        [*range(1, 21)], [0, *range(21, 508)]
    )


@given(places=st.sets(st.integers(1, 1000), min_size=1))
def test_places_shown_drawn_together_are_read_back_as_they_were(places: set[int]) -> None:
    assert find_places(shown_places(places), 1000) == FoundPlaces(sorted(places), [])


@given(
    pupils=st.integers(1, 8),
    taps=st.lists(st.tuples(st.integers(1, 8), st.booleans()), max_size=20),
    is_home=st.booleans(),
    data=st.data(),
)
def test_whatever_is_tapped_no_saved_list_has_more_done_than_attended(
    calendar: Calendar, pupils: int, taps: list[tuple[int, bool]], is_home: bool, data: st.DataObject
) -> None:
    attended = data.draw(st.integers(1, pupils))
    known = at_home(pupils, attended) if is_home else in_class(pupils, attended)
    for place, is_save in taps:
        marks = {} if is_save else {place: known.next_mark(place)}
        verdict = (
            judge_saving(known, marks, calendar, rest_done=place % 2 == 0, at=AFTER)
            if is_save
            else judge_marks(known, marks, calendar, at=AFTER)
        )
        if isinstance(verdict, MarksTaken):
            stated = {one: mark for one, mark in {**known.marks, **verdict.marks}.items() if mark is not None}
            saved_at = AFTER if verdict.saves else known.saved_at
            known = PracticeList(known.practice, pupils, attended, LESSON, stated, saved_at)
        if known.saved_at is not None:
            assert len(known.done) <= attended
            assert len(known.marks) >= attended
