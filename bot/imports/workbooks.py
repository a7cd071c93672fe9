"""Tables in XLSX workbooks: the first sheet, cell by cell, without evaluating anything and without being inflated.

A workbook is a ZIP archive of XML, so a small file can claim gigabytes: what it declares is summed up before anything
is unpacked, and unpacking never yields more than was declared.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.imports.unreadable import UnreadableTable

MOST_UNPACKED_BYTES = 40_000_000
MOST_PARTS = 1_000
MOST_COLUMNS = 64
MOST_ROWS = 30_000
"""Rows below are not read. A stray format in the sheet's last row would otherwise cost a million empty ones."""

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = "the workbook is broken: open it and save it as .xlsx again"


def is_workbook(content: bytes) -> bool:
    """Whether the file is a workbook, judged by its first bytes.

    Raises UnreadableTable for one that cannot be read: the format before 2007, and those with a password.
    """
    if content.startswith(_OLD_OFFICE):
        raise UnreadableTable("the workbook is in the old .xls format or has a password; save it as .xlsx without one")
    return content.startswith(_ZIP)


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers, at most the first 64 cells of each."""
    _refuse_bomb(content)
    from openpyxl import load_workbook  # 0.2 s and 20 MiB that a running bot does without

    try:
        with closing(load_workbook(BytesIO(content), read_only=True, keep_links=False)) as workbook:
            sheet: Any = workbook.worksheets[0]
            sheet.reset_dimensions()  # many programs declare dimensions that are wrong
            for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
                yield number, [_text(cell) for cell in row]
    except UnreadableTable:
        raise
    except Exception as error:
        raise UnreadableTable(_BROKEN) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableTable(_BROKEN) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise UnreadableTable(f"unpacked, the workbook has more than {MOST_UNPACKED_BYTES} bytes")


def _text(cell: Any) -> str:
    """What stands in the cell: a formula as the text of the formula, 25.0 as 25, a day as 2017-11-08."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if cell.data_type == "f" and not str(value).startswith("="):
        return f"={value}"
    return " ".join(str(value).split())
