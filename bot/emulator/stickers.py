"""Stickers as messages carry them."""

from typing import Any


def sticker(sticker_id: int) -> dict[str, Any]:
    """The attachment of a sticker. No pictures: those lie on VK's servers."""
    return {
        "type": "sticker",
        "sticker": {"inner_type": "base_sticker_new", "sticker_id": sticker_id, "product_id": 1, "images": []},
    }
