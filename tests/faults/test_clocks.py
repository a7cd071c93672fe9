"""Clocks are moved while events and answers are on their way: nothing is lost, and an act counts when it was done."""

import asyncio
from datetime import timedelta

import pytest

from bot.emulator import Fault
from tests.conversations.chat import FIRST_DAY
from tests.faults import trouble
from tests.faults.bots import Place, on_both_databases

HOUR, FORTNIGHT = timedelta(hours=1), timedelta(days=14)


@on_both_databases
@pytest.mark.parametrize("move", [HOUR, -HOUR, FORTNIGHT, -FORTNIGHT], ids=str)
async def test_what_arrived_before_the_campaigns_clock_was_moved_counts_at_its_arrival(
    there: Place, move: timedelta
) -> None:
    async with there.chat(router=trouble.router) as chat:
        anna = chat.person("Анна")
        await anna.writes("до")
        there.emulator.write(anna.id, "жди: 0.3")
        there.emulator.write(anna.id, "который час")
        while chat.app.idle:  # until both have arrived
            await asyncio.sleep(0)
        chat.clock.advance(move)
        await chat.settled()
        anna.reads("Эхо: до", "Эхо: жди: 0.3", FIRST_DAY.isoformat())
        await anna.writes("который час")
        anna.reads((FIRST_DAY + move).isoformat())


@pytest.mark.parametrize("move", [FORTNIGHT, -FORTNIGHT], ids=str)
async def test_answers_on_their_way_do_not_care_for_the_campaigns_clock(there: Place, move: timedelta) -> None:
    there.emulator.faults.add(Fault("execute", "reset_after"))
    async with there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(5)]
        for person in people:
            there.emulator.write(person.id, "раз")
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))
        chat.clock.advance(move)
        for person in people:
            there.emulator.write(person.id, "два")
        await chat.settled()
        for person in people:
            person.reads("Эхо: раз", "Эхо: два")


@pytest.mark.parametrize("hours", [1, -1, 24, -24])
async def test_a_real_clock_that_jumps_while_a_pop_up_waits_leaves_nobody_without_an_answer(
    there: Place, hours: int
) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("кнопки")
        there.emulator.faults.add(Fault("execute", "reset_before"))
        there.emulator.press(anna.id, "Раз")
        await there.emulator.until(lambda: not there.emulator.faults.waiting)
        there.real.passes(hours=hours)
        await chat.settled()
        popped = [popup.event_data for popup in there.emulator.dialogue(anna.id).popups]
        assert len(popped) + ("Тук 1" in str(there.emulator.dialogue(anna.id).messages)) == 1
