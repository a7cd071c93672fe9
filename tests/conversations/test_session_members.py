"""«Участники»: moved between teams within the rules, listed with filters and pages, named helpers and jurors."""

import pytest

from bot.presses.session_leading import AppointMember, PutMember
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import DESK, END, GATHER, HOME, TO_VOTE, Held, session_with

VOTE_OPEN = "Идёт голосование: переводить можно после него."
VOTED_FOR = "Нельзя: этот человек уже голосовал за эту команду в этой сессии."
OWN_TEAM = "За свою команду голосовать нельзя. Выберите другую."
CLOSED = "2017-11-08 09:06"
"""A minute after the first vote's end."""


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Anna and Vera are Орлы, Boris and Gleb are Совы; the teams are not gathered yet."""
    return await session_with(chat, "Анна", "Борис", "Вера", "Глеб")


async def put(held: Held, person: Person, team: str) -> None:
    """The leader's press of a team's button below «В какую команду перевести?»."""
    member = await held.member(person)
    assert member is not None
    press = PutMember(session=held.id, member=member.id, team=(await held.team(team)).id)
    await held.leader.forges(press.model_dump_json())


async def second_vote(held: Held) -> None:
    """From the desk on which the first vote has ended to the vote of the next stage."""
    await held.goes_on()
    await held.leads(END, TO_VOTE)


# --- moved


async def test_the_leader_moves_somebody_by_presses_and_the_protocol_has_it(held: Held) -> None:
    await held.leads("Участники", "Анна К.")
    held.leader.reads("Анна К. — команда «1. Орлы».")
    await held.leads("Перевести")
    held.leader.reads("Анна К.: в какую команду перевести?")
    held.leader.sees_buttons("1. Орлы", "2. Совы", HOME)
    await held.leads("2. Совы")
    held.leader.reads("Анна К. — команда «2. Совы».")
    assert held.members[0].id in (await held.teams())["Совы"]
    assert (await held.deeds())[-1] == "move"


async def test_a_team_to_move_to_is_found_on_pages_of_seven(held: Held) -> None:
    await held.has_teams(*(f"Отряд {number}" for number in range(3, 11)))
    await held.leads("Участники", "Анна К.", "Перевести", "›")
    held.leader.sees_buttons("8. Отряд 8", "9. Отряд 9", "10. Отряд 10", "‹", HOME)
    await held.leads("9. Отряд 9")
    held.leader.reads("Анна К. — команда «9. Отряд 9».")


async def test_nobody_is_moved_while_a_vote_is_open_by_an_older_screen_either(chat: Chat, held: Held) -> None:
    await held.opens_vote()
    await held.leads("Участники", "Анна К.", "Перевести", "2. Совы")
    held.leader.sees_pop_up(VOTE_OPEN)
    assert held.members[0].id in (await held.teams())["Орлы"]
    await chat.moves_to(CLOSED)
    await held.leads("2. Совы")
    held.leader.reads("Анна К. — команда «2. Совы».")


async def test_nobody_is_moved_into_a_team_that_they_have_voted_for_in_this_session(chat: Chat, held: Held) -> None:
    anna, _, vera, _ = held.members
    await held.opens_vote()
    await held.votes(anna, "Совы")
    await chat.moves_to(CLOSED)
    await put(held, anna, "Совы")
    held.leader.sees_pop_up(VOTED_FOR)
    await put(held, vera, "Совы")
    held.leader.sees("Вера К. — команда «2. Совы».")
    assert [len(people) for people in (await held.teams()).values()] == [1, 3]


async def test_a_team_that_somebody_was_moved_from_after_the_gathering_stays_their_own(held: Held) -> None:
    anna = held.members[0]
    await held.has_teams("Ежи")
    await held.leads("Участники", "›", "Глеб К.", "Перевести", "3. Ежи", HOME)
    await held.opens_desk()
    await held.leads(GATHER)
    await put(held, anna, "Совы")
    await held.leads(HOME, DESK)
    await held.goes_on()
    await held.leads(END, TO_VOTE)
    for team in ("Орлы", "Совы"):
        await held.votes(anna, team)
        assert held.group.pop_ups == [(anna.id, OWN_TEAM)]
    await held.votes(anna, "Ежи")
    assert held.group.pop_ups == [(anna.id, "Голос принят: «Ежи».")]


async def test_neither_who_leads_nor_a_juror_is_put_into_a_team(held: Held) -> None:
    boris = held.members[1]
    await held.leads("Участники", "Борис К.", "В жюри")
    held.leader.reads("Борис К. — жюри: голосует отдельно, команды нет.")
    held.leader.sees_buttons("В участники", "В помощники", "Участники", HOME)
    await put(held, boris, "Орлы")
    held.leader.sees_pop_up("Жюри не состоит в командах. Сначала верните человека в участники.")
    await put(held, held.leader, "Орлы")
    held.leader.sees_pop_up("Ведущие не состоят в командах и не голосуют.")
    await held.leads("Участники", "Ирина О.")
    held.leader.sees_buttons("Участники", HOME)


# --- listed


async def test_the_list_has_pages_and_shows_those_without_a_team_or_with_a_role(held: Held) -> None:
    await held.leads("Участники")
    held.leader.reads("Участники: 5\n\nИрина О. — ведущий\nАнна К. — 1. Орлы\nБорис К. — 2. Совы\nВера К. — 1. Орлы")
    held.leader.sees_buttons("Ирина О.", "Анна К.", "Борис К.", "Вера К.", "›", "Без команды", "Жюри, ведущие", HOME)
    await held.leads("›")
    held.leader.reads("Участники: 5\n\nГлеб К. — 2. Совы")
    await held.leads("Глеб К.", "В жюри", "Участники", "Борис К.", "В помощники", "В участники")
    await held.leads("Участники", "Без команды")
    held.leader.reads("Без команды: 1\n\nБорис К. — без команды")
    await held.leads("Жюри, ведущие")
    held.leader.reads("Жюри и ведущие: 2\n\nИрина О. — ведущий\nГлеб К. — жюри")
    held.leader.sees_buttons("Ирина О.", "Глеб К.", "Все", "Без команды", HOME)


# --- helpers


@pytest.fixture
async def helped(held: Held) -> Held:
    """Gleb helps to lead; Anna and Boris are in the teams still."""
    await held.leads("Участники", "›", "Глеб К.", "В помощники")
    held.leader.reads("Глеб К. — помощник: ведёт сессию вместе с вами, не голосует.")
    await held.leads(HOME)
    return held


async def test_a_helper_runs_the_session_in_the_conversation_by_a_desk_of_their_own(helped: Held) -> None:
    gleb, group = helped.members[3], helped.group
    await group.writes(gleb, "/пульт")
    assert group.news[-1].startswith("Пульт: «Сессия 8 ноября»\nЕщё не началась.\n")
    assert group.buttons == [GATHER]
    await group.presses(gleb, GATHER)
    await group.presses(gleb, "Работа: Что мешает и что делать?")
    step = (await helped.stands()).course.step
    assert step is not None
    assert step.phase == "work"
    anna = helped.members[0]
    await group.writes(anna, "/пульт")
    assert group.news == ["Это кнопка ведущего сессии."]
    await group.presses(anna, "Пауза")
    assert group.pop_ups == [(anna.id, "Это кнопка ведущего сессии.")]


async def test_a_helper_names_jurors_but_neither_names_nor_dismisses_helpers(helped: Held) -> None:
    anna, _, vera, gleb = helped.members
    await gleb.begins()
    for person, role in ((anna, "helper"), (gleb, "member")):
        member = await helped.member(person)
        assert member is not None
        press = {"kind": "session-appoint", "session": helped.id, "member": member.id, "role": role}
        await gleb.forges(AppointMember.model_validate(press).model_dump_json())
        gleb.sees_pop_up("Помощников назначает ведущий.")
    await gleb.writes("сессии")
    for label in ("Готовится: Сессия 8 ноября", "Участники", "Вера К.", "В жюри"):
        await gleb.presses(label)
    gleb.reads("Вера К. — жюри: голосует отдельно, команды нет.")
    found = [await helped.member(person) for person in (anna, vera, gleb)]
    assert [one and one.role for one in found] == ["member", "juror", "helper"]


async def test_a_helper_made_a_member_again_leads_no_more_and_may_vote(helped: Held) -> None:
    gleb = helped.members[3]
    await helped.leads("Участники", "›", "Глеб К.", "В участники", HOME)
    await helped.group.writes(gleb, "/пульт")
    assert helped.group.news == ["Это кнопка ведущего сессии."]
    await helped.joins(gleb, "Совы")
    await helped.opens_vote()
    await helped.votes(gleb, "Орлы")
    assert helped.group.pop_ups == [(gleb.id, "Голос принят: «Орлы».")]


# --- jurors


async def test_jurors_ballots_stand_in_a_column_of_their_own_beside_the_members(chat: Chat, held: Held) -> None:
    anna, boris, vera, gleb = held.members
    await held.leads("Участники", "›", "Глеб К.", "В жюри", HOME)
    await held.group.presses(gleb, "Вступить")
    assert held.group.pop_ups == [(gleb.id, "Вы в жюри: команды у вас нет, голосуете отдельно.")]
    await held.opens_vote()
    for person, team in ((anna, "Совы"), (boris, "Орлы"), (gleb, "Орлы")):
        await held.votes(person, team)
    assert held.group.said[-1].endswith("1 из 4 ещё не голосовал.")
    await chat.moves_to(CLOSED)
    result = held.group.said[-1]
    assert "1–2 место (делят): «Орлы» — 1 голос из возможных 1; жюри 1 из 1" in result
    assert "1–2 место (делят): «Совы» — 1 голос из возможных 2; жюри 0 из 1" in result
    assert "Проголосовали 3 из 4." in result
    assert vera.id in (await held.teams())["Орлы"]


async def test_roles_are_not_changed_while_a_vote_is_open(held: Held) -> None:
    await held.leads("Участники", "Анна К.")
    await held.group.presses(held.leader, DESK)
    for label in (GATHER, "Работа: Что мешает и что делать?", END, TO_VOTE):
        await held.group.presses(held.leader, label)
    await held.leads("В жюри")
    held.leader.sees_pop_up("Идёт голосование: роли меняются после него.")
    member = await held.member(held.members[0])
    assert member is not None
    assert member.role == "member"


async def test_a_juror_who_becomes_a_member_still_cannot_vote_for_the_team_of_old(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.has_task("Планируем работу")
    await held.opens_vote()
    await chat.moves_to(CLOSED)
    await held.leads("Участники", "Анна К.", "В жюри", HOME, DESK)
    await second_vote(held)
    await held.votes(anna, "Орлы")
    assert held.group.pop_ups == [(anna.id, OWN_TEAM)]
    await held.votes(anna, "Совы")
    assert held.group.pop_ups == [(anna.id, "Голос принят: «Совы».")]
