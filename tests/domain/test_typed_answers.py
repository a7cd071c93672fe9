from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.typed_answers import read_count, read_day

TODAY = date(2017, 11, 15)


@pytest.mark.parametrize(
    ("typed", "count"),
    [("25", 25), (" 25 человек", 25), ("было 7.", 7), ("٢٥", 25), ("0", 0)],
)
def test_a_count_is_the_only_number_in_the_answer(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize("typed", ["", "много", "20 или 25", "-5", "2,5", "12345", "1e9", "😀"])
def test_an_answer_without_one_whole_number_is_no_count(typed: str) -> None:
    assert read_count(typed) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("сегодня", TODAY),
        ("Вчера!", date(2017, 11, 14)),
        ("12 ноября", date(2017, 11, 12)),
        ("12.11", date(2017, 11, 12)),
        ("12.11.2017", date(2017, 11, 12)),
        ("12/11/17", date(2017, 11, 12)),
        ("3 мая 2017 года", date(2017, 5, 3)),
        ("12-го нояб.", date(2017, 11, 12)),
        ("12 November", date(2017, 11, 12)),
        ("20 ноября", date(2017, 11, 20)),
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "завтра", "31.02", "31 ноября", "12 брюмера", "сто", "12", "0.11", "99.99.9999"])
def test_what_is_no_day_is_not_taken_for_one(typed: str) -> None:
    assert read_day(typed, TODAY) is None


def test_a_december_lesson_typed_in_january_was_last_year() -> None:
    assert read_day("20 декабря", date(2018, 1, 10)) == date(2017, 12, 20)


@given(text=st.text(max_size=30))
def test_no_typed_text_ever_breaks_the_reading(text: str) -> None:
    read_day(text, TODAY)
    read_count(text)
