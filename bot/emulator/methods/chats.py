"""Methods of conversations: members, the pinned message. They want the community to be an admin there."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.conversations import Conversation, Member
from bot.emulator.dialogues import Message
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters

MOST_MEMBERS = 1000
DEFAULT_COUNT = 20
RESTRICTIONS = (
    *("admins_promote_users", "only_admins_edit_info", "only_admins_edit_pin"),
    *("only_admins_invite", "only_admins_kick"),
)


def get_conversation_members(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Who is in a conversation, in the order of joining, with their names."""
    community.needs("messages")
    conversation = community.administered(parameters.integer("peer_id"), 917)
    offset = parameters.between("offset", 0, 10**9, 0)
    count = parameters.between("count", 0, MOST_MEMBERS, DEFAULT_COUNT)
    shown = list(conversation.members.values())[offset : offset + count]
    own_id = -community.group_id
    return {
        "count": len(conversation.members),
        "items": [_member(conversation, member, own_id) for member in shown],
        "profiles": [community.profile(community.people[member.id]) for member in shown if member.id > 0],
        "groups": [community.described() for member in shown if member.id == own_id],
        "chat_restrictions": dict.fromkeys(RESTRICTIONS, False),
    }


def pin(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Put a message above the conversation in place of the one pinned before."""
    community.needs("messages")
    conversation = community.administered(parameters.integer("peer_id"), 925)
    message = _named(conversation, parameters)
    conversation.pinned_cmid = message.cmid
    action = {"type": "chat_pin_message", "member_id": -community.group_id, "conversation_message_id": message.cmid}
    community.announce(conversation, -community.group_id, action | {"message": message.text})
    community.changes.tell("conversation", conversation)
    return message.described()


def unpin(community: Community, parameters: Parameters) -> int:
    """Take the pinned message down; without one nothing happens."""
    community.needs("messages")
    conversation = community.administered(parameters.integer("peer_id"), 925)
    if conversation.pinned_cmid is None:
        return 1
    action = {"type": "chat_unpin_message", "member_id": -community.group_id}
    action["conversation_message_id"] = conversation.pinned_cmid
    conversation.pinned_cmid = None
    community.announce(conversation, -community.group_id, action)
    community.changes.tell("conversation", conversation)
    return 1


def _named(conversation: Conversation, parameters: Parameters) -> Message:
    name = "cmid" if parameters.has("cmid") else "conversation_message_id"
    cmid = parameters.integer(name)
    message = conversation.known_message(cmid)
    if message is None:
        was_deleted = 1 <= cmid <= conversation.last_cmid and conversation.messages[cmid - 1].deleted
        raise ApiError(1018) if was_deleted else ApiError(100, "message is not found")
    if message.action is not None:
        raise ApiError(980)
    return message


def _member(conversation: Conversation, member: Member, own_id: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "member_id": member.id,
        "invited_by": member.invited_by,
        "join_date": int(member.joined_at),
    }
    if member.is_admin:
        told["is_admin"] = True
    if member.id == conversation.owner_id:
        told["is_owner"] = True
    return told if member.id == own_id else told | {"can_kick": conversation.may_kick(own_id, member.id)}
