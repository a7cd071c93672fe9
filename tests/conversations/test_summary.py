from datetime import timedelta

from tests.conversations.chat import Chat
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    applicant,
    apply,
    coordinator,
    municipality_of,
    school_listed,
    teacher,
)


async def test_the_summary_counts_how_far_the_classes_have_come_with_their_shares(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    await applicant(chat, label="9Б", first_name="Вера")
    await irina.writes("сводка")
    irina.reads(
        "Сводка на 8 ноября\nКлассов с преподавателем: 1\nДокументы получены: 1 (100 %)\nГотовы к уроку: 0 (0 %)\n"
        "Урок проведен: 0 (0 %)\nПрактика отмечена: 0\nУчастников: 0\nГолосов: 0\nЗаявок ждут решения: 1"
    )
    irina.sees_buttons("Кто не отчитался", "Заявки", "Картинкой", "По муниципалитетам", "Меню")


async def test_the_summary_of_a_municipality_is_of_its_own_classes_only(chat: Chat) -> None:
    near = await school_listed(chat)
    await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await anna.writes("добавить класс")
    await apply(anna, "СОШ № 2", label="10А", pupils=2)
    await irina.presses("Подтвердить")
    pyotr = await coordinator(chat, municipality_of(near), "Пётр")
    await pyotr.writes("сводка")
    pyotr.sees("Классов с преподавателем: 1")
    pyotr.sees_buttons("Кто не отчитался", "Заявки", "Картинкой", "Меню")
    await irina.writes("сводка")
    irina.sees("Классов с преподавателем: 2")
    await irina.presses("По муниципалитетам")
    irina.reads(
        "По муниципалитетам: классов → документы → готовы → урок проведен\n"
        f"Город Ставрополь: 1 → 0 → 0 → 0\n{IN_THE_COUNTRY}: 1 → 0 → 0 → 0"
    )
    await irina.presses("К сводке")
    irina.sees("Сводка на 8 ноября")


async def test_the_funnel_comes_as_a_picture_beside_the_figures(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await irina.writes("сводка")
    await irina.presses("Картинкой")
    irina.reads("Пока ни у одного класса нет преподавателя, рисовать нечего.")
    await teacher(chat, irina)
    await irina.writes("сводка")
    await irina.presses("Картинкой")
    irina.reads("Сводка на 8 ноября")
    assert irina.pictures == 1
    await irina.presses("К сводке")
    irina.sees("Классов с преподавателем: 1")


async def test_teachers_whom_messages_do_not_reach_are_counted_in_the_summary(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    chat.emulator.deny(anna.id)
    await irina.writes("сводка")
    irina.sees("Преподавателей, которым не доходят сообщения: 1")


async def test_schools_without_a_teacher_are_listed_page_by_page(chat: Chat) -> None:
    for number in range(11, 33):
        await school_listed(chat, f"СОШ № {number}")
    irina = await coordinator(chat)
    await teacher(chat, irina, "СОШ № 32")
    await irina.forges('{"kind":"schools-without-teacher"}')
    irina.sees("21 школа без подтверждённого преподавателя\nСОШ № 11, Ставрополь")
    irina.sees_buttons("›", "К сводке", "Меню")
    await irina.presses("›")
    irina.reads("21 школа без подтверждённого преподавателя\nСОШ № 31, Ставрополь")
    irina.sees_buttons("‹", "К сводке", "Меню")


async def test_nobody_but_a_coordinator_sees_a_summary_even_by_forged_presses(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    chat.clock.advance(timedelta(days=1))
    for kind in ("summary", "summary-by-place", "summary-picture", "schools-without-teacher"):
        await anna.forges(f'{{"kind":"{kind}"}}')
        anna.sees("Этот раздел для координаторов")
