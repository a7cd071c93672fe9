from datetime import timedelta

from sqlalchemy import Connection, update

from bot.domain.participant_ids import shown
from bot.storage import schema
from tests.conversations.chat import Chat
from tests.conversations.taking_part import claimed, issued, voted


async def test_a_pupil_takes_the_number_from_the_card_by_typing_it(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    maria = chat.person("Мария", "Петрова")
    await maria.writes("Я участник")
    await maria.presses("Согласен")
    maria.sees("Напишите номер с вашей карточки")
    await maria.writes(shown(number).replace("-", " – "))
    maria.sees(f"✅ Номер {shown(number)} теперь ваш.")
    maria.sees_buttons("Мне есть 18", "Мне нет 18")
    await maria.presses("Мне есть 18")
    maria.sees("Голосующие видят вас так: «Мария П.»")
    assert maria.menu[:3] == ["Баланс", "Моя ссылка", "Кто за меня голосовал"]


async def test_the_qr_of_the_card_claims_then_shows_the_balance_then_is_a_count(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    maria, oleg = chat.person("Мария", "Петрова"), chat.person("Олег")
    await maria.begins(f"c-{number}")
    maria.sees(f"Номер {shown(number)} свободен")
    await maria.presses("Это мой номер")
    await maria.presses("Согласен")
    maria.sees("теперь ваш")
    await maria.presses("Мне есть 18")
    await maria.writes(number)
    maria.sees("Баланс: 0 УГУ")
    await oleg.begins(f"c-{number}")
    oleg.sees("Мария П.", "0 голосов")
    oleg.sees_buttons("Голосовать", "Топ-20", "Меню")


async def test_a_minor_is_masked_until_the_teacher_has_the_parents_paper(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    maria, anna = chat.person("Мария", "Петрова"), chat.person("Анна")
    await maria.begins(f"c-{number}")
    await maria.presses("Это мой номер")
    await maria.presses("Согласен")
    await maria.presses("Мне нет 18")
    maria.sees(f"Голосующие видят вас так: «Участник …{number[8:]}»")
    await anna.writes(f"счёт {number}")
    anna.sees(f"Участник …{number[8:]}")

    def tick(conn: Connection) -> None:
        conn.execute(update(schema.participant_ids).values(parent_consent_at=chat.clock.now()))

    await chat.stored(tick)
    await anna.writes(f"счёт {number}")
    anna.sees("Мария П.")


async def test_a_number_taken_by_another_is_refused_and_asked_for_again(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    await claimed(chat, first, "Мария", "Петрова")
    oleg = chat.person("Олег", "Иванов")
    await oleg.writes("я участник")
    await oleg.presses("Согласен")
    await oleg.writes(first)
    oleg.sees("уже занят")
    await oleg.writes(second)
    oleg.sees("теперь ваш")


async def test_a_second_number_is_refused_and_the_own_one_is_named(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    maria = await claimed(chat, first, "Мария", "Петрова")
    await maria.person.forges(f'{{"kind": "claim", "number": "{second}"}}')
    maria.person.sees(f"У вас уже есть номер: {maria.shown}")


async def test_five_wrong_numbers_lock_claiming_for_a_quarter_of_an_hour(chat: Chat) -> None:
    taken, free = await issued(chat, 2)
    await claimed(chat, taken, "Мария", "Петрова")
    oleg = chat.person("Олег", "Иванов")
    await oleg.writes("я участник")
    await oleg.presses("Согласен")
    for _ in range(5):
        await oleg.writes(taken)
        oleg.sees("уже занят")
    await oleg.writes(free)
    oleg.sees("Слишком много неверных номеров подряд", "в 09:15")
    chat.clock.advance(timedelta(minutes=15))
    await oleg.writes("я участник")
    await oleg.writes(free)
    oleg.sees("теперь ваш")


async def test_the_balance_tells_votes_place_and_what_is_missing_to_the_next(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    maria = await claimed(chat, first, "Мария", "Петрова")
    oleg = await claimed(chat, second, "Олег", "Иванов")
    await maria.person.writes("/УГУ")
    maria.person.reads(
        f"Баланс: 0 УГУ\n\nГолосов пока нет, поэтому нет и места. Отправьте свою ссылку родным и друзьям.\n"
        f"Ваш номер: {maria.shown}\n\nДо конца голосования 25 дней: оно идёт по 3 декабря."
    )
    for name in ("Анна", "Борис"):
        await voted(chat, name, "Королёв", maria)
    chat.clock.advance(timedelta(days=1, hours=5, minutes=3))
    await voted(chat, "Вера", "Королёва", oleg)
    await oleg.person.presses("Баланс")
    oleg.person.reads(
        f"Баланс: 1 УГУ\n\n2-е место: 1 голос, получен 9 ноября, 14:03; до 1-го — 2 голоса.\n"
        f"Ваш номер: {oleg.shown}\n\nДо конца голосования 24 дня: оно идёт по 3 декабря."
    )
    await maria.person.writes("баланс")
    maria.person.sees("1-е место: 2 голоса, набраны 8 ноября, 09:00; впереди никого.")


async def test_my_link_comes_with_a_text_to_forward_that_leads_to_a_vote(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    await maria.person.writes("Моя ссылка")
    forwarded = maria.person.news[-1]
    assert f"?ref=v-{maria.number}\n" in forwarded
    assert "по 3 декабря" in forwarded
    anna = chat.person("Анна")
    await anna.opens(next(word for word in forwarded.split() if word.startswith("http")))
    await anna.presses("Согласен")
    anna.sees("Ваш голос — за участника:\nМария П.")


async def test_the_list_of_voters_is_turned_page_by_page_in_one_message(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    for number in range(11):
        chat.clock.advance(timedelta(minutes=1))
        await voted(chat, "Анна", "БВГДЖЗИКЛМН"[number], maria)
    await maria.person.presses("Кто за меня голосовал")
    maria.person.sees("страница 1 из 2", "8 ноября, 09:11 — Анна Н.")
    maria.person.sees_buttons("Раньше ›", "Баланс", "Меню")
    await maria.person.presses("Раньше ›")
    maria.person.reads("За вас голосовали (страница 2 из 2):\n8 ноября, 09:01 — Анна Б.")
    await maria.person.presses("‹ Новее")
    maria.person.sees("страница 1 из 2")


async def test_the_top_list_names_only_those_who_agreed_to_be_published(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    maria = await claimed(chat, first, "Мария", "Петрова")
    oleg = await claimed(chat, second, "Олег", "Иванов")
    await voted(chat, "Анна", "Королёва", maria)
    chat.clock.advance(timedelta(minutes=1))
    await voted(chat, "Вера", "Королёва", oleg)
    await oleg.person.writes("Настройки")
    await oleg.person.presses("Разрешить имя в топ-20")
    oleg.person.sees("В топ-20 и итогах — так же.")
    stranger = chat.person("Иван")
    await stranger.writes("топ 20")
    stranger.reads(f"Топ-20 сейчас:\n\n1. Участник …{first[8:]} — 1 голос\n2. Олег И. — 1 голос")


async def test_before_the_first_day_numbers_and_votes_wait_for_their_time(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    chat.clock.advance(timedelta(days=-2))
    maria = chat.person("Мария")
    await maria.writes(number)
    await maria.presses("Это мой номер")
    await maria.presses("Согласен")
    maria.sees("можно будет занять с 8 ноября")


async def test_somebody_without_a_number_is_told_how_to_get_a_balance(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("баланс")
    await anna.presses("Согласен")
    anna.sees("у вас ещё нет номера")
    anna.sees_buttons("Я участник", "Меню")
