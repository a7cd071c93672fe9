"""Line 24 of the protocol, the events themselves: what counts as taken, what is repeated, when and how often."""

from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Emulator, Person
from tests.emulator.callback.conftest import QUICK, Callbacks, Side, answering
from tests.emulator.conftest import Bot, Clock

SLOWER = 1e-4
RETRIES_S = (10, 180, 600, 1800, 3600)


async def test_line_24_an_event_is_posted_as_long_poll_tells_it_and_ok_ends_it(
    callbacks: Callbacks, bot: Bot, emulator: Emulator, side: Side, anna: Person
) -> None:
    await bot.listen("message_new")
    server_id = await callbacks.connect("message_new", secret_key="s3")
    emulator.write(anna.id, "Раз", payload={"kind": "balance"})
    told = await side.next()
    assert told.retry is None
    assert told.body.pop("secret") == "s3"
    assert [told.body] == await bot.events()
    await callbacks.is_done(server_id)


async def test_line_24_without_a_secret_key_no_body_carries_one(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    await callbacks.connect("message_new")
    emulator.write(anna.id, "Раз")
    assert "secret" not in (await side.next()).body


@pytest.mark.parametrize(("text", "status"), [("OK", 200), ("ok\n", 200), ("", 200), ("ok", 201), ("ok", 500)])
async def test_line_24_nothing_but_200_and_exactly_ok_counts_as_taken(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, text: str, status: int
) -> None:
    server_id = await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    side.answer = lambda told: web.Response(text="ok") if told.retry else web.Response(text=text, status=status)
    emulator.write(anna.id, "Раз")
    first, again = await side.some(2)
    assert (again.body, again.retry) == (first.body, "1")
    await callbacks.is_done(server_id)
    assert side.is_silent


async def test_line_24_a_redirect_is_not_followed_and_counts_as_a_failure(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    moved = answering("", status=307, Location=side.url)
    side.answer = lambda told: web.Response(text="ok") if told.retry else moved(told)
    emulator.write(anna.id, "Раз")
    assert [told.retry for told in await side.some(2)] == [None, "1"]


async def test_line_24_five_retries_with_their_counter_and_waits_and_then_it_is_dropped(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    emulator.callbacks.time.scale = SLOWER
    side.answer = answering("no", status=500)
    emulator.write(anna.id, "Раз")
    attempts = await side.some(6)
    assert [told.retry for told in attempts] == [None, "1", "2", "3", "4", "5"]
    assert len({told.body["event_id"] for told in attempts}) == 1
    waited = [later.at - earlier.at for earlier, later in pairwise(attempts)]
    assert all(took >= wait_s * SLOWER for took, wait_s in zip(waited, RETRIES_S, strict=True))
    await callbacks.is_done(server_id)
    side.answer = answering("ok")
    emulator.write(anna.id, "Два")
    assert (await side.next()).text == "Два"
    assert side.is_silent


async def test_line_24_time_can_be_shrunk_while_a_retry_already_waits(
    callbacks: Callbacks, emulator: Emulator, side: Side, session: aiohttp.ClientSession, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    side.answer = answering("no", status=500)
    emulator.write(anna.id, "Раз")
    await side.next()
    await emulator.until(lambda: emulator.callbacks.servers[server_id].waiting[0].failed)
    async with session.post(f"{emulator.url}/control/callback", json={"time_scale": QUICK}) as answer:
        assert answer.status == 200
    assert (await side.next()).retry == "1"


@pytest.mark.parametrize("status", [410, 429, 503])
async def test_line_24_retry_after_in_seconds_postpones_the_next_attempt(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, status: int
) -> None:
    await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    side.answer = answering("", status=status, Retry_After="10799")
    emulator.write(anna.id, "Раз")
    first, again = await side.some(2)
    assert again.retry == "1"
    assert again.at - first.at >= 10799 * QUICK


async def test_line_24_retry_after_as_a_date_postpones_the_next_attempt(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, clock: Clock
) -> None:
    await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    instant = format_datetime(datetime.fromtimestamp(clock() + 9000, UTC), usegmt=True)
    side.answer = answering("", status=503, Retry_After=instant)
    emulator.write(anna.id, "Раз")
    first, again = await side.some(2)
    assert again.at - first.at >= 9000 * QUICK


@pytest.mark.parametrize(
    ("status", "retry_after"),
    [
        (503, "10800"),
        (503, "99999999999999999999"),
        (503, "-5"),
        (503, "Thu, 09 Oct 2025 20:00:00 GMT"),
        (503, "Wed, 08 Oct 2025 20:00:00 GMT"),
        (503, "скоро"),
        (500, "9000"),
    ],
)
async def test_line_24_retry_after_of_three_hours_or_of_other_answers_changes_nothing(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, status: int, retry_after: str
) -> None:
    await callbacks.connect("message_new")
    # The ordinary 10 s take 10 ms; three hours would take 10.8 s, which nobody here waits for.
    emulator.callbacks.time.scale = 1e-3
    side.answer = answering("", status=status, Retry_After=retry_after)
    emulator.write(anna.id, "Раз")
    assert [told.retry for told in await side.some(2)] == [None, "1"]


async def test_line_24_the_answer_remove_deletes_the_server_and_what_waits_for_it(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    await callbacks.connect("message_new")
    side.answer = lambda told: web.Response(text="remove" if told.text == "Два" else "no")
    emulator.write(anna.id, "Раз")
    emulator.write(anna.id, "Два")
    await emulator.until(lambda: not emulator.callbacks.servers)
    assert await callbacks.listed() == []
    assert not emulator.events.wanted("message_new")
    await side.some(2)
    assert side.is_silent


async def test_line_24_the_answer_version_switches_the_version_of_later_events(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    side.answer = answering("version 5.81")
    emulator.write(anna.id, "Раз")
    assert (await side.next()).text == "Раз"
    await callbacks.is_done(server_id)
    emulator.write(anna.id, "Два")
    later = (await side.next()).body
    assert (later["v"], later["object"]["text"]) == ("5.81", "Два")


@pytest.mark.parametrize("text", ["version 5.80", "version 6.1", "version", "version five", "Version 5.131"])
async def test_line_24_a_version_that_vk_does_not_speak_is_just_a_wrong_answer(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person, text: str
) -> None:
    await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    side.answer = answering(text)
    emulator.write(anna.id, "Раз")
    first, again = await side.some(2)
    assert (again.retry, again.body["v"]) == ("1", first.body["v"])


async def test_line_24_an_answer_that_comes_too_late_is_a_failure(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    emulator.callbacks.answer_within_s = 0.05
    side.gate.clear()
    emulator.write(anna.id, "Раз")
    first, again = await side.some(2)
    assert (again.body, again.retry) == (first.body, "1")
    assert emulator.callbacks.servers[server_id].attempts[-1].status is None


async def test_line_24_an_endless_answer_and_a_dead_server_are_failures_too(
    callbacks: Callbacks, bot: Bot, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    emulator.callbacks.time.scale = QUICK
    side.answer = lambda told: web.Response(text="ok" if told.retry else "ok" * 1_000_000)
    emulator.write(anna.id, "Раз")
    assert [told.retry for told in await side.some(2)] == [None, "1"]
    await callbacks.is_done(server_id)
    server = emulator.callbacks.servers[server_id]
    server.url = "http://127.0.0.1:1/vk"
    emulator.write(anna.id, "Два")
    await callbacks.is_done(server_id)
    assert [(one.retry, one.status) for one in list(server.attempts)[-6:]] == [(n, None) for n in range(6)]
