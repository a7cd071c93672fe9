"""A4 pages to print: headings, paragraphs, tables and columns in one quiet style, a line at the foot of each page.

Imported by a document while it is made, for `fpdf` takes time and memory that a running bot does without. No text can
break the layout: what the fonts lack becomes □, a word longer than its line is cut where the line ends. The same calls
give the same bytes.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace, TTFFont

from bot.domain.quotations import one_line

MARGIN, FOOT = 18, 20  # millimetres, as everything here but the sizes of fonts
TEXT, QUIET, RULE, SHADE = (27, 31, 36), (89, 99, 110), (200, 206, 212), (236, 240, 244)
SMALL, USUAL = 8.5, 10.0
LEADING: Final = 1.32 * 25.4 / 72
LABELS: Final = 36
# A row that is higher than a page could not be drawn; wrapped at words, so many lines can become twice as many.
MOST_LINES: Final = 30
MISSING: Final = "□"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"

# `fpdf` puts the number of all pages in its place; no printable text holds it.
_ALL_PAGES: Final = "\x1c\x1d"
_FACES: Final = (("sans", "", "DejaVuSans"), ("sans", "B", "DejaVuSans-Bold"), ("mono", "", "DejaVuSansMono"))
# size, space before, space after
_HEADINGS: Final = {1: (19.0, 0.0, 2.0), 2: (14.5, 7.0, 2.0), 3: (11.0, 3.5, 0.8)}

Numbered = Callable[[int, str], str]
"""Words «page n of m»; the m is text, put in as it is."""


class A4Pages:
    """Pages that are filled from top to bottom. foot: at the left of every page's foot, `numbered` at its right."""

    def __init__(self, title: str, *, language: str, dated: date, foot: str, numbered: Numbered) -> None:
        self._pdf = _Footed(self._write_foot)
        self._foot, self._numbered = foot, numbered
        self._signs = _add_fonts(self._pdf)
        self.lacks_signs = False
        self._pdf.set_title(self._on_one_line(title))
        self._pdf.set_lang(language)
        self._pdf.set_producer("ugubot")
        self._pdf.set_creation_date(datetime.combine(dated, time(), UTC))
        self._pdf.set_margin(MARGIN)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(auto=True, margin=FOOT)
        self._pdf.alias_nb_pages(_ALL_PAGES)
        self._pdf.set_draw_color(RULE)
        self._pdf.add_page()

    def stored(self) -> bytes:
        """The PDF file; nothing can be added afterwards."""
        return bytes(self._pdf.output())

    def heading(self, text: str, level: int = 2, *, with_next: float = 20) -> None:
        """A heading. with_next: how much must fit below it on the same page."""
        size, before, after = _HEADINGS[level]
        self.keep_together(before + size * LEADING + after + with_next)
        self.space(before)
        self._set_type(size, bold=True)
        self._write(self._on_one_line(text) or "—", size, after=after)

    def paragraph(
        self,
        text: str,
        *,
        bold: bool = False,
        quiet: bool = False,
        mono: bool = False,
        small: bool = False,
        as_typed: bool = False,
        indent: float = 0,
        after: float = 1.2,
    ) -> None:
        """Over as many lines and pages as it takes; nothing for an empty text. as_typed: its own lines are kept."""
        if printable := self._printable(text) if as_typed else self._on_one_line(text):
            size = SMALL if small else USUAL
            self._set_type(size, bold=bold, quiet=quiet, mono=mono)
            self._write(printable, size, indent=indent, after=after)

    def fact(self, label: str, named: str) -> None:
        """A label on the left, what it names on its right."""
        self.keep_together(USUAL * LEADING)
        self._set_type(USUAL, quiet=True)
        self._pdf.cell(LABELS, USUAL * LEADING, self._fitting(label, LABELS - 2))
        self.paragraph(self._on_one_line(named) or "—", indent=LABELS, after=0.6)

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        widths: Sequence[float],
        align: str,
        mono: int | None = None,
    ) -> None:
        """A table, its headers on each of its pages.

        widths: in proportion. align: a letter a column, L, R or C. mono: the column that holds hashes.
        """
        bold, digits = FontFace(emphasis="BOLD", fill_color=SHADE), FontFace(family="mono", size_pt=7.2)
        self._set_type(SMALL)
        with self._pdf.table(
            col_widths=widths, text_align=tuple(align), headings_style=bold, line_height=SMALL * LEADING,
            padding=(1, 1.6), borders_layout=TableBordersLayout.HORIZONTAL_LINES, v_align="TOP",
        ) as table:  # fmt: skip
            table.row(headers)
            for row in rows:
                line = table.row()
                for place, (text, width) in enumerate(zip(row, widths, strict=True)):
                    shown = self._fitting(text, MOST_LINES * self._pdf.epw * width / sum(widths))
                    line.cell(shown, style=digits if place == mono else None)
        self._pdf.ln(2)

    def columns(self, lines: Sequence[str], *, of: int = 3) -> None:
        """Short lines side by side, read down each column."""
        self._set_type(SMALL)
        height = -(-len(lines) // of)
        parts = [lines[start : start + height] for start in range(0, len(lines), height or 1)]
        with self._pdf.table(
            col_widths=[1] * of, text_align="L", first_row_as_headings=False, line_height=SMALL * LEADING,
            padding=(0.2, 1.6), borders_layout=TableBordersLayout.NONE, v_align="TOP",
        ) as table:  # fmt: skip
            for row in zip_longest(*parts, *[()] * (of - len(parts)), fillvalue=""):
                table.row([self._fitting(text, MOST_LINES * self._pdf.epw / of) for text in row])

    def space(self, height: float) -> None:
        """White between what is above and below it: none at the top of a page."""
        if self._pdf.y > self._pdf.t_margin:
            self._pdf.ln(height)

    def keep_together(self, height: float) -> None:
        """Go on at the top of the next page unless so much fits on this one, or on none."""
        if height < self._pdf.eph and self._pdf.will_page_break(height):
            self._pdf.add_page()

    def _write_foot(self) -> None:
        pdf = self._pdf
        pdf.set_y(6 - FOOT)
        self._set_type(SMALL, quiet=True)
        pdf.cell(text=self._fitting(self._foot, pdf.epw - 45))
        pdf.set_x(pdf.l_margin)
        pdf.cell(pdf.epw, text=self._numbered(pdf.page_no(), _ALL_PAGES), align="R")

    def _write(self, printable: str, size: float, *, indent: float = 0, after: float) -> None:
        self._pdf.set_x(self._pdf.l_margin + indent)
        self._pdf.multi_cell(0, size * LEADING, printable, align="L", new_x="LMARGIN", new_y="NEXT")
        self._pdf.ln(after)

    def _set_type(self, size: float, *, bold: bool = False, quiet: bool = False, mono: bool = False) -> None:
        self._pdf.set_font("mono" if mono else "sans", "B" if bold else "", size)
        self._pdf.set_text_color(QUIET if quiet else TEXT)

    def _fitting(self, text: str, width: float) -> str:
        """The beginning of a text, on one line, that fits into a width in the type that is set."""
        line = self._on_one_line(text)
        if self._pdf.get_string_width(line) <= width:
            return line
        lengths = range(len(line))
        fits = bisect_right(lengths, width, key=lambda length: self._pdf.get_string_width(f"{line[:length]}…"))
        return f"{line[: max(fits - 1, 0)].rstrip()}…"

    def _printable(self, text: str) -> str:
        """The text in signs that the fonts have, each with its accents in one; a run of others is one □.

        Lines stay lines, no-break spaces stay what they are.
        """
        lines = unicodedata.normalize("NFC", text).splitlines()
        visible = "\n".join(NO_BREAK.join(map(one_line, line.split(NO_BREAK))) for line in lines)
        known = "".join(sign if sign == "\n" or ord(sign) in self._signs else MISSING for sign in visible)
        self.lacks_signs |= known != visible
        return re.sub(f"{MISSING}+", MISSING, known)

    def _on_one_line(self, text: str) -> str:
        return self._printable(text).replace("\n", " ").strip()


class _Footed(FPDF):
    """Writes a foot on each page."""

    def __init__(self, foot: Callable[[], None]) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._write_foot = foot

    def footer(self) -> None:
        self._write_foot()


def _add_fonts(pdf: FPDF) -> frozenset[int]:
    """Make the fonts known; the code points that all of a text's fonts can draw."""
    for family, style, name in _FACES:
        pdf.add_font(family, style, _folder() / f"{name}.ttf")
    faces = (pdf.fonts["sans"], pdf.fonts["sansB"])
    return frozenset.intersection(*(frozenset(face.cmap) for face in faces if isinstance(face, TTFFont)))


def _folder() -> Path:
    """Where matplotlib keeps its fonts, found without importing it."""
    package = find_spec("matplotlib")
    if package is None or package.origin is None:
        raise FileNotFoundError("matplotlib, whose fonts the document is written in, is not installed")
    return Path(package.origin).parent / "mpl-data" / "fonts" / "ttf"
