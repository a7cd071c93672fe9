"""Bots Long Poll: settings, ts and keys, held polls, replay."""

import asyncio

import aiohttp
import pytest

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock, held_poll


async def test_until_long_poll_is_switched_on_there_is_no_server(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    error = (await bot.whole("groups.getLongPollServer", group_id=own))["error"]
    assert error["error_code"] == 100
    assert error["error_msg"].endswith("longpoll for this group is not enabled")


async def test_all_events_are_off_by_default_and_nothing_is_queued(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen()
    settings = await bot.call("groups.getLongPollSettings", group_id=emulator.community.group_id)
    assert settings["is_enabled"]
    assert set(settings["events"].values()) == {0}
    emulator.write(anna.id, "Слышно?")
    assert await bot.events() == []


async def test_settings_that_are_not_named_stay_as_they_were(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    await bot.listen("message_new", "message_event")
    await bot.call("groups.setLongPollSettings", group_id=own, message_event=0)
    settings = await bot.call("groups.getLongPollSettings", group_id=own)
    assert [type_ for type_, on in settings["events"].items() if on] == ["message_new"]


async def test_an_unknown_api_version_is_refused_by_the_settings(bot: Bot, emulator: Emulator) -> None:
    own = emulator.community.group_id
    for version in ("6.0", "5.80", "пять", "5"):
        assert await bot.error("groups.setLongPollSettings", group_id=own, api_version=version) == 100


async def test_below_version_5_103_an_event_is_the_bare_message(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    await bot.call("groups.setLongPollSettings", group_id=emulator.community.group_id, api_version="5.90")
    emulator.write(anna.id, "Привет")
    (event,) = await bot.events()
    assert (event["v"], event["object"]["text"]) == ("5.90", "Привет")


async def test_the_same_ts_gives_the_same_events_again(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    for text in ("раз", "два"):
        emulator.write(anna.id, text)
    first = await bot.check()
    assert await bot.check() == first
    assert [event["object"]["message"]["text"] for event in first["updates"]] == ["раз", "два"]
    assert isinstance(first["ts"], str)
    assert (await bot.check(ts=first["ts"]))["updates"] == []


async def test_a_held_poll_is_answered_as_soon_as_something_happens(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        held = tasks.create_task(bot.check(wait=25))
        await held_poll(emulator)
        emulator.write(anna.id, "Проснись")
    assert held.result()["updates"][0]["object"]["message"]["text"] == "Проснись"


async def test_a_poll_that_waited_in_vain_is_empty_and_keeps_its_ts(bot: Bot) -> None:
    await bot.listen("message_new")
    assert await bot.check(wait=0) == {"ts": bot.server["ts"], "updates": []}


async def test_a_wrong_or_expired_key_is_failed_2_and_the_old_ts_stays_good(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Не потеряй")
    emulator.long_poll.expire_key()
    assert await bot.check() == {"failed": 2}
    assert await bot.check(key="чужой") == {"failed": 2}
    fresh = await bot.call("groups.getLongPollServer", group_id=emulator.community.group_id)
    assert len((await bot.check(key=fresh["key"]))["updates"]) == 1


async def test_a_restarted_server_is_failed_3_and_the_old_ts_is_worthless(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.restart_long_poll()
    assert await bot.check() == {"failed": 3}
    fresh = await bot.call("groups.getLongPollServer", group_id=emulator.community.group_id)
    assert (await bot.check(key=fresh["key"]))["failed"] == 1
    emulator.write(anna.id, "Дальше")
    assert len((await bot.check(key=fresh["key"], ts=fresh["ts"]))["updates"]) == 1


async def test_a_held_poll_learns_of_a_restart_at_once(bot: Bot, emulator: Emulator) -> None:
    await bot.listen("message_new")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        held = tasks.create_task(bot.check(wait=25))
        await held_poll(emulator)
        emulator.long_poll.restart()
    assert held.result() == {"failed": 3}


async def test_a_ts_older_than_kept_is_failed_1_with_a_numeric_ts(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Пропало")
    emulator.long_poll.trim()
    answer = await bot.check()
    assert answer == {"failed": 1, "ts": int(bot.server["ts"]) + 1}
    emulator.write(anna.id, "Дошло")
    assert len((await bot.check(ts=answer["ts"]))["updates"]) == 1


@pytest.mark.parametrize("ts", ["999999", "", "вчера", "-1", "9" * 40])
async def test_a_ts_that_never_was_is_failed_1(bot: Bot, ts: str) -> None:
    await bot.listen("message_new")
    assert await bot.check(ts=ts) == {"failed": 1, "ts": int(bot.server["ts"])}


async def test_the_history_holds_no_more_than_its_bound_and_no_event_over_an_hour(
    session: aiohttp.ClientSession, clock: Clock
) -> None:
    emulator = Emulator(now=clock, kept_events=3)
    anna = emulator.add_person("Анна", "")
    async with emulator.serving():
        await Bot(session, emulator).listen("message_new")
        for number in range(5):
            emulator.write(anna.id, str(number))
        assert [event.object["message"]["text"] for event in emulator.long_poll.history] == ["2", "3", "4"]
        clock.advance(3601)
        emulator.write(anna.id, "5")
        assert len(emulator.long_poll.history) == 1


async def test_a_repeated_event_comes_again_under_its_old_event_id(bot: Bot, emulator: Emulator, anna: Person) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Дважды")
    (first,) = await bot.events()
    emulator.repeat_event(first["event_id"])
    assert await bot.events() == [first]


async def test_another_group_has_no_long_poll_here(bot: Bot) -> None:
    assert await bot.error("groups.getLongPollServer", group_id=1) == 15
    assert await bot.error("groups.setLongPollSettings", group_id=1, enabled=1) == 15


async def test_the_emulator_knows_up_to_which_event_its_reader_has_come(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    await bot.listen("message_new")
    emulator.write(anna.id, "Раз")
    await bot.events()
    assert emulator.long_poll.confirmed < emulator.long_poll.last
    await bot.events()
    assert emulator.long_poll.confirmed == emulator.long_poll.last
    await bot.check(ts="999999")
    await bot.check(key="чужой")
    assert emulator.long_poll.confirmed == emulator.long_poll.last


async def test_leaving_with_a_poll_held_does_not_wait_for_it(session: aiohttp.ClientSession, clock: Clock) -> None:
    emulator = Emulator(now=clock)
    async with asyncio.timeout(5):
        async with emulator.serving():
            bot = Bot(session, emulator)
            await bot.listen("message_new")
            held = asyncio.create_task(bot.check(wait=90))
            await held_poll(emulator)
        with pytest.raises(aiohttp.ClientError):
            await held
