"""«Настройки» of a session: its title, the link on the wall, the rules of the next vote, and giving it up."""

import pytest

from bot.presses.session_leading import DropSession
from bot.storage import session_screen
from bot.wording import say
from tests.conversations.chat import Chat
from tests.conversations.group import Group
from tests.conversations.sessions import DESK, GATHER, HOME, NEW_SESSION, Held, empty_session, opened, session_with

HIDDEN_SHARED = """\
Настройки: «Сессия 8 ноября»

Подсчёт в следующем голосовании: скрыт, пока голосование открыто, — и от вас тоже
При равенстве: команды делят место
QR на экране ведёт: ко мне, в личный диалог"""
LIVE_JURY = """\
Настройки: «Сессия 8 ноября»

Подсчёт в следующем голосовании: виден всем сразу
При равенстве: выше команда, у которой больше голосов жюри
QR на экране ведёт: ко мне, в личный диалог"""
LINK = "https://vk.me/join/AJQ1d0_xZ/2+w=="
REFUSED_LINK = "Это не ссылка-приглашение. Она выглядит так: https://vk.me/join/…"
DROPPED = "Сессия «Сессия 8 ноября» отменена."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A session with nothing prepared; its leader looks at its settings."""
    held = await empty_session(chat, "Анна")
    await held.leads("Настройки")
    return held


async def test_hidden_or_live_and_the_tie_rule_are_chosen_by_one_press_each(held: Held) -> None:
    held.leader.reads(HIDDEN_SHARED)
    held.leader.sees_buttons(
        "Показывать подсчёт", "При равенстве: решает жюри", "Название", "Ссылка на беседу", "Отменить сессию", HOME
    )
    await held.leads("Показывать подсчёт", "При равенстве: решает жюри")
    held.leader.reads(LIVE_JURY)
    await held.leads("Скрыть подсчёт", "При равенстве: делят место")
    held.leader.reads(HIDDEN_SHARED)
    assert (await held.deeds()).count("rules") == 4


async def test_a_rule_pressed_for_twice_is_chosen_once_and_not_turned_back(held: Held) -> None:
    await held.leads_twice("Показывать подсчёт")
    assert not (await held.stands()).session.hidden


async def test_a_refused_title_changes_nothing_and_a_good_one_stands_in_the_conversation(held: Held) -> None:
    await held.leads("Название")
    held.leader.reads("Сейчас сессия называется «Сессия 8 ноября». Пришлите новое название, до 60 знаков.")
    await held.leader.writes("Н" * 61)
    held.leader.reads("Не похоже на название. Пришлите одну строку, до 60 знаков.")
    assert (await held.stands()).session.title == "Сессия 8 ноября"
    await held.leader.writes("От проблем — к решению @all")
    held.leader.sees("Настройки: «От проблем — к решению @ all»")
    assert held.group.said[1].startswith("Стратегическая сессия «От проблем — к решению @ all»\n")
    await held.leads(HOME)
    held.leader.sees("«От проблем — к решению @ all». Готовится.")


async def test_a_link_that_is_no_invitation_of_the_messenger_is_refused(held: Held) -> None:
    await held.leads("Ссылка на беседу")
    held.leader.sees("Пришлите ссылку-приглашение в беседу")
    for typed in (
        "vk.me/join/AJQ1d0_xZ",
        "http://vk.me/join/AJQ1d0_xZ",
        "https://vk.me.example.org/join/AJQ1d0_xZ",
        "https://example.org/join/AJQ1d0_xZ",
        "https://vk.me/join/",
        "https://vk.com/club1",
        f"{LINK} и ещё слова",
    ):
        await held.leader.writes(typed)
        held.leader.reads(REFUSED_LINK)
    assert (await held.stands()).session.invite_link is None


async def test_an_invitation_replaces_the_bots_own_link_on_the_screens_code(chat: Chat, held: Held) -> None:
    own = f"https://vk.me/ugu_local?ref=s-{held.code}"
    assert await join_link(chat, held) == own
    await held.leads("Ссылка на беседу")
    await held.leader.writes("не знаю")
    await held.leader.writes(f" {LINK}\n")
    held.leader.sees(f"QR на экране ведёт: в беседу, {LINK}")
    assert await join_link(chat, held) == LINK
    anna = held.members[0]
    await anna.opens(own)
    await anna.presses("Вступить")
    anna.sees_buttons("Открыть беседу", "Забыть меня", "Меню")


async def join_link(chat: Chat, held: Held) -> str:
    """Where the code on the wall leads."""
    token = (await held.stands()).session.screen_token
    screen = await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local")
    return str(screen.join_link)


# --- giving it up


async def test_a_session_is_given_up_by_a_second_press_and_the_conversation_is_told_once(held: Held) -> None:
    await held.leads("Отменить сессию")
    held.leader.reads("Отменить сессию «Сессия 8 ноября»? Вернуть её будет нельзя.")
    held.leader.sees_buttons("Да, отменить", HOME)
    assert held.group.said[-1].startswith("Стратегическая сессия «Сессия 8 ноября»\n")
    await held.leads("Да, отменить")
    held.leader.reads(DROPPED)
    assert held.group.said[1:] == ["Стратегическая сессия «Сессия 8 ноября» отменена.", DROPPED]
    await held.leader.writes("сессии")
    held.leader.reads(say("ru", "session-how-to-open"))


async def test_nothing_of_a_session_that_was_given_up_can_be_joined_changed_or_run(chat: Chat, held: Held) -> None:
    await held.leads("Отменить сессию", "Да, отменить")
    anna = held.members[0]
    await anna.opens(f"https://vk.me/ugu_local?ref=s-{held.code}")
    anna.reads(say("ru", "session-link-over"))
    await held.leader.forges(f'{{"kind": "session-agenda", "session": {held.id}}}')
    held.leader.sees_pop_up("Эта сессия уже завершена.")
    await held.group.writes(held.leader, "/пульт")
    assert held.group.news == [say("ru", "session-none-here")]
    assert (await opened(chat, held.group, held.leader)).id != held.id


async def test_a_session_that_has_begun_cannot_be_given_up_by_an_older_screen(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис")
    await held.leads("Настройки", "Отменить сессию")
    await in_conversation(held.group, held, DESK, GATHER, "Работа: Что мешает и что делать?")
    await held.leads("Да, отменить")
    held.leader.sees_pop_up("Сессия уже идёт. Завершить её можно на пульте: «Подвести итоги».")
    await held.leader.forges(DropSession(session=held.id, sure=True).model_dump_json())
    assert (await held.stands()).session.state == "running"
    await held.leads(HOME, "Настройки")
    assert "Отменить сессию" not in held.leader.buttons
    await held.group.presses(held.leader, NEW_SESSION)
    assert held.group.pop_ups == [(held.leader.id, "В этой беседе сессия уже открыта. Сначала завершите её.")]


async def in_conversation(group: Group, held: Held, *labels: str) -> None:
    """The leader presses these where everybody reads along."""
    for label in labels:
        await group.presses(held.leader, label)
