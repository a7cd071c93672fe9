"""messages.edit and messages.delete: the community's own messages of the last 24 hours."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.conversations import Conversation
from bot.emulator.dialogues import Message
from bot.emulator.errors import ApiError
from bot.emulator.methods import contents
from bot.emulator.parameters import Parameters

WINDOW_S = 24 * 3600
MOST_CMIDS = 100
MOST_IDS = 1000


def edit(community: Community, parameters: Parameters) -> int:
    """Replace a message's contents: what is not passed again disappears, the inline keyboard too."""
    community.needs("messages")
    dialogue = community.reachable(parameters.integer("peer_id"))
    message = _named(community, parameters)
    if message is None or message.peer_id != dialogue.peer_id:
        raise ApiError(100, "message is not found")
    if not message.out or message.action is not None:
        raise ApiError(920)
    if community.now() - message.date > WINDOW_S:
        raise ApiError(909)
    if isinstance(dialogue, Conversation) and dialogue.pinned_cmid == message.cmid:
        raise ApiError(949)
    said = contents.read(community, parameters)
    attachments = said.attached(community, message.peer_id)
    message.text = said.text
    message.attachments, message.template = attachments, said.template
    # A keyboard below the input belongs to the dialogue and cannot be edited into it.
    message.keyboard = said.keyboard if said.keyboard is not None and said.keyboard["inline"] else None
    if not parameters.switch("keep_forward_messages"):
        message.forwards, message.reply_to = said.forwards, said.reply_to
    message.edited_at = community.now()
    community.changes.tell("edited", message)
    if community.events.wanted("message_edit"):
        community.events.put("message_edit", message.described())
    return 1


def delete(community: Community, parameters: Parameters) -> list[dict[str, Any]]:
    """Delete messages for everybody, each with its own outcome; without `delete_for_all` only the community's view
    changes."""
    community.needs("messages")
    for_all = parameters.switch("delete_for_all")
    if parameters.has("cmids"):
        dialogue = community.known(parameters.integer("peer_id"))
        cmids = parameters.integers("cmids", MOST_CMIDS)
        found = [dialogue.known_message(cmid) if dialogue else None for cmid in cmids]
    else:
        found = [community.messages_by_id.get(id_) for id_ in parameters.integers("message_ids", MOST_IDS)]
    return [_deleted(community, message, for_all) for message in found if message is not None and message.known]


def _named(community: Community, parameters: Parameters) -> Message | None:
    for name in ("cmid", "conversation_message_id"):
        if parameters.has(name):
            dialogue = community.known(parameters.integer("peer_id"))
            return dialogue.known_message(parameters.integer(name)) if dialogue else None
    message = community.messages_by_id.get(parameters.integer("message_id"))
    return message if message is not None and message.known else None


def _deleted(community: Community, message: Message, for_all: bool) -> dict[str, Any]:
    named = {"peer_id": message.peer_id, "message_id": message.id, "conversation_message_id": message.cmid}
    if not for_all:
        message.hidden = True
        return named | {"response": 1}
    if not message.out or community.now() - message.date > WINDOW_S:
        return named | {"error": ApiError(924).item()}
    message.deleted = True
    community.changes.tell("deleted", message)
    dialogue = community.dialogue(message.peer_id)
    if isinstance(dialogue, Conversation) and dialogue.pinned_cmid == message.cmid:
        dialogue.pinned_cmid = None
        community.changes.tell("conversation", dialogue)
    return named | {"response": 1}
