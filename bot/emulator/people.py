"""Persons of the local VK and what their apps can do."""

from dataclasses import dataclass, field
from typing import Any, Literal

FIRST_PERSON_ID = 100001
Role = Literal["creator", "administrator", "editor", "moderator"]

BUTTON_ACTIONS = (
    "text",
    "vkpay",
    "open_app",
    "location",
    "open_link",
    "callback",
    "intent_subscribe",
    "intent_unsubscribe",
)


@dataclass(frozen=True, slots=True)
class Client:
    """The app that a person writes from; an old one has no callback buttons, or shows no carousels."""

    callback_buttons: bool = True
    inline_keyboard: bool = True
    carousel: bool = True

    def described(self) -> dict[str, Any]:
        """The `client_info` of an event."""
        actions = [action for action in BUTTON_ACTIONS if action != "callback" or self.callback_buttons]
        return {
            "button_actions": actions,
            "keyboard": True,
            "inline_keyboard": self.inline_keyboard,
            "carousel": self.carousel and self.inline_keyboard,
            "lang_id": 0,
        }


@dataclass(slots=True)
class Person:
    """Somebody with a VK account."""

    id: int
    first_name: str
    last_name: str
    client: Client = field(default_factory=Client)
    is_member: bool = False
    role: Role | None = None
    """What the person is in the community's management."""
