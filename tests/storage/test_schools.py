from typing import Any

import pytest
from sqlalchemy import Connection

from bot.domain.roles import Municipality, Region
from bot.domain.school_classes import OrganisationType
from bot.storage import schools
from tests.storage.builders import add_school

EVERYWHERE = [Region()]


def names(conn: Connection, words: str, scopes: Any = EVERYWHERE) -> list[str]:
    return [school.name for school in schools.search(conn, words, scopes, page=0, size=10).schools]


def test_one_search_looks_in_names_settlements_and_municipalities(conn: Connection) -> None:
    add_school(conn, "СОШ № 5", settlement="Ставрополь", municipality="Город Ставрополь")
    add_school(conn, "СОШ № 5", settlement="Невинномысск", municipality="Город Невинномысск")
    add_school(conn, "Лицей № 1", settlement="Солнечнодольск", municipality="Изобильненский округ")
    assert len(names(conn, "школа 5")) == 2
    assert names(conn, "5 невинномысск") == ["СОШ № 5"]
    assert names(conn, "изобил") == ["Лицей № 1"]
    assert names(conn, "лицей солнечнодольск") == ["Лицей № 1"]


@pytest.mark.parametrize("words", ["школа №5", "СОШ 5", "  5 ", "мбоу сош № 5", "5 СТАВР"])
def test_the_same_school_is_found_however_its_name_is_typed(conn: Connection, words: str) -> None:
    add_school(conn, "МБОУ СОШ № 5 имени Героя")
    add_school(conn, "МБОУ СОШ № 15")
    assert names(conn, words) == ["МБОУ СОШ № 5 имени Героя"]


@pytest.mark.parametrize("words", ["3%", "_3", "' OR 3=3 --", "3 \\", "3😀"])
def test_signs_of_the_query_language_have_no_meaning_in_a_search(conn: Connection, words: str) -> None:
    add_school(conn, "Гимназия № 3")
    add_school(conn, "Гимназия № 33")
    assert names(conn, words) == ([] if "OR" in words else ["Гимназия № 3"])


def test_yo_and_ye_are_the_same_letter_in_the_search(conn: Connection) -> None:
    add_school(conn, "СОШ № 1", settlement="Орёл-Изумруд")
    assert names(conn, "орел") == names(conn, "ОРЁЛ") == ["СОШ № 1"]


def test_a_search_is_paged_and_tells_how_many_were_found(conn: Connection) -> None:
    for number in range(1, 8):
        add_school(conn, f"СОШ № {number}")
    first = schools.search(conn, "ставрополь", EVERYWHERE, page=0, size=5)
    second = schools.search(conn, "ставрополь", EVERYWHERE, page=1, size=5)
    assert (len(first.schools), first.found) == (5, 7)
    assert (len(second.schools), second.found) == (2, 7)
    assert not {school.id for school in first.schools} & {school.id for school in second.schools}


def test_a_search_within_a_scope_leaves_other_municipalities_out(conn: Connection) -> None:
    mine = add_school(conn, "СОШ № 5", municipality="Шпаковский округ", settlement="Михайловск")
    add_school(conn, "СОШ № 5")
    found = schools.search(conn, "5", [Municipality(mine.municipality_id)], page=0, size=5)
    assert found.schools == [mine]
    assert schools.municipalities(conn, [mine.scope]) == []
    assert [one.name for one in schools.municipalities(conn, EVERYWHERE)] == ["Город Ставрополь", "Шпаковский округ"]


def test_importing_the_same_school_again_changes_nothing_but_its_figures(conn: Connection) -> None:
    def put(pupils: int) -> Any:
        return schools.put(
            conn,
            municipality="Город Ставрополь",
            settlement="Ставрополь",
            name="СОШ № 5",
            organisation_type=OrganisationType.SCHOOL,
            rolls={"9-А": pupils, "9-Б": 20},
        )

    school = put(25)
    assert put(27) == school
    assert schools.pupils_listed(conn, school, "9-А") == 27
    assert schools.pupils_listed(conn, school, "11-А") is None
    assert schools.pupils_of_school(conn, school) == 47
    assert len(names(conn, "")) == 1
