"""Pictures that people send, drawn anew: upright, without metadata, and nothing that is none."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from pydantic import ValidationError

from bot.documents.picture import NotAPicture
from bot.documents.recipes import build

RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (255, 255, 255)
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return tmp_path / "sent"


def half_red(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """The left half is red, the right one blue."""
    picture = Image.new("RGB", (width, height), BLUE)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height), fill=RED)
    return picture.convert(mode)


def made(sent: Path, **changes: Any) -> Image.Image:
    file = build("session-picture", {"title": "Работа.jpg", "path": str(sent)} | changes)
    assert file.title == "Работа.jpg"
    return Image.open(BytesIO(file.content))


def is_like(seen: Any, expected: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(seen, expected, strict=True))


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKE] = orientation, "Telephone"
    tags[GPS] = {1: "N", 2: (54.0, 58.0, 42.5), 3: "E", 4: (73.0, 22.0, 6.1)}
    return tags


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_picture_of_each_usual_format_becomes_a_jpeg_that_shows_the_same(sent: Path, kind: str) -> None:
    half_red().save(sent, kind)
    picture = made(sent)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (64, 32))
    assert is_like(picture.getpixel((8, 16)), RED)
    assert is_like(picture.getpixel((56, 16)), BLUE)


@pytest.mark.parametrize(("orientation", "red_at"), [(1, "left"), (3, "right"), (6, "top"), (8, "bottom")])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_as_the_telephone_was_held(sent: Path, kind: str, orientation: int, red_at: str) -> None:
    half_red().save(sent, kind, exif=exif(orientation))
    picture = made(sent)
    width, height = picture.size
    assert (width, height) == ((64, 32) if red_at in ("left", "right") else (32, 64))
    edges = {
        "left": (4, height // 2), "right": (width - 5, height // 2), "top": (width // 2, 4),
        "bottom": (width // 2, height - 5),
    }  # fmt: skip
    assert next(edge for edge, place in edges.items() if is_like(picture.getpixel(place), RED)) == red_at


def test_nothing_but_the_pixels_goes_on_to_others(sent: Path) -> None:
    half_red().save(sent, "JPEG", exif=exif(6), comment=b"secret", icc_profile=b"secret" * 9, dpi=(300, 300))
    assert b"secret" in sent.read_bytes()
    picture = made(sent)
    assert dict(picture.getexif()) == {}
    assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    content = build("session-picture", {"title": "Работа.jpg", "path": str(sent)}).content
    assert not any(word in content for word in (b"secret", b"Telephone", b"Exif", b"GPS"))


def test_the_text_chunks_of_a_png_do_not_go_on(sent: Path) -> None:
    notes = PngInfo()
    notes.add_text("Author", "secret")
    notes.add_itxt("XML:com.adobe.xmp", "secret")
    half_red().save(sent, "PNG", pnginfo=notes)
    assert b"secret" not in build("session-picture", {"title": "Работа.jpg", "path": str(sent)}).content


@pytest.mark.parametrize("damaged", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"none"])
def test_a_photo_with_damaged_exif_is_shown_as_it_lies(sent: Path, damaged: bytes) -> None:
    half_red().save(sent, "JPEG", exif=damaged)
    assert made(sent).size == (64, 32)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_can_be_seen_through_is_white_afterwards(sent: Path, mode: str) -> None:
    picture = half_red(mode="RGBA")
    picture.paste((0, 0, 0, 0), (32, 0, 64, 32))
    picture.convert(mode).save(sent, "PNG")
    assert is_like(made(sent).getpixel((56, 16)), WHITE)
    assert not is_like(made(sent).getpixel((8, 16)), WHITE)


def test_sixteen_bits_of_grey_are_not_cut_off_to_white(sent: Path) -> None:
    Image.new("I;16", (8, 8), 40_000).save(sent, "PNG")
    assert made(sent).getpixel((4, 4)) == (156, 156, 156)


def test_a_picture_in_printers_colours_becomes_one_for_screens(sent: Path) -> None:
    half_red(mode="CMYK").save(sent, "JPEG")
    assert is_like(made(sent).getpixel((8, 16)), RED)


def test_of_a_moving_picture_the_first_frame_is_taken(sent: Path) -> None:
    Image.new("RGB", (8, 8), RED).save(sent, "GIF", save_all=True, append_images=[Image.new("RGB", (8, 8), BLUE)])
    assert is_like(made(sent).getpixel((4, 4)), RED)


@pytest.mark.parametrize(
    ("size", "longest", "expected"),
    [((400, 300), 200, (200, 150)), ((300, 400), 200, (150, 200)), ((64, 32), 200, (64, 32)), ((900, 1), 90, (90, 1))],
)
def test_the_longer_side_is_at_most_what_was_asked_for(
    sent: Path, size: tuple[int, int], longest: int, expected: tuple[int, int]
) -> None:
    Image.new("RGB", size, RED).save(sent, "JPEG")
    assert made(sent, longest=longest).size == expected


def test_a_huge_photo_is_taken_and_made_small(sent: Path) -> None:
    Image.new("L", (7_000, 5_250), 90).save(sent, "JPEG", quality=1)
    assert made(sent).size == (1_920, 1_440)


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it has so many pixels; they would come out of a few kilobytes."""
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    header = b"IHDR" + size
    pixels = zlib.compress(bytes(100_000))
    return b"".join([
        b"\x89PNG\r\n\x1a\n", struct.pack(">I", len(size)), header, struct.pack(">I", zlib.crc32(header)),
        struct.pack(">I", len(pixels)), b"IDAT", pixels, struct.pack(">I", zlib.crc32(b"IDAT" + pixels)),
    ])  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(7_072, 7_072), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(sent: Path, width: int, height: int) -> None:
    sent.write_bytes(png_header(width, height))
    with pytest.raises(NotAPicture, match="pixels"):
        made(sent)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "просто текст".encode(),
        b"%PDF-1.7\n1 0 obj",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"BM" + bytes(60),
        b"RIFF\x10\0\0\0WEBPVP8 ",
    ],
)
def test_what_is_no_picture_is_refused_as_a_value(sent: Path, content: bytes) -> None:
    sent.write_bytes(content)
    with pytest.raises(NotAPicture):
        made(sent)


@pytest.mark.parametrize("kind", ["TIFF", "ICO", "PPM", "TGA", "PDF", "EPS"])
def test_a_picture_of_any_other_format_is_refused(sent: Path, kind: str) -> None:
    half_red(32, 32).save(sent, kind)
    with pytest.raises(NotAPicture):
        made(sent)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_file_that_was_cut_off_is_refused(sent: Path, kind: str) -> None:
    Image.effect_noise((64, 64), 90).save(sent, kind)
    whole = sent.read_bytes()
    sent.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotAPicture):
        made(sent)


def test_a_refusal_is_a_value_error_with_the_reason_of_the_library(sent: Path) -> None:
    sent.write_bytes(b"text")
    with pytest.raises(ValueError, match="UnidentifiedImageError"):
        made(sent)


def test_a_file_that_is_gone_is_no_bad_picture(sent: Path) -> None:
    with pytest.raises(FileNotFoundError):
        made(sent)


@pytest.mark.parametrize("changes", [{"longest": 0}, {"longest": 100_000}, {"quality": 1}, {"path": None}])
def test_a_recipe_of_another_shape_is_refused(sent: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        made(sent, **changes)


def test_the_same_picture_gives_the_same_bytes_every_time(sent: Path) -> None:
    half_red().save(sent, "PNG")
    recipe = {"title": "Работа.jpg", "path": str(sent)}
    assert build("session-picture", recipe) == build("session-picture", recipe)
