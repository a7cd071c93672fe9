from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.emulator import Message
from bot.storage import reachability
from tests.conversations.chat import Chat, Person
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    applicant,
    coordinator,
    municipality_of,
    school_listed,
    teacher,
)


async def test_a_reminder_comes_at_three_with_the_button_that_settles_it(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await chat.moves_to("2017-11-09 14:59")
    assert anna.news == []
    await chat.moves_to("2017-11-09 15:00")
    [reminder] = anna.news
    assert "9А" in reminder
    [settles, *putting_off] = anna.buttons
    assert putting_off == ["Завтра", "Через 3 дня"]
    await anna.presses(settles)
    await chat.moves_to("2017-11-13 15:00")
    await anna.has_read()
    await chat.moves_to("2017-11-13 17:00")
    assert anna.news == []


async def test_a_reminder_put_off_until_tomorrow_comes_tomorrow(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await chat.moves_to("2017-11-09 15:00")
    await anna.presses("Завтра")
    anna.sees_pop_up("Хорошо, напомню 10 ноября.")
    await chat.moves_to("2017-11-10 15:00")
    assert len(anna.news) == 1


async def test_a_reminder_put_off_for_three_days_skips_what_was_planned_before(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await chat.moves_to("2017-11-09 15:00")
    await anna.presses("Через 3 дня")
    anna.sees_pop_up("Хорошо, напомню 13 ноября.")
    await chat.moves_to("2017-11-10 15:00")
    assert anna.news == []
    await chat.moves_to("2017-11-13 15:00")
    assert len(anna.news) == 1


async def test_a_debt_cannot_be_put_off_beyond_its_deadline(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await chat.moves_to("2017-11-09 15:00")
    old = anna.last
    await chat.moves_to("2017-11-15 15:00")  # the documents' last day in time
    assert "Завтра" not in anna.buttons
    await anna.forges(payload_of(old, "Завтра"))
    anna.sees_pop_up("Срок уже подошёл: дальше отложить нельзя.")


async def test_nobody_puts_off_a_reminder_of_somebody_else(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-09 15:00")
    await irina.forges(payload_of(anna.last, "Завтра"))
    irina.sees_pop_up("Это напоминание отложить уже нельзя.")
    await anna.has_read()
    await chat.moves_to("2017-11-13 15:00")
    assert len(anna.news) == 1


async def test_putting_off_may_be_typed_and_means_the_newest_reminder(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await anna.writes("завтра")
    anna.sees("Откладывать нечего")
    await chat.moves_to("2017-11-09 15:00")
    await anna.writes("через три дня")
    anna.sees("Хорошо, напомню 13 ноября.")
    await anna.has_read()
    await chat.moves_to("2017-11-10 15:00")
    assert anna.news == []
    await chat.moves_to("2017-11-13 15:00")
    assert len(anna.news) == 1


async def test_news_are_muted_by_kind_and_duties_only_named(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await anna.writes("напоминания")
    anna.reads(
        "Что я присылаю сам:\n"
        "• Отчёты, практика и номера класса: напоминаю, пока не сделано. Отложить можно кнопкой под напоминанием.\n"
        "• Рассылки: включено"
    )
    anna.sees_buttons("Выключить: Рассылки", "Настройки", "Меню")
    await irina.writes("настройки")
    await irina.presses("Напоминания")
    await irina.presses("Выключить: Итоги дня")
    irina.sees("• Итоги дня: выключено\n• Рассылки: включено")
    await irina.presses("Включить: Итоги дня")
    irina.sees("• Итоги дня: включено")


async def test_what_a_rehearsal_skipped_by_a_leap_is_told_when_the_clock_is_set_back(chat: Chat) -> None:
    anna, _ = await confirmed(chat)
    await chat.moves_to("2017-11-15 15:00")  # past 9 and 13 November
    assert len(anna.news) == 1
    await chat.moves_to("2017-11-09 12:00")
    for day in ("09", "13"):
        await anna.has_read()
        await chat.moves_to(f"2017-11-{day} 15:00")
        assert len(anna.news) == 1
    await anna.has_read()
    await chat.moves_to("2017-11-15 15:00")
    assert anna.news == []  # this one was told


# --- «Напомнить всем»


async def test_all_on_a_list_are_reminded_at_once_and_it_counts_as_the_days_message(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-09 10:00")
    await calls(irina, "Документы получены: 1")
    irina.reads("Напоминание 1 учителю: 9 ноября, 10:00.\nНапомнить по этому списку можно раз в рабочий день.")
    assert len(anna.news) == 1
    await chat.moves_to("2017-11-09 15:00")
    assert len(anna.news) == 1


async def test_a_second_call_on_the_same_day_answers_the_same_and_sends_nothing(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-09 10:00")
    await calls(irina, "Документы получены: 1")
    first = irina.news
    await chat.moves_to("2017-11-09 11:00")
    await irina.presses("К списку")
    await irina.presses("Напомнить всем")
    assert irina.news == first
    assert len(anna.news) == 1


async def test_who_has_been_reminded_today_or_takes_no_messages_is_left_out_and_counted(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    vera = await applicant(chat, label="9Б", first_name="Вера")
    await irina.presses("Подтвердить")
    await chat.stored(takes_no_messages, vera.id)
    await chat.moves_to("2017-11-09 15:00")
    await calls(irina, "Документы получены: 2")
    irina.reads(
        "Напоминать сегодня некому: все из списка уже получили сегодняшнее напоминание или не принимают сообщений."
    )
    await chat.moves_to("2017-11-10 10:00")
    await irina.presses("К списку")
    await anna.has_read()
    await irina.presses("Напомнить всем")
    irina.sees("Напоминание 1 учителю: 10 ноября, 10:00.", "Не принимают сообщений: 1.")
    assert len(anna.news) == 1


async def test_a_call_in_the_evening_goes_when_the_next_working_hours_begin(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-10 19:00")  # a Friday
    await anna.has_read()
    await calls(irina, "Документы получены: 1")
    irina.sees("Напоминание 1 учителю: 13 ноября, 08:00.")
    assert anna.news == []
    await chat.moves_to("2017-11-12 15:00")
    assert anna.news == []
    await chat.moves_to("2017-11-13 08:00")
    assert len(anna.news) == 1
    await chat.moves_to("2017-11-13 15:00")
    assert len(anna.news) == 1


async def test_a_call_reaches_also_who_has_put_the_report_off(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-09 15:00")
    await anna.presses("Через 3 дня")
    await chat.moves_to("2017-11-10 10:00")
    await calls(irina, "Документы получены: 1")
    assert len(anna.news) == 1


async def test_a_list_further_on_reminds_of_the_report_that_is_next(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-11-09 10:00")
    await calls(irina, "Урок проведен: 1")
    assert anna.buttons[0].startswith("Документы получены")


async def test_only_the_own_scope_is_called_whatever_the_press_says(chat: Chat) -> None:
    school = await school_listed(chat)
    far = await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    pyotr = await coordinator(chat, municipality_of(far), "Пётр")
    await chat.moves_to("2017-11-09 10:00")
    await anna.has_read()
    for where in (f'"school":{school.id}', f'"municipality":{school.municipality_id}'):
        await pyotr.forges(f'{{"kind":"remind-all","stage":"documents",{where}}}')
        pyotr.sees("Это не в вашей зоне")
    await pyotr.forges('{"kind":"remind-all","stage":"documents"}')
    pyotr.sees("Напоминать сегодня некому")
    await anna.forges('{"kind":"remind-all","stage":"documents"}')
    anna.sees("Этот раздел для координаторов")


async def test_after_the_campaign_nobody_is_called_any_more(chat: Chat) -> None:
    anna, irina = await confirmed(chat)
    await chat.moves_to("2017-12-02 10:00")  # a Saturday: the next working day comes after the end
    await anna.has_read()
    await calls(irina, "Документы получены: 1")
    irina.sees("Акция закончилась")
    assert anna.news == []


# --- people


async def confirmed(chat: Chat) -> tuple[Person, Person]:
    """A teacher whose class was confirmed on Wednesday 8 November, and the region's coordinator."""
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await anna.has_read()
    return anna, irina


async def calls(person: Person, listed: str) -> None:
    """From «Кто не отчитался» to «Напомнить всем»."""
    await person.writes("кто не отчитался")
    await person.presses(listed)
    await person.presses("Напомнить всем")


def takes_no_messages(conn: Connection, user_id: int) -> None:
    reachability.lose(conn, "vk", user_id, at=datetime.now(UTC))


def payload_of(message: Message, label: str) -> str:
    """What the button with this label below the message carries."""
    assert message.keyboard is not None
    [payload] = [
        button["action"]["payload"]
        for row in message.keyboard["buttons"]
        for button in row
        if button["action"]["label"] == label
    ]
    return str(payload)
