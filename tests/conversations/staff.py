"""Teachers and coordinators for the conversations, each the way one becomes one: by a code, or by an application."""

import secrets
from datetime import timedelta

from sqlalchemy import Connection

from bot.domain.identifiers import MunicipalityId
from bot.domain.invitations import InvitationCode, new_invitation_code
from bot.domain.roles import Grant, Municipality, Region, Role, Scope
from bot.storage import invitations
from bot.storage.schools import ListedSchool
from tests.conversations.chat import Chat, Person
from tests.storage.builders import add_school

IN_THE_COUNTRY = "Шпаковский округ"


async def school_listed(
    chat: Chat, name: str = "СОШ № 5", *, settlement: str = "Ставрополь", municipality: str = "Город Ставрополь"
) -> ListedSchool:
    """A school of the imported list."""

    def add(conn: Connection) -> ListedSchool:
        return add_school(conn, name, settlement=settlement, municipality=municipality)

    school: ListedSchool = await chat.stored(add)
    return school


async def code_issued(chat: Chat, role: Role, scope: Scope) -> InvitationCode:
    """A code as the command line issues it."""
    code = new_invitation_code(secrets.randbelow)
    now = chat.clock.now()

    def issue(conn: Connection) -> None:
        expires_at = now + timedelta(days=14)
        invitations.issue(conn, code, Grant(role, scope), invited_by=None, at=now, expires_at=expires_at)

    await chat.stored(issue)
    return code


async def coordinator(chat: Chat, scope: Scope | None = None, first_name: str = "Ирина") -> Person:
    """A coordinator, of the region unless another scope is named."""
    code = await code_issued(chat, Role.COORDINATOR, scope or Region())
    person = chat.person(first_name, "Орлова")
    await person.begins(f"i-{code}")
    await person.presses("Согласен")
    await person.presses("Принять")
    return person


def municipality_of(school: ListedSchool) -> Municipality:
    return Municipality(MunicipalityId(school.municipality_id))


async def applicant(
    chat: Chat, school: str = "СОШ № 5", *, label: str = "9А", pupils: int = 3, first_name: str = "Анна"
) -> Person:
    """Somebody who has just sent an application."""
    person = chat.person(first_name, "Кузнецова")
    await person.writes("я учитель")
    await person.presses("Согласен")
    await apply(person, school, label=label, pupils=pupils)
    return person


async def apply(person: Person, school: str, *, label: str, pupils: int) -> None:
    """From the search to «Отправить заявку»."""
    await person.writes(school)
    await person.presses(f"1. {school}")
    await person.writes(label)
    await person.writes(str(pupils))
    await person.presses("Отправить заявку")


async def teacher(chat: Chat, coordinator: Person, school: str = "СОШ № 5", *, pupils: int = 3) -> Person:
    """A teacher whose class 9А is confirmed."""
    person = await applicant(chat, school, pupils=pupils)
    await coordinator.presses("Подтвердить")
    return person
