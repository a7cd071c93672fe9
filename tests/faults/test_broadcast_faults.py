"""A broadcast while VK misbehaves, people come in between, its author changes their mind, or the bot was away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

import pytest

from bot import wording
from bot.app import ROUTERS, running
from bot.clock import Clock, ClockSetting
from bot.domain.broadcasts import Counts
from bot.domain.identifiers import BroadcastId
from bot.emulator import Fault
from bot.messenger.router import Router
from bot.presses.broadcasts import CancelBroadcast, PauseBroadcast, ResumeBroadcast
from tests.conversations.chat import FIRST_DAY, Chat, Person, campaign, settings_for
from tests.faults import mailing
from tests.faults.bots import HASTY, Place, place
from tests.storage.conftest import transaction

ALL = Router().joined(ROUTERS, wording.phrases())
NOON = FIRST_DAY + timedelta(hours=3)
FIRST = BroadcastId(1)
SEVERAL, MANY = 230, 2_600  # the first all at once in the outbox, of the second more than half still waits
VKS_RATE = 19.5


def prepared(there: Place, url: str, people: int) -> range:
    """A broadcast that was just confirmed when the bot starts; the participants' user ids."""
    users = mailing.move_in(there.emulator, people)
    with transaction(url) as conn:
        mailing.confirmed(conn, users)
    return users


async def counts(chat: Chat) -> Counts:
    found: Counts = await chat.stored(mailing.counts, FIRST)
    return found


async def under_way(there: Place, users: range) -> None:
    """Wait until the first have it."""
    await there.emulator.until(lambda: mailing.reached(there.emulator, users) >= 100, 20)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "http_502", "hang"])
async def test_a_lost_answer_of_vk_costs_nobody_the_broadcast_and_doubles_it_for_nobody(
    there: Place, sqlite_url: str, kind: Literal["reset_before", "reset_after", "http_502", "hang"]
) -> None:
    users = prepared(there, sqlite_url, SEVERAL)
    there.emulator.faults.add(Fault("execute", kind))
    async with there.chat(router=ALL) as chat:
        await chat.settled()
        assert await counts(chat) == Counts(delivered=SEVERAL)
        assert set(mailing.heard(there.emulator, users).values()) == {1}


@pytest.mark.parametrize("code", [6, 10])
async def test_an_error_that_passes_delays_a_broadcast_and_no_more(there: Place, sqlite_url: str, code: int) -> None:
    users = prepared(there, sqlite_url, SEVERAL)
    there.emulator.faults.add(Fault("messages.send", "error", code=code, times=2))
    async with there.chat(router=ALL) as chat:
        await chat.settled()
        assert await counts(chat) == Counts(delivered=SEVERAL)
        assert set(mailing.heard(there.emulator, users).values()) == {1}


async def test_those_who_closed_their_messages_are_refused_alone_and_noted(there: Place, sqlite_url: str) -> None:
    users = prepared(there, sqlite_url, SEVERAL)
    for user in users[:7]:
        there.emulator.refuse(user, 901)
    async with there.chat(router=ALL) as chat:
        await chat.settled()
        assert await counts(chat) == Counts(delivered=SEVERAL - 7, refused=7)
        assert mailing.reached(there.emulator, users) == SEVERAL - 7


async def test_a_reply_overtakes_all_that_waits_of_a_broadcast(there: Place, sqlite_url: str) -> None:
    users = prepared(there, sqlite_url, MANY)
    async with there.chat(router=ALL, send_rate=VKS_RATE) as chat:
        await under_way(there, users)
        oleg = chat.person("Олег")
        there.emulator.write(oleg.id, "топ-20")
        await there.emulator.until(lambda: there.emulator.dialogue(oleg.id).messages[-1].out, 5)
        assert mailing.reached(there.emulator, users) < MANY - 500
        await chat.settled()
        assert await counts(chat) == Counts(delivered=MANY)


async def test_its_author_watches_one_message_that_counts_and_has_the_controls(there: Place, sqlite_url: str) -> None:
    prepared(there, sqlite_url, MANY)
    async with there.chat(router=ALL, send_rate=VKS_RATE / 3) as chat:  # slow enough for the progress to be shown
        messages = there.emulator.dialogue(mailing.AUTHOR).messages
        await there.emulator.until(lambda: any("Отправляется\nДошло: " in one.text for one in messages), 20)
        author = Person(chat, mailing.AUTHOR)
        author.sees_buttons("Пауза", "Остановить", "Мои рассылки", "Меню")
        await chat.settled()
        author.reads(*["Рассылка № 1 участникам\nЗакончена\nДошло: 2\xa0600"] * 2)


async def test_paused_on_its_way_it_stops_within_a_second_and_goes_on_where_it_stood(
    there: Place, sqlite_url: str
) -> None:
    users = prepared(there, sqlite_url, MANY)
    async with there.chat(router=ALL, send_rate=VKS_RATE) as chat:
        await under_way(there, users)
        author = Person(chat, mailing.AUTHOR)
        there.emulator.press_forged(author.id, PauseBroadcast(broadcast=FIRST).model_dump_json())
        await chat.settled()
        paused = await counts(chat)
        assert paused.offered == 0
        assert paused.delivered == mailing.reached(there.emulator, users)
        assert paused.delivered <= MANY - 500  # the others wait, or are not listed yet
        await author.forges(ResumeBroadcast(broadcast=FIRST).model_dump_json())
        assert await counts(chat) == Counts(delivered=MANY)
        assert set(mailing.heard(there.emulator, users).values()) == {1}
        author.sees("Закончена\nДошло: 2\xa0600")


async def test_stopped_on_its_way_the_others_get_nothing_and_are_counted(there: Place, sqlite_url: str) -> None:
    users = prepared(there, sqlite_url, MANY)
    async with there.chat(router=ALL, send_rate=VKS_RATE) as chat:
        await under_way(there, users)
        author = Person(chat, mailing.AUTHOR)
        there.emulator.press_forged(author.id, CancelBroadcast(broadcast=FIRST).model_dump_json())
        await chat.settled()
        ended = await counts(chat)
        # Whom the listing had not come to when it was stopped is no recipient.
        assert ended == Counts(delivered=ended.delivered, cancelled=ended.cancelled)
        assert ended.delivered <= MANY - 500
        assert mailing.reached(there.emulator, users) == ended.delivered
        author.sees("Остановлена", "Не отправлено: ")


async def test_after_an_absence_its_author_is_asked_before_anybody_gets_anything(there: Place, sqlite_url: str) -> None:
    users = prepared(there, sqlite_url, SEVERAL)
    flood = there.emulator.faults.add(Fault("messages.send", "error", code=9, times=None))
    async with _bot_at_noon(there, sqlite_url):
        await there.emulator.until(lambda: len(there.emulator.calls.of("execute")) >= 3, 20)
    there.emulator.faults.waiting.remove(flood)
    there.real.passes(hours=2)
    async with _bot_at_noon(there, sqlite_url) as chat:
        await chat.settled()
        author = Person(chat, mailing.AUTHOR)
        assert mailing.reached(there.emulator, users) == 0
        author.sees("Бот не работал, и рассылка остановилась. Продолжить?\nРассылка № 1 участникам\nНа паузе")
        assert await counts(chat) == Counts(waiting=SEVERAL)
        await author.presses("Продолжить")
        assert await counts(chat) == Counts(delivered=SEVERAL)
        assert set(mailing.heard(there.emulator, users).values()) == {1}


@asynccontextmanager
async def _bot_at_noon(there: Place, url: str) -> AsyncIterator[Chat]:
    clock = Clock(ClockSetting(NOON, there.real(), 0.0), real=there.real)
    settings = settings_for(there.emulator, url)
    async with running(settings, campaign(), clock=clock, patience=HASTY) as app:
        yield Chat(there.emulator, app, clock)


async def test_two_processes_at_one_broadcast_send_it_to_everybody_once(postgresql_url: str) -> None:
    async with place(postgresql_url) as there, there.bot(router=ALL) as one, there.bot(router=ALL) as other:
        users = mailing.move_in(there.emulator, 700)  # two pages: both have something to do
        await one.database.write(mailing.confirmed, users)
        # Each learns of it by itself: the first look after another's commit, a second at most.
        await there.emulator.until(lambda: mailing.reached(there.emulator, users) == len(users), 20)
        for bot in (one, other):
            await bot.settled()
        found = await one.database.write(mailing.counts, FIRST)
        assert found == Counts(delivered=len(users))
        assert set(mailing.heard(there.emulator, users).values()) == {1}
        told = [message.text for message in there.emulator.dialogue(mailing.AUTHOR).messages]
        assert sum(f"Дошло: {len(users)}" in text for text in told) <= 2
