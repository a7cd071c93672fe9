"""«Рассылка» from the menu to the last outcome, as coordinator and recipients see it."""

from sqlalchemy import Connection, func, insert, select, update

from bot.domain.broadcasts import ReportsSoFar
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId
from bot.presses.broadcasts import (
    ComposeBroadcast,
    ListMissed,
    NarrowBroadcast,
    NarrowByReports,
    PreviewBroadcast,
    RepeatBroadcast,
    SendBroadcast,
    ShowBroadcast,
    TryBroadcast,
)
from bot.storage import schema
from bot.storage.schema_duties import broadcasts, mutes, recipients
from tests.conversations.chat import FIRST_DAY, Chat, Person
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    applicant,
    coordinator,
    municipality_of,
    school_listed,
    teacher,
)

TEXT = "Завтра в 12:00 закончится приём отчётов."
FIRST = BroadcastId(1)
FIRST_NUMBER = select(schema.participant_ids.c.number).where(schema.participant_ids.c.place == 1).limit(1)


async def previews(person: Person, text: str = TEXT, *, role: str = "Учителям") -> None:
    """From the menu to the preview."""
    await person.writes("рассылка")
    await person.presses(role)
    await person.presses("Написать текст")
    await person.writes(text)


async def sends(person: Person, text: str = TEXT, *, role: str = "Учителям") -> None:
    await previews(person, text, role=role)
    await person.presses("Отправить")


async def second_teacher(chat: Chat, irina: Person) -> Person:
    """Another class of the same school, and its teacher."""
    person = await applicant(chat, label="9Б", first_name="Вера")
    await irina.presses("Подтвердить")
    return person


# --- from the menu to the last outcome


async def test_a_broadcast_is_written_looked_at_tried_sent_and_its_author_told(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna, oleg = await teacher(chat, irina), await second_teacher(chat, irina)
    await irina.presses("Меню")
    await irina.presses("Рассылка")
    irina.sees_buttons("Учителям", "Участникам", "Координаторам", "Мои рассылки", "Меню")
    await irina.presses("Учителям")
    irina.reads("Кому: учителям, вся акция\nПолучат: 2 человека")
    irina.sees_buttons("Написать текст", "Район", "Школа", "По отчёту", "Другая роль", "Меню")
    await irina.presses("Написать текст")
    await irina.writes(TEXT)
    irina.reads(
        f"Так увидят получатели:\n\n{TEXT}\n\n· · ·\nКому: учителям, вся акция\nПолучат: 2 человека\n"
        "Уйдёт сразу, меньше чем за минуту. Писать можно до 8 ноября, 18:00."
    )
    irina.sees_buttons("Отправить", "Проверить на себе", "Изменить текст", "Кому", "Отменить", "Меню")
    await irina.presses("Проверить на себе")
    irina.reads(TEXT)
    irina.sees_pop_up("Так это придёт получателям")
    await irina.presses("Отправить")
    irina.reads(*["Рассылка № 1 учителям\nЗакончена\nДошло: 2"] * 2)  # the trial stands below the progress
    assert [person.last.text for person in (anna, oleg)] == [TEXT, TEXT]


async def test_the_role_may_be_typed_instead_of_pressed(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await irina.writes("рассылка")
    await irina.writes("учителям")
    irina.reads("Кому: учителям, вся акция\nПолучат: 1 человек")
    await anna.writes("учителям")
    anna.sees("Этот раздел для координаторов")


async def test_an_end_that_its_author_sees_in_the_progress_is_not_told_once_more(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    await sends(irina)
    irina.reads("Рассылка № 1 учителям\nЗакончена\nДошло: 1")


async def test_an_end_that_comes_long_after_sending_is_told_below_all_else(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    await chat.moves_to("2017-11-09 18:30")
    await sends(irina)
    irina.sees("Сейчас писать нельзя, отправлю 10 ноября, 08:00")
    await chat.moves_to("2017-11-10 08:00")
    irina.reads(*["Рассылка № 1 учителям\nЗакончена\nДошло: 1"] * 2)


async def test_pressing_send_again_sends_nothing_more_and_tells_how_it_stands(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await sends(irina)
    for _ in range(2):
        await irina.forges(SendBroadcast(broadcast=FIRST).model_dump_json())
        irina.sees("Закончена\nДошло: 1")
    assert [message.text for message in chat.emulator.dialogue(anna.id).messages].count(TEXT) == 1


async def test_participants_and_coordinators_are_reached_each_by_their_own_broadcast(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    maria = await _participant(chat)
    await sends(irina, "До конца голосования три дня.", role="Участникам")
    assert maria.last.text == "До конца голосования три дня."
    await sends(irina, "Совещание в пятницу.", role="Координаторам")
    assert pyotr.last.text == "Совещание в пятницу."
    assert maria.last.text == "До конца голосования три дня."


# --- the text


async def test_what_cannot_be_sent_is_answered_kindly_and_the_text_so_far_stays(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    await previews(irina)
    await irina.presses("Изменить текст")
    irina.sees(TEXT, "Пока вы его не прислали, остаётся прежний")
    await irina.writes("я" * 3_501)
    irina.sees("В тексте 3\xa0501 знаков, а поместится 3\xa0500")
    await irina.writes("", attachments=[{"type": "sticker", "sticker": {"sticker_id": 1}}])
    irina.sees("Разослать можно только текст")
    await irina.writes("мой паспорт 0712 345678")
    irina.sees("удалите")
    await irina.presses("К предпросмотру")
    irina.sees(TEXT)


async def test_the_longest_text_goes_whole_with_its_preview_in_one_message(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await sends(irina, "я" * 3_500)
    assert anna.last.text == "я" * 3_500


async def test_mentions_and_invisible_signs_do_not_act_in_the_name_of_the_bot(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await sends(irina, "Внимание, @all! [id1|Жмите\u202eсюда]")
    assert anna.last.text == "Внимание, @ all! [ id1|Жмитесюда]"


# --- whom


async def test_the_circle_is_narrowed_by_place_and_report_and_widened_again(chat: Chat) -> None:
    await school_listed(chat)
    await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await irina.writes("рассылка")
    await irina.presses("Учителям")
    await irina.presses("Район")
    irina.sees_buttons("Город Ставрополь", IN_THE_COUNTRY, "Кому", "Меню")
    await irina.presses(IN_THE_COUNTRY)
    irina.reads(f"Кому: учителям, {IN_THE_COUNTRY}\nПолучат: 0 человек")
    await irina.presses("Школа")
    await irina.writes("школа 5")
    await irina.presses("1. СОШ № 5")
    irina.reads("Кому: учителям, СОШ № 5, Ставрополь (Город Ставрополь)\nПолучат: 1 человек")
    await irina.presses("По отчёту")
    await irina.presses("Есть «Урок проведен»")
    irina.sees("с отметкой «Урок проведен»", "Получат: 0 человек")
    await irina.presses("Написать текст")
    await irina.writes(TEXT)
    irina.sees("Сейчас получать некому")
    irina.sees_buttons("Проверить на себе", "Изменить текст", "Кому", "Отменить", "Меню")
    await irina.forges(SendBroadcast(broadcast=FIRST).model_dump_json())
    irina.sees("Сейчас получать некому")
    await irina.presses("Кому")
    await irina.presses("По отчёту")
    await irina.presses("Нет «Документы получены»")
    await irina.presses("Вся зона")
    await irina.presses("К предпросмотру")
    await irina.presses("Отправить")
    assert anna.last.text == TEXT


async def test_who_gets_nothing_is_told_before_with_the_reason(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna, vera = await teacher(chat, irina), await second_teacher(chat, irina)
    chat.emulator.deny(anna.id)
    await chat.settled()
    await previews(irina)
    irina.sees("Получат: 1 человек\nНе получат: 1\n• закрыли сообщения: 1")
    await chat.stored(_mute, vera.id)
    await irina.presses("Кому")
    irina.sees("Получат: 0 человек\nНе получат: 2\n• закрыли сообщения: 1\n• отключили рассылки: 1")


async def test_a_coordinator_reaches_nobody_outside_the_own_scope_by_forging(chat: Chat) -> None:
    school = await school_listed(chat)
    far = await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    pyotr = await coordinator(chat, municipality_of(far), "Пётр")
    await previews(pyotr)
    pyotr.sees(f"Кому: учителям, {IN_THE_COUNTRY}", "Получат: 0")
    for where in ({"school": school.id}, {"municipality": school.municipality_id}, {"school": 4711}):
        await pyotr.forges(NarrowBroadcast(broadcast=FIRST, **where).model_dump_json())
        pyotr.sees("Это не в вашей зоне")
    await pyotr.forges(SendBroadcast(broadcast=FIRST).model_dump_json())
    assert TEXT not in anna.news


async def test_somebody_elses_broadcast_is_unknown_to_every_button(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    pyotr = await coordinator(chat, first_name="Пётр")
    await previews(irina)
    for press in (PreviewBroadcast, SendBroadcast, TryBroadcast, ShowBroadcast, ListMissed, RepeatBroadcast):
        await pyotr.forges(press(broadcast=FIRST).model_dump_json())
        pyotr.reads("Такой рассылки у вас нет.")
    await anna.forges(ComposeBroadcast(role=Audience.TEACHERS).model_dump_json())
    anna.sees("Этот раздел для координаторов")
    assert await chat.stored(_states) == ["draft"]


async def test_a_role_revoked_between_preview_and_sending_sends_nothing(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    await previews(pyotr)
    await chat.stored(_revoke, pyotr.id)
    await pyotr.presses("Отправить")
    pyotr.sees("Этот раздел для координаторов")
    assert await chat.stored(_states) == ["draft"]


async def test_a_draft_of_a_wider_scope_than_now_is_refused_whatever_is_pressed(chat: Chat) -> None:
    school = await school_listed(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    await previews(pyotr)
    await chat.stored(_narrow_role, pyotr.id, school.id)
    for press in (SendBroadcast, TryBroadcast, PreviewBroadcast):
        await pyotr.forges(press(broadcast=FIRST).model_dump_json())
        pyotr.sees("Это не в вашей зоне")
    await pyotr.writes("рассылка")
    await pyotr.presses("Учителям")
    pyotr.sees("Кому: учителям, СОШ № 5")


# --- hours


async def test_teachers_are_written_to_on_the_next_working_day_only(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await chat.moves_to("2017-11-10 19:00")  # Friday evening
    await previews(irina)
    irina.sees("Сейчас писать нельзя: уйдёт 13 ноября, 08:00, меньше чем за минуту.")
    await irina.presses("Отправить")
    irina.sees("Сейчас писать нельзя, отправлю 13 ноября, 08:00")
    for instant in ("2017-11-11 12:00", "2017-11-13 07:59"):
        await chat.moves_to(instant)
        assert TEXT not in anna.news
    await chat.moves_to("2017-11-13 08:00")
    assert anna.news.count(TEXT) == 1
    assert irina.last.text == "Рассылка № 1 учителям\nЗакончена\nДошло: 1"


async def test_others_are_not_woken_at_night_but_written_to_on_a_sunday(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    await chat.moves_to("2017-11-11 21:00")
    await sends(irina, role="Координаторам")
    assert TEXT not in pyotr.news
    await chat.moves_to("2017-11-12 08:00")
    assert pyotr.news.count(TEXT) == 1


async def test_several_broadcasts_of_a_night_all_go_in_the_morning_each_once(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna, vera = await teacher(chat, irina), await second_teacher(chat, irina)
    await chat.moves_to("2017-11-09 18:30")
    texts = [f"Объявление {number}" for number in range(3)]
    for text in texts:
        await sends(irina, text)
    await chat.moves_to("2017-11-10 08:00")
    for person in (anna, vera):
        assert sorted(text for text in person.news if text in texts) == texts
    assert sum("Закончена\nДошло: 2" in text for text in irina.news) == 6  # each told and shown


async def test_paused_at_night_it_stays_paused_in_the_morning_until_its_author_goes_on(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await chat.moves_to("2017-11-09 18:30")
    await sends(irina)
    await irina.presses("Пауза")
    irina.sees("На паузе")
    irina.sees_buttons("Продолжить", "Остановить", "Мои рассылки", "Меню")
    await chat.moves_to("2017-11-10 09:00")
    assert TEXT not in anna.news
    await irina.presses("Продолжить")
    irina.sees("Закончена\nДошло: 1")
    assert anna.news.count(TEXT) == 1


async def test_stopped_before_it_went_nobody_gets_it_and_nothing_brings_it_back(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await chat.moves_to("2017-11-09 18:30")
    await sends(irina)
    await irina.presses("Остановить")
    irina.sees("Остановлена")
    await irina.forges(SendBroadcast(broadcast=FIRST).model_dump_json())
    await chat.moves_to("2017-11-10 09:00")
    assert TEXT not in anna.news


# --- afterwards


async def test_whom_it_did_not_reach_is_listed_and_written_to_once_more(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna, vera = await teacher(chat, irina), await second_teacher(chat, irina)
    chat.emulator.refuse(anna.id, 901)
    await sends(irina)
    assert irina.last.text == "Рассылка № 1 учителям\nЗакончена\nДошло: 1\nНе дошло: 1"
    assert vera.news.count(TEXT) == 1
    await irina.presses("Кому не дошло")
    irina.reads("Рассылка № 1, не дошло: 1\nАнна К., СОШ № 5 — не принимает сообщения от сообщества")
    irina.sees_buttons("Ещё раз этим", "№ 1", "Меню")
    await irina.presses("Ещё раз этим")
    irina.sees("Кому: тем, кому не дошла рассылка № 1", "Получат: 0 человек", "• закрыли сообщения: 1")
    await anna.writes("баланс")  # whoever writes can be written to again
    await irina.forges(NarrowByReports(broadcast=BroadcastId(2), so_far=ReportsSoFar.ANY).model_dump_json())
    irina.reads("Такой рассылки у вас нет.")  # who the refused are is not chosen
    await irina.forges(SendBroadcast(broadcast=BroadcastId(2)).model_dump_json())
    assert anna.news.count(TEXT) == 1
    assert vera.news.count(TEXT) == 1
    await irina.writes("мои рассылки")
    irina.reads("Ваши рассылки:\n№ 2, 8 ноября, учителям: дошло 1 из 1\n№ 1, 8 ноября, учителям: дошло 1 из 2")
    irina.sees_buttons("№ 2", "№ 1", "Рассылка", "Меню")
    await irina.presses("№ 1")
    irina.sees_buttons("Кому не дошло", "Ещё раз этим", "Мои рассылки", "Меню")


async def test_a_pupil_is_listed_by_number_and_class_without_a_name(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    maria = await _participant(chat)
    chat.emulator.refuse(maria.id, 901)
    await sends(irina, role="Участникам")
    await irina.presses("Кому не дошло")
    irina.reads("Рассылка № 1, не дошло: 1\n№ 1, 9А, СОШ № 5 — не принимает сообщения от сообщества")


async def test_the_ledger_forgets_addresses_and_an_erased_person_gets_nothing(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await teacher(chat, irina)
    await chat.moves_to("2017-11-09 18:30")
    await sends(irina)
    await anna.writes("удалить мои данные")
    await anna.presses(next(label for label in anna.buttons if label.startswith(("Да", "Удалить"))))
    await chat.moves_to("2017-11-10 09:00")
    assert TEXT not in anna.news
    assert await chat.stored(lambda conn: conn.execute(select(func.max(recipients.c.peer))).scalar()) in (0, None)


async def _participant(chat: Chat) -> Person:
    """A pupil of the newest class."""
    number = await chat.stored(lambda conn: conn.execute(FIRST_NUMBER).scalar())
    person = chat.person("Мария", "Смирнова")
    await person.writes(number)
    await person.presses("Это мой номер")
    await person.presses("Согласен")
    await person.presses("Мне нет 18")
    return person


def _states(conn: Connection) -> list[str]:
    return list(conn.execute(select(broadcasts.c.state).order_by(broadcasts.c.id)).scalars())


def _person(conn: Connection, user_id: int) -> int:
    account = select(schema.accounts.c.person_id).where(schema.accounts.c.user_id == user_id)
    return int(conn.execute(account).scalar_one())


def _mute(conn: Connection, user_id: int) -> None:
    row = {"person_id": _person(conn, user_id), "news": "broadcasts", "muted_at": FIRST_DAY}
    conn.execute(insert(mutes), row)


def _revoke(conn: Connection, user_id: int) -> None:
    of_person = schema.roles.c.person_id == _person(conn, user_id)
    conn.execute(update(schema.roles).where(of_person).values(revoked_at=FIRST_DAY))


def _narrow_role(conn: Connection, user_id: int, school_id: int) -> None:
    of_person = schema.roles.c.person_id == _person(conn, user_id)
    conn.execute(update(schema.roles).where(of_person).values(scope_kind="school", scope_id=school_id))
