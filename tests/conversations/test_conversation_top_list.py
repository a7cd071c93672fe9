"""The top list in conversations: live, every day where a coordinator wants it, and where it ends."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.emulator import Fault
from bot.jobs.top_list import top_list_job
from bot.storage import conversations, people, schema, schema_duties
from tests.conversations.chat import Chat, Person, campaign, chatting
from tests.conversations.group import GREETING, Group, led_by
from tests.conversations.staff import coordinator, school_listed
from tests.conversations.taking_part import claimed, issued, voted

NOBODY = "Топ-20, 8 ноября, 09:00: голосов пока нет ни у кого. Первое место свободно."
DAILY = "\n\nСписок приходит сюда каждое утро."


@pytest.fixture
async def chat_anywhere(database_url: str) -> AsyncIterator[Chat]:
    async with chatting(database_url, campaign=campaign()) as chat:
        yield chat


@pytest.fixture
def boris(chat: Chat) -> Person:
    return chat.person("Борис")


@pytest.fixture
async def group(chat: Chat, boris: Person) -> Group:
    """A conversation with the bot that one who is no coordinator leads."""
    return await led_by(chat, boris)


async def getting_top(chat: Chat) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = await chat.stored(conversations.getting_top)
    return found


async def test_the_list_is_live_shows_its_time_and_is_refreshed_in_its_place(chat: Chat, group: Group) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    boris = await voted(chat, "Борис", "Королёв", maria)
    chat.emulator.invite(group.peer, chat.emulator.community.conversation(group.peer).owner_id, boris.id)
    await chat.moves_to("2017-11-09 15:04")
    await group.presses(boris, "Топ-20")
    masked = f"Участник …{maria.number[-4:]}"
    assert group.news == [f"Топ-20, 9 ноября, 15:04:\n\n1. {masked} — 1 голос"]
    assert group.pop_ups == [(boris.id, "")]
    await voted(chat, "Вера", "Попова", maria)
    await chat.moves_to("2017-11-09 15:10")
    await group.presses(boris, "Обновить")
    assert group.said == [f"Топ-20, 9 ноября, 15:10:\n\n1. {masked} — 2 голоса"]


async def test_a_coordinator_has_the_list_sent_every_day_and_ends_it_again(chat: Chat) -> None:
    irina = await coordinator(chat)
    group = await led_by(chat, irina)
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    assert group.pop_ups == [(irina.id, "Буду присылать «Топ-20» сюда каждое утро")]
    assert group.news == [NOBODY + DAILY]
    assert group.buttons == ["Обновить", "Больше не присылать", "Написать лично"]
    assert await getting_top(chat) == [("vk", group.peer)]
    await group.presses(irina, "Больше не присылать")
    assert group.pop_ups == [(irina.id, "Больше не присылаю. Список можно спросить в любое время")]
    assert group.news == [NOBODY]
    assert await getting_top(chat) == []
    await group.forges(irina, '{"kind":"conversation-top-off"}')
    assert group.pop_ups == [(irina.id, "«Топ-20» сюда и так не приходит")]


async def test_a_schools_coordinator_may_choose_as_well_as_the_regions(chat: Chat) -> None:
    school = await school_listed(chat)
    group = await led_by(chat, irina := await coordinator(chat, school.scope))
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    assert await getting_top(chat) == [("vk", group.peer)]


async def test_everybody_else_is_told_in_a_pop_up_who_may_choose(chat: Chat, group: Group, boris: Person) -> None:
    await boris.writes("согласие")
    await boris.presses("Согласен")
    stranger = chat.person("Захар")
    chat.emulator.invite(group.peer, boris.id, stranger.id)
    await group.writes(boris, "/топ-20")
    for person in (boris, stranger):
        for kind in ("conversation-top-on", "conversation-top-off"):
            await group.forges(person, json.dumps({"kind": kind}))
            assert group.pop_ups == [(person.id, "Это может только координатор акции.")]
            assert group.news == []
    assert await getting_top(chat) == []


async def test_a_coordinator_whose_role_was_taken_away_may_not_choose_any_more(chat: Chat) -> None:
    group = await led_by(chat, irina := await coordinator(chat))
    await group.writes(irina, "/топ-20")
    revoked = update(schema.roles).values(revoked_at=chat.clock.now())
    await chat.stored(lambda conn: conn.execute(revoked).rowcount)
    await group.presses(irina, "Присылать каждый день")
    assert group.pop_ups == [(irina.id, "Это может только координатор акции.")]


async def test_of_two_coordinators_who_press_at_once_the_first_has_chosen(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    irina, oleg = await coordinator(chat), await coordinator(chat, first_name="Олег")
    group = await led_by(chat, irina, oleg)
    await group.writes(irina, "/топ-20")

    def both() -> None:
        for person in (irina, oleg):
            chat.emulator.press(person.id, "Присылать каждый день", group.peer)

    await group.acts(both)
    chosen = "Буду присылать «Топ-20» сюда каждое утро"
    assert {text for _, text in group.pop_ups} == {chosen, "«Топ-20» уже приходит сюда каждое утро"}
    assert group.said == [GREETING, NOBODY + DAILY]
    first = next(user_id for user_id, text in group.pop_ups if text == chosen)
    choice = await chat.stored(conversations.chosen, "vk", group.peer)
    assert choice.person == (await chat.stored(people.identify, "vk", first)).person


async def test_after_the_last_day_of_voting_nothing_is_promised_for_the_mornings(chat: Chat) -> None:
    group = await led_by(chat, irina := await coordinator(chat))
    await group.writes(irina, "/топ-20")
    await chat.moves_to("2017-12-04 10:00")
    await group.presses(irina, "Присылать каждый день")
    assert group.pop_ups == [(irina.id, "Голосование закончилось: список больше не меняется")]
    await group.presses(irina, "Обновить")
    assert group.buttons == ["Обновить", "Написать лично"]


# --- removed, closed, invited again


async def test_a_removed_bot_is_silent_sends_no_list_and_greets_when_it_is_invited_again(chat: Chat) -> None:
    group = await led_by(chat, irina := await coordinator(chat))
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    await irina.has_read()
    await group.removes()
    assert group.news == []
    assert irina.news == []
    assert await getting_top(chat) == []
    await group.invites()
    assert group.news == [GREETING]
    assert await getting_top(chat) == []
    await group.writes(irina, "/топ-20")
    assert group.buttons == ["Обновить", "Присылать каждый день", "Написать лично"]


CLOSED_FOREVER = [
    (986, "писать в неё сообществу не разрешено"),
    (993, "она переехала в другой мессенджер"),
    (1016, "писать в неё сообществу не разрешено"),
    (917, "бота в ней нет, или её самой больше нет"),
]


@pytest.mark.parametrize(("code", "why"), CLOSED_FOREVER)
async def test_a_conversation_that_takes_no_messages_is_closed_and_who_chose_it_is_told_once(
    chat: Chat, code: int, why: str
) -> None:
    group = await led_by(chat, irina := await coordinator(chat))
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    await irina.has_read()
    chat.emulator.refuse(group.peer, code)
    calls = len(chat.emulator.calls.of("execute"))
    for _ in range(3):
        await group.writes(irina, "/топ-20")
    assert len(irina.news) == 1
    irina.sees("Беседа, в которую вы 8 ноября, 09:00 попросили каждый день присылать «Топ-20», больше не принимает")
    irina.sees(f"{why}. Список туда больше не отправляется. Если бота вернут, нажмите")
    assert await getting_top(chat) == []
    assert len(chat.emulator.calls.of("execute")) == calls + 3 + 1  # each answer offered once, and the word of it
    assert await _reachable(chat) == {None}


async def test_the_list_of_the_morning_comes_until_it_is_refused_for_good_and_that_is_told_once(
    sqlite_url: str,
) -> None:
    async with chatting(sqlite_url, campaign=campaign(), jobs=lambda setting: [top_list_job(setting)]) as chat:
        maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
        await voted(chat, "Вера", "Попова", maria)
        group = await led_by(chat, irina := await coordinator(chat))
        await group.writes(irina, "/топ-20")
        await group.presses(irina, "Присылать каждый день")
        await group.acts(lambda: None)
        await chat.moves_to("2017-11-09 09:00")
        assert group.news == [f"Топ-20, 9 ноября, 09:00:\n\n1. Участник …{maria.number[-4:]} — 1 голос"]
        chat.emulator.refuse(group.peer, 993)
        await irina.has_read()
        for day in (10, 11, 12):
            await chat.moves_to(f"2017-11-{day} 09:00")
        assert len(irina.news) == 1
        irina.sees("Беседа, в которую вы 8 ноября, 09:00 попросили", "она переехала в другой мессенджер")
        assert await getting_top(chat) == []


async def test_a_queue_for_a_conversation_that_moved_away_is_given_up_with_one_call(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    group = await led_by(chat, boris := chat.person("Борис"))
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))  # long enough for a queue behind it
    before = len(chat.emulator.calls.of("execute"))

    def asks_thrice() -> None:
        for _ in range(3):
            chat.emulator.write(boris.id, "/топ-20", peer_id=group.peer)
        chat.emulator.refuse(group.peer, 993)

    await group.acts(asks_thrice)
    assert len(chat.emulator.calls.of("execute")) == before + 1
    states = select(schema.outbox.c.state).where(schema.outbox.c.peer == group.peer).order_by(schema.outbox.c.id)
    assert await chat.stored(lambda conn: conn.execute(states).scalars().all()) == ["sent"] + ["refused"] * 3
    row = select(schema_duties.conversations.c.reason).where(schema_duties.conversations.c.peer == group.peer)
    assert await chat.stored(lambda conn: conn.execute(row).scalar_one()) == "moved"


async def test_a_bot_kicked_in_the_middle_of_its_answer_gives_it_up_and_goes_on_elsewhere(
    chat: Chat, group: Group, boris: Person
) -> None:
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
    owner = chat.emulator.community.conversation(group.peer).owner_id

    def asked_and_kicked() -> None:
        chat.emulator.write(boris.id, "/топ-20", peer_id=group.peer)
        chat.emulator.kick(group.peer, owner, -chat.emulator.community.group_id)

    await group.acts(asked_and_kicked)
    assert group.news == []
    await boris.writes("топ-20")
    boris.reads("Голосов пока нет ни у кого. Первое место свободно.")


@pytest.mark.parametrize("code", [901, 902, 900, 18])
async def test_a_refusal_about_one_member_never_concerns_the_whole_conversation(chat: Chat, code: int) -> None:
    group = await led_by(chat, irina := await coordinator(chat))
    await group.writes(irina, "/топ-20")
    await group.presses(irina, "Присылать каждый день")
    await irina.has_read()
    chat.emulator.faults.add(Fault("messages.send", "error", code=code))
    await group.writes(irina, "/топ-20")
    assert group.news == []
    assert irina.news == []
    await group.writes(irina, "/топ-20")
    assert group.news == [NOBODY + DAILY]
    assert await getting_top(chat) == [("vk", group.peer)]
    assert await _reachable(chat) == {None}


async def _reachable(chat: Chat) -> Any:
    since = select(schema.accounts.c.unreachable_since)
    return await chat.stored(lambda conn: set(conn.execute(since).scalars()))
