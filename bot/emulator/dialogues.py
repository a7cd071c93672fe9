"""What has been said: messages, the dialogue of the community with one peer, pop-ups that answer presses.

A dialogue's address is its peer id: a person's number, or one above 2,000,000,000 for a conversation of several people
(`conversations.py`).
"""

from dataclasses import dataclass, field
from typing import Any

CONVERSATIONS_FROM = 2_000_000_000
REMEMBERED_MESSAGES = 100
REMEMBERED_S = 3600
TYPING_S = 10
KEPT_POP_UPS = 1000


@dataclass(slots=True)
class Message:
    """One message of a dialogue. `cmid` counts within the dialogue from 1, `id` across private dialogues; in
    conversations it is 0."""

    cmid: int
    id: int
    peer_id: int
    from_id: int
    text: str
    date: float
    version: int
    keyboard: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    edited_at: float | None = None
    payload: str | None = None
    random_id: int = 0
    ref: str | None = None
    ref_source: str | None = None
    reply_to: dict[str, Any] | None = None
    forwards: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    action: dict[str, Any] | None = None
    """What a service message tells of: somebody invited, a title changed, a message pinned."""
    template: dict[str, Any] | None = None
    hidden: bool = False
    """Kept from the bot: said in a conversation without addressing it, or deleted on the community's side only."""

    @property
    def out(self) -> bool:
        """Whether the community wrote it."""
        return self.from_id < 0

    @property
    def known(self) -> bool:
        """Whether the bot may see it."""
        return not (self.deleted or self.hidden)

    @property
    def button_rows(self) -> list[list[dict[str, Any]]]:
        """The buttons that hang below it; those of a carousel, card by card."""
        if self.template is not None:
            return [element.get("buttons", []) for element in self.template["elements"]]
        return self.keyboard["buttons"] if self.keyboard else []

    def quoted(self) -> dict[str, Any]:
        """The message as another one carries it, answered or forwarded."""
        return {
            "date": int(self.date),
            "from_id": self.from_id,
            "text": self.text,
            "attachments": self.attachments,
            "conversation_message_id": self.cmid,
            "id": self.id,
            "peer_id": self.peer_id,
        }

    def described(self) -> dict[str, Any]:
        """The message object of events and methods."""
        told: dict[str, Any] = {
            "date": int(self.date),
            "from_id": self.from_id,
            "id": self.id,
            "version": self.version,
            "out": int(self.out),
            "fwd_messages": self.forwards,
            "important": False,
            "is_hidden": False,
            "attachments": self.attachments,
            "conversation_message_id": self.cmid,
            "text": self.text,
            "peer_id": self.peer_id,
            "random_id": self.random_id,
        }
        if self.edited_at is not None:
            told["update_time"] = int(self.edited_at)
        for name in ("payload", "ref", "ref_source", "keyboard", "template", "action"):
            value = getattr(self, name)
            if value is not None:
                told[name] = value
        if self.reply_to is not None:
            told["reply_message"] = self.reply_to
        return told


@dataclass(frozen=True, slots=True)
class PopUp:
    """The bot's answer to a press; `event_data` None only stops the spinner."""

    ticket: str
    peer_id: int
    user_id: int
    cmid: int | None
    event_data: dict[str, Any] | None
    at: float


@dataclass(slots=True)
class Dialogue:
    """Everything said between the community and one peer, and what the peer sees below it."""

    peer_id: int
    refused_with: int | None = 901
    """Error that the community gets for writing here: 901 until the person writes or allows."""
    messages: list[Message] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None
    """The keyboard below the input."""
    popups: list[PopUp] = field(default_factory=list)
    read_by_person: int = 0
    read_by_community: int = 0
    typing_until: float = 0.0
    by_random_id: dict[int, Message] = field(default_factory=dict)

    @property
    def last(self) -> Message | None:
        """The newest message that was not deleted."""
        return next((message for message in reversed(self.messages) if not message.deleted), None)

    @property
    def last_known(self) -> Message | None:
        """The newest message that the bot may see."""
        return next((message for message in reversed(self.messages) if message.known), None)

    @property
    def last_cmid(self) -> int:
        return len(self.messages)

    @property
    def begin_offered(self) -> bool:
        """Whether the app shows «Начать» in place of the input."""
        return not self.messages

    def message(self, cmid: int) -> Message | None:
        """The message with that number, unless it was deleted."""
        if not 1 <= cmid <= len(self.messages):
            return None
        found = self.messages[cmid - 1]
        return None if found.deleted else found

    def known_message(self, cmid: int) -> Message | None:
        """The message with that number, if the bot may see it."""
        found = self.message(cmid)
        return None if found is None or found.hidden else found

    def read_up_to(self, reader_id: int) -> int:
        """The cmid up to which somebody has read."""
        return self.read_by_person

    def mark_read(self, reader_id: int, cmid: int) -> None:
        """Remember how far somebody has read."""
        self.read_by_person = cmid

    def add(self, message: Message) -> None:
        """Append a message; its cmid is already the next one."""
        self.messages.append(message)
        if message.random_id:
            self.by_random_id[message.random_id] = message

    def sent_before(self, random_id: int, now: float) -> Message | None:
        """The message that VK would take a repeated `random_id` for: of the last hour and among the last 100."""
        earlier = self.by_random_id.get(random_id) if random_id else None
        if earlier is None or now - earlier.date > REMEMBERED_S:
            return None
        return earlier if self.last_cmid - earlier.cmid < REMEMBERED_MESSAGES else None

    def pop_up(self, popup: PopUp) -> None:
        """Show the answer to a press; of very many the oldest are forgotten."""
        self.popups.append(popup)
        if len(self.popups) > KEPT_POP_UPS:
            del self.popups[: KEPT_POP_UPS // 2]
