"""Lines 26 to 29: faults, forms of requests, fields that clients require, no kindness."""

import json

import aiohttp
import pytest

from bot.emulator import Conversation, Emulator, Fault, NotOnScreen, Person
from tests.emulator.conftest import Bot

SEND = "messages.send"


async def test_line_26_an_error_is_answered_as_often_as_asked_and_nothing_is_sent(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "error", code=10, times=2))
    for _ in range(2):
        assert await bot.error(SEND, peer_id=anna.id, message="Раз", random_id=1) == 10
    assert len(emulator.dialogue(anna.id).messages) == 1
    assert await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=1)


async def test_line_26_a_fault_without_times_stays_until_cleared_and_a_star_meets_every_method(
    bot: Bot, emulator: Emulator
) -> None:
    emulator.faults.add(Fault("*", "error", code=9, times=None))
    assert [await bot.error(method) for method in ("users.get", "groups.getById", "execute")] == [9, 9, 9]
    emulator.faults.clear()
    assert await bot.call("groups.getById")


async def test_line_26_a_502_is_a_page_of_html_and_nothing_has_happened(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "http_502"))
    address = f"{emulator.url}/method/{SEND}"
    async with bot.session.post(address, data={"peer_id": anna.id, "message": "Раз"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(emulator.dialogue(anna.id).messages) == 1


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", 0), ("reset_after", 1)])
async def test_line_26_a_cut_connection_may_hide_that_the_message_was_sent(
    bot: Bot, emulator: Emulator, anna: Person, kind: str, arrived: int
) -> None:
    emulator.faults.add(Fault(SEND, kind))  # type: ignore[arg-type]  # a parameter of the test
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=5)
    assert len(emulator.dialogue(anna.id).messages) == 1 + arrived
    await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=5)
    assert len(emulator.dialogue(anna.id).messages) == 2


async def test_line_26_a_hung_call_is_never_answered_and_never_done(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.faults.add(Fault(SEND, "hang"))
    address, query = f"{emulator.url}/method/{SEND}", {"access_token": emulator.token, "v": "5.199"}
    sent = {"peer_id": anna.id, "message": "Раз", "random_id": 1}
    with pytest.raises(TimeoutError):
        await bot.session.post(address, params=query, data=sent, timeout=aiohttp.ClientTimeout(total=0.1))
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_line_26_a_slow_call_is_done_at_once_and_answered_later(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "slow", delay_s=0.01))
    assert await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=1) == 2


async def test_line_26_an_error_of_a_method_inside_execute_is_false_and_listed(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "error", code=10))
    arguments = json.dumps({"peer_id": anna.id, "message": "Раз", "random_id": 0})
    call = f"API.messages.send({arguments})"
    told = await bot.whole("execute", code=f"return [{call},{call}];")
    assert told["response"] == [False, 2]
    assert [error["error_code"] for error in told["execute_errors"]] == [10]


async def test_line_26_long_poll_fails_by_number_or_by_connection(bot: Bot, emulator: Emulator) -> None:
    await bot.listen("message_new")
    for code in (1, 2, 3):
        emulator.faults.add(Fault("a_check", "error", code=code))
    failed = [await bot.check() for _ in range(3)]
    assert failed == [{"failed": 1, "ts": int(bot.server["ts"])}, {"failed": 2}, {"failed": 3}]
    emulator.faults.add(Fault("a_check", "reset_before"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.check()
    assert (await bot.check())["updates"] == []


async def test_line_26_a_repeated_event_comes_again_under_its_old_event_id(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Дважды")
    (first,) = await bot.events()
    emulator.repeat_event(first["event_id"])
    assert await bot.events() == [first]


async def test_line_27_the_token_is_taken_from_query_body_or_bearer_and_a_call_may_be_a_get(
    session: aiohttp.ClientSession, emulator: Emulator
) -> None:
    address, version, token = f"{emulator.url}/method/groups.getById", {"v": "5.199"}, emulator.token
    form = aiohttp.FormData(version | {"access_token": token}, default_to_multipart=True)
    for asked in (
        session.get(address, params=version | {"access_token": token}),
        session.post(address, data=version | {"access_token": token}),
        session.post(address, data=form),
        session.post(address, params=version, headers={"Authorization": f"Bearer {token}"}),
    ):
        async with asked as answer:
            assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
            assert (await answer.json())["response"]["groups"][0]["id"] == emulator.community.group_id


async def test_line_27_a_json_body_is_no_form_and_not_read(session: aiohttp.ClientSession, emulator: Emulator) -> None:
    body = {"access_token": emulator.token, "v": "5.199"}
    async with session.post(f"{emulator.url}/method/groups.getById", json=body) as answer:
        assert (await answer.json())["error"]["error_code"] == 8


async def test_line_27_a_broken_body_is_a_bad_request_and_no_call(
    session: aiohttp.ClientSession, emulator: Emulator
) -> None:
    address = f"{emulator.url}/method/groups.getById"
    for kind, body in (("application/x-www-form-urlencoded", b"v=\xff"), ("multipart/form-data", b"v=1")):
        async with session.post(address, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 400
    assert list(emulator.calls) == []


async def test_line_28_a_message_carries_every_field_that_clients_require(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Баланс", payload={"kind": "balance"})
    (event,) = await bot.events()
    assert event["type"] == "message_new"
    assert event["group_id"] == emulator.community.group_id
    assert len(event["event_id"]) == 40
    message = event["object"]["message"]
    assert message == {
        "date": 1760000000,
        "from_id": anna.id,
        "id": 2,
        "version": message["version"],
        "out": 0,
        "fwd_messages": [],
        "important": False,
        "is_hidden": False,
        "attachments": [],
        "conversation_message_id": 2,
        "text": "Баланс",
        "peer_id": anna.id,
        "random_id": 0,
        "payload": '{"kind":"balance"}',
    }
    assert "callback" in event["object"]["client_info"]["button_actions"]


async def test_line_26_an_event_comes_twice_under_one_event_id(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.faults.add(Fault("events", "duplicate"))
    emulator.write(anna.id, "Раз")
    emulator.write(anna.id, "Два")
    first, again, second = await bot.events()
    assert first == again
    assert (first["object"]["message"]["text"], second["object"]["message"]["text"]) == ("Раз", "Два")
    assert first["event_id"] != second["event_id"]


async def test_line_28_a_conversation_is_told_with_its_settings_and_all_ten_booleans_of_acl(
    bot: Bot, emulator: Emulator, anna: Person, chat: Conversation
) -> None:
    emulator.set_admin(chat.peer_id, -emulator.community.group_id, True)
    (told,) = (await bot.call("messages.getConversationsById", peer_ids=chat.peer_id))["items"]
    assert told["peer"] == {"id": chat.peer_id, "type": "chat", "local_id": 1}
    assert told["can_write"] == {"allowed": True}
    assert (told["last_message_id"], told["last_conversation_message_id"]) == (0, 2)
    settings = told["chat_settings"]
    named = {name: settings[name] for name in ("owner_id", "title", "state", "members_count")}
    assert named == {"owner_id": anna.id, "title": "Педсовет", "state": "in", "members_count": 3}
    assert set(settings["acl"]) == {
        *("can_change_info", "can_change_invite_link", "can_change_pin", "can_invite", "can_promote_users"),
        *("can_see_invite_link", "can_moderate", "can_copy_chat", "can_call", "can_use_mass_mentions"),
    }
    assert {type(allowed) for allowed in settings["acl"].values()} == {bool}


async def test_line_28_message_allow_carries_its_key_and_a_press_its_payload_as_an_object(
    bot: Bot, emulator: Emulator, stranger: Person
) -> None:
    await bot.listen("message_allow", "message_event")
    emulator.allow(stranger.id)
    emulator.press_forged(stranger.id, '{"o":2}')
    allowed, pressed = await bot.events()
    assert allowed["object"] == {"user_id": stranger.id, "key": ""}
    assert pressed["object"]["payload"] == {"o": 2}


async def test_line_29_unknown_parameters_have_no_effect_and_nobody_is_written_to_first(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    sent = {"peer_id": anna.id, "message": "Раз", "random_id": 1, "text": "Два", "from_id": 5, "silent": 1}
    await bot.call("messages.send", **sent)
    said = emulator.dialogue(anna.id).messages[-1]
    assert (said.text, said.from_id) == ("Раз", -emulator.community.group_id)
    for way in ({"peer_id": stranger.id}, {"user_id": stranger.id}, {"domain": f"id{stranger.id}"}):
        assert await bot.error("messages.send", **way, message="Привет", random_id=1) == 901
    assert await bot.error("messages.setActivity", user_id=stranger.id, type="typing") == 901
    assert await bot.error("photos.getMessagesUploadServer", peer_id=stranger.id) == 901


async def test_line_29_a_tampered_app_cannot_act_where_its_person_is_not(
    bot: Bot, emulator: Emulator, anna: Person, stranger: Person, chat: Conversation
) -> None:
    await bot.listen("message_new", "message_event")
    for act in (
        lambda: emulator.press_forged(stranger.id, {"o": 1}, chat.peer_id, 2),
        lambda: emulator.write(stranger.id, "/привет", peer_id=chat.peer_id),
        lambda: emulator.write(stranger.id, "Смотри", forwards=[(chat.peer_id, 2)]),
        lambda: emulator.read(stranger.id, chat.peer_id),
        lambda: emulator.invite(chat.peer_id, stranger.id, stranger.id),
    ):
        with pytest.raises(NotOnScreen):
            act()
    with pytest.raises(LookupError):
        emulator.press_forged(stranger.id, {"o": 1}, anna.id, 1)
    assert await bot.events() == []


async def test_line_27_numbers_come_as_text_and_lists_joined_by_commas(bot: Bot, anna: Person) -> None:
    told = await bot.call("users.get", user_ids=f"{anna.id}, 5,id{anna.id}")
    assert [person["id"] for person in told] == [anna.id, anna.id]
    for wrong in (f"{anna.id},,5", f"[{anna.id}]", f"{anna.id};5", f"{anna.id}.0"):
        assert await bot.error("messages.send", peer_ids=wrong, message="Всем", random_id=1) == 100
    assert await bot.error("messages.delete", peer_id=anna.id, cmids=1, delete_for_all="yes") == 100
