"""The queue of events fails: what was written meanwhile is found all the same, and nothing is answered twice."""

from typing import Any, Literal

import pytest

from bot.app import StartError
from bot.emulator import Fault
from bot.storage import inbox
from tests.conversations.chat import Chat
from tests.faults.bots import Place


@pytest.mark.parametrize("loss", ["trim", "restart"])
async def test_messages_that_the_queue_has_lost_are_read_from_the_histories(chat: Chat, loss: str) -> None:
    anna, oleg = chat.person("Анна"), chat.person("Олег")
    await anna.writes("до")
    for text in ("раз", "два"):
        chat.emulator.write(anna.id, text)
        chat.emulator.write(oleg.id, text)
    getattr(chat.emulator.long_poll, loss)()  # before the poll that is held could come back with them
    await chat.settled()
    anna.reads("Эхо: до", "Эхо: раз", "Эхо: два")
    oleg.reads("Эхо: раз", "Эхо: два")
    await anna.writes("после")
    anna.reads("Эхо: после")


async def test_of_a_long_gap_every_page_is_read_and_the_order_is_kept(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("до")
    said = [str(number) for number in range(230)]
    for text in said:
        there.emulator.write(anna.id, text)
    crowd = [there.emulator.add_person(f"Гость{number}", "Тихий").id for number in range(210)]
    for guest in crowd:
        there.emulator.write(guest, "тук")
    there.emulator.long_poll.restart()
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news[1:] == [f"Эхо: {text}" for text in said]
        assert all(len(there.emulator.dialogue(guest).messages) == 2 for guest in crowd)


async def test_an_expired_key_is_renewed_and_no_event_is_lost(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("до")
    chat.emulator.write(anna.id, "раз")
    chat.emulator.long_poll.expire_key()
    await chat.settled()
    anna.reads("Эхо: до", "Эхо: раз")


@pytest.mark.parametrize("code", [1, 2, 3])
async def test_a_failure_without_a_loss_repeats_nothing(chat: Chat, code: int) -> None:
    anna = chat.person("Анна")
    await anna.writes("до")
    chat.emulator.faults.add(Fault("a_check", "error", code=code))
    chat.emulator.write(anna.id, "раз")
    chat.emulator.write(anna.id, "два")
    await chat.settled()
    anna.reads("Эхо: до", "Эхо: раз", "Эхо: два")


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "http_502"])
async def test_a_poll_that_breaks_is_repeated_from_the_same_place(
    chat: Chat, kind: Literal["reset_before", "reset_after", "http_502"]
) -> None:
    anna = chat.person("Анна")
    await anna.writes("до")
    chat.emulator.faults.add(Fault("a_check", kind))
    chat.emulator.write(anna.id, "раз")  # ends the poll under way; the next one breaks
    chat.emulator.write(anna.id, "два")
    await chat.settled()
    anna.reads("Эхо: до", "Эхо: раз", "Эхо: два")


async def test_what_was_written_while_the_bot_was_away_is_answered_after_its_start(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("до")
    there.emulator.write(anna.id, "раз")
    there.emulator.write(anna.id, "два")
    async with there.chat() as chat:
        await chat.settled()
    assert anna.news == ["Эхо: до", "Эхо: раз", "Эхо: два"]


async def test_it_waits_for_a_vk_that_is_down_at_its_start(there: Place) -> None:
    for method, kind in (("groups.getById", "http_502"), ("groups.getLongPollServer", "reset_before")):
        there.emulator.faults.add(Fault(method, kind))  # type: ignore[arg-type]  # each is a kind
    async with there.chat() as chat:
        anna = chat.person("Анна")
        await anna.writes("привет")
        anna.reads("Эхо: привет")


async def test_a_token_that_vk_refuses_ends_the_start_with_a_line_that_does_not_show_it(there: Place) -> None:
    there.emulator.faults.add(Fault("groups.getById", "error", code=5))
    with pytest.raises(StartError, match="UGUBOT_VK_TOKEN") as refused:
        async with there.bot():
            pass
    assert there.emulator.token not in str(refused.value)


async def test_a_thousand_and_more_waiting_messages_are_answered_in_their_order(there: Place) -> None:
    async with there.bot():
        people = [there.emulator.add_person(f"Гость{number}", "Многословный").id for number in range(30)]
    texts = [str(number) for number in range(40)]
    for text in texts:
        for person in people:
            there.emulator.write(person, text)
    async with there.chat() as chat:
        await chat.settled()
        assert await chat.stored(inbox.count_unhandled) == 0
    for person in people:
        said = [message.text for message in there.emulator.dialogue(person).messages if message.out]
        assert said == [f"Эхо: {text}" for text in texts]


@pytest.mark.parametrize(
    "update",
    [
        "нет",
        {"message": []},
        {"message": {"peer_id": "x", "from_id": None}},
        {"message": {"peer_id": 1, "from_id": 1, "date": 2**62, "conversation_message_id": 1}},
        {"message": {"peer_id": 1, "from_id": 1, "date": 1, "conversation_message_id": 2**64 - 1}},
    ],
)
async def test_an_event_of_a_shape_that_nobody_knows_is_left_out_and_the_others_come(chat: Chat, update: Any) -> None:
    anna = chat.person("Анна")
    await anna.writes("до")
    chat.emulator.events.put("message_new", update)
    chat.emulator.write(anna.id, "раз")
    await chat.settled()
    anna.reads("Эхо: до", "Эхо: раз")
