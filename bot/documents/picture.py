"""A picture that a person sent, drawn anew before others see it: upright, of a sensible size, without its metadata.

A phone writes into a photo where it was taken, and a file that calls itself a picture may be anything. So only the
pixels go on, and only of the formats that are named here.
"""

import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
MOST_PIXELS: Final = 50_000_000
QUALITY: Final = 88
WHITE: Final = (255, 255, 255)


class NotAPicture(ValueError):
    """The file is no picture of these formats, it is damaged, or it has more pixels than anybody needs."""


class SentPicture(BaseModel, frozen=True, extra="forbid"):
    """The recipe. title: the file's name. path: the file as it was sent. longest: pixels of the longer side at most."""

    title: str
    path: Path
    longest: int = Field(default=1920, ge=1, le=7000)


def reencoded(content: Mapping[str, Any]) -> bytes:
    """The JPEG file. Raises NotAPicture, and OSError where there is no file."""
    recipe = SentPicture.model_validate(content)
    sent = recipe.path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as «Corrupt EXIF data»: it is left out anyway
            return _drawn_anew(sent, recipe.longest)
    except NotAPicture:
        raise
    # Pillow says «damaged» by a dozen kinds of exceptions, others with each format and version. The file has been read
    # by now, so none of them can mean the disk.
    except Exception as error:
        raise NotAPicture(f"{type(error).__name__}: {error}") from error


def _drawn_anew(sent: bytes, longest: int) -> bytes:
    from PIL import Image, ImageOps

    picture: Image.Image = Image.open(BytesIO(sent), formats=FORMATS)
    # The header says so: nothing is decoded yet. Pillow refuses by itself what is more than three times as large.
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(f"{picture.width} × {picture.height} pixels")
    picture.draft("RGB", (longest, longest))  # a JPEG is decoded at half, a quarter, an eighth where that is enough
    drawn = _on_white(ImageOps.exif_transpose(picture))
    drawn.thumbnail((longest, longest))
    stored = BytesIO()
    drawn.save(stored, "JPEG", quality=QUALITY, optimize=True)
    return stored.getvalue()


def _on_white(picture: "Image") -> "Image":
    """Its first frame's pixels on a new white sheet, which carries nothing else over: no EXIF, comment or profile."""
    from PIL import Image

    sheet = Image.new("RGB", picture.size, WHITE)
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        sheet.paste(seen, mask=seen)
    else:
        sheet.paste(_in_bytes(picture).convert("RGB"))
    return sheet


def _in_bytes(picture: "Image") -> "Image":
    """Sixteen bits of grey as eight: Pillow itself would cut off whatever is brighter than 255."""
    return picture.point(lambda grey: grey / 256).convert("L") if picture.mode.startswith("I") else picture
