"""Whom an act of the teacher's part concerns: the class's own teacher, the coordinators, the person behind a name."""

from collections.abc import Iterable

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.names import short_name
from bot.domain.roles import (
    Actor,
    Allowed,
    DecideApplication,
    Role,
    School,
    Scope,
    TeachClass,
    addressees,
    may,
)
from bot.messenger.replies import Address
from bot.messenger.work import Work
from bot.storage import classes, people, roles
from bot.storage.classes import SchoolClass
from bot.storage.people import PersonsAddress
from bot.wording import say


def own_class(work: Work, class_id: ClassId) -> SchoolClass | None:
    """The class, if the person teaches it."""
    if not isinstance(may(roles.actor(work.conn, work.who), TeachClass(class_id)), Allowed):
        return None
    return classes.by_id(work.conn, class_id)


def coordinated(actor: Actor) -> list[Scope]:
    """The scopes that the person coordinates; empty for everybody else."""
    return [grant.scope for grant in actor.grants if grant.role is Role.COORDINATOR]


def coordinators_for(work: Work, school: School, teacher: PersonId) -> list[PersonsAddress]:
    """Whom a teacher's matter goes to first: the school's coordinators, else the municipality's, else the region's."""
    around = roles.coordinators_around(work.conn, school)
    chosen = addressees(DecideApplication(teacher, school), around, working_days_waited=0)
    return addresses(work, sorted(chosen))


def addresses(work: Work, persons: Iterable[PersonId]) -> list[PersonsAddress]:
    """Where these people can be written to."""
    found = [people.address_of(work.conn, person) for person in persons]
    return [address for address in found if address is not None]


def address(reader: PersonsAddress) -> Address:
    """The person's private dialogue."""
    return Address(reader.messenger, reader.user_id)


def name_of(work: Work, person: PersonId | None, locale: str) -> str:
    """First name and initial; a word for the command line (None) and for people without a name."""
    if person is None:
        return say(locale, "person-operator")
    return short_name(people.card(work.conn, person).profile) or say(locale, "person-nameless")


def introduction(work: Work, person: PersonId, locale: str) -> str:
    """The name with the address of the profile, for the coordinator who has to know who it is."""
    name, reached = name_of(work, person, locale), people.address_of(work.conn, person)
    if reached is None or not work.profile_base:
        return name
    return say(locale, "person-with-profile", name=name, profile=f"{work.profile_base}{reached.user_id}")
