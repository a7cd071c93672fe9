"""Which conversations want the daily top list, by whom, and which are closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.identifiers import PersonId
from bot.storage import conversations
from bot.storage.conversations import Choice
from bot.storage.schema_duties import conversations as table
from tests.storage.builders import NOON, add_person
from tests.storage.conftest import Race

HERE, THERE = ("vk", 2_000_000_001), ("vk", 2_000_000_002)
LATER = NOON + timedelta(hours=1)


def state(conn: Connection) -> list[tuple[Any, ...]]:
    """Peer, whether the list is wanted, whether closed, why."""
    rows = conn.execute(select(table.c.peer, table.c.gets_top_since, table.c.closed_at, table.c.reason))
    return [(row.peer, row.gets_top_since is not None, row.closed_at is not None, row.reason) for row in rows]


def test_a_chosen_conversation_gets_the_list_until_it_is_dropped(conn: Connection) -> None:
    anna = add_person(conn)
    assert conversations.chosen(conn, *HERE) is None
    assert conversations.choose(conn, *HERE, anna, NOON)
    assert conversations.choose(conn, *THERE, anna, NOON)
    assert conversations.getting_top(conn) == [HERE, THERE]
    assert conversations.chosen(conn, *HERE) == Choice(anna, NOON)
    assert conversations.drop(conn, *HERE)
    assert not conversations.drop(conn, *HERE)
    assert conversations.getting_top(conn) == [THERE]


def test_who_chooses_second_does_not_take_the_place_of_the_first(conn: Connection) -> None:
    anna, oleg = add_person(conn), add_person(conn, "Олег")
    assert conversations.choose(conn, *HERE, anna, NOON)
    assert not conversations.choose(conn, *HERE, oleg, LATER)
    assert conversations.chosen(conn, *HERE) == Choice(anna, NOON)


def test_closing_tells_once_whose_list_ended_and_keeps_the_first_reason(conn: Connection) -> None:
    anna = add_person(conn)
    conversations.choose(conn, *HERE, anna, NOON)
    assert conversations.close(conn, *HERE, "moved", LATER) == Choice(anna, NOON)
    assert conversations.close(conn, *HERE, "gone", LATER) is None
    assert conversations.getting_top(conn) == []
    assert state(conn) == [(HERE[1], False, True, "moved")]


def test_a_conversation_that_nobody_chose_is_closed_without_anybody_to_tell(conn: Connection) -> None:
    assert conversations.close(conn, *HERE, "gone", NOON) is None
    conversations.open_again(conn, *THERE)
    assert conversations.close(conn, *THERE, "shut", NOON) is None
    assert sorted(state(conn)) == [(HERE[1], False, True, "gone"), (THERE[1], False, True, "shut")]


def test_an_open_again_conversation_waits_to_be_chosen_anew(conn: Connection) -> None:
    anna = add_person(conn)
    conversations.choose(conn, *HERE, anna, NOON)
    conversations.close(conn, *HERE, "removed", NOON)
    conversations.open_again(conn, *HERE)
    assert conversations.getting_top(conn) == []
    assert state(conn) == [(HERE[1], False, False, None)]
    assert conversations.choose(conn, *HERE, anna, LATER)
    assert conversations.getting_top(conn) == [HERE]


def test_choosing_where_it_was_thought_closed_opens_it_for_the_bot_was_pressed_there(conn: Connection) -> None:
    anna = add_person(conn)
    conversations.close(conn, *HERE, "shut", NOON)
    assert conversations.choose(conn, *HERE, anna, LATER)
    assert state(conn) == [(HERE[1], True, False, None)]


def test_of_two_who_choose_at_once_exactly_one_has_chosen(
    committed: Callable[[Callable[[Connection], Any]], Any], race: Race
) -> None:
    people = [committed(add_person) for _ in range(2)]

    def choosing(person: PersonId) -> Callable[[Connection], bool]:
        return lambda conn: conversations.choose(conn, *HERE, person, NOON)

    assert sorted(race(*map(choosing, people))) == [False, True]
