"""VK's numbered errors, in its own wording."""

from typing import Any

TEXTS = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed",
    6: "Too many requests per second",
    7: "Permission to perform this action is denied",
    8: "Invalid request",
    9: "Flood control",
    10: "Internal server error",
    12: "Unable to compile code",
    13: "Runtime error occurred during code invocation",
    14: "Captcha needed",
    15: "Access denied",
    18: "User was deleted or banned",
    27: "Group authorization failed",
    28: "Application authorization failed",
    29: "Rate limit reached",
    36: "Method execution was interrupted due to timeout",
    100: "One of the parameters specified was missing or invalid",
    104: "Not found",
    105: "Couldn't save file",
    113: "Invalid user id",
    114: "Invalid album id",
    118: "Invalid server",
    121: "Invalid hash",
    125: "Invalid group id",
    900: "Can't send messages for users from blacklist",
    901: "Can't send messages for users without permission",
    902: "Can't send messages to this user due to their privacy settings",
    909: "Can't edit this message, because it's too old",
    910: "Can't sent this message, because it's too big",
    911: "Keyboard format is invalid",
    912: "This is a chat bot feature, change this status in settings",
    913: "Too many forwarded messages",
    914: "Message is too long",
    917: "You don't have access to this chat",
    920: "Can't edit this kind of message",
    921: "Can't forward these messages",
    922: "You left this chat",
    924: "Can't delete this message for everybody",
    925: "You are not admin of this chat",
    927: "Chat does not exist",
    932: "Your community can't interact with this peer",
    935: "User not found in chat",
    936: "Contact not found",
    940: "Too many posts in messages",
    942: "Cannot pin one-time story",
    943: "Cannot use this intent",
    944: "Limits overflow for this intent",
    945: "Chat was disabled",
    946: "Chat not supported",
    949: "Can't edit pinned message yet",
    950: "Can't send message, reply timed out",
    962: "You can't access donut chat without subscription",
    969: "Message cannot be forwarded",
    970: "Cannot pin an expiring message",
    979: "App action is restricted for conversations with communities",
    980: "Cannot pin a service message",
    983: "You are restricted to write to a chat",
    984: "You has spam restriction",
    986: "Need edu role",
    993: "Chat moved to MAX",
    995: "Messenger degradation",
    996: "Chat blocked due to response from another admin",
    1012: "Writing is disabled for this chat",
    1016: "Invalid account type - should not be edu",
    1017: "Chat was deleted",
    1018: "Message was deleted",
    1021: "Can't send messages for users without conversation",
    2000: "Servers number limit is reached",
}


class ApiError(Exception):
    """A call that VK refuses: `code` and the message a client reads, its detail after a colon."""

    def __init__(self, code: int, detail: str = "") -> None:
        text = TEXTS.get(code, "Unknown error occurred")
        self.code = code
        self.message = f"{text}: {detail}" if detail else text
        super().__init__(self.message)

    def item(self) -> dict[str, Any]:
        """The error of one recipient inside an answer that as a whole succeeded."""
        return {"code": self.code, "description": self.message}


class NotOnScreen(LookupError):
    """A person cannot do this: no such button, message or «Начать» before their eyes."""
