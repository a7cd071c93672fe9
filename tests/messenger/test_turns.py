"""Whose turn it is: each dialogue in its order, a bounded number in memory, nothing overtakes what waits outside."""

from datetime import UTC, datetime

from bot.messenger.turns import MOST_HELD, Turns
from bot.storage.inbox import StoredEvent

NOW = datetime(2017, 11, 10, tzinfo=UTC)


def event(row: int, user: int = 1) -> StoredEvent:
    return StoredEvent(row, "vk", "message", user, user, row, "{}", NOW, NOW, NOW)


def caught_up() -> Turns:
    turns = Turns()
    turns.behind = False
    return turns


def test_a_dialogue_is_woken_by_its_first_event_and_goes_on_until_none_is_left() -> None:
    turns = caught_up()
    assert turns.take_new([event(1), event(2)]) == [("vk", 1, 1)]
    assert turns.take_new([event(3)]) == []
    assert turns.head(("vk", 1, 1)).id == 1
    assert turns.done(("vk", 1, 1))
    assert turns.head(("vk", 1, 1)).id == 2
    assert [turns.done(("vk", 1, 1)), turns.done(("vk", 1, 1))] == [True, False]
    assert len(turns) == 0


def test_one_dialogue_does_not_wait_for_another() -> None:
    assert caught_up().take_new([event(1, user=1), event(2, user=2)]) == [("vk", 1, 1), ("vk", 2, 2)]


def test_an_event_that_is_here_already_is_not_taken_twice() -> None:
    turns = caught_up()
    turns.take_new([event(1)])
    assert turns.take_new([event(1)]) == []
    assert len(turns) == 1


def test_of_too_many_events_the_rest_stays_in_the_inbox_and_new_ones_wait_behind_it() -> None:
    turns = caught_up()
    turns.take_new([event(row, user=row) for row in range(1, MOST_HELD + 11)])
    assert len(turns) == MOST_HELD
    assert turns.behind
    assert not turns.has_room
    assert turns.take_new([event(MOST_HELD + 11)]) == []
