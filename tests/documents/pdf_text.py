"""What a PDF of ours says and where: each piece of text with its place, read back from the file's own streams."""

import re
import zlib
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from bot.documents.a4_pages import _FACES, _folder

_OPERATOR = re.compile(rb"/F(\d+) ([\d.]+) Tf|([\d.]+) ([\d.]+) Td|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Written:
    """A piece of text. x, y: where it begins, in points from the page's lower left corner. ends: where it ends."""

    text: str
    x: float
    y: float
    ends: float


def read(pdf: bytes) -> list[list[Written]]:
    """The pages, each with its pieces of text in the order in which they were written."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)}
    fonts = [_signs(objects, body) for body in objects.values() if b"/Subtype /Type0" in body]
    sheets = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    return [_page(_content(objects, sheet), fonts) for sheet in sheets]


def text_of(page: list[Written]) -> str:
    """With plain spaces, for nobody sees which ones do not break."""
    return "\n".join(piece.text for piece in page).replace("\xa0", " ")


def _page(stream: bytes, fonts: list[dict[int, str]]) -> list[Written]:
    face, size, x, y = 0, 0.0, 0.0, 0.0
    pieces = []
    for font, points, across, up, shown in _OPERATOR.findall(stream):
        if font:
            face, size = int(font) - 1, float(points)
        elif across:
            x, y = float(across), float(up)
        else:
            text = _text(shown, fonts[face])
            width = sum(_widths(face).get(ord(sign), 0) for sign in text) * size
            pieces.append(Written(text, x, y, x + width))
    return pieces


def _text(shown: bytes, signs: dict[int, str]) -> str:
    plain = re.sub(rb"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), shown, flags=re.DOTALL)
    return "".join(signs[int.from_bytes(plain[at : at + 2])] for at in range(0, len(plain), 2))


def _signs(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Which sign each number in the font's strings stands for."""
    table = _stream(objects[_reference(font, b"ToUnicode")])
    found = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
    return {int(number, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for number, sign in found}


def _content(objects: dict[int, bytes], page: bytes) -> bytes:
    return _stream(objects[_reference(page, b"Contents")])


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    assert found is not None
    return int(found[1])


def _stream(body: bytes) -> bytes:
    content = body.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    return zlib.decompress(content) if b"/FlateDecode" in body.partition(b"stream\n")[0] else content


@cache
def _widths(face: int) -> dict[int, float]:
    """Of each sign, in parts of the type's size."""
    font = TTFont(_folder() / f"{_FACES[face][2]}.ttf")
    units = font["head"].unitsPerEm
    return {code: font["hmtx"][glyph][0] / units for code, glyph in font.getBestCmap().items()}
