"""A press on a team's button in a vote: one ballot per account and round, each refusal with a pop-up of its own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.sessions.ballots import RefusedWhy
from bot.emulator import Client
from bot.storage import session_rounds
from tests.conversations.chat import Chat, Person, campaign, chatting
from tests.conversations.sessions import DESK, END, GATHER, HOME, TO_VOTE, Held, session_with

CLOSED = "Это голосование закрыто."
NOT_ENTITLED = "Голосуют те, кто был в команде, когда голосование открылось."
OWN_TEAM = "За свою команду голосовать нельзя. Выберите другую."
AFTER = "2017-11-08 09:06"
"""A minute after the vote's end."""


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Gleb are Орлы, Boris is of Совы, Vera of Ежи; nothing has begun."""
    return await session_with(chat, "Анна", "Борис", "Вера", "Глеб", teams=["Орлы", "Совы", "Ежи"])


@pytest.fixture
async def chat_anywhere(database_url: str) -> AsyncIterator[Chat]:
    async with chatting(database_url, campaign=campaign()) as chat:
        yield chat


async def told(held: Held, person: Person, team: str) -> str:
    """What somebody is told who presses a team's button."""
    await held.votes(person, team)
    [(account, text)] = held.group.pop_ups
    assert account == person.id
    return text


async def told_late(held: Held, person: Person, team: str) -> str:
    """The same on a screen that still has the button."""
    await held.group.forges(person, await held.ballot(team))
    [(_, text)] = held.group.pop_ups
    return text


async def newcomer(chat: Chat, held: Held, name: str = "Зоя") -> Person:
    person = chat.person(name)
    chat.emulator.invite(held.group.peer, held.leader.id, person.id)
    return person


# --- what a press is told


async def test_of_several_reasons_against_a_press_the_first_in_the_rules_is_told(chat: Chat, held: Held) -> None:
    anna, boris, _, gleb = held.members
    await held.opens_desk()
    await held.leads(GATHER, "Участники", "›", "Глеб К.", "В помощники", HOME, DESK)
    await held.goes_on()
    await held.leads(END, TO_VOTE)
    assert await told(held, anna, "Орлы") == OWN_TEAM
    assert await told(held, gleb, "Орлы") == NOT_ENTITLED  # and his own team, too
    assert await told(held, anna, "Совы") == "Голос принят: «Совы»."
    assert await told(held, anna, "Орлы") == "Вы уже проголосовали: «Совы». Изменить голос нельзя."  # her own team, too
    assert await told(held, anna, "Ежи") == "Вы уже проголосовали: «Совы». Изменить голос нельзя."
    ballots = {team: await held.ballot(team) for team in ("Орлы", "Совы", "Ежи")}
    await chat.moves_to(AFTER)
    for person, team in ((anna, "Совы"), (anna, "Ежи"), (gleb, "Ежи"), (boris, "Совы"), (boris, "Орлы")):
        await held.group.forges(person, ballots[team])
        assert held.group.pop_ups == [(person.id, CLOSED)]
    assert await held.tally() == {"Орлы": 0, "Совы": 1, "Ежи": 0}


async def test_the_same_press_repeated_is_answered_as_accepted_and_counts_once(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.opens_vote()
    label = await held.label_of("Совы")
    await held.group.acts(lambda: [chat.emulator.press(anna.id, label, held.group.peer) for _ in range(3)])
    before = "Ваш голос уже принят: «Совы»."
    assert held.group.pop_ups == [(anna.id, "Голос принят: «Совы»."), (anna.id, before), (anna.id, before)]
    assert await told(held, anna, "Совы") == before
    assert await held.tally() == {"Орлы": 0, "Совы": 1, "Ежи": 0}


async def test_of_presses_for_two_teams_at_once_the_first_counts_and_the_other_names_it(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    held = await session_with(chat, "Анна", "Борис", "Вера", teams=["Орлы", "Совы", "Ежи"])
    await held.opens_vote()

    def all_at_once() -> None:
        for person in held.members:
            for label in ("1. Орлы", "2. Совы", "3. Ежи"):
                chat.emulator.press(person.id, label, held.group.peer)

    await held.group.acts(all_at_once)
    anna, boris, vera = held.members
    answers = {one.id: [text for user, text in held.group.pop_ups if user == one.id] for one in held.members}
    assert answers == {
        anna.id: [OWN_TEAM, "Голос принят: «Совы».", "Вы уже проголосовали: «Совы». Изменить голос нельзя."],
        boris.id: ["Голос принят: «Орлы»."] + ["Вы уже проголосовали: «Орлы». Изменить голос нельзя."] * 2,
        vera.id: ["Голос принят: «Орлы»."] + ["Вы уже проголосовали: «Орлы». Изменить голос нельзя."] * 2,
    }
    assert await held.tally() == {"Орлы": 2, "Совы": 1, "Ежи": 0}


async def test_refused_presses_are_counted_by_reason_for_the_protocol(chat: Chat, held: Held) -> None:
    anna, boris = held.members[:2]
    await held.opens_vote()
    for person, team in ((anna, "Орлы"), (anna, "Совы"), (anna, "Совы"), (anna, "Ежи"), (held.leader, "Ежи")):
        await held.votes(person, team)
    await chat.moves_to(AFTER)
    for _ in range(2):
        await told_late(held, boris, "Ежи")
    refused = await chat.stored(session_rounds.refused, (await held.round()).id)
    assert refused == {
        RefusedWhy.CLOSED: 2,
        RefusedWhy.ALREADY_VOTED: 1,
        RefusedWhy.NOT_ENTITLED: 1,
        RefusedWhy.OWN_TEAM: 1,
    }


# --- who may vote


async def test_neither_who_leads_nor_who_never_joined_may_vote(chat: Chat, held: Held) -> None:
    gleb, stranger = held.members[3], await newcomer(chat, held)
    await held.leads("Участники", "›", "Глеб К.", "В помощники", HOME)
    await held.opens_vote()
    for person in (held.leader, gleb, stranger):
        assert await told(held, person, "Совы") == NOT_ENTITLED
    assert held.group.said[-1].endswith("3 из 3 ещё не голосовали.")


async def test_who_came_into_a_team_after_the_opening_votes_from_the_next_stage_on(chat: Chat, held: Held) -> None:
    zoya = await newcomer(chat, held)
    await held.has_task("Планируем работу")
    await held.opens_vote()
    await held.joins(zoya)
    assert await told(held, zoya, "Совы") == NOT_ENTITLED
    await chat.moves_to(AFTER)
    await held.leads("К сессии", "Команды", "Распределить: 1", HOME, DESK)
    await held.goes_on()
    await held.leads(END, TO_VOTE)
    [own] = [name for name, people in (await held.teams()).items() if zoya.id in people]
    assert await told(held, zoya, own) == OWN_TEAM
    assert await told(held, zoya, "Орлы") == "Голос принят: «Орлы»."


async def test_who_joined_without_a_team_before_the_opening_may_not_vote_in_it(chat: Chat, held: Held) -> None:
    zoya = await newcomer(chat, held)
    await held.joins(zoya)
    await held.opens_vote()
    assert await told(held, zoya, "Совы") == NOT_ENTITLED
    assert held.group.said[-1].endswith("4 из 4 ещё не голосовали.")


async def test_a_team_without_members_does_not_stand_in_the_vote(held: Held) -> None:
    await held.has_teams("Лисы")
    await held.opens_vote()
    assert list(await held.tally()) == ["Орлы", "Совы", "Ежи"]
    assert held.group.said[-1].endswith("1. Орлы\n2. Совы\n3. Ежи\n\n4 из 4 ещё не голосовали.")
    assert await told_late(held, held.members[0], "Лисы") == CLOSED


# --- when a press counts


async def test_a_press_counts_up_to_the_last_moment_and_not_at_the_deadline_itself(chat: Chat, held: Held) -> None:
    anna, boris, _, gleb = held.members
    await held.opens_vote()
    closes_at = datetime(2017, 11, 8, 6, 5, tzinfo=UTC)
    chat.clock.set(closes_at - timedelta(microseconds=1))
    assert await told(held, anna, "Совы") == "Голос принят: «Совы»."
    chat.clock.set(closes_at)
    assert (await held.round()).is_open  # until what arrived before is handled for certain
    assert await told(held, boris, "Орлы") == CLOSED
    assert await told(held, gleb, "Совы") == CLOSED
    await chat.moves_to(AFTER)
    assert await held.tally() == {"Орлы": 0, "Совы": 1, "Ежи": 0}


# --- old clients


async def test_a_press_that_an_old_app_sends_as_a_message_counts_and_its_answer_names_no_team(
    chat: Chat, held: Held
) -> None:
    anna, boris, _, gleb = held.members
    chat.emulator.person(anna.id).client = Client(callback_buttons=False)
    await held.opens_vote()
    await held.group.presses(anna, "2. Совы")
    assert held.group.news[-1] == "Голос принят. Обновите приложение: тогда ответ будете видеть только вы."
    for label, answer in (("2. Совы", held.group.news[-1]), ("3. Ежи", "Вы уже проголосовали, изменить голос нельзя.")):
        await held.group.presses(anna, label)
        assert held.group.news == [answer]
    for person, team, answer in (
        (gleb, "Орлы", "За свою команду голосовать нельзя."),
        (held.leader, "Совы", NOT_ENTITLED),
        (boris, "Орлы", "Голос принят. Обновите приложение: тогда ответ будете видеть только вы."),
    ):
        await held.group.writes(person, "голос", payload=await held.ballot(team))
        assert answer in held.group.news
    assert await held.tally() == {"Орлы": 1, "Совы": 1, "Ежи": 0}
    assert held.group.pop_ups == []


async def test_a_name_of_a_team_that_is_typed_is_no_ballot_for_it(held: Held) -> None:
    anna = held.members[0]
    await held.opens_vote()
    for typed in ("@ugu_local 2. Совы", "/2. Совы", "/Совы"):
        await held.group.writes(anna, typed)
    assert await held.tally() == {"Орлы": 0, "Совы": 0, "Ежи": 0}
