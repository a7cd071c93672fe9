"""«Забыть меня»: the name and the link to the account go from all sessions, what was voted keeps counting."""

import pytest
from sqlalchemy import Connection, select

from bot.domain.links import SessionRef, link
from bot.domain.sessions.results import NO_HASH, log_hash
from bot.storage import schema_sessions, session_rounds, session_screen
from tests.conversations.chat import Chat
from tests.conversations.sessions import HOME, JOIN, NEW_SESSION, Held, opened, session_with

SURE = (
    "Забыть вас во всех сессиях? Имя и ссылка на вас удаляются; поданные голоса остаются в подсчёте без имени."
    " Вступить в эти же сессии снова не получится."
)
DONE = "Готово: ваше имя и ссылка на вас удалены из сессий."
ERASED = "Вы удалили свои данные, поэтому участвовать в этой сессии снова нельзя."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris is of Совы; a second task comes after the first."""
    held = await session_with(chat, "Анна", "Борис", "Вера")
    await held.has_task("Планируем работу")
    return held


async def test_a_member_is_forgotten_by_a_second_press_however_it_was_asked_for(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await anna.opens(link("https://vk.me/ugu_local", SessionRef(held.code)))
    await anna.presses("Забыть меня")
    anna.reads(SURE)
    for typed in ("забыть меня", "/Забудьте меня!"):
        await anna.writes(typed)
        anna.reads(SURE)
        anna.sees_buttons("Да, забыть меня", "Меню")
    assert await held.member(anna) is not None
    await anna.presses("Да, забыть меня")
    anna.reads(DONE)
    assert await held.member(anna) is None
    assert "Анна" not in await all_that_is_stored_of_members(chat)


async def test_the_name_is_gone_wherever_it_stood_and_the_number_stands_for_it(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.begins_work()
    await held.group.writes(anna, "/работа Наш план")
    await anna.writes("забыть меня")
    await anna.presses("Да, забыть меня")
    await held.leads("Участники")
    held.leader.sees("Участник 2 — 1. Орлы", "Вера К. — 1. Орлы")
    await held.leads(HOME, "Команды", "1. Орлы")
    held.leader.reads("1. Орлы: 2 человека\nУчастник 2, Вера К.")
    await held.leads("К командам", HOME, "Работы")
    held.leader.sees("1. Орлы · 09:00, Участник 2 · ")
    token = (await held.stands()).session.screen_token
    screen = await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local")
    assert [one.name for one in screen.teams[0].members] == [None, "Вера К."]


async def test_a_ballot_of_who_was_forgotten_counts_and_the_next_vote_goes_without_them(chat: Chat, held: Held) -> None:
    anna, boris, _ = held.members
    await held.opens_vote()
    await held.votes(anna, "Совы")
    await anna.writes("забыть меня")
    await anna.presses("Да, забыть меня")
    await held.group.presses(anna, "1. Орлы")
    not_entitled = "Голосуют те, кто был в команде, когда голосование открылось."
    assert held.group.pop_ups == [(anna.id, not_entitled)]
    await held.votes(boris, "Орлы")
    await chat.moves_to("2017-11-08 09:06")
    assert "1–2 место (делят): «Совы» — 1 голос из возможных 2" in held.group.said[-1]
    closed = await held.round()
    log = await chat.stored(session_rounds.log_of, closed.id)
    assert log_hash(NO_HASH, closed.id, log) == closed.log_hash
    await held.goes_on()
    await held.leads("Закончить", "Сразу к голосованию")
    assert held.group.said[-1].endswith("2 из 2 ещё не голосовали.")


async def test_who_was_forgotten_cannot_join_that_session_again_but_the_next_one(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await anna.writes("забыть меня")
    await anna.presses("Да, забыть меня")
    await held.group.presses(anna, JOIN)
    assert held.group.pop_ups == [(anna.id, ERASED)]
    await anna.opens(link("https://vk.me/ugu_local", SessionRef(held.code)))
    await anna.presses(JOIN)
    anna.sees_pop_up(ERASED)
    await held.leads("Настройки", "Отменить сессию", "Да, отменить")
    following = await opened(chat, held.group, held.leader)
    await following.joins(anna)
    assert await following.member(anna) is not None


async def test_a_session_whose_leader_was_forgotten_makes_room_for_another_one(held: Held) -> None:
    await held.begins_work()
    await held.leader.writes("забыть меня")
    await held.leader.presses("Да, забыть меня")
    await held.group.presses(held.leader, NEW_SESSION)
    assert held.group.pop_ups == [(held.leader.id, "Сессия открыта. Настройка и пульт — в вашем личном диалоге.")]
    assert (await held.stands()).session.state == "finished"


async def all_that_is_stored_of_members(chat: Chat) -> str:
    def read(conn: Connection) -> str:
        return repr(conn.execute(select(schema_sessions.members)).all())

    stored: str = await chat.stored(read)
    return stored
