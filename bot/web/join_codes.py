"""The QR code that leads into the session, as a drawing within the page."""

from functools import lru_cache
from typing import Final

import segno
from markupsafe import Markup

QUIET_ZONE: Final = 4  # modules of white around it, without which phones do not find it (ISO/IEC 18004)


@lru_cache(maxsize=64)
def join_code(link: str) -> Markup:
    """An SVG element without a size and without inline style: black on white, whatever the page's colours are."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno: numbers only, the link is in the squares
