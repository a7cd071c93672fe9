"""A teacher's application and the decision on it."""

from datetime import date, timedelta

import pytest

from bot.domain.applications import (
    MOVES,
    AlreadyApplied,
    AlreadyDecided,
    Applicant,
    ApplicationAccepted,
    ApplicationState,
    ApplicationVerdict,
    ApplyingClosed,
    ClassClaim,
    ClassHasTeacher,
    ClassRequested,
    Decision,
    DecisionAccepted,
    NotYours,
    ParticipantCannotTeach,
    RefusalNeedsReason,
    judge_application,
    judge_decision,
)
from bot.domain.calendar import Calendar, Closed
from bot.domain.identifiers import InvitationId, MunicipalityId, SchoolId
from bot.domain.invitations import (
    AppointmentAccepted,
    Invitation,
    InvitationExpired,
    InvitationRevoked,
    InvitationTaken,
    OwnInvitation,
    RoleRefused,
    judge_acceptance,
)
from bot.domain.roles import Actor, DecideApplication, Grant, Role, School, Why
from bot.domain.school_classes import PupilsOutOfBounds
from tests.domain.builders import ANNA, MARIA, OLEG, moscow, number

NOON = moscow("2017-11-12 12:00")
LYCEUM = School(SchoolId(5), MunicipalityId(1))
TEACHER = Applicant(Actor(ANNA))
WAITING, CONFIRMED, REFUSED = ApplicationState
COORDINATOR = Actor(OLEG, frozenset({Grant(Role.COORDINATOR, LYCEUM)}))
DEED = DecideApplication(ANNA, LYCEUM)


def judged(
    calendar: Calendar,
    applicant: Applicant = TEACHER,
    *,
    held: ClassClaim | None = None,
    declared: int = 25,
    is_invited: bool = False,
    day: str = "2017-11-12",
) -> ApplicationVerdict:
    at = moscow(f"{day} 12:00")
    return judge_application(applicant, held, declared, class_cap=40, is_invited=is_invited, calendar=calendar, at=at)


def test_an_application_for_a_free_class_waits_for_the_coordinator(calendar: Calendar) -> None:
    assert judged(calendar) == ApplicationAccepted(WAITING)


def test_an_invitation_bound_to_the_school_confirms_at_once(calendar: Calendar) -> None:
    assert judged(calendar, is_invited=True) == ApplicationAccepted(CONFIRMED)


def test_a_class_of_another_teacher_or_applicant_is_refused(calendar: Calendar) -> None:
    assert judged(calendar, held=ClassClaim(OLEG, CONFIRMED)) == ClassHasTeacher()
    assert judged(calendar, held=ClassClaim(OLEG, WAITING), is_invited=True) == ClassRequested()


def test_the_same_application_again_says_how_it_stands(calendar: Calendar) -> None:
    assert judged(calendar, held=ClassClaim(ANNA, WAITING)) == AlreadyApplied(WAITING)
    assert judged(calendar, held=ClassClaim(ANNA, CONFIRMED), day="2017-12-01") == AlreadyApplied(CONFIRMED)


def test_three_refusals_close_applying_but_not_being_invited(calendar: Calendar) -> None:
    refused = Applicant(Actor(ANNA), refusals=3)
    assert judged(calendar, refused) == ApplyingClosed()
    assert judged(calendar, Applicant(Actor(ANNA), refusals=2)) == ApplicationAccepted(WAITING)
    assert judged(calendar, refused, is_invited=True) == ApplicationAccepted(CONFIRMED)


def test_a_participant_cannot_apply_as_a_teacher(calendar: Calendar) -> None:
    assert judged(calendar, Applicant(Actor(ANNA, number=number()))) == ParticipantCannotTeach()


def test_registration_of_teachers_closes_with_its_period(calendar: Calendar) -> None:
    assert judged(calendar, day="2017-11-24") == Closed(date(2017, 11, 23))


@pytest.mark.parametrize("declared", [0, 41])
def test_an_application_names_a_possible_number_of_pupils(calendar: Calendar, declared: int) -> None:
    assert judged(calendar, declared=declared) == PupilsOutOfBounds(1, 40)


def test_a_coordinator_confirms_or_refuses_with_a_reason() -> None:
    assert judge_decision(COORDINATOR, DEED, WAITING, Decision.CONFIRM) == DecisionAccepted(CONFIRMED, None)
    refusal = judge_decision(COORDINATOR, DEED, WAITING, Decision.REFUSE, reason=" не наш учитель ")
    assert refusal == DecisionAccepted(REFUSED, "не наш учитель")
    assert judge_decision(COORDINATOR, DEED, WAITING, Decision.REFUSE, reason="  ") == RefusalNeedsReason()


def test_a_decision_on_a_decided_application_says_how_it_was_decided() -> None:
    assert judge_decision(COORDINATOR, DEED, CONFIRMED, Decision.REFUSE) == AlreadyDecided(CONFIRMED)
    assert MOVES[CONFIRMED] == MOVES[REFUSED] == frozenset()


def test_strangers_and_applicants_do_not_decide_an_application() -> None:
    assert judge_decision(Actor(MARIA), DEED, WAITING, Decision.CONFIRM) == NotYours(Why.OUT_OF_SCOPE)
    own = DecideApplication(OLEG, LYCEUM)
    assert judge_decision(COORDINATOR, own, WAITING, Decision.CONFIRM) == NotYours(Why.OWN_APPLICATION)


INVITATION = Invitation(InvitationId(1), Grant(Role.TEACHER, LYCEUM), OLEG, NOON + timedelta(days=7))


def test_an_invitation_is_accepted_once_and_in_time() -> None:
    assert judge_acceptance(INVITATION, Actor(ANNA), at=NOON) == AppointmentAccepted(ANNA, INVITATION.grant)
    late = NOON + timedelta(days=7)
    assert judge_acceptance(INVITATION, Actor(ANNA), at=late) == InvitationExpired(late)


def test_a_taken_invitation_tells_its_taker_from_others() -> None:
    taken = Invitation(InvitationId(1), INVITATION.grant, OLEG, INVITATION.expires_at, ANNA, NOON)
    assert judge_acceptance(taken, Actor(ANNA), at=NOON) == InvitationTaken(NOON, by_same_person=True)
    assert judge_acceptance(taken, Actor(MARIA), at=NOON) == InvitationTaken(NOON, by_same_person=False)


def test_nobody_appoints_themselves_or_takes_a_revoked_invitation() -> None:
    assert judge_acceptance(INVITATION, Actor(OLEG), at=NOON) == OwnInvitation()
    revoked = Invitation(InvitationId(1), INVITATION.grant, OLEG, INVITATION.expires_at, revoked_at=NOON)
    assert judge_acceptance(revoked, Actor(ANNA), at=NOON) == InvitationRevoked()


def test_a_participant_is_not_made_a_teacher_by_invitation() -> None:
    verdict = judge_acceptance(INVITATION, Actor(ANNA, number=number()), at=NOON)
    assert verdict == RoleRefused(Why.PARTICIPANT_CANNOT_TEACH)
