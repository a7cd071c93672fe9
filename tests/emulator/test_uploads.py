"""Documents and photos: address, upload, save, send, download."""

import io

import aiohttp
from PIL import Image

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot


async def _upload(bot: Bot, address: str, name: str, content: bytes, field: str = "file") -> dict[str, object]:
    form = aiohttp.FormData()
    form.add_field(field, content, filename=name)
    async with bot.session.post(address, data=form) as answer:
        told: dict[str, object] = await answer.json()
        return told


def _picture(width: int, height: int, kind: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, kind)
    return drawn.getvalue()


async def test_a_document_goes_from_upload_to_message_to_download(bot: Bot, emulator: Emulator, anna: Person) -> None:
    address = (await bot.call("docs.getMessagesUploadServer", type="doc", peer_id=anna.id))["upload_url"]
    uploaded = await _upload(bot, address, "numbers.xlsx", b"PK-table")
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


async def test_an_upload_address_and_its_answer_work_once(bot: Bot) -> None:
    address = (await bot.call("docs.getUploadServer"))["upload_url"]
    uploaded = await _upload(bot, address, "a.txt", b"1")
    assert "error" in await _upload(bot, address, "a.txt", b"1")
    await bot.call("docs.save", **uploaded)
    assert await bot.error("docs.save", **uploaded) == 105
    assert await bot.error("docs.save") == 100


async def test_what_vk_does_not_take_is_refused_at_the_upload_address(bot: Bot) -> None:
    for name, content, field in (("song.mp3", b"1", "file"), ("a.txt", b"", "file"), ("a.txt", b"1", "photo")):
        address = (await bot.call("docs.getUploadServer"))["upload_url"]
        assert "error" in await _upload(bot, address, name, content, field)
    address = (await bot.call("docs.getUploadServer"))["upload_url"]
    async with bot.session.post(address, data={"file": "нет"}) as answer:
        assert "error" in await answer.json()
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        address = (await bot.call("docs.getUploadServer"))["upload_url"]
        async with bot.session.post(address, data=b"--y\r\n", headers={"Content-Type": kind}) as answer:
            assert "error" in await answer.json()


async def test_no_document_can_be_uploaded_for_who_takes_no_messages(bot: Bot, stranger: Person) -> None:
    assert await bot.error("docs.getMessagesUploadServer", peer_id=stranger.id) == 901


async def test_somebody_elses_document_needs_its_access_key(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "Привет")
    doc = emulator.attach(stranger.id, "work.pdf", b"%PDF")["doc"]
    reference = f"doc{doc['owner_id']}_{doc['id']}"
    assert await bot.error("messages.send", peer_id=anna.id, attachment=reference, random_id=1) == 100
    with_key = f"{reference}_{doc['access_key']}"
    assert await bot.error("messages.send", peer_id=anna.id, attachment=with_key + "0", random_id=1) == 100
    assert await bot.call("messages.send", peer_id=anna.id, attachment=with_key, random_id=1)


async def test_a_download_address_cannot_be_guessed_from_the_ids(bot: Bot, emulator: Emulator, anna: Person) -> None:
    doc = emulator.attach(anna.id, "work.pdf", b"%PDF")["doc"]
    for address in (doc["url"][:-1] + "x", doc["url"].replace("doc", "photo"), emulator.url + "/files/../x/y"):
        async with bot.session.get(address) as answer:
            assert answer.status == 404


async def test_a_photo_is_measured_saved_once_and_shown(bot: Bot, emulator: Emulator, anna: Person) -> None:
    server = await bot.call("photos.getMessagesUploadServer")
    uploaded = await _upload(bot, server["upload_url"], "x.jpg", _picture(300, 200, "JPEG"), "photo")
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


async def test_what_is_no_photo_or_too_narrow_is_refused(bot: Bot) -> None:
    for content in (b"text", _picture(1, 21), _picture(2100, 100, "GIF"), b"\xff\xd8\xff", b"GIF89a\0\0\0\0"):
        address = (await bot.call("photos.getMessagesUploadServer"))["upload_url"]
        assert "error" in await _upload(bot, address, "x.png", content, "photo")
