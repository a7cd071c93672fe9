"""The control API: a person's whole conversation over HTTP, live, and closed to other sites."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.emulator import Client, Emulator, Person
from tests.emulator.conftest import Bot, Clock, Page

KEYBOARD = json.dumps(
    {
        "inline": True,
        "buttons": [
            [{"action": {"type": "callback", "label": "За", "payload": "{}"}}],
            [{"action": {"type": "text", "label": "Меню"}}],
            [{"action": {"type": "open_link", "label": "Правила", "link": "https://example.org/r"}}],
        ],
    }
)


class CampaignClock:
    """A clock that moves forwards only, as the bot's own does."""

    def __init__(self) -> None:
        self.instant = datetime(2017, 11, 8, 6, tzinfo=UTC)
        self.speed = 1.0

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.set(self.instant + by)

    def set(self, to: datetime) -> None:
        if to < self.instant:
            raise ValueError("the campaign's clock never goes back")
        self.instant = to


async def test_a_new_person_begins_writes_and_reads_the_answer(page: Page, bot: Bot) -> None:
    person = await page.post("/persons", first_name="Мария", last_name="Петрова")
    assert person["dialogue"]["begin_offered"]
    own = f"/persons/{person['id']}"
    begun = await page.post(own + "/begin", ref="c7")
    assert (begun["message"]["text"], begun["message"]["ref"]) == ("Начать", "c7")
    await page.post(own + "/write", text="Баланс", reply_to=1)
    await bot.call("messages.send", peer_id=person["id"], message="45 УГУ", random_id=1, keyboard=KEYBOARD)
    assert (await page.get(own))["dialogue"]["unread"] == 1
    dialogue = await page.get(f"/dialogues/{person['id']}?count=2")
    assert [message["text"] for message in dialogue["messages"]] == ["Баланс", "45 УГУ"]
    assert dialogue["messages"][0]["reply_to"]["text"] == "Начать"
    assert (dialogue["more"], dialogue["allowed"], dialogue["begin_offered"]) == (True, True, False)
    older = await page.get(f"/dialogues/{person['id']}?before=2")
    assert [message["cmid"] for message in older["messages"]] == [1]
    assert (await page.post(own + "/read"))["dialogue"]["unread"] == 0


async def test_buttons_are_pressed_by_their_place_on_the_keyboard(page: Page, bot: Bot, anna: Person) -> None:
    await bot.call("messages.send", peer_id=anna.id, message="Да?", random_id=1, keyboard=KEYBOARD)
    press = f"/persons/{anna.id}/press"
    ticket = (await page.post(press, cmid=2, row=0, column=0))["ticket"]
    dialogue = await page.get(f"/dialogues/{anna.id}")
    assert [one["ticket"] for one in dialogue["open_presses"]] == [ticket]
    assert (await page.post(press, cmid=2, row=1, column=0))["message"]["text"] == "Меню"
    assert await page.post(press, cmid=2, row=2, column=0) == {"link": "https://example.org/r"}
    for wrong in ({"cmid": 2, "row": 3, "column": 0}, {"cmid": 1, "row": 0, "column": 0}, {"row": 0, "column": 0}, {}):
        assert (await page.asked("POST", press, json=wrong))[0] == 409


async def test_a_file_from_the_device_goes_into_a_message(page: Page, emulator: Emulator, anna: Person) -> None:
    form = aiohttp.FormData()
    form.add_field("file", b"%PDF", filename="работа.pdf")
    status, told = await page.asked("POST", f"/persons/{anna.id}/files", data=form)
    assert status == 201
    await page.post(f"/persons/{anna.id}/write", attachments=[told["attachment"]])
    assert emulator.dialogue(anna.id).messages[-1].attachments[0]["doc"]["ext"] == "pdf"


async def test_wrong_requests_are_refused_with_what_is_wrong_and_change_nothing(
    page: Page, emulator: Emulator, anna: Person
) -> None:
    own = f"/persons/{anna.id}"
    for path, body, status in (
        ("/persons", {}, 400),
        ("/persons", {"first_name": "А", "age": 5}, 400),
        ("/persons", {"first_name": 5}, 400),
        ("/persons", {"first_name": "А", "user_id": anna.id}, 400),
        (own + "/write", {}, 400),
        (own + "/write", {"text": "а", "attachments": ["doc1_1"]}, 400),
        (own + "/write", {"text": "а", "forwards": ["1"]}, 400),
        (own + "/write", {"text": "а", "reply_to": 99}, 409),
        (own + "/begin", {}, 409),
        ("/persons/1/write", {"text": "а"}, 404),
        ("/persons/anna/write", {"text": "а"}, 404),
        ("/faults", {"method": "messages.send", "kind": "dance"}, 400),
        ("/faults", {"kind": "hang"}, 400),
        ("/long-poll", {"act": "dance"}, 400),
        ("/limits", {"calls_per_second": 0}, 400),
        ("/events/none/repeat", {}, 404),
        ("/nowhere", {}, 404),
    ):
        answered, told = await page.asked("POST", path, json=body)
        assert (answered, bool(told["error"])) == (status, True), (path, body, told)
    for raw in (b"[]", b"{"):
        how = {"data": raw, "headers": {"Content-Type": "application/json"}}
        assert (await page.asked("POST", own + "/write", **how))[0] == 400
    assert (await page.asked("GET", "/dialogues/1"))[0] == 404
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_another_site_in_the_same_browser_is_refused(page: Page, emulator: Emulator, anna: Person) -> None:
    write = f"/persons/{anna.id}/write"
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": f"evil.example:{emulator.url.rpartition(':')[2]}"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        assert (await page.asked("POST", write, json={"text": "Взлом"}, headers=headers))[0] == 403
        assert (await page.asked("GET", "/persons", headers=headers))[0] == 403
    assert (await page.asked("POST", write, data={"text": "Взлом"}))[0] == 415
    assert (await page.asked("POST", write, json={"text": "Своё"}, headers={"Origin": emulator.url}))[0] == 200
    assert [message.text for message in emulator.dialogue(anna.id).messages] == ["Привет", "Своё"]


async def test_answers_carry_headers_that_keep_foreign_content_out(page: Page) -> None:
    async with page.session.get(page.root + "/persons") as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_people_are_listed_with_the_latest_dialogue_first(page: Page, emulator: Emulator, anna: Person) -> None:
    oleg = emulator.add_person("Олег", "Сомов", client=Client(callback_buttons=False))
    emulator.write(oleg.id, "Я позже")
    people = (await page.get("/persons"))["persons"]
    assert [one["id"] for one in people] == [oleg.id, anna.id]
    assert [one["callback_buttons"] for one in people] == [False, True]


async def test_forbidding_and_allowing_work_from_the_page(page: Page, bot: Bot, anna: Person) -> None:
    assert not (await page.post(f"/persons/{anna.id}/deny"))["dialogue"]["allowed"]
    assert await bot.error("messages.send", peer_id=anna.id, message="Раз", random_id=1) == 901
    assert (await page.post(f"/persons/{anna.id}/allow"))["dialogue"]["allowed"]


async def test_the_stream_tells_everything_as_it_happens(
    page: Page, bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    async with page.session.get(page.root + "/stream") as stream:
        told = _changes(stream)
        assert await anext(told) == ("comment", {})
        emulator.write(anna.id, "Меню")
        assert await _next(told, "message") == ("message", "Меню")
        assert (await anext(told))[0] == "event"
        await bot.call("messages.send", peer_id=anna.id, message="Вот", random_id=1, keyboard=KEYBOARD)
        assert await _next(told, "message") == ("message", "Вот")
        assert (await anext(told))[1]["method"] == "messages.send"
        await bot.call("messages.edit", peer_id=anna.id, cmid=2 + 1, message="Вот так")
        assert await _next(told, "edited") == ("edited", "Вот так")
        await anext(told)
        await bot.call("messages.setActivity", peer_id=anna.id, type="typing")
        assert await anext(told) == ("typing", {"peer_id": anna.id})
        await anext(told)
        ticket = emulator.press_forged(anna.id, {})
        await bot.call("messages.sendMessageEventAnswer", event_id=ticket, user_id=anna.id, peer_id=anna.id)
        kind, popup = await anext(told)
        assert (kind, popup["ticket"], popup["event_data"]) == ("popup", ticket, None)
        await anext(told)
        await bot.call("messages.delete", peer_id=anna.id, cmids=3, delete_for_all=1)
        assert await anext(told) == ("deleted", {"peer_id": anna.id, "cmid": 3})
        await anext(told)
        emulator.add_person("Олег", "Сомов")
        assert (await anext(told))[1]["first_name"] == "Олег"
        emulator.deny(anna.id)
        assert await anext(told) == ("dialogue", {"peer_id": anna.id, "allowed": False, "keyboard": None})


async def _next(told: AsyncIterator[tuple[str, dict[str, Any]]], kind: str) -> tuple[str, str]:
    got, content = await anext(told)
    assert got == kind
    return got, content["message"]["text"]


async def _changes(stream: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    kind = "comment"
    async for line in stream.content:
        name, _, content = line.decode().strip().partition(": ")
        if name == "event":
            kind = content
        elif name == "data":
            yield kind, json.loads(content)
        elif line.startswith(b":"):
            yield "comment", {}


async def test_a_reader_that_falls_behind_is_told_so_and_goes_on(emulator: Emulator, anna: Person) -> None:
    with emulator.changes.watched() as changes:
        for _ in range(1001):
            emulator.write(anna.id, "…")
        assert (changes.get_nowait()).kind == "lagged"
        emulator.write(anna.id, "Дальше")
        assert (changes.get_nowait()).subject.text == "Дальше"


async def test_vk_is_made_to_misbehave_from_the_page(page: Page, bot: Bot, anna: Person) -> None:
    fault = await page.post("/faults", method="messages.send", kind="error", code=9, times=None)
    assert (fault["code"], fault["times"]) == (9, None)
    assert await bot.error("messages.send", peer_id=anna.id, message="Раз", random_id=1) == 9
    assert [one["id"] for one in (await page.get("/faults"))["faults"]] == [fault["id"]]
    assert await page.asked("DELETE", "/faults") == (200, {"faults": []})
    await bot.listen("message_new")
    for act in ("trim", "expire_key", "restart"):
        await page.post("/long-poll", act=act)
    assert await bot.check() == {"failed": 2}
    await page.post("/limits", calls_per_second=1)
    assert (await page.get("/community"))["calls_per_second"] == 1
    assert await bot.error("groups.getById") == 6
    limits = await page.post("/limits", calls_per_second=None, chat_messages_per_minute=20)
    assert limits == {"calls_per_second": None, "chat_messages_per_minute": 20}


async def test_calls_and_events_are_listed_and_an_event_repeated(
    page: Page, bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Раз")
    calls = (await page.get("/calls?after=1"))["calls"]
    assert [call["method"] for call in calls] == ["groups.getLongPollServer"]
    assert emulator.token not in json.dumps(calls)
    (event,) = (await page.get("/events"))["events"]
    repeated = await page.post(f"/events/{event['event_id']}/repeat")
    assert (repeated["event_id"], repeated["number"]) == (event["event_id"], event["number"] + 1)
    assert len((await page.get(f"/events?after={event['number']}"))["events"]) == 1


async def test_without_a_clock_plugged_in_there_is_none(page: Page) -> None:
    assert (await page.asked("GET", "/clock"))[0] == 404
    assert (await page.asked("POST", "/clock", json={"advance_s": 1}))[0] == 404
    assert (await page.get("/community"))["clock"] is None


async def test_the_campaigns_clock_is_shown_moved_and_set(session: aiohttp.ClientSession, clock: Clock) -> None:
    emulator = Emulator(now=clock, clock=CampaignClock())
    async with emulator.serving():
        page = Page(session, emulator)
        assert await page.get("/clock") == {"now": "2017-11-08T06:00:00+00:00", "speed": 1.0}
        assert (await page.post("/clock", advance_s=3600))["now"] == "2017-11-08T07:00:00+00:00"
        assert (await page.post("/clock", set="2017-11-20T10:00:00+03:00"))["now"] == "2017-11-20T10:00:00+03:00"
        for wrong in ({}, {"set": "завтра"}, {"set": "2018-01-01T00:00"}, {"advance_s": -5}, {"advance_s": 1e300}):
            assert (await page.asked("POST", "/clock", json=wrong))[0] == 400
