"""What a call of messages.send or messages.edit puts into a message, checked before anybody gets it."""

from dataclasses import dataclass, field
from typing import Any

from bot.emulator import carousels, keyboards
from bot.emulator.community import Community
from bot.emulator.dialogues import Message
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters
from bot.emulator.stickers import sticker

LONGEST_TEXT = 4096
LONGEST_PAYLOAD = 1000
MOST_ATTACHMENTS = 10
MOST_FORWARDS = 100


@dataclass(frozen=True, slots=True)
class Contents:
    """Text, keyboard or carousel, attachments and quotes of one message, the same for all its recipients."""

    text: str
    keyboard: dict[str, Any] | None
    attachments: tuple[str, ...] = ()
    payload: str | None = None
    forwards: list[dict[str, Any]] = field(default_factory=list)
    reply_to: dict[str, Any] | None = None
    template: dict[str, Any] | None = None
    sticker_id: int | None = None

    def fill(self, community: Community, message: Message) -> None:
        """Put everything into the recipient's message. Raises ApiError 100 for a file that may not be sent there."""
        message.text = self.text
        message.attachments = self.attached(community, message.peer_id)
        message.payload = self.payload
        message.forwards = self.forwards
        message.reply_to = self.reply_to
        if self.keyboard is not None and self.keyboard["inline"]:
            message.keyboard = self.keyboard
        message.template = self.template

    def attached(self, community: Community, peer_id: int) -> list[dict[str, Any]]:
        """The attachments of a message to that peer, from `doc-1_2_key` and the like. Raises ApiError 100."""
        if self.sticker_id is not None:
            return [sticker(self.sticker_id)]
        files = community.files
        return [files.attached(reference, peer_id).attachment(files.host) for reference in self.attachments]


def read(community: Community, parameters: Parameters) -> Contents:
    """The contents of a call. Raises ApiError 100, 911, 912, 913, 914, 921."""
    text = parameters.text("message")
    # VK does not say how it counts; by UTF-16 units the emulator is never the kinder one.
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ApiError(914)
    attachments = parameters.words("attachment", MOST_ATTACHMENTS) if parameters.has("attachment") else []
    forwards, reply_to = _quoted(community, parameters)
    sticker_id = parameters.integer("sticker_id") if parameters.has("sticker_id") else None
    is_empty = not (text.strip() or attachments or forwards)
    if is_empty == (sticker_id is None):
        raise ApiError(100, "message is empty or invalid")
    payload = parameters.text("payload") or None
    if payload is not None:
        parameters.json("payload")
        if len(payload) > LONGEST_PAYLOAD:
            raise ApiError(100, "payload is too long")
    keyboard, template = _keyboard(community, parameters), _template(community, parameters)
    return Contents(text, keyboard, tuple(attachments), payload, forwards, reply_to, template, sticker_id)


def _template(community: Community, parameters: Parameters) -> dict[str, Any] | None:
    if not parameters.has("template"):
        return None
    if not community.bot_capabilities:
        raise ApiError(912)
    if parameters.has("keyboard"):
        raise ApiError(100, "template does not go with a keyboard")
    if not parameters.text("message").strip():
        raise ApiError(100, "template needs a message")
    return carousels.parsed(parameters.text("template"), community.files)


def _keyboard(community: Community, parameters: Parameters) -> dict[str, Any] | None:
    if not parameters.has("keyboard"):
        return None
    if not community.bot_capabilities:
        raise ApiError(912)
    return keyboards.parsed(parameters.text("keyboard"))


def _quoted(community: Community, parameters: Parameters) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    if parameters.has("reply_to"):
        answered = community.messages_by_id.get(parameters.integer("reply_to"))
        if answered is None or not answered.known:
            raise ApiError(100, "reply_to is unknown")
        return [], answered.quoted()
    if not parameters.has("forward"):
        return [], None
    forward = parameters.json("forward")
    if not isinstance(forward, dict):
        raise ApiError(100, "forward should be an object")
    quotes = _forwarded(community, forward)
    if not forward.get("is_reply"):
        return quotes, None
    if len(quotes) != 1:
        raise ApiError(100, "forward: a reply is to one message")
    return [], quotes[0]


def _forwarded(community: Community, forward: dict[str, Any]) -> list[dict[str, Any]]:
    peer_id = forward.get("peer_id")
    cmids = forward.get("conversation_message_ids") or forward.get("cmids")
    if not isinstance(peer_id, int) or not isinstance(cmids, list) or not all(isinstance(cmid, int) for cmid in cmids):
        raise ApiError(100, "forward needs peer_id and conversation_message_ids")
    if len(cmids) > MOST_FORWARDS:
        raise ApiError(913)
    dialogue = community.dialogues.get(peer_id)
    if dialogue is not None and not community.takes_part(dialogue):
        raise ApiError(921)
    found = [dialogue.known_message(cmid) if dialogue else None for cmid in cmids]
    quotes = [message.quoted() for message in found if message is not None]
    if len(quotes) != len(cmids) or not quotes:
        raise ApiError(921)
    return quotes
