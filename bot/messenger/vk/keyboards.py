"""Keyboards as VK draws them."""

from typing import Any, Final

import orjson

from bot.messenger.keyboards import Limits

# 4,000 of VK's 4,096: how it counts characters outside the basic plane is not published.
LIMITS: Final = Limits(
    text=4000, label=40, payload=255, per_row=5, inline_rows=6, inline_buttons=10, menu_rows=10, menu_buttons=40
)


def as_vk(stored: str) -> str:
    """The stored keyboard in VK's JSON. Inline buttons call back (with a pop-up), those below the input write."""
    keyboard = orjson.loads(stored)
    inline: bool = keyboard["inline"]
    buttons = [[_button(button, inline) for button in row] for row in keyboard["rows"]]
    return orjson.dumps({"one_time": False, "inline": inline, "buttons": buttons}).decode()


def _button(button: dict[str, Any], inline: bool) -> dict[str, Any]:
    if "url" in button:
        return {"action": {"type": "open_link", "label": button["label"], "link": button["url"]}}
    kind = "callback" if inline else "text"
    action = {"type": kind, "label": button["label"], "payload": button["payload"]}
    return {"action": action, "color": button["colour"]}
