"""Workbooks as people send them, made for the tests."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEADER = ["Муниципалитет", "Населённый пункт", "Школа", "Тип", "Класс", "Учеников"]


def workbook(*rows: Sequence[Any]) -> bytes:
    """An XLSX file with these rows on its first sheet."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    stored = BytesIO()
    book.save(stored)
    return stored.getvalue()


def with_sheet(content: bytes, xml: bytes) -> bytes:
    """The workbook with another XML in the place of its first sheet."""
    stored = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stored, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, xml if part == "xl/worksheets/sheet1.xml" else old.read(part))
    return stored.getvalue()
