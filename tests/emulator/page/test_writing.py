"""Writing in the chat page: texts, lines, files, days, edits, what is typed and what cannot be sent."""

import asyncio
import io
from pathlib import Path

from aiohttp import FormData
from PIL import Image
from playwright.async_api import FilePayload, expect

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock
from tests.emulator.page.conftest import Answers, Screen


async def test_what_a_person_writes_reaches_the_bot_and_its_answer_appears_live(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await screen.open(anna)
    await answers.next_event()
    await screen.write("Баланс")
    event = await answers.next_event()
    assert event["object"]["message"]["text"] == "Баланс"
    await expect(screen.input).to_have_value("")
    await answers.say(anna, "У вас 3 голоса.\nМесто: 14-е")
    await screen.reads("У вас 3 голоса.\nМесто: 14-е")
    await expect(screen.messages).to_have_count(3)
    await expect(screen.page.locator("[aria-live=polite]")).to_contain_text("У вас 3 голоса.")


async def test_shift_and_enter_begin_a_new_line_and_the_button_sends_both(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    await screen.input.press_sequentially("Первая")
    await screen.input.press("Shift+Enter")
    await screen.input.press_sequentially("вторая")
    await screen.button("Отправить").click()
    await screen.reads("Первая\nвторая")
    assert emulator.dialogue(anna.id).messages[-1].text == "Первая\nвторая"


async def test_texts_sent_in_a_hurry_keep_their_order(screen: Screen, emulator: Emulator, anna: Person) -> None:
    await screen.open(anna)
    for number in range(8):
        await screen.write(f"{number}")
    await screen.reads("7")
    assert [message.text for message in emulator.dialogue(anna.id).messages[1:]] == [str(number) for number in range(8)]


async def test_a_text_that_could_not_be_sent_is_given_back_with_the_reason(
    screen: Screen, anna: Person, complaints: list[str]
) -> None:
    await screen.open(anna)
    await screen.page.route("**/write", lambda route: route.abort())
    await screen.write("Важное")
    await expect(screen.page.get_by_role("alert")).to_contain_text("Нет связи с мессенджером")
    await expect(screen.input).to_have_value("Важное")
    complaints.clear()


async def test_an_edited_message_changes_in_place_and_says_that_it_was(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    sent = await answers.say(anna, "Ждите")
    await answers.say(anna, "Ниже")
    await screen.open(anna)
    await answers.bot.call("messages.edit", peer_id=anna.id, message_id=sent, message="Готово")
    edited = screen.messages.nth(1)
    await expect(edited.locator(".text")).to_have_text("Готово")
    await expect(edited.locator(".meta")).to_contain_text("изменено")
    await screen.reads("Ниже")


async def test_a_deleted_message_disappears_and_the_list_shows_the_one_before(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Первое")
    sent = await answers.say(anna, "Второе")
    await screen.open(anna)
    await screen.reads("Второе")
    await answers.bot.call("messages.delete", message_ids=sent, delete_for_all=1)
    await screen.reads("Первое")
    await expect(screen.page.locator(".row-said")).to_have_text("Первое")


async def test_a_line_stands_between_messages_of_different_days(
    screen: Screen, emulator: Emulator, clock: Clock, anna: Person
) -> None:
    await screen.open(anna)
    await expect(screen.page.locator(".day")).to_have_count(1)
    clock.advance(86400)
    emulator.write(anna.id, "Доброе утро")
    emulator.write(anna.id, "и добрый день")
    await expect(screen.page.locator(".day")).to_have_text(["9 октября 2025", "10 октября 2025"])
    await expect(screen.page.locator(".message-grouped")).to_have_count(1)


async def test_typing_is_shown_until_the_answer_comes(screen: Screen, answers: Answers, anna: Person) -> None:
    await screen.open(anna)
    status = screen.page.locator(".status")
    await expect(status).to_have_text("Вы — Анна Кузнецова")
    await answers.bot.call("messages.setActivity", peer_id=anna.id, type="typing")
    await expect(status).to_have_text("печатает…")
    await answers.say(anna, "Вот")
    await expect(status).to_have_text("Вы — Анна Кузнецова")


async def test_a_document_of_the_bot_shows_its_size_and_downloads(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    document = emulator.attach(anna.id, "Номера 10А.xlsx", b"PK" * 1500)["doc"]
    reference = f"doc{document['owner_id']}_{document['id']}_{document['access_key']}"
    await answers.say(anna, "Номера участников", attachment=reference)
    await screen.open(anna)
    link = screen.page.locator(".doc")
    await expect(link).to_contain_text("XLSX · 2,9 КБ")
    async with screen.page.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename == "Номера 10А.xlsx"
    assert await asyncio.to_thread(Path(await download.path()).read_bytes) == b"PK" * 1500


async def test_a_photo_of_the_bot_is_shown_as_a_picture(
    screen: Screen, bot: Bot, answers: Answers, anna: Person
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 320), "#0b6fd6").save(drawn, "PNG")
    form = FormData()
    form.add_field("photo", drawn.getvalue(), filename="votes.png")
    address = (await bot.call("photos.getMessagesUploadServer", peer_id=anna.id))["upload_url"]
    async with bot.session.post(address, data=form) as answer:
        (photo,) = await bot.call("photos.saveMessagesPhoto", **await answer.json())
    await answers.say(anna, "Голоса", attachment=f"photo{photo['owner_id']}_{photo['id']}_{photo['access_key']}")
    await screen.open(anna)
    picture = screen.page.get_by_role("img", name="Фотография")
    await expect(picture).to_be_visible()
    await screen.page.wait_for_function("document.querySelector('.photo img').naturalWidth === 640")


async def test_chosen_files_go_with_the_message_and_can_be_taken_out_before(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    work = FilePayload(name="работа.txt", mimeType="text/plain", buffer="Работа".encode())
    needless = FilePayload(name="лишнее.txt", mimeType="text/plain", buffer=b"-")
    await screen.page.locator(".to-attach").set_input_files([work, needless])
    await expect(screen.page.locator(".chip")).to_have_count(2)
    await screen.page.get_by_role("button", name="Убрать: лишнее.txt").click()
    await screen.input.press("Enter")
    await expect(screen.messages.last.locator(".doc-title")).to_have_text("работа.txt")
    (attachment,) = emulator.dialogue(anna.id).messages[-1].attachments
    assert attachment["doc"]["title"] == "работа.txt"


async def test_older_messages_load_on_the_way_up_and_what_is_read_stays_in_place(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    for number in range(2, 121):
        emulator.write(anna.id, f"Сообщение {number}")
    await screen.open(anna)
    await expect(screen.messages).to_have_count(50)
    await expect(screen.messages.last).to_be_in_viewport()
    await screen.messages.first.scroll_into_view_if_needed()
    await expect(screen.messages).to_have_count(100)
    await expect(screen.page.get_by_text("Сообщение 71", exact=True)).to_be_in_viewport()
    await answers.say(anna, "Новое")
    arrow = screen.button("К последним сообщениям, новых: 1")
    await expect(arrow).to_be_visible()
    await arrow.click()
    await expect(screen.messages.last).to_be_in_viewport()
    await expect(arrow).to_be_hidden()
