"""Conversations as their members live them, over the control API: who may do what, what is announced, what is read."""

import aiohttp
import pytest

from bot.emulator import Client, Conversation, Emulator, NotOnScreen, Person
from tests.emulator.conftest import Bot, Page, keyboard, picture, text


def actions(chat: Conversation) -> list[str]:
    return [message.action["type"] for message in chat.messages if message.action]


async def test_a_conversation_is_made_filled_renamed_and_left_from_the_page(
    page: Page, emulator: Emulator, anna: Person, boris: Person
) -> None:
    own = -emulator.community.group_id
    made = await page.post("/conversations", owner=anna.id, title=" Педсовет ", members=[boris.id])
    assert (made["title"], made["bot"]["present"]) == ("Педсовет", False)
    here = f"/conversations/{made['peer_id']}"
    joined = await page.post(here + "/members", by=boris.id, member=own)
    assert joined["bot"] == {"present": True, "is_admin": False, "sees_all": False}
    assert joined["members"] == [
        {"id": anna.id, "is_admin": True, "is_owner": True, "invited_by": anna.id},
        {"id": boris.id, "is_admin": False, "is_owner": False, "invited_by": anna.id},
        {"id": own, "is_admin": False, "is_owner": False, "invited_by": boris.id},
    ]
    assert (await page.post(here + "/rights", member=own, is_admin=True))["bot"]["is_admin"]
    assert (await page.post(here + "/rights", sees_all=True))["bot"]["sees_all"]
    assert (await page.post(here + "/title", by=boris.id, title="Совет"))["title"] == "Совет"
    status, left = await page.asked("DELETE", f"{here}/members/{boris.id}?by={boris.id}")
    assert (status, [member["id"] for member in left["members"]]) == (200, [anna.id, own])
    told = left["last_message"]["action"]
    assert told == {"type": "chat_kick_user", "member_id": boris.id}
    assert (await page.get("/conversations"))["conversations"] == [left]
    assert (await page.get(here)) == left
    announced = ["chat_create", "chat_invite_user", "chat_title_update", "chat_kick_user"]
    assert actions(emulator.community.conversation(made["peer_id"])) == announced


async def test_what_a_member_may_not_do_is_refused_and_announced_to_nobody(
    page: Page, emulator: Emulator, anna: Person, boris: Person, stranger: Person, chat: Conversation
) -> None:
    own, here = -emulator.community.group_id, f"/conversations/{chat.peer_id}"
    for method, path, body, status in (
        ("POST", "/conversations", {"title": "Без хозяина"}, 400),
        ("POST", "/conversations", {"owner": anna.id, "title": " "}, 400),
        ("POST", "/conversations", {"owner": anna.id, "title": "а", "members": ["b"]}, 400),
        ("POST", "/conversations", {"owner": 5, "title": "а"}, 404),
        ("POST", here + "/members", {"by": anna.id}, 400),
        ("POST", here + "/members", {"by": anna.id, "member": boris.id}, 409),
        ("POST", here + "/members", {"by": anna.id, "member": 5}, 404),
        ("POST", here + "/members", {"by": stranger.id, "member": stranger.id}, 409),
        ("DELETE", f"{here}/members/{own}?by={boris.id}", {}, 409),
        ("DELETE", f"{here}/members/{anna.id}?by={boris.id}", {}, 409),
        ("DELETE", f"{here}/members/{stranger.id}?by={anna.id}", {}, 404),
        ("DELETE", f"{here}/members/{boris.id}", {}, 404),
        ("POST", here + "/title", {"by": stranger.id, "title": "Взлом"}, 409),
        ("POST", here + "/title", {"title": "Взлом"}, 400),
        ("POST", here + "/rights", {"member": anna.id, "is_admin": False}, 409),
        ("POST", here + "/rights", {"member": stranger.id, "is_admin": True}, 409),
        ("POST", here + "/rights", {"member": boris.id}, 400),
        ("POST", here + "/refuse", {"code": 0}, 400),
        ("POST", f"/persons/{stranger.id}/write", {"text": "а", "peer_id": chat.peer_id}, 409),
        ("POST", f"/persons/{stranger.id}/read", {"peer_id": chat.peer_id}, 409),
        ("POST", f"/persons/{anna.id}/write", {"text": "а", "peer_id": 2_000_000_009}, 404),
        ("GET", "/conversations/2000000009", {}, 404),
        ("GET", "/dialogues/2000000009", {}, 404),
    ):
        answered, told = await page.asked(method, path, json=body)
        assert (answered, bool(told["error"])) == (status, True), (path, body, told)
    assert actions(chat) == ["chat_create", "chat_invite_user"]
    assert list(chat.members) == [anna.id, boris.id, own]


async def test_the_switches_that_let_the_community_in_are_set_from_the_page(
    page: Page, emulator: Emulator, anna: Person
) -> None:
    peer_id = emulator.create_conversation(anna.id, "Педсовет").peer_id
    settings = (await page.post("/community", bots_add_to_chat=False))["settings"]
    assert settings == {"bot_capabilities": True, "bots_add_to_chat": False}
    invite = {"by": anna.id, "member": -emulator.community.group_id}
    assert (await page.asked("POST", f"/conversations/{peer_id}/members", json=invite))[0] == 409
    await page.post("/community", bots_add_to_chat=True)
    assert (await page.post(f"/conversations/{peer_id}/members", **invite))["bot"]["present"]


async def test_members_write_press_and_read_each_for_themselves(
    page: Page, bot: Bot, anna: Person, boris: Person, chat: Conversation
) -> None:
    here = {"peer_id": chat.peer_id}
    shown = keyboard([{"action": {"type": "callback", "label": "За", "payload": "{}"}}], inline=True)
    await page.post(f"/persons/{anna.id}/write", **here, text="/голосуем")
    await bot.call("messages.send", **here, message="За?", random_id=1, keyboard=shown)
    ticket = (await page.post(f"/persons/{boris.id}/press", **here, cmid=4, row=0, column=0))["ticket"]
    dialogue = await page.get(f"/dialogues/{chat.peer_id}")
    assert [one["ticket"] for one in dialogue["open_presses"]] == [ticket]
    assert [message["id"] for message in dialogue["messages"]] == [0, 0, 0, 0]
    assert dialogue["conversation"]["unread"] == {str(anna.id): 1, str(boris.id): 4}
    await page.post(f"/persons/{boris.id}/read", **here)
    assert (await page.get(f"/conversations/{chat.peer_id}"))["unread"] == {str(anna.id): 1, str(boris.id): 0}
    assert not dialogue["begin_offered"]


async def test_the_stream_tells_of_changes_in_a_conversation(
    page: Page, emulator: Emulator, chat: Conversation
) -> None:
    async with page.session.get(page.root + "/stream") as stream:
        assert (await stream.content.readline()).startswith(b":")
        emulator.refuse(chat.peer_id, 993)
        await stream.content.readuntil(b"event: conversation\ndata: ")
        assert b'"refused_with":993' in await stream.content.readline()


async def test_a_keyboard_below_the_input_is_everybodys_and_leaves_with_the_bot(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    send = {"peer_id": chat.peer_id, "message": "Меню", "random_id": 0}
    await bot.call("messages.send", **send, keyboard=keyboard([text("Итоги")]))
    for member in (anna, boris):
        assert emulator.press(member.id, "Итоги", chat.peer_id)
    emulator.kick(chat.peer_id, anna.id, -emulator.community.group_id)
    with pytest.raises(NotOnScreen):
        emulator.press(boris.id, "Итоги", chat.peer_id)


async def test_an_old_app_in_a_conversation_sends_the_press_as_a_message_to_the_bot(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    old = emulator.add_person("Пётр", "Ильин", client=Client(callback_buttons=False))
    emulator.invite(chat.peer_id, anna.id, old.id)
    shown = keyboard([{"action": {"type": "callback", "label": "За", "payload": {"o": 2}}}], inline=True)
    await bot.call("messages.send", peer_id=chat.peer_id, message="За?", random_id=1, keyboard=shown)
    await bot.listen("message_new", "message_event")
    emulator.press(old.id, "За", chat.peer_id)
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert message["text"] == f"{emulator.community.mention} За"
    assert '"not_supported_button"' in message["payload"]


async def test_a_press_below_an_old_message_of_a_bot_that_is_gone_reaches_nobody(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    shown = keyboard([{"action": {"type": "callback", "label": "За", "payload": {}}}], inline=True)
    await bot.call("messages.send", peer_id=chat.peer_id, message="За?", random_id=1, keyboard=shown)
    emulator.kick(chat.peer_id, anna.id, -emulator.community.group_id)
    await bot.listen("message_event")
    assert emulator.press(boris.id, "За", chat.peer_id)
    assert await bot.events() == []


async def test_a_press_below_an_old_message_arrives_however_much_was_said_since(
    page: Page, bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    shown = keyboard([{"action": {"type": "callback", "label": "За", "payload": {"o": 1}}}], inline=True)
    here = {"peer_id": chat.peer_id}
    await bot.call("messages.send", **here, message="За?", random_id=1, keyboard=shown)
    vote = chat.last_cmid
    await bot.call("messages.send", **here, message="Снова: за?", random_id=2, keyboard=shown)
    for number in range(200):
        emulator.write(anna.id, f"Реплика {number}", peer_id=chat.peer_id)
    await bot.listen("message_event")
    ticket = (await page.post(f"/persons/{boris.id}/press", **here, cmid=vote, row=0, column=0))["ticket"]
    assert (await bot.events())[0]["object"] == {
        "user_id": boris.id,
        "peer_id": chat.peer_id,
        "event_id": ticket,
        "payload": {"o": 1},
        "conversation_message_id": vote,
    }
    answer = {"event_id": ticket, "user_id": boris.id, "event_data": '{"type":"show_snackbar","text":"Закрыто"}'}
    assert await bot.call("messages.sendMessageEventAnswer", **here, **answer) == 1
    assert [(one.user_id, one.cmid) for one in chat.popups] == [(boris.id, vote)]


async def test_a_photo_with_a_mention_is_sent_as_a_reply_from_the_page(
    page: Page, bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    await bot.call("messages.send", peer_id=chat.peer_id, message="Задание", random_id=1)
    await bot.listen("message_new")
    form = aiohttp.FormData()
    form.add_field("file", picture(40, 30), filename="доска.png")
    _, stored = await page.asked("POST", f"/persons/{boris.id}/files?as=photo", data=form)
    sent = {"peer_id": chat.peer_id, "reply_to": chat.last_cmid, "attachments": [stored["attachment"]]}
    await page.post(f"/persons/{boris.id}/write", **sent, text="Смотрите")
    await page.post(f"/persons/{boris.id}/write", **sent, text="@ugu_local работа")
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert message["text"] == f"{emulator.community.mention} работа"
    assert message["reply_message"]["text"] == "Задание"
    (photo,) = message["attachments"]
    assert (photo["type"], photo["photo"]["owner_id"]) == ("photo", boris.id)
    async with bot.session.get(photo["photo"]["sizes"][0]["url"]) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")


async def test_pictures_go_into_a_conversation_from_both_sides(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_new")
    photo = emulator.attach(boris.id, "доска.png", picture(40, 30), "photo")
    emulator.write(boris.id, "/доска", peer_id=chat.peer_id, attachments=[photo])
    (event,) = await bot.events()
    (attached,) = event["object"]["message"]["attachments"]
    assert (attached["photo"]["owner_id"], attached["photo"]["sizes"][0]["width"]) == (boris.id, 40)
    address = (await bot.call("photos.getMessagesUploadServer", peer_id=chat.peer_id))["upload_url"]
    form = aiohttp.FormData()
    form.add_field("photo", picture(20, 10), filename="x.png")
    async with bot.session.post(address, data=form) as answer:
        (saved,) = await bot.call("photos.saveMessagesPhoto", **await answer.json())
    assert saved["owner_id"] == -emulator.community.group_id
    reference = f"photo{saved['owner_id']}_{saved['id']}"
    await bot.call("messages.send", peer_id=chat.peer_id, attachment=reference, random_id=1)
    assert chat.messages[-1].attachments[0]["photo"]["id"] == saved["id"]


async def test_typing_shows_in_a_conversation_and_who_is_not_there_cannot_type(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    assert await bot.call("messages.setActivity", peer_id=chat.peer_id, type="typing") == 1
    assert chat.typing_until == emulator.community.now() + 10
    emulator.kick(chat.peer_id, anna.id, -emulator.community.group_id)
    assert await bot.error("messages.setActivity", peer_id=chat.peer_id, type="typing") == 917
