"""The list of schools: who may take part in a campaign, of which kind, and how many pupils each class has.

One line per class (or per school without classes): «Муниципалитет», «Населённый пункт», «Школа», «Тип» (школа, ДОО,
ОДО, СПО, ВУЗ), and if known «Класс» and «Учеников». Classes that take no part (grades 1-8, kindergartens) are left out.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.quotations import quoted
from bot.domain.school_classes import ClassLabel, NotAClass, OrganisationType, read_class, read_organisation_type
from bot.imports.tables import Column, Line, read_table

MUNICIPALITY = Column("Муниципалитет", r"муниципалитет|муниципальн\w+ (образование|округ|район)|мо|район|округ")
SETTLEMENT = Column("Населённый пункт", r"населенный пункт|нас\. ?пункт|город|поселение|адрес")
SCHOOL = Column("Школа", r"школа|организация|((наименование|название)( (школы|оо|(образовательной )?организации))?)")
TYPE = Column("Тип", r"тип|тип (школы|организации|оо)|вид")
CLASS = Column("Класс", r"класс|группа|класс ?(,|/|или) ?группа", required=False)
PUPILS = Column("Учеников", r"учеников|обучающихся|(количество|число|кол-во) (учеников|обучающихся)", required=False)

LONGEST = {MUNICIPALITY: 200, SETTLEMENT: 200, SCHOOL: 300}
MOST_PUPILS = 1_000

# People write these where they know nothing.
_NOTHING = frozenset({"-", "–", "—", "нет", "н/д"})


class Reason(StrEnum):
    """Why a line is refused."""

    FORMULA = "a cell holds a formula: put its value there"
    MISSING = "a cell is empty that must not be"
    TOO_LONG = "a cell is too long"
    TYPE_UNKNOWN = "the type is none of школа, ДОО, ОДО, СПО, ВУЗ"
    TYPE_CHANGED = "the same school has another type in a line above"
    CLASS_UNKNOWN = "no such class or group"
    PUPILS_WRONG = f"not a number of pupils from 1 to {MOST_PUPILS}"
    CLASS_WITHOUT_PUPILS = "a class without its number of pupils, or the other way round"
    CLASS_TWICE = "the same class stands in a line above"


@dataclass(frozen=True)
class RefusedLine:
    """A line that was left out. found: the cell in question, shortened."""

    number: int
    reason: Reason
    found: str = ""

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}" + (f" («{self.found}»)" if self.found else "")


@dataclass
class School:
    """One school of the list."""

    municipality: str
    settlement: str
    name: str
    organisation_type: OrganisationType
    pupils: dict[ClassLabel, int] = field(default_factory=dict)


@dataclass
class SchoolList:
    """The schools of a file in its order, and the lines that were refused."""

    schools: list[School] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)


class _RefusedError(Exception):
    def __init__(self, reason: Reason, found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found[:60]


def read_schools(content: bytes) -> SchoolList:
    """The schools of an XLSX or CSV file. Raises UnreadableTable if it is no such table at all."""
    known: dict[tuple[str, ...], School] = {}
    read = SchoolList()
    for line in read_table(content, [MUNICIPALITY, SETTLEMENT, SCHOOL, TYPE, CLASS, PUPILS]):
        try:
            _take(line, known)
        except _RefusedError as refusal:
            read.refused.append(RefusedLine(line.number, refusal.reason, refusal.found))
    read.schools.extend(known.values())
    return read


def _take(line: Line, known: dict[tuple[str, ...], School]) -> None:
    """Add what the line says to the schools known so far; nothing of it if it is refused."""
    if line.has_formula:
        raise _RefusedError(Reason.FORMULA, next(cell for cell in line.cells.values() if cell.startswith("=")))
    municipality, settlement, name = (_name(line, column) for column in LONGEST)
    organisation = read_organisation_type(_cell(line, TYPE))
    if organisation is None:
        raise _RefusedError(Reason.TYPE_UNKNOWN, _cell(line, TYPE))
    key = tuple(part.casefold().replace("ё", "е") for part in (municipality, settlement, name))
    school = known.get(key) or School(municipality, settlement, name, organisation)
    if school.organisation_type is not organisation:
        raise _RefusedError(Reason.TYPE_CHANGED, _cell(line, TYPE))
    _add_class(line, school)
    known[key] = school


def _add_class(line: Line, school: School) -> None:
    label, pupils = _cell(line, CLASS), _cell(line, PUPILS)
    if not label and not pupils:
        return
    if not label or not pupils:
        raise _RefusedError(Reason.CLASS_WITHOUT_PUPILS, label or pupils)
    number = _pupils(pupils)
    match read_class(label, school.organisation_type):
        case NotAClass():
            raise _RefusedError(Reason.CLASS_UNKNOWN, label)
        case ClassLabel() as known if known in school.pupils:
            raise _RefusedError(Reason.CLASS_TWICE, label)
        case ClassLabel() as known:
            school.pupils[known] = number


def _pupils(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= MOST_PUPILS:
        raise _RefusedError(Reason.PUPILS_WRONG, text)
    return int(text)


def _name(line: Line, column: Column) -> str:
    name = quoted(_cell(line, column), LONGEST[column] + 1)  # people read it in the bot's messages
    if not name:
        raise _RefusedError(Reason.MISSING, column.title)
    if len(name) > LONGEST[column]:
        raise _RefusedError(Reason.TOO_LONG, name)
    return name


def _cell(line: Line, column: Column) -> str:
    text = line.cells.get(column.title, "")
    return "" if text.lower() in _NOTHING else text
