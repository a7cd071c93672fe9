"""What an open vote tells and what it keeps: hidden tallies from everybody, live ones to everybody, turnout always."""

import pytest

from bot.domain.sessions.screen import Screen
from bot.storage import session_screen
from tests.conversations.chat import Chat
from tests.conversations.sessions import DESK, END, FINISH, HOME, TO_VOTE, Held, session_with

VOTE = """\
Этап 1 из 1. «Что мешает и что делать?»: голосование, раунд 1
Время: до 09:05.

За какую команду ваш голос? Один человек — один голос: за свою команду голосовать нельзя, изменить голос нельзя.

"""
DESK_OF_VOTE = """\
Пульт: «Сессия 8 ноября»
Этап 1 из 1. «Что мешает и что делать?»: голосование
Время: до 09:05.
{turnout}

Участники: 3, в командах 3; команд с людьми: 2 (собраны)"""
PROTOCOL_LATER = "Идёт голосование: протокол будет, когда оно закроется."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris is of Совы; nothing has begun."""
    return await session_with(chat, "Анна", "Борис", "Вера")


async def screen(chat: Chat, held: Held) -> Screen:
    token = (await held.stands()).session.screen_token
    found: Screen = await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local")
    return found


async def test_a_hidden_tally_shows_in_no_message_on_no_desk_and_on_no_screen_while_it_is_open(
    chat: Chat, held: Held
) -> None:
    anna, boris, _ = held.members
    await held.opens_vote()
    await held.votes(anna, "Совы")
    await held.votes(boris, "Орлы")
    assert held.group.said[-1] == f"{VOTE}1. Орлы\n2. Совы\n\n1 из 3 ещё не голосовал."
    assert held.desk == DESK_OF_VOTE.format(turnout="1 из 3 ещё не голосовал.")
    shown = (await screen(chat, held)).vote
    assert shown is not None
    assert (shown.is_hidden, shown.places, shown.voted, shown.electors) == (True, None, 2, 3)
    await chat.moves_to("2017-11-08 09:06")
    shown = (await screen(chat, held)).vote
    assert shown is not None
    assert [place.score.ballots for place in shown.places or ()] == [1, 1]


async def test_the_protocol_is_refused_while_a_vote_is_open_to_the_leader_too(held: Held) -> None:
    await held.leads("Протокол")
    held.leader.sees_pop_up("Сессия ещё не началась: записывать нечего.")
    await held.opens_vote()
    await held.leads(HOME, "Протокол")
    held.leader.sees_pop_up(PROTOCOL_LATER)
    assert held.leader.documents == []


async def test_a_live_tally_counts_ballots_of_each_team_and_of_the_jury_beside_them(chat: Chat, held: Held) -> None:
    anna, boris, vera = held.members
    await held.leads("Участники", "Вера К.", "В жюри", HOME, "Настройки", "Показывать подсчёт", HOME)
    await held.opens_vote()
    assert held.group.said[-1] == (
        f"{VOTE}1. Орлы — 0 голосов, жюри: 0\n2. Совы — 0 голосов, жюри: 0\n\n3 из 3 ещё не голосовали."
    )
    await held.votes(anna, "Совы")
    await held.votes(vera, "Совы")
    assert held.group.said[-1].endswith(
        "1. Орлы — 0 голосов, жюри: 0\n2. Совы — 1 голос, жюри: 1\n\n1 из 3 ещё не голосовал."
    )
    shown = (await screen(chat, held)).vote
    assert shown is not None
    assert [(place.score.ballots, place.score.jury) for place in shown.places or ()] == [(1, 1), (0, 0)]
    assert "Совы" not in held.desk
    await held.votes(boris, "Орлы")
    assert held.group.said[-1].endswith("Проголосовали все: 3 из 3.")


async def test_rules_changed_while_a_vote_is_open_hold_from_the_next_vote_on(chat: Chat, held: Held) -> None:
    await held.has_task("Планируем работу")
    await held.opens_vote()
    await held.leads(HOME, "Настройки", "Показывать подсчёт", "При равенстве: решает жюри", HOME, DESK)
    await held.votes(held.members[0], "Совы")
    assert held.group.said[-1].endswith("1. Орлы\n2. Совы\n\n2 из 3 ещё не голосовали.")
    first = await held.round()
    assert (first.hidden, first.tie_rule) == (True, "shared")
    await chat.moves_to("2017-11-08 09:06")
    await held.goes_on()
    await held.leads(END, TO_VOTE)
    assert held.group.said[-1].endswith("1. Орлы — 0 голосов\n2. Совы — 0 голосов\n\n3 из 3 ещё не голосовали.")
    second = await held.round()
    assert (second.hidden, second.tie_rule) == (False, "jury")


async def test_the_closed_vote_shows_no_buttons_and_its_result_says_how_many_could_have_voted(
    chat: Chat, held: Held
) -> None:
    await held.opens_vote()
    await held.votes(held.members[0], "Совы")
    await chat.moves_to("2017-11-08 09:06")
    closed = await held.round()
    assert closed.log_hash is not None
    vote, result = held.group.said[-2:]
    assert vote == (
        "Этап 1 из 1. «Что мешает и что делать?»: голосование, раунд 1\nГолосование закрыто.\n\n"
        "Команды этого раунда:\n\n1. Орлы\n2. Совы\n\nПроголосовал 1 из 3."
    )
    assert result == (
        "Итоги голосования. «Что мешает и что делать?», раунд 1\n\n"
        "1 место: «Совы» — 1 голос из возможных 2\n2 место: «Орлы» — 0 голосов из возможных 1\n\n"
        f"Проголосовал 1 из 3. Хеш журнала голосов: {closed.log_hash[:12]}"
    )
    assert [one.button_rows for one in held.messages[-2:]] == [[], []]
    assert held.desk_buttons[:2] == ["Новый раунд", FINISH]
