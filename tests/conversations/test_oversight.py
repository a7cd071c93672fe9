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


async def test_who_has_not_reported_lists_classes_longest_silence_first(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    chat.clock.advance(timedelta(days=1))
    await applicant(chat, label="9Б", first_name="Вера")
    await irina.presses("Подтвердить")
    await irina.writes("кто не отчитался")
    irina.sees("Классов с преподавателем: 2")
    irina.sees_buttons("Документы получены: 2", "Готовность к уроку: 2", "Урок проведен: 2", "Меню")
    await irina.presses("Документы получены: 2")
    irina.reads(
        "«Документы получены»: не отчитались 2 класса\n"
        "9А, СОШ № 5, Ставрополь — Анна К., молчит с 8 ноября\n"
        "9Б, СОШ № 5, Ставрополь — Вера К., молчит с 9 ноября"
    )
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    await irina.writes("кто не отчитался")
    irina.sees_buttons("Документы получены: 1", "Готовность к уроку: 2", "Урок проведен: 2", "Меню")


async def test_the_list_is_narrowed_by_municipality_and_by_school(chat: Chat) -> None:
    await school_listed(chat)
    await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await anna.writes("добавить класс")
    await apply(anna, "СОШ № 2", label="10А", pupils=2)
    await irina.presses("Подтвердить")
    await irina.writes("кто не отчитался")
    await irina.presses("Документы получены: 2")
    await irina.presses("По районам")
    irina.sees_buttons("Город Ставрополь: 1", f"{IN_THE_COUNTRY}: 1", "Все", "Меню")
    await irina.presses(f"{IN_THE_COUNTRY}: 1")
    irina.sees("не отчитался 1 класс\n10А, СОШ № 2, Михайловск")
    await irina.presses("По школам")
    irina.sees_buttons("СОШ № 2, Михайловск: 1", "Все", "Меню")
    await irina.presses("Все")
    await irina.presses("По школам")
    await irina.presses("СОШ № 5, Ставрополь: 1")
    irina.sees("не отчитался 1 класс\n9А, СОШ № 5")


async def test_a_scope_ends_the_list_and_forged_presses_do_not_widen_it(chat: Chat) -> None:
    school = await school_listed(chat)
    far = await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    await teacher(chat, irina)
    pyotr = await coordinator(chat, municipality_of(far), "Пётр")
    await pyotr.writes("кто не отчитался")
    pyotr.sees("Классов с преподавателем: 0")
    for payload in (
        f'{{"kind":"not-reported","stage":"documents","school":{school.id}}}',
        f'{{"kind":"not-reported","stage":"documents","municipality":{school.municipality_id}}}',
        f'{{"kind":"not-reported-school","stage":"documents","municipality":{school.municipality_id}}}',
        '{"kind":"not-reported","stage":"documents","school":4711}',
    ):
        await pyotr.forges(payload)
        pyotr.sees("Это не в вашей зоне")


async def test_a_teacher_is_no_coordinator_and_sees_no_lists(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    for typed in ("сводка", "кто не отчитался", "заявки"):
        await anna.writes(typed)
        anna.sees("Этот раздел для координаторов")
