"""What persons do with conversations: begin one, invite, remove, rename, give rights. VK announces most of it there."""

from collections.abc import Iterable

from bot.emulator.acts import Acts
from bot.emulator.conversations import LONGEST_TITLE, Conversation, Member
from bot.emulator.dialogues import CONVERSATIONS_FROM
from bot.emulator.errors import NotOnScreen


class ConversationActs(Acts):
    """Persons among themselves; the community is the member with the negative number.

    Raises LookupError for a conversation or person that does not exist, NotOnScreen for what the one who acts may not
    do, ValueError for what cannot be.
    """

    def create_conversation(self, owner_id: int, title: str, members: Iterable[int] = ()) -> Conversation:
        """A new conversation of persons; the community is invited next, by one of them."""
        everybody = [self.person(person_id).id for person_id in dict.fromkeys((owner_id, *members))]
        title = _checked(title)
        dialogues, now = self.community.dialogues, self.community.now()
        peer_id = CONVERSATIONS_FROM + 1 + sum(peer_id > CONVERSATIONS_FROM for peer_id in dialogues)
        conversation = Conversation(peer_id, owner_id=owner_id, title=title)
        conversation.members = {id_: Member(id_, owner_id, now, is_admin=id_ == owner_id) for id_ in everybody}
        dialogues[peer_id] = conversation
        self.community.announce(conversation, owner_id, {"type": "chat_create", "text": title})
        return self._changed(conversation)

    def invite(self, peer_id: int, by: int, member: int) -> Conversation:
        """Bring a person or the community in. The community comes only if it lets itself be added."""
        conversation = self._of(peer_id, by)
        own_id, community = -self.community.group_id, self.community
        if member in conversation.members:
            raise NotOnScreen(f"{member} is in the conversation already")
        if member == own_id:
            if not (community.bots_add_to_chat and community.bot_capabilities):
                raise NotOnScreen("the community does not allow being added to conversations")
            conversation.was_joined = True
        else:
            self.person(member)
        last_cmid = conversation.last_cmid
        conversation.members[member] = Member(member, by, community.now(), read_cmid=last_cmid)
        community.announce(conversation, by, {"type": "chat_invite_user", "member_id": member})
        return self._changed(conversation)

    def kick(self, peer_id: int, by: int, member: int) -> Conversation:
        """Remove a member, or leave by oneself. A community that is removed is told so, loses its rights and its
        keyboard."""
        conversation = self._of(peer_id, by)
        if member not in conversation.members:
            raise LookupError(f"{member} is not in conversation {peer_id}")
        if by != member and not conversation.may_kick(by, member):
            raise NotOnScreen("only the owner and admins may remove somebody")
        self.community.announce(conversation, by, {"type": "chat_kick_user", "member_id": member})
        del conversation.members[member]
        if member == -self.community.group_id:
            conversation.sees_all, conversation.keyboard = False, None
        return self._changed(conversation)

    def rename(self, peer_id: int, by: int, title: str) -> Conversation:
        """Give the conversation another title, as any member may."""
        conversation = self._of(peer_id, by)
        conversation.title = _checked(title)
        action = {"type": "chat_title_update", "text": conversation.title}
        self.community.announce(conversation, by, action)
        return self._changed(conversation)

    def set_admin(self, peer_id: int, member: int, is_admin: bool) -> Conversation:
        """Let the owner make somebody an admin, or no longer one. VK announces nothing of it."""
        conversation = self.community.conversation(peer_id)
        if member not in conversation.members:
            raise NotOnScreen(f"{member} is not in conversation {peer_id}")
        if member == conversation.owner_id and not is_admin:
            raise NotOnScreen("the owner is always an admin")
        conversation.members[member].is_admin = is_admin
        return self._changed(conversation)

    def let_see_all(self, peer_id: int, sees_all: bool) -> Conversation:
        """Give the bot the right to read everything said from now on, or take it away."""
        conversation = self.community.conversation(peer_id)
        if not self.community.takes_part(conversation):
            raise NotOnScreen("the community is not in the conversation")
        conversation.sees_all = sees_all
        return self._changed(conversation)

    def _of(self, peer_id: int, by: int) -> Conversation:
        conversation = self.community.conversation(peer_id)
        self.place(self.person(by), peer_id)
        return conversation

    def _changed(self, conversation: Conversation) -> Conversation:
        self.changes.tell("conversation", conversation)
        return conversation


def _checked(title: str) -> str:
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise ValueError(f"a title has 1 to {LONGEST_TITLE} characters")
    return title
