"""messages.send: one text to one peer or to a hundred, never twice under one `random_id`."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.dialogues import CONVERSATIONS_FROM, Message
from bot.emulator.errors import ApiError
from bot.emulator.methods import contents, users
from bot.emulator.methods.contents import Contents
from bot.emulator.parameters import Parameters

MOST_PEERS = 100
INT32 = 2**31
NO_RECIPIENT = "you should specify peer_id, user_id, domain, chat_id or user_ids param"


def send(community: Community, parameters: Parameters) -> int | list[dict[str, Any]]:
    """Write to somebody: the message's id (0 in a conversation), or with `peer_ids` one item for each with its ids or
    its own error."""
    community.needs("messages")
    random_id = _in_32_bits(parameters.integer("random_id"))
    for several in ("peer_ids", "user_ids"):
        if parameters.has(several):
            peers = parameters.integers(several, MOST_PEERS)
            said = contents.read(community, parameters)
            return [_item(community, peer_id, said, random_id) for peer_id in peers]
    peer_id = _recipient(community, parameters)
    return _deliver(community, peer_id, contents.read(community, parameters), random_id).id


def _in_32_bits(random_id: int) -> int:
    # Clients in wide use (vk-io) send longer ones; that VK takes them, and loses what overflows, is inferred from that.
    return (random_id + INT32) % (2 * INT32) - INT32


def _recipient(community: Community, parameters: Parameters) -> int:
    for name in ("peer_id", "user_id"):
        if parameters.has(name):
            return parameters.integer(name)
    if parameters.has("chat_id"):
        return CONVERSATIONS_FROM + parameters.integer("chat_id")
    if not parameters.has("domain"):
        raise ApiError(100, NO_RECIPIENT)
    person = users.by_screen_name(community, parameters.text("domain"))
    if person is None:
        raise ApiError(936)
    return person.id


def _item(community: Community, peer_id: int, said: Contents, random_id: int) -> dict[str, Any]:
    try:
        message = _deliver(community, peer_id, said, random_id)
    except ApiError as refusal:
        return {"peer_id": peer_id, "error": refusal.item()}
    return {"peer_id": peer_id, "message_id": message.id, "conversation_message_id": message.cmid}


def _deliver(community: Community, peer_id: int, said: Contents, random_id: int) -> Message:
    dialogue = community.reachable(peer_id)
    earlier = dialogue.sent_before(random_id, community.now())
    if earlier is not None:
        return earlier
    if peer_id >= CONVERSATIONS_FROM and community.chat_flood is not None:
        community.chat_flood.count(peer_id, community.now())
    message = community.numbered(dialogue, -community.group_id, said.text)
    message.random_id = random_id
    said.fill(community, message)
    community.append(dialogue, message)
    dialogue.read_by_community = message.cmid
    if said.keyboard is not None and not said.keyboard["inline"]:
        dialogue.keyboard = said.keyboard if said.keyboard["buttons"] else None
    community.changes.tell("message", message)
    if community.events.wanted("message_reply"):
        community.events.put("message_reply", message.described())
    return message
