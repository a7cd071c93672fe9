"""What members of a conversation say reaches a handler, from the local VK through the whole pipeline."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, text

from bot.messenger.events import EventKind
from bot.messenger.replies import Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from tests.conversations.chat import Chat, Person
from tests.conversations.group import Group, led_by
from tests.emulator.conftest import picture
from tests.faults.bots import HASTY, place

router = Router()


@router.otherwise("in conversation")
def repeat(work: Work) -> Replies:
    content = work.event.content
    photos = sum(one.kind == "photo" and one.url is not None for one in content.attachments)
    return Say(f"{content.text}, фото {photos}, к {content.reply_to}")


@router.on(EventKind.JOINED)
def joined(work: Work) -> Replies:
    return Say("Задание")


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    async with place(sqlite_url) as there, there.bot(HASTY, router=router) as app:
        yield Chat(there.emulator, app, app.clock)


@pytest.fixture
def anna(chat: Chat) -> Person:
    return chat.person("Анна")


@pytest.fixture
async def group(chat: Chat, anna: Person) -> Group:
    return await led_by(chat, anna, chat.person("Борис"))


def task(chat: Chat, group: Group) -> int:
    """The number of the bot's message."""
    return next(one.cmid for one in chat.emulator.dialogue(group.peer).messages if one.text == "Задание")


async def test_a_photo_with_a_mention_in_its_caption_comes_with_the_caption(
    chat: Chat, group: Group, anna: Person
) -> None:
    photo = chat.emulator.attach(anna.id, "доска.png", picture(40, 30), "photo")
    await group.writes(anna, "@ugu_local работа", attachments=[photo])
    assert group.news == ["работа, фото 1, к None"]
    await group.writes(anna, "/работа", attachments=[photo], reply_to=task(chat, group))
    assert group.news == [f"/работа, фото 1, к {task(chat, group)}"]


async def test_a_photo_in_a_reply_is_heard_without_a_mention_where_the_bot_sees_all(
    chat: Chat, group: Group, anna: Person
) -> None:
    photo = chat.emulator.attach(anna.id, "доска.png", picture(40, 30), "photo")
    number = task(chat, group)
    await group.writes(anna, "Наш план", attachments=[photo], reply_to=number)
    assert group.news == []
    chat.emulator.let_see_all(group.peer, True)
    await group.writes(anna, "Наш план", attachments=[photo], reply_to=number)
    assert group.news == [f"Наш план, фото 1, к {number}"]
    await group.writes(anna, "Между собой", attachments=[photo])
    assert group.news == []


async def test_a_new_title_that_no_handler_waits_for_is_handled_in_silence(
    chat: Chat, group: Group, anna: Person
) -> None:
    chat.emulator.let_see_all(group.peer, True)
    await group.acts(lambda: chat.emulator.rename(group.peer, anna.id, "Стратегическая сессия"))
    assert group.news == []
    assert await chat.stored(_handled, EventKind.RENAMED) == [(0, None)]


def _handled(conn: Connection, kind: EventKind) -> list[tuple[int, object]]:
    """Attempts that failed, and when it was set aside, of every handled event of that kind."""
    asked = text("SELECT attempts, set_aside_at FROM inbox WHERE kind = :kind AND handled_at IS NOT NULL")
    return [tuple(row) for row in conn.execute(asked, {"kind": kind.value})]
