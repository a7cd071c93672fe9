"""Lines 22, 23 and 25: what the bot hears and is told of, uploads. Line 24 is that of Callback servers."""

import json

from bot.emulator import Conversation, Emulator, Person
from tests.emulator.conftest import Bot, keyboard, picture, text, upload


def mention(emulator: Emulator) -> str:
    return f"@{emulator.community.screen_name}"


async def test_line_22_in_a_conversation_the_bot_hears_mentions_and_slashes_and_nothing_else(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_new")
    own = emulator.community.group_id
    for said in (
        "Между собой",
        f"{mention(emulator)} итоги",
        f"А что скажет @club{own}?",
        f"[public{own}|бот], привет",
        "/итоги",
        "не / в начале",
        "@club5 чужой бот",
        f"почта@club{own}",
        "[club5|@ugu_local] подделка",
    ):
        emulator.write(boris.id, said, peer_id=chat.peer_id)
    assert await bot.heard() == [
        f"[club{own}|@ugu_local] итоги",
        f"А что скажет [club{own}|@ugu_local]?",
        f"[public{own}|бот], привет",
        "/итоги",
    ]


async def test_line_22_with_the_right_to_see_all_the_bot_hears_everything_from_then_on(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_new")
    emulator.write(boris.id, "Раньше", peer_id=chat.peer_id)
    emulator.let_see_all(chat.peer_id, True)
    emulator.write(boris.id, "Теперь", peer_id=chat.peer_id)
    emulator.rename(chat.peer_id, boris.id, "Совет")
    events = await bot.events()
    assert [event["object"]["message"]["text"] for event in events] == ["Теперь", ""]
    assert events[1]["object"]["message"]["action"] == {"type": "chat_title_update", "text": "Совет"}
    emulator.let_see_all(chat.peer_id, False)
    emulator.write(boris.id, "Потом", peer_id=chat.peer_id)
    assert await bot.events() == []


async def test_line_22_a_reply_to_the_bot_is_heard_with_a_mention_or_the_right_to_see_all_only(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    here = chat.peer_id
    await bot.call("messages.send", peer_id=here, message="Задание", random_id=1)
    await bot.listen("message_new")
    task = chat.last_cmid
    emulator.write(boris.id, "Наш план", peer_id=here, reply_to=task)
    emulator.write(boris.id, f"{mention(emulator)} наш план", peer_id=here, reply_to=task)
    emulator.write(boris.id, "/план", peer_id=here, reply_to=task)
    emulator.let_see_all(chat.peer_id, True)
    emulator.write(boris.id, "Ещё план", peer_id=here, reply_to=task)
    messages = [event["object"]["message"] for event in await bot.events()]
    texts = [f"{emulator.community.mention} наш план", "/план", "Ещё план"]
    assert [message["text"] for message in messages] == texts
    for message in messages:
        answered = message["reply_message"]
        assert (answered["from_id"], answered["text"]) == (-emulator.community.group_id, "Задание")
        assert (answered["conversation_message_id"], answered["peer_id"]) == (task, chat.peer_id)


async def test_line_22_a_mention_in_a_reply_brings_what_it_replies_to_also_if_that_was_not_heard(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_new")
    said = emulator.write(anna.id, "Между собой", peer_id=chat.peer_id)
    emulator.write(boris.id, f"{mention(emulator)} запиши это", peer_id=chat.peer_id, reply_to=said.cmid)
    (event,) = await bot.events()
    answered = event["object"]["message"]["reply_message"]
    assert (answered["from_id"], answered["text"]) == (anna.id, "Между собой")


async def test_line_22_a_new_title_is_told_with_the_right_to_see_all_only(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_new")
    emulator.rename(chat.peer_id, boris.id, "Совет")
    assert await bot.events() == []
    emulator.let_see_all(chat.peer_id, True)
    emulator.rename(chat.peer_id, boris.id, "Сессия")
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert message["action"] == {"type": "chat_title_update", "text": "Сессия"}
    assert (message["from_id"], message["text"]) == (boris.id, "")


async def test_line_22_invited_the_bot_learns_of_itself_but_of_nothing_before_and_of_nobody_else(
    bot: Bot, emulator: Emulator, anna: Person, boris: Person
) -> None:
    await bot.listen("message_new")
    own = -emulator.community.group_id
    peer_id = emulator.create_conversation(anna.id, "Педсовет").peer_id
    emulator.write(anna.id, f"{mention(emulator)} ты тут?", peer_id=peer_id)
    emulator.invite(peer_id, anna.id, own)
    emulator.invite(peer_id, anna.id, boris.id)
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert message["action"] == {"type": "chat_invite_user", "member_id": own}
    assert (message["from_id"], message["id"], message["text"]) == (anna.id, 0, "")
    history = await bot.call("messages.getHistory", peer_id=peer_id)
    assert [one["conversation_message_id"] for one in history["items"]] == [message["conversation_message_id"]]


async def test_line_22_a_text_button_brings_its_payload_behind_the_communitys_mention(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    shown = keyboard([text("Итоги", payload={"kind": "results"})], [text("Меню")])
    await bot.call("messages.send", peer_id=chat.peer_id, message="Меню", random_id=1, keyboard=shown)
    await bot.listen("message_new")
    for label in ("Итоги", "Меню"):
        emulator.press(boris.id, label, chat.peer_id)
    results, menu = [event["object"]["message"] for event in await bot.events()]
    own = emulator.community.group_id
    assert (results["text"], results["payload"]) == (f"[club{own}|@ugu_local] Итоги", '{"kind":"results"}')
    assert (results["from_id"], results["peer_id"]) == (boris.id, chat.peer_id)
    assert menu["text"] == f"[club{own}|@ugu_local] Меню"


async def test_line_22_what_the_bot_did_not_hear_it_finds_in_no_method_either(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    emulator.write(boris.id, "/слышно", peer_id=chat.peer_id)
    emulator.write(boris.id, "Между собой", peer_id=chat.peer_id)
    here = {"peer_id": chat.peer_id}
    history = await bot.call("messages.getHistory", **here)
    assert (history["count"], history["items"][0]["text"]) == (2, "/слышно")
    told = await bot.call("messages.getByConversationMessageId", **here, conversation_message_ids="1,2,3,4")
    assert [one["conversation_message_id"] for one in told["items"]] == [2, 3]
    latest = (await bot.call("messages.getConversations"))["items"][0]
    assert latest["conversation"]["peer"]["id"] == chat.peer_id
    assert (latest["conversation"]["last_conversation_message_id"], latest["last_message"]["text"]) == (3, "/слышно")
    forward = json.dumps({**here, "conversation_message_ids": [4]})
    assert await bot.error("messages.send", **here, random_id=1, forward=forward) == 921


async def test_line_23_readings_in_a_conversation_are_told_once_they_reach_the_bots_message(
    bot: Bot, emulator: Emulator, boris: Person, chat: Conversation
) -> None:
    await bot.listen("message_read", "message_reply")
    emulator.read(boris.id, chat.peer_id)
    await bot.call("messages.send", peer_id=chat.peer_id, message="Итоги", random_id=41)
    emulator.read(boris.id, chat.peer_id)
    reply, read = await bot.events()
    assert (reply["object"]["peer_id"], reply["object"]["id"], reply["object"]["random_id"]) == (chat.peer_id, 0, 41)
    assert read["object"] == {
        "from_id": boris.id,
        "peer_id": chat.peer_id,
        "read_message_id": 0,
        "conversation_message_id": 3,
    }


async def test_line_23_every_own_message_is_reported_with_its_random_id(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_reply", "message_edit")
    await bot.call("messages.send", peer_id=anna.id, message="Раз", random_id=41)
    await bot.call("messages.edit", peer_id=anna.id, cmid=2, message="Два")
    reply, edit = await bot.events()
    assert (reply["type"], reply["object"]["random_id"], reply["object"]["out"]) == ("message_reply", 41, 1)
    assert (edit["type"], edit["object"]["text"]) == ("message_edit", "Два")


async def test_line_23_the_first_private_message_also_allows_messages(
    bot: Bot, emulator: Emulator, stranger: Person
) -> None:
    await bot.listen("message_new", "message_allow")
    emulator.write(stranger.id, "Здравствуйте")
    emulator.write(stranger.id, "Это Олег")
    events = await bot.events()
    assert [event["type"] for event in events] == ["message_allow", "message_new", "message_new"]
    assert events[0]["object"] == {"user_id": stranger.id, "key": ""}


async def test_line_23_begin_brings_its_command_and_the_ref_of_the_link(
    bot: Bot, emulator: Emulator, stranger: Person
) -> None:
    await bot.listen("message_new")
    emulator.begin(stranger.id, ref="c7-x91", ref_source="qr")
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert (message["text"], message["payload"]) == ("Начать", '{"command":"start"}')
    assert (message["ref"], message["ref_source"]) == ("c7-x91", "qr")


async def test_line_23_a_message_without_a_link_has_no_ref(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Просто так")
    (event,) = await bot.events()
    assert not {"ref", "ref_source", "payload"} & event["object"]["message"].keys()


async def test_line_25_a_document_goes_from_upload_to_message_to_download(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    address = (await bot.call("docs.getMessagesUploadServer", type="doc", peer_id=anna.id))["upload_url"]
    uploaded = await upload(bot, address, "numbers.xlsx", b"PK-table")
    saved = (await bot.call("docs.save", **uploaded, title="Номера участников.xlsx"))["doc"]
    assert (saved["owner_id"], saved["ext"], saved["size"], saved["type"]) == (anna.id, "xlsx", 8, 1)
    reference = f"doc{saved['owner_id']}_{saved['id']}"
    await bot.call("messages.send", peer_id=anna.id, attachment=reference, random_id=1)
    (attachment,) = emulator.dialogue(anna.id).messages[-1].attachments
    assert attachment["doc"]["title"] == "Номера участников.xlsx"
    async with bot.session.get(attachment["doc"]["url"]) as answer:
        assert await answer.read() == b"PK-table"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_line_25_an_upload_address_and_its_answer_work_once(bot: Bot) -> None:
    address = (await bot.call("docs.getUploadServer"))["upload_url"]
    uploaded = await upload(bot, address, "a.txt", b"1")
    assert "error" in await upload(bot, address, "a.txt", b"1")
    await bot.call("docs.save", **uploaded)
    assert await bot.error("docs.save", **uploaded) == 105
    assert await bot.error("docs.save") == 100


async def test_line_25_what_vk_does_not_take_is_refused_at_the_upload_address(bot: Bot) -> None:
    for name, content, field in (("song.mp3", b"1", "file"), ("a.txt", b"", "file"), ("a.txt", b"1", "photo")):
        address = (await bot.call("docs.getUploadServer"))["upload_url"]
        assert "error" in await upload(bot, address, name, content, field)
    address = (await bot.call("docs.getUploadServer"))["upload_url"]
    async with bot.session.post(address, data={"file": "нет"}) as answer:
        assert "error" in await answer.json()
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        address = (await bot.call("docs.getUploadServer"))["upload_url"]
        async with bot.session.post(address, data=b"--y\r\n", headers={"Content-Type": kind}) as answer:
            assert "error" in await answer.json()


async def test_line_25_no_document_can_be_uploaded_for_who_takes_no_messages(bot: Bot, stranger: Person) -> None:
    assert await bot.error("docs.getMessagesUploadServer", peer_id=stranger.id) == 901


async def test_line_25_somebody_elses_document_needs_its_access_key(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "Привет")
    doc = emulator.attach(stranger.id, "work.pdf", b"%PDF")["doc"]
    reference = f"doc{doc['owner_id']}_{doc['id']}"
    assert await bot.error("messages.send", peer_id=anna.id, attachment=reference, random_id=1) == 100
    with_key = f"{reference}_{doc['access_key']}"
    assert await bot.error("messages.send", peer_id=anna.id, attachment=with_key + "0", random_id=1) == 100
    assert await bot.call("messages.send", peer_id=anna.id, attachment=with_key, random_id=1)


async def test_line_25_a_download_address_cannot_be_guessed_from_the_ids(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    doc = emulator.attach(anna.id, "work.pdf", b"%PDF")["doc"]
    for address in (doc["url"][:-1] + "x", doc["url"].replace("doc", "photo"), emulator.url + "/files/../x/y"):
        async with bot.session.get(address) as answer:
            assert answer.status == 404


async def test_line_25_a_photo_is_measured_saved_once_and_shown(bot: Bot, emulator: Emulator, anna: Person) -> None:
    server = await bot.call("photos.getMessagesUploadServer")
    uploaded = await upload(bot, server["upload_url"], "x.jpg", picture(300, 200, "JPEG"), "photo")
    (photo,) = await bot.call("photos.saveMessagesPhoto", **uploaded)
    assert (photo["owner_id"], photo["sizes"][0]["width"], photo["sizes"][0]["height"]) == (
        -emulator.community.group_id,
        300,
        200,
    )
    assert await bot.error("photos.saveMessagesPhoto", **uploaded) == 121
    reference = f"photo{photo['owner_id']}_{photo['id']}_{photo['access_key']}"
    await bot.call("messages.send", peer_id=anna.id, attachment=reference, random_id=1)
    async with bot.session.get(photo["sizes"][0]["url"]) as answer:
        assert answer.content_type == "image/jpeg"


async def test_line_25_what_is_no_photo_or_too_narrow_is_refused(bot: Bot) -> None:
    for content in (b"text", picture(1, 21), picture(2100, 100, "GIF"), b"\xff\xd8\xff", b"GIF89a\0\0\0\0"):
        address = (await bot.call("photos.getMessagesUploadServer"))["upload_url"]
        assert "error" in await upload(bot, address, "x.png", content, "photo")
