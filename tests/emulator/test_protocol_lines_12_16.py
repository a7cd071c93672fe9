"""Lines 12 to 16: conversations, their admins, edits and deletions."""

import pytest

from bot.emulator import Conversation, Emulator, Person
from tests.emulator.conftest import Bot, Clock


async def test_line_12_a_conversation_without_the_bot_and_a_group_as_peer_are_refused(bot: Bot) -> None:
    assert await bot.error("messages.send", peer_id=2_000_000_001, message="Всем", random_id=1) == 917
    assert await bot.error("messages.send", chat_id=1, message="Всем", random_id=1) == 917
    assert await bot.error("messages.send", peer_id=-5, message="Всем", random_id=1) == 936


async def test_line_14_a_message_older_than_a_day_cannot_be_edited(
    bot: Bot, emulator: Emulator, anna: Person, clock: Clock
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=1)
    clock.advance(24 * 3600 + 1)
    assert await bot.error("messages.edit", peer_id=anna.id, message_id=message_id, message="Два") == 909


async def test_line_14_a_wrong_edit_has_the_code_of_its_reason_and_changes_nothing(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=1)
    own = {"peer_id": anna.id, "message_id": message_id}
    assert await bot.error("messages.edit", peer_id=anna.id, cmid=1, message="Не моё") == 920
    assert await bot.error("messages.edit", peer_id=anna.id, cmid=99, message="Нет такого") == 100
    assert await bot.error("messages.edit", peer_id=stranger.id, cmid=1, message="Чужое") == 901
    assert await bot.error("messages.edit", **own, message="") == 100
    assert await bot.error("messages.edit", **own, message="я" * 4097) == 914
    assert await bot.error("messages.edit", **own, message="Раз", keyboard="[]") == 911
    assert emulator.dialogue(anna.id).messages[-1].text == "Раз"


async def test_line_15_deleting_for_all_removes_own_fresh_messages_and_refuses_others_one_by_one(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Лишнее", random_id=1)
    items = await bot.call("messages.delete", peer_id=anna.id, cmids="1,2,9", delete_for_all=1)
    assert [item.get("response") for item in items] == [None, 1]
    assert items[0]["error"]["code"] == 924
    history = await bot.call("messages.getHistory", peer_id=anna.id)
    assert [message["text"] for message in history["items"]] == ["Привет"]


async def test_line_15_deleting_for_all_after_a_day_is_refused_with_924(
    bot: Bot, emulator: Emulator, anna: Person, clock: Clock
) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Старое", random_id=1)
    clock.advance(24 * 3600 + 1)
    items = await bot.call("messages.delete", message_ids=message_id, delete_for_all=1)
    assert items[0]["error"]["code"] == 924


async def test_line_12_a_bot_never_invited_is_917_in_sending_and_927_in_the_methods_of_admins(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    peer_id = emulator.create_conversation(anna.id, "Без бота").peer_id
    assert await bot.error("messages.send", peer_id=peer_id, message="Всем", random_id=1) == 917
    assert await bot.error("messages.getHistory", peer_id=peer_id) == 917
    for unknown in (peer_id, 2_000_000_099):
        assert await bot.error("messages.getConversationMembers", peer_id=unknown) == 927
        assert await bot.error("messages.getConversationsById", peer_ids=unknown) == 927
        assert await bot.error("messages.pin", peer_id=unknown, cmid=1) == 927
        assert await bot.error("messages.unpin", peer_id=unknown) == 927


async def test_line_12_a_kicked_bot_is_told_so_and_refused_until_it_is_invited_again(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    own = -emulator.community.group_id
    emulator.let_see_all(chat.peer_id, True)
    await bot.listen("message_new")
    emulator.kick(chat.peer_id, anna.id, own)
    emulator.write(anna.id, "/пока его нет", peer_id=chat.peer_id)
    (event,) = await bot.events()
    assert event["object"]["message"]["action"] == {"type": "chat_kick_user", "member_id": own}
    send = {"peer_id": chat.peer_id, "message": "Всем", "random_id": 1}
    assert await bot.error("messages.send", **send) == 917
    (item,) = await bot.call("messages.send", **send | {"peer_ids": chat.peer_id})
    assert item == {
        "peer_id": chat.peer_id,
        "error": {"code": 917, "description": "You don't have access to this chat"},
    }
    assert await bot.error("messages.edit", peer_id=chat.peer_id, cmid=2, message="а") == 917
    assert await bot.error("messages.getConversationMembers", peer_id=chat.peer_id) == 917
    emulator.invite(chat.peer_id, anna.id, own)
    assert await bot.call("messages.send", **send) == 0
    assert not chat.sees_all
    history = await bot.call("messages.getHistory", peer_id=chat.peer_id)
    assert "/пока его нет" not in [message["text"] for message in history["items"]]


@pytest.mark.parametrize("code", [993, 986, 1016, 917])
async def test_line_12_a_conversation_that_was_closed_or_moved_refuses_with_its_code(
    bot: Bot, emulator: Emulator, chat: Conversation, code: int
) -> None:
    emulator.refuse(chat.peer_id, code)
    assert await bot.error("messages.send", peer_id=chat.peer_id, message="Всем", random_id=1) == code
    emulator.refuse(chat.peer_id, None)
    assert await bot.call("messages.send", peer_id=chat.peer_id, message="Всем", random_id=1) == 0


async def test_line_13_members_are_917_and_pins_925_until_the_bot_is_an_admin(
    bot: Bot, emulator: Emulator, chat: Conversation
) -> None:
    here = {"peer_id": chat.peer_id}
    assert await bot.error("messages.getConversationMembers", **here) == 917
    assert await bot.error("messages.pin", **here, cmid=2) == 925
    assert await bot.error("messages.unpin", **here) == 925
    assert await bot.call("messages.getConversationsById", peer_ids=chat.peer_id) == {"count": 0, "items": []}
    emulator.set_admin(chat.peer_id, -emulator.community.group_id, True)
    assert (await bot.call("messages.getConversationMembers", **here))["count"] == 3
    assert (await bot.call("messages.getConversationsById", peer_ids=chat.peer_id))["count"] == 1


async def test_line_13_an_admin_learns_who_is_in_the_conversation_and_with_which_rights(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    own = emulator.community.group_id
    emulator.set_admin(chat.peer_id, -own, True)
    told = await bot.call("messages.getConversationMembers", peer_id=chat.peer_id)
    joined = {"invited_by": anna.id, "join_date": 1760000000}
    assert told["items"] == [
        {"member_id": anna.id, **joined, "is_admin": True, "is_owner": True, "can_kick": False},
        {"member_id": boris.id, **joined, "can_kick": True},
        {"member_id": -own, **joined, "is_admin": True},
    ]
    assert [profile["first_name"] for profile in told["profiles"]] == ["Анна", "Борис"]
    assert [group["id"] for group in told["groups"]] == [own]
    assert set(told["chat_restrictions"].values()) == {False}
    page = await bot.call("messages.getConversationMembers", peer_id=chat.peer_id, offset=1, count=1)
    assert (page["count"], [item["member_id"] for item in page["items"]]) == (3, [boris.id])
    assert await bot.error("messages.getConversationMembers", peer_id=chat.peer_id, count=1001) == 100


async def test_line_13_an_admin_pins_what_it_may_see_and_unpins_it_again(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    here = {"peer_id": chat.peer_id}
    emulator.set_admin(chat.peer_id, -emulator.community.group_id, True)
    await bot.call("messages.send", **here, message="Итоги", random_id=1)
    emulator.write(anna.id, "Между собой", peer_id=chat.peer_id)
    assert (await bot.call("messages.pin", **here, cmid=3))["text"] == "Итоги"
    assert (chat.pinned_cmid, (chat.messages[-1].action or {})["type"]) == (3, "chat_pin_message")
    assert await bot.error("messages.edit", **here, cmid=3, message="Другие итоги") == 949
    (told,) = (await bot.call("messages.getConversationsById", peer_ids=chat.peer_id))["items"]
    assert told["chat_settings"]["pinned_message"]["text"] == "Итоги"
    for cmid, code in ((4, 100), (99, 100), (2, 980)):
        assert await bot.error("messages.pin", **here, cmid=cmid) == code
    assert await bot.call("messages.unpin", **here) == 1
    await bot.call("messages.delete", **here, cmids=3, delete_for_all=1)
    assert await bot.error("messages.pin", **here, cmid=3) == 1018
    assert chat.pinned_cmid is None


async def test_line_14_in_a_conversation_own_messages_are_edited_and_others_are_not(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    await bot.call("messages.send", peer_id=chat.peer_id, message="1/2", random_id=1)
    emulator.write(boris.id, "/моё", peer_id=chat.peer_id)
    assert await bot.call("messages.edit", peer_id=chat.peer_id, cmid=3, message="2/2") == 1
    assert chat.messages[2].text == "2/2"
    assert await bot.error("messages.edit", peer_id=chat.peer_id, cmid=4, message="не моё") == 920


async def test_line_15_in_a_conversation_too_only_own_messages_are_deleted_for_all(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    emulator.set_admin(chat.peer_id, -emulator.community.group_id, True)
    await bot.call("messages.send", peer_id=chat.peer_id, message="Лишнее", random_id=1)
    emulator.write(boris.id, "/моё", peer_id=chat.peer_id)
    items = await bot.call("messages.delete", peer_id=chat.peer_id, cmids="3,4", delete_for_all=1)
    assert items[0] == {"peer_id": chat.peer_id, "message_id": 0, "conversation_message_id": 3, "response": 1}
    assert items[1]["error"]["code"] == 924
    assert [chat.message(cmid) is None for cmid in (3, 4)] == [True, False]


async def test_line_15_deleted_for_the_community_only_a_message_stays_on_the_persons_screen(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.delete", peer_id=anna.id, cmids=1)
    assert (await bot.call("messages.getHistory", peer_id=anna.id))["count"] == 0
    assert emulator.dialogue(anna.id).message(1)


async def test_line_16_a_send_to_a_conversation_gives_0_and_only_the_list_form_tells_the_cmid(
    bot: Bot, anna: Person, chat: Conversation
) -> None:
    assert await bot.call("messages.send", peer_id=chat.peer_id, message="Раз", random_id=1) == 0
    assert await bot.call("messages.send", chat_id=chat.chat_id, message="Два", random_id=2) == 0
    peers = f"{chat.peer_id},{anna.id}"
    assert await bot.call("messages.send", peer_ids=peers, message="Три", random_id=3) == [
        {"peer_id": chat.peer_id, "message_id": 0, "conversation_message_id": 5},
        {"peer_id": anna.id, "message_id": 2, "conversation_message_id": 2},
    ]
    repeated = await bot.call("messages.send", peer_ids=chat.peer_id, message="Три", random_id=3)
    assert repeated[0]["conversation_message_id"] == 5
