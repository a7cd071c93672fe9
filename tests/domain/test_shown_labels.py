import pytest

from bot.domain.school_classes import ClassLabel, OrganisationType, read_class, shown_label


@pytest.mark.parametrize(
    ("typed", "organisation", "shown"),
    [
        ('9 "а"', OrganisationType.SCHOOL, "9А"),
        ("11", OrganisationType.SCHOOL, "11"),
        ("10-1", OrganisationType.SCHOOL, "10-1"),
        ("ИС21", OrganisationType.COLLEGE, "ИС-21"),
        ("бпи-20-2", OrganisationType.UNIVERSITY, "БПИ-20-2"),
    ],
)
def test_the_stored_key_of_a_class_is_shown_as_people_write_it(
    typed: str, organisation: OrganisationType, shown: str
) -> None:
    reading = read_class(typed, organisation)
    assert isinstance(reading, ClassLabel)
    assert shown_label(reading.key, organisation) == shown
    again = read_class(shown_label(reading.key, organisation), organisation)
    assert isinstance(again, ClassLabel)
    assert again.key == reading.key


def test_a_key_that_is_no_class_any_more_is_shown_as_it_stands() -> None:
    assert shown_label("7-Б", OrganisationType.SCHOOL) == "7-Б"
