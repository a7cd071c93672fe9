"""What every call has in common: token, version, form of the request, the 20 calls a second, `execute`."""

import json

import aiohttp

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock


async def test_an_unknown_method_is_error_3_and_a_missing_version_error_8(bot: Bot, emulator: Emulator) -> None:
    assert await bot.error("messages.dance") == 3
    for version in ("", "5.80", "новая"):
        assert await bot.error("users.get", v=version) == 8


async def test_a_wrong_or_missing_token_is_error_5_and_is_never_told(
    session: aiohttp.ClientSession, emulator: Emulator
) -> None:
    for token in ("wrong-token", ""):
        query = {"access_token": token, "v": "5.199"}
        async with session.post(f"{emulator.url}/method/groups.getById", params=query) as answer:
            told = await answer.text()
        assert json.loads(told)["error"]["error_code"] == 5
        assert not token or token not in told


async def test_the_token_is_taken_from_query_body_or_bearer_and_a_call_may_be_a_get(
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


async def test_a_json_body_is_no_form_and_not_read(session: aiohttp.ClientSession, emulator: Emulator) -> None:
    body = {"access_token": emulator.token, "v": "5.199"}
    async with session.post(f"{emulator.url}/method/groups.getById", json=body) as answer:
        assert (await answer.json())["error"]["error_code"] == 8


async def test_a_broken_body_is_a_bad_request_and_no_call(session: aiohttp.ClientSession, emulator: Emulator) -> None:
    address = f"{emulator.url}/method/groups.getById"
    for kind, body in (("application/x-www-form-urlencoded", b"v=\xff"), ("multipart/form-data", b"v=1")):
        async with session.post(address, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 400
    assert list(emulator.calls) == []


async def test_the_twenty_first_call_within_a_second_is_error_6(bot: Bot, clock: Clock) -> None:
    for _ in range(20):
        await bot.call("groups.getById")
    assert await bot.error("groups.getById") == 6
    clock.advance(0.999)
    assert await bot.error("groups.getById") == 6
    clock.advance(0.001)
    assert await bot.call("groups.getById")


async def test_a_limit_of_a_method_is_flood_inside_execute_too(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.limit("messages.send", calls=1, per_s=60)
    emulator.limit("users.get", calls=1, per_s=86400, code=29)
    arguments = json.dumps({"peer_id": anna.id, "message": "Раз", "random_id": 0})
    told = await bot.whole("execute", code=f"return [API.messages.send({arguments}),API.messages.send({arguments})];")
    assert told["response"] == [2, False]
    assert told["execute_errors"] == [{"method": "messages.send", "error_code": 9, "error_msg": "Flood control"}]
    await bot.call("users.get")
    assert await bot.error("users.get") == 29


async def test_execute_is_one_call_whose_failures_are_false_with_their_errors(
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


async def test_execute_of_a_single_call_returns_its_result_bare(bot: Bot) -> None:
    told = await bot.call("execute", code="return API.groups.getById();")
    assert told["groups"]


async def test_execute_beyond_the_known_subset_does_not_compile(bot: Bot) -> None:
    for code in ("var a = 1;", "return 1;", "return [API.users.get({})", "return [API.users.get([])];", "return [] x"):
        assert await bot.error("execute", code=code) == 12
    assert await bot.error("execute", code="return [API.users.get(" + "[" * 100_000 + ")];") == 12
    assert await bot.error("execute") == 100


async def test_more_than_25_calls_in_execute_are_error_13_after_the_first_25_happened(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    call = f'API.messages.send({{"peer_id":{anna.id},"message":"…","random_id":0}})'
    assert len(await bot.call("execute", code=f"return [{','.join([call] * 25)}];")) == 25
    assert await bot.error("execute", code=f"return [{','.join([call] * 26)}];") == 13
    assert len(emulator.dialogue(anna.id).messages) == 51


async def test_the_log_keeps_calls_without_the_token_and_with_their_answers(bot: Bot, emulator: Emulator) -> None:
    await bot.call("groups.getById")
    await bot.error("messages.send", peer_id=1)
    assert [call.answer["error"]["error_code"] for call in emulator.calls.of("messages.send")] == [100]
    kept = list(emulator.calls)
    assert [(call.method, call.error_code) for call in kept] == [("groups.getById", None), ("messages.send", 100)]
    assert emulator.token not in str(kept)


async def test_a_token_without_a_right_gets_error_15_from_its_methods(bot: Bot, emulator: Emulator) -> None:
    emulator.community.permissions -= {"manage", "docs"}
    own = emulator.community.group_id
    assert await bot.error("groups.setLongPollSettings", group_id=own, enabled=1) == 15
    assert await bot.error("docs.getUploadServer") == 15
    granted = await bot.call("groups.getTokenPermissions")
    assert {right["name"] for right in granted["permissions"]} == {"messages", "photos"}
