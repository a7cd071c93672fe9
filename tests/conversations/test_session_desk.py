"""«Пульт»: what may be done next, done once however often it is pressed, kept up to date wherever it stands."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.sessions.course import Act
from bot.presses.session_leading import RunAct
from tests.conversations.chat import Chat, campaign, chatting
from tests.conversations.sessions import (
    DESK,
    END,
    FINISH,
    FINISH_SURE,
    GATHER,
    HOME,
    PAUSE,
    RESUME,
    TO_VOTE,
    Held,
    session_with,
)

STALE = "Пульт обновлён: что-то уже изменилось."
WORK = "Работа: Что мешает и что делать?"
ASIDE = ["Участники", "Работы", "Экран", "К сессии"]


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris is of Совы; nothing has begun."""
    return await session_with(chat, "Анна", "Борис", "Вера")


@pytest.fixture
async def chat_anywhere(database_url: str) -> AsyncIterator[Chat]:
    async with chatting(database_url, campaign=campaign()) as chat:
        yield chat


def told(held: Held) -> list[str]:
    """The pop-ups that the leader got, without those that only stop the spinner."""
    texts = [(one.event_data or {}).get("text") for one in held.leader.new_pop_ups]
    return [text for text in texts if text]


async def test_the_desk_offers_first_what_comes_next_by_the_agenda_and_names_it(held: Held) -> None:
    await held.opens_desk()
    assert held.desk_buttons == [GATHER, *ASIDE]
    await held.leads(GATHER)
    assert held.desk_buttons == [WORK, *ASIDE]
    await held.leads(WORK)
    assert held.desk_buttons == [PAUSE, "+5 минут", END, *ASIDE]
    await held.leads(END)
    assert held.desk_buttons == ["Презентация: 1. Орлы", TO_VOTE, FINISH, *ASIDE]
    await held.goes_on()
    assert held.desk_buttons == ["Презентация: 2. Совы", PAUSE, "+5 минут", END, TO_VOTE, *ASIDE]
    await held.goes_on()
    assert held.desk_buttons == ["Открыть голосование", PAUSE, "+5 минут", END, *ASIDE]
    await held.goes_on()
    assert held.desk_buttons == ["+2 минуты (один раз)", "Закрыть через минуту", *ASIDE]


async def test_a_button_of_the_desk_pressed_twice_acts_once_and_the_second_press_says_so(held: Held) -> None:
    await held.begins_work()
    for label in (PAUSE, RESUME, "+5 минут", END):
        before = len(await held.deeds())
        await held.leads_twice(label)
        assert told(held) == [STALE]
        assert len(await held.deeds()) == before + 1


async def test_of_two_leaders_who_press_at_once_one_acts_and_the_other_is_told(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    held = await session_with(chat, "Анна", "Борис", "Вера")
    vera = held.members[2]
    await held.leads("Участники", "Вера К.", "В помощники", HOME)
    await held.begins_work()
    await held.leads(END)
    await held.group.writes(vera, "/пульт")

    def both() -> None:
        chat.emulator.press(held.leader.id, TO_VOTE)
        chat.emulator.press(vera.id, "Презентация: 1. Орлы", held.group.peer)

    before = len(await held.deeds())
    await held.leader.has_read()
    await held.group.acts(both)
    vera_told = [text for user, text in held.group.pop_ups if text]
    assert sorted([*told(held), *vera_told]) == [STALE]
    assert len(await held.deeds()) == before + 1
    step = (await held.stands()).course.step
    assert step is not None
    assert step.phase == ("vote" if vera_told else "presentation")


async def test_a_desk_in_private_and_one_in_the_conversation_show_each_others_acts(held: Held) -> None:
    vera = held.members[2]
    await held.leads("Участники", "Вера К.", "В помощники", HOME)
    await held.begins_work()
    await held.group.writes(vera, "/пульт")
    desk = held.messages[-1]
    await held.leads(PAUSE)
    assert "Пауза, осталось 25 минут." in desk.text
    await held.group.presses(vera, RESUME)
    assert "Время: до 09:25." in held.desk
    assert held.desk_buttons[0] == PAUSE


async def test_a_desk_of_another_revision_does_nothing_and_turns_into_the_present_one(held: Held) -> None:
    await held.begins_work()
    stands = await held.stands()
    revision = stands.session.revision
    old = RunAct(session=held.id, act=Act.END, revision=revision - 1)
    future = RunAct(session=held.id, act=Act.END, revision=revision + 1)
    impossible = RunAct(session=held.id, act=Act.TO_VOTE, revision=revision)
    for press in (old, future, impossible):
        await held.leader.forges(press.model_dump_json())
        assert told(held) == [STALE]
    assert (await held.stands()).course == stands.course
    assert held.desk_buttons[0] == PAUSE


async def test_the_newest_desk_of_a_leader_is_the_one_that_is_kept_up_to_date(held: Held) -> None:
    await held.begins_work()
    old = held.leader.last
    await held.leader.writes("пульт")
    new = held.leader.last
    assert new.cmid != old.cmid
    await held.group.writes(held.leader, "/пульт")
    there = held.messages[-1]
    await held.group.presses(held.leader, PAUSE)
    assert "Пауза, осталось 25 минут." in there.text
    assert "Время: до 09:25." in old.text
    await held.leader.writes("пульт ведущего")
    assert held.leader.last.text.startswith("Пульт: «Сессия 8 ноября»\n")


async def test_a_screen_that_was_opened_from_the_desk_does_not_turn_back_into_it(chat: Chat, held: Held) -> None:
    await held.begins_work()
    await held.leads("Участники")
    shown = held.leader.last
    assert shown.text.startswith("Участники: 4")
    await chat.moves_to("2017-11-08 09:25")
    assert shown.text.startswith("Участники: 4")
    await held.leads(HOME, DESK)
    assert "Время вышло." in held.desk


async def test_the_results_are_asked_about_once_more_and_not_yet_leads_back_to_the_desk(chat: Chat, held: Held) -> None:
    await held.opens_vote()
    await chat.moves_to("2017-11-08 09:06")
    before = held.group.said
    await held.leads(FINISH)
    held.leader.reads("Подвести итоги и завершить сессию? После этого ничего изменить будет нельзя.")
    held.leader.sees_buttons(FINISH_SURE, "Ещё нет")
    assert held.group.said == before
    await held.leads("Ещё нет")
    assert held.desk_buttons[:2] == ["Новый раунд", FINISH]
    assert (await held.stands()).session.state == "running"
    await held.leads(FINISH)
    await held.leads_twice(FINISH_SURE)
    assert held.group.said.count(held.group.said[-1]) == 1
    assert held.group.said[-1].startswith("Сессия «Сессия 8 ноября» завершена.")
    assert (await held.deeds()).count("finish") == 1
