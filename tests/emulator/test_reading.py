"""Reading: history, dialogues, people, the community."""

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot


async def test_history_is_newest_first_paged_and_shows_own_random_ids(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Ответ", random_id=99)
    emulator.write(anna.id, "Спасибо")
    told = await bot.call("messages.getHistory", peer_id=anna.id, count=2)
    assert told["count"] == 3
    assert [(one["text"], one["random_id"]) for one in told["items"]] == [("Спасибо", 0), ("Ответ", 99)]
    older = await bot.call("messages.getHistory", peer_id=anna.id, start_cmid=2, count=10)
    assert [one["conversation_message_id"] for one in older["items"]] == [2, 1]
    newer = await bot.call("messages.getHistory", peer_id=anna.id, start_cmid=2, rev=1, offset=1)
    assert [one["conversation_message_id"] for one in newer["items"]] == [3]


async def test_history_of_nobody_is_empty_and_of_a_foreign_conversation_917(bot: Bot) -> None:
    assert await bot.call("messages.getHistory", peer_id=5) == {"count": 0, "items": []}
    assert await bot.error("messages.getHistory", peer_id=2_000_000_005) == 917


async def test_dialogues_come_latest_first_with_their_last_cmid(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "Я новый")
    emulator.write(anna.id, "И я ещё")
    told = await bot.call("messages.getConversations", extended=1)
    heads = [
        (one["conversation"]["peer"]["id"], one["conversation"]["last_conversation_message_id"])
        for one in told["items"]
    ]
    assert heads == [(anna.id, 2), (stranger.id, 1)]
    assert [profile["id"] for profile in told["profiles"]] == [anna.id, stranger.id]


async def test_an_answered_dialogue_is_neither_unread_nor_unanswered(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "Жду")
    await bot.call("messages.send", peer_id=anna.id, message="Ответ", random_id=1)
    for filter_ in ("unread", "unanswered"):
        told = await bot.call("messages.getConversations", filter=filter_)
        assert [one["conversation"]["peer"]["id"] for one in told["items"]] == [stranger.id]
    assert await bot.error("messages.getConversations", filter="spam") == 100


async def test_dialogues_by_id_tell_whether_one_may_write(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.deny(anna.id)
    told = await bot.call("messages.getConversationsById", peer_ids=f"{anna.id},{stranger.id}")
    assert told["count"] == 1
    assert told["items"][0]["can_write"] == {"allowed": False, "reason": 901}
    own = emulator.community.group_id
    assert await bot.call("messages.isMessagesFromGroupAllowed", group_id=own, user_id=anna.id) == {"is_allowed": 0}


async def test_messages_are_found_by_their_numbers_in_the_dialogue(bot: Bot, anna: Person) -> None:
    told = await bot.call("messages.getByConversationMessageId", peer_id=anna.id, conversation_message_ids="1,7")
    assert [one["text"] for one in told["items"]] == ["Привет"]


async def test_people_are_told_by_id_and_unknown_ones_left_out(bot: Bot, anna: Person) -> None:
    told = await bot.call("users.get", user_ids=f"{anna.id},5,id{anna.id}", fields="domain", name_case="gen")
    assert [(one["id"], one["first_name"], one["domain"]) for one in told] == [(anna.id, "Анна", f"id{anna.id}")] * 2
    assert await bot.call("users.get") == []
    assert await bot.error("users.get", user_ids=anna.id, name_case="voc") == 100
    assert await bot.error("users.get", user_ids=",".join(["1"] * 1001)) == 100


async def test_short_names_lead_to_people_and_to_the_community(bot: Bot, emulator: Emulator, anna: Person) -> None:
    own = emulator.community
    assert (await bot.call("utils.resolveScreenName", screen_name=own.screen_name))["object_id"] == own.group_id
    told = await bot.call("utils.resolveScreenName", screen_name=f"id{anna.id}")
    assert told == {"type": "user", "object_id": anna.id}
    assert await bot.error("utils.resolveScreenName", screen_name="nobody") == 104


async def test_the_community_and_its_members_are_told(bot: Bot, emulator: Emulator, anna: Person) -> None:
    own = emulator.community
    assert (await bot.call("groups.getById", group_ids=own.screen_name))["groups"][0]["name"] == own.name
    assert await bot.error("groups.getById", group_ids="foreign") == 100
    assert await bot.call("groups.isMember", group_id=own.group_id, user_id=anna.id) == 0
    anna.is_member = True
    told = await bot.call("groups.isMember", group_id=own.group_id, user_ids=f"{anna.id},5")
    assert told == [{"user_id": anna.id, "member": 1}, {"user_id": 5, "member": 0}]


async def test_typing_is_shown_for_ten_seconds_at_most(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.call("messages.setActivity", peer_id=anna.id, type="typing")
    assert emulator.dialogue(anna.id).typing_until == emulator.community.now() + 10
    await bot.call("messages.send", peer_id=anna.id, message="Вот", random_id=1)
    assert emulator.dialogue(anna.id).typing_until == 0
    assert await bot.error("messages.setActivity", peer_id=anna.id, type="dancing") == 100


async def test_members_and_managers_are_listed_as_numbers_or_as_persons(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    group = {"group_id": emulator.community.group_id}
    anna.is_member = stranger.is_member = True
    anna.role = "administrator"
    everybody = [anna.id, stranger.id]
    assert await bot.call("groups.getMembers", **group) == {"count": 2, "items": everybody}
    page = await bot.call("groups.getMembers", **group, offset=1, count=1, sort="id_desc")
    assert page == {"count": 2, "items": [anna.id]}
    shown = (await bot.call("groups.getMembers", **group, fields="domain"))["items"][0]
    assert (shown["first_name"], shown["domain"]) == ("Анна", f"id{anna.id}")
    managers = await bot.call("groups.getMembers", **group, filter="managers")
    assert managers == {"count": 1, "items": [{"id": anna.id, "role": "administrator"}]}
    assert await bot.error("groups.getMembers", group_id=5) == 125
    for wrong in ({"count": 1001}, {"sort": "name"}, {"filter": "strangers"}):
        assert await bot.error("groups.getMembers", **group, **wrong) == 100
    emulator.community.permissions -= {"manage"}
    assert await bot.error("groups.getMembers", **group, filter="managers") == 15


async def test_an_address_has_one_short_link_unless_a_private_one_is_wanted(bot: Bot) -> None:
    told = await bot.call("utils.getShortLink", url="https://example.org/правила")
    assert told["short_url"] == f"https://vk.cc/{told['key']}"
    assert await bot.call("utils.getShortLink", url="https://example.org/правила") == told
    private = await bot.call("utils.getShortLink", url="https://example.org/правила", private=1)
    assert private["key"] != told["key"]
    for wrong in ("example.org", "javascript:alert(1)", "https://", ""):
        assert await bot.error("utils.getShortLink", url=wrong) == 100


async def test_a_dialogue_marked_as_read_is_unread_no_longer(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "Ещё")
    await bot.call("messages.markAsRead", peer_id=anna.id, start_message_id=1)
    (told,) = (await bot.call("messages.getConversations", filter="unread"))["items"]
    assert told["conversation"]["unread_count"] == 1
    assert await bot.call("messages.markAsRead", peer_id=anna.id) == 1
    assert await bot.call("messages.getConversations", filter="unread") == {"count": 0, "items": []}
    assert await bot.error("messages.markAsRead", peer_id=anna.id, start_message_id=99) == 100
    assert await bot.error("messages.markAsRead", peer_id=2_000_000_001) == 917
