"""The size of an uploaded photo, read from its header: VK takes JPG, PNG and GIF."""

from collections.abc import Iterator


def measured(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises ValueError for what is no photo."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    elif content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        size = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    elif content.startswith(b"\xff\xd8"):
        size = next(_frames(content), (0, 0))
    else:
        raise ValueError("photo should be JPG, PNG or GIF")
    if not all(size):
        raise ValueError("photo is broken")
    return size


def content_type(content: bytes) -> str:
    """The MIME type of a photo that `measured` has let through."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/gif" if content.startswith(b"GIF8") else "image/jpeg"


def _frames(content: bytes) -> Iterator[tuple[int, int]]:
    """Sizes that the start-of-frame segments of a JPEG tell."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        # C4, C8 and CC share the range of frame headers but are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[place + at : place + at + 2], "big") for at in (5, 7))
            yield width, height
        place += 2 + max(2, int.from_bytes(content[place + 2 : place + 4], "big"))
