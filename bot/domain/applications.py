"""A teacher's application for a class, and the coordinator's decision on it.

Whom it goes to and who may decide is in `roles.py`. Here: whether it can be made - a class has one teacher, three
refusals close it for an account - and whether a decision still finds it waiting. There is no "approve all".
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.calendar import Act, Calendar, Closed, NotYet
from bot.domain.identifiers import PersonId
from bot.domain.roles import Actor, ApplyAsTeacher, DecideApplication, Refused, Why, may
from bot.domain.school_classes import PupilsOutOfBounds, against_pupils

REFUSALS_TO_CLOSE: Final = 3


class ApplicationState(StrEnum):
    """Where an application stands; it moves once, from WAITING."""

    WAITING = "waiting"  # for the coordinator
    CONFIRMED = "confirmed"  # the applicant is the class's teacher
    REFUSED = "refused"  # with a reason, told to the applicant


MOVES: Final = {
    ApplicationState.WAITING: frozenset({ApplicationState.CONFIRMED, ApplicationState.REFUSED}),
    ApplicationState.CONFIRMED: frozenset[ApplicationState](),
    ApplicationState.REFUSED: frozenset[ApplicationState](),
}


@dataclass(frozen=True, slots=True)
class ClassClaim:
    """Who holds the class applied for: its confirmed teacher, or whoever waits to be."""

    person: PersonId
    state: ApplicationState


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies. refusals: how many applications of this account were refused."""

    actor: Actor
    refusals: int = 0


@dataclass(frozen=True, slots=True)
class ApplicationAccepted:
    """The application is made. state: CONFIRMED at once with an invitation code bound to the school."""

    state: ApplicationState


@dataclass(frozen=True, slots=True)
class ParticipantCannotTeach:
    """The person takes part as a pupil."""


@dataclass(frozen=True, slots=True)
class ApplyingClosed:
    """Three refusals: this account cannot apply any more; the coordinator can still invite."""


@dataclass(frozen=True, slots=True)
class AlreadyApplied:
    """The same application once more, or the class is the applicant's already."""

    state: ApplicationState


@dataclass(frozen=True, slots=True)
class ClassHasTeacher:
    """Confirmed for somebody else: the applicant may ask for a hand-over."""


@dataclass(frozen=True, slots=True)
class ClassRequested:
    """Somebody else's application for it waits."""


ApplicationVerdict = (
    ApplicationAccepted
    | ParticipantCannotTeach
    | AlreadyApplied
    | ApplyingClosed
    | NotYet
    | Closed
    | PupilsOutOfBounds
    | ClassHasTeacher
    | ClassRequested
)


def judge_application(
    applicant: Applicant,
    held: ClassClaim | None,
    declared: int,
    *,
    class_cap: int,
    is_invited: bool,
    calendar: Calendar,
    at: datetime,
) -> ApplicationVerdict:
    """Say whether a teacher's application for a class is made; of several reasons to refuse, the first is told.

    held: who holds this class now, None if nobody. declared: pupils. is_invited: the applicant was appointed teacher
    of this school by an invitation code, which also outweighs earlier refusals.
    """
    if isinstance(may(applicant.actor, ApplyAsTeacher()), Refused):
        return ParticipantCannotTeach()
    if held is not None and held.person == applicant.actor.person:
        return AlreadyApplied(held.state)
    if applicant.refusals >= REFUSALS_TO_CLOSE and not is_invited:
        return ApplyingClosed()
    opening = calendar.opening(Act.REGISTER_CLASS, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    refusal = against_pupils(declared, class_cap) or _against_class(held)
    if refusal is not None:
        return refusal
    return ApplicationAccepted(ApplicationState.CONFIRMED if is_invited else ApplicationState.WAITING)


def _against_class(held: ClassClaim | None) -> ClassHasTeacher | ClassRequested | None:
    if held is None:
        return None
    return ClassHasTeacher() if held.state is ApplicationState.CONFIRMED else ClassRequested()


class Decision(StrEnum):
    """What the coordinator presses."""

    CONFIRM = "confirm"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class DecisionAccepted:
    """The application moves to this state. reason: why it was refused."""

    state: ApplicationState
    reason: str | None


@dataclass(frozen=True, slots=True)
class NotYours:
    """This person may not decide it, for this reason."""

    why: Why


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody decided before, perhaps a second earlier."""

    state: ApplicationState


@dataclass(frozen=True, slots=True)
class RefusalNeedsReason:
    """A refusal without a reason; the reason is asked for."""


DecisionVerdict = DecisionAccepted | NotYours | AlreadyDecided | RefusalNeedsReason


def judge_decision(
    coordinator: Actor,
    deed: DecideApplication,
    state: ApplicationState,
    decision: Decision,
    *,
    reason: str | None = None,
) -> DecisionVerdict:
    """Say whether the decision is taken. An application made in time may be decided after registration closed."""
    permission = may(coordinator, deed)
    if isinstance(permission, Refused):
        return NotYours(permission.why)
    if state is not ApplicationState.WAITING:
        return AlreadyDecided(state)
    if decision is Decision.CONFIRM:
        return DecisionAccepted(ApplicationState.CONFIRMED, None)
    written = (reason or "").strip()
    return DecisionAccepted(ApplicationState.REFUSED, written) if written else RefusalNeedsReason()
