"""The methods of the VK API that the emulator answers, one module per section of the API.

A method is a plain function of the community and the call's parameters; what it returns goes under `response`.
`execute` is not here: it calls methods and lives in `vkscript.py`.
"""

from collections.abc import Callable
from typing import Any

from bot.emulator.community import Community
from bot.emulator.methods import answers, edits, groups, history, sending, uploads, users
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
    "users.get": users.get,
    "utils.resolveScreenName": users.resolve_screen_name,
    "groups.getById": groups.get_by_id,
    "groups.isMember": groups.is_member,
    "groups.getTokenPermissions": groups.get_token_permissions,
    "groups.getLongPollServer": groups.get_long_poll_server,
    "groups.getLongPollSettings": groups.get_long_poll_settings,
    "groups.setLongPollSettings": groups.set_long_poll_settings,
    "docs.getMessagesUploadServer": uploads.docs_get_messages_upload_server,
    "docs.getUploadServer": uploads.docs_get_upload_server,
    "docs.getWallUploadServer": uploads.docs_get_upload_server,
    "docs.save": uploads.docs_save,
    "photos.getMessagesUploadServer": uploads.photos_get_messages_upload_server,
    "photos.saveMessagesPhoto": uploads.photos_save_messages_photo,
}
