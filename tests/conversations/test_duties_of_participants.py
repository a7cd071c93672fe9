"""What participants hear by the clock: at 16:00, on Fridays and on the last three days of voting; and at the claim."""

from datetime import date, timedelta

import pytest

from tests.conversations.chat import Chat
from tests.conversations.taking_part import Pupil, claimed, issued, voted


@pytest.fixture
async def maria(chat: Chat) -> Pupil:
    """A participant since the first morning, Wednesday 8 November."""
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    await chat.moves_to("2017-11-09 10:00")
    return maria


async def told_by_day(chat: Chat, pupil: Pupil, until: date) -> dict[date, str]:
    """What the clock tells the participant from tomorrow on, by 16:00; one message a day."""
    day = chat.app.campaign.calendar.local_day(chat.clock.now())
    told = {}
    while day < until:
        day += timedelta(days=1)
        await pupil.person.has_read()
        await chat.moves_to(f"{day} 16:00")
        if pupil.person.news:
            [told[day]] = pupil.person.news
    return told


async def test_the_claims_own_answer_tells_the_first_steps(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    maria = chat.person("Мария", "Петрова")
    await maria.writes(number)
    await maria.presses("Это мой номер")
    await maria.presses("Согласен")
    maria.sees(
        f"?ref=v-{number}\n",
        "Голоса, УГУ и место — по кнопке «Баланс».",
        "По пятницам я пишу, сколько у вас голосов, а в последние три дня голосования напомню о нём.",
    )


async def test_the_balance_comes_on_fridays_and_the_end_is_told_on_the_last_three_days(
    chat: Chat, maria: Pupil
) -> None:
    told = await told_by_day(chat, maria, date(2017, 12, 9))
    fridays = [date(2017, 11, 10), date(2017, 11, 17), date(2017, 11, 24), date(2017, 12, 1)]
    assert list(told) == [*fridays, date(2017, 12, 2), date(2017, 12, 3)]
    empty = "Итог недели. За вас пока не голосовали: отправьте свою ссылку родным и друзьям."
    assert {told[friday] for friday in fridays[:3]} == {empty}
    last = told[date(2017, 12, 3)]
    assert last.startswith("Сегодня последний день голосования, за вас пока нет голосов. Ваша ссылка: ")
    assert last.endswith(f"?ref=v-{maria.number}")


async def test_on_the_last_friday_both_are_one_message_with_a_button_each(chat: Chat, maria: Pupil) -> None:
    await voted(chat, "Анна", "Королёва", maria)
    await maria.person.has_read()
    await chat.moves_to("2017-12-01 16:00")
    [both] = maria.person.news
    assert "До конца голосования 2 дня, за вас 1 голос. Ваша ссылка: " in both
    week = "Итог недели. За вас 1 голос, на балансе 1 УГУ. Больше, чем у вас, голосов нет ни у кого."
    assert week in both
    maria.person.sees_buttons("Моя ссылка", "Баланс")
    await maria.person.presses("Моя ссылка")
    maria.person.sees("в нём ваша ссылка", f"?ref=v-{maria.number}")


async def test_the_balance_of_the_week_says_how_many_have_more_votes(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    maria = await claimed(chat, first, "Мария", "Петрова")
    oleg = await claimed(chat, second, "Олег", "Иванов")
    for name in ("Анна", "Борис"):
        await voted(chat, name, "Королёв", maria)
    await voted(chat, "Вера", "Королёва", oleg)
    for pupil in (maria, oleg):
        await pupil.person.has_read()
    await chat.moves_to("2017-11-10 15:59")
    assert maria.person.news == []
    await chat.moves_to("2017-11-10 16:00")
    oleg.person.reads("Итог недели. За вас 1 голос, на балансе 1 УГУ. Голосов больше, чем у вас, — у 1 участника.")
    oleg.person.sees_buttons("Баланс", "Моя ссылка")
    maria.person.sees("За вас 2 голоса, на балансе 2 УГУ.", "Больше, чем у вас, голосов нет ни у кого.")
    await oleg.person.presses("Баланс")
    oleg.person.sees("2-е место")


async def test_who_claims_on_a_friday_hears_of_the_balance_a_week_later(chat: Chat) -> None:
    [number] = await issued(chat, 1)
    await chat.moves_to("2017-11-10 12:00")
    maria = await claimed(chat, number, "Мария", "Петрова")
    await maria.person.has_read()
    await chat.moves_to("2017-11-10 20:00")
    assert maria.person.news == []
    assert list(await told_by_day(chat, maria, date(2017, 11, 18))) == [date(2017, 11, 17)]


async def test_a_friday_missed_while_the_bot_was_down_is_told_the_next_morning(chat: Chat, maria: Pupil) -> None:
    await maria.person.has_read()
    await chat.moves_to("2017-11-10 15:00")
    await chat.moves_to("2017-11-11 08:30")
    assert len(maria.person.news) == 1
    await maria.person.has_read()
    await chat.moves_to("2017-11-12 20:00")
    assert maria.person.news == []
