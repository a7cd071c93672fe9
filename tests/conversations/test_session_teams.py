"""Teams of a session: named by its leader or by members, up to forty of them, renamed and removed."""

import pytest

from bot.storage import session_members
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import GATHER, HOME, JOIN, Held, empty_session, labels_of, session_with

ASK = (
    "Пришлите названия команд, каждое с новой строки (до 30 знаков, команд до 40)."
    " Или просто число: назову их «Команда 1», «Команда 2» и так далее."
)
GATHERED_ALREADY = "Команды уже собраны: новые не создаются."
LONG = "О" * 31
REFUSED = {
    f"Ежи\n{LONG}": f"«{'О' * 30}…» слишком длинно: в названии не больше 30 знаков.",
    "Ежи\nорлы": "Команда «орлы» уже есть. Придумайте другое название.",
    "Ёлки\nелки": "Команда «елки» уже есть. Придумайте другое название.",
    "40": "Получилось бы 41, а команд может быть не больше 40.",
    "\n".join(f"Отряд {number}" for number in range(40)): "Получилось бы 41, а команд может быть не больше 40.",
    "0": "Пришлите названия, каждое с новой строки. Или просто число команд.",
}


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A session with nothing prepared; its leader looks at its own screen, Anna and Boris have joined it."""
    held = await empty_session(chat, "Анна", "Борис")
    for person in held.members:
        await held.joins(person)
    return held


async def names(held: Held) -> list[str]:
    return list(await held.teams())


# --- named by who leads


async def test_names_typed_one_a_line_become_teams_with_numbers_and_buttons(held: Held) -> None:
    await held.leads("Команды")
    held.leader.reads(
        "Команд пока нет. Назовите их сами, или участники напишут в беседе: /команда Орлы\n\nБез команды: 2 человека"
    )
    await held.leads("Добавить команды")
    held.leader.reads(ASK)
    await held.leader.writes("Орлы\n\n  Совы и   филины \n*Ежи")
    held.leader.reads(
        "Команды\n\n1. Орлы — пока никого\n2. Совы и филины — пока никого\n3. * Ежи — пока никого\n\n"
        "Без команды: 2 человека"
    )
    assert held.group.said[-1].startswith("Выберите команду. Свою можно назвать так: /команда Орлы\n\n1. Орлы — ")
    assert await names(held) == ["Орлы", "Совы и филины", "* Ежи"]


async def test_a_number_makes_so_many_teams_and_another_one_goes_on_counting(held: Held) -> None:
    await held.has_teams("2")
    await held.leads("Команды", "Добавить команды")
    await held.leader.writes("Команда 3")
    await held.leads("Добавить команды")
    await held.leader.writes("2")
    assert await names(held) == ["Команда 1", "Команда 2", "Команда 3", "Команда 4", "Команда 5"]


async def test_names_of_which_one_cannot_be_are_all_refused_and_asked_for_again(held: Held) -> None:
    await held.has_teams("Орлы")
    await held.leads("Команды", "Добавить команды")
    for typed, reason in REFUSED.items():
        await held.leader.writes(typed)
        held.leader.reads(reason)
        assert await names(held) == ["Орлы"]
    await held.leader.writes("Ежи")
    assert await names(held) == ["Орлы", "Ежи"]


async def test_no_team_is_added_any_more_once_the_teams_are_gathered(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис")
    await held.leads("Команды", "Добавить команды")
    await held.group.presses(held.leader, "Пульт ведущего")
    await held.group.presses(held.leader, GATHER)
    await held.leader.writes("Ежи")
    held.leader.reads(GATHERED_ALREADY)
    await held.group.writes(held.members[0], "/команда Ежи")
    assert held.group.news == [GATHERED_ALREADY]
    assert await names(held) == ["Орлы", "Совы"]


# --- named by members


async def test_whoever_has_joined_names_a_team_in_the_conversation_and_is_in_it(held: Held) -> None:
    anna, boris = held.members
    for typed in ("/команда Орлы", "/новая команда  Совы", "@ugu_local Команда Ежи"):
        await held.group.writes(anna, typed)
        assert f"Команда «{typed.split()[-1]}» создана, вы в ней. Другие выбирают её кнопкой." in held.group.news
    await held.group.presses(boris, "3. Ежи")
    assert held.group.pop_ups == [(boris.id, "Вы в команде «Ежи».")]
    assert await held.teams() == {"Орлы": [], "Совы": [], "Ежи": [anna.id, boris.id]}


async def test_a_members_name_for_a_team_that_cannot_be_is_answered_with_the_reason(held: Held) -> None:
    await held.has_teams("Ежи")
    how = "Напишите название после слова «команда», например: /команда Орлы"
    for typed, answer in (
        ("/команда", how),
        ("/команда 5", how),
        ("/команда Орлы\nСовы", how),
        (f"/команда {LONG}", f"«{'О' * 30}…» слишком длинно: в названии не больше 30 знаков."),
        ("/команда ЁЖИ", "Команда «ЁЖИ» уже есть. Придумайте другое название."),
    ):
        await held.group.writes(held.members[0], typed)
        assert held.group.news == [answer]
    assert await held.teams() == {"Ежи": []}


async def test_who_has_not_joined_or_leads_or_judges_names_no_team(chat: Chat, held: Held) -> None:
    stranger, boris = chat.person("Зоя"), held.members[1]
    chat.emulator.invite(held.group.peer, held.leader.id, stranger.id)
    await held.leads("Участники", "Борис К.", "В жюри")
    answers = {
        stranger: "Сначала нажмите «Вступить» под сообщением о сессии.",
        held.leader: "Вы ведёте эту сессию: команды у вас нет, и вы не голосуете.",
        boris: "Вы в жюри: команды у вас нет, голосуете отдельно.",
    }
    for person, answer in answers.items():
        await held.group.writes(person, "/команда Орлы")
        assert held.group.news == [answer]
    assert await names(held) == []


# --- forty of them


async def test_forty_teams_stand_in_four_messages_with_ten_buttons_each(held: Held) -> None:
    await held.has_teams("40")
    choice = [one for one in held.messages if one.text.startswith("Выберите команду")]
    assert [len(labels_of(one)) for one in choice] == [10, 10, 10, 10]
    assert labels_of(choice[3])[-1] == "40. Команда 40"
    await held.group.presses(held.members[0], "40. Команда 40")
    assert "40. Команда 40 — 1 человек" in held.group.news[-1]
    await held.leads("Команды")
    assert "Добавить команды" in held.leader.buttons
    assert len(held.leader.buttons) <= 10


async def test_a_vote_between_forty_teams_has_a_button_for_each_in_four_messages(chat: Chat, held: Held) -> None:
    people = [chat.person(f"Имя{number}") for number in range(38)]
    for person in people:
        chat.emulator.invite(held.group.peer, held.leader.id, person.id)
    await held.group.acts(lambda: [chat.emulator.press(one.id, JOIN, held.group.peer) for one in people])
    await held.has_teams("40")
    await held.has_task()
    await held.leads("Команды", "Распределить: 40", HOME)
    await held.opens_vote()
    vote = held.messages[-4:]
    assert [len(labels_of(one)) for one in vote] == [10, 10, 10, 10]
    assert vote[3].text.endswith("40. Команда 40\n\n40 из 40 ещё не голосовали.")
    anna = held.members[0]
    own = next(name for name, people in (await held.teams()).items() if anna.id in people)
    await held.votes(anna, "Команда 40" if own != "Команда 40" else "Команда 1")
    assert held.messages[-1].text.endswith("39 из 40 ещё не голосовали.")


# --- renamed and removed


async def test_a_refused_new_name_leaves_a_team_its_old_one_and_is_asked_for_again(held: Held) -> None:
    await held.has_teams("Орлы", "Совы")
    await held.leads("Команды", "1. Орлы")
    held.leader.reads("1. Орлы: пока никого")
    await held.leads("Переименовать")
    held.leader.reads("Пришлите новое название, до 30 знаков.")
    for typed in (LONG, "совы", "Ежи\nЛисы"):
        await held.leader.writes(typed)
        assert await names(held) == ["Орлы", "Совы"]
    await held.leader.writes("ОРЛЫ")
    held.leader.reads("1. ОРЛЫ: пока никого")
    assert await names(held) == ["ОРЛЫ", "Совы"]
    assert "1. ОРЛЫ — пока никого" in held.group.said[-1]


async def test_a_removed_team_leaves_its_members_without_one_and_its_number_free(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.has_teams("Орлы", "Совы")
    await held.group.presses(anna, "1. Орлы")
    await held.leads("Команды", "1. Орлы", "Удалить команду")
    held.leader.sees("2. Совы — пока никого", "Без команды: 2 человека")
    await held.group.writes(anna, "/команда Ежи")
    found = await chat.stored(session_members.teams_of, held.id)
    assert [(team.number, team.name) for team in found] == [(1, "Ежи"), (2, "Совы")]


async def test_a_gathered_team_is_renamed_but_removed_by_no_press_any_more(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис")
    await held.leads("Команды", "2. Совы")
    assert "Удалить команду" in held.leader.buttons
    await held.group.presses(held.leader, "Пульт ведущего")
    await held.group.presses(held.leader, GATHER)
    await held.leads("Удалить команду")
    held.leader.sees_pop_up(GATHERED_ALREADY)
    await held.leads("К командам", "2. Совы")
    assert "Удалить команду" not in held.leader.buttons
    await held.leads("Переименовать")
    await held.leader.writes("Филины")
    boris: Person = held.members[1]
    assert await held.teams() == {"Орлы": [held.members[0].id], "Филины": [boris.id]}
