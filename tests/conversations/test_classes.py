from datetime import timedelta

import pytest

from bot.domain.identifiers import ClassId
from bot.domain.participant_ids import shown
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
    """The teacher of 9А with three pupils."""
    return await teacher(chat, irina)


async def test_my_classes_show_how_each_class_is_doing(chat: Chat, anna: Person) -> None:
    await anna.writes("мои классы")
    anna.reads("Мои классы\n9А, СОШ № 5: занято номеров 0 из 3, 0 голосов, отчётов 0 из 3")
    anna.sees_buttons("9А, СОШ № 5", "Добавить класс", "Меню")
    await anna.presses("9А, СОШ № 5")
    anna.sees("Учеников: 3", "Номеров выдано: 3, занято: 0", "что документы получены")


async def test_an_application_that_waits_stands_among_my_classes(chat: Chat, anna: Person) -> None:
    await anna.writes("добавить класс")
    await anna.presses("СОШ № 5")
    await anna.writes("9Б")
    await anna.writes("20")
    await anna.presses("Отправить заявку")
    await anna.writes("мои классы")
    anna.sees("9Б, СОШ № 5: заявка у координатора")


async def test_the_list_of_numbers_shows_who_took_which_place(chat: Chat, anna: Person) -> None:
    number = (await chat.stored(participant_ids.of_class, ClassId(1)))[1].number
    await claimed(chat, number, "Олег", "Жуков")
    await anna.writes("мои классы")
    await anna.presses("9А, СОШ № 5")
    await anna.presses("Номера участников")
    anna.sees("Занято 1 из 3", f"№ 2 · {shown(number)} · Олег Ж. ✅", "· свободен")
    await anna.presses("Прислать таблицей")
    assert anna.documents[-1] == "Номера участников 9А.xlsx"


async def test_more_numbers_up_to_the_cap_come_at_once(anna: Person) -> None:
    await anna.presses("Класс 9А")
    await anna.presses("Ещё номера")
    anna.sees("9А: сейчас 3", "до 37")
    await anna.writes("ещё пару")
    anna.sees("Напишите, сколько номеров добавить")
    await anna.writes("2")
    anna.sees("Номера участников, 9А: 2", "№ 4: ", "№ 5: ")
    assert "№ 3: " not in anna.news[0]


async def test_numbers_beyond_the_cap_are_the_coordinators_decision(chat: Chat, irina: Person, anna: Person) -> None:
    await anna.presses("Класс 9А")
    await anna.presses("Ещё номера")
    await anna.writes("40")
    anna.sees("на класс даётся до 40 номеров, вам нужно 43")
    irina.sees("Просят номера сверх 40: сейчас 3, нужно 43", "Преподаватель: Анна К.")
    await irina.presses("Дать номера")
    irina.sees("✅ 9А: теперь номеров 43")
    anna.sees("Номера участников, 9А: 40", "№ 43: ")
    await irina.forges('{"kind":"grant-numbers","class_id":1,"pupils":43}')
    irina.sees("номеров уже 43")
    journal = await chat.stored(decisions.about, Subject.CLASS, "1")
    assert [(line.deed, line.details) for line in journal] == [(Deed.GRANT_NUMBERS, "43")]


async def test_a_refusal_of_more_numbers_carries_its_reason_to_the_teacher(irina: Person, anna: Person) -> None:
    await anna.presses("Класс 9А")
    await anna.presses("Ещё номера")
    await anna.writes("40")
    await irina.presses("Отклонить")
    await irina.writes("В классе столько не бывает")
    anna.sees("9А: дополнительные номера не согласованы", "Причина: В классе столько не бывает")


async def test_new_numbers_end_with_the_registration_of_participants(chat: Chat, anna: Person) -> None:
    chat.clock.advance(timedelta(days=30))
    await anna.presses("Класс 9А")
    await anna.presses("Ещё номера")
    anna.sees("Регистрация участников закончилась 3 декабря")


async def test_parents_consents_are_ticked_by_button_and_by_typing(chat: Chat, anna: Person) -> None:
    await anna.presses("Класс 9А")
    await anna.presses("Согласие родителей")
    anna.sees("пока ни одного из 3")
    await anna.writes("1, 9")
    anna.sees("Напишите № из списка класса, от 1 до 3")
    await anna.writes("1-2")
    anna.sees("✅ Отмечены согласия: № 1, 2.")
    await anna.presses("Весь список")
    anna.sees("2 из 3, № 1, 2.")
    anna.sees_buttons("№ 3", "Класс 9А", "Меню")
    await anna.presses("№ 3")
    anna.sees("✅ Отмечено согласие: № 3.")
    await anna.presses("Снять отметку № 3")
    anna.sees("2 из 3, № 1, 2.")


async def test_the_package_is_sent_again_on_request(anna: Person) -> None:
    before = len(anna.documents)
    await anna.presses("Класс 9А")
    await anna.presses("Материалы урока")
    anna.sees("вводит данные сам")
    assert len(anna.documents) == before + 3
