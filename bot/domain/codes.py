"""Codes that people read off a screen and type: vote receipts, invitations.

The 17 signs look different from each other in print and in handwriting, and every letter among them exists in the
Latin and the Cyrillic alphabet, so it does not matter which keyboard is on. The last sign checks the others.
"""

from collections.abc import Callable
from typing import Final

from bot.domain.participant_ids import plain_digits

ALPHABET: Final = "23456789ACEHKMPTX"
_LETTERS: Final = "ACEHKMPTX"
_FROM_CYRILLIC: Final = str.maketrans("АСЕНКМРТХ", _LETTERS)
_VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET)}


def new_code(length: int, randbelow: Callable[[int], int]) -> str:
    """A code of `length` signs, check sign included, at most 16; `randbelow` is `secrets.randbelow`.

    It begins with a letter, so that it can never be taken for a phone number or an ID.
    """
    # One draw for all signs: each costs a call of the system, and a vote draws its receipt under a lock.
    drawn, first = divmod(randbelow(len(_LETTERS) * len(ALPHABET) ** (length - 2)), len(_LETTERS))
    signs = _LETTERS[first]
    for _ in range(length - 2):
        drawn, sign = divmod(drawn, len(ALPHABET))
        signs += ALPHABET[sign]
    return signs + _check_sign(signs)


def read_code(text: str, length: int) -> str | None:
    """The code a person typed, in any case, alphabet and grouping; None if it cannot be one."""
    signs = plain_digits(text).replace(" ", "").replace("-", "").upper().translate(_FROM_CYRILLIC)
    if len(signs) != length or not set(signs) <= _VALUES.keys():
        return None
    return signs if signs[-1] == _check_sign(signs[:-1]) else None


def grouped(code: str, size: int) -> str:
    """The code in groups joined by hyphens, to be read aloud."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def _check_sign(signs: str) -> str:
    # 17 is prime and no two weights are equal: one wrong sign and any two swapped ones change the sum.
    return ALPHABET[sum(weight * _VALUES[sign] for weight, sign in enumerate(signs, start=1)) % len(ALPHABET)]
