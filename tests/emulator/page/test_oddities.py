"""What is not a text: pictures, carousels, recordings, stickers, replies, forwards and presses that nobody offered."""

import io
import json

from aiohttp import FormData
from PIL import Image
from playwright.async_api import FilePayload, expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen, button


def drawn(width: int, height: int) -> bytes:
    """A picture as a file."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "#0b6fd6").save(content, "PNG")
    return content.getvalue()


async def test_a_chosen_picture_goes_as_a_photo_and_is_enlarged_by_a_click(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    picture = FilePayload(name="урок.png", mimeType="image/png", buffer=drawn(640, 320))
    await screen.page.locator(".to-attach").set_input_files(picture)
    await expect(screen.page.locator(".chip")).to_have_text("Фотография")
    await screen.input.press("Enter")
    await screen.messages.last.get_by_role("link").click()
    await expect(screen.page.get_by_role("img", name="Фотография крупно")).to_be_visible()
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_role("img", name="Фотография крупно")).to_be_hidden()
    assert [one["type"] for one in emulator.dialogue(anna.id).messages[-1].attachments] == ["photo"]


async def test_a_carousel_shows_its_cards_and_their_buttons_are_pressed(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    form = FormData()
    form.add_field("photo", drawn(442, 272), filename="card.png")
    address = (await answers.bot.call("photos.getMessagesUploadServer"))["upload_url"]
    async with answers.bot.session.post(address, data=form) as answer:
        (photo,) = await answers.bot.call("photos.saveMessagesPhoto", **await answer.json())
    cards = [
        {
            "title": f"Школа {number}",
            "description": "Ставрополь",
            "photo_id": f"{photo['owner_id']}_{photo['id']}",
            "buttons": [button(f"Выбрать {number}")],
        }
        for number in range(1, 4)
    ]
    await answers.say(anna, "Какая?", template=json.dumps({"type": "carousel", "elements": cards}))
    await screen.open(anna)
    await expect(screen.page.locator(".card-title")).to_have_text(["Школа 1", "Школа 2", "Школа 3"])
    await screen.key("Выбрать 3").click()
    await screen.reads("Выбрать 3")
    assert emulator.dialogue(anna.id).messages[-1].payload == '{"b": "Выбрать 3"}'


async def test_a_recording_a_sticker_and_a_forged_press_are_sent_from_one_menu(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    await screen.open(anna)
    await screen.button("Ещё").click()
    await screen.button("Голосовое сообщение (3 с тишины)").click()
    await expect(screen.messages.last).to_contain_text("Голосовое сообщение, 3 с")
    await screen.button("Ещё").click()
    await screen.page.get_by_role("button", name="Стикер", exact=True).click()
    await screen.button("Стикер 21").click()
    await expect(screen.messages.last.get_by_role("img", name="Стикер 21")).to_be_visible()
    await screen.button("Ещё").click()
    await screen.button("Поддельное нажатие").click()
    await screen.page.get_by_label("Содержимое").fill('{"kind": "ballot", "team": 999}')
    await screen.page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    assert (await answers.next_event_of("message_event"))["payload"] == {"kind": "ballot", "team": 999}
    await screen.button("Ещё").click()
    await screen.button("Поддельное нажатие").click()
    await screen.page.get_by_role("dialog").get_by_role("combobox").select_option("text: сообщение с содержимым")
    await screen.page.get_by_label("Содержимое").fill('{"team": 999}')
    await screen.page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    await screen.reads("Кнопка")
    voice, sticker, forged = emulator.dialogue(anna.id).messages[1:]
    assert (voice.attachments[0]["type"], sticker.attachments[0]["sticker"]["sticker_id"]) == ("audio_message", 21)
    assert json.loads(forged.payload or "") == {"team": 999}


async def test_a_message_is_answered_here_and_forwarded_into_a_conversation(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    council = emulator.create_conversation(anna.id, "Педсовет").peer_id
    await screen.open(anna)
    await screen.button("Ещё").click()
    await screen.button("Ответить на сообщение").click()
    await screen.button("Выбрать: Привет").click()
    await screen.write("Это ответ")
    await expect(screen.messages.last.locator(".quote")).to_contain_text("Привет")
    await screen.button("Ещё").click()
    await screen.button("Переслать сообщения").click()
    await screen.button("Выбрать: Привет").click()
    await screen.page.get_by_label("Куда").select_option("Педсовет")
    await screen.button("Переслать").click()
    await expect(screen.page.locator(".chip")).to_have_text("Пересылается: 1")
    await screen.input.press("Enter")
    await expect(screen.messages.last.locator(".quote-forwarded")).to_contain_text("Привет")
    assert emulator.dialogue(council).messages[-1].forwards[0]["text"] == "Привет"
