"""The spreadsheet of a session's protocol, opened again as anybody's computer would."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from bot.documents.recipes import build
from bot.documents.session_protocol_xlsx import HEADER_ROW
from bot.wording import override
from tests.documents.builders import protocol
from tests.documents.hostile import HOSTILE, hostile_protocol

SHEETS = ["Итоги", "Этапы", "Голосования", "Команды", "Действия", "Журнал голосов"]


def made(recipe: dict[str, Any]) -> bytes:
    return build("session-protocol-xlsx", recipe).content


def opened(recipe: dict[str, Any]) -> Workbook:
    return load_workbook(BytesIO(made(recipe)))


def rows(book: Workbook, sheet: str) -> list[list[Any]]:
    """Below the headers, without the empty cells at the end of each row."""
    found = [list(row) for row in book[sheet].iter_rows(min_row=HEADER_ROW + 1, values_only=True)]
    return [row[: max((at + 1 for at, value in enumerate(row) if value is not None), default=0)] for row in found]


def test_the_protocol_is_six_sheets_whose_headers_stay_in_sight_and_fit_on_a4() -> None:
    book = opened(protocol())
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert sheet["A1"].value == "Протокол стратегической сессии: От проблемы к решению. От плана к действию"
        assert sheet.freeze_panes == "A3"
        assert sheet.print_title_rows == "$2:$2"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert all(cell.value and cell.font.bold for cell in sheet[HEADER_ROW])


def test_the_results_come_first_with_places_ballots_and_who_could_vote() -> None:
    results = rows(opened(protocol()), "Итоги")
    assert results[:4] == [
        ["1–2", "Сферум-32", 2, 5, 15, 1, 2],
        ["1–2", "Омские управленцы за цифру", 4, 5, 15, 0, 2],
        [3, "Ракета", 1, 3, 15, 0, 2],
        [4, "Ёжики в тумане", 3, 2, 15, 1, 2],
    ]
    facts = {row[0]: row[1] for row in results[6:]}
    assert facts["Жюри"] == "Игорь М., Вера Т."
    assert facts["Завершение"] == "12 ноября, 13:40"
    assert facts["Хеш журнала"] == protocol()["stages"][2]["rounds"][0]["hash"]


def test_stages_are_listed_with_their_times_questions_and_works() -> None:
    stages = rows(opened(protocol()), "Этапы")
    assert [row[1] for row in stages[:4]] == ["Викторина", "Вопрос", "Вопрос", "Работа в командах"]
    assert stages[0] == [1, "Викторина", "«Вопрос - Ответ»", None, "12 ноября, 10:10", "12 ноября, 10:20"]
    assert stages[1][3].replace("\xa0", " ").splitlines()[0] == "✓ 25 % — 12 ответов (75 %)"
    assert stages[4][2].replace("\xa0", " ") == "Ракета (№ 1)\nМария П."
    assert stages[5][6] == "не показано"


def test_every_round_is_shown_with_its_own_places_and_hash() -> None:
    recipe = protocol(rounds=2)
    votes = rows(opened(recipe), "Голосования")
    headings = [row for row in votes if len(row) == 4]
    assert [(row[0], row[1]) for row in headings] == [(2, 1), (2, 2), (3, 1), (3, 2)]
    assert headings[0][3].startswith("Голосование, раунд 1 (не засчитан")
    assert headings[1][3].endswith(recipe["stages"][1]["rounds"][1]["hash"])
    assert len(votes) == 4 * (1 + 4)


def test_every_member_has_a_row_and_an_empty_team_one_as_well() -> None:
    recipe = protocol(teams=3, members=2)
    recipe["teams"][2]["members"] = []
    assert rows(opened(recipe), "Команды") == [
        [1, "Ракета", 1, "Мария П."],
        [1, "Ракета", 2, "Артём Ё."],
        [2, "Сферум-32", 1, "Артём Ё."],
        [2, "Сферум-32", 2, "Ксения В."],
        [3, "Ёжики в тумане"],
    ]


def test_acts_stand_in_order_and_what_happened_by_itself_is_the_bots() -> None:
    acts = rows(opened(protocol()), "Действия")
    assert acts[0] == [1, "12 ноября, 10:05", "Ольга С.", "открыла сессию"]
    assert acts[3] == [4, "12 ноября, 11:55", "бот", "Голосование закрылось по времени"]


def recounted(lines: list[str]) -> list[str]:
    """The hashes, as the protocol's «Как пересчитать» tells anybody to compute them."""
    hashes, pending = [], f"{lines[0]}\n"
    for line in lines[1:]:
        if "|" in line:
            pending += f"{line}\n"
        else:
            hashes.append(sha256(pending.encode()).hexdigest())
            pending = f"{line}\n"
    return hashes


def test_anybody_can_recount_every_hash_from_the_column_of_lines() -> None:
    recipe = protocol(teams=7, members=9, rounds=2)
    log = rows(opened(recipe), "Журнал голосов")
    rounds = [one for stage in recipe["stages"] for one in stage.get("rounds", [])]
    assert recounted([row[6] for row in log]) == [one["hash"] for one in rounds]
    assert log[0][6] == "0" * 64
    assert log[1][:6] == [7, 1, f"{700_021:032x}", 101, "member", "2026-11-12T07:12:00.120034+00:00"]
    assert sum(row[4:5] == ["jury"] for row in log) == 4 * 2


def test_one_altered_line_changes_its_rounds_hash_and_all_later_ones() -> None:
    lines = [row[6] for row in rows(opened(protocol(rounds=2)), "Журнал голосов")]
    true = recounted(lines)
    at = next(place for place, line in enumerate(lines) if line.startswith("8|1|"))
    lines[at] = lines[at].replace("|member|", "|jury|")
    altered = recounted(lines)
    assert altered[0] == true[0]
    assert altered[1] != true[1]


def test_a_session_without_votes_says_so_in_results_and_log() -> None:
    book = opened(protocol(rounds=0))
    assert rows(book, "Итоги")[0] == [None, "Голосований в этой сессии не было."]
    assert rows(book, "Журнал голосов") == [["Журнал пуст: голосований не было."]]
    assert rows(book, "Голосования") == []


def test_no_text_of_people_becomes_a_formula_or_breaks_the_file() -> None:
    book = opened(hostile_protocol())
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in texts)
    assert not [cell.value for cell in texts if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(rows(book, "Команды")) == len(HOSTILE) ** 2


def test_long_texts_are_wrapped_at_the_top_of_their_cells() -> None:
    sheet = opened(protocol())["Этапы"]
    assert {(cell.alignment.wrap_text, cell.alignment.vertical) for cell in sheet[6]} == {(True, "top")}
    assert sheet.column_dimensions["D"].width == 70


def test_no_time_within_the_file_is_another_than_the_sessions_day() -> None:
    content = made(protocol())
    with ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 11, 12, 0, 0, 0)}
    properties = load_workbook(BytesIO(content)).properties
    assert properties.created == properties.modified == datetime(2026, 11, 12)  # noqa: DTZ001 - as the file has it


def test_an_english_protocol_has_english_sheets_and_headers() -> None:
    book = opened(protocol(locale="en"))
    assert book.sheetnames == ["Results", "Stages", "Votes", "Teams", "Acts", "Log of ballots"]
    assert [cell.value for cell in book["Acts"][HEADER_ROW]] == ["No.", "Time", "Who", "Act"]


def test_a_campaigns_own_words_may_hold_what_a_sheets_name_cannot() -> None:
    override({"protocol-results": "Итоги: [всё] и очень длинное название листа"})
    try:
        assert opened(protocol(rounds=0)).sheetnames[0] == "Итоги   всё  и очень длинное на"
    finally:
        override({})


def test_a_thousand_members_in_forty_teams_fit_into_a_spreadsheet() -> None:
    book = opened(protocol(teams=40, members=25, rounds=2))
    assert len(rows(book, "Команды")) == 1_000
    assert len(rows(book, "Журнал голосов")) == 4 * (752 + 1) + 1
