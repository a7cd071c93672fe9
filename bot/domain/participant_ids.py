"""The participant ID (идентификационный номер участника): 12 digits, shown `1234-5678-9012`, the last a check digit.

People copy it from a card by hand, so reading is forgiving about spaces and dashes and strict about digits: Damm's
check digit notices every single wrong digit and every swap of two neighbours.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from bot.domain.identifiers import ClassId, PersonId

ParticipantNumber = NewType("ParticipantNumber", str)
"""Twelve digits with a right check digit. Only `new_number`, `read_number` and `find_number` make one."""

LENGTH: Final = 12

# H. Michael Damm's totally anti-symmetric quasigroup of order 10 (dissertation, Marburg 2004).
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
# What stands between two digits of one number: spaces and dashes, at most three together ("1234 - 5678").
_RUN: Final = re.compile(r"[0-9]+(?:[ -]{1,3}[0-9]+)*")
_GROUP: Final = re.compile("[0-9]+")
_GAP: Final = re.compile("[ -]+")
# Dashes that Unicode files elsewhere than under "dash": soft hyphen, hyphen bullet, minus sign.
_MORE_DASHES: Final = "\u00ad\u2043\u2212"


@dataclass(frozen=True, slots=True)
class WrongLength:
    """Not 12 digits; `found` says how many there were, 0 for a text without digits."""

    found: int


@dataclass(frozen=True, slots=True)
class WrongCheckDigit:
    """Twelve digits, at least one of them wrong: the card was misread."""


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """A participant ID given to a class, with who has taken it.

    place: the pupil's № in the class list, from 1. An ID is revoked for good; a released one is unclaimed again.
    """

    number: ParticipantNumber
    class_id: ClassId
    place: int
    claimed_by: PersonId | None = None
    claimed_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        """Whether nobody can claim it, or vote for it, any more."""
        return self.revoked_at is not None


def check_digit(digits: str) -> int:
    """The digit to append; 0 if `digits` already end with theirs."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def new_number(randbelow: Callable[[int], int]) -> ParticipantNumber:
    """An ID nobody can guess from others, if `randbelow` is `secrets.randbelow`; storage refuses one issued before.

    It never begins with 0, which a spreadsheet would drop.
    """
    digits = str(10**10 + randbelow(9 * 10**10))
    return ParticipantNumber(f"{digits}{check_digit(digits)}")


def read_number(text: str) -> ParticipantNumber | WrongLength | WrongCheckDigit:
    """What a person typed where an ID was asked for; words around the ID do no harm."""
    found = find_number(text)
    if found is not None:
        return found
    digits = "".join(re.findall("[0-9]", plain_digits(text)))
    return WrongCheckDigit() if len(digits) == LENGTH else WrongLength(len(digits))


def find_number(text: str) -> ParticipantNumber | None:
    """The first right ID in a phrase («Счёт 1234-5678-9012»), None if there is none."""
    for run in _RUN.finditer(plain_digits(text)):
        groups = _GROUP.findall(run[0])
        for start in range(len(groups)):
            length = _groups_of_number(groups[start : start + LENGTH])
            if length:
                return ParticipantNumber("".join(groups[start : start + length]))
    return None


def without_numbers(text: str) -> str:
    """The text in plain digits (see `plain_digits`) with every right ID in it replaced by a space."""
    return _RUN.sub(lambda run: _run_without_numbers(run[0]), plain_digits(text))


def shown(number: ParticipantNumber) -> str:
    """As people read it: `1234-5678-9012`."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def masked(number: ParticipantNumber) -> str:
    """As others see it who must not learn who is behind it: `…9012`."""
    return f"…{number[8:]}"


def plain_digits(text: str) -> str:
    """The text with every kind of digit, dash and space turned into `0`-`9`, `-` and ` `; invisible signs dropped."""
    # Pasted from a document, a hyphen often arrives as a dash or a non-breaking hyphen, a space as a narrow one.
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Pd" or sign in _MORE_DASHES:
        return "-"
    if sign.isspace():
        return " "
    return "" if kind == "Cf" else sign


def _groups_of_number(groups: list[str]) -> int:
    """How many groups, from the first, make up one right ID; 0 if they do not, as from the 9 of «9 1234-5678-9012»."""
    digits = ""
    for count, group in enumerate(groups, start=1):
        digits += group
        if len(digits) >= LENGTH:
            return count if len(digits) == LENGTH and check_digit(digits) == 0 else 0
    return 0


def _run_without_numbers(run: str) -> str:
    groups, gaps = _GROUP.findall(run), [*_GAP.findall(run), ""]
    kept, start = "", 0
    while start < len(groups):
        length = _groups_of_number(groups[start : start + LENGTH])
        kept += " " if length else groups[start] + gaps[start]
        start += length or 1
    return kept
