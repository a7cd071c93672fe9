"""Receipts and invitation codes as people read and type them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.codes import ALPHABET, grouped, new_code, read_code
from bot.domain.identifiers import Pseudonym
from bot.domain.invitations import new_invitation_code, read_invitation_code, shown_invitation_code
from bot.domain.personal_data import personal_data_in
from bot.domain.receipts import (
    OwnersView,
    ReceiptedVote,
    StrangersView,
    new_receipt,
    read_receipt,
    readers_view,
    shown_receipt,
)
from tests.domain.builders import moscow, number

SEEDS = st.randoms(use_true_random=False)
TO_CYRILLIC = str.maketrans("ACEHKMPTX", "АСЕНКМРТХ")


@given(chance=SEEDS)
def test_a_receipt_reads_back_in_any_case_alphabet_and_grouping(chance: Random) -> None:
    receipt = new_receipt(chance.randrange)
    shown = shown_receipt(receipt)
    assert {
        read_receipt(text) for text in (receipt, shown, shown.lower(), f" {shown} ", shown.replace("-", " – "))
    } == {receipt}
    assert read_receipt(shown.lower().translate(str.maketrans("acehkmptx", "асенкмртх"))) == receipt
    assert read_receipt(shown.translate(TO_CYRILLIC)) == receipt


@given(chance=SEEDS, place=st.integers(0, 15), sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_of_a_code_is_always_noticed(chance: Random, place: int, sign: str) -> None:
    code = new_code(16, chance.randrange)
    wrong = code[:place] + sign + code[place + 1 :]
    assert (read_code(wrong, 16) is None) == (wrong != code)


@given(chance=SEEDS, first=st.integers(0, 14), second=st.integers(0, 14))
def test_two_swapped_signs_of_a_code_are_always_noticed(chance: Random, first: int, second: int) -> None:
    signs = list(new_code(16, chance.randrange))
    code = "".join(signs)
    signs[first], signs[second] = signs[second], signs[first]
    swapped = "".join(signs)
    assert swapped == code or read_code(swapped, 16) is None


@given(chance=SEEDS)
def test_a_receipt_is_never_taken_for_personal_data(chance: Random) -> None:
    receipt = new_receipt(chance.randrange)
    assert personal_data_in(f"Проверить голос {shown_receipt(receipt)}", id_asked=False) is None
    assert personal_data_in(receipt, id_asked=True) is None


@given(chance=SEEDS)
def test_an_invitation_code_reads_back_as_shown(chance: Random) -> None:
    code = new_invitation_code(chance.randrange)
    assert read_invitation_code(shown_invitation_code(code)) == code


@pytest.mark.parametrize("text", ["", "привет", "1234-5678-9012", "K7M", "💥" * 9, "O" * 9])
def test_a_text_that_cannot_be_a_receipt_is_none(text: str) -> None:
    assert read_receipt(text) is None


def test_grouping_a_code_leaves_a_shorter_last_group() -> None:
    assert grouped("ABCDEFGH", 3) == "ABC-DEF-GH"


def test_only_the_owner_of_a_receipt_learns_for_whom_the_vote_is(calendar: Calendar) -> None:
    at = moscow("2017-11-12 23:30")
    vote = ReceiptedVote(Pseudonym("mine"), number(), at, counts=True)
    assert readers_view(vote, Pseudonym("mine"), calendar) == OwnersView(number(), at, counts=True)
    assert readers_view(vote, Pseudonym("other"), calendar) == StrangersView(calendar.local_day(at), counts=True)


def test_receipts_of_different_votes_are_unlikely_to_be_guessed() -> None:
    drawn = iter(range(10_000))
    receipts = {new_receipt(lambda below: next(drawn) % below) for _ in range(100)}
    assert len(receipts) > 90
    assert all(len(receipt) == 9 for receipt in receipts)
