"""A session over stops and starts of the bot: nothing told twice, no ballot lost, what was missed made up for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.app import ROUTERS, running
from bot.clock import Clock, ClockSetting
from bot.emulator import Emulator
from bot.messenger.events import Content, EventKind
from bot.messenger.patience import Patience
from bot.storage import inbox
from bot.storage.inbox import NewEvent
from tests.conversations.chat import Chat, Person, campaign, settings_for
from tests.conversations.sessions import Held, session_with

LEFT, OVER = "Осталось 5 минут.", "Время вышло."
STOPPED = "Голосование закроется через минуту. Кто не проголосовал — самое время."


class Room:
    """A conversation whose bot is stopped and started: its people and its session outlive that."""

    def __init__(self, emulator: Emulator, database_url: str) -> None:
        self.emulator = emulator
        self._database_url = database_url
        self._chat: Chat | None = None

    @asynccontextmanager
    async def bot(self, local: str) -> AsyncIterator[Chat]:
        """The bot from that local time of the first day on, until the block ends."""
        zone = campaign().calendar.zone
        at = datetime.fromisoformat(f"2017-11-08 {local}").replace(tzinfo=zone)
        clock = Clock(ClockSetting(at, datetime.now(UTC), 0.0))
        settings, patience = settings_for(self.emulator, self._database_url), Patience(board_every_s=0.0)
        async with running(settings, campaign(), routers=ROUTERS, clock=clock, patience=patience) as app:
            chat = self._chat = self._chat or Chat(self.emulator, app, clock)
            chat.app, chat.clock = app, clock
            await chat.settled()
            yield chat


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        yield Room(emulator, sqlite_url)


@pytest.fixture
async def room_anywhere(database_url: str) -> AsyncIterator[Room]:
    emulator = Emulator(calls_per_second=None)
    async with emulator.serving():
        yield Room(emulator, database_url)


def count(held: Held, text: str) -> int:
    return held.group.said.count(text)


def results(held: Held) -> list[str]:
    return [text for text in held.group.said if text.startswith("Итоги голосования.")]


# --- a countdown


async def test_a_countdown_goes_on_over_restarts_and_everything_is_told_once(room: Room) -> None:
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис")
        await held.begins_work()
        await chat.moves_to("2017-11-08 09:10")
        messages = len(held.group.said)
    async with room.bot("09:21"):
        assert held.group.said[messages:] == [LEFT]
    async with room.bot("09:22") as chat:
        assert held.group.said[messages:] == [LEFT]
        assert held.desk.splitlines()[2] == "Время: до 09:25."
        await chat.moves_to("2017-11-08 09:25")
        assert held.group.said[messages:] == [LEFT, OVER]
    async with room.bot("09:26"):
        assert held.group.said[messages:] == [LEFT, OVER]
        await held.leads("Сразу к голосованию")
        assert held.group.said[-1].endswith("2 из 2 ещё не голосовали.")


async def test_an_end_that_came_while_the_bot_was_down_is_told_at_the_next_start(room: Room) -> None:
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис")
        await held.begins_work()
    async with room.bot("12:00"):
        assert (count(held, LEFT), count(held, OVER)) == (0, 1)
        assert OVER in held.desk


async def test_a_pause_lasts_over_a_restart_with_what_was_left_of_the_time(room: Room) -> None:
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис")
        await held.begins_work()
        await chat.moves_to("2017-11-08 09:10")
        await held.leads("Пауза")
    async with room.bot("11:00") as chat:
        await held.leads("Продолжить")
        assert held.group.said[-1] == "Продолжаем: до 11:15."


# --- an open vote


async def test_an_open_vote_keeps_its_ballots_and_its_end_over_restarts(room_anywhere: Room) -> None:
    room = room_anywhere
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис", "Вера")
        await held.opens_vote()
        anna, boris, vera = held.members
        await held.votes(anna, "Совы")
    async with room.bot("09:02"):
        await held.votes(anna, "Совы")
        assert held.group.pop_ups == [(anna.id, "Ваш голос уже принят: «Совы».")]
        await held.votes(boris, "Орлы")
        assert held.group.said[-1].endswith("1 из 3 ещё не голосовал.")
        await held.leads("Закрыть через минуту")
        assert count(held, STOPPED) == 1
    async with room.bot("09:02:59") as chat:
        await held.votes(vera, "Совы")
        assert held.group.pop_ups == [(vera.id, "Голос принят: «Совы».")]
        assert results(held) == []
    async with room.bot("10:00"):
        [result] = results(held)
        assert "1 место: «Совы» — 2 голоса из возможных 2" in result
        assert count(held, STOPPED) == 1
        assert held.desk_buttons[0] == "Новый раунд"
    async with room.bot("10:01"):
        assert len(results(held)) == 1
        assert await held.tally() == {"Орлы": 1, "Совы": 2}


async def test_a_press_made_while_the_bot_is_down_counts_if_it_arrives_before_the_end(room: Room) -> None:
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис", "Вера")
        await held.opens_vote()
    anna, boris, _ = held.members
    room.emulator.press(anna.id, "2. Совы", held.group.peer)
    async with room.bot("09:04:59"):
        assert await held.tally() == {"Орлы": 0, "Совы": 1}
    room.emulator.press(boris.id, "1. Орлы", held.group.peer)
    async with room.bot("09:05"):
        assert await held.tally() == {"Орлы": 0, "Совы": 1}
        assert "Это голосование закрыто." in [text for user, text in held.group.pop_ups if user == boris.id]


async def test_a_press_that_arrived_in_time_counts_though_it_is_handled_after_the_end(room: Room) -> None:
    """The bot stops before it comes to that; the vote is not closed as long as the press waits."""
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис")
        await held.opens_vote()
        anna, boris = held.members
        closes_at = (await held.round()).closes_at
        for person, team, at in (
            (anna, "Совы", closes_at - timedelta(microseconds=1)),
            (boris, "Орлы", closes_at),
        ):
            await arrived(chat, held, person, team, at)
        chat.clock.set(closes_at + timedelta(minutes=1))
        for _ in range(20):
            assert (await held.round()).is_open
        assert await held.tally() == {"Орлы": 0, "Совы": 0}
    async with room.bot("09:30"):
        assert await held.tally() == {"Орлы": 0, "Совы": 1}
        [result] = results(held)
        assert "1 место: «Совы» — 1 голос из возможных 1" in result


async def arrived(chat: Chat, held: Held, person: Person, team: str, at: datetime) -> None:
    """A press on a team's button that is stored and not handled yet."""
    content = Content(payload=await held.ballot(team), ticket=f"ticket-{person.id}").to_json()

    def store(conn: Connection) -> None:
        press = NewEvent(
            "vk", f"press-{person.id}", EventKind.PRESS, held.group.peer, person.id, None, content, at, at, at
        )
        inbox.add(conn, [press])

    await chat.stored(store)


async def test_a_desk_that_was_open_before_the_stop_acts_after_it_and_only_once(room: Room) -> None:
    async with room.bot("09:00") as chat:
        held = await session_with(chat, "Анна", "Борис")
        await held.begins_work()
    for _ in range(2):
        room.emulator.press(held.leader.id, "Закончить")
    async with room.bot("09:01"):
        assert count(held, "Заканчиваем эту часть раньше времени.") == 1
        assert (await held.deeds()).count("end") == 1
        assert held.desk_buttons[0] == "Презентация: 1. Орлы"
