"""Lines 17 to 21: answers to presses, `execute`, Long Poll."""

import asyncio
import json
from typing import Any

import pytest

from bot.emulator import Conversation, Emulator, Person
from bot.emulator.long_poll import held_for
from tests.emulator.conftest import Bot, Clock, held_poll, keyboard

METHOD = "messages.sendMessageEventAnswer"
SNACKBAR = {"type": "show_snackbar", "text": "Голос принят"}


@pytest.fixture
def answer(emulator: Emulator, anna: Person) -> dict[str, Any]:
    """The parameters that answer a fresh press of hers, but for the event_data."""
    ticket = emulator.press_forged(anna.id, {"o": 1}, cmid=1)
    return {"event_id": ticket, "user_id": anna.id, "peer_id": anna.id}


async def test_line_17_an_answer_pops_up_before_the_person_who_pressed(
    bot: Bot, emulator: Emulator, anna: Person, answer: dict[str, Any]
) -> None:
    assert await bot.call(METHOD, **answer, event_data=json.dumps(SNACKBAR)) == 1
    (popup,) = emulator.dialogue(anna.id).popups
    assert (popup.ticket, popup.cmid, popup.event_data) == (answer["event_id"], 1, SNACKBAR)


async def test_line_17_an_answer_without_event_data_just_stops_the_spinner(
    bot: Bot, emulator: Emulator, anna: Person, answer: dict[str, Any]
) -> None:
    await bot.call(METHOD, **answer)
    assert emulator.dialogue(anna.id).popups[0].event_data is None
    assert emulator.community.open_presses(anna.id) == []


async def test_line_17_a_second_answer_to_the_same_press_is_refused(bot: Bot, answer: dict[str, Any]) -> None:
    await bot.call(METHOD, **answer)
    assert await bot.error(METHOD, **answer) == 100


async def test_line_17_an_answer_after_sixty_seconds_is_refused(bot: Bot, answer: dict[str, Any], clock: Clock) -> None:
    clock.advance(61)
    assert await bot.error(METHOD, **answer) == 100


async def test_line_17_an_answer_for_somebody_else_is_refused_and_uses_nothing_up(
    bot: Bot, answer: dict[str, Any], stranger: Person
) -> None:
    for changed in ({"user_id": stranger.id}, {"peer_id": stranger.id}, {"event_id": "0000"}):
        assert await bot.error(METHOD, **answer | changed) == 100
    assert await bot.call(METHOD, **answer) == 1


@pytest.mark.parametrize(
    "event_data",
    [
        "{нет",
        "[]",
        '{"type":"dance"}',
        '{"type":"show_snackbar","text":"%s"}' % ("я" * 91),
        '{"type":"show_snackbar","text":""}',
        '{"type":"open_link","link":"javascript:alert(1)"}',
        '{"type":"open_link","link":"https://example.org/%s"}' % ("я" * 1000),
    ],
)
async def test_line_17_event_data_that_vk_would_not_show_is_refused(
    bot: Bot, answer: dict[str, Any], event_data: str
) -> None:
    assert await bot.error(METHOD, **answer, event_data=event_data) == 100


async def test_line_18_execute_is_one_call_whose_failures_are_false_with_their_errors(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    nobody = {"peer_id": 1, "message": "Никому", "random_id": 5}
    calls = [
        ("messages.send", {"peer_ids": [anna.id], "message": 'Скобки ) ] ; и " в тексте', "random_id": 5}),
        ("messages.send", nobody),
        ("messages.dance", {"peer_id": 1}),
        ("users.get", {"user_ids": str(anna.id), "fields": None}),
        ("messages.send", nobody | {"keyboard": {"buttons": []}}),
    ]
    script = ", ".join(f"API.{method}({json.dumps(arguments)})" for method, arguments in calls)
    told = await bot.whole("execute", code=f"return [{script}];")
    assert [bool(result) for result in told["response"]] == [True, False, False, True, False]
    errors = [(error["method"], error["error_code"]) for error in told["execute_errors"]]
    assert errors == [("messages.send", 901), ("messages.dance", 3), ("messages.send", 100)]
    assert emulator.dialogue(anna.id).messages[-1].text == 'Скобки ) ] ; и " в тексте'


async def test_line_18_execute_of_a_single_call_returns_its_result_bare(bot: Bot) -> None:
    told = await bot.call("execute", code="return API.groups.getById();")
    assert told["groups"]


async def test_line_18_execute_beyond_the_known_subset_does_not_compile(bot: Bot) -> None:
    for code in ("var a = 1;", "return 1;", "return [API.users.get({})", "return [API.users.get([])];", "return [] x"):
        assert await bot.error("execute", code=code) == 12
    assert await bot.error("execute", code="return [API.users.get(" + "[" * 100_000 + ")];") == 12
    assert await bot.error("execute") == 100


async def test_line_18_more_than_25_calls_in_execute_are_error_13_after_the_first_25_happened(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    call = f'API.messages.send({{"peer_id":{anna.id},"message":"…","random_id":0}})'
    assert len(await bot.call("execute", code=f"return [{','.join([call] * 25)}];")) == 25
    assert await bot.error("execute", code=f"return [{','.join([call] * 26)}];") == 13
    assert len(emulator.dialogue(anna.id).messages) == 51


async def test_line_19_until_long_poll_is_switched_on_there_is_no_server(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    error = (await bot.whole("groups.getLongPollServer", group_id=own))["error"]
    assert error["error_code"] == 100
    assert error["error_msg"].endswith("longpoll for this group is not enabled")


async def test_line_19_a_wrong_or_expired_key_is_failed_2_and_the_old_ts_stays_good(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Не потеряй")
    emulator.long_poll.expire_key()
    assert await bot.check() == {"failed": 2}
    assert await bot.check(key="чужой") == {"failed": 2}
    fresh = await bot.call("groups.getLongPollServer", group_id=emulator.community.group_id)
    assert len((await bot.check(key=fresh["key"]))["updates"]) == 1


async def test_line_19_a_restarted_server_is_failed_3_and_the_old_ts_is_worthless(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.restart_long_poll()
    assert await bot.check() == {"failed": 3}
    fresh = await bot.call("groups.getLongPollServer", group_id=emulator.community.group_id)
    assert (await bot.check(key=fresh["key"]))["failed"] == 1
    emulator.write(anna.id, "Дальше")
    assert len((await bot.check(key=fresh["key"], ts=fresh["ts"]))["updates"]) == 1


async def test_line_19_a_ts_older_than_kept_is_failed_1_with_a_numeric_ts(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Пропало")
    emulator.long_poll.trim()
    answer = await bot.check()
    assert answer == {"failed": 1, "ts": int(bot.server["ts"]) + 1}
    emulator.write(anna.id, "Дошло")
    assert len((await bot.check(ts=answer["ts"]))["updates"]) == 1


@pytest.mark.parametrize("ts", ["999999", "", "вчера", "-1", "9" * 40])
async def test_line_19_a_ts_that_never_was_is_failed_1(bot: Bot, ts: str) -> None:
    await bot.listen("message_new")
    assert await bot.check(ts=ts) == {"failed": 1, "ts": int(bot.server["ts"])}


async def test_line_20_a_held_poll_is_answered_as_soon_as_something_happens(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        held = tasks.create_task(bot.check(wait=25))
        await held_poll(emulator)
        emulator.write(anna.id, "Проснись")
    assert held.result()["updates"][0]["object"]["message"]["text"] == "Проснись"


async def test_line_20_a_poll_that_waited_in_vain_is_empty_and_keeps_its_ts(bot: Bot) -> None:
    await bot.listen("message_new")
    assert await bot.check(wait=0) == {"ts": bot.server["ts"], "updates": []}


async def test_line_20_the_same_ts_gives_the_same_events_again(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    for text in ("раз", "два"):
        emulator.write(anna.id, text)
    first = await bot.check()
    assert await bot.check() == first
    assert [event["object"]["message"]["text"] for event in first["updates"]] == ["раз", "два"]
    assert isinstance(first["ts"], str)
    assert (await bot.check(ts=first["ts"]))["updates"] == []


async def test_line_21_all_events_are_off_by_default_and_nothing_is_queued(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen()
    settings = await bot.call("groups.getLongPollSettings", group_id=emulator.community.group_id)
    assert settings["is_enabled"]
    assert set(settings["events"].values()) == {0}
    emulator.write(anna.id, "Слышно?")
    assert await bot.events() == []


async def test_line_21_settings_that_are_not_named_stay_as_they_were(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    await bot.listen("message_new", "message_event")
    await bot.call("groups.setLongPollSettings", group_id=own, message_event=0)
    settings = await bot.call("groups.getLongPollSettings", group_id=own)
    assert [type_ for type_, on in settings["events"].items() if on] == ["message_new"]


async def test_line_21_an_unknown_api_version_is_refused_by_the_settings(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    for version in ("6.0", "5.80", "пять", "5"):
        assert await bot.error("groups.setLongPollSettings", group_id=own, api_version=version) == 100


async def test_line_21_below_version_5_103_an_event_is_the_bare_message(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    await bot.call("groups.setLongPollSettings", group_id=emulator.community.group_id, api_version="5.90")
    emulator.write(anna.id, "Привет")
    (event,) = await bot.events()
    assert (event["v"], event["object"]["text"]) == ("5.90", "Привет")


async def test_line_17_any_member_may_press_and_each_press_is_answered_to_who_pressed(
    bot: Bot, emulator: Emulator, boris: Person, anna: Person, chat: Conversation
) -> None:
    await bot.listen("message_event")
    shown = keyboard([{"action": {"type": "callback", "label": "За", "payload": {"o": 1}}}], inline=True)
    await bot.call("messages.send", peer_id=chat.peer_id, message="За?", random_id=1, keyboard=shown)
    ticket = emulator.press(boris.id, "За", chat.peer_id)
    (event,) = await bot.events()
    pressed = {"user_id": boris.id, "peer_id": chat.peer_id, "event_id": ticket}
    assert event["object"] == {**pressed, "payload": {"o": 1}, "conversation_message_id": 3}
    assert await bot.error(METHOD, **pressed | {"user_id": anna.id}) == 100
    assert await bot.error(METHOD, **pressed | {"peer_id": boris.id}) == 100
    assert await bot.call(METHOD, **pressed) == 1
    assert [popup.user_id for popup in chat.popups] == [boris.id]


@pytest.mark.parametrize(
    ("asked", "held"), [("25", 25), ("90", 90), ("91", 90), ("9" * 9, 25), ("", 25), ("-5", 25), ("0", 0)]
)
def test_line_20_a_poll_is_held_as_long_as_it_asks_but_never_over_ninety_seconds(asked: str, held: int) -> None:
    assert held_for(asked) == held
