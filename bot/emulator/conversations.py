"""Group conversations: who is in one, what each may do there, which of its messages the community's bot gets to see."""

import re
from dataclasses import dataclass, field

from bot.emulator.dialogues import CONVERSATIONS_FROM, Dialogue, Message

MENTION = re.compile(r"\[(?:club|public)(\d+)\|[^\]]+\]")
LONGEST_TITLE = 250


@dataclass(slots=True)
class Member:
    """Somebody in a conversation: a person, or the community under its negative number."""

    id: int
    invited_by: int
    joined_at: float
    is_admin: bool = False
    read_cmid: int = 0


@dataclass(slots=True)
class Conversation(Dialogue):
    """A dialogue of several people, to which the community may have been invited."""

    refused_with: int | None = None
    """Error that the community gets for writing here although it is a member: 993 moved away, 1016, and so on."""
    owner_id: int = 0
    title: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    sees_all: bool = False
    """Whether the bot was given the right to read what is not addressed to it."""
    pinned_cmid: int | None = None
    was_joined: bool = False
    """Whether the community has ever been here; until then VK has no such chat for it."""

    @property
    def chat_id(self) -> int:
        return self.peer_id - CONVERSATIONS_FROM

    @property
    def begin_offered(self) -> bool:
        """There is no «Начать» in a conversation."""
        return False

    @property
    def pinned(self) -> Message | None:
        """The pinned message, unless it was deleted."""
        return self.message(self.pinned_cmid) if self.pinned_cmid is not None else None

    @property
    def admin_ids(self) -> list[int]:
        return [member.id for member in self.members.values() if member.is_admin]

    def is_admin(self, member_id: int) -> bool:
        """Whether somebody is here and has an admin's rights."""
        member = self.members.get(member_id)
        return member is not None and member.is_admin

    def may_kick(self, by: int, member_id: int) -> bool:
        """Whether one member may remove another: the owner everybody, an admin who is no admin."""
        return self.is_admin(by) and (by == self.owner_id or not self.is_admin(member_id))

    def hears(self, message: Message, group_id: int) -> bool:
        """Whether the bot gets a message that is about to be said: addressed to it, about it, or seeing all.

        A payload makes it the press of a button, which only a bot can have shown. VK's rule names mentions, slashes
        and presses only. So here a reply to a message of the bot is not addressed to it, and of what is done in the
        conversation (a new title, others invited) it hears what is done to itself; both come with the right to see
        all. What a message that it gets replies to or forwards comes along, also if the bot did not hear that.
        """
        if -group_id not in self.members:
            return False
        if self.sees_all or message.payload is not None or message.text.startswith("/"):
            return True
        about = message.action.get("member_id") if message.action else None
        return about == -group_id or any(int(one[1]) == group_id for one in MENTION.finditer(message.text))

    def read_up_to(self, reader_id: int) -> int:
        """The cmid up to which a member has read."""
        return self.members[reader_id].read_cmid

    def mark_read(self, reader_id: int, cmid: int) -> None:
        """Remember how far a member has read; for the community the furthest counts."""
        self.members[reader_id].read_cmid = cmid
        self.read_by_person = max(self.read_by_person, cmid)

    def unread_of(self, member: Member) -> int:
        """How many messages a member has not looked at."""
        return sum(one.from_id != member.id and not one.deleted for one in self.messages[member.read_cmid :])
