import json

import pytest
from sqlalchemy import Connection, func, select

from bot.emulator import Client
from bot.presses.conversations import SendTopDaily
from bot.storage import conversations, schema
from tests.conversations.chat import Chat, Person
from tests.conversations.group import GREETING, Group, led_by
from tests.conversations.staff import coordinator
from tests.conversations.taking_part import issued, people_stored
from tests.security.payloads import of_school
from tests.security.towns import Town, failures, stored_rows, town

PRIVATELY = (
    "Здесь я показываю только «Топ-20»: беседу читают все. Остальное — голос, номер, баланс, отчёты — напишите мне"
    " лично."
)
NOBODY = "Топ-20, 8 ноября, 09:00: голосов пока нет ни у кого. Первое место свободно."


@pytest.fixture
def anna(chat: Chat) -> Person:
    return chat.person("Анна")


@pytest.fixture
def boris(chat: Chat) -> Person:
    return chat.person("Борис")


@pytest.fixture
async def group(chat: Chat, anna: Person, boris: Person) -> Group:
    """A conversation of two people who never wrote to the bot, and the bot."""
    group = Group(chat, anna, boris)
    await group.invites()
    return group


async def stored_there(chat: Chat, peer: int) -> int:
    """How many events of a conversation were stored."""

    def count(conn: Connection) -> int:
        there = select(func.count()).select_from(schema.inbox).where(schema.inbox.c.peer == peer)
        return conn.execute(there).scalar_one()

    stored: int = await chat.stored(count)
    return stored


# --- what is heard


async def test_an_invited_bot_says_in_two_lines_what_it_does_and_what_it_hears(chat: Chat, group: Group) -> None:
    assert group.news == [GREETING]
    assert group.buttons == ["Топ-20", "Новая сессия", "Написать лично"]


@pytest.mark.parametrize("addressed", ["@ugu_local топ-20", "@ugu_local, Топ 20!", "/топ-20", "/ рейтинг", "/ТОП"])
async def test_who_addresses_the_bot_with_a_mention_or_a_slash_gets_the_list(
    group: Group, boris: Person, addressed: str
) -> None:
    await group.writes(boris, addressed)
    assert group.news == [NOBODY]
    assert group.buttons == ["Обновить", "Присылать каждый день", "Написать лично"]


@pytest.mark.parametrize("said", ["топ-20", "меню", "спасибо, @ugu_local", "паспорт 0707 123456", "я за @id1 и /топ"])
async def test_what_is_not_addressed_to_the_bot_is_neither_answered_nor_stored(
    chat: Chat, group: Group, boris: Person, said: str
) -> None:
    chat.emulator.let_see_all(group.peer, True)
    before = await stored_there(chat, group.peer)
    await group.writes(boris, said)
    assert group.news == []
    assert await stored_there(chat, group.peer) == before


async def test_other_members_coming_and_going_and_new_titles_are_not_commented(
    chat: Chat, group: Group, anna: Person, boris: Person
) -> None:
    chat.emulator.let_see_all(group.peer, True)
    vera = chat.person("Вера")
    await group.acts(lambda: chat.emulator.invite(group.peer, anna.id, vera.id))
    await group.acts(lambda: chat.emulator.rename(group.peer, boris.id, "Совет"))
    await group.acts(lambda: chat.emulator.kick(group.peer, anna.id, vera.id))
    assert group.said == [GREETING]


@pytest.mark.parametrize("asked", ["баланс", "меню", "начать", "голосовать", "настройки", "1234-5678-9012", "что?", ""])
async def test_anything_else_asked_there_gets_the_way_to_the_private_dialogue(
    chat: Chat, group: Group, boris: Person, asked: str
) -> None:
    await group.writes(boris, f"@ugu_local {asked}")
    assert group.news == [PRIVATELY]
    assert group.buttons == ["Топ-20", "Новая сессия", "Написать лично"]
    assert chat.emulator.dialogue(boris.id).messages == []


async def test_personal_data_sent_there_are_not_kept_and_not_named_before_everybody(
    chat: Chat, group: Group, boris: Person
) -> None:
    await group.writes(boris, "@ugu_local мой паспорт 0707 123456, телефон +7 962 123-45-67")
    assert group.news == [PRIVATELY]


async def test_a_slash_that_may_be_for_another_bot_is_answered_to_a_person_once(
    group: Group, anna: Person, boris: Person
) -> None:
    await group.writes(boris, "/kick everybody")
    assert group.news == [PRIVATELY]
    await group.writes(boris, "/roll 100")
    assert group.news == []
    await group.writes(anna, "/roll 100")
    assert group.news == [PRIVATELY]
    await group.writes(boris, "@ugu_local баланс")
    assert group.news == [PRIVATELY]


@pytest.mark.parametrize(
    "hostile",
    ["/" * 3000, "[club222000111|" + "]" * 900, "[club222000111|@x] [club222000111|@x] топ-20", "/\u202eтоп-20\u202c",
     "[club99|@other] /топ-20", "[club" + "9" * 200 + "|a]", "@ugu_local " + "я" * 4000, "[club222000111|]" + "\0"],
)  # fmt: skip
async def test_a_hostile_text_makes_the_bot_say_nothing_it_would_not_say_anyway(
    chat: Chat, group: Group, boris: Person, hostile: str
) -> None:
    await group.writes(boris, hostile)
    assert set(group.news) <= {PRIVATELY, NOBODY}
    assert await failures(chat) == []


async def test_an_old_app_presses_by_a_message_and_is_understood_all_the_same(
    chat: Chat, group: Group, anna: Person
) -> None:
    old = chat.person("Пётр")
    chat.emulator.invite(group.peer, anna.id, old.id)
    payload = json.dumps({"command": "not_supported_button", "payload": '{"kind":"top"}'})
    await group.writes(old, "@ugu_local Топ-20", payload=payload, client=Client(callback_buttons=False))
    assert group.news == [NOBODY]


async def test_a_gap_of_the_queue_loses_what_was_said_in_conversations_and_nothing_said_in_private(
    chat: Chat, group: Group, boris: Person
) -> None:
    await boris.writes("помощь")
    await boris.has_read()

    def written_and_lost() -> None:
        chat.emulator.write(boris.id, "/топ-20", peer_id=group.peer)
        chat.emulator.write(boris.id, "топ-20")
        chat.emulator.long_poll.trim()

    await group.acts(written_and_lost)
    assert group.news == []
    assert boris.news == ["Голосов пока нет ни у кого. Первое место свободно."]
    await group.writes(boris, "/топ-20")
    assert group.news == [NOBODY]


# --- what is never said


TOP_LIST = frozenset({"top", "conversation-top-on", "conversation-top-off"})
OF_SESSIONS = frozenset(
    f"session-{kind}" for kind in ("new", "join", "team", "ballot", "answer", "work", "desk", "act")
)  # what these do where no session is held: tests/security/test_forged_presses.py


async def test_no_payload_there_is_makes_the_bot_say_or_do_anything_personal_before_others(chat: Chat) -> None:
    both: Town = await town(chat)
    group = await led_by(chat, both.here.coordinator, both.here.teacher, both.here.pupil, chat.person("Захар"))
    members = (both.here.coordinator, both.here.teacher, both.here.pupil)
    for person in members:
        heard = {one.id: len(chat.emulator.dialogue(one.id).messages) for one in members}
        before = await stored_rows(chat)
        for payload in of_school(both.here.targets):
            kind = payload.model_dump()["kind"]
            if kind in OF_SESSIONS:
                continue
            await group.forges(person, payload.model_dump_json(), cmid=len(group.said))
            if kind not in TOP_LIST:
                assert group.news == [], payload
                assert [text for _, text in group.pop_ups] == [
                    "Здесь только «Топ-20». Остальное — напишите мне лично."
                ], payload
        assert {one.id: len(chat.emulator.dialogue(one.id).messages) for one in members} == heard
        after = await stored_rows(chat)
        assert {name for name in after if after[name] != before[name]} <= {"conversations"}
    assert all(text == GREETING or text.startswith("Топ-20, ") for text in group.said)
    assert await failures(chat) == []


async def test_a_link_followed_and_the_start_button_forged_in_a_conversation_begin_nothing(
    chat: Chat, group: Group, boris: Person
) -> None:
    number = (await issued(chat, 1))[0]
    known = await people_stored(chat)
    await group.writes(boris, "@ugu_local Начать", payload={"command": "start"}, ref=f"v-{number}")
    assert group.news == [PRIVATELY]
    assert await people_stored(chat) == known
    await boris.begins()
    boris.sees("Здравствуйте! Акция «УГУ».")


async def test_the_conversations_buttons_do_nothing_in_a_private_dialogue(chat: Chat) -> None:
    irina = await coordinator(chat)
    await irina.forges(SendTopDaily().model_dump_json())
    irina.sees("Эта кнопка устарела.")
    assert await chat.stored(conversations.getting_top) == []


async def test_a_press_in_a_conversation_does_not_make_a_person_reachable_who_forbade_messages(
    chat: Chat, anna: Person
) -> None:
    await anna.writes("согласие")
    await anna.presses("Согласен")
    chat.emulator.deny(anna.id)
    group = await led_by(chat, anna)
    await group.presses(anna, "Топ-20")
    since = select(schema.accounts.c.unreachable_since)
    assert await chat.stored(lambda conn: conn.execute(since).scalar_one()) is not None
