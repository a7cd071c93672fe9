"""The queue has lost events: what people wrote is read from the histories, once, whatever happens meanwhile."""

import signal
from pathlib import Path
from typing import Any, Literal

import pytest
from structlog.testing import capture_logs

from bot.emulator import Emulator, Fault
from tests.conversations.chat import Chat
from tests.faults.bots import Place, RealClock, on_both_databases
from tests.faults.processes import home
from tests.faults.talks import Talk


@on_both_databases
async def test_what_comes_through_the_history_and_the_queue_counts_once(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("до")
        lost = there.emulator.write(anna.id, "раз")
        there.emulator.long_poll.trim()
        await chat.settled()
        there.emulator.events.put("message_new", {"message": lost.described(), "client_info": {}})
        await chat.settled()
        anna.reads("Эхо: до", "Эхо: раз")


async def test_presses_that_the_queue_has_lost_are_counted_in_the_log(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("кнопки")
    with capture_logs() as logs:
        chat.emulator.write(anna.id, "раз")
        chat.emulator.press(anna.id, "Раз")
        chat.emulator.press(anna.id, "Два")
        chat.emulator.long_poll.trim()
        await chat.settled()
    closed = [line for line in logs if line["event"] == "long poll gap closed"]
    assert [(line["messages_recovered"], line["other_events_lost"]) for line in closed] == [(1, 2)]


@on_both_databases
@pytest.mark.parametrize("kind", ["http_502", "reset_before", "reset_after"])
async def test_a_recovery_that_is_interrupted_goes_on_and_doubles_nothing(
    there: Place, kind: Literal["http_502", "reset_before", "reset_after"]
) -> None:
    async with there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(3)]
        for person in people:
            await person.writes("до")
        for text in ("раз", "два"):
            for person in people:
                there.emulator.write(person.id, text)
        for method in ("messages.getConversations", "execute"):
            there.emulator.faults.add(Fault(method, kind))
        there.emulator.faults.add(Fault("messages.getHistory", "error", code=10, times=2))
        there.emulator.long_poll.restart()
        await chat.settled()
        for person in people:
            assert person.news[-2:] == ["Эхо: раз", "Эхо: два"]
            assert len(there.emulator.dialogue(person.id).messages) == 6


async def test_a_dialogue_whose_history_is_refused_does_not_make_the_bot_deaf(chat: Chat) -> None:
    anna, oleg = chat.person("Анна"), chat.person("Олег")
    await anna.writes("до")
    chat.emulator.write(anna.id, "пропадёт")
    chat.emulator.write(oleg.id, "раз")
    # Of the two dialogues asked for together Oleg's comes first, Anna's is then asked for by itself.
    chat.emulator.faults.add(Fault("messages.getHistory", "error", code=917, times=4))
    chat.emulator.long_poll.trim()
    await chat.settled()
    chat.emulator.faults.clear()
    await anna.writes("после")
    anna.reads("Эхо: после")
    await oleg.writes("после")
    oleg.reads("Эхо: после")


async def test_the_order_in_which_people_wrote_is_the_order_in_which_they_are_handled(chat: Chat, there: Place) -> None:
    people = [chat.person(f"Гость{number}") for number in range(4)]
    for person in people:
        await person.writes("до")
    for person in reversed(people):
        there.emulator.write(person.id, "я")
        there.real.passes(seconds=2)  # VK dates by whole seconds
    there.emulator.long_poll.trim()
    await chat.settled()
    answers = [there.emulator.dialogue(person.id).messages[-1] for person in reversed(people)]
    assert [answer.text for answer in answers] == ["Эхо: я"] * 4
    assert [answer.id for answer in answers] == sorted(answer.id for answer in answers)


async def test_a_clock_that_was_ahead_before_the_gap_hides_no_messages(there: Place) -> None:
    there.real.passes(hours=1)
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("до")
    there.real.passes(hours=-1)  # put right
    there.emulator.write(anna.id, "раз")
    there.emulator.long_poll.restart()
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news[-1] == "Эхо: раз"


async def test_killed_in_the_middle_of_a_recovery_it_answers_everything_exactly_once(
    database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path) as place:
        talk = Talk(place.emulator, people=5)
        bot = place.start()
        await place.ready()
        talk.says(1)
        await talk.heard()
        assert await bot.stopped() == 0
        talk.says(100)  # three commits
        place.emulator.long_poll.restart()
        bot = place.start(crash_at="after_intake:2")
        assert await bot.ended() == -signal.SIGKILL
        bot = place.start()
        await talk.heard()
        assert await bot.stopped() == 0


@pytest.mark.parametrize("answer", [b"[]", b"null", b"7", b'{"ts":"1"}', b'{"ts":"1","updates":null}', b"{}"])
async def test_a_poll_that_brings_something_odd_does_not_end_the_bot(sqlite_url: str, answer: bytes) -> None:
    emulator = Emulator(calls_per_second=None)
    usual, odd = emulator.long_poll.poll, iter([answer])

    async def poll(*asked: Any) -> bytes:
        return next(odd, None) or await usual(*asked)

    emulator.long_poll.poll = poll  # type: ignore[method-assign, assignment]  # the outside world, not ours
    async with emulator.serving(), Place(emulator, sqlite_url, RealClock()).chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("привет")
        anna.reads("Эхо: привет")
