"""The imported list: municipalities, schools with their organisation type, pupils per class; and the search in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, String, and_, bindparam, func, insert, or_, select, update

from bot.domain import roles
from bot.domain.identifiers import MunicipalityId, SchoolId
from bot.domain.school_classes import OrganisationType
from bot.storage import schema

MOST_WORDS = 5

# What everybody types and half of the names write otherwise («школа 5», «МБОУ СОШ № 5»): it tells no school apart.
_SAY_NOTHING = frozenset(
    re.findall(
        r"\w+",
        "школа школы школе сош оош мбоу мкоу мау маоу моу мобу гбоу средняя общеобразовательная основная имени им"
        " г город городской с село п пос поселок пгт ст станица х хутор д деревня р район рн муниципальный округ мо"
        " n no номер",
    )
)


@dataclass(frozen=True, slots=True)
class ListedMunicipality:
    """A municipality of the imported list."""

    id: MunicipalityId
    name: str


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of the imported list."""

    id: SchoolId
    name: str
    settlement: str
    municipality_id: MunicipalityId
    municipality: str
    organisation_type: OrganisationType

    @property
    def scope(self) -> roles.School:
        """The school as permissions know it."""
        return roles.School(self.id, self.municipality_id)


@dataclass(frozen=True, slots=True)
class SchoolsPage:
    """Some of the schools found, and how many there are in all."""

    schools: list[ListedSchool]
    found: int


def within(scopes: Iterable[roles.Scope]) -> dict[str, Any]:
    """The scopes as the bound parameters of `IN_SCOPE`; a gift point has no schools."""
    every = list(scopes)
    return {
        "everywhere": int(any(isinstance(scope, roles.Region) for scope in every)),
        "in_municipalities": [scope.municipality for scope in every if isinstance(scope, roles.Municipality)],
        "in_schools": [scope.school for scope in every if isinstance(scope, roles.School)],
    }


_EVERYWHERE = bindparam("everywhere", type_=BigInteger) == 1
_IN_MUNICIPALITIES = bindparam("in_municipalities", expanding=True, type_=BigInteger)
IN_SCOPE = or_(
    _EVERYWHERE,
    schema.schools.c.municipality_id.in_(_IN_MUNICIPALITIES),
    schema.schools.c.id.in_(bindparam("in_schools", expanding=True, type_=BigInteger)),
)
"""Keeps the schools of somebody's scopes in a statement with the table schools; its parameters come from `within`."""

LISTED = (
    schema.schools.c.id.label("school_id"),
    schema.schools.c.name.label("school_name"),
    schema.schools.c.settlement,
    schema.schools.c.municipality_id,
    schema.municipalities.c.name.label("municipality"),
    schema.schools.c.organisation_type,
)
"""The columns that `listed` reads, for statements of other subjects that join `JOINED`."""

JOINED = schema.schools.join(schema.municipalities)

_ONE = select(*LISTED).select_from(JOINED).where(schema.schools.c.id == bindparam("school"))
_WORDS = [bindparam(f"word{number}", type_=String) for number in range(MOST_WORDS)]
_FOUND = (
    select(*LISTED)
    .select_from(JOINED)
    .where(and_(IN_SCOPE, *(schema.schools.c.search_text.like(word) for word in _WORDS)))
)
_PAGE = (
    _FOUND.order_by(
        schema.municipalities.c.name,
        schema.schools.c.settlement,
        func.length(schema.schools.c.name),  # «СОШ № 5» before «СОШ № 15» and before a branch of either
        schema.schools.c.name,
        schema.schools.c.id,
    )
    .limit(bindparam("most", type_=BigInteger))
    .offset(bindparam("skipped", type_=BigInteger))
)
_HOW_MANY = select(func.count()).select_from(_FOUND.subquery())

_MUNICIPALITY = select(schema.municipalities).where(schema.municipalities.c.id == bindparam("municipality"))
_MUNICIPALITIES = (
    select(schema.municipalities)
    .where(or_(_EVERYWHERE, schema.municipalities.c.id.in_(_IN_MUNICIPALITIES)))
    .order_by(schema.municipalities.c.name)
)
_MUNICIPALITY_NAMED = select(schema.municipalities.c.id).where(schema.municipalities.c.name == bindparam("called"))
_ADD_MUNICIPALITY = insert(schema.municipalities).returning(schema.municipalities.c.id)
_SAME = select(schema.schools.c.id).where(
    schema.schools.c.municipality_id == bindparam("municipality"),
    schema.schools.c.settlement == bindparam("where"),
    schema.schools.c.name == bindparam("called"),
)
_ADD = insert(schema.schools).returning(schema.schools.c.id)
_CHANGE_TYPE = (
    update(schema.schools)
    .where(schema.schools.c.id == bindparam("school"))
    .values(organisation_type=bindparam("type_of_organisation"))
)
_ROLL = select(schema.school_rolls.c.pupils).where(
    schema.school_rolls.c.school_id == bindparam("school"), schema.school_rolls.c.label == bindparam("of_class")
)
_ROLLS = select(func.coalesce(func.sum(schema.school_rolls.c.pupils), 0)).where(
    schema.school_rolls.c.school_id == bindparam("school")
)
_ADD_ROLL = insert(schema.school_rolls)
_CHANGE_ROLL = (
    update(schema.school_rolls)
    .where(schema.school_rolls.c.school_id == bindparam("school"), schema.school_rolls.c.label == bindparam("of_class"))
    .values(pupils=bindparam("counted"))
)


# --- questions


def search(conn: Connection, words: str, scopes: Iterable[roles.Scope], *, page: int, size: int) -> SchoolsPage:
    """Schools of the scopes whose name, settlement and municipality have all the words; every school for no word.

    A word matches from its beginning («ставр» finds Ставрополь), a number as a whole («5» does not find № 15).
    """
    parameters: dict[str, Any] = {**_patterns(words), **within(scopes)}
    rows = conn.execute(_PAGE, {**parameters, "most": size, "skipped": page * size})
    schools = [listed(row) for row in rows]
    if page == 0 and len(schools) < size:
        return SchoolsPage(schools, len(schools))
    return SchoolsPage(schools, conn.execute(_HOW_MANY, parameters).scalar_one())


def school(conn: Connection, school_id: SchoolId) -> ListedSchool | None:
    """The school, None for an id that never was one."""
    row = conn.execute(_ONE, {"school": school_id}).one_or_none()
    return None if row is None else listed(row)


def municipality(conn: Connection, municipality_id: MunicipalityId) -> ListedMunicipality | None:
    """The municipality, None for an id that never was one."""
    row = conn.execute(_MUNICIPALITY, {"municipality": municipality_id}).one_or_none()
    return None if row is None else ListedMunicipality(row.id, row.name)


def municipalities(conn: Connection, scopes: Iterable[roles.Scope]) -> list[ListedMunicipality]:
    """The municipalities that lie wholly within the scopes, by name."""
    bounds = within(scopes)
    del bounds["in_schools"]
    return [ListedMunicipality(row.id, row.name) for row in conn.execute(_MUNICIPALITIES, bounds)]


def place_name(conn: Connection, scopes: Iterable[roles.Scope]) -> str | None:
    """The names of the scopes' places, None for the whole region."""
    names = []
    for scope in scopes:
        match scope:
            case roles.Region():
                return None
            case roles.Municipality(municipality_id):
                place: ListedMunicipality | ListedSchool | None = municipality(conn, municipality_id)
            case roles.School(school_id, _):
                place = school(conn, school_id)
            case _:
                continue
        if place is not None:
            names.append(place.name)
    return ", ".join(names)


def pupils_listed(conn: Connection, school_id: SchoolId, label: str) -> int | None:
    """Pupils of the class as imported, None where the list does not say."""
    return conn.execute(_ROLL, {"school": school_id, "of_class": label}).scalar_one_or_none()


def pupils_of_school(conn: Connection, school_id: SchoolId) -> int:
    """Pupils of all the school's listed classes together, 0 where the list does not say."""
    return int(conn.execute(_ROLLS, {"school": school_id}).scalar_one())


def listed(row: Row[*tuple[Any, ...]]) -> ListedSchool:
    """The school in a row that has the columns `LISTED`."""
    return ListedSchool(
        row.school_id,
        row.school_name,
        row.settlement,
        row.municipality_id,
        row.municipality,
        OrganisationType(row.organisation_type),
    )


# --- the import


def put(
    conn: Connection,
    *,
    municipality: str,
    settlement: str,
    name: str,
    organisation_type: OrganisationType,
    rolls: Mapping[str, int],
) -> SchoolId:
    """Add a school of the list, or bring it up to date: importing the same file again changes nothing.

    rolls: pupils per class label; labels that the list no longer has are kept, since classes may stand on them.
    """
    municipality_id = _put_municipality(conn, municipality)
    same = {"municipality": municipality_id, "where": settlement, "called": name}
    school_id = conn.execute(_SAME, same).scalar_one_or_none()
    if school_id is None:
        values = {
            "municipality_id": municipality_id,
            "settlement": settlement,
            "name": name,
            "organisation_type": organisation_type.value,
            "search_text": _search_text(name, settlement, municipality),
        }
        school_id = conn.execute(_ADD, values).scalar_one()
    else:
        conn.execute(_CHANGE_TYPE, {"school": school_id, "type_of_organisation": organisation_type.value})
    for label, pupils in rolls.items():
        _put_roll(conn, school_id, label, pupils)
    return SchoolId(school_id)


def _put_municipality(conn: Connection, name: str) -> MunicipalityId:
    found = conn.execute(_MUNICIPALITY_NAMED, {"called": name}).scalar_one_or_none()
    return MunicipalityId(conn.execute(_ADD_MUNICIPALITY, {"name": name}).scalar_one() if found is None else found)


def _put_roll(conn: Connection, school_id: SchoolId, label: str, pupils: int) -> None:
    changed = conn.execute(_CHANGE_ROLL, {"school": school_id, "of_class": label, "counted": pupils})
    if changed.rowcount == 0:
        conn.execute(_ADD_ROLL, {"school_id": school_id, "label": label, "pupils": pupils})


# --- folding


def _folded(written: str) -> list[str]:
    """The words as they are compared: lower case, ё as е, letters and digits apart («№5», «5а»)."""
    return re.findall(r"[^\W\d_]+|\d+", written.lower().replace("ё", "е"))


def _search_text(*parts: str) -> str:
    return f" {' '.join(word for part in parts for word in _folded(part))} "


def _patterns(words: str) -> dict[str, str]:
    typed = _folded(words)
    telling = [word for word in typed if word not in _SAY_NOTHING] or typed
    patterns = [f"% {word} %" if word.isdigit() else f"% {word}%" for word in telling[:MOST_WORDS]]
    return {f"word{number}": pattern for number, pattern in enumerate(patterns + ["%"] * (MOST_WORDS - len(patterns)))}
