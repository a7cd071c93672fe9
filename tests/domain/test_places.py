import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import NoPlaces, read_places


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("3", [3]),
        ("3, 5, 7", [3, 5, 7]),
        ("№3 и № 5", [3, 5]),
        ("7-9", [7, 8, 9]),
        ("7 – 9, 1", [1, 7, 8, 9]),
        ("5 5 5", [5]),
        (" 3;4. ", [3, 4]),
    ],
)
def test_places_are_read_the_way_teachers_write_them(typed: str, places: list[int]) -> None:
    assert read_places(typed, 25) == places


@pytest.mark.parametrize("typed", ["", "все", "0", "26", "3, 26", "9-7", "3.5.7x", "Иванов 3", "😀", "-", "1234"])
def test_a_list_with_one_wrong_place_ticks_nobody(typed: str) -> None:
    assert read_places(typed, 25) == NoPlaces(25)


@given(places=st.sets(st.integers(1, 40), min_size=1))
def test_any_set_of_places_survives_being_written_and_read(places: set[int]) -> None:
    assert read_places(", ".join(map(str, places)), 40) == sorted(places)


@given(text=st.text(max_size=40))
def test_whatever_is_typed_never_names_a_place_outside_the_class(text: str) -> None:
    read = read_places(text, 25)
    assert isinstance(read, NoPlaces) or (read and set(read) <= set(range(1, 26)))
