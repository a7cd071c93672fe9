"""Small answers of the messages section: pop-ups for presses, typing, whether a person takes messages."""

from typing import Any

import orjson

from bot.emulator.community import Community
from bot.emulator.dialogues import CONVERSATIONS_FROM, TYPING_S, PopUp
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters

LONGEST_EVENT_DATA = 1000
LONGEST_SNACKBAR = 90


def send_message_event_answer(community: Community, parameters: Parameters) -> int:
    """Answer a press, once, within its 60 s; without `event_data` the spinner just stops."""
    community.needs("messages")
    ticket = parameters.required("event_id")
    user_id, peer_id = parameters.integer("user_id"), parameters.integer("peer_id")
    event_data = _event_data(parameters.text("event_data"))
    press = next((open_ for open_ in community.open_presses(peer_id) if open_.ticket == ticket), None)
    if press is None or press.user_id != user_id:
        raise ApiError(100, "event_id is invalid")
    del community.presses[ticket]
    popup = PopUp(ticket, peer_id, user_id, press.cmid, event_data, community.now())
    community.dialogue(peer_id).pop_up(popup)
    community.changes.tell("popup", popup)
    return 1


def set_activity(community: Community, parameters: Parameters) -> int:
    """Show «печатает» for up to 10 s."""
    community.needs("messages")
    peer_id = parameters.integer("peer_id") if parameters.has("peer_id") else parameters.integer("user_id")
    dialogue = community.reachable(peer_id)
    if parameters.required("type") not in ("typing", "audiomessage"):
        raise ApiError(100, "type is invalid")
    dialogue.typing_until = community.now() + TYPING_S
    community.changes.tell("typing", dialogue)
    return 1


def is_messages_from_group_allowed(community: Community, parameters: Parameters) -> dict[str, int]:
    """Whether the community may write to that person."""
    community.own_group(parameters.integer("group_id"))
    user_id = parameters.integer("user_id")
    dialogue = community.dialogues.get(user_id) if user_id < CONVERSATIONS_FROM else None
    return {"is_allowed": int(dialogue is not None and dialogue.refused_with is None)}


def _event_data(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    if len(text) > LONGEST_EVENT_DATA:
        raise ApiError(100, "event_data is too long")
    try:
        event_data = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ApiError(100, "event_data should be a valid JSON") from None
    if not isinstance(event_data, dict) or not _is_shown(event_data):
        raise ApiError(100, "event_data is invalid")
    return event_data


def _is_shown(event_data: dict[str, Any]) -> bool:
    match event_data:
        case {"type": "show_snackbar", "text": str(text)}:
            return 0 < len(text) <= LONGEST_SNACKBAR
        case {"type": "open_link", "link": str(link)}:
            return link.startswith(("http://", "https://"))
        case {"type": "open_app", "app_id": int()}:
            return True
    return False
