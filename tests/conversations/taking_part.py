"""Participants for the conversations: a class with issued numbers, pupils who took them, people who voted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.domain.participant_ids import ParticipantNumber, shown
from bot.storage import participant_ids, schema, vote_log
from tests.conversations.chat import Chat, Person
from tests.storage.builders import add_class, add_person, add_school


@dataclass(frozen=True)
class Pupil:
    """A participant with the phone, the number, and the links that lead to it."""

    person: Person
    number: ParticipantNumber

    @property
    def shown(self) -> str:
        return shown(self.number)

    @property
    def voting_link(self) -> str:
        return f"https://vk.me/club?ref=v-{self.number}"


async def issued(chat: Chat, count: int) -> Sequence[ParticipantNumber]:
    """Numbers of a class of so many pupils, none of them taken."""

    def issue(conn: Connection) -> list[ParticipantNumber]:
        class_id = add_class(conn, add_school(conn), add_person(conn, "Ольга", "С"), pupils=count)
        return [one.number for one in participant_ids.of_class(conn, class_id)]

    numbers: list[ParticipantNumber] = await chat.stored(issue)
    return numbers


async def claimed(chat: Chat, number: ParticipantNumber, first_name: str, last_name: str) -> Pupil:
    """A grown-up participant who took the number and is shown by name."""
    person = chat.person(first_name, last_name)
    await person.writes(number)
    await person.presses("Это мой номер")
    await person.presses("Согласен")
    await person.presses("Мне есть 18")
    return Pupil(person, number)


async def voted(chat: Chat, first_name: str, last_name: str, pupil: Pupil) -> Person:
    """A new voter, through the link to the receipt."""
    voter = chat.person(first_name, last_name)
    await voter.opens(pupil.voting_link)
    await voter.presses("Согласен")
    await voter.presses("Подтвердить")
    return voter


async def tally(chat: Chat) -> dict[ParticipantNumber, int]:
    """Votes by number as they are kept, after counting the log again to the same."""

    def count(conn: Connection) -> dict[ParticipantNumber, int]:
        assert vote_log.differences(conn) == []
        return {row.number: row.votes for row in conn.execute(select(schema.tallies))}

    kept: dict[ParticipantNumber, int] = await chat.stored(count)
    return kept


async def people_stored(chat: Chat) -> int:
    """How many people the bot knows."""

    def count(conn: Connection) -> int:
        return conn.execute(select(func.count()).select_from(schema.people)).scalar_one()

    known: int = await chat.stored(count)
    return known
