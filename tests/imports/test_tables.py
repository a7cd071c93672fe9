"""Files that people send instead of tables, and tables in every shape that people send."""

import pytest

from bot.imports import workbooks
from bot.imports.tables import MOST_BYTES, MOST_LINES, Column, read_table
from bot.imports.unreadable import UnreadableTable
from tests.imports.workbook import with_sheet, workbook

SCHOOL = Column("Школа", "школа")
PUPILS = Column("Учеников", "учеников|число учеников")
NOTE = Column("Примечание", "примечание", required=False)

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def sheet(*rows: str) -> bytes:
    """A workbook whose first sheet has these rows, as XML."""
    return with_sheet(workbook(["x"]), SHEET.format("".join(rows)).encode())


def words(row: int, *texts: str) -> str:
    cells = (
        f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("AB", texts, strict=False)
    )
    return f'<row r="{row}">{"".join(cells)}</row>'


def cells(content: bytes) -> list[tuple[int, str, str]]:
    return [
        (line.number, line.cells["Школа"], line.cells["Учеников"]) for line in read_table(content, [SCHOOL, PUPILS])
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_text_is_read_in_every_usual_encoding_with_every_usual_delimiter(
    encoding: str, delimiter: str, ending: str
) -> None:
    lines = [["Школа", "Учеников"], ["Гимназия № 9", "25"], ["Лицей", "30"]]
    text = ending.join(delimiter.join(line) for line in lines)
    if encoding == "cp1251":
        text = text.replace("Гимназия", "Городская гимназия")
    name = "Городская гимназия № 9" if encoding == "cp1251" else "Гимназия № 9"
    assert cells(text.encode(encoding)) == [(2, name, "25"), (3, "Лицей", "30")]


def test_the_header_is_found_below_a_title_with_columns_in_any_order_and_case() -> None:
    text = "Список школ на 1 сентября;;\n;;\n№ п/п;ЧИСЛО  УЧЕНИКОВ:;Школа*\n1;25;Лицей\n"
    assert [dict(line.cells) for line in read_table(text.encode(), [SCHOOL, PUPILS])] == [
        {"Школа": "Лицей", "Учеников": "25"}
    ]


def test_numbers_of_lines_are_those_that_a_spreadsheet_shows() -> None:
    content = workbook(["Школа", "Учеников"], ["Лицей", 25], [], [None, None], ["Гимназия", 30.0])
    assert cells(content) == [(2, "Лицей", "25"), (5, "Гимназия", "30")]


def test_numbers_of_lines_count_a_cell_of_several_lines_as_an_editor_does() -> None:
    assert cells('Школа;Учеников\n"Лицей\nимени\nПушкина";25\nГимназия;30\n'.encode()) == [
        (2, "Лицей имени Пушкина", "25"),
        (5, "Гимназия", "30"),
    ]


def test_a_line_shorter_than_the_header_has_empty_cells_at_its_end() -> None:
    assert cells("Школа;Учеников\nЛицей\n".encode()) == [(2, "Лицей", "")]


def test_a_missing_optional_column_is_no_error() -> None:
    [line] = read_table("Школа;Учеников\nЛицей;1\n".encode(), [SCHOOL, PUPILS, NOTE])
    assert NOTE.title not in line.cells


@pytest.mark.parametrize(
    "typed", ["=1+1", '=HYPERLINK("http://example.org")', "=cmd|' /C calc'!A0", '=WEBSERVICE("http://example.org")']
)
def test_a_formula_is_seen_as_its_text_and_never_as_its_value(typed: str) -> None:
    [line] = read_table(workbook(["Школа", "Учеников"], ["Лицей", typed]), [SCHOOL, PUPILS])
    assert line.has_formula
    assert line.cells["Учеников"] == typed


def test_the_remembered_value_of_a_formula_is_not_taken_for_a_typed_one() -> None:
    pupils = '<row r="2"><c r="A2"><v>9</v></c><c r="B2"><f>5*5</f><v>25</v></c></row>'
    [line] = read_table(sheet(words(1, "Школа", "Учеников"), pupils), [SCHOOL, PUPILS])
    assert line.cells["Учеников"] == "=5*5"


REFUSED = {
    "the file is empty": [b"", b"  \n "],
    "neither XLSX nor CSV": [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\0\0", b"\0\0\0\0"],
    "old .xls format": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
    "the workbook is broken": [b"PK\x03\x04 and nothing more", workbook(["Школа", "Учеников"], ["Лицей", 1])[:-200]],
    "in UTF-16": ["Школа;Учеников\nЛицей;1".encode("utf-16")],
    "in KOI8-R": ["Школа;Учеников\nЛицей номер один;1".encode("koi8-r")],
    r"in CP866 \(DOS\)": ["Школа;Учеников\nЛицей номер один;1".encode("cp866")],
    "neither in UTF-8 nor in CP1251": ["Школа;Учеников\n".encode("cp1251") + b"\x98;1"],
    "no header with the columns «Учеников» .* nearest is «Школа», «Адрес»": ["Школа;Адрес\nЛицей;1".encode()],
    "no header with the columns «Школа», «Учеников»": [b"one,two\n1,2", workbook(["one", "two"]), workbook()],
    "a header and no line below it": ["Школа;Учеников\n;\n".encode(), workbook(["Школа", "Учеников"])],
    "the column «Школа» is there twice": ["Школа;Школа;Учеников\n1;2;3".encode()],
    "line 2: quotes are not closed": ['Школа;Учеников\n"Лицей;1\nГимназия;2\n'.encode()],
    f"more than {MOST_BYTES} bytes": [b" " * (MOST_BYTES + 1)],
    f"more than {MOST_LINES} lines": [("Школа;Учеников\n" + "Лицей;1\n" * (MOST_LINES + 1)).encode()],
}


@pytest.mark.parametrize(("reason", "content"), [(why, file) for why, files in REFUSED.items() for file in files])
def test_a_file_that_is_no_such_table_is_refused_with_what_is_wrong(reason: str, content: bytes) -> None:
    with pytest.raises(UnreadableTable, match=reason):
        read_table(content, [SCHOOL, PUPILS])


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused_before_unpacking() -> None:
    bomb = with_sheet(workbook(["x"]), b" " * (workbooks.MOST_UNPACKED_BYTES + 1))
    assert len(bomb) < MOST_BYTES
    with pytest.raises(UnreadableTable, match="unpacked, the workbook has more than"):
        read_table(bomb, [SCHOOL, PUPILS])


def test_a_workbook_whose_entities_multiply_is_refused_as_broken() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    xml = entities + SHEET.format(words(1, "&b;"))
    with pytest.raises(UnreadableTable, match="the workbook is broken"):
        read_table(with_sheet(workbook(["x"]), xml.encode()), [SCHOOL, PUPILS])


def test_a_stray_cell_in_the_last_possible_row_does_not_make_a_million_lines() -> None:
    stray = '<row r="1048576"><c r="XFD1048576"/></row>'
    content = sheet(words(1, "Школа", "Учеников"), words(2, "Лицей", "25"), stray)
    assert cells(content) == [(2, "Лицей", "25")]
