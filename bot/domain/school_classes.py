"""Classes and groups: reading what a teacher types («9 "а"», «11-Б», «ИС-21») so that one class is one class.

(School, class) is unique whatever the spelling: case, quotes, dashes, ё and Latin letters that look Cyrillic do not
make another class. Schools take part with grades 9-11, colleges and universities with groups.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.domain.participant_ids import plain_digits

GRADES: Final = range(9, 12)
_LONGEST_GROUP: Final = 20
_WORDS: Final = re.compile(r"\b(?:класса?|кл|группа|группы|гр)\b\.?", re.IGNORECASE)
_LOOK_ALIKES: Final = str.maketrans("ABCEHKMOPTXYЁ", "АВСЕНКМОРТХУЕ")
_SCHOOL_CLASS: Final = re.compile(r"(?P<grade>[0-9]{1,2})(?P<rest>(?:-?[А-Я]{1,3}(?:-?[0-9])?|-[0-9]{1,2})?)")
_GROUP: Final = re.compile(r"[0-9A-ZА-Я]+(?:-[0-9A-ZА-Я]+)*")


class OrganisationType(StrEnum):
    """What kind of organisation a "school" is."""

    SCHOOL = "school"  # школа
    PRESCHOOL = "preschool"  # ДОО
    EXTRACURRICULAR = "extracurricular"  # ОДО
    COLLEGE = "college"  # СПО
    UNIVERSITY = "university"  # ВУЗ


_BY_NAME: Final = {
    "школа": OrganisationType.SCHOOL,
    "доо": OrganisationType.PRESCHOOL,
    "одо": OrganisationType.EXTRACURRICULAR,
    "спо": OrganisationType.COLLEGE,
    "вуз": OrganisationType.UNIVERSITY,
}
TAKING_PART: Final = frozenset({OrganisationType.SCHOOL, OrganisationType.COLLEGE, OrganisationType.UNIVERSITY})
"""Whose pupils can be participants."""


def read_organisation_type(text: str) -> OrganisationType | None:
    """The type by its Russian name (школа, ДОО, ОДО, СПО, ВУЗ), None for any other text."""
    return _BY_NAME.get(text.strip().lower())


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class or group. shown: for people («9А», «ИС-21»). key: equal for every spelling; unique within a school."""

    key: str
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class NotAClass:
    """The text names no class or group."""


@dataclass(frozen=True, slots=True)
class GradeRefused:
    """A school class of a grade that does not take part."""

    grade: int


@dataclass(frozen=True, slots=True)
class OrganisationRefused:
    """Kindergartens and extracurricular organisations have no participants."""

    organisation: OrganisationType


ClassReading = ClassLabel | NotAClass | GradeRefused | OrganisationRefused


@dataclass(frozen=True, slots=True)
class PupilsOutOfBounds:
    """Not a possible number of pupils."""

    least: int
    most: int


def read_class(text: str, organisation: OrganisationType) -> ClassReading:
    """The class a teacher of such an organisation typed."""
    if organisation not in TAKING_PART:
        return OrganisationRefused(organisation)
    plain = _plain(text)
    return _school_class(plain) if organisation is OrganisationType.SCHOOL else _group(plain)


@lru_cache(maxsize=2048)  # a campaign of thousands of classes has few different labels, and lists all of them at once
def shown_label(key: str, organisation: OrganisationType) -> str:
    """The class as people read it («9А»), from the key that storage keeps."""
    reading = read_class(key, organisation)
    return reading.shown if isinstance(reading, ClassLabel) else key


def against_pupils(declared: int, class_cap: int) -> PupilsOutOfBounds | None:
    """Why a class cannot have so many pupils; None if it can."""
    return None if 1 <= declared <= class_cap else PupilsOutOfBounds(1, class_cap)


def _plain(text: str) -> str:
    """Capitals, digits and single hyphens: everything that is spelling only is gone."""
    signs = re.sub(r"[\"'«»„“”‘’`]", "", plain_digits(_WORDS.sub(" ", text)))
    return re.sub(r"[\s/.-]+", "-", signs.upper()).strip("-")


def _school_class(plain: str) -> ClassLabel | NotAClass | GradeRefused:
    match = _SCHOOL_CLASS.fullmatch(plain.translate(_LOOK_ALIKES))
    if match is None:
        return NotAClass()
    grade = int(match["grade"])
    if grade not in GRADES:
        return GradeRefused(grade)
    rest = match["rest"].lstrip("-")
    shown = f"{grade}-{rest}" if rest[:1].isdigit() else f"{grade}{rest.replace('-', '')}"
    return ClassLabel(_key(f"{grade}-{rest}"), shown)


def _group(plain: str) -> ClassLabel | NotAClass:
    if len(plain) > _LONGEST_GROUP or _GROUP.fullmatch(plain.replace("Ё", "Е")) is None:
        return NotAClass()
    return ClassLabel(_key(plain.translate(_LOOK_ALIKES)), plain)


def _key(plain: str) -> str:
    """Letters and digits apart: «ИС21» is «ИС-21», but «ИС-2-21» is not «ИС-22-1»."""
    return "-".join(re.findall(r"[0-9]+|[A-ZА-Я]+", plain))
