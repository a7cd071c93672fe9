"""The demo's strategic session: a conversation of twelve people in four teams, ready for «Команды собраны»."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from bot.emulator import Conversation, Emulator, NotOnScreen
from bot.wording import say

TITLE: Final = "Стратегическая сессия"
TEAMS: Final = ("Орлы", "Совы", "Чайки", "Стрижи")
MORE_PEOPLE: Final = (
    ("Анна", "Белова"),
    ("Борис", "Чернов"),
    ("Вера", "Зайцева"),
    ("Глеб", "Лисицын"),
    ("Дина", "Волкова"),
    ("Егор", "Медведев"),
    ("Жанна", "Соболева"),
)
QUESTIONS: Final = (
    "Сколько сообщений в неделю делают педагога активным в Сферуме?\n1\n5\n+ 10\n50",
    "Кто видит объявление в чате класса?\nТолько учитель\n+ Все участники чата\nТолько родители",
)
PATIENCE_S: Final = 30.0


async def open_session(emulator: Emulator, moderator: int, members: Sequence[int]) -> None:
    """Let the moderator open a session with the ready agenda, two questions and four teams; the members join them."""
    members = [*members, *(emulator.add_person(first, last).id for first, last in MORE_PEOPLE)]
    there = emulator.create_conversation(moderator, TITLE, members)
    emulator.invite(there.peer_id, moderator, -emulator.community.group_id)
    await _pressed(emulator, moderator, "label-session-new", there.peer_id)
    await _prepared(emulator, moderator)
    await _joined(emulator, there, members)
    await _pressed(emulator, moderator, "button-session-desk")


async def _prepared(emulator: Emulator, moderator: int) -> None:
    """Agenda, questions and teams, in the moderator's own dialogue."""
    for label in ("button-session-agenda", "button-session-preset"):
        await _pressed(emulator, moderator, label)
    await _pressed(emulator, moderator, f"1. {say('ru', 'session-preset-1-title')}")
    for label in ("button-session-questions", "button-session-question-add"):
        await _pressed(emulator, moderator, label)
    for question in QUESTIONS:
        await _answered(emulator, moderator, question)
    await _pressed(emulator, moderator, "button-session-questions-done")
    for label in ("button-session-home", "button-session-teams", "button-session-teams-add"):
        await _pressed(emulator, moderator, label)
    await _answered(emulator, moderator, "\n".join(TEAMS))
    await _pressed(emulator, moderator, "button-session-home")


async def _joined(emulator: Emulator, there: Conversation, members: Sequence[int]) -> None:
    """Everybody joins at once, then chooses a team: three in each."""
    for member in members:
        await _pressed(emulator, member, "button-session-join", there.peer_id)
    await emulator.until(partial(_has_popups, there, len(members)), timeout_s=PATIENCE_S)
    for place, member in enumerate(members):
        number = place % len(TEAMS)
        await _pressed(emulator, member, f"{number + 1}. {TEAMS[number]}", there.peer_id)
    await emulator.until(partial(_has_popups, there, 2 * len(members)), timeout_s=PATIENCE_S)


def _has_popups(there: Conversation, count: int) -> bool:
    return len(there.popups) >= count


async def _pressed(emulator: Emulator, person: int, label: str, peer: int | None = None) -> None:
    """Press a button as soon as it is there. label: a sentence's id, or the words themselves."""
    words = say("ru", label) if label.startswith(("label-", "button-")) else label
    await emulator.until(partial(_done, partial(emulator.press, person, words, peer)), timeout_s=PATIENCE_S)


async def _answered(emulator: Emulator, person: int, text: str) -> None:
    """Write a text, and wait for the bot's answer to it."""
    dialogue = emulator.dialogue(person)
    said = dialogue.last_cmid
    emulator.write(person, text)
    await emulator.until(lambda: dialogue.last_cmid > said + 1, timeout_s=PATIENCE_S)


def _done(press: Callable[[], object]) -> bool:
    try:
        press()
    except NotOnScreen:
        return False
    return True
