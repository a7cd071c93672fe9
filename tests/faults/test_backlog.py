"""Far more events than memory should hold wait at the start: they are answered in order, a bounded number at a time."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.messenger.events import Content
from bot.messenger.turns import MOST_HELD, MOST_PER_DIALOGUE, Turns
from bot.storage import inbox, schema
from bot.storage.inbox import StoredEvent
from tests.faults.bots import Place, on_both_databases

NOW = datetime(2017, 11, 8, 6, 0, tzinfo=UTC)
PEOPLE, EACH = 50, 60


@on_both_databases
async def test_thousands_of_unhandled_events_are_answered_in_order_after_the_start(there: Place) -> None:
    people = [there.emulator.add_person("Гость", str(number)).id for number in range(PEOPLE)]
    for person in people:
        there.emulator.allow(person)
    async with there.chat() as chat:
        await chat.settled()
        await chat.stored(_store_events, people)
    most = 0
    async with there.chat() as chat:
        assert chat.app._at_work is not None
        turns = chat.app._at_work.dispatch._turns
        async with asyncio.timeout(40):
            while not chat.app.idle:
                await asyncio.sleep(0.001)
                most = max(most, len(turns._held))
        assert await chat.stored(inbox.count_unhandled) == 0
    assert 0 < most <= MOST_HELD
    for person in people:
        said = [message.text for message in there.emulator.dialogue(person).messages]
        assert said == [f"Эхо: {number}" for number in range(EACH)]


@pytest.mark.parametrize("people", [1, 7, 1_500])
def test_however_the_inbox_is_filled_its_events_come_in_order_and_few_at_a_time(people: int) -> None:
    waiting = [_event(row, row % people) for row in range(1, 4_001)]
    turns, handled, most = Turns(), list[int](), 0
    awake: list[Any] = []
    while waiting or len(turns):
        if turns.behind and turns.has_room:
            page = turns.next_page()
            found = [event for event in waiting if event.id > page[0]][:MOST_HELD]
            awake += turns.take_page(found, page, last=len(found) < MOST_HELD)
        most = max(most, len(turns._held))
        dialogue = awake.pop(0)
        handled.append(turns.head(dialogue).id)
        waiting.remove(turns.head(dialogue))
        if turns.done(dialogue) or _reads_on(turns, dialogue, waiting):
            awake.append(dialogue)
    assert sorted(handled) == list(range(1, 4_001))
    assert most <= MOST_HELD
    for person in range(people):
        of_person = [row for row in handled if row % people == person]
        assert of_person == sorted(of_person)


def test_behind_an_event_that_fails_nothing_of_its_dialogue_takes_room() -> None:
    turns = Turns()
    turns.take_page([_event(row, 1) for row in range(1, 41)], turns.next_page(), last=True)
    turns.park(("vk", 1, 1))
    assert len(turns._held) == 1
    turns.take_new([_event(41, 1)])
    assert len(turns._held) == 1
    assert not turns.done(("vk", 1, 1))
    assert turns.has_left_out(("vk", 1, 1))


def test_what_arrives_while_a_dialogue_is_read_on_is_read_too() -> None:
    turns = Turns()
    dialogue = ("vk", 1, 1)
    turns.take_page([_event(row, 1) for row in range(1, MOST_PER_DIALOGUE + 2)], turns.next_page(), last=True)
    while turns.done(dialogue):
        pass
    assert turns.has_left_out(dialogue)
    turns.take_new([_event(99, 1)])
    assert turns.take_left_out(dialogue, [_event(MOST_PER_DIALOGUE + 1, 1)], last=True)
    assert not turns.done(dialogue)
    assert turns.has_left_out(dialogue)
    assert turns.take_left_out(dialogue, [_event(99, 1)], last=True)
    assert not turns.done(dialogue)
    assert not turns.has_left_out(dialogue)


def _reads_on(turns: Turns, dialogue: Any, waiting: list[StoredEvent]) -> bool:
    while turns.has_left_out(dialogue):
        found = [event for event in waiting if event.dialogue == dialogue][:MOST_PER_DIALOGUE]
        if turns.take_left_out(dialogue, found, last=len(found) < MOST_PER_DIALOGUE):
            return True
    return False


def _event(row: int, user: int) -> StoredEvent:
    return StoredEvent(row, "vk", "message", user, user, row, "{}", NOW, NOW, NOW)


def _store_events(conn: Connection, people: list[int]) -> None:
    rows = [
        {
            "messenger": "vk", "event_id": f"{number}-{person}", "kind": "message", "peer": person, "user_id": person,
            "cmid": None, "content": Content(text=str(number)).to_json(), "happened_at": NOW, "arrived_at": NOW,
            "arrived_real_at": NOW,
        }
        for number in range(EACH) for person in people
    ]  # fmt: skip
    conn.execute(insert(schema.inbox), rows)
