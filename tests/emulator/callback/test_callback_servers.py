"""Line 24 of the protocol, the servers themselves: how they are added, confirmed, set, limited and kept."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Emulator, Person
from tests.emulator.callback.conftest import Callbacks, Side, answering
from tests.emulator.conftest import Bot, Clock

DAY_S = 24 * 3600


async def test_line_24_an_address_is_confirmed_by_the_code_that_the_method_tells(
    callbacks: Callbacks, bot: Bot, side: Side
) -> None:
    own = callbacks.group_id
    side.code = (await bot.call("groups.getCallbackConfirmationCode", group_id=own))["code"]
    side.gate.clear()
    server_id = await callbacks.add(secret_key="s3")
    question = (await side.next()).body
    assert (await callbacks.listed())[0]["status"] == "wait"
    side.gate.set()
    await callbacks.reaches(server_id, "ok")
    assert len(question.pop("event_id")) == 40
    assert question == {"type": "confirmation", "group_id": own, "v": "5.199", "secret": "s3"}
    assert await callbacks.listed() == [
        {"id": server_id, "title": "Бот", "creator_id": 0, "url": side.url, "secret_key": "s3", "status": "ok"}
    ]


@pytest.mark.parametrize("after", ["\n", " ", "0"])
async def test_line_24_anything_but_the_exact_code_fails_the_confirmation(
    callbacks: Callbacks, bot: Bot, side: Side, after: str
) -> None:
    code = (await bot.call("groups.getCallbackConfirmationCode", group_id=callbacks.group_id))["code"]
    side.code = code + after
    await callbacks.reaches(await callbacks.add(), "failed")
    side.code = code.upper() + "ok"
    await callbacks.reaches(await callbacks.add(), "failed")


async def test_line_24_an_address_where_nobody_answers_fails_the_confirmation(callbacks: Callbacks) -> None:
    await callbacks.reaches(await callbacks.add(url="http://127.0.0.1:1/vk"), "failed")


async def test_line_24_a_code_of_yesterday_confirms_nothing_any_more(callbacks: Callbacks, clock: Clock) -> None:
    await callbacks.connect()
    clock.advance(DAY_S)
    await callbacks.reaches(await callbacks.add(title="Второй"), "failed")


async def test_line_24_a_failed_server_is_told_nothing_until_editing_confirms_it(
    callbacks: Callbacks, bot: Bot, emulator: Emulator, side: Side, anna: Person
) -> None:
    failed = await callbacks.add()
    await side.next()
    await callbacks.reaches(failed, "failed")
    await callbacks.set(failed, message_new=1)
    emulator.write(anna.id, "Раз")
    own = {"group_id": callbacks.group_id, "server_id": failed}
    side.code = (await bot.call("groups.getCallbackConfirmationCode", group_id=callbacks.group_id))["code"]
    assert await bot.call("groups.editCallbackServer", **own, title="Бот", url=side.url) == 1
    await callbacks.reaches(failed, "ok")
    emulator.write(anna.id, "Два")
    confirmation, event = await side.some(2)
    assert confirmation.body["type"] == "confirmation"
    assert event.text == "Два"


async def test_line_24_another_title_needs_no_new_confirmation_but_another_address_does(
    callbacks: Callbacks, bot: Bot, side: Side
) -> None:
    server_id = await callbacks.connect()
    own = {"group_id": callbacks.group_id, "server_id": server_id}
    await bot.call("groups.editCallbackServer", **own, title="Иначе", url=side.url, secret_key="новый")
    (server,) = await callbacks.listed()
    assert (server["title"], server["secret_key"], server["status"]) == ("Иначе", "новый", "ok")
    await bot.call("groups.editCallbackServer", **own, title="Иначе", url=f"{side.url}?2")
    assert (await callbacks.listed())[0]["status"] == "wait"
    await callbacks.reaches(server_id, "ok")


async def test_line_24_every_event_is_off_until_it_is_switched_on(
    callbacks: Callbacks, bot: Bot, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect()
    own = {"group_id": callbacks.group_id, "server_id": server_id}
    settings = await bot.call("groups.getCallbackSettings", **own)
    assert settings["api_version"] == "5.199"
    assert "message_event" in settings["events"]
    assert set(settings["events"].values()) == {0}
    emulator.write(anna.id, "Раз")
    await callbacks.set(server_id, message_new=1)
    await callbacks.set(server_id, message_deny=1)
    emulator.write(anna.id, "Два")
    assert (await side.next()).text == "Два"
    on = (await bot.call("groups.getCallbackSettings", **own))["events"]
    assert {name for name, switched in on.items() if switched} == {"message_new", "message_deny"}


async def test_line_24_each_server_has_its_own_events_and_its_own_version(
    callbacks: Callbacks, emulator: Emulator, side: Side, anna: Person
) -> None:
    old = await callbacks.connect("message_new", title="Старый", secret_key="old")
    await callbacks.set(old, api_version="5.101")
    await callbacks.connect("message_deny", title="Новый", secret_key="new")
    emulator.write(anna.id, "Раз")
    bare = (await side.next()).body
    emulator.deny(anna.id)
    denied = (await side.next()).body
    assert (bare["secret"], bare["v"], bare["object"]["text"]) == ("old", "5.101", "Раз")
    assert (denied["secret"], denied["v"], denied["object"]) == ("new", "5.199", {"user_id": anna.id})
    assert side.is_silent


async def test_line_24_the_eleventh_server_is_one_too_many(callbacks: Callbacks, bot: Bot) -> None:
    for number in range(10):
        await callbacks.add(title=f"Бот {number}")
    params = {"group_id": callbacks.group_id, "title": "Бот 10", "url": callbacks.side.url}
    assert await bot.error("groups.addCallbackServer", **params) == 2000
    first, *others = await callbacks.listed()
    assert await bot.call("groups.deleteCallbackServer", group_id=callbacks.group_id, server_id=first["id"]) == 1
    newest = await callbacks.add(title="Бот 10")
    assert newest > others[-1]["id"]
    named = await bot.call("groups.getCallbackServers", group_id=callbacks.group_id, server_ids=f"{newest},99")
    assert [server["id"] for server in named["items"]] == [newest]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "я" * 15},
        {"title": ""},
        {"secret_key": "k" * 51},
        {"url": ""},
        {"url": "ftp://127.0.0.1/vk"},
        {"url": "file:///etc/passwd"},
        {"url": "127.0.0.1:8080/vk"},
        {"url": "http:///vk"},
        {"url": "http://[::1/vk"},
    ],
)
async def test_line_24_wrong_titles_secrets_and_addresses_are_refused(
    callbacks: Callbacks, bot: Bot, changed: dict[str, Any]
) -> None:
    params = {"group_id": callbacks.group_id, "title": "я" * 14, "url": callbacks.side.url, "secret_key": "k" * 50}
    assert await bot.error("groups.addCallbackServer", **params | changed) == 100
    assert await callbacks.listed() == []
    await bot.call("groups.addCallbackServer", **params)


async def test_line_24_unknown_servers_other_groups_and_bare_tokens_are_refused(
    callbacks: Callbacks, bot: Bot, emulator: Emulator
) -> None:
    own, nobody = {"group_id": callbacks.group_id}, {"server_id": 7}
    told = {"title": "Бот", "url": callbacks.side.url}
    assert await bot.error("groups.editCallbackServer", **own, **nobody, **told) == 104
    for method in ("groups.deleteCallbackServer", "groups.getCallbackSettings", "groups.setCallbackSettings"):
        assert await bot.error(method, **own, **nobody) == 104
        assert await bot.error(method, **own) == 100
    assert await bot.error("groups.getCallbackServers", group_id=1) == 15
    server_id = await callbacks.add()
    assert await bot.error("groups.setCallbackSettings", **own, server_id=server_id, api_version="5.80") == 100
    assert await bot.error("groups.setCallbackSettings", **own, server_id=server_id, message_new="да") == 100
    emulator.community.permissions.discard("manage")
    assert await bot.error("groups.getCallbackServers", **own) == 15


async def test_servers_settings_and_what_waits_for_them_survive_a_restart(
    session: aiohttp.ClientSession, side: Side, clock: Clock, tmp_path: Path
) -> None:
    state = tmp_path / "vk.json"
    first = Emulator(now=clock, state_file=state)
    anna = first.add_person("Анна", "Кузнецова")
    async with first.serving():
        callbacks = Callbacks(Bot(session, first), first, side)
        server_id = await callbacks.connect("message_new", secret_key="s3")
        await callbacks.set(server_id, api_version="5.131")
        side.answer = answering("no", status=500)
        first.write(anna.id, "Раз")
        lost = await side.next()
        await first.until(lambda: first.callbacks.servers[server_id].waiting[0].failed == 1)
    side.answer = answering("ok")
    second = Emulator(now=clock, state_file=state)
    async with second.serving():
        again = await side.next()
        assert (again.body, again.retry) == (lost.body, "1")
        callbacks = Callbacks(Bot(session, second), second, side)
        await callbacks.is_done(server_id)
        second.write(anna.id, "Два")
        event = await side.next()
        assert (event.text, event.body["secret"], event.body["v"]) == ("Два", "s3", "5.131")
        assert await callbacks.add(title="Второй") == server_id + 1


async def test_the_control_api_shows_servers_and_deliveries_and_sets_the_pace(
    callbacks: Callbacks, session: aiohttp.ClientSession, emulator: Emulator, side: Side, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    side.answer = lambda _: web.Response(text="о" * 100, status=500)
    emulator.write(anna.id, "Раз")
    event = await side.next()
    await emulator.until(lambda: len(emulator.callbacks.servers[server_id].attempts) == 2)
    address = f"{emulator.url}/control/callback"
    async with session.get(address) as answer:
        told = await answer.json()
    (server,) = told.pop("servers")
    assert told == {"time_scale": 1.0, "answer_within_s": 8.0, "pause_after": 10, "pause_s": 300.0}
    assert (server["id"], server["title"], server["url"]) == (server_id, "Бот", side.url)
    assert (server["status"], server["waiting"], server["paused_until"]) == ("ok", 1, None)
    failed = server["deliveries"][-1]
    assert failed | {"at": None} == {
        "number": 2,
        "at": None,
        "event_id": event.body["event_id"],
        "type": "message_new",
        "retry": 0,
        "status": 500,
        "body": "о" * 60,
    }
    async with session.post(address, json={"time_scale": 0.001, "pause_after": 3}) as answer:
        assert ((await answer.json())["time_scale"], emulator.callbacks.pause_after) == (0.001, 3)
    for wrong in ({"time_scale": 0}, {"time_scale": 2}, {"pause_s": -1}, {"unknown": 1}):
        async with session.post(address, json=wrong) as answer:
            assert answer.status == 400


async def test_the_stream_tells_that_something_was_sent_to_a_server(
    callbacks: Callbacks, session: aiohttp.ClientSession, emulator: Emulator, anna: Person
) -> None:
    server_id = await callbacks.connect("message_new")
    async with session.get(f"{emulator.url}/control/stream") as stream:
        await stream.content.readline()
        emulator.write(anna.id, "Раз")
        while await stream.content.readline() != b"event: callback\n":
            pass
        told = json.loads((await stream.content.readline()).removeprefix(b"data: "))
    assert told == {"id": server_id, "status": "ok", "waiting": 0, "paused_until": None}
