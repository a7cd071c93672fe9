import re
from datetime import timedelta

from sqlalchemy import Connection, func, select

from bot.domain.participant_ids import read_number
from bot.domain.roles import Role
from bot.storage import decisions, schema
from bot.storage.decisions import Deed, Subject
from tests.conversations.chat import Chat
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    applicant,
    apply,
    code_issued,
    coordinator,
    municipality_of,
    school_listed,
    teacher,
)
from tests.conversations.taking_part import claimed, issued


async def applications_stored(chat: Chat) -> int:
    def count(conn: Connection) -> int:
        return conn.execute(select(func.count()).select_from(schema.applications)).scalar_one()

    stored: int = await chat.stored(count)
    return stored


async def test_a_confirmed_teacher_gets_package_numbers_and_the_next_step(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await applicant(chat, pupils=3)
    anna.reads("✅ Заявка отправлена: 9А, СОШ № 5. Когда координатор ответит, я сразу напишу.")
    irina.sees("Заявка преподавателя", "Анна К.", "СОШ № 5, Ставрополь (Город Ставрополь)", "Класс 9А, 3 ученика")

    await irina.presses("Подтвердить")
    anna.sees("✅ Класс подтверждён: 9А, СОШ № 5", "вводит данные сам", "Номера участников, 9А: 3")
    anna.sees_buttons("Отчётность", "Класс 9А")
    assert anna.documents == [
        "План урока.txt",
        "Что нужно ученикам.txt",
        "Согласие родителя (бланк).txt",
        "Номера участников 9А.xlsx",
    ]
    numbers = re.findall(r"№ \d: ([\d-]{14})", anna.news[-1])
    assert len({read_number(number) for number in numbers}) == 3


async def test_a_school_is_found_by_words_that_only_resemble_its_name(chat: Chat) -> None:
    await school_listed(chat, "МБОУ СОШ № 5 имени Героя")
    await school_listed(chat, "СОШ № 15")
    anna = chat.person("Анна")
    await anna.writes("Я учитель")
    await anna.presses("Согласен")
    await anna.writes("школа №5 ставрополь")
    anna.reads("Нашлась 1 школа. Выберите свою:\n1. МБОУ СОШ № 5 имени Героя, Ставрополь (Город Ставрополь)")
    anna.sees_buttons("1. МБОУ СОШ № 5 имени Героя", "Моей школы нет", "Меню")


async def test_long_lists_of_schools_are_paged_in_the_same_message(chat: Chat) -> None:
    for number in range(1, 7):
        await school_listed(chat, f"СОШ № {number}")
    anna = chat.person("Анна")
    await anna.writes("я учитель")
    await anna.presses("Согласен")
    await anna.writes("ставрополь")
    anna.sees("Нашлось 6 школ", "4. СОШ № 4")
    await anna.presses("›")
    anna.sees("5. СОШ № 5", "6. СОШ № 6")
    assert len(anna.news) == 1
    await anna.presses("‹")
    anna.sees("1. СОШ № 1")


async def test_a_missing_school_is_described_to_the_coordinator(chat: Chat) -> None:
    irina = await coordinator(chat)
    anna = chat.person("Анна", "Кузнецова")
    await anna.writes("я учитель")
    await anna.presses("Согласен")
    await anna.writes("школа 99")
    anna.sees("По запросу «школа 99» ничего не нашлось")
    await anna.presses("Моей школы нет")
    await anna.writes("Шпаковский округ, Михайловск, школа 99")
    anna.sees("Передал координатору")
    irina.sees("Преподаватель не нашёл свою школу: Анна К.", "Михайловск, школа 99")


async def test_what_is_no_class_and_no_count_is_asked_again(chat: Chat) -> None:
    await school_listed(chat)
    anna = chat.person("Анна")
    await anna.writes("я учитель")
    await anna.presses("Согласен")
    await anna.writes("5")
    await anna.presses("1. СОШ № 5")
    await anna.writes("самый лучший")
    anna.sees("Не похоже на класс")
    await anna.writes("7Б")
    anna.sees("В акции участвуют 9-11 классы, а это 7 класс")
    await anna.writes('9 "а"')
    anna.sees("9А. Сколько учеников?")
    for wrong in ("много", "0", "41", "-3"):
        await anna.writes(wrong)
        anna.sees("Нужно число от 1 до 40")
    await anna.writes("25 человек")
    anna.sees("Класс: 9А", "25 учеников")
    assert await applications_stored(chat) == 0


async def test_a_sticker_instead_of_an_answer_leaves_the_question_open(chat: Chat) -> None:
    await school_listed(chat)
    anna = chat.person("Анна")
    await anna.writes("я учитель")
    await anna.presses("Согласен")
    await anna.writes("", attachments=[{"type": "sticker", "sticker": {"sticker_id": 1}}])
    anna.sees("Напишите школу словами")
    await anna.writes("5")
    anna.sees("СОШ № 5")


async def test_a_refusal_needs_a_reason_which_the_teacher_reads(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await applicant(chat)
    await irina.presses("Отклонить")
    irina.sees("Почему отклонить заявку на 9А?")
    await irina.writes("", attachments=[{"type": "sticker", "sticker": {"sticker_id": 1}}])
    irina.sees("Почему отклонить заявку на 9А?")
    await irina.writes("Вас нет в списке школы")
    irina.sees("Заявка отклонена: Анна К., 9А", "Причина: Вас нет в списке школы")
    anna.sees("Заявка отклонена: 9А, СОШ № 5.", "Причина: Вас нет в списке школы", "Можно подать ещё 2 заявки")
    assert anna.documents == []


async def test_three_refusals_close_applying_for_the_account(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await applicant(chat)
    for attempt in range(3):
        await irina.presses("Отклонить")
        await irina.writes("Не подтверждаем")
        if attempt < 2:
            await anna.presses("Подать новую заявку")
            await apply(anna, "СОШ № 5", label="9А", pupils=20)
    anna.sees("Новую заявку подать нельзя")
    await anna.writes("я учитель")
    anna.sees("Ваши заявки отклонили три раза")


async def test_a_second_coordinator_sees_what_was_decided_and_by_whom(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    oleg = await coordinator(chat, first_name="Олег")
    anna = await applicant(chat)
    await irina.presses("Подтвердить")
    chat.clock.advance(timedelta(minutes=5))
    await oleg.presses("Подтвердить")
    oleg.sees("✅ Заявка подтверждена: Анна К., 9А, СОШ № 5. Решение: Ирина О., 8 ноября, 09:00.")
    assert anna.documents.count("Номера участников 9А.xlsx") == 1
    await oleg.presses("Заявки")
    oleg.sees("Заявок, которые ждут решения, нет.")


async def test_nobody_decides_their_own_application(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await irina.writes("я учитель")
    await apply(irina, "СОШ № 5", label="9А", pupils=20)
    irina.sees("Координатора у школы пока нет")
    await irina.writes("заявки")
    await irina.presses("9А, СОШ № 5")
    irina.sees("Свою заявку рассматривает другой координатор")
    await irina.forges('{"kind":"confirm-application","application":1}')
    irina.sees("Свою заявку рассматривает другой координатор")


async def test_an_application_goes_to_the_nearest_coordinator_only(chat: Chat) -> None:
    school = await school_listed(chat)
    far = await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    region = await coordinator(chat)
    near = await coordinator(chat, school.scope, "Ольга")
    elsewhere = await coordinator(chat, municipality_of(far), "Пётр")
    await applicant(chat)
    near.sees("Заявка преподавателя")
    assert "Заявка преподавателя" not in "".join(region.news + elsewhere.news)
    await elsewhere.writes("заявки")
    elsewhere.sees("Заявок, которые ждут решения, нет.")
    await elsewhere.forges('{"kind":"confirm-application","application":1}')
    elsewhere.sees("Это не в вашей зоне")


async def test_a_stranger_with_a_forged_press_decides_nothing(chat: Chat) -> None:
    await school_listed(chat)
    await coordinator(chat)
    anna = await applicant(chat)
    for payload in ('{"kind":"confirm-application","application":1}', '{"kind":"application","application":1}'):
        await anna.forges(payload)
        anna.sees("Это не в вашей зоне")
    await anna.writes("заявки")
    anna.sees("Этот раздел для координаторов")
    await anna.forges('{"kind":"confirm-application","application":99999999999999999999}')
    anna.sees("Эта кнопка устарела")


async def test_a_second_teacher_of_a_class_is_told_and_may_ask_for_a_hand_over(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    vera = chat.person("Вера", "Лосева")
    await vera.writes("я учитель")
    await vera.presses("Согласен")
    await vera.writes("СОШ № 5")
    await vera.presses("1. СОШ № 5")
    await vera.writes("9-а")
    vera.sees("У класса 9А уже есть преподаватель")
    vera.sees_buttons("Попросить передать класс", "Другой класс", "Меню")
    await vera.presses("Попросить передать класс")
    vera.sees("Передал координатору вашу просьбу")
    irina.sees("Просят передать класс 9А", "Кто просит: Вера Л.", "Сейчас преподаватель: Анна К.")


async def test_a_class_that_somebody_waits_for_cannot_be_applied_for_again(chat: Chat) -> None:
    await school_listed(chat)
    await applicant(chat)
    vera = chat.person("Вера", "Лосева")
    await vera.writes("я учитель")
    await vera.presses("Согласен")
    await vera.writes("СОШ № 5")
    await vera.presses("1. СОШ № 5")
    await vera.writes("9А")
    vera.sees("Заявку на 9А уже подал другой преподаватель")


async def test_the_same_application_pressed_twice_is_made_once(chat: Chat) -> None:
    await school_listed(chat)
    anna = await applicant(chat)
    await anna.forges('{"kind":"apply","school":1,"label":"9-А","pupils":3}')
    anna.sees("Заявка на 9А уже отправлена")
    assert await applications_stored(chat) == 1


async def test_a_forged_application_is_held_to_the_same_rules(chat: Chat) -> None:
    await school_listed(chat)
    anna = await applicant(chat)
    await anna.forges('{"kind":"apply","school":1,"label":"10-Б","pupils":900}')
    anna.sees("Нужно число от 1 до 40")
    await anna.forges('{"kind":"apply","school":1,"label":"7-Б","pupils":20}')
    anna.sees("Напишите номер или название школы")
    await anna.forges('{"kind":"apply","school":77,"label":"9-Б","pupils":20}')
    anna.sees("Напишите номер или название школы")
    assert await applications_stored(chat) == 1


async def test_a_participant_cannot_apply_as_a_teacher(chat: Chat) -> None:
    numbers = await issued(chat, 1)
    pupil = await claimed(chat, numbers[0], "Олег", "Жуков")
    await pupil.person.writes("я учитель")
    pupil.person.sees("Вы участвуете в акции как ученик")


async def test_registration_of_teachers_says_when_it_ended(chat: Chat) -> None:
    await school_listed(chat)
    chat.clock.advance(timedelta(days=16))
    anna = chat.person("Анна")
    await anna.writes("я учитель")
    await anna.presses("Согласен")
    anna.sees("Регистрация преподавателей закончилась 23 ноября")


async def test_an_application_made_in_time_may_be_decided_later(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await applicant(chat)
    chat.clock.advance(timedelta(days=16))
    await irina.presses("Подтвердить")
    anna.sees("✅ Класс подтверждён: 9А")


async def test_an_invitation_to_the_school_confirms_a_class_at_once(chat: Chat) -> None:
    school = await school_listed(chat)
    code = await code_issued(chat, Role.TEACHER, school.scope)
    anna = chat.person("Анна", "Кузнецова")
    await anna.begins(f"i-{code}")
    await anna.presses("Согласен")
    anna.sees("Вас приглашают: преподаватель школы СОШ № 5")
    await anna.presses("Принять")
    await anna.presses("Добавить класс")
    await anna.presses("СОШ № 5")
    await anna.writes("11 б")
    await anna.writes("2")
    anna.sees("Вы приглашены в эту школу: номера придут сразу.")
    await anna.presses("Получить номера")
    anna.sees("✅ Класс подтверждён: 11Б", "Номера участников, 11Б: 2")
    assert await applications_stored(chat) == 0


async def test_every_decision_is_in_the_journal_with_its_reason(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await applicant(chat)
    await irina.presses("Отклонить")
    await irina.writes("не тот класс")
    journal = await chat.stored(decisions.about, Subject.APPLICATION, "1")
    assert [(line.deed, line.reason) for line in journal] == [(Deed.REFUSE_APPLICATION, "не тот класс")]
