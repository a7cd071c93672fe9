"""Choosing a team: freely and without trace until «Команды собраны», from then on only by who leads."""

import pytest

from bot.presses.sessions import ChooseTeam
from tests.conversations.chat import Chat
from tests.conversations.sessions import END, GATHER, HOME, JOIN, Held, empty_session, labels_of, session_with

FIXED = "Вы в команде «Орлы». Команды собраны, переводит ведущий."
LATE = "Команды уже собраны. Ведущий определит вас в одну из них."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris is of Совы; the teams are not gathered yet."""
    return await session_with(chat, "Анна", "Борис", "Вера")


async def forged_choice(held: Held, team: str) -> str:
    """A team's button as it hung in the conversation before the teams were gathered."""
    return ChooseTeam(session=held.id, team=(await held.team(team)).id).model_dump_json()


async def test_switching_before_the_gathering_leaves_no_trace_so_the_left_team_may_be_voted_for(
    held: Held,
) -> None:
    anna = held.members[0]
    for team in ("2. Совы", "1. Орлы", "2. Совы"):
        await held.group.presses(anna, team)
        assert held.group.pop_ups == [(anna.id, f"Вы в команде «{team[3:]}».")]
    assert await held.deeds() == ["open", "teams", "agenda", "agenda"]
    await held.opens_vote()
    await held.votes(anna, "Совы")
    assert held.group.pop_ups == [(anna.id, "За свою команду голосовать нельзя. Выберите другую.")]
    await held.votes(anna, "Орлы")
    assert held.group.pop_ups == [(anna.id, "Голос принят: «Орлы».")]


async def test_the_same_team_pressed_again_is_answered_as_before_and_changes_nothing(held: Held) -> None:
    anna, _, vera = held.members
    await held.group.presses(anna, "1. Орлы")
    assert held.group.pop_ups == [(anna.id, "Вы в команде «Орлы».")]
    assert held.group.news == []
    assert (await held.teams())["Орлы"] == [anna.id, vera.id]


async def test_the_card_and_the_list_of_teams_count_along_as_people_come(chat: Chat) -> None:
    held = await empty_session(chat, "Анна", "Борис")
    await held.has_teams("Орлы", "Совы")
    anna, boris = held.members
    await held.group.presses(anna, JOIN)
    assert held.group.pop_ups == [(anna.id, "Вы в сессии. Теперь выберите команду кнопкой ниже.")]
    await held.group.presses(boris, JOIN)
    await held.group.presses(boris, "2. Совы")
    card, choice = held.group.said[1:]
    assert card.endswith("Вступили: 2, в командах: 1.")
    assert choice.endswith("1. Орлы — пока никого\n2. Совы — 1 человек")


async def test_a_team_is_chosen_only_by_who_has_joined_and_leads_nothing(chat: Chat, held: Held) -> None:
    boris, zoya = held.members[1], chat.person("Зоя")
    chat.emulator.invite(held.group.peer, held.leader.id, zoya.id)
    await held.leads("Участники", "Борис К.", "В жюри", HOME)
    answers = {
        zoya: "Сначала нажмите «Вступить» под сообщением о сессии.",
        held.leader: "Ведущие не состоят в командах и не голосуют.",
        boris: "Вы в жюри: команды у вас нет, голосуете отдельно.",
    }
    for person, answer in answers.items():
        await held.group.presses(person, "1. Орлы")
        assert held.group.pop_ups == [(person.id, answer)]


async def test_a_button_of_a_team_that_was_removed_meanwhile_says_that_it_is_no_more(held: Held) -> None:
    gone = await forged_choice(held, "Совы")
    await held.leads("Команды", "2. Совы", "Удалить команду")
    await held.group.forges(held.members[0], gone)
    assert held.group.pop_ups == [(held.members[0].id, "Такой команды больше нет. Выберите другую.")]


# --- gathered


async def test_once_gathered_the_buttons_are_gone_and_an_old_one_tells_who_moves_people(held: Held) -> None:
    anna = held.members[0]
    old = await forged_choice(held, "Совы")
    await held.opens_desk()
    await held.leads(GATHER)
    assert held.group.said[-2:] == [
        "Команды собраны:\n\n1. Орлы — 2 человека\n2. Совы — 1 человек",
        "Команды собраны: 2 команды. Дальше переводит между командами только ведущий.",
    ]
    assert [labels_of(one) for one in held.messages[-2:]] == [[], []]
    await held.group.forges(anna, old)
    assert held.group.pop_ups == [(anna.id, FIXED)]
    assert anna.id in (await held.teams())["Орлы"]


async def test_a_late_comer_joins_and_waits_for_the_leader_to_be_put_into_a_team(chat: Chat, held: Held) -> None:
    zoya = chat.person("Зоя")
    chat.emulator.invite(held.group.peer, held.leader.id, zoya.id)
    await held.begins_work()
    await held.group.presses(zoya, JOIN)
    late = "Вы в сессии. Команды уже собраны: ведущий определит вас в одну из них."
    assert held.group.pop_ups == [(zoya.id, late)]
    await held.group.forges(zoya, await forged_choice(held, "Совы"))
    assert held.group.pop_ups == [(zoya.id, LATE)]
    assert held.desk.endswith("Участники: 4, в командах 3; команд с людьми: 2 (собраны)")
    await held.leads("К сессии", "Команды", "Распределить: 1")
    assert len((await held.teams())["Совы"]) == 2


# --- the split


async def test_the_split_fills_the_smallest_teams_so_that_sizes_differ_by_one_at_most(chat: Chat) -> None:
    held = await empty_session(chat, *(f"Имя{number}" for number in range(8)))
    await held.has_teams("Орлы", "Совы", "Ежи")
    for person in held.members:
        await held.joins(person)
    for person in held.members[:3]:
        await held.group.presses(person, "1. Орлы")
    await held.leads("Команды", "Распределить: 5")
    teams = await held.teams()
    assert sorted(map(len, teams.values())) == [2, 3, 3]
    assert {one for people in teams.values() for one in people} == {one.id for one in held.members}
    assert [one for one in held.leader.buttons if one.startswith("Распределить")] == []
    assert (await held.deeds())[-1] == "split"


async def test_two_presses_of_the_split_at_once_are_one_split(chat: Chat) -> None:
    held = await empty_session(chat, "Анна", "Борис")
    await held.has_teams("Орлы", "Совы")
    for person in held.members:
        await held.joins(person)
    await held.leads("Команды")
    await held.leads_twice("Распределить: 2")
    assert sorted(map(len, (await held.teams()).values())) == [1, 1]
    assert (await held.deeds()).count("split") == 1


async def test_nobody_is_split_while_a_vote_is_open_but_right_after_it(chat: Chat, held: Held) -> None:
    zoya = chat.person("Зоя")
    chat.emulator.invite(held.group.peer, held.leader.id, zoya.id)
    await held.opens_vote()
    await held.joins(zoya)
    await held.leads(HOME, "Команды", "Распределить: 1")
    held.leader.sees_pop_up("Идёт голосование: переводить можно после него.")
    await chat.moves_to("2017-11-08 09:06")
    await held.leads("Распределить: 1")
    assert zoya.id in (await held.teams())["Совы"]


async def test_a_juror_of_old_is_split_into_no_team_that_they_have_voted_for(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис", "Вера", "Глеб")
    gleb = held.members[3]
    await held.leads("Участники", "›", "Глеб К.", "В жюри", HOME)
    await held.opens_vote()
    await held.votes(gleb, "Совы")
    await chat.moves_to("2017-11-08 09:06")
    await held.leads(HOME, "Участники", "›", "Глеб К.", "В участники", HOME, "Команды", "Распределить: 1")
    assert [len(people) for people in (await held.teams()).values()] == [3, 1]


async def test_work_cannot_begin_before_two_teams_with_people_are_gathered(chat: Chat) -> None:
    held = await empty_session(chat, "Анна")
    await held.opens_desk()
    assert held.desk == (
        "Пульт: «Сессия 8 ноября»\nЕщё не началась.\n\nУчастники: 0, в командах 0; команд с людьми: 0\n"
        "Сначала составьте повестку: «К сессии» → «Повестка»."
    )
    await held.leads(HOME)
    await held.has_teams("Орлы", "Совы")
    await held.has_task()
    await held.joins(held.members[0], "Орлы")
    await held.opens_desk()
    assert held.desk.endswith("\nДля заданий нужны хотя бы две команды с людьми.")
    assert END not in held.desk_buttons
    assert held.desk_buttons == ["Участники", "Работы", "Экран", "К сессии"]
