"""A team's whiteboard, as somebody would photograph it: drawn, so that no picture of anybody's has to lie here."""

from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 1000)
NOTES = (
    ((90, 210), "#ffe082", "Нет\nвремени\nна журнал"),
    ((90, 600), "#ffab91", "Родители\nв других\nчатах"),
    ((880, 210), "#a5d6a7", "Один вход\nдля всех"),
    ((880, 600), "#90caf9", "Час\nпомощи\nпо средам"),
)
NOTE = (560, 330)


def whiteboard(title: str) -> bytes:
    """A PNG: barriers on the left, ways out on the right."""
    board = Image.new("RGB", SIZE, "#fafafa")
    pen = ImageDraw.Draw(board)
    pen.text((90, 70), title, fill="#37474f", font=_font(72))
    for (left, top), colour, words in NOTES:
        pen.rectangle((left, top, left + NOTE[0], top + NOTE[1]), fill=colour)
        pen.multiline_text((left + 40, top + 40), words, fill="#263238", font=_font(64), spacing=18)
    for middle in (375, 765):
        pen.line((690, middle, 840, middle), fill="#546e7a", width=14)
        pen.polygon(((840, middle - 30), (840, middle + 30), (874, middle)), fill="#546e7a")
    stored = BytesIO()
    board.save(stored, "PNG")
    return stored.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", size)
