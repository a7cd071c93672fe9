"""The timer of a part: five minutes told once, paused, resumed, extended, ended by a press or by the clock."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.sessions import END, PAUSE, RESUME, TASK, Held, session_with

LEFT, OVER, ENDED = "Осталось 5 минут.", "Время вышло.", "Заканчиваем эту часть раньше времени."
MORE = "+5 минут"
WORK = "Этап 1 из 1. «Что мешает и что делать?»: работа команд\n{timer}\n\nОпределите барьеры.\n\n"
HAND_IN = "Готово — пришлите фото сюда с подписью «/работа» или нажмите «Сдать работу»."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A task of 25 minutes is worked on from 09:00 on."""
    held = await session_with(chat, "Анна", "Борис")
    await held.leads("Повестка", f"1. {TASK}", "Текст")
    await held.leader.writes("Определите барьеры.")
    await held.leads("К сессии")
    await held.begins_work()
    return held


def since_the_work(held: Held) -> list[str]:
    """What the conversation was told after the work had begun."""
    said = held.group.said
    place = next(place for place, text in enumerate(said) if text.startswith("Этап 1 из 1. "))
    return said[place + 1 :]


def timer(held: Held) -> str:
    """What the message with the task says of the time."""
    return next(text for text in held.group.said if text.startswith("Этап 1 из 1. ")).splitlines()[1]


async def test_the_task_is_sent_with_its_end_and_says_how_a_work_is_handed_in(held: Held) -> None:
    assert held.group.said[-1] == WORK.format(timer="Время: до 09:25.") + HAND_IN


async def test_five_minutes_before_the_end_it_is_told_once_and_at_the_end_that_time_is_over(
    chat: Chat, held: Held
) -> None:
    for at, told in (
        ("09:19:59", []),
        ("09:20", [LEFT]),
        ("09:20:30", [LEFT]),
        ("09:24:59", [LEFT]),
        ("09:25", [LEFT, OVER]),
        ("11:00", [LEFT, OVER]),
    ):
        await chat.moves_to(f"2017-11-08 {at}")
        assert since_the_work(held) == told, at
    assert timer(held) == "Время вышло."
    assert "Время вышло." in held.desk
    assert (await held.deeds())[-2:] == ["warned", "over"]


async def test_a_pause_stops_the_time_and_going_on_gives_back_exactly_what_was_left(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:10:30")
    await held.leads(PAUSE)
    assert since_the_work(held) == ["Пауза, осталось 15 минут."]
    assert timer(held) == "Пауза, осталось 15 минут."
    await chat.moves_to("2017-11-08 10:30")
    assert since_the_work(held) == ["Пауза, осталось 15 минут."]
    await held.leads(RESUME)
    assert since_the_work(held)[1:] == ["Продолжаем: до 10:44."]
    for at, told in (("10:39:29", []), ("10:39:30", [LEFT]), ("10:44:29", [LEFT]), ("10:44:30", [LEFT, OVER])):
        await chat.moves_to(f"2017-11-08 {at}")
        assert since_the_work(held)[2:] == told, at


async def test_more_time_after_the_warning_lets_it_be_told_once_more_before_the_new_end(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:21")
    await held.leads(MORE)
    assert since_the_work(held) == [LEFT, "Время продлено: до 09:30."]
    await chat.moves_to("2017-11-08 09:25")
    assert since_the_work(held)[2:] == [LEFT]
    await held.leads(MORE, MORE)
    assert timer(held) == "Время: до 09:40."
    await chat.moves_to("2017-11-08 09:40")
    assert since_the_work(held)[-1] == OVER


async def test_more_time_in_a_pause_is_added_to_what_is_left(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:10")
    await held.leads(PAUSE, MORE)
    assert since_the_work(held) == ["Пауза, осталось 15 минут.", "Время продлено."]
    assert timer(held) == "Пауза, осталось 20 минут."
    await held.leads(RESUME)
    assert since_the_work(held)[2:] == ["Продолжаем: до 09:30."]


async def test_a_part_ended_by_a_press_is_over_at_once_and_tells_no_end_by_the_clock(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:10")
    await held.leads(END)
    assert timer(held) == "Время вышло."
    await chat.moves_to("2017-11-08 09:30")
    assert since_the_work(held) == [ENDED]


async def test_a_warning_that_was_slept_through_is_left_out_when_the_end_has_come_too(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 13:00")
    assert since_the_work(held) == [OVER]
    [last] = [one for one in (await held.deeds()) if one in ("warned", "over")]
    assert last == "over"


async def test_a_clock_moved_back_and_forth_repeats_nothing_that_was_told(chat: Chat, held: Held) -> None:
    for at in ("09:21", "09:05", "09:21", "09:26", "09:10", "09:26"):
        await chat.moves_to(f"2017-11-08 {at}")
    assert since_the_work(held) == [LEFT, OVER]
    assert timer(held) == "Время вышло."


async def test_a_part_of_five_minutes_is_not_warned_of_and_ends_by_the_clock(chat: Chat, held: Held) -> None:
    await held.leads(END)
    await held.goes_on()
    assert held.group.said[-1] == (
        "Этап 1 из 1. «Что мешает и что делать?»: выступает команда «Орлы»\nВремя: до 09:05."
    )
    await chat.moves_to("2017-11-08 09:04:59")
    assert held.group.said[-1].endswith("Время: до 09:05.")
    await chat.moves_to("2017-11-08 09:05")
    assert held.group.said[-2:] == [
        "Этап 1 из 1. «Что мешает и что делать?»: выступает команда «Орлы»\nВремя вышло.",
        OVER,
    ]
    assert held.desk_buttons[0] == "Презентация: 2. Совы"
