"""The methods of the VK API that the emulator answers, one module per section of the API.

A method is a plain function of the community and the call's parameters; what it returns goes under `response`.
`execute` is not here: it calls methods and lives in `vkscript.py`.
"""

from collections.abc import Callable
from typing import Any

from bot.emulator.community import Community
from bot.emulator.methods import (
    answers,
    callback_servers,
    chats,
    edits,
    groups,
    history,
    sending,
    short_links,
    uploads,
    users,
)
from bot.emulator.parameters import Parameters

Method = Callable[[Community, Parameters], Any]

METHODS: dict[str, Method] = {
    "messages.send": sending.send,
    "messages.edit": edits.edit,
    "messages.delete": edits.delete,
    "messages.sendMessageEventAnswer": answers.send_message_event_answer,
    "messages.setActivity": answers.set_activity,
    "messages.isMessagesFromGroupAllowed": answers.is_messages_from_group_allowed,
    "messages.getHistory": history.get_history,
    "messages.getByConversationMessageId": history.get_by_conversation_message_id,
    "messages.getConversations": history.get_conversations,
    "messages.getConversationsById": history.get_conversations_by_id,
    "messages.getConversationMembers": chats.get_conversation_members,
    "messages.markAsRead": history.mark_as_read,
    "messages.pin": chats.pin,
    "messages.unpin": chats.unpin,
    "users.get": users.get,
    "utils.resolveScreenName": users.resolve_screen_name,
    "utils.getShortLink": short_links.get_short_link,
    "groups.getById": groups.get_by_id,
    "groups.isMember": groups.is_member,
    "groups.getMembers": groups.get_members,
    "groups.getTokenPermissions": groups.get_token_permissions,
    "groups.getLongPollServer": groups.get_long_poll_server,
    "groups.getLongPollSettings": groups.get_long_poll_settings,
    "groups.setLongPollSettings": groups.set_long_poll_settings,
    "groups.addCallbackServer": callback_servers.add,
    "groups.editCallbackServer": callback_servers.edit,
    "groups.deleteCallbackServer": callback_servers.delete,
    "groups.getCallbackServers": callback_servers.get,
    "groups.getCallbackConfirmationCode": callback_servers.get_confirmation_code,
    "groups.getCallbackSettings": callback_servers.get_settings,
    "groups.setCallbackSettings": callback_servers.set_settings,
    "docs.getMessagesUploadServer": uploads.docs_get_messages_upload_server,
    "docs.getUploadServer": uploads.docs_get_upload_server,
    "docs.getWallUploadServer": uploads.docs_get_upload_server,
    "docs.save": uploads.docs_save,
    "photos.getMessagesUploadServer": uploads.photos_get_messages_upload_server,
    "photos.saveMessagesPhoto": uploads.photos_save_messages_photo,
}
