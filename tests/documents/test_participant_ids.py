"""The spreadsheet of participant IDs, opened again as a teacher's computer would."""

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from bot.documents.cells import safe
from bot.documents.recipes import LONGEST_TITLE, UnknownDocument, build, file_name


def recipe(**changes: Any) -> dict[str, Any]:
    ids = [
        {"place": 2, "number": "9876-5432-1098", "link": "https://vk.me/club1?ref=id987", "state": "занят"},
        {"place": 1, "number": "1234-5678-9012", "link": "https://vk.me/club1?ref=id123", "state": "свободен"},
    ]
    columns = ["№", "Номер участника", "Ссылка", "Состояние"]
    return {"title": "9А.xlsx", "heading": "9А, школа № 5", "columns": columns, "ids": ids} | changes


def opened(content: dict[str, Any]) -> Worksheet:
    return load_workbook(BytesIO(build("participant-ids", content).content)).worksheets[0]


def test_the_sheet_lists_every_issued_id_by_its_place_in_class() -> None:
    assert list(opened(recipe()).values) == [
        ("9А, школа № 5", None, None, None),
        ("№", "Номер участника", "Ссылка", "Состояние"),
        (1, "1234-5678-9012", "https://vk.me/club1?ref=id123", "свободен"),
        (2, "9876-5432-1098", "https://vk.me/club1?ref=id987", "занят"),
    ]


def test_an_id_is_text_and_its_link_can_be_clicked() -> None:
    sheet = opened(recipe())
    assert (sheet["B3"].data_type, sheet["B3"].number_format) == ("s", "@")
    assert sheet["C3"].hyperlink is not None
    assert sheet["C3"].hyperlink.target == "https://vk.me/club1?ref=id123"


def test_a_link_of_another_kind_is_shown_and_cannot_be_clicked() -> None:
    issued = {"place": 1, "number": "1234-5678-9012", "link": "file:///etc/passwd", "state": ""}
    sheet = opened(recipe(ids=[issued]))
    assert sheet["C3"].value == "file:///etc/passwd"
    assert sheet["C3"].hyperlink is None


@pytest.mark.parametrize("formula", ["=1+1", "+7", "-5", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_no_cell_can_become_a_formula_whatever_the_words_are(formula: str) -> None:
    issued = {"place": 1, "number": formula, "link": formula, "state": formula}
    sheet = opened(recipe(heading=formula, columns=[formula] * 4, ids=[issued]))
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert len(texts) == 8
    assert all(cell.data_type == "s" and str(cell.value).startswith("'") for cell in texts)


@given(text=st.text())
def test_any_text_is_stored_and_never_starts_like_a_formula(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_control_characters_are_left_out_and_do_not_break_the_file() -> None:
    assert opened(recipe(heading="9А\x00\x0b\ud800 класс"))["A1"].value == "9А класс"


def test_a_class_without_ids_gives_a_sheet_with_its_header_only() -> None:
    assert opened(recipe(ids=[])).max_row == 2


def test_a_recipe_survives_the_way_through_the_database_as_json() -> None:
    stored = json.loads(json.dumps(recipe()))
    assert list(opened(stored).values) == list(opened(recipe()).values)


def test_a_recipe_with_a_key_missing_or_unknown_is_refused() -> None:
    for broken in (recipe(columns=["№"]), recipe(colour="red"), {"title": "9А.xlsx"}):
        with pytest.raises(ValidationError):
            build("participant-ids", broken)


def test_an_unknown_document_is_refused_by_its_own_name() -> None:
    with pytest.raises(UnknownDocument, match="participant-cards"):
        build("participant-cards", {})


@pytest.mark.parametrize(
    ("title", "expected"),
    [("9А.xlsx", "9А.xlsx"), ("../../etc/9А.xlsx", "_.._etc_9А.xlsx"), ('a:"b"?\n.xlsx', "a_b_.xlsx"), ("...", "_")],
)
def test_a_files_name_holds_nothing_that_a_system_refuses(title: str, expected: str) -> None:
    assert file_name(title) == expected


def test_a_long_name_is_cut_before_its_extension() -> None:
    name = file_name("ш" * 300 + ".xlsx")
    assert len(name) == LONGEST_TITLE
    assert name.endswith("ш.xlsx")


def test_asking_which_documents_there_are_does_not_load_the_spreadsheet_library() -> None:
    question = "import sys, bot.documents.recipes, bot.imports.schools; print('openpyxl' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
