"""A handler that fails: it is tried again, then set aside with an apology, and nobody else notices."""

from typing import Any

from sqlalchemy import select

from bot.messenger.patience import USUAL
from bot.storage import schema
from tests.conversations.chat import Chat
from tests.faults.bots import HASTY, Place

INBOX = select(schema.inbox).order_by(schema.inbox.c.id)


async def test_a_handler_that_always_fails_is_set_aside_with_an_apology(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("упади")
    anna.reads("Не получилось")
    await anna.writes("привет")
    anna.reads("Эхо: привет")


async def test_others_are_answered_while_a_failing_handler_is_tried_again(there: Place) -> None:
    async with there.chat(USUAL) as chat:  # whose first retry comes after 0.3 s
        anna, oleg = chat.person("Анна"), chat.person("Олег")
        there.emulator.write(anna.id, "упади")
        there.emulator.write(anna.id, "привет")
        there.emulator.write(oleg.id, "привет")
        await there.emulator.until(lambda: oleg.news == ["Эхо: привет"])
        assert anna.news == []
        assert not chat.app.idle
    async with there.chat() as chat:  # the stop did not wait for the retry, and the row was kept
        await chat.settled()
        assert anna.news == ["Не получилось", "Эхо: привет"]


async def test_what_was_set_aside_keeps_its_text_and_a_trace_that_quotes_nobody(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("упади")
    failed, *_ = [row for row in await _inbox(chat) if row.set_aside_at]
    assert "упади" in failed.content
    assert failed.attempts == len(HASTY.retry_delays_s) + 1
    assert "repeat" in failed.trace
    assert "ValueError" in failed.trace
    assert "упади" not in failed.trace
    assert str(anna.id) not in failed.trace


async def test_of_a_handled_message_only_its_numbers_are_kept(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("привет")
    assert [row.content for row in await _inbox(chat) if row.kind == "message"] == [None]


async def _inbox(chat: Chat) -> list[Any]:
    return list(await chat.stored(lambda conn: conn.execute(INBOX).all()))
