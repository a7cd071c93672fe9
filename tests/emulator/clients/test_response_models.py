"""Every method's answer, in each of its forms, fits the model that vkbottle reads it with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel
from vkbottle_types.codegen.responses import base, docs, groups, messages, photos, users, utils

from bot.emulator import Emulator, Person
from bot.emulator.methods import METHODS
from tests.emulator.clients.conftest import PNG
from tests.emulator.conftest import Bot, upload

INLINE = '{"inline":true,"buttons":[[{"action":{"type":"callback","label":"За","payload":"{}"}}]]}'
MENU = '{"buttons":[[{"action":{"type":"text","label":"Баланс","payload":"{}"},"color":"primary"}]]}'


@dataclass(frozen=True)
class Scene:
    """What parameters speak of: Anna, a member who wrote; Oleg, who did not; a conversation with the bot as admin."""

    own: int
    anna: int
    oleg: int
    council: int
    ticket: str
    file: dict[str, Any]
    picture: dict[str, Any]
    server: int


Params = Callable[[Scene], dict[str, Any]]


class SentToOne(BaseModel):
    """vkbottle has no model for `peer_id`'s answer: a number, which its schema knows as that of the message."""

    response: int


def own(scene: Scene) -> dict[str, Any]:
    return {"group_id": scene.own}


def server(scene: Scene) -> dict[str, Any]:
    return {"group_id": scene.own, "server_id": scene.server}


def nothing(_: Scene) -> dict[str, Any]:
    return {}


ANSWERS: dict[str, list[tuple[Params, type[BaseModel]]]] = {
    "messages.send": [
        (lambda s: {"peer_id": s.anna, "message": "Раз", "random_id": 1}, SentToOne),
        (lambda s: {"chat_id": s.council - 2 * 10**9, "message": "Раз", "random_id": 1}, SentToOne),
        (
            lambda s: {"peer_ids": f"{s.anna},{s.council}", "message": "Раз", "random_id": 1, "keyboard": MENU},
            messages.MessagesSendUserIdsResponse,
        ),
    ],
    "messages.edit": [(lambda s: {"peer_id": s.anna, "cmid": 2, "message": "Два"}, base.BaseBoolResponse)],
    "messages.delete": [
        (lambda s: {"peer_id": s.anna, "cmids": "2", "delete_for_all": 1}, messages.MessagesDeleteFullResponse),
        (lambda s: {"peer_id": s.council, "cmids": "3", "delete_for_all": 1}, messages.MessagesDeleteFullResponse),
    ],
    "messages.sendMessageEventAnswer": [
        (lambda s: {"event_id": s.ticket, "user_id": s.anna, "peer_id": s.anna}, base.BaseOkResponse)
    ],
    "messages.setActivity": [(lambda s: {"peer_id": s.council, "type": "typing"}, base.BaseOkResponse)],
    "messages.isMessagesFromGroupAllowed": [
        (lambda s: own(s) | {"user_id": s.oleg}, messages.MessagesIsMessagesFromGroupAllowedResponse)
    ],
    "messages.getHistory": [
        (lambda s: {"peer_id": s.anna}, messages.MessagesGetHistoryResponse),
        (lambda s: {"peer_id": s.council}, messages.MessagesGetHistoryResponse),
        (lambda s: {"peer_id": s.oleg}, messages.MessagesGetHistoryResponse),
    ],
    "messages.getByConversationMessageId": [
        (
            lambda s: {"peer_id": s.council, "conversation_message_ids": "2,3,99"},
            messages.MessagesGetByConversationMessageIdResponse,
        )
    ],
    "messages.getConversations": [(nothing, messages.MessagesGetConversationsResponse)],
    "messages.getConversationsById": [
        (lambda s: {"peer_ids": f"{s.anna},{s.council}"}, messages.MessagesGetConversationsByIdResponse)
    ],
    "messages.getConversationMembers": [
        (lambda s: {"peer_id": s.council}, messages.MessagesGetConversationMembersResponse)
    ],
    "messages.markAsRead": [(lambda s: {"peer_id": s.anna}, base.BaseOkResponse)],
    "messages.pin": [
        (lambda s: {"peer_id": s.council, "conversation_message_id": 3}, messages.MessagesPinResponse),
    ],
    "messages.unpin": [(lambda s: {"peer_id": s.council}, base.BaseOkResponse)],
    "users.get": [
        (lambda s: {"user_ids": f"{s.anna},{s.oleg},5"}, users.UsersGetResponse),
        (lambda s: {"user_ids": s.anna, "fields": "screen_name,domain,sex"}, users.UsersGetResponse),
    ],
    "utils.resolveScreenName": [
        (lambda s: {"screen_name": f"id{s.anna}"}, utils.UtilsResolveScreenNameResponse),
        (lambda s: {"screen_name": f"club{s.own}"}, utils.UtilsResolveScreenNameResponse),
    ],
    "utils.getShortLink": [(lambda _: {"url": "https://example.org/правила"}, utils.UtilsGetShortLinkResponse)],
    "groups.getById": [(nothing, groups.GroupsGetByIdObjectResponse)],
    "groups.isMember": [
        (lambda s: own(s) | {"user_id": s.anna}, base.BaseBoolResponse),
        (lambda s: own(s) | {"user_ids": f"{s.anna},{s.oleg}"}, groups.GroupsIsMemberUserIdsResponse),
    ],
    "groups.getMembers": [
        (own, groups.GroupsGetMembersResponse),
        (lambda s: own(s) | {"fields": "sex"}, groups.GroupsGetMembersFieldsResponse),
        (lambda s: own(s) | {"filter": "managers"}, groups.GroupsGetMembersFieldsResponse),
    ],
    "groups.getTokenPermissions": [(nothing, groups.GroupsGetTokenPermissionsResponse)],
    "groups.getLongPollServer": [(own, groups.GroupsGetLongPollServerResponse)],
    "groups.getLongPollSettings": [(own, groups.GroupsGetLongPollSettingsResponse)],
    "groups.setLongPollSettings": [(lambda s: own(s) | {"message_new": 1}, base.BaseOkResponse)],
    "groups.addCallbackServer": [
        (lambda s: own(s) | {"title": "Ещё", "url": "http://127.0.0.1:1"}, groups.GroupsAddCallbackServerResponse)
    ],
    "groups.editCallbackServer": [
        (lambda s: server(s) | {"title": "Иначе", "url": "http://127.0.0.1:1"}, base.BaseOkResponse)
    ],
    "groups.deleteCallbackServer": [(server, base.BaseOkResponse)],
    "groups.getCallbackServers": [(own, groups.GroupsGetCallbackServersResponse)],
    "groups.getCallbackConfirmationCode": [(own, groups.GroupsGetCallbackConfirmationCodeResponse)],
    "groups.getCallbackSettings": [(server, groups.GroupsGetCallbackSettingsResponse)],
    "groups.setCallbackSettings": [(server, base.BaseOkResponse)],
    "docs.getMessagesUploadServer": [(lambda s: {"peer_id": s.anna}, docs.DocsGetUploadServerResponse)],
    "docs.getUploadServer": [(own, docs.DocsGetUploadServerResponse)],
    "docs.getWallUploadServer": [(own, base.BaseGetUploadServerResponse)],
    "docs.save": [(lambda s: s.file | {"title": "номера.csv"}, docs.DocsSaveResponse)],
    "photos.getMessagesUploadServer": [
        (lambda s: {"peer_id": s.anna}, photos.PhotosGetMessagesUploadServerResponse),
        (nothing, photos.PhotosGetMessagesUploadServerResponse),
    ],
    "photos.saveMessagesPhoto": [(lambda s: s.picture, photos.PhotosSaveMessagesPhotoResponse)],
}
FORMS = [(method, params, model) for method, forms in ANSWERS.items() for params, model in forms]


@pytest.fixture
async def scene(bot: Bot, emulator: Emulator, anna: Person, stranger: Person) -> Scene:
    community = emulator.community
    emulator.join(anna.id)
    council = emulator.create_conversation(anna.id, "Педсовет", [stranger.id]).peer_id
    emulator.invite(council, anna.id, -community.group_id)
    emulator.set_admin(council, -community.group_id, True)
    emulator.write(anna.id, "/итоги", peer_id=council, attachments=[emulator.attach(anna.id, "а.png", PNG, "photo")])
    await bot.listen("message_new")
    await bot.call("messages.send", peer_id=anna.id, message="За?", random_id=9, keyboard=INLINE)
    await bot.call("messages.send", peer_id=council, message="За?", random_id=9, keyboard=INLINE)
    ticket = emulator.press(anna.id, "За", cmid=2)
    assert isinstance(ticket, str)
    server = community.callbacks.add("Бот", "http://127.0.0.1:1", "")
    document = await bot.call("docs.getMessagesUploadServer", peer_id=anna.id)
    photo = await bot.call("photos.getMessagesUploadServer", peer_id=anna.id)
    file = await upload(bot, document["upload_url"], "номера.csv", b"1;2")
    picture = await upload(bot, photo["upload_url"], "доска.png", PNG, "photo")
    return Scene(community.group_id, anna.id, stranger.id, council, ticket, file, picture, server.id)


def test_the_table_names_every_method_of_the_emulator_and_no_other() -> None:
    assert ANSWERS.keys() == METHODS.keys()


@pytest.mark.parametrize(
    ("method", "params", "model"),
    FORMS,
    ids=[f"{method}-{number}" for number, (method, _, _) in enumerate(FORMS)],
)
async def test_an_answer_fits_the_model_that_vkbottle_reads_it_with(
    bot: Bot, scene: Scene, method: str, params: Params, model: type[BaseModel]
) -> None:
    told = await bot.whole(method, **params(scene))
    assert "error" not in told, told
    model(**told)
