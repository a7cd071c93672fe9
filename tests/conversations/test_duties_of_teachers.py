"""The rows of the methodology's table for teachers: each arrives on its days at 15:00, is settled by its own button,
and stops then."""

from datetime import date, timedelta

import pytest

from bot.domain.identifiers import ClassId
from bot.storage import participant_ids
from tests.conversations.chat import Chat, Person
from tests.conversations.staff import coordinator, school_listed, teacher
from tests.conversations.taking_part import claimed

DOCUMENTS = "9А: материалы урока и номера участников у вас? Нажмите «Документы получены»."
READY = (
    "9А: готовы к уроку? Если материалы понятны и есть компьютерный класс или практику зададите на дом, "
    "нажмите «Готовность к уроку»."
)
HELD = "9А: урок уже прошёл? Отметьте его, пожалуйста. Последний день уроков — 23 ноября."
HOMEWORK = "9А: отметьте, пожалуйста, кто выполнил практику, заданную на уроке 8 ноября."
IN_CLASS = "9А: сохраните, пожалуйста, кто выполнил практику на уроке 8 ноября."
FREE = "9А: 3 номера участников ещё свободны, № 1-3. Напомните, пожалуйста, ученикам про карточки."


@pytest.fixture
async def irina(chat: Chat) -> Person:
    """The school's coordinator."""
    school = await school_listed(chat)
    return await coordinator(chat, school.scope)


@pytest.fixture
async def anna(chat: Chat, irina: Person) -> Person:
    """The teacher of 9А with three pupils, confirmed on the first morning, Wednesday 8 November."""
    return await teacher(chat, irina)


async def told_by_day(chat: Chat, person: Person, until: date) -> dict[date, list[str]]:
    """What the clock tells the person by 15:00 of each day from tomorrow on."""
    day = chat.app.campaign.calendar.local_day(chat.clock.now())
    told = {}
    while day < until:
        day += timedelta(days=1)
        await person.has_read()
        await chat.moves_to(f"{day} 15:00")
        if person.news:
            told[day] = person.news
    return told


def november(text: str, *days: int) -> dict[date, list[str]]:
    return {date(2017, 11, day): [text] for day in days}


async def test_silence_about_the_documents_is_broken_every_second_working_day(chat: Chat, anna: Person) -> None:
    assert await told_by_day(chat, anna, date(2017, 11, 27)) == november(DOCUMENTS, 9, 13, 15, 17, 21, 23)


async def test_the_documents_are_settled_by_one_press_and_readiness_comes_next(chat: Chat, anna: Person) -> None:
    assert await told_by_day(chat, anna, date(2017, 11, 9)) == november(DOCUMENTS, 9)
    await anna.presses("Документы получены · 9А")
    anna.sees_pop_up("✅ «Документы получены» отмечено")
    assert await told_by_day(chat, anna, date(2017, 11, 27)) == november(READY, 14, 17, 20, 21, 22, 23)


async def test_readiness_is_settled_by_one_press_and_the_lesson_comes_next(chat: Chat, anna: Person) -> None:
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    assert await told_by_day(chat, anna, date(2017, 11, 13)) == november(READY, 13)
    await anna.presses("Готовность к уроку · 9А")
    anna.sees_pop_up("✅ «Готовность к уроку» отмечено")
    assert await told_by_day(chat, anna, date(2017, 11, 27)) == november(HELD, 16, 20, 22, 23)


async def test_the_lessons_button_begins_its_questions_and_ends_its_reminders(chat: Chat, anna: Person) -> None:
    for press in ("Отчётность", "Документы получены", "Готовность к уроку"):
        await anna.presses(press)
    assert await told_by_day(chat, anna, date(2017, 11, 16)) == november(HELD, 16)
    await anna.presses("Урок проведен · 9А")
    anna.sees("9А: в какой день прошёл урок?")
    for press in ("Вчера", "Все, 3", "На уроке", "Сохранить"):
        await anna.presses(press)
    told = await told_by_day(chat, anna, date(2017, 11, 24))
    assert told == {date(2017, 11, 21): [FREE]}


async def lesson_held(anna: Person, where: str) -> None:
    for press in ("Отчётность", "Документы получены", "Готовность к уроку", "Урок проведен", "Сегодня", "Все, 3"):
        await anna.presses(press)
    await anna.presses(where)


async def test_homework_and_free_numbers_of_one_day_are_one_message_with_two_buttons(chat: Chat, anna: Person) -> None:
    await lesson_held(anna, "На дом")
    told = await told_by_day(chat, anna, date(2017, 11, 16))
    assert list(told) == [date(2017, 11, 13), date(2017, 11, 16)]
    [both] = told[date(2017, 11, 13)]
    assert HOMEWORK in both
    assert FREE in both
    assert told[date(2017, 11, 16)] == [HOMEWORK]
    await anna.presses("Практика · 9А")
    anna.sees("Практика: 9А, на дом")
    await anna.presses("Все выполнили")
    assert await told_by_day(chat, anna, date(2017, 12, 3)) == {}


async def test_a_list_of_the_class_that_was_never_saved_is_asked_for_until_the_campaign_ends(
    chat: Chat, anna: Person
) -> None:
    await lesson_held(anna, "На уроке")
    for one, name in zip(await chat.stored(participant_ids.of_class, ClassId(1)), ("Олег", "Ира", "Глеб"), strict=True):
        await claimed(chat, one.number, name, "Титов")
    assert await told_by_day(chat, anna, date(2017, 12, 6)) == november(IN_CLASS, 13, 16, 21, 24, 29)


async def test_free_numbers_are_told_of_once_by_place_with_the_list_behind_the_button(chat: Chat, anna: Person) -> None:
    await lesson_held(anna, "На уроке")
    await anna.presses("Сохранить")
    numbers = await chat.stored(participant_ids.of_class, ClassId(1))
    await claimed(chat, numbers[1].number, "Олег", "Жуков")
    told = await told_by_day(chat, anna, date(2017, 11, 29))
    text = "9А: 2 номера участников ещё свободны, № 1, 3. Напомните, пожалуйста, ученикам про карточки."
    assert told == november(text, 13)
    await anna.presses("Номера участников · 9А")
    anna.sees("Номера участников, 9А. Занято 1 из 3")


async def test_a_report_that_was_undone_is_asked_for_again(chat: Chat, irina: Person, anna: Person) -> None:
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    await chat.moves_to("2017-11-09 10:00")
    await anna.presses("Отменить отметку")
    await anna.presses("Попросить координатора")
    await irina.presses("Отменить отметку")
    await irina.writes("По просьбе преподавателя")
    assert await told_by_day(chat, anna, date(2017, 11, 14)) == november(DOCUMENTS, 10, 14)
