"""Keyboards as VK takes them: read from the JSON of a call, refused with error 911 and the reason."""

from typing import Any

import orjson

from bot.emulator.errors import ApiError

MOST_ROWS, MOST_ROWS_INLINE = 10, 6
MOST_BUTTONS, MOST_BUTTONS_INLINE = 40, 10
MOST_IN_A_ROW = 5
LONGEST_LABEL = 40
LONGEST_PAYLOAD = 255
COLORS = ("primary", "secondary", "negative", "positive")
COLORED = ("text", "callback")
LABELLED = ("text", "callback", "open_link", "open_app")
ALONE = ("location", "vkpay", "open_app")
"""Buttons as wide as the keyboard. For open_link the sources differ, so it is let through beside others."""
NEEDED: dict[str, tuple[str, ...]] = {
    "text": ("label",),
    "callback": ("label", "payload"),
    "open_link": ("label", "link"),
    "location": (),
    "vkpay": ("hash",),
    "open_app": ("label", "app_id"),
}
Button = dict[str, Any]


def parsed(text: str) -> dict[str, Any]:
    """A keyboard in the form in which messages carry it. Raises ApiError 911."""
    try:
        keyboard = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _wrong("keyboard is not a valid JSON") from None
    if not isinstance(keyboard, dict):
        raise _wrong("keyboard should be an object")
    inline, one_time = (_boolean(keyboard, name) for name in ("inline", "one_time"))
    if inline and one_time:
        raise _wrong("inline keyboard can not be one_time")
    rows = _rows(keyboard.get("buttons"), inline=inline)
    buttons = [[read_button(button, f"[{y}][{x}]") for x, button in enumerate(row)] for y, row in enumerate(rows)]
    return {"one_time": one_time, "inline": inline, "buttons": buttons}


def _wrong(detail: str) -> ApiError:
    return ApiError(911, detail)


def _boolean(keyboard: dict[str, Any], name: str) -> bool:
    value = keyboard.get(name, False)
    if not isinstance(value, bool):
        raise _wrong(f"{name} property should be boolean")
    return value


def _rows(rows: Any, *, inline: bool) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _wrong("buttons should be an array of arrays")
    if len(rows) > (MOST_ROWS_INLINE if inline else MOST_ROWS):
        raise _wrong("buttons contain too much rows")
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise _wrong("row contains too much buttons")
    if any(not row for row in rows):
        raise _wrong("row should contain at least one button")
    if sum(map(len, rows)) > (MOST_BUTTONS_INLINE if inline else MOST_BUTTONS):
        raise _wrong("keyboard contains too much buttons")
    for place, row in enumerate(rows):
        if len(row) > 1 and any(_type(button) in ALONE for button in row):
            raise _wrong(f"row [{place}] contains a button that should be alone")
    return rows


def _type(button: Any) -> Any:
    action = button.get("action") if isinstance(button, dict) else None
    return action.get("type") if isinstance(action, dict) else None


def read_button(button: Any, place: str) -> Button:
    """A button in the form in which keyboards carry it. Raises ApiError 911 that names its place."""
    kind = _type(button)
    if not isinstance(kind, str) or kind not in NEEDED:
        raise _wrong(f"button {place} has unknown action type")
    # Clients in use (vk_api) send null for what a button does not have; that VK takes it is inferred from that.
    action = {name: value for name, value in button["action"].items() if value is not None}
    for name in NEEDED[kind]:
        if name not in action:
            raise _wrong(f"button {place} has no {name}")
    kept: dict[str, Any] = {"type": kind}
    if kind in LABELLED:
        kept["label"] = _label(action["label"], place)
    if "payload" in action:
        kept["payload"] = _payload(action["payload"], place)
    if kind == "open_link":
        kept["link"] = _link(action["link"], place)
    kept |= {name: action[name] for name in ("hash", "app_id", "owner_id") if name in action}
    return {"action": kept} | _color(button, kind, place)


def _label(label: Any, place: str) -> str:
    if not isinstance(label, str) or not label.strip():
        raise _wrong(f"button {place} has invalid label")
    if len(label) > LONGEST_LABEL:
        raise _wrong(f"button {place} has too long label")
    return label


def _payload(payload: Any, place: str) -> str:
    if not isinstance(payload, str | dict):
        raise _wrong(f"button {place} has invalid payload")
    text = payload if isinstance(payload, str) else orjson.dumps(payload).decode()
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _wrong(f"button {place} has invalid payload") from None
    if len(text) > LONGEST_PAYLOAD:
        raise _wrong(f"button {place} has too long payload")
    return text


def _link(link: Any, place: str) -> str:
    if not isinstance(link, str) or not link.startswith(("http://", "https://")) or len(link.split()) != 1:
        raise _wrong(f"button {place} has invalid link")
    return link


def _color(button: Button, kind: str, place: str) -> dict[str, str]:
    if "color" not in button:
        return {"color": "secondary"} if kind in COLORED else {}
    if kind not in COLORED or button["color"] not in COLORS:
        raise _wrong(f"button {place} has invalid color")
    return {"color": button["color"]}
