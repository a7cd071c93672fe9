"""Lists of schools, right and wrong."""

from pathlib import Path

import pytest

from bot.domain.school_classes import ClassLabel, OrganisationType, read_class
from bot.imports.schools import Reason, RefusedLine, School, read_schools
from tests.imports.workbook import HEADER, workbook

EXAMPLE = Path(__file__).parents[2] / "examples" / "schools.csv"


def listed(*lines: str) -> bytes:
    return "\n".join([";".join(HEADER), *lines]).encode()


def class_of(school: School, label: str) -> ClassLabel:
    read = read_class(label, school.organisation_type)
    assert isinstance(read, ClassLabel)
    return read


def test_the_example_file_is_read_without_a_single_refusal() -> None:
    read = read_schools(EXAMPLE.read_bytes())
    assert read.refused == []
    assert len({school.municipality for school in read.schools}) == 4
    assert len(read.schools) == 12
    assert {school.organisation_type for school in read.schools} == set(OrganisationType)


def test_lines_of_one_school_become_one_school_with_its_classes() -> None:
    read = read_schools(
        listed("Округ;с. Кочубеевское;СОШ № 2;школа;9А;24", 'округ;с. кочубеевское;сош № 2;Школа;9 "б";20')
    )
    [school] = read.schools
    assert (school.municipality, school.settlement, school.name) == ("Округ", "с. Кочубеевское", "СОШ № 2")
    assert school.pupils == {class_of(school, "9А"): 24, class_of(school, "9Б"): 20}


def test_a_workbook_with_numbers_as_numbers_gives_the_same_as_text() -> None:
    content = workbook(HEADER, ["Округ", "г. Михайловск", "СОШ № 1", "школа", "9А", 28.0])
    assert read_schools(content).schools == read_schools(listed("Округ;г. Михайловск;СОШ № 1;школа;9А;28")).schools


def test_columns_for_classes_may_be_absent_or_hold_a_dash() -> None:
    short = "МО;Город;Наименование организации;Вид\nОкруг;г. Михайловск;Центр;ОДО\n".encode()
    [school] = read_schools(short).schools
    assert (school.organisation_type, school.pupils) == (OrganisationType.EXTRACURRICULAR, {})
    assert read_schools(listed("Округ;г. Михайловск;Центр;ОДО;-;—")).schools == [school]


def test_classes_that_take_no_part_are_left_out_and_their_school_is_kept() -> None:
    read = read_schools(listed("Округ;с. Верхнерусское;СОШ № 15;школа;5А;21", "Округ;с. Верхнерусское;Сад;ДОО;1;20"))
    assert read.refused == []
    assert [school.pupils for school in read.schools] == [{}, {}]


@pytest.mark.parametrize(
    ("line", "reason", "found"),
    [
        (";г. Михайловск;СОШ № 1;школа;9А;28", Reason.MISSING, "Муниципалитет"),
        ("Округ;;СОШ № 1;школа;9А;28", Reason.MISSING, "Населённый пункт"),
        ("Округ;г. Михайловск;-;школа;9А;28", Reason.MISSING, "Школа"),
        ("Округ;г. Михайловск;СОШ № 1;;9А;28", Reason.TYPE_UNKNOWN, ""),
        ("Округ;г. Михайловск;СОШ № 1;кружок;9А;28", Reason.TYPE_UNKNOWN, "кружок"),
        ("Округ;г. Михайловск;СОШ № 1;школа;девятый;28", Reason.CLASS_UNKNOWN, "девятый"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;", Reason.CLASS_WITHOUT_PUPILS, "9А"),
        ("Округ;г. Михайловск;СОШ № 1;школа;;28", Reason.CLASS_WITHOUT_PUPILS, "28"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;0", Reason.PUPILS_WRONG, "0"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;-5", Reason.PUPILS_WRONG, "-5"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;2,5", Reason.PUPILS_WRONG, "2,5"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;²", Reason.PUPILS_WRONG, "²"),
        ("Округ;г. Михайловск;СОШ № 1;школа;9А;" + "9" * 5000, Reason.PUPILS_WRONG, "9" * 60),
        ("Округ;г. Михайловск;=СОШ;школа;9А;28", Reason.FORMULA, "=СОШ"),
        (f"Округ;г. Михайловск;{'ш' * 301};школа;9А;28", Reason.TOO_LONG, "ш" * 60),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_the_others_are_read(line: str, reason: Reason, found: str) -> None:
    read = read_schools(
        listed("Округ;с. Кочубеевское;СОШ № 2;школа;9А;24", line, "Округ;с. Кочубеевское;СОШ № 3;школа;;")
    )
    assert read.refused == [RefusedLine(3, reason, found)]
    assert [school.name for school in read.schools] == ["СОШ № 2", "СОШ № 3"]


def test_a_class_that_comes_twice_is_refused_the_second_time() -> None:
    read = read_schools(listed("Округ;Село;СОШ;школа;9А;24", "Округ;Село;СОШ;школа;9-а;25"))
    assert read.refused == [RefusedLine(3, Reason.CLASS_TWICE, "9-а")]
    assert list(read.schools[0].pupils.values()) == [24]


def test_a_school_that_changes_its_type_between_lines_is_refused_there() -> None:
    read = read_schools(listed("Округ;Село;СОШ;школа;9А;24", "Округ;Село;СОШ;СПО;ИС-21;25"))
    assert read.refused == [RefusedLine(3, Reason.TYPE_CHANGED, "СПО")]


def test_a_refused_line_tells_people_its_number_reason_and_cell() -> None:
    assert str(RefusedLine(7, Reason.TYPE_UNKNOWN, "кружок")) == (
        "line 7: the type is none of школа, ДОО, ОДО, СПО, ВУЗ («кружок»)"
    )
