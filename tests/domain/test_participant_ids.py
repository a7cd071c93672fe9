"""Reading, checking and showing participant IDs."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.participant_ids import (
    LENGTH,
    ParticipantNumber,
    WrongCheckDigit,
    WrongLength,
    check_digit,
    find_number,
    masked,
    new_number,
    read_number,
    shown,
    without_numbers,
)
from tests.domain.builders import participant_numbers


def test_the_check_digit_of_damms_own_example_is_four() -> None:
    assert check_digit("572") == 4


@given(number=participant_numbers())
def test_every_new_number_has_twelve_digits_and_reads_back(number: ParticipantNumber) -> None:
    assert len(number) == LENGTH
    assert number[0] != "0"
    assert read_number(number) == number


@given(number=participant_numbers(), place=st.integers(0, 11), shift=st.integers(1, 9))
def test_one_wrong_digit_of_a_number_is_always_noticed(number: ParticipantNumber, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    assert read_number(number[:place] + wrong + number[place + 1 :]) == WrongCheckDigit()


@given(number=participant_numbers(), place=st.integers(0, 10))
def test_two_swapped_neighbours_in_a_number_are_always_noticed(number: ParticipantNumber, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or read_number(swapped) == WrongCheckDigit()


@given(
    number=participant_numbers(),
    gaps=st.lists(
        st.sampled_from(["", " ", "-", "–", "—", "‑", "−", "\u00a0", "\u2009", " - "]), min_size=2, max_size=2
    ),
)
def test_spaces_and_any_dashes_between_groups_are_ignored(number: ParticipantNumber, gaps: list[str]) -> None:
    assert read_number(f" {number[:4]}{gaps[0]}{number[4:8]}{gaps[1]}{number[8:]}\n") == number


@given(number=participant_numbers())
def test_the_shown_form_reads_back_as_the_same_number(number: ParticipantNumber) -> None:
    assert read_number(shown(number)) == number
    assert shown(number).count("-") == 2


@given(text=st.text(max_size=60))
def test_any_text_reads_as_a_right_number_or_says_what_is_wrong(text: str) -> None:
    reading = read_number(text)
    if isinstance(reading, str):
        assert len(reading) == LENGTH
        assert check_digit(reading) == 0


@pytest.mark.parametrize(("text", "found"), [("", 0), ("привет", 0), ("1234-5678-901", 11), ("1234-5678-9012-3", 13)])
def test_a_wrong_length_says_how_many_digits_were_found(text: str, found: int) -> None:
    assert read_number(text) == WrongLength(found)


def test_full_width_and_arabic_digits_count_as_digits() -> None:
    number = new_number(lambda _: 42)
    assert read_number("".join(chr(ord("０") + int(digit)) for digit in number)) == number
    assert read_number("".join(chr(ord("٠") + int(digit)) for digit in number)) == number


def test_a_number_is_found_in_a_phrase_beside_other_numbers() -> None:
    number = new_number(secrets.randbelow)
    assert find_number(f"Счёт {shown(number)}") == number
    assert find_number(f"класс 9 {shown(number)}, 25 человек") == number
    assert find_number(f"{shown(number)}.") == number


def test_a_longer_row_of_digits_is_not_searched_for_a_number() -> None:
    number = new_number(lambda _: 7)
    assert find_number(f"5{number}") is None
    assert find_number(f"{number}5") is None


def test_a_number_inside_a_text_can_be_taken_out() -> None:
    number = new_number(lambda _: 7)
    assert without_numbers(f"мой {shown(number)} класс 9").split() == ["мой", "класс", "9"]


def test_masking_keeps_only_the_last_four_digits() -> None:
    assert masked(ParticipantNumber("123456789012")) == "…9012"
