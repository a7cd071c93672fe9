"""A person who takes no messages from us: their queue is given up at once, until they write or allow it again."""

from typing import Any

from sqlalchemy import Connection, insert, select

from bot.emulator import Fault
from bot.messenger.patience import Patience
from bot.storage import schema
from tests.conversations.chat import Chat
from tests.faults import trouble
from tests.faults.bots import Place, on_both_databases
from tests.storage.builders import add_person

SLOW = Patience(answer_within_s=5.0)
SINCE = select(schema.accounts.c.unreachable_since)
STATES = select(schema.outbox.c.state).order_by(schema.outbox.c.id)


async def test_a_refusal_gives_up_the_whole_queue_with_one_call_and_a_message_lifts_it(chat: Chat) -> None:
    anna = chat.person("Анна")
    await chat.stored(_add_account, anna.id)
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))  # long enough for a queue behind it
    for text in ("раз", "два", "три"):
        chat.emulator.write(anna.id, text)
    chat.emulator.refuse(anna.id, 901)
    await chat.settled()
    anna.reads()
    assert await chat.stored(lambda conn: conn.execute(STATES).scalars().all()) == ["refused"] * 3
    assert len(chat.emulator.calls.of("execute")) == 1
    assert await _unreachable_since(chat) is not None
    await anna.writes("это я")
    anna.reads("Эхо: это я")
    assert await _unreachable_since(chat) is None


async def test_forbidding_and_allowing_again_are_noticed_without_any_message(chat: Chat) -> None:
    anna = chat.person("Анна")
    await chat.stored(_add_account, anna.id)
    await anna.writes("привет")
    chat.emulator.deny(anna.id)
    await chat.settled()
    assert await _unreachable_since(chat) is not None
    chat.emulator.allow(anna.id)
    await chat.settled()
    assert await _unreachable_since(chat) is None


async def test_one_who_cannot_be_reached_does_not_hold_up_the_others_of_the_same_request(chat: Chat) -> None:
    people = [chat.person(name) for name in ("Анна", "Олег", "Ирина")]
    for person in people:
        chat.emulator.write(person.id, "привет")
    chat.emulator.refuse(people[1].id, 902)
    await chat.settled()
    assert [person.news for person in people] == [["Эхо: привет"], [], ["Эхо: привет"]]


async def test_who_writes_after_a_refusal_is_answered_although_it_is_still_on_its_way(there: Place) -> None:
    async with there.chat(SLOW) as chat:
        anna = chat.person("Анна")
        await anna.writes("привет")
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.5))
        there.emulator.write(anna.id, "раз")
        there.emulator.refuse(anna.id, 901)
        await there.emulator.until(lambda: there.emulator.calls.of("execute")[1:])  # refused, which nobody knows yet
        there.emulator.write(anna.id, "я передумала")
        await chat.settled()
        assert anna.news == ["Эхо: привет", "Эхо: я передумала"]


@on_both_databases
async def test_a_refusal_in_the_middle_of_a_queue_gives_up_only_what_is_behind_it(there: Place) -> None:
    async with there.chat() as chat:
        anna = chat.person("Анна")
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
        for text in ("раз", "два", "три", "четыре"):
            there.emulator.write(anna.id, text)
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))
        there.emulator.refuse(anna.id, 901)  # the first has arrived, its answer is on its way
        await chat.settled()
        assert anna.news == ["Эхо: раз"]
        assert await chat.stored(lambda conn: conn.execute(STATES).scalars().all()) == ["sent"] + ["refused"] * 3
        assert len(there.emulator.calls.of("execute")) == 2


async def test_who_allows_messages_again_gets_the_next_ones_without_writing(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        anna = chat.person("Анна")
        await anna.writes("привет")
        there.emulator.deny(anna.id)
        await chat.settled()
        there.emulator.allow(anna.id)
        await anna.writes("напомни: звонок, урок")
        anna.reads("звонок", "урок")


async def test_what_waits_for_flood_control_is_given_up_with_the_rest_of_the_queue(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        anna = chat.person("Анна")
        there.emulator.faults.add(Fault("messages.send", "error", code=10))  # «раз» waits a second for its next try
        there.emulator.write(anna.id, "раз")
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))
        there.emulator.faults.add(Fault("messages.send", "error", code=901))
        there.emulator.write(anna.id, "напомни: звонок, урок")
        await chat.settled()
        states = await chat.stored(lambda conn: conn.execute(STATES).scalars().all())
        assert len(anna.news) == states.count("sent")


def _add_account(conn: Connection, user_id: int) -> None:
    person = add_person(conn)
    account = {"person_id": person, "messenger": "vk", "user_id": user_id, "pseudonym": f"p{user_id}"}
    conn.execute(insert(schema.accounts), account)


async def _unreachable_since(chat: Chat) -> Any:
    return await chat.stored(lambda conn: conn.execute(SINCE).scalar_one())
