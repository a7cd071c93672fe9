"""The spreadsheet of a class's participant IDs: №, the ID as people read it, its link, and whether it is taken."""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from bot.documents.cells import safe

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"A": 6, "B": 20, "C": 56, "D": 26}
HEADER_ROW = 2


class IssuedId(BaseModel, frozen=True, extra="forbid"):
    """One line. place: the pupil's № in the class list. number: as shown. state: in words, such as «свободен»."""

    place: int
    number: str
    link: str
    state: str


class ParticipantIds(BaseModel, frozen=True, extra="forbid"):
    """The recipe. title: the file's name. heading: the line above the table. columns: the four headers."""

    title: str
    heading: str
    columns: tuple[str, str, str, str]
    ids: list[IssuedId]


def workbook(content: Mapping[str, Any]) -> bytes:
    """The XLSX file. The IDs are text, for a spreadsheet would round twelve digits or show them as 1.2E+11."""
    from openpyxl import Workbook  # 0.2 s and 20 MiB that a running bot does without

    recipe = ParticipantIds.model_validate(content)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "ID"
    sheet["A1"] = safe(recipe.heading)
    sheet.append([safe(column) for column in recipe.columns])
    for row, issued in enumerate(sorted(recipe.ids, key=lambda issued: issued.place), HEADER_ROW + 1):
        sheet.append([issued.place, safe(issued.number), safe(issued.link), safe(issued.state)])
        sheet.cell(row, 2).number_format = "@"
        if issued.link.startswith("https://"):
            sheet.cell(row, 3).hyperlink = issued.link
    _lay_out(sheet)
    stored = BytesIO()
    book.save(stored)
    return stored.getvalue()


def _lay_out(sheet: "Worksheet") -> None:
    """Readable on a screen and on one width of paper."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet["A1"].font = Font(bold=True, size=14)
    for column, width in WIDTHS.items():
        sheet[f"{column}{HEADER_ROW}"].font = Font(bold=True)
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
