from datetime import datetime

import pytest
from sqlalchemy import Connection, func, select

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import Report, ReportStage
from bot.storage import participant_ids, reports, schema
from tests.conversations.chat import Chat, Person
from tests.conversations.taking_part import claimed
from tests.storage.builders import add_class, add_school


@pytest.fixture
async def anna(chat: Chat) -> Person:
    """The teacher of 9А with seven pupils, about to report the lesson."""
    anna = await agreed(chat, "Анна")
    await chat.stored(class_of, "9-А", 7, chat.clock.now())
    await anna.writes("отчётность")
    return anna


async def agreed(chat: Chat, first_name: str) -> Person:
    """Somebody who agreed to take part."""
    person = chat.person(first_name)
    await person.writes("согласие")
    await person.presses("Согласен")
    return person


def class_of(conn: Connection, label: str, pupils: int, at: datetime) -> None:
    """A class of the person who agreed last, ready for the lesson."""
    teacher = PersonId(conn.execute(select(func.max(schema.people.c.id))).scalar_one())
    class_id = add_class(conn, add_school(conn), teacher, label=label, pupils=pupils)
    for stage in (ReportStage.DOCUMENTS, ReportStage.READY):
        reports.add(conn, class_id, teacher, Report(stage, at))


async def held(anna: Person, *, where: str, attended: int = 7) -> None:
    await anna.presses("Урок проведен")
    await anna.presses("Сегодня")
    await anna.writes(str(attended))
    await anna.presses(where)


DRAFT_IN_CLASS = (
    "Сначала отмечены все. Нажмите № или напишите, кто не выполнил, например: не выполнили: 3, 7, 12-15. "
    "Потом нажмите «Сохранить»."
)
CORRECT = "Поправить можно так же: нажмите № или напишите, например: выполнили: 3."


async def test_a_task_done_in_class_is_offered_with_everybody_done_right_after_the_report(anna: Person) -> None:
    await held(anna, where="На уроке")
    anna.sees("▫️ Практика не отмечена", "Практика: 9А, на уроке\nВыполнили 7 из 7: № 1-7\n" + DRAFT_IN_CLASS)
    anna.sees_buttons("✅ 1", "✅ 2", "✅ 3", "✅ 4", "✅ 5", "›", "Сохранить", "Класс 9А")
    await anna.presses("✅ 3")
    anna.reads(f"Практика: 9А, на уроке\nВыполнили 6 из 7: № 1-2, 4-7\nНе выполнили: № 3\n{DRAFT_IN_CLASS}")
    await anna.presses("›")
    anna.sees_buttons("✅ 6", "✅ 7", "‹", "Сохранить", "Класс 9А")
    await anna.presses("✅ 7")
    anna.sees_buttons("✅ 6", "✖ 7", "‹", "Сохранить", "Класс 9А")
    await anna.presses("Сохранить")
    anna.sees_pop_up("✅ Практика сохранена")
    anna.reads(f"Практика: 9А, на уроке. ✅ Сохранено\nВыполнили 5 из 7: № 1-2, 4-6\nНе выполнили: № 3, 7\n{CORRECT}")
    await anna.writes("отчётность")
    anna.sees("✅ Практика: 5 из 7")
    await anna.writes("мои классы")
    anna.sees("отчётов 3 из 3, практика: 5 из 7")
    await anna.presses("9А, СОШ № 5")
    anna.sees("Отчётов: 3 из 3, практика: 5 из 7")


async def test_who_was_away_has_to_be_taken_off_before_the_list_is_saved(anna: Person) -> None:
    await held(anna, where="На уроке", attended=5)
    anna.sees("На уроке было 5 учеников, не весь класс. Кого не было, отметьте как не выполнивших.")
    await anna.presses("Сохранить")
    anna.sees_pop_up("Отмечено 7, а на уроке было 5: отметьте, кого не было")
    await anna.writes("не выполнили: 2, 6")
    anna.sees("Выполнили 5 из 5: № 1, 3-5, 7", "Не выполнили: № 2, 6")
    await anna.presses("Сохранить")
    anna.sees("✅ Сохранено")
    await anna.presses("✖ 2")
    anna.sees_pop_up("Отмечено 6, а на уроке было 5: отметьте, кого не было")


async def test_homework_opens_empty_and_is_marked_on_different_days_by_tapping_and_typing(
    chat: Chat, anna: Person
) -> None:
    await held(anna, where="На дом")
    anna.sees("▫️ Практика: 0 из 7")
    await anna.presses("Практика")
    anna.sees("Практика: 9А, на дом\nВыполнили 0 из 7\nНажмите № или напишите, кто выполнил")
    anna.sees_buttons("▫️ 1", "▫️ 2", "▫️ 3", "▫️ 4", "▫️ 5", "›", "Все выполнили", "Класс 9А")
    await anna.presses("▫️ 2")
    anna.sees("Выполнили 1 из 7: № 2")
    await anna.presses("✅ 2")
    anna.sees("Выполнили 0 из 7\n")
    await anna.writes("2, 3 – 5")
    anna.sees("Выполнили 4 из 7: № 2-5")
    await chat.moves_to("2017-11-10 12:00")
    await anna.writes("практика")
    await anna.writes("не выполнили 7")
    anna.sees("Выполнили 4 из 7: № 2-5\nНе выполнили: № 7")
    await anna.presses("Остальные не выполнили")
    anna.sees_pop_up("✅ Практика сохранена")
    anna.sees("Выполнили 4 из 7: № 2-5\nНе выполнили: № 1, 6-7")
    await anna.writes("выполнили: 1")
    anna.sees("Выполнили 5 из 7: № 1-5")


async def test_homework_saves_itself_once_everybody_who_attended_has_done_it(anna: Person) -> None:
    await held(anna, where="На дом", attended=4)
    await anna.presses("Практика")
    await anna.writes("выполнили: 1-3")
    assert "Сохранено" not in anna.news[-1]
    await anna.writes("7")
    anna.sees("✅ Практика сохранена", "на дом. ✅ Сохранено\nВыполнили 4 из 4: № 1-3, 7")


async def test_everybody_may_be_marked_with_one_word_or_one_press(anna: Person) -> None:
    await held(anna, where="На дом")
    await anna.presses("Практика")
    await anna.writes("все, кроме 3")
    anna.sees("✅ Практика сохранена", "Выполнили 6 из 7: № 1-2, 4-7\nНе выполнили: № 3")
    await anna.writes("все")
    anna.sees("Выполнили 7 из 7: № 1-7")


async def test_a_place_that_is_not_in_the_class_is_named_and_the_others_are_marked(anna: Person) -> None:
    await held(anna, where="На уроке")
    await anna.writes("не выполнили: 3, 7-9")
    anna.sees("Таких № в классе нет: 8-9. В списке № от 1 до 7, остальное отмечено.", "Не выполнили: № 3, 7")
    await anna.writes("не выполнил 9")
    anna.sees("Таких № в классе нет: 9. В списке № от 1 до 7.")
    await anna.writes("Иванов не выполнил")
    anna.sees("Напишите № из списка класса, от 1 до 7")
    await anna.writes("4")
    anna.sees("Не выполнили: № 3-4, 7")


async def test_the_label_of_a_button_below_the_list_may_be_typed_instead_of_pressed(anna: Person) -> None:
    await held(anna, where="На уроке")
    await anna.writes("не выполнили: 3")
    await anna.presses("Класс 9А")
    anna.sees("Дальше: отметьте, кто выполнил практику.")
    await anna.presses("Практика")
    await anna.writes("сохранить")
    anna.sees("✅ Практика сохранена", "Выполнили 6 из 7: № 1-2, 4-7")
    await anna.presses("Класс 9А")
    anna.sees("Все отчёты сделаны, спасибо!")
    await anna.presses("Практика")
    await anna.writes("Сохранить")
    anna.sees("Список сохранён")


async def test_the_same_button_in_two_messages_means_the_same_and_a_second_save_says_when(
    chat: Chat, anna: Person
) -> None:
    await held(anna, where="На уроке")
    tick = '{"kind":"mark-practice","class_id":1,"lesson":3,"place":2,"done":false}'
    for _ in range(2):
        await anna.forges(tick)
        anna.sees("Не выполнили: № 2")
    save = '{"kind":"save-practice","class_id":1,"lesson":3,"rest_done":true}'
    await anna.forges(save)
    anna.sees("✅ Сохранено")
    await chat.moves_to("2017-11-08 12:30")
    await anna.forges(save)
    anna.sees_pop_up("Список сохранён 8 ноября, 09:00, его можно поправить")


async def test_a_button_of_a_lesson_that_was_undone_changes_nothing_in_the_new_list(anna: Person) -> None:
    await held(anna, where="На уроке")
    await anna.presses("Отменить отметку")
    tick = '{"kind":"mark-practice","class_id":1,"lesson":3,"place":2,"done":false}'
    await anna.forges(tick)
    anna.sees("9А: практику отмечают после урока")
    anna.sees_buttons("Отчётность", "Класс 9А", "Меню")
    await anna.presses("Отчётность")
    await held(anna, where="На уроке", attended=6)
    await anna.forges(tick)
    anna.sees("Та кнопка — от прежней отметки урока, её сняли. Вот нынешний список.", "Выполнили 7 из 6: № 1-7")


async def test_a_list_is_kept_by_nobody_but_the_classes_own_teacher(chat: Chat, anna: Person) -> None:
    await held(anna, where="На уроке")
    irina = await agreed(chat, "Ирина")
    for payload in (
        '{"kind":"class-practice","class_id":1}',
        '{"kind":"mark-practice","class_id":1,"lesson":3,"place":2,"done":false}',
        '{"kind":"save-practice","class_id":1,"lesson":3,"rest_done":true}',
    ):
        await irina.forges(payload)
        irina.sees("Это не ваш класс")
    await irina.writes("практика")
    irina.sees("Классов пока нет")


async def test_numbers_claimed_later_raise_how_many_have_attended(chat: Chat, anna: Person) -> None:
    await held(anna, where="На дом", attended=1)
    numbers = await chat.stored(participant_ids.of_class, ClassId(1))
    for one, name in zip(numbers[:2], ("Олег", "Ира"), strict=True):
        await claimed(chat, one.number, name, "Титова")
    await anna.writes("практика")
    anna.sees("Выполнили 0 из 2")


async def test_practice_is_late_after_five_working_days_and_closed_after_the_campaign(chat: Chat, anna: Person) -> None:
    await held(anna, where="На дом")
    await anna.presses("Практика")
    await chat.moves_to("2017-11-16 09:00")
    await anna.presses("Все выполнили")
    anna.sees("на дом. ✅ Сохранено, с опозданием")
    await chat.moves_to("2017-12-04 09:00")
    await anna.presses("✅ 1")
    anna.sees_pop_up("Акция закончилась 3 декабря, отчёты больше не принимаются")
    anna.sees("Выполнили 7 из 7")


async def test_a_teacher_of_two_classes_chooses_the_one_to_mark(chat: Chat, anna: Person) -> None:
    await chat.stored(class_of, "9-Б", 4, chat.clock.now())
    await anna.writes("Практика")
    anna.reads("Практика. В каком классе?")
    anna.sees_buttons("9А, СОШ № 5", "9Б, СОШ № 5", "Меню")
    await anna.presses("9Б, СОШ № 5")
    anna.sees("9Б: практику отмечают после урока")
