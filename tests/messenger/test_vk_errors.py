"""Every error code that VK documents means exactly one thing to a delivery."""

import re

import pytest

from bot.messenger.channel import (
    CannotEdit,
    Closed,
    NeverThisConversation,
    NeverThisMessage,
    NeverThisPerson,
    NotNow,
    Stop,
)
from bot.messenger.vk import errors

# Section 6.1 of the protocol's fact sheet, written out: what VK's method pages list for the methods that the bot calls.
DOCUMENTED = """
1 3 5 6 7 8 9 10 12 13 14 15 18 27 28 29 36 100 104 105 113 114 118 121 125
900 901 902 909 910 911 912 913 914 917 920 921 922 924 925 927 932 935 936 940 942 943 944 945 946 949 950
962 969 970 979 980 983 984 985 986 987 988 991 992 993 994 995 996 1012 1014 1016 1017 1018 1021 2000
"""
CODES = [int(code) for code in re.findall(r"\d+", DOCUMENTED)]
CLASSES = (
    errors._AGAIN.keys(),
    errors._NEVER_THIS_PERSON,
    errors._NEVER_THIS_MESSAGE,
    errors._CANNOT_EDIT,
    errors._STOP,
)


@pytest.mark.parametrize("code", CODES)
def test_a_documented_code_belongs_to_exactly_one_class(code: int) -> None:
    assert sum(code in known for known in CLASSES) == 1


def test_nothing_is_known_that_vk_does_not_document() -> None:
    assert sorted(errors.KNOWN) == sorted(CODES)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [(6, NotNow), (9, NotNow), (10, NotNow), (901, NeverThisPerson), (993, NeverThisPerson), (914, NeverThisMessage),
     (911, NeverThisMessage), (909, CannotEdit), (5, Stop), (912, Stop), (777777, NotNow)],
)  # fmt: skip
def test_a_code_becomes_what_the_sender_understands(code: int, meaning: type) -> None:
    assert type(errors.result_of(code, "текст")) is meaning


def test_only_errors_that_leave_vk_undecided_are_doubtful() -> None:
    doubtful = {code for code in CODES if isinstance(said := errors.result_of(code, ""), NotNow) and said.doubtful}
    assert doubtful == {1, 10, 13, 36}


CONVERSATION = 2_000_000_003
ABOUT_SOMEBODY = {18, 900, 901, 902, 935, 950, 987, 988, 1021}


@pytest.mark.parametrize(
    ("code", "why"),
    [(917, Closed.GONE), (922, Closed.GONE), (1017, Closed.GONE), (993, Closed.MOVED), (986, Closed.SHUT),
     (1016, Closed.SHUT), (1012, Closed.SHUT), (925, Closed.SHUT), (983, Closed.SHUT)],
)  # fmt: skip
def test_what_is_said_of_a_conversation_closes_it_and_says_why(code: int, why: Closed) -> None:
    assert errors.result_for(CONVERSATION, code, "текст") == NeverThisConversation(f"VK error {code}: текст", why)


@pytest.mark.parametrize("code", CODES)
def test_in_a_conversation_no_code_is_about_a_person_and_in_a_dialogue_none_about_a_conversation(code: int) -> None:
    assert not isinstance(errors.result_for(CONVERSATION, code, ""), NeverThisPerson)
    assert errors.result_for(5, code, "") == errors.result_of(code, "")
    if code in ABOUT_SOMEBODY:
        assert isinstance(errors.result_for(CONVERSATION, code, ""), NeverThisMessage)
    elif code in errors._NEVER_THIS_PERSON:
        assert isinstance(errors.result_for(CONVERSATION, code, ""), NeverThisConversation)


@pytest.mark.parametrize("code", [1, 6, 9, 10, 995, 914, 911, 909, 5, 912, 984, 777777])
def test_all_other_codes_mean_in_a_conversation_what_they_mean_anywhere(code: int) -> None:
    assert errors.result_for(CONVERSATION, code, "") == errors.result_of(code, "")
