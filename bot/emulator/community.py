"""The community whose bot is tried out, and all that the local VK knows about it and its persons.

Methods (`methods/`), people's acts (`acts.py`) and the control API work on one of these.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.callbacks import CallbackServers
from bot.emulator.changes import Changes
from bot.emulator.conversations import Conversation
from bot.emulator.dialogues import CONVERSATIONS_FROM, Dialogue, Message
from bot.emulator.errors import ApiError
from bot.emulator.events import Events
from bot.emulator.files import FileStore
from bot.emulator.long_poll import LongPoll
from bot.emulator.people import Client, Person
from bot.emulator.rate import ChatFlood

PRESS_LIVES_S = 60
PERMISSIONS = {"manage": 262144, "messages": 4096, "docs": 131072, "photos": 4}
FIRST_VERSION = 10_000_001


@dataclass(slots=True)
class Press:
    """A press of a callback button that the bot has 60 s to answer, once."""

    ticket: str
    user_id: int
    peer_id: int
    cmid: int | None
    at: float


@dataclass(slots=True)
class Community:
    """One community: its people, dialogues, files, presses and Long Poll."""

    group_id: int
    name: str
    screen_name: str
    now: Callable[[], float]
    changes: Changes
    events: Events
    long_poll: LongPoll
    files: FileStore
    callbacks: CallbackServers
    people: dict[int, Person] = field(default_factory=dict)
    dialogues: dict[int, Dialogue] = field(default_factory=dict)
    permissions: set[str] = field(default_factory=lambda: set(PERMISSIONS))
    """Rights of the token; taking one away makes its methods answer error 15."""
    bot_capabilities: bool = True
    """The switch in the community's settings without which keyboards and conversations are refused (error 912)."""
    bots_add_to_chat: bool = True
    """The switch that lets people invite the community into conversations."""
    chat_flood: ChatFlood | None = None
    """VK publishes no limit for a single conversation; whoever wants one sets it."""
    presses: dict[str, Press] = field(default_factory=dict)
    messages_by_id: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    last_version: int = FIRST_VERSION

    def dialogue(self, peer_id: int) -> Dialogue:
        """The dialogue with a peer, begun empty if nothing was said yet."""
        found = self.dialogues.get(peer_id)
        if found is None:
            if peer_id >= CONVERSATIONS_FROM:
                raise LookupError(f"there is no conversation {peer_id}")
            found = self.dialogues[peer_id] = Dialogue(peer_id)
        return found

    def conversation(self, peer_id: int) -> Conversation:
        """Raises LookupError if there is no such conversation."""
        found = self.dialogues.get(peer_id)
        if isinstance(found, Conversation):
            return found
        raise LookupError(f"there is no conversation {peer_id}")

    def takes_part(self, dialogue: Dialogue) -> bool:
        """Whether the bot is there: always in a private dialogue, as a member in a conversation."""
        return not isinstance(dialogue, Conversation) or -self.group_id in dialogue.members

    def reachable(self, peer_id: int) -> Dialogue:
        """The dialogue that the community may write to. Raises ApiError 901 and the like."""
        if peer_id <= 0:
            raise ApiError(936)
        if peer_id >= CONVERSATIONS_FROM and not self.bot_capabilities:
            raise ApiError(912)
        known = self.known(peer_id)
        if known is None:
            raise ApiError(901)
        if known.refused_with is not None:
            raise ApiError(known.refused_with)
        return known

    def known(self, peer_id: int) -> Dialogue | None:
        """The dialogue for reading, None while nothing was said. Raises ApiError 917 for a conversation without us."""
        known = self.dialogues.get(peer_id)
        if peer_id >= CONVERSATIONS_FROM and (known is None or not self.takes_part(known)):
            raise ApiError(917)
        return known

    def joined(self, peer_id: int, refusal: int) -> Conversation:
        """A conversation for the methods of its admins. Raises ApiError 927 for one that the community never was in,
        `refusal` if it is not there any more."""
        known = self.dialogues.get(peer_id)
        if not isinstance(known, Conversation) or not known.was_joined:
            raise ApiError(927)
        if not self.takes_part(known):
            raise ApiError(refusal)
        return known

    def administered(self, peer_id: int, refusal: int) -> Conversation:
        """Like `joined`, and `refusal` unless the community is an admin there."""
        conversation = self.joined(peer_id, refusal)
        if not conversation.is_admin(-self.group_id):
            raise ApiError(refusal)
        return conversation

    def numbered(self, dialogue: Dialogue, from_id: int, text: str) -> Message:
        """A message with the next numbers, not yet in the dialogue."""
        self.last_version += 1
        is_private = dialogue.peer_id < CONVERSATIONS_FROM
        self.last_message_id += is_private
        return Message(
            cmid=dialogue.last_cmid + 1,
            id=self.last_message_id if is_private else 0,
            peer_id=dialogue.peer_id,
            from_id=from_id,
            text=text,
            date=self.now(),
            version=self.last_version,
        )

    def append(self, dialogue: Dialogue, message: Message) -> None:
        """Put a finished message into its dialogue."""
        dialogue.add(message)
        dialogue.typing_until = 0.0
        if message.id:
            self.messages_by_id[message.id] = message

    def arrive(self, message: Message, client: Client) -> Message:
        """Put a person's message into its dialogue and tell the bot of it, if it may know."""
        dialogue = self.dialogue(message.peer_id)
        if isinstance(dialogue, Conversation):
            message.hidden = not dialogue.hears(message, self.group_id)
        self.append(dialogue, message)
        dialogue.mark_read(message.from_id, message.cmid)
        self.changes.tell("message", message)
        if not message.hidden and self.events.wanted("message_new"):
            self.events.put("message_new", {"message": message.described(), "client_info": client.described()})
        return message

    def announce(self, conversation: Conversation, from_id: int, action: dict[str, Any]) -> Message:
        """Say in a conversation what somebody did there. The bot is not told of its own deeds."""
        message = self.numbered(conversation, from_id, "")
        message.action = action
        if from_id > 0:
            return self.arrive(message, self.people[from_id].client)
        self.append(conversation, message)
        self.changes.tell("message", message)
        return message

    def open_press(self, user_id: int, peer_id: int, cmid: int | None) -> Press:
        """Remember a press until it is answered or 60 s old."""
        now = self.now()
        while self.presses and next(iter(self.presses.values())).at < now - PRESS_LIVES_S:
            self.presses.pop(next(iter(self.presses)))
        press = Press(secrets.token_hex(6), user_id, peer_id, cmid, now)
        self.presses[press.ticket] = press
        return press

    def open_presses(self, peer_id: int) -> list[Press]:
        """Presses of that dialogue that still spin."""
        oldest = self.now() - PRESS_LIVES_S
        return [press for press in self.presses.values() if press.peer_id == peer_id and press.at >= oldest]

    def needs(self, permission: str) -> None:
        """Raise ApiError 15 unless the token has the right."""
        if permission not in self.permissions:
            raise ApiError(15, f"no access to call this method, {permission} is needed")

    def own_group(self, group_id: int) -> None:
        """Raise ApiError 15 for another community's id."""
        if group_id != self.group_id:
            raise ApiError(15)

    def profile(self, person: Person) -> dict[str, Any]:
        """VK's object for a person."""
        return {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "is_closed": False,
            "can_access_closed": True,
        }

    def described(self) -> dict[str, Any]:
        """VK's object for the community."""
        return {
            "id": self.group_id,
            "name": self.name,
            "screen_name": self.screen_name,
            "is_closed": 0,
            "type": "group",
        }

    @property
    def mention(self) -> str:
        """How apps write the community's name where it is addressed."""
        return f"[club{self.group_id}|@{self.screen_name}]"
