"""The printed protocol of a session: what its pages say, in which order, and that nothing leaves the paper."""

import re
from typing import Any

import pytest

from bot.documents.recipes import build
from tests.documents.builders import protocol
from tests.documents.hostile import hostile_protocol
from tests.documents.pdf_text import Written, read, text_of

LEFT, RIGHT, BOTTOM, TOP = 51.0, 544.3, 31.0, 791.0  # points: 18 mm of margin; the foot stands below the text


def pages(recipe: dict[str, Any]) -> list[list[Written]]:
    return read(build("session-protocol-pdf", recipe).content)


def whole_text(recipe: dict[str, Any]) -> str:
    return "\n".join(map(text_of, pages(recipe)))


def outside(sheets: list[list[Written]]) -> list[Written]:
    """What is written beyond the margins."""
    return [
        piece
        for sheet in sheets
        for piece in sheet
        if piece.x < LEFT or piece.ends > RIGHT or not BOTTOM < piece.y < TOP
    ]


def overlapping(sheet: list[Written]) -> list[tuple[Written, Written]]:
    """Pieces of text on one line of which one begins before the other ends."""
    return [(one, other) for one in sheet for other in sheet if one.y == other.y and one.x < other.x < one.ends - 0.01]


@pytest.fixture(scope="module")
def usual_pages() -> list[list[Written]]:
    return pages(protocol())


def test_results_come_first_then_stages_teams_acts_and_the_log(usual_pages: list[list[Written]]) -> None:
    text = "\n".join(map(text_of, usual_pages))
    places = [text.index(f"\n{heading}\n") for heading in ("Итоги", "Этапы", "Команды", "Действия", "Журнал голосов")]
    assert places == sorted(places)
    assert text.startswith("Протокол стратегической сессии\nОт проблемы к решению.")


def test_the_first_page_names_the_people_the_day_and_the_winners(usual_pages: list[list[Written]]) -> None:
    first = text_of(usual_pages[0])
    assert "Дата\n12 ноября 2026 года\nБеседа\nСферум: стратегическая сессия\nМодератор\nОльга С." in first
    assert "\n1–2\n2\nСферум-32\n5\n15\n1 из 2\n" in first
    assert "Места 1–2 делят команды: Сферум-32 (№ 2), Омские управленцы за цифру (№ 4)." in first


def test_every_page_has_its_number_and_the_number_of_all(usual_pages: list[list[Written]]) -> None:
    assert len(usual_pages) == 3
    for number, sheet in enumerate(usual_pages, 1):
        assert text_of(sheet).replace("\n", "").endswith(f"12 ноября 2026 годаСтраница {number} из 3")


def test_the_hash_and_the_way_to_recount_it_are_on_the_last_page() -> None:
    recipe = protocol(rounds=2)
    last = text_of(pages(recipe)[-1])
    assert "Хеш журнала\n" + recipe["stages"][2]["rounds"][1]["hash"] in last
    assert last.count(recipe["stages"][2]["rounds"][1]["hash"]) == 2
    assert "посчитайте SHA-256" in last


def test_members_stand_in_three_columns_that_are_read_downwards() -> None:
    sheet = [piece for page in pages(protocol(teams=1, members=7, rounds=0)) for piece in page]
    places = {piece.text: (piece.x, -piece.y) for piece in sheet if piece.text[:3] in ("1. ", "2. ", "3. ", "4. ")}
    first, second, third, fourth = sorted(places, key=lambda text: text[0])
    assert places[first][0] == places[second][0] == places[third][0] < places[fourth][0]
    assert places[first][1] == places[fourth][1] < places[second][1]


def test_a_jurys_column_appears_only_where_there_is_a_jury() -> None:
    recipe = protocol(stages=[])
    for place in recipe["places"]:
        place["jury"] = place["jury_could"] = 0
    first = text_of(pages(recipe)[0])
    assert "Могли\nголосовать\n1–2" in first


def test_a_session_without_votes_acts_or_jury_is_printed_too() -> None:
    text = whole_text(protocol(rounds=0, acts=[], jury=[], helpers=[], conversation=""))
    assert "Голосований в этой сессии не было." in text
    assert "Журнал пуст: голосований не было." in text
    assert "Действия" not in text


def test_a_session_in_which_nothing_happened_is_one_page() -> None:
    assert len(pages(protocol(teams=0, rounds=0, stages=[], acts=[]))) == 1


@pytest.fixture(scope="module")
def full_pages() -> list[list[Written]]:
    """Of forty teams with twenty-five members each."""
    return pages(protocol(teams=40, members=25, rounds=1))


def test_forty_teams_of_twenty_five_stay_within_the_margins(full_pages: list[list[Written]]) -> None:
    assert outside(full_pages) == []
    assert 10 < len(full_pages) < 20
    assert sum(piece.text.startswith("25. ") for sheet in full_pages for piece in sheet) == 40


def test_no_heading_of_a_team_is_left_alone_at_the_foot_of_a_page(full_pages: list[list[Written]]) -> None:
    for sheet in full_pages:
        headings = [at for at, piece in enumerate(sheet) if piece.text.endswith("25 участников")]
        for at in headings:
            assert sheet[at + 1].text.startswith("1. ")


def test_one_team_of_three_hundred_is_spread_over_pages_in_order() -> None:
    sheets = pages(protocol(teams=1, members=300, rounds=0))
    found = [re.match(r"(\d+)\. ", piece.text) for sheet in sheets for piece in sheet]
    assert sorted(int(one[1]) for one in found if one) == list(range(1, 301))
    assert outside(sheets) == []


@pytest.fixture(scope="module")
def hostile_pages() -> list[list[Written]]:
    return pages(hostile_protocol())


def test_no_text_of_people_leaves_the_paper_or_covers_another(hostile_pages: list[list[Written]]) -> None:
    assert outside(hostile_pages) == []
    assert [pair for sheet in hostile_pages for pair in overlapping(sheet)] == []


def test_signs_that_the_font_lacks_are_one_square_and_a_note_says_so(hostile_pages: list[list[Written]]) -> None:
    text = "\n".join(map(text_of, hostile_pages))
    assert "□ Ракета □ 😀" in text
    assert "Знак □ стоит вместо знаков" in text_of(hostile_pages[-1])


def test_direction_signs_are_left_out_and_parted_letters_put_together(hostile_pages: list[list[Written]]) -> None:
    text = "\n".join(map(text_of, hostile_pages))
    assert "\u202e" not in text
    assert "\nй ё\n" in text
    assert "\n[31mкрасный\n" in text


def test_what_a_name_contains_is_not_taken_for_the_number_of_pages(hostile_pages: list[list[Written]]) -> None:
    assert any("{nb}" in piece.text and "::placeholder::" in piece.text for piece in hostile_pages[0])


def test_a_text_as_long_as_a_book_fits_into_a_row_of_a_table() -> None:
    recipe = protocol()
    recipe["acts"] = [{"at": sign * 9_000, "who": sign * 9_000, "what": sign * 20_000} for sign in "‱Ж "]
    assert outside(pages(recipe)) == []


def test_a_recipe_in_english_is_printed_in_english() -> None:
    text = whole_text(protocol(locale="en"))
    assert text.startswith("Protocol of a strategic session\n")
    assert "12 November 2026" in text
    assert "Page 1 of" in text


def test_no_time_within_the_file_is_another_than_the_sessions_day() -> None:
    content = build("session-protocol-pdf", protocol(rounds=0)).content
    assert re.findall(rb"\(D:[^)]*\)", content) == [b"(D:20261112000000Z)"]
