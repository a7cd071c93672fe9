"""Events in, answers out: the whole pipeline with a handler that only repeats, on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.chat import Chat, campaign, chatting
from tests.messenger import echo


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Chat]:
    async with chatting(database_url, campaign=campaign(), routers=[echo.router]) as chat:
        yield chat


async def test_a_message_is_answered_once_in_its_own_dialogue(chat: Chat) -> None:
    anna, oleg = chat.person("Анна"), chat.person("Олег")
    await anna.writes("привет")
    anna.reads("Эхо: привет")
    assert oleg.news == []


async def test_five_messages_at_once_are_answered_in_their_order(chat: Chat) -> None:
    anna = chat.person("Анна")
    for number in range(5):
        chat.emulator.write(anna.id, str(number))
    await chat.settled()
    anna.reads("Эхо: 0", "Эхо: 1", "Эхо: 2", "Эхо: 3", "Эхо: 4")


async def test_a_press_gets_its_pop_up_and_no_message(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("кнопки")
    anna.sees_buttons("Раз", "Два")
    await anna.presses("Два")
    anna.sees_pop_up("Тук 2")
    anna.reads()


async def test_an_event_that_comes_twice_is_answered_once(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("привет")
    event = next(one for one in chat.emulator.long_poll.history if one.type == "message_new")
    chat.emulator.repeat_event(event.event_id)
    await chat.settled()
    anna.reads("Эхо: привет")


async def test_a_name_is_asked_for_and_comes_back_to_the_dialogue(chat: Chat) -> None:
    anna = chat.person("Анна", "Петрова")
    await anna.writes("кто я")
    anna.reads("Анна Петрова")


async def test_a_text_of_personal_data_is_not_kept_only_the_fact(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("мой паспорт 0707 123456")
    anna.reads("Не присылайте: passport")
