"""A table in a foreign file: XLSX, or CSV in UTF-8 (with or without a mark) or CP1251 with `;`, `,` or tabs.

The file's content decides what it is, never its name. The header may stand below a title; its columns may come in any
order, among others that are ignored. Every cell comes out as text, as it was typed, in single spaces.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.imports import comma_separated, workbooks
from bot.imports.unreadable import UnreadableTable

MOST_BYTES = 5_000_000
MOST_LINES = 20_000
HEADER_WITHIN = 20
"""The header is looked for in so many first lines that are not empty."""


@dataclass(frozen=True)
class Column:
    """A column that is wanted. title: how an error names it. names: patterns of headers, lower case, ё as е."""

    title: str
    names: str
    required: bool = True

    def is_headed(self, header: str) -> bool:
        """Whether a column with this header is the one."""
        return re.fullmatch(self.names, header.lower().replace("ё", "е").rstrip(" :.*")) is not None


@dataclass(frozen=True)
class Line:
    """One line below the header. number: as a spreadsheet or an editor counts it. cells: by the column's title."""

    number: int
    cells: Mapping[str, str]

    @property
    def has_formula(self) -> bool:
        """Whether a wanted cell holds a formula, or a text that a spreadsheet would take for one."""
        return any(cell.startswith("=") for cell in self.cells.values())


def read_table(content: bytes, columns: Sequence[Column]) -> list[Line]:
    """The lines of the table that are not empty.

    Raises UnreadableTable for a file that is too big, broken, of another kind, or without the required columns.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableTable(f"the file has more than {MOST_BYTES} bytes; divide it")
    if not content.strip():
        raise UnreadableTable("the file is empty")
    if workbooks.is_workbook(content):
        lines = _below_header(workbooks.rows(content), columns)
    else:
        lines = _from_text(comma_separated.decoded(content), columns)
    if not lines:
        raise UnreadableTable("the table has a header and no line below it")
    return lines


def _from_text(text: str, columns: Sequence[Column]) -> list[Line]:
    missing = None
    for delimiter in ";\t,":
        try:
            return _below_header(comma_separated.rows(text, delimiter), columns)
        except HeaderMissing as error:
            missing = error if missing is None or len(error.found) > len(missing.found) else missing
    raise missing or UnreadableTable("the file is empty")


class HeaderMissing(UnreadableTable):
    """No line has all the required columns; found: the headers of the line that came closest."""

    def __init__(self, columns: Sequence[Column], found: Sequence[str]) -> None:
        absent = [column.title for column in columns if column.required and not _place(column, found)]
        self.found = [cell for cell in found if any(column.is_headed(cell) for column in columns)]
        seen = ", ".join(f"«{cell[:40]}»" for cell in found[:10] if cell) or "nothing"
        names = ", ".join(f"«{title}»" for title in absent)
        super().__init__(f"no header with the columns {names} in the first {HEADER_WITHIN} lines; nearest is {seen}")


def _place(column: Column, header: Sequence[str]) -> list[int]:
    return [place for place, cell in enumerate(header) if column.is_headed(cell)]


def _below_header(rows: Iterable[tuple[int, list[str]]], columns: Sequence[Column]) -> list[Line]:
    filled = ((number, row) for number, row in rows if any(row))
    places = _header(filled, columns)
    lines: list[Line] = []
    for number, row in filled:
        cells = {title: row[place] if place < len(row) else "" for title, place in places.items()}
        if any(cells.values()):
            lines.append(Line(number, cells))
        if len(lines) > MOST_LINES:
            raise UnreadableTable(f"the table has more than {MOST_LINES} lines; divide it")
    return lines


def _header(rows: Iterator[tuple[int, list[str]]], columns: Sequence[Column]) -> dict[str, int]:
    """Where each wanted column stands; takes the rows up to the header from the iterator."""
    nearest: list[str] = []
    for _, (_, row) in zip(range(HEADER_WITHIN), rows, strict=False):
        places = {column.title: _place(column, row) for column in columns}
        twice = [title for title, found in places.items() if len(found) > 1]
        if all(places[column.title] for column in columns if column.required):
            if twice:
                raise UnreadableTable(f"the column «{twice[0]}» is there twice")
            return {title: found[0] for title, found in places.items() if found}
        nearest = max(nearest, row, key=lambda line: sum(bool(_place(column, line)) for column in columns))
    raise HeaderMissing(columns, nearest)
