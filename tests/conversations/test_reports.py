from datetime import timedelta

import pytest

from bot.domain.identifiers import ClassId
from bot.storage import decisions, participant_ids
from bot.storage.decisions import Deed, Subject
from tests.conversations.chat import Chat, Person
from tests.conversations.staff import coordinator, school_listed, teacher
from tests.conversations.taking_part import claimed


@pytest.fixture
async def irina(chat: Chat) -> Person:
    """The region's coordinator."""
    await school_listed(chat)
    return await coordinator(chat)


@pytest.fixture
async def anna(chat: Chat, irina: Person) -> Person:
    """The teacher of 9А with four pupils, on the board of reports."""
    anna = await teacher(chat, irina, pupils=4)
    await anna.presses("Отчётность")
    return anna


async def held(anna: Person, attended: str = "4") -> None:
    """All three reports, the lesson today."""
    await anna.presses("Документы получены")
    await anna.presses("Готовность к уроку")
    await anna.presses("Урок проведен")
    await anna.presses("Сегодня")
    await anna.writes(attended)
    await anna.presses("На уроке")


async def test_three_reports_are_made_in_order_and_dated(chat: Chat, anna: Person) -> None:
    anna.sees("Отчётность: 9А, СОШ № 5", "▫️ Документы получены")
    await anna.presses("Документы получены")
    anna.sees_pop_up("✅ «Документы получены» отмечено")
    anna.sees("✅ Документы получены — 8 ноября", "▫️ Готовность к уроку")
    chat.clock.advance(timedelta(days=1))
    await anna.presses("Готовность к уроку")
    anna.sees("✅ Готовность к уроку — 9 ноября")
    await anna.presses("Урок проведен")
    anna.sees("9А: в какой день прошёл урок?")
    anna.sees_buttons("Сегодня", "Вчера", "Другой день", "Класс 9А", "Меню")
    await anna.presses("Вчера")
    anna.sees("Урок 8 ноября. Сколько учеников было? Напишите число от 1 до 4.")
    await anna.writes("3")
    anna.sees("На уроке было 3 ученика. Где делали практику?")
    await anna.presses("На дом")
    anna.sees_pop_up("✅ «Урок проведен» отмечено")
    anna.sees("✅ Урок проведен — 9 ноября", "Все отчёты сделаны, спасибо! Осталось отметить, кто выполнил практику")


async def test_a_report_out_of_order_names_the_one_that_comes_first(anna: Person) -> None:
    await anna.presses("Урок проведен")
    anna.sees_pop_up("Сначала отметьте «Документы получены»")
    await anna.presses("Готовность к уроку")
    anna.sees_pop_up("Сначала отметьте «Документы получены»")


async def test_pressing_a_made_report_again_says_when_it_was_made(chat: Chat, anna: Person) -> None:
    await anna.presses("Документы получены")
    chat.clock.advance(timedelta(minutes=20))
    await anna.presses("✅ Документы получены")
    anna.sees_pop_up("«Документы получены» отмечено 8 ноября, 09:00")


async def test_the_day_of_the_lesson_may_be_typed_or_chosen_but_not_come(chat: Chat, anna: Person) -> None:
    chat.clock.advance(timedelta(days=5))
    await anna.presses("Документы получены")
    await anna.presses("Готовность к уроку")
    await anna.presses("Урок проведен")
    await anna.writes("когда-нибудь")
    anna.sees("Не понял день")
    await anna.writes("20 ноября")
    anna.sees("Этот день ещё не наступил")
    await anna.writes("1 ноября")
    anna.sees("Уроки проходят с 8 ноября по 23 ноября")
    await anna.presses("Другой день")
    anna.sees_buttons("13 ноября", "12 ноября", "11 ноября", "10 ноября", "9 ноября", "8 ноября", "Класс 9А", "Меню")
    await anna.writes("10.11")
    anna.sees("Урок 10 ноября")


async def test_attendance_lies_between_the_claimed_and_the_declared(chat: Chat, anna: Person) -> None:
    numbers = await chat.stored(participant_ids.of_class, ClassId(1))
    await claimed(chat, numbers[0].number, "Олег", "Жуков")
    await claimed(chat, numbers[1].number, "Ира", "Титова")
    await anna.presses("Документы получены")
    await anna.presses("Готовность к уроку")
    await anna.presses("Урок проведен")
    await anna.presses("Сегодня")
    anna.sees("Напишите число от 2 до 4")
    for wrong in ("1", "5", "все"):
        await anna.writes(wrong)
        anna.sees("Нужно число от 2 до 4")
    await anna.presses("Все, 4")
    anna.sees("На уроке было 4 ученика")


async def test_the_last_press_repeated_makes_no_second_report(anna: Person) -> None:
    await held(anna)
    await anna.forges('{"kind":"lesson-held","class_id":1,"held_on":"2017-11-08","attended":4,"practice":"in_class"}')
    anna.sees_pop_up("✅ «Урок проведен» отмечено")
    await anna.forges('{"kind":"lesson-held","class_id":1,"held_on":"2017-11-08","attended":3,"practice":"in_class"}')
    anna.sees_pop_up("«Урок проведен» отмечено 8 ноября, 09:00")


async def test_a_forged_last_answer_is_held_to_the_same_rules(anna: Person) -> None:
    await anna.presses("Документы получены")
    await anna.presses("Готовность к уроку")
    last = '{"kind":"lesson-held","class_id":1,"held_on":"%s","attended":%s,"practice":"in_class"}'
    await anna.forges(last % ("2017-12-01", 4))
    anna.sees("Этот день ещё не наступил")
    await anna.forges(last % ("2017-11-08", 40))
    anna.sees("Нужно число от 1 до 4")
    await anna.forges(last % ("не день", 4))
    anna.sees("Эта кнопка устарела")


async def test_a_class_less_than_half_present_waits_for_the_coordinators_yes(irina: Person, anna: Person) -> None:
    await held(anna, attended="1")
    anna.sees("Урок проведен — 8 ноября, ждёт согласия координатора")
    irina.sees("На уроке было меньше половины класса: 1 из 4", "Преподаватель: Анна К.")
    await irina.presses("Согласиться")
    irina.sees("✅ Отчёт принят: 9А.")
    anna.sees("9А: координатор согласился")
    await irina.forges('{"kind":"accept-attendance","class_id":1}')
    irina.sees("решать нечего")
    await anna.presses("Отчётность")
    assert "ждёт согласия" not in anna.news[0]


async def test_a_low_attendance_may_be_sent_back_with_a_reason(irina: Person, anna: Person) -> None:
    await held(anna, attended="1")
    await irina.presses("Вернуть отчёт")
    await irina.writes("Проведите ещё раз с остальными")
    irina.sees("Отметка «Урок проведен» снята: 9А")
    anna.sees("9А: координатор снял отметку «Урок проведен».", "Причина: Проведите ещё раз с остальными")
    await anna.presses("Отчётность")
    anna.sees("▫️ Урок проведен")


async def test_a_report_is_undone_by_its_teacher_within_fifteen_minutes(chat: Chat, anna: Person) -> None:
    await anna.presses("Документы получены")
    chat.clock.advance(timedelta(minutes=14, seconds=59))
    await anna.presses("Отменить отметку")
    anna.sees_pop_up("Отметка «Документы получены» снята")
    anna.sees("▫️ Документы получены")


async def test_later_only_the_coordinator_undoes_a_report_and_says_why(chat: Chat, irina: Person, anna: Person) -> None:
    await anna.presses("Документы получены")
    chat.clock.advance(timedelta(minutes=15))
    await anna.presses("Отменить отметку")
    anna.sees("самому можно 15 минут")
    await anna.presses("Попросить координатора")
    anna.sees("Попросил координатора снять отметку")
    irina.sees("Просят снять отметку «Документы получены»: 9А", "Кто просит: Анна К.")
    await irina.presses("Отменить отметку")
    await irina.writes("По просьбе преподавателя")
    anna.sees("Причина: По просьбе преподавателя")
    journal = await chat.stored(decisions.about, Subject.CLASS, "1")
    assert [(line.deed, line.reason) for line in journal] == [(Deed.UNDO_REPORT, "По просьбе преподавателя")]


async def test_an_earlier_report_cannot_be_undone_before_a_later_one(anna: Person) -> None:
    await anna.presses("Документы получены")
    await anna.presses("Готовность к уроку")
    await anna.forges('{"kind":"undo-report","class_id":1,"stage":"documents"}')
    anna.sees_pop_up("Сначала нужно снять отметку «Готовность к уроку»: она сделана позже.")
    await anna.forges('{"kind":"undo-report","class_id":1,"stage":"held"}')
    anna.sees_pop_up("Такой отметки нет: её уже сняли.")


async def test_reports_after_the_lessons_time_are_taken_and_marked_late(chat: Chat, anna: Person) -> None:
    chat.clock.advance(timedelta(days=17))
    await anna.presses("Документы получены")
    anna.sees_pop_up("«Документы получены» отмечено, с опозданием")
    anna.sees("✅ Документы получены — 25 ноября (с опозданием)")


async def test_after_the_campaign_reports_are_closed_and_change_nothing(chat: Chat, anna: Person) -> None:
    chat.clock.advance(timedelta(days=30))
    await anna.presses("Документы получены")
    anna.sees_pop_up("Акция закончилась 3 декабря, отчёты больше не принимаются")
    await anna.writes("отчётность")
    anna.sees("▫️ Документы получены")


async def test_a_question_reaches_the_coordinator_with_the_class(irina: Person, anna: Person) -> None:
    await anna.presses("Есть вопрос")
    anna.sees("Напишите вопрос координатору")
    await anna.writes("Можно ли провести урок в двух группах?")
    anna.sees("Передал вопрос координатору")
    irina.sees("Вопрос преподавателя: Анна К.", "Класс 9А", "Можно ли провести урок в двух группах?")


async def test_somebody_elses_class_can_neither_be_seen_nor_reported_on(chat: Chat, anna: Person) -> None:
    stranger = chat.person("Пётр", "Чужой")
    await stranger.writes("мои классы")
    await stranger.presses("Согласен")
    stranger.sees("Классов пока нет")
    for kind in ("class", "class-reports", "numbers", "numbers-file", "more-numbers", "parent-consent", "package"):
        await stranger.forges(f'{{"kind":"{kind}","class_id":1}}')
        stranger.sees("Это не ваш класс")
    for payload in (
        '{"kind":"report","class_id":1,"stage":"documents"}',
        '{"kind":"undo-report","class_id":1,"stage":"documents"}',
        '{"kind":"accept-attendance","class_id":1}',
        '{"kind":"undo-for-teacher","class_id":1,"stage":"documents"}',
        '{"kind":"grant-numbers","class_id":1,"pupils":90}',
        '{"kind":"tick-consent","class_id":1,"place":1}',
    ):
        await stranger.forges(payload)
        assert "Это не ваш класс" in stranger.news[0] or "Это не в вашей зоне" in stranger.news[0]
    await anna.writes("отчётность")
    anna.sees("▫️ Документы получены")


async def test_a_coordinator_who_teaches_does_not_decide_about_the_own_class(chat: Chat, irina: Person) -> None:
    oleg = await coordinator(chat, first_name="Олег")
    await irina.writes("я учитель")
    await irina.writes("СОШ № 5")
    await irina.presses("1. СОШ № 5")
    await irina.writes("9А")
    await irina.writes("4")
    await irina.presses("Отправить заявку")
    await oleg.presses("Подтвердить")
    await irina.presses("Отчётность")
    await held(irina, attended="1")
    oleg.sees("меньше половины класса")
    await irina.forges('{"kind":"accept-attendance","class_id":1}')
    irina.sees("О своём классе решает другой координатор")
