"""A vote in time: extended once, closed early after a minute, closed by itself; new rounds, ties, the jury's word."""

import pytest

from bot.storage import session_results
from tests.conversations.chat import Chat
from tests.conversations.sessions import FINISH, FINISH_SURE, HOME, Held, session_with

EXTEND, CLOSE_EARLY, NEW_ROUND = "+2 минуты (один раз)", "Закрыть через минуту", "Новый раунд"
CLOSING = "Голосование закроется через минуту. Кто не проголосовал — самое время."
CLOSED = "Это голосование закрыто."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris is of Совы; the vote is open from 09:00 to 09:05."""
    held = await session_with(chat, "Анна", "Борис", "Вера")
    await held.opens_vote()
    return held


def results(held: Held) -> list[str]:
    """The places in each message of a result, a line each."""
    return [text.split("\n\n")[1] for text in held.group.said if text.startswith("Итоги голосования.")]


# --- extended, closed early, closed by itself


async def test_a_vote_is_extended_by_two_minutes_once_and_the_conversation_is_told(chat: Chat, held: Held) -> None:
    assert held.desk_buttons[:2] == [EXTEND, CLOSE_EARLY]
    await held.leads_twice(EXTEND)
    assert held.group.said[-1] == "Время продлено: до 09:07."
    assert held.group.said.count("Время продлено: до 09:07.") == 1
    assert "Время: до 09:07." in held.group.said[-2]
    assert held.desk_buttons[0] == CLOSE_EARLY
    assert EXTEND not in held.desk_buttons
    await chat.moves_to("2017-11-08 09:06")
    await held.votes(held.members[0], "Совы")
    assert held.group.pop_ups == [(held.members[0].id, "Голос принят: «Совы».")]
    await chat.moves_to("2017-11-08 09:08")
    assert results(held) == ["1 место: «Совы» — 1 голос из возможных 2\n2 место: «Орлы» — 0 голосов из возможных 1"]


async def test_a_vote_that_is_closed_early_takes_ballots_for_sixty_seconds_more(chat: Chat, held: Held) -> None:
    anna, boris, _ = held.members
    await chat.moves_to("2017-11-08 09:01:30")
    await held.leads(CLOSE_EARLY)
    assert held.group.said[-1] == CLOSING
    assert held.desk_buttons == ["Участники", "Работы", "Экран", HOME]
    await chat.moves_to("2017-11-08 09:02:29")
    await held.votes(anna, "Совы")
    assert held.group.pop_ups == [(anna.id, "Голос принят: «Совы».")]
    await chat.moves_to("2017-11-08 09:02:30")
    await held.votes(boris, "Орлы")
    assert held.group.pop_ups == [(boris.id, CLOSED)]
    assert results(held) == []
    await chat.moves_to("2017-11-08 09:02:31")
    assert len(results(held)) == 1
    assert held.group.said.count(CLOSING) == 1
    assert await held.tally() == {"Орлы": 0, "Совы": 1}


async def test_closing_early_in_the_last_minute_does_not_let_a_vote_last_longer(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:04:40")
    await held.leads(CLOSE_EARLY)
    await chat.moves_to("2017-11-08 09:05:01")
    assert len(results(held)) == 1


async def test_a_vote_closes_by_itself_its_result_is_told_once_and_the_desk_goes_on(chat: Chat, held: Held) -> None:
    await held.votes(held.members[1], "Орлы")
    await chat.moves_to("2017-11-08 09:05:01")
    assert results(held) == ["1 место: «Орлы» — 1 голос из возможных 1\n2 место: «Совы» — 0 голосов из возможных 2"]
    assert held.desk.splitlines()[2] == "Голосование закрыто."
    assert held.desk_buttons[:2] == [NEW_ROUND, FINISH]
    for later in ("09:06", "10:00", "09:02", "12:00"):
        await chat.moves_to(f"2017-11-08 {later}")
    assert len(results(held)) == 1
    assert "Голосование закрыто." not in held.group.said  # the result says it
    assert (await held.deeds()).count("over") == 1


async def test_a_clock_put_back_after_the_end_opens_no_closed_vote_again(chat: Chat, held: Held) -> None:
    ballot = await held.ballot("Совы")
    await chat.moves_to("2017-11-08 09:06")
    await chat.moves_to("2017-11-08 09:03")
    await held.group.forges(held.members[0], ballot)
    assert held.group.pop_ups == [(held.members[0].id, CLOSED)]
    assert await held.tally() == {"Орлы": 0, "Совы": 0}


# --- new rounds


async def test_a_new_round_leaves_the_first_as_it_was_and_alone_counts_in_the_end(chat: Chat, held: Held) -> None:
    anna, boris, vera = held.members
    for person in (anna, vera):
        await held.votes(person, "Совы")
    old = await held.ballot("Совы")
    first = await held.round()
    await chat.moves_to("2017-11-08 09:06")
    await held.leads(NEW_ROUND)
    assert held.group.said[-1].startswith("Этап 1 из 1. «Что мешает и что делать?»: голосование, раунд 2\n")
    await held.group.forges(anna, old)
    assert held.group.pop_ups == [(anna.id, CLOSED)]
    await held.votes(boris, "Орлы")
    assert held.group.pop_ups == [(boris.id, "Голос принят: «Орлы».")]
    await chat.moves_to("2017-11-08 09:12")
    assert results(held) == [
        "1 место: «Совы» — 2 голоса из возможных 2\n2 место: «Орлы» — 0 голосов из возможных 1",
        "1 место: «Орлы» — 1 голос из возможных 1\n2 место: «Совы» — 0 голосов из возможных 2",
    ]
    await held.leads(FINISH, FINISH_SURE)
    final = held.group.said[-1]
    assert "1 место: «Орлы» — 1 голос из возможных 1\n2 место: «Совы» — 0 голосов из возможных 2" in final
    rounds = await chat.stored(session_results.closed_rounds, held.id)
    assert [(one.number, one.id == first.id) for one in rounds] == [(1, True), (2, False)]
    assert rounds[1].log_hash[:12] in final


async def test_two_presses_of_new_round_at_once_open_one_round(held: Held, chat: Chat) -> None:
    await chat.moves_to("2017-11-08 09:06")
    await held.leads_twice(NEW_ROUND)
    assert (await held.round()).number == 2
    assert held.desk_buttons[:2] == [EXTEND, CLOSE_EARLY]


# --- what equal numbers come to


async def test_a_vote_in_which_nobody_voted_names_no_places_and_says_so(chat: Chat, held: Held) -> None:
    await chat.moves_to("2017-11-08 09:06")
    closed = await held.round()
    assert held.group.said[-1] == (
        "Итоги голосования. «Что мешает и что делать?», раунд 1\n\n1. Орлы\n2. Совы\n\n"
        f"Никто не проголосовал, мест в этом раунде нет. Хеш журнала голосов: {(closed.log_hash or '')[:12]}"
    )


async def test_equal_numbers_share_the_places_and_the_next_team_comes_after_them(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис", "Вера", teams=["Орлы", "Совы", "Ежи"])
    anna, boris, vera = held.members
    await held.opens_vote()
    for person, team in ((anna, "Совы"), (boris, "Ежи"), (vera, "Совы")):
        await held.votes(person, team)
    await chat.moves_to("2017-11-08 09:06")
    assert results(held)[0] == (
        "1 место: «Совы» — 2 голоса из возможных 2\n"
        "2 место: «Ежи» — 1 голос из возможных 2\n"
        "3 место: «Орлы» — 0 голосов из возможных 2"
    )
    await held.leads(NEW_ROUND)
    for person, team in ((anna, "Совы"), (boris, "Ежи")):
        await held.votes(person, team)
    await chat.moves_to("2017-11-08 09:12")
    assert results(held)[1] == (
        "1–2 место (делят): «Совы» — 1 голос из возможных 2\n"
        "1–2 место (делят): «Ежи» — 1 голос из возможных 2\n"
        "3 место: «Орлы» — 0 голосов из возможных 2"
    )


@pytest.mark.parametrize("jury_decides", [True, False])
async def test_the_jury_tells_equal_teams_apart_only_where_that_rule_was_chosen(chat: Chat, jury_decides: bool) -> None:
    held = await session_with(chat, "Анна", "Борис", "Вера")
    anna, boris, vera = held.members
    await held.leads("Участники", "Вера К.", "В жюри", HOME, "Настройки")
    await held.leads(*(["При равенстве: решает жюри"] if jury_decides else []), HOME)
    await held.opens_vote()
    for person, team in ((anna, "Совы"), (boris, "Орлы"), (vera, "Совы")):
        await held.votes(person, team)
    await chat.moves_to("2017-11-08 09:06")
    first, second = results(held)[0].splitlines()
    sparrows, eagles = ("1 место", "2 место") if jury_decides else ("1–2 место (делят)", "1–2 место (делят)")
    told = {
        f"{sparrows}: «Совы» — 1 голос из возможных 1; жюри 1 из 1",
        f"{eagles}: «Орлы» — 1 голос из возможных 1; жюри 0 из 1",
    }
    assert {first, second} == told
    assert ("Совы" in first) is jury_decides
