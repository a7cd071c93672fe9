"""The column of people, forbidding messages, coming back after a gap, the phone, texts meant to do harm."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen, button, keyboard

PHONE = ViewportSize(width=390, height=844)
HOSTILE = "<script>document.title='взлом'</script><img src=x onerror=\"document.title='взлом'\">"


async def test_a_new_person_is_added_by_name_and_opened(screen: Screen, emulator: Emulator) -> None:
    await screen.open()
    await expect(screen.page.get_by_text("Выберите, от чьего имени писать боту")).to_be_visible()
    await screen.page.locator(".people-empty").get_by_role("button", name="Добавить человека").click()
    await screen.page.get_by_label("Имя").fill("Мария")
    await screen.page.get_by_label("Фамилия").fill("Петрова")
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.locator(".status")).to_have_text("Вы — Мария Петрова")
    (person,) = emulator.community.people.values()
    assert (person.first_name, person.last_name) == ("Мария", "Петрова")
    await expect(screen.page).to_have_url(f"{emulator.url}/#/{person.id}")


async def test_the_column_follows_the_latest_dialogue_and_counts_what_is_unread(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, stranger: Person
) -> None:
    emulator.write(stranger.id, "И я")
    await screen.open(stranger)
    rows = screen.page.locator(".person")
    await answers.say(anna, "Раз")
    await answers.say(anna, "Два")
    await expect(rows.first).to_contain_text("Анна Кузнецова")
    await expect(rows.first.locator(".row-said")).to_have_text("Два")
    await expect(rows.first.get_by_label("непрочитанных: 2")).to_be_visible()
    await expect(screen.page).to_have_title(re.compile(r"^\(2\) "))
    await rows.first.click()
    await screen.reads("Два")
    await expect(rows.first.locator(".badge")).to_have_count(0)
    await expect(screen.page).to_have_title(emulator.community.name)
    await emulator.until(lambda: emulator.dialogue(anna.id).read_by_person == 3)


async def test_what_one_person_has_not_sent_waits_while_another_dialogue_is_open(
    screen: Screen, anna: Person, stranger: Person
) -> None:
    await screen.open(anna)
    await screen.input.fill("Недописан")
    await screen.page.locator(".person", has_text="Олег").click()
    await expect(screen.button("Начать")).to_be_visible()
    await screen.page.go_back()
    await expect(screen.input).to_have_value("Недописан")


async def test_messages_can_be_forbidden_and_allowed_again(screen: Screen, answers: Answers, anna: Person) -> None:
    await screen.open(anna)
    await screen.button("Действия с диалогом").click()
    await screen.button("Запретить сообщения").click()
    notice = screen.page.get_by_text("Сообщения от сообщества запрещены")
    await expect(notice).to_be_visible()
    assert await answers.bot.error("messages.send", peer_id=anna.id, message="?", random_id=1) == 901
    await screen.button("Разрешить").click()
    await expect(notice).to_be_hidden()
    await answers.say(anna, "Спасибо")
    await screen.reads("Спасибо")


async def test_what_was_missed_is_loaded_when_the_messenger_comes_back(
    screen: Screen, emulator: Emulator, anna: Person, complaints: list[str]
) -> None:
    async with emulator.serving() as address:
        await screen.page.goto(f"{address}/#/{anna.id}")
        await screen.reads("Привет")
    await expect(screen.page.get_by_text("Нет связи с мессенджером, соединяемся…")).to_be_visible()
    emulator.write(anna.id, "Пока вас не было")
    async with emulator.serving(port=int(address.rpartition(":")[2])):
        await screen.reads("Пока вас не было")
        await expect(screen.page.get_by_text("Нет связи с мессенджером, соединяемся…")).to_be_hidden()
        await screen.page.goto("about:blank")
    complaints.clear()


async def test_a_reader_who_was_too_slow_loads_everything_anew(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    dialogue = emulator.dialogue(anna.id)
    emulator.community.append(dialogue, emulator.community.numbered(dialogue, anna.id, "Не рассказано"))
    emulator.changes.tell("lagged")
    await screen.reads("Не рассказано")
    await expect(screen.messages).to_have_count(2)


async def test_on_a_phone_list_and_dialogue_take_turns(screen: Screen, anna: Person) -> None:
    await screen.page.set_viewport_size(PHONE)
    await screen.open()
    await screen.page.locator(".person").click()
    await expect(screen.page.locator(".lists")).to_be_hidden()
    await screen.reads("Привет")
    await screen.page.get_by_role("link", name="К списку людей").click()
    await expect(screen.page.locator(".person")).to_be_visible()
    await expect(screen.messages).to_have_count(0)


async def test_the_page_is_used_with_the_keyboard_alone(screen: Screen, answers: Answers, anna: Person) -> None:
    await answers.say(anna, "Меню", keyboard=keyboard([button("Баланс")]))
    await screen.open()
    await screen.page.locator(".person").focus()
    await screen.page.keyboard.press("Enter")
    await expect(screen.input).to_be_focused()
    await screen.page.keyboard.type("Спасибо")
    await screen.page.keyboard.press("Enter")
    await screen.reads("Спасибо")
    for _ in range(3):
        await screen.page.keyboard.press("Tab")
    await expect(screen.key("Баланс")).to_be_focused()
    await screen.page.keyboard.press("Enter")
    await screen.reads("Баланс")


@pytest.mark.parametrize("text", [HOSTILE, "оченьдлинноеслово" * 40, "\u202eнаоборот " + "_" * 300])
async def test_hostile_texts_are_shown_as_text_and_never_widen_a_phone(
    screen: Screen, emulator: Emulator, answers: Answers, text: str
) -> None:
    victim = emulator.add_person(text[:50], text[50:100])
    emulator.write(victim.id, text)
    await answers.say(victim, text, keyboard=keyboard([button(text[:40]), button(text[-40:])], inline=True))
    await answers.say(victim, text, keyboard=keyboard([button(text[:40])] * 5))
    await screen.page.set_viewport_size(PHONE)
    await screen.open(victim)
    await screen.reads(text)
    await expect(screen.page).to_have_title(emulator.community.name)
    await expect(screen.page.locator(".message script, .message img, .person img")).to_have_count(0)
    await _fits(screen)
    await screen.page.get_by_role("link", name="К списку людей").click()
    await _fits(screen)


async def _fits(screen: Screen) -> None:
    parts = "[...document.querySelectorAll('body, .history, .people-list, .lasting')]"
    wider = f"{parts}.filter(e => e.scrollWidth > e.clientWidth).map(e => e.className || e.tagName)"
    assert await screen.page.evaluate(wider) == []
