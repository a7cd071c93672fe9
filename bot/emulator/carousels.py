"""Carousels as VK takes them (the parameter `template`): read from the JSON of a call, refused with error 100."""

from typing import Any

import orjson

from bot.emulator import keyboards
from bot.emulator.errors import ApiError
from bot.emulator.files import REFERENCE, FileStore

MOST_ELEMENTS = 10
MOST_BUTTONS = 3
LONGEST_TITLE = LONGEST_DESCRIPTION = 80
LEAST_WIDTH, LEAST_HEIGHT = 221, 136
RATIO = 13 / 8
Element = dict[str, Any]


def parsed(text: str, files: FileStore) -> dict[str, Any]:
    """A carousel with its photos found. Raises ApiError 100."""
    try:
        template = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _wrong("should be a valid JSON") from None
    if not isinstance(template, dict) or template.get("type") != "carousel":
        raise _wrong("has unknown type")
    elements = template.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= MOST_ELEMENTS:
        raise _wrong(f"should have 1 to {MOST_ELEMENTS} elements")
    kept = [_element(element, place, files) for place, element in enumerate(elements)]
    if len({_structure(element) for element in kept}) > 1:
        raise _wrong("elements should have the same structure")
    return {"type": "carousel", "elements": kept}


def _wrong(detail: str) -> ApiError:
    return ApiError(100, f"template {detail}")


def _structure(element: Element) -> tuple[frozenset[str], int]:
    """What has to be alike in all cards. VK does not say whether the number of buttons is part of it; here it is."""
    return frozenset(element), len(element["buttons"])


def _element(element: Any, place: int, files: FileStore) -> Element:
    if not isinstance(element, dict):
        raise _wrong(f"element [{place}] should be an object")
    kept = _words(element, place)
    if "photo_id" in element:
        kept |= {"photo_id": element["photo_id"], "photo": _photo(element["photo_id"], place, files)}
    if not kept:
        raise _wrong(f"element [{place}] needs photo_id or title")
    if "action" in element:
        kept["action"] = _action(element["action"], place, has_photo="photo" in kept)
    return kept | {"buttons": _buttons(element.get("buttons"), place)}


def _words(element: Element, place: int) -> Element:
    if "title" not in element:
        if "description" in element:
            raise _wrong(f"element [{place}] has a description without title")
        return {}
    words = {"title": element["title"], "description": element.get("description")}
    for (name, value), longest in zip(words.items(), (LONGEST_TITLE, LONGEST_DESCRIPTION), strict=True):
        if not isinstance(value, str) or not value.strip():
            raise _wrong(f"element [{place}] has no {name}")
        if len(value) > longest:
            raise _wrong(f"element [{place}] has too long {name}")
    return words


def _photo(photo_id: Any, place: int, files: FileStore) -> dict[str, Any]:
    match = REFERENCE.fullmatch(f"photo{photo_id}") if isinstance(photo_id, str) else None
    stored = files.files.get(("photo", int(match[3]))) if match and not match[4] else None
    # A card goes to whoever is written to, so a photo of one person's dialogue is no picture for it.
    if match is None or stored is None or not stored.owner_id == int(match[2]) == -files.group_id:
        raise _wrong(f"element [{place}] has invalid photo_id")
    too_small = stored.width < LEAST_WIDTH or stored.height < LEAST_HEIGHT
    if too_small or abs(stored.width - stored.height * RATIO) > 1:
        raise _wrong(f"element [{place}] has a photo that is not 13:8 or below {LEAST_WIDTH}x{LEAST_HEIGHT}")
    return stored.described(files.host)


def _action(action: Any, place: int, *, has_photo: bool) -> dict[str, Any]:
    match action:
        case {"type": "open_link", "link": str(link)} if link.startswith(("http://", "https://")):
            return {"type": "open_link", "link": link}
        case {"type": "open_photo"} if has_photo:
            return {"type": "open_photo"}
    raise _wrong(f"element [{place}] has invalid action")


def _buttons(buttons: Any, place: int) -> list[keyboards.Button]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise _wrong(f"element [{place}] should have 1 to {MOST_BUTTONS} buttons")
    try:
        return [keyboards.read_button(button, f"[{place}][{at}]") for at, button in enumerate(buttons)]
    except ApiError as refusal:
        raise _wrong(refusal.message.partition(": ")[2]) from None
