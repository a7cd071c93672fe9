"""Group conversations in the chat page: made, led and seen with the eyes of different members."""

import re

import pytest
from playwright.async_api import FilePayload, expect

from bot.emulator import Emulator, Person
from tests.emulator.conftest import picture
from tests.emulator.page.conftest import Answers, Screen, button, keyboard

VOTE = keyboard([button("За", "callback", "positive"), button("Против", "callback", "negative")], inline=True)


@pytest.fixture
def council(emulator: Emulator, anna: Person, stranger: Person) -> int:
    """A conversation of Anna, who leads it, with Oleg and the community."""
    made = emulator.create_conversation(anna.id, "Педсовет", [stranger.id])
    emulator.invite(made.peer_id, anna.id, -emulator.community.group_id)
    return made.peer_id


async def test_a_conversation_is_made_and_the_community_invited_by_its_owner(
    screen: Screen, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    await screen.open()
    await screen.button("Создать беседу").click()
    await screen.page.get_by_role("textbox", name="Название").fill("Педсовет")
    await screen.page.get_by_label("Создатель").select_option("Анна Кузнецова")
    await screen.page.get_by_role("checkbox", name="Олег Сомов").check()
    await screen.button("Создать").click()
    column = screen.column("Педсовет, Анна Кузнецова")
    await expect(column.locator(".service")).to_have_text(["Анна Кузнецова создала беседу «Педсовет»"])
    await column.get_by_role("button", name="Пригласить").click()
    await expect(column.locator(".service").last).to_have_text("Анна Кузнецова пригласила сообщество")
    await expect(column.get_by_text("Сообщества нет в беседе")).to_be_hidden()
    await expect(screen.page.locator(".conversation")).to_contain_text("Педсовет")
    (made,) = (dialogue for peer, dialogue in emulator.community.dialogues.items() if peer > 2_000_000_000)
    assert made.peer_id == 2_000_000_001


async def test_members_are_given_rights_and_excluded_in_the_sheet(
    screen: Screen, emulator: Emulator, anna: Person, stranger: Person, council: int
) -> None:
    await screen.see(council, anna)
    await screen.button("Действия с диалогом").click()
    await screen.button("Участники и права").click()
    await screen.button("В админы: Акция «УГУ»").click()
    await expect(screen.page.locator(".member", has_text="Акция «УГУ»")).to_contain_text("администратор")
    await screen.page.get_by_label("Сообщество видит все сообщения").check()
    await screen.button("Исключить: Олег Сомов").click()
    await expect(screen.page.locator(".member")).to_have_count(2)
    await screen.button("Готово").click()
    await expect(screen.page.locator(".service").last).to_have_text("Анна Кузнецова исключила участника: Олег Сомов")
    conversation = emulator.community.conversation(council)
    assert conversation.sees_all
    assert stranger.id not in conversation.members


async def test_the_same_conversation_is_seen_and_pressed_in_as_another_member(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, stranger: Person, council: int
) -> None:
    emulator.write(anna.id, "Голосуем", peer_id=council)
    await answers.bot.call("messages.send", peer_id=council, message="Кто за?", random_id=1, keyboard=VOTE)
    await screen.see(council, anna)
    hers = screen.messages.filter(has_text="Голосуем")
    await expect(hers).to_have_class(re.compile("message-own"))
    await screen.page.get_by_label("Чьими глазами смотреть").select_option("Олег Сомов")
    await expect(hers).to_have_class(re.compile("message-theirs"))
    await expect(hers.locator(".author")).to_have_text("Анна Кузнецова")
    await screen.key("За").click()
    press = await answers.next_event_of("message_event")
    assert (press["user_id"], press["peer_id"]) == (stranger.id, council)


async def test_a_mention_completed_after_its_sign_is_heard_by_the_bot(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, council: int
) -> None:
    await screen.see(council, anna)
    await screen.input.press_sequentially("@ug")
    await expect(screen.page.locator(".mention-offer")).to_contain_text("@ugu_local Акция «УГУ»")
    await screen.input.press("Enter")
    await expect(screen.input).to_have_value("@ugu_local ")
    await screen.input.press_sequentially("кто здесь?")
    await screen.input.press("Enter")
    await expect(screen.messages.last.locator(".mention")).to_have_text("@ugu_local")
    heard = await answers.next_event_of("message_new", text=re.compile("кто здесь"))
    assert heard["message"]["text"] == f"[club{emulator.community.group_id}|@ugu_local] кто здесь?"


async def test_a_photo_with_a_mention_in_its_caption_is_sent_as_a_reply_to_the_bot(
    screen: Screen, answers: Answers, anna: Person, council: int
) -> None:
    await answers.bot.call("messages.send", peer_id=council, message="Пришлите работу", random_id=1)
    await screen.see(council, anna)
    board = FilePayload(name="доска.png", mimeType="image/png", buffer=picture(40, 30))
    await screen.page.locator(".to-attach").set_input_files([board])
    await screen.button("Ещё").click()
    await screen.button("Ответить на сообщение").click()
    await screen.button("Выбрать: Пришлите работу").click()
    await screen.button("Упомянуть сообщество").click()
    await screen.input.press_sequentially("работа")
    await expect(screen.page.locator(".chip")).to_have_text(["Ответ: Пришлите работу", "Фотография"])
    await screen.input.press("Enter")
    sent = screen.messages.last
    await expect(sent.locator(".quote")).to_contain_text("Пришлите работу")
    await expect(sent.get_by_role("img", name="Фотография")).to_be_visible()
    message = (await answers.next_event_of("message_new", text=re.compile("работа")))["message"]
    assert message["text"].endswith("|@ugu_local] работа")
    assert message["reply_message"]["text"] == "Пришлите работу"
    assert [one["type"] for one in message["attachments"]] == ["photo"]


async def test_the_pinned_message_is_named_above_and_found_however_old(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, council: int
) -> None:
    emulator.set_admin(council, -emulator.community.group_id, True)
    emulator.let_see_all(council, True)
    rule = emulator.write(anna.id, "Правила беседы", peer_id=council)
    for number in range(120):
        emulator.write(anna.id, f"Реплика {number}", peer_id=council)
    await screen.see(council, anna)
    await answers.bot.call("messages.pin", peer_id=council, cmid=rule.cmid)
    await expect(screen.page.locator(".service").last).to_have_text("Сообщество закрепило сообщение")
    await screen.button("К закреплённому сообщению").click()
    await expect(screen.messages.filter(has_text="Правила беседы")).to_be_in_viewport()
