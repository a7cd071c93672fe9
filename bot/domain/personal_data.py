"""The firewall: texts that look like passport data, a СНИЛС or a phone number, which nobody is asked for here.

Looked for at intake, before anything is stored: only the fact is kept, and the answer asks to delete the message. A
right participant ID comes first, whatever its digits resemble; and while an ID is asked for, 9 to 13 digits are an
attempt at it unless they are written the way a СНИЛС or a passport is.
"""

import re
from enum import StrEnum
from typing import Final

from bot.domain.participant_ids import without_numbers


class PersonalDataKind(StrEnum):
    """What the text looks like."""

    PASSPORT = "passport"
    SNILS = "snils"
    PHONE = "phone"


# Digits after a Latin letter, a slash or an underscore belong to an address (vk.com/id9161234567), not to a person.
_BEFORE: Final = r"(?<![0-9A-Za-z/_=])"
_AFTER: Final = r"(?![0-9])"
_GAP: Final = r"[ .()-]{0,3}"

_SNILS_WRITTEN: Final = re.compile(rf"{_BEFORE}[0-9]{{3}}-[0-9]{{3}}-[0-9]{{3}}[ -]{{1,3}}[0-9]{{2}}{_AFTER}")
_SNILS_SPACED: Final = re.compile(rf"{_BEFORE}[0-9]{{3}} [0-9]{{3}} [0-9]{{3}} [0-9]{{2}}{_AFTER}")
_PASSPORT_WRITTEN: Final = re.compile(
    rf"{_BEFORE}[0-9]{{2}} ?[0-9]{{2}} {{1,3}}(?:(?:№|[nN]o?\.?) ?)?[0-9]{{6}}{_AFTER}"
    rf"|{_BEFORE}[0-9]{{4}} ?(?:№|-) ?[0-9]{{6}}{_AFTER}"
)
_PASSPORT_WORDS: Final = re.compile(r"паспорт|серия|кем выдан|код подразделения", re.IGNORECASE)
_SNILS_WORDS: Final = re.compile(r"снилс|страхово[йе] номер", re.IGNORECASE)
_PHONE: Final = re.compile(
    rf"{_BEFORE}(?:\+?7|8){_GAP}[3489][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_AFTER}"
    rf"|{_BEFORE}\(?9[0-9]{{2}}\)?{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_AFTER}"
    rf"|\+[0-9](?:[ ()-]{{0,2}}[0-9]){{9,13}}{_AFTER}"
)
_ELEVEN: Final = re.compile(rf"{_BEFORE}[0-9]{{11}}{_AFTER}")
_TEN: Final = re.compile(rf"{_BEFORE}[0-9]{{10}}{_AFTER}")
_SIX_TOGETHER: Final = re.compile(rf"{_BEFORE}[0-9]{{6}}|[0-9]{{3}}-[0-9]{{3}}{_AFTER}")


def personal_data_in(text: str, *, id_asked: bool) -> PersonalDataKind | None:
    """What personal data the text seems to contain, None if none.

    id_asked: the dialogue's open question asks for a participant ID. A false alarm costs a person one repeated
    message, a miss stores a passport; still, dates, classes, counts and links must pass.
    """
    rest = without_numbers(text)
    written = _written(rest)
    if written is not None:
        return written
    if id_asked and 9 <= sum(sign.isdigit() for sign in rest) <= 13:
        return None
    if _PHONE.search(rest):
        return PersonalDataKind.PHONE
    if any(_is_snils(match[0]) for match in _ELEVEN.finditer(rest)):
        return PersonalDataKind.SNILS
    # Ten digits in one piece: an ID is never written so short, a passport's series and number often are.
    return PersonalDataKind.PASSPORT if _TEN.search(rest) else None


def _written(text: str) -> PersonalDataKind | None:
    """What is recognised by how it is written or by the word beside it, even while an ID is asked for."""
    if _SNILS_WRITTEN.search(text):
        return PersonalDataKind.SNILS
    if any(_is_snils(match[0]) for match in _SNILS_SPACED.finditer(text)):
        return PersonalDataKind.SNILS
    if _SNILS_WORDS.search(text) and sum(sign.isdigit() for sign in text) >= 9:
        return PersonalDataKind.SNILS
    if _PASSPORT_WRITTEN.search(text) or (_PASSPORT_WORDS.search(text) and _SIX_TOGETHER.search(text)):
        return PersonalDataKind.PASSPORT
    return None


def _is_snils(written: str) -> bool:
    """Whether eleven digits have the check sum of a СНИЛС (the last two; Постановление ПФР № 192п, 2006)."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    total = sum(weight * digit for weight, digit in zip(range(9, 0, -1), digits, strict=False))
    return total % 101 % 100 == digits[9] * 10 + digits[10]
