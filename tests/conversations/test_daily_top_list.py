"""The list of the morning in the conversations that want it: at 09:00, with its date, once a day."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from bot.emulator import Fault
from bot.storage import schema, top_snapshots
from bot.storage.schema_duties import conversations, job_runs
from tests.conversations.chat import Chat, Person
from tests.conversations.group import Group, led_by
from tests.conversations.staff import coordinator
from tests.conversations.taking_part import Pupil, claimed, issued, voted


@pytest.fixture
async def maria(chat: Chat) -> Pupil:
    return await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")


@pytest.fixture
async def irina(chat: Chat) -> Person:
    return await coordinator(chat)


@pytest.fixture
async def group(chat: Chat, irina: Person) -> Group:
    """A conversation whose coordinator wanted the daily list."""
    group = await led_by(chat, irina)
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    await group.acts(lambda: None)
    return group


def masked(pupil: Pupil) -> str:
    return f"Участник …{pupil.number[-4:]}"


async def skipped(chat: Chat) -> list[tuple[str, int]]:
    """State and count of conversations left out, of every run of the list."""
    runs = select(job_runs.c.state, job_runs.c.skipped).where(job_runs.c.job == "top-list").order_by(job_runs.c.id)
    return [tuple(row) for row in await chat.stored(lambda conn: conn.execute(runs).all())]


async def test_the_list_comes_at_nine_with_its_date_as_it_stands_then(chat: Chat, maria: Pupil, group: Group) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    await chat.moves_to("2017-11-09 08:59:59")
    assert group.news == []
    await chat.moves_to("2017-11-09 09:00")
    assert group.news == [f"Топ-20, 9 ноября, 09:00:\n\n1. {masked(maria)} — 1 голос"]
    await chat.moves_to("2017-11-09 20:00")
    assert len(group.news) == 1


async def test_while_nobody_has_a_vote_nothing_is_sent(chat: Chat, group: Group) -> None:
    await chat.moves_to("2017-11-09 09:00")
    assert group.news == []


async def test_down_in_the_morning_the_bot_sends_the_list_the_same_day_with_its_real_time(
    chat: Chat, maria: Pupil, group: Group
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    await chat.moves_to("2017-11-11 20:59")
    assert group.news == [f"Топ-20, 11 ноября, 20:59:\n\n1. {masked(maria)} — 1 голос"]


@pytest.mark.parametrize("moment", ["2017-11-11 21:00", "2017-11-12 08:59"])
async def test_after_that_evening_the_list_is_not_sent_and_counted_as_left_out(
    moment: str, chat: Chat, maria: Pupil, group: Group
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    before = await skipped(chat)
    await chat.moves_to(moment)
    assert group.news == []
    assert await skipped(chat) == [*before, ("done", 1)]


async def test_the_last_list_comes_the_morning_after_the_vote_and_none_behind_it(
    chat: Chat, maria: Pupil, group: Group
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    await chat.moves_to("2017-12-04 09:00")
    assert group.news == [f"Голосование закончилось. Топ-20, 4 декабря, 09:00:\n\n1. {masked(maria)} — 1 голос"]
    for day in ("05", "06"):
        await chat.moves_to(f"2017-12-{day} 09:00")
    assert len(group.news) == 1


async def test_a_day_that_comes_again_after_the_clock_was_set_back_sends_no_second_list(
    chat: Chat, maria: Pupil, group: Group
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    for moment in ("2017-11-09 09:00", "2017-11-08 18:00", "2017-11-09 09:00"):
        await chat.moves_to(moment)
    assert len(group.news) == 1


async def test_a_snapshot_keeps_numbers_and_votes_and_no_names(chat: Chat, maria: Pupil) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    await chat.moves_to("2017-11-09 09:00")
    await voted(chat, "Вера", "Попова", maria)
    kept = await chat.stored(top_snapshots.of_day, date(2017, 11, 9))
    assert kept.lines == [top_snapshots.Line(maria.number, 1)]
    assert kept.taken_at == datetime(2017, 11, 9, 9, tzinfo=chat.app.campaign.calendar.zone)
    assert await chat.stored(top_snapshots.of_day, date(2017, 11, 10)) is None


async def test_more_conversations_than_a_slice_takes_get_the_list_once_each(
    chat: Chat, maria: Pupil, irina: Person
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    wanted = [
        {"messenger": "vk", "peer": 2_000_000_100 + place, "gets_top_since": chat.clock.now()} for place in range(250)
    ]
    await chat.stored(lambda conn: conn.execute(conversations.insert(), wanted).rowcount)
    await chat.moves_to("2017-11-09 09:00")
    to = select(schema.outbox.c.peer, func.count()).where(schema.outbox.c.peer >= 2_000_000_100)
    sent = await chat.stored(lambda conn: conn.execute(to.group_by(schema.outbox.c.peer)).all())
    assert [tuple(row) for row in sent] == [(one["peer"], 1) for one in wanted]


async def test_a_conversation_that_takes_no_messages_is_closed_and_who_chose_it_told_once(
    chat: Chat, maria: Pupil, group: Group, irina: Person
) -> None:
    await voted(chat, "Борис", "Королёв", maria)
    await irina.has_read()
    chat.emulator.faults.add(Fault("messages.send", "error", code=917, times=1))
    for day in ("09", "10", "11"):
        await chat.moves_to(f"2017-11-{day} 09:00")
    assert group.news == []
    assert ["больше не принимает сообщений" in text for text in irina.news].count(True) == 1
