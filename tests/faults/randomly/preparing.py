"""What there is before anybody writes: schools, codes for coordinators and teachers, a class with cards, some taken."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from bot.domain.identifiers import ClassId, MunicipalityId
from bot.domain.invitations import InvitationCode, new_invitation_code, read_invitation_code
from bot.domain.participant_ids import ParticipantNumber, read_number
from bot.domain.roles import Grant, Municipality, Region, Role
from bot.storage import invitations, participant_ids
from bot.storage.schools import ListedSchool
from tests.conversations.chat import FIRST_DAY
from tests.storage.builders import add_claim, add_class, add_person, add_school
from tests.storage.conftest import transaction

PLACES = (("Ставрополь", "Город Ставрополь"), ("Михайловск", "Шпаковский округ"), ("Невинномысск", "Невинномысск"))
SCHOOLS_EACH = 3
CARDS, TAKEN = 12, 4


@dataclass(slots=True)
class Prepared:
    """The beginning. cards, codes: what people know; both grow as the bot hands out more."""

    schools: list[ListedSchool]
    first_class: ClassId
    cards: list[ParticipantNumber]
    codes: list[InvitationCode]

    def learn(self, cards: Iterable[str], codes: Iterable[str]) -> None:
        """Somebody has read these aloud."""
        for card in cards:
            number = read_number(card)
            if isinstance(number, str) and number not in self.cards:
                self.cards.append(number)
        for typed in codes:
            code = read_invitation_code(typed)
            if code is not None and code not in self.codes:
                self.codes.append(code)


def prepare(database_url: str) -> Prepared:
    """Fill a migrated, empty database."""
    with transaction(database_url) as conn:
        schools = [
            add_school(conn, f"СОШ № {number}", settlement=settlement, municipality=municipality)
            for settlement, municipality in PLACES
            for number in range(1, SCHOOLS_EACH + 1)
        ]
        first_class = add_class(conn, schools[0], add_person(conn, "Ольга", "С"), label="9-А", pupils=CARDS)
        cards = [one.number for one in participant_ids.of_class(conn, first_class)]
        for number in cards[:TAKEN]:
            add_claim(conn, number, add_person(conn, "Мария", "П"))
        coordinated = (Region(), Municipality(MunicipalityId(schools[0].municipality_id)), schools[3].scope)
        grants = [Grant(Role.COORDINATOR, scope) for scope in coordinated]
        grants += [Grant(Role.TEACHER, school.scope) for school in schools[:2]]
        return Prepared(schools, first_class, cards, [_issued(conn, grant) for grant in grants])


def _issued(conn: Connection, grant: Grant) -> InvitationCode:
    code = new_invitation_code(secrets.randbelow)
    expires_at = FIRST_DAY + timedelta(days=14)
    invitations.issue(conn, code, grant, invited_by=None, at=FIRST_DAY, expires_at=expires_at)
    return code
