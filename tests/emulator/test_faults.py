"""VK misbehaving: what the bot meets, and what has happened nevertheless."""

import json

import aiohttp
import pytest

from bot.emulator import Emulator, Fault, Person
from tests.emulator.conftest import Bot

SEND = "messages.send"


async def test_an_error_is_answered_as_often_as_asked_and_nothing_is_sent(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "error", code=10, times=2))
    for _ in range(2):
        assert await bot.error(SEND, peer_id=anna.id, message="Раз", random_id=1) == 10
    assert len(emulator.dialogue(anna.id).messages) == 1
    assert await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=1)


async def test_a_fault_without_times_stays_until_cleared_and_a_star_meets_every_method(
    bot: Bot, emulator: Emulator
) -> None:
    emulator.faults.add(Fault("*", "error", code=9, times=None))
    assert [await bot.error(method) for method in ("users.get", "groups.getById", "execute")] == [9, 9, 9]
    emulator.faults.clear()
    assert await bot.call("groups.getById")


async def test_a_502_is_a_page_of_html_and_nothing_has_happened(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.faults.add(Fault(SEND, "http_502"))
    address = f"{emulator.url}/method/{SEND}"
    async with bot.session.post(address, data={"peer_id": anna.id, "message": "Раз"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(emulator.dialogue(anna.id).messages) == 1


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_cut_connection_may_hide_that_the_message_was_sent(
    bot: Bot, emulator: Emulator, anna: Person, kind: str, arrived: int
) -> None:
    emulator.faults.add(Fault(SEND, kind))  # type: ignore[arg-type]  # a parameter of the test
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=5)
    assert len(emulator.dialogue(anna.id).messages) == 1 + arrived
    await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=5)
    assert len(emulator.dialogue(anna.id).messages) == 2


async def test_a_hung_call_is_never_answered_and_never_done(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.faults.add(Fault(SEND, "hang"))
    address, query = f"{emulator.url}/method/{SEND}", {"access_token": emulator.token, "v": "5.199"}
    sent = {"peer_id": anna.id, "message": "Раз", "random_id": 1}
    with pytest.raises(TimeoutError):
        await bot.session.post(address, params=query, data=sent, timeout=aiohttp.ClientTimeout(total=0.1))
    assert len(emulator.dialogue(anna.id).messages) == 1


async def test_a_slow_call_is_done_at_once_and_answered_later(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.faults.add(Fault(SEND, "slow", delay_s=0.01))
    assert await bot.call(SEND, peer_id=anna.id, message="Раз", random_id=1) == 2


async def test_an_error_of_a_method_inside_execute_is_false_and_listed(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.faults.add(Fault(SEND, "error", code=10))
    arguments = json.dumps({"peer_id": anna.id, "message": "Раз", "random_id": 0})
    call = f"API.messages.send({arguments})"
    told = await bot.whole("execute", code=f"return [{call},{call}];")
    assert told["response"] == [False, 2]
    assert [error["error_code"] for error in told["execute_errors"]] == [10]


async def test_long_poll_fails_by_number_or_by_connection(bot: Bot, emulator: Emulator) -> None:
    await bot.listen("message_new")
    for code in (1, 2, 3):
        emulator.faults.add(Fault("a_check", "error", code=code))
    failed = [await bot.check() for _ in range(3)]
    assert failed == [{"failed": 1, "ts": int(bot.server["ts"])}, {"failed": 2}, {"failed": 3}]
    emulator.faults.add(Fault("a_check", "reset_before"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.check()
    assert (await bot.check())["updates"] == []


def test_a_fault_that_makes_no_sense_is_refused() -> None:
    for method, kind, code, times in ((SEND, "dance", None, 1), (SEND, "error", None, 1), (SEND, "hang", 5, 1)):
        with pytest.raises(ValueError, match=r"kind should|needs its code"):
            Fault(method, kind, code=code, times=times)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(ValueError, match="times"):
        Fault(SEND, "hang", times=0)


async def test_waiting_for_what_never_comes_ends_with_the_latest_calls(bot: Bot, emulator: Emulator) -> None:
    await bot.error("messages.send", peer_id=1)
    with pytest.raises(TimeoutError, match=r"latest calls: messages\.send: 100"):
        await emulator.until(lambda: False, timeout_s=0.01)
