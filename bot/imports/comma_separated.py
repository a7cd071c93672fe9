"""Tables in text files: which encoding, and which cells a line has."""

import codecs
import csv
import io
from collections.abc import Iterator

from bot.imports.unreadable import UnreadableTable

# In any of them a Russian file read as CP1251 looks like Russian letters, only without a Russian word.
_FOREIGN = {"koi8-r": "KOI8-R", "cp866": "CP866 (DOS)"}
_COMMON_LETTERS = frozenset("оеаинтсрвл")


def decoded(content: bytes) -> str:
    """The text of the file. Raises UnreadableTable for anything but UTF-8 and CP1251."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableTable("the file is in UTF-16; save it as CSV in UTF-8")
    if content.startswith(b"%PDF") or b"\0" in content:
        raise UnreadableTable("the file is neither XLSX nor CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as_cp1251(content)


def rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines with the number each begins at; broken quotes raise UnreadableTable with the line's number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableTable(f"line {number}: quotes are not closed, or not doubled inside a cell") from error
        yield number, [" ".join(cell.split()) for cell in row]


def _as_cp1251(content: bytes) -> str:
    text = content.decode("cp1251", "replace")
    likely = max(_FOREIGN, key=lambda encoding: _russian(content.decode(encoding)))
    if _russian(content.decode(likely)) > _russian(text):
        raise UnreadableTable(f"the file is in {_FOREIGN[likely]}; save it as CSV in UTF-8")
    if "\ufffd" in text:
        raise UnreadableTable("the file is neither in UTF-8 nor in CP1251; save it as CSV in UTF-8")
    return text


def _russian(text: str) -> int:
    """How Russian a text looks: the number of everyday small letters decides between encodings."""
    return sum(letter in _COMMON_LETTERS for letter in text)
