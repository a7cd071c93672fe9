"""A coordinator who has the own data erased leaves no address and no draft, and nothing of theirs goes on."""

from sqlalchemy import Connection, select

from bot.storage.schema_duties import broadcasts
from tests.conversations.chat import Chat, Person
from tests.conversations.staff import coordinator, school_listed, teacher

TEXT = "Завтра в 12:00 закончится приём отчётов."


async def test_with_the_data_of_its_author_a_paused_broadcast_and_a_draft_are_gone(chat: Chat) -> None:
    await school_listed(chat)
    irina, olga = await coordinator(chat), await coordinator(chat, first_name="Ольга")
    anna = await teacher(chat, olga)
    await chat.moves_to("2017-11-09 18:30")  # nobody may be written to before the morning
    await anna.has_read()
    await _previews(irina)
    await irina.presses("Отправить")
    await irina.presses("Пауза")
    await _previews(irina)
    await irina.writes("удалить мои данные")
    await irina.presses("Да, удалить навсегда")
    await chat.moves_to("2017-11-10 10:00")
    assert TEXT not in anna.news
    assert await chat.stored(_left) == [("cancelled", None, None, True)]


async def _previews(person: Person) -> None:
    await person.writes("рассылка")
    await person.presses("Учителям")
    await person.presses("Написать текст")
    await person.writes(TEXT)


def _left(conn: Connection) -> list[tuple[object, ...]]:
    """Of each broadcast its state, the author's address, and whether it is over."""
    table = broadcasts.c
    rows = conn.execute(select(table.state, table.peer, table.cmid, table.finished_at.is_not(None)))
    return [tuple(row) for row in rows]
