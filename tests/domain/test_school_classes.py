"""Reading classes and groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.school_classes import (
    ClassLabel,
    GradeRefused,
    NotAClass,
    OrganisationRefused,
    OrganisationType,
    PupilsOutOfBounds,
    against_pupils,
    read_class,
    read_organisation_type,
)

SCHOOL, COLLEGE = OrganisationType.SCHOOL, OrganisationType.COLLEGE


def label(text: str, organisation: OrganisationType = SCHOOL) -> ClassLabel:
    reading = read_class(text, organisation)
    assert isinstance(reading, ClassLabel), reading
    return reading


@pytest.mark.parametrize(
    "text", ['9 "а"', "9А", "9а", "9-А", "9 - a", "9 «А» класс", "класс 9А", "9/А", "9 A", " 9 кл. а"]
)
def test_every_spelling_of_a_class_is_the_same_class(text: str) -> None:
    assert label(text) == label("9А")
    assert label(text).shown == "9А"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("11-Б", "11Б"), ("10", "10"), ("10-1", "10-1"), ("11 ФМ", "11ФМ"), ("9а1", "9А1"), ("9-а-1", "9А1")],
)
def test_a_class_is_shown_in_one_form(text: str, shown: str) -> None:
    assert label(text).shown == shown


def test_classes_that_differ_stay_different_when_read() -> None:
    texts = ["9А", "9Б", "9", "10А", "10-1", "11-1", "9А1", "9-2"]
    assert len({label(text).key for text in texts}) == len(texts)


@pytest.mark.parametrize(("text", "grade"), [("8Б", 8), ("1а", 1), ("12А", 12), ("0", 0)])
def test_grades_that_do_not_take_part_are_refused_by_name(text: str, grade: int) -> None:
    assert read_class(text, SCHOOL) == GradeRefused(grade)


@pytest.mark.parametrize("text", ["", "А", "девятый", "9А 9Б", "9А, 9Б", "999", "9" * 5000, "💥", "=1+1", "9А" * 40])
def test_a_text_that_names_no_class_is_not_one(text: str) -> None:
    assert read_class(text, SCHOOL) == NotAClass()


@pytest.mark.parametrize("text", ["ИС-21", "ис 21", "ИС21", "группа ИС-21", "гр. ИС–21", "ИC-21"])
def test_every_spelling_of_a_group_is_the_same_group(text: str) -> None:
    assert label(text, COLLEGE) == label("ИС-21", COLLEGE)


def test_groups_that_differ_in_where_digits_break_stay_different() -> None:
    assert label("ИС-2-21", COLLEGE) != label("ИС-22-1", COLLEGE)
    assert label("IT-21", OrganisationType.UNIVERSITY).shown == "IT-21"


@pytest.mark.parametrize("text", ["", "-", "ИС_21!", "А" * 21, "<b>21</b>"])
def test_a_text_that_names_no_group_is_not_one(text: str) -> None:
    assert read_class(text, COLLEGE) == NotAClass()


@pytest.mark.parametrize("organisation", [OrganisationType.PRESCHOOL, OrganisationType.EXTRACURRICULAR])
def test_kindergartens_and_extracurricular_organisations_have_no_classes(organisation: OrganisationType) -> None:
    assert read_class("9А", organisation) == OrganisationRefused(organisation)


@given(text=st.text(max_size=40), organisation=st.sampled_from(OrganisationType))
def test_a_label_read_from_its_own_shown_form_is_the_same(text: str, organisation: OrganisationType) -> None:
    reading = read_class(text, organisation)
    if isinstance(reading, ClassLabel):
        assert label(reading.shown, organisation) == reading


def test_organisation_types_are_read_by_their_russian_names() -> None:
    names = ["школа", " ДОО ", "одо", "СПО", "вуз"]
    assert [read_organisation_type(name) for name in names] == list(OrganisationType)
    assert read_organisation_type("лицей") is None


def test_a_class_has_between_one_pupil_and_the_cap() -> None:
    assert against_pupils(1, 40) is None
    assert against_pupils(40, 40) is None
    assert against_pupils(0, 40) == PupilsOutOfBounds(1, 40)
    assert against_pupils(41, 40) == PupilsOutOfBounds(1, 40)
