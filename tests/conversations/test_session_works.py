"""«Работа»: sent to the conversation or in private, kept until «Показать» puts it on the screen."""

from pathlib import Path

import pytest

from bot.domain.links import SessionRef, link
from bot.domain.sessions.screen import ScreenWork
from bot.presses.session_leading import ShowWork
from bot.storage import session_screen
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import DESK, END, FINISH, FINISH_SURE, HOME, TASK, Held, empty_session, session_with
from tests.emulator.conftest import picture

TAKEN = "Работа команды «Орлы» принята."
ASKED = (
    "Пришлите фото работы вашей команды или её текст одним сообщением. На экран работа попадёт, когда её покажет"
    " ведущий."
)
EMPTY = "Пришлите фото или текст: например, фото с подписью «/работа» или «/работа Наш план: …»"
LOST = "Не получилось загрузить файл. Пришлите, пожалуйста, фото ещё раз."
NO_STAGE = "Работы принимаются, когда идёт этап. Сейчас сдавать ещё нечего."
NO_TEAM = "Работу сдаёт участник команды, а вы пока ни в одной."
LINK_BASE = "https://vk.me/ugu_local"


@pytest.fixture
async def held(chat: Chat) -> Held:
    """The teams work; Anna is of Орлы, Boris of Совы."""
    held = await session_with(chat, "Анна", "Борис")
    await held.begins_work()
    return held


async def on_screen(chat: Chat, held: Held) -> tuple[ScreenWork, ...]:
    token = (await held.stands()).session.screen_token
    works: tuple[ScreenWork, ...] = (await chat.stored(session_screen.screen, token, LINK_BASE)).works
    return works


async def in_private(held: Held, person: Person) -> None:
    """To the question for the work, by the code on the wall."""
    await person.opens(link(LINK_BASE, SessionRef(held.code)))
    await person.presses("Сдать работу")


# --- sent


async def test_a_photo_with_the_word_is_taken_and_its_file_is_on_disk(held: Held) -> None:
    await held.hands_in(held.members[0], "/работа Наш план")
    assert held.group.news == [TAKEN]
    [work] = await held.works()
    assert (work.text, work.is_here) == ("Наш план", True)
    assert work.path is not None
    assert Path(work.path).read_bytes() == picture(40, 30)


async def test_a_text_behind_the_word_is_a_work_and_the_word_alone_is_not(held: Held) -> None:
    anna = held.members[0]
    await held.group.writes(anna, "/работа")
    assert held.group.news == [EMPTY]
    await held.group.writes(anna, "@ugu_local сдать работу 1. Барьеры\n2. Пути")
    assert held.group.news == [TAKEN]
    assert [(one.text, one.path) for one in await held.works()] == [("1. Барьеры\n2. Пути", None)]


async def test_a_photo_that_answers_a_message_of_the_bot_is_taken_without_the_word(chat: Chat, held: Held) -> None:
    chat.emulator.let_see_all(held.group.peer, True)
    await held.hands_in(held.members[0], "", reply_to=held.messages[-1].cmid)
    assert held.group.news == [TAKEN]
    assert len(await held.works()) == 1


async def test_a_photo_is_sent_in_private_after_the_button_and_only_then(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    photo = chat.emulator.attach(anna.id, "доска.png", picture(40, 30), "photo")
    before = held.group.said
    await in_private(held, anna)
    anna.reads(ASKED)
    await anna.writes("", attachments=[photo])
    anna.reads(TAKEN)
    await anna.writes("", attachments=[photo])
    assert TAKEN not in anna.news
    assert len(await held.works()) == 1
    assert held.group.said == before


async def test_a_text_is_sent_in_private_and_what_is_neither_is_asked_for_again(held: Held) -> None:
    anna = held.members[0]
    await in_private(held, anna)
    await anna.writes("", sticker_id=1)
    anna.reads(EMPTY)
    await anna.writes("Дорожная карта:\n— сентябрь")
    anna.reads(TAKEN)
    assert [one.text for one in await held.works()] == ["Дорожная карта:\n— сентябрь"]


async def test_a_work_is_waited_for_in_private_no_longer_than_the_session_lasts(held: Held) -> None:
    anna = held.members[0]
    await in_private(held, anna)
    await held.leads(END, FINISH, FINISH_SURE)
    await anna.writes("Дорожная карта")
    anna.reads("Эта сессия уже завершена.")
    await anna.writes("Дорожная карта")
    assert "Эта сессия уже завершена." not in anna.news
    assert await held.works() == []


async def test_a_photo_that_is_gone_before_the_bot_has_it_is_asked_for_again(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    photo = chat.emulator.attach(anna.id, "доска.png", picture(40, 30), "photo")
    kept = dict(chat.emulator.community.files.files)
    chat.emulator.community.files.files.clear()
    await held.group.writes(anna, "/работа", attachments=[photo])
    assert held.group.news == [LOST]
    await held.leads("Работы")
    held.leader.sees("Работ пока нет.")
    chat.emulator.community.files.files.update(kept)
    await held.group.writes(anna, "/работа", attachments=[photo])
    assert held.group.news == [TAKEN]
    assert [one.is_here for one in await held.works()] == [False, True]


async def test_a_work_is_taken_neither_before_the_first_stage_nor_from_who_is_in_no_team(chat: Chat) -> None:
    held = await empty_session(chat, "Анна", "Борис", "Вера")
    anna, boris, vera = held.members
    await held.has_teams("Орлы", "Совы")
    await held.has_task()
    await held.group.writes(anna, "/работа План")
    assert held.group.news == ["Сначала нажмите «Вступить» под сообщением о сессии."]
    await held.joins(anna, "Орлы")
    await held.joins(boris, "Совы")
    await held.joins(vera)
    await held.group.writes(anna, "/работа План")
    assert held.group.news == [NO_STAGE]
    await held.begins_work()
    for person in (vera, held.leader):
        await held.group.writes(person, "/работа План")
        assert held.group.news == [NO_TEAM]
    assert await held.works() == []


async def test_the_button_below_the_task_says_how_a_work_is_sent(held: Held) -> None:
    await held.group.presses(held.members[0], "Сдать работу")
    told = "Пришлите сюда фото с подписью «/работа». Или напишите боту лично."
    assert held.group.pop_ups == [(held.members[0].id, told)]


# --- shown


async def test_a_work_reaches_the_screen_by_a_press_and_leaves_it_by_another(chat: Chat, held: Held) -> None:
    anna, boris = held.members
    await held.hands_in(anna, "/работа Наш план")
    await held.group.writes(boris, "/работа План Сов")
    assert await on_screen(chat, held) == ()
    await held.leads("Работы")
    held.leader.reads(
        "Работы команд, новые сверху\n\n"
        f"1) 2. Совы · 09:00, Борис К. · «{TASK}»\nПлан Сов\n\n"
        f"2) 1. Орлы · 09:00, Анна К. · «{TASK}» · фото\nНаш план"
    )
    held.leader.sees_buttons("Показать 1", "Показать 2", "Обновить", HOME)
    await held.leads("Показать 2")
    held.leader.sees(f"2) 1. Орлы · 09:00, Анна К. · «{TASK}» · фото · на экране\nНаш план")
    [shown] = await on_screen(chat, held)
    [photo, _] = await held.works()
    assert (shown.id, shown.text, shown.has_picture) == (photo.id, "Наш план", True)
    token = (await held.stands()).session.screen_token
    assert await chat.stored(session_screen.picture_path, token, photo.id) == photo.path
    await held.leads("Убрать 2 с экрана")
    assert await on_screen(chat, held) == ()
    assert await chat.stored(session_screen.picture_path, token, photo.id) is None
    assert (await held.deeds())[-2:] == ["show", "hide"]


async def test_showing_pressed_twice_shows_once_and_does_not_hide_again(chat: Chat, held: Held) -> None:
    await held.group.writes(held.members[0], "/работа Наш план")
    await held.leads("Работы")
    await held.leads_twice("Показать 1")
    assert len(await on_screen(chat, held)) == 1
    assert (await held.deeds()).count("show") == 1


async def test_works_are_listed_on_pages_of_three_with_the_newest_first(held: Held) -> None:
    for number in range(1, 5):
        await held.group.writes(held.members[0], f"/работа План {number}")
    await held.leads("Работы")
    held.leader.sees("План 4", "План 3", "План 2")
    held.leader.sees_buttons("Показать 1", "Показать 2", "Показать 3", "›", "Обновить", HOME)
    await held.leads("›", "Показать 1")
    held.leader.sees("· на экране\nПлан 1")
    held.leader.sees_buttons("Убрать 1 с экрана", "‹", "Обновить", HOME)


async def test_the_work_of_the_team_that_presents_comes_first_on_the_screen(chat: Chat, held: Held) -> None:
    anna, boris = held.members
    await held.group.writes(anna, "/работа План Орлов")
    await held.group.writes(boris, "/работа План Сов")
    await held.leads("Работы", "Показать 1", "Показать 2", HOME, DESK, END)
    for first in ("План Орлов", "План Сов"):
        await held.goes_on()
        assert (await on_screen(chat, held))[0].text == first


async def test_a_work_of_another_session_is_shown_by_nobody_who_does_not_lead_it(chat: Chat, held: Held) -> None:
    other = await session_with(chat, "Вера", "Глеб")
    await held.group.writes(held.members[0], "/работа Наш план")
    [work] = await held.works()
    await other.leader.forges(ShowWork(session=other.id, work=work.id, shown=True).model_dump_json())
    other.leader.sees("Работ пока нет.")
    await other.leader.forges(ShowWork(session=held.id, work=work.id, shown=True).model_dump_json())
    other.leader.sees_pop_up("Это кнопка ведущего сессии.")
    assert await on_screen(chat, held) == ()
