"""Lines 24 and 26 of the protocol: servers that are left alone, and the order in which events come, or do not."""

import asyncio
from functools import partial

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Emulator, Fault, Person
from bot.emulator.callback_server import CallbackServer
from tests.emulator.callback.conftest import QUICK, Callbacks, Side, answering
from tests.emulator.conftest import Bot, Clock


async def test_line_24_after_failures_in_a_row_the_server_is_left_alone_for_a_while(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, clock: Clock
) -> None:
    server_id = await callbacks.connect("message_new")
    server = emulator.callbacks.servers[server_id]
    emulator.callbacks.pause_after = 2
    side.answer = answering("no", status=500)
    emulator.write(anna.id, "Раз")
    emulator.write(anna.id, "Два")
    await side.some(2)
    assert await emulator.until(lambda: server.paused_until) == clock() + 300
    side.answer = answering("ok")
    emulator.write(anna.id, "Три")
    await emulator.until(lambda: [one.failed for one in server.waiting] == [1, 1, 1])
    assert side.is_silent
    emulator.callbacks.time.scale = QUICK
    await callbacks.is_done(server_id)
    assert server.paused_until is None
    again = await side.some(3)
    assert {told.text for told in again} == {"Раз", "Два", "Три"}
    assert all(int(told.retry or 0) > 1 for told in again), "what fell due in the pause was spent"


async def test_line_24_a_success_between_failures_begins_the_row_anew(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    server = emulator.callbacks.servers[server_id]
    emulator.callbacks.pause_after = 2
    for text, answer, failures in (("Раз", "no", 1), ("Два", "ok", 0), ("Три", "no", 1)):
        side.answer = answering(answer)
        emulator.write(anna.id, text)
        await side.next()
        await emulator.until(partial(_has_failed, server, failures))
    assert server.paused_until is None


async def test_line_24_retries_are_overtaken_by_newer_events(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    side.answer = lambda told: web.Response(text="ok" if told.retry or told.text == "Два" else "no")
    emulator.write(anna.id, "Раз")
    first = await side.next()
    emulator.write(anna.id, "Два")
    second = await side.next()
    emulator.callbacks.time.scale = QUICK
    again = await side.next()
    assert [told.text for told in (first, second, again)] == ["Раз", "Два", "Раз"]
    await callbacks.is_done(server_id)


async def test_line_26_events_can_be_made_to_arrive_after_the_one_that_follows(
    callbacks: Callbacks, session: aiohttp.ClientSession, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    fault = {"method": "callback", "kind": "reorder", "times": 2}
    async with session.post(f"{emulator.url}/control/faults", json=fault) as answer:
        assert answer.status == 201
    for text in ("Раз", "Два", "Три", "Четыре"):
        emulator.write(anna.id, text)
    arrived = [told.text for told in await side.some(4)]
    assert arrived.index("Три") < min(arrived.index("Раз"), arrived.index("Два"))
    await callbacks.is_done(server_id)


@pytest.mark.parametrize(("method", "kind"), [("callback", "hang"), ("messages.send", "reorder"), ("*", "reorder")])
def test_line_26_only_callback_events_can_be_reordered_and_nothing_else_befalls_them(method: str, kind: str) -> None:
    with pytest.raises(ValueError, match="reorder"):
        Fault(method, kind)  # type: ignore[arg-type]


async def test_without_a_server_events_cost_nothing_and_nothing_waits(emulator: Emulator, anna: Person) -> None:
    before = asyncio.all_tasks()
    emulator.write(anna.id, "Раз")
    assert not emulator.events.wanted("message_new")
    assert asyncio.all_tasks() == before


async def test_an_event_carries_the_same_id_in_long_poll_and_in_callback_when_duplicated(
    callbacks: Callbacks, bot: Bot, emulator: Emulator, side: Side, anna: Person
) -> None:
    await bot.listen("message_new")
    await callbacks.connect("message_new")
    emulator.faults.add(Fault("events", "duplicate"))
    emulator.write(anna.id, "Раз")
    told = [one.body["event_id"] for one in await side.some(2)]
    assert [event["event_id"] for event in await bot.events()] == told
    assert told[0] == told[1]


def _has_failed(server: CallbackServer, times: int) -> bool:
    return server.failures == times
