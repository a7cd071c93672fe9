"""What the queue has lost is read from histories, also from a VK that shuffles, tears and refuses them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messenger.vk.api import VkError
from bot.messenger.vk.histories import MOST_REFUSALS, PAGE, Histories
from bot.storage.database import Database
from tests.faults.odd_vk import OddVk, outage

NOW = datetime(2017, 11, 10, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=10)
AT = int(NOW.timestamp()) - 60
LONG_AGO = AT - 86_400


@pytest.fixture
def vk() -> OddVk:
    return OddVk()


@pytest.fixture
async def histories(vk: OddVk, sqlite_url: str) -> AsyncIterator[Histories]:
    database = Database(sqlite_url)
    yield Histories(vk, database, lambda: NOW)  # type: ignore[arg-type]  # what it needs of the API
    await database.close()


async def missed(histories: Histories) -> list[str]:
    return [event.content.text for event in await histories.missed(SINCE)]


async def test_what_several_people_wrote_comes_in_the_order_of_its_writing(vk: OddVk, histories: Histories) -> None:
    for second, (peer, text) in enumerate([(1, "раз"), (2, "два"), (1, "три"), (3, "четыре"), (2, "пять")]):
        vk.says(peer, text, AT + second)
    assert await missed(histories) == ["раз", "два", "три", "четыре", "пять"]


async def test_a_dialogue_that_moves_to_the_top_while_the_list_is_read_is_found_there(
    vk: OddVk, histories: Histories
) -> None:
    for peer in range(1, 2 * PAGE):
        vk.says(peer, f"{peer}", AT)

    def somebody_writes(offset: int) -> None:
        if offset == 0:  # the second page of the list is still to come, without this dialogue
            vk.listed = lambda _: None
            vk.says(1, "и ещё", AT + 30)

    vk.listed = somebody_writes
    assert {"1", "и ещё"} <= set(await missed(histories))


@pytest.mark.parametrize("count", [20, 21, 200, 220, 221, 450])
async def test_a_dialogue_of_any_length_is_read_to_its_beginning(vk: OddVk, histories: Histories, count: int) -> None:
    said = [str(number) for number in range(count)]
    for number, text in enumerate(said):
        vk.says(1, text, AT + number)
    assert await missed(histories) == said


async def test_what_was_said_before_the_gap_is_neither_asked_for_nor_taken(vk: OddVk, histories: Histories) -> None:
    vk.says(1, "давно", LONG_AGO)
    vk.says(2, "давно", LONG_AGO)
    vk.says(2, "недавно", AT)
    vk.says(2, "ответ", AT, out=True)
    assert await missed(histories) == ["недавно"]
    assert vk.histories_of == {2}


async def test_a_list_without_numbers_of_last_messages_only_costs_more_histories(
    vk: OddVk, histories: Histories
) -> None:
    vk.with_last_number = False
    vk.says(1, "раз", AT)
    vk.says(2, "ответ", AT, out=True)
    assert await missed(histories) == ["раз"]
    assert vk.histories_of == {1, 2}


@pytest.mark.parametrize("peer", [2_000_000_001, -5, 0, None, "7", 2**40])
async def test_what_is_no_persons_dialogue_is_left_alone(vk: OddVk, histories: Histories, peer: Any) -> None:
    vk.says(peer, "кто здесь", AT)
    vk.says(1, "раз", AT)
    assert await missed(histories) == ["раз"]
    assert vk.histories_of == {1}


@pytest.mark.parametrize("code", [7, 15, 917, 927, 29])
async def test_a_dialogue_that_vk_does_not_give_does_not_keep_the_others_waiting(
    vk: OddVk, histories: Histories, code: int
) -> None:
    for peer in (1, 2, 3):
        vk.says(peer, f"{peer}", AT + peer)
    vk.refused[2] = code
    assert await missed(histories) == ["1", "3"]


@pytest.mark.parametrize("torn", ["нет", {}, {"text": "?"}, {"date": AT, "conversation_message_id": "?"}, None, 7])
async def test_a_message_of_a_shape_that_nobody_knows_is_left_out(vk: OddVk, histories: Histories, torn: Any) -> None:
    vk.says(1, "раз", AT)
    vk.dialogues[1].insert(0, torn)
    vk.dialogues[2] = [torn]
    vk.says(3, "три", AT + 1)
    assert await missed(histories) == ["раз", "три"]


async def test_a_vk_that_is_down_is_waited_for_in_the_middle_of_it(vk: OddVk, histories: Histories) -> None:
    vk.says(1, "раз", AT)
    vk.troubles = [outage(), VkError(10, "later"), outage()]
    assert await missed(histories) == ["раз"]


@pytest.mark.parametrize("code", [3, 15, 27, 29])
async def test_a_vk_that_lists_no_dialogues_ends_the_search_at_once(vk: OddVk, histories: Histories, code: int) -> None:
    vk.says(1, "раз", AT)
    vk.troubles = [VkError(code, "not for you")]
    assert await missed(histories) == []
    assert vk.asked == ["messages.getConversations"]


async def test_an_error_that_does_not_pass_is_not_asked_about_for_ever(vk: OddVk, histories: Histories) -> None:
    vk.says(1, "раз", AT)
    vk.troubles = [VkError(1, "unknown") for _ in range(MOST_REFUSALS)]
    assert await missed(histories) == []
