"""Odd things that people send: voice, stickers, photos, messages from elsewhere; and a bot's own recordings."""

import aiohttp
import pytest
from orjson import dumps

from bot.emulator import Conversation, Emulator, NotOnScreen, Person
from bot.emulator.files import UploadRefused
from tests.emulator.conftest import Bot, Page, picture, text, upload


def ogg(seconds: int) -> bytes:
    """An Ogg page that says how long the recording is, and nothing else."""
    return b"OggS\0\4" + (seconds * 48_000).to_bytes(8, "little") + b"\0" * 13


async def test_a_voice_message_has_a_duration_a_waveform_and_can_be_downloaded(
    bot: Bot, page: Page, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    voice = emulator.attach(anna.id, "voice.ogg", ogg(7), "voice")
    await page.post(f"/persons/{anna.id}/write", attachments=[voice])
    (event,) = await bot.events()
    (attached,) = event["object"]["message"]["attachments"]
    assert attached["type"] == "audio_message"
    recording = attached["audio_message"]
    assert (recording["duration"], recording["owner_id"], len(recording["waveform"])) == (7, anna.id, 128)
    async with bot.session.get(recording["link_ogg"]) as answer:
        assert (await answer.read(), answer.content_type) == (ogg(7), "audio/ogg")


async def test_a_recording_of_the_bot_is_uploaded_as_ogg_and_sent(bot: Bot, emulator: Emulator, anna: Person) -> None:
    ask = {"type": "audio_message", "peer_id": anna.id}
    address = (await bot.call("docs.getMessagesUploadServer", **ask))["upload_url"]
    assert "error" in await upload(bot, address, "voice.mp3", b"ID3")
    address = (await bot.call("docs.getMessagesUploadServer", **ask))["upload_url"]
    saved = await bot.call("docs.save", **await upload(bot, address, "voice.ogg", ogg(3)))
    assert (saved["type"], saved["audio_message"]["duration"]) == ("audio_message", 3)
    reference = f"audio_message{anna.id}_{saved['audio_message']['id']}"
    assert await bot.call("messages.send", peer_id=anna.id, attachment=reference, random_id=1)
    assert emulator.dialogue(anna.id).messages[-1].attachments == [saved]


async def test_a_photo_is_no_document_and_is_not_saved_as_one(bot: Bot) -> None:
    address = (await bot.call("photos.getMessagesUploadServer"))["upload_url"]
    uploaded = await upload(bot, address, "x.png", picture(30, 20), "photo")
    assert await bot.error("docs.save", file=uploaded["hash"]) == 105
    assert await bot.call("photos.saveMessagesPhoto", **uploaded)


async def test_a_sticker_goes_alone_from_either_side(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, sticker_id=9)
    (event,) = await bot.events()
    message = event["object"]["message"]
    assert (message["text"], message["attachments"][0]["sticker"]["sticker_id"]) == ("", 9)
    with pytest.raises(ValueError, match="alone"):
        emulator.write(anna.id, "и текст", sticker_id=9)
    assert await bot.call("messages.send", peer_id=anna.id, sticker_id=5, random_id=1)
    assert emulator.dialogue(anna.id).messages[-1].attachments[0]["sticker"]["sticker_id"] == 5


async def test_messages_of_a_conversation_are_forwarded_to_the_bot_only_by_its_members(
    bot: Bot, page: Page, emulator: Emulator, anna: Person, boris: Person, stranger: Person, chat: Conversation
) -> None:
    said = emulator.write(boris.id, "Между собой", peer_id=chat.peer_id)
    await bot.listen("message_new")
    there = {"peer_id": chat.peer_id, "cmid": said.cmid}
    await page.post(f"/persons/{anna.id}/write", text="Смотри", forwards=[there, 1])
    (event,) = await bot.events()
    forwarded = event["object"]["message"]["fwd_messages"]
    assert [(one["from_id"], one["text"]) for one in forwarded] == [(boris.id, "Между собой"), (anna.id, "Привет")]
    assert (await page.asked("POST", f"/persons/{stranger.id}/write", json={"forwards": [there]}))[0] == 409
    for wrong in ([True], [{"cmid": 1}], [{"peer_id": "a", "cmid": 1}]):
        assert (await page.asked("POST", f"/persons/{anna.id}/write", json={"forwards": wrong}))[0] == 400
    with pytest.raises(NotOnScreen):
        emulator.write(anna.id, forwards=[(chat.peer_id, 1)])


async def test_more_than_vk_lets_a_person_send_at_once_is_refused(emulator: Emulator, anna: Person) -> None:
    photo = emulator.attach(anna.id, "x.png", picture(30, 20), "photo")
    for wrong in ({"attachments": [photo] * 11}, {"forwards": [1] * 101}):
        with pytest.raises(ValueError, match="at most"):
            emulator.write(anna.id, "много", **wrong)
    with pytest.raises(UploadRefused):
        emulator.attach(anna.id, "x.png", b"text", "photo")
    with pytest.raises(ValueError, match="doc, photo, voice"):
        emulator.attach(anna.id, "x.png", b"text", "video")


async def test_a_file_is_sent_from_the_page_as_a_photo_or_a_voice_message_too(page: Page, anna: Person) -> None:
    for sort, content, kept in (("photo", picture(30, 20), "photo"), ("voice", b"noise" * 2000, "audio_message")):
        form = aiohttp.FormData()
        form.add_field("file", content, filename="x")
        status, told = await page.asked("POST", f"/persons/{anna.id}/files?as={sort}", data=form)
        assert (status, told["attachment"]["type"]) == (201, kept)
    for sort, content in (("photo", b"text"), ("video", b"text")):
        form = aiohttp.FormData()
        form.add_field("file", content, filename="x")
        assert (await page.asked("POST", f"/persons/{anna.id}/files?as={sort}", data=form))[0] == 400


async def test_a_button_on_a_card_of_a_carousel_is_pressed_by_card_and_place(
    bot: Bot, page: Page, anna: Person
) -> None:
    cards = [{"title": f"Школа № {n}", "description": "9 уроков", "buttons": [text(f"За {n}")]} for n in (5, 6)]
    template = dumps({"type": "carousel", "elements": cards}).decode()
    await bot.call("messages.send", peer_id=anna.id, message="Школы", random_id=1, template=template)
    shown = (await page.get(f"/dialogues/{anna.id}"))["messages"][-1]
    assert [card["title"] for card in shown["template"]["elements"]] == ["Школа № 5", "Школа № 6"]
    press = f"/persons/{anna.id}/press"
    assert (await page.post(press, cmid=2, row=1, column=0))["message"]["text"] == "За 6"
    assert (await page.asked("POST", press, json={"cmid": 2, "row": 2, "column": 0}))[0] == 409
    await bot.call("messages.edit", peer_id=anna.id, cmid=2, message="Выбор сделан")
    assert (await page.asked("POST", press, json={"cmid": 2, "row": 1, "column": 0}))[0] == 409
