"""Joining a session, with or without a name, in the conversation or by the code on the wall."""

import pytest

from bot.domain.links import SessionRef, link
from bot.storage import session_members, session_screen
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import GATHER, HOME, JOIN, JOIN_UNNAMED, Held, empty_session, session_with

NOTICE = """\
Стратегическая сессия «Сессия 8 ноября».

Нажимая «Вступить», вы соглашаетесь: бот хранит имя и первую букву фамилии из вашего профиля, команду и ваши действия \
в этой сессии. Имя видят участники: на экране, в списках, в протоколе. Кто за кого голосовал, не показывается никому. \
Данные удаляются через 30 дней, раньше — по вашей просьбе: «Забыть меня»."""
LINK_OVER = (
    "Эта сессия уже завершена, вступить в неё нельзя. Если вас ждут в другой, попросите у ведущего новую ссылку."
)


@pytest.fixture
async def held(chat: Chat) -> Held:
    """Two teams and a task; Anna is in the conversation and has not joined."""
    held = await empty_session(chat, "Анна")
    await held.has_teams("Орлы", "Совы")
    await held.has_task()
    return held


def link_to(held: Held) -> str:
    return link("https://vk.me/ugu_local", SessionRef(held.code))


async def shown_on_screen(chat: Chat, held: Held, team: int = 0) -> list[str | None]:
    """The names below a team on the projector; None: only the number."""
    token = (await held.stands()).session.screen_token
    screen = await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local")
    return [one.name for one in screen.teams[team].members]


# --- in the conversation


async def test_a_named_member_is_shown_by_first_name_and_initial_once_the_messenger_told_it(
    chat: Chat, held: Held
) -> None:
    anna = held.members[0]
    await held.joins(anna, "Орлы")
    await held.leads("Участники")
    held.leader.sees("Анна К. — 1. Орлы")
    assert await shown_on_screen(chat, held) == ["Анна К."]


async def test_who_joins_without_a_name_is_a_number_wherever_the_session_shows_people(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.joins(anna, "Орлы", named=False)
    await held.joins(boris := await invited(chat, held, "Борис"), "Совы")
    await held.leads("Участники")
    held.leader.sees("Участник 2 — 1. Орлы", "Борис К. — 2. Совы")
    await held.leads("Участник 2")
    held.leader.reads("Участник 2 — команда «1. Орлы».")
    await held.leads("Участники", HOME, "Команды", "1. Орлы")
    held.leader.reads("1. Орлы: 1 человек\nУчастник 2")
    await held.leads("К командам", HOME)
    await held.begins_work()
    await held.group.writes(anna, "/работа Наш план")
    await held.leads("Работы")
    held.leader.sees("1) 1. Орлы · 09:00, Участник 2 · ")
    assert await shown_on_screen(chat, held) == [None]
    shown = "\n".join([*held.group.said, *(one.text for one in chat.emulator.dialogue(held.leader.id).messages)])
    assert "Анна" not in shown
    assert boris.id in (await held.teams())["Совы"]


async def test_the_other_button_shows_or_hides_the_name_of_who_has_joined_already(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.joins(anna, "Орлы", named=False)
    await held.group.presses(anna, JOIN)
    assert held.group.pop_ups == [(anna.id, "Вы уже в сессии, команда «Орлы».")]
    assert await shown_on_screen(chat, held) == ["Анна К."]
    await held.group.presses(anna, JOIN_UNNAMED)
    assert await shown_on_screen(chat, held) == [None]


async def test_two_presses_of_join_at_once_make_one_member_with_one_number(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.group.acts(lambda: [chat.emulator.press(anna.id, JOIN, held.group.peer) for _ in range(2)])
    joined = "Вы в сессии. Теперь выберите команду кнопкой ниже."
    assert held.group.pop_ups == [(anna.id, joined), (anna.id, joined)]
    members = await chat.stored(session_members.of_session, held.id)
    assert [(one.number, one.user_id) for one in members] == [(1, held.leader.id), (2, anna.id)]
    assert held.group.said[1].endswith("Вступили: 1, в командах: 0.")


async def test_who_leads_is_no_member_of_a_team_by_pressing_join(held: Held) -> None:
    await held.group.presses(held.leader, JOIN)
    told = "Вы ведёте эту сессию: команды у вас нет, и вы не голосуете."
    assert held.group.pop_ups == [(held.leader.id, told)]
    assert held.group.said[1].endswith("Вступили: 0, в командах: 0.")


# --- by the code on the wall


async def test_the_code_on_the_wall_leads_to_the_notice_and_joining_asks_for_no_other_consent(
    chat: Chat, held: Held
) -> None:
    zoya = chat.person("Зоя")
    await zoya.opens(link_to(held))
    zoya.reads(NOTICE)
    zoya.sees_buttons(JOIN, JOIN_UNNAMED, "Меню")
    assert await held.member(zoya) is None
    await zoya.presses(JOIN)
    zoya.sees_pop_up("Вы в сессии. Теперь выберите команду кнопкой ниже.")
    zoya.sees("вы в сессии «Сессия 8 ноября». Выберите команду; до «Команды собраны» её можно менять.")
    zoya.sees_buttons("1. Орлы", "2. Совы", "Забыть меня", "Меню")
    await zoya.presses("2. Совы")
    zoya.sees_pop_up("Вы в команде «Совы».")
    zoya.reads("Зоя К., вы в сессии «Сессия 8 ноября», команда «2. Совы». До «Команды собраны» её можно сменить.")
    assert await held.teams() == {"Орлы": [], "Совы": [zoya.id]}
    assert held.group.said[1].endswith("Вступили: 1, в командах: 1.")


async def test_in_private_teams_are_chosen_on_pages_of_four_buttons(chat: Chat, held: Held) -> None:
    await held.has_teams("Ежи", "Лисы", "Волки", "Рыси", "Еноты", "Бобры", "Соболи")
    zoya = chat.person("Зоя")
    await zoya.opens(link_to(held))
    await zoya.presses(JOIN_UNNAMED)
    zoya.sees_buttons("1. Орлы", "2. Совы", "3. Ежи", "4. Лисы", "›", "Забыть меня", "Меню")
    await zoya.presses("›")
    zoya.sees_buttons("5. Волки", "6. Рыси", "7. Еноты", "8. Бобры", "‹", "›", "Забыть меня", "Меню")
    await zoya.presses("›")
    zoya.sees_buttons("9. Соболи", "‹", "Забыть меня", "Меню")
    await zoya.presses("9. Соболи")
    zoya.sees("Участник 2, вы в сессии «Сессия 8 ноября», команда «9. Соболи».")
    assert (await held.teams())["Соболи"] == [zoya.id]


async def test_the_link_opened_again_shows_where_one_stands_instead_of_the_notice(chat: Chat, held: Held) -> None:
    anna = held.members[0]
    await held.joins(anna, "Орлы")
    await anna.opens(link_to(held))
    anna.reads("Анна К., вы в сессии «Сессия 8 ноября», команда «1. Орлы». До «Команды собраны» её можно сменить.")
    await held.joins(await invited(chat, held, "Борис"), "Совы")
    await held.opens_desk()
    await held.leads(GATHER)
    await anna.presses("2. Совы")
    anna.sees_pop_up("Вы в команде «Орлы». Команды собраны, переводит ведущий.")
    anna.reads("Анна К., вы в сессии «Сессия 8 ноября», команда «1. Орлы». Задания и голосования — в беседе сессии.")
    anna.sees_buttons("Сдать работу", "Забыть меня", "Меню")


async def test_whoever_opens_the_link_late_is_told_to_wait_for_the_leader(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис")
    await held.begins_work()
    zoya = chat.person("Зоя")
    await zoya.opens(link_to(held))
    await zoya.presses(JOIN)
    zoya.sees_pop_up("Вы в сессии. Команды уже собраны: ведущий определит вас в одну из них.")
    zoya.sees("Команды уже собраны: ведущий определит вас в одну из них.")
    zoya.sees_buttons("Забыть меня", "Меню")


async def test_a_link_of_a_session_that_is_over_or_was_never_there_says_so(chat: Chat, held: Held) -> None:
    await held.leads("Настройки", "Отменить сессию", "Да, отменить")
    zoya = chat.person("Зоя")
    await zoya.opens(link_to(held))
    zoya.reads(LINK_OVER)
    other = "222222222" if held.code != "222222222" else "333333333"
    await zoya.begins(f"s-{other}")
    zoya.sees_buttons("Меню")
    assert await held.member(zoya) is None


async def test_a_notice_still_on_the_screen_when_the_session_ends_joins_nobody(chat: Chat, held: Held) -> None:
    zoya = chat.person("Зоя")
    await zoya.opens(link_to(held))
    await held.leads("Настройки", "Отменить сессию", "Да, отменить")
    await zoya.presses(JOIN)
    zoya.reads(LINK_OVER)
    assert await held.member(zoya) is None


async def invited(chat: Chat, held: Held, name: str) -> Person:
    """Somebody whom the leader brings into the conversation."""
    person = chat.person(name)
    chat.emulator.invite(held.group.peer, held.leader.id, person.id)
    return person
