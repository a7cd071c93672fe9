"""Who may do what: the one place where roles and scopes are compared.

A deed names everything its permission depends on; `may` answers yes, or no with the reason that is told. Above all
roles stands one rule: nobody decides about themselves - their own application, class, ID, or school's votes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from bot.domain.identifiers import ClassId, GiftPointId, MunicipalityId, PersonId, SchoolId
from bot.domain.participant_ids import ParticipantNumber


class Role(StrEnum):
    """What somebody is appointed or confirmed to; one person may hold several."""

    COORDINATOR = "coordinator"  # of the region, a municipality or a school
    TEACHER = "teacher"  # of classes in one school; an invitation code bound to the school confirms at once
    ISSUER = "issuer"  # hands out gifts at one gift point
    SCHOOL_REPORTER = "school_reporter"  # enters one school's quarterly figures


@dataclass(frozen=True, slots=True)
class Region:
    """The whole campaign."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality with its schools and gift points."""

    municipality: MunicipalityId


@dataclass(frozen=True, slots=True)
class School:
    """One school; it knows its municipality, so that scopes compare without asking the database."""

    school: SchoolId
    municipality: MunicipalityId


@dataclass(frozen=True, slots=True)
class GiftPoint:
    """One gift point (МФЦ) and the municipality it stands in."""

    gift_point: GiftPointId
    municipality: MunicipalityId


Scope = Region | Municipality | School | GiftPoint


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held within a scope."""

    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with all that permissions depend on.

    has_applied: an application as teacher waits for its decision. classes: those they teach; schools: those where
    they teach or learn, "own" schools. number: the ID they claimed as a participant.
    """

    person: PersonId
    grants: frozenset[Grant] = field(default_factory=frozenset)
    has_applied: bool = False
    classes: frozenset[ClassId] = field(default_factory=frozenset)
    schools: frozenset[SchoolId] = field(default_factory=frozenset)
    number: ParticipantNumber | None = None

    @property
    def is_teacher(self) -> bool:
        """Whether they teach in the campaign or have applied to: such a person takes no participant ID."""
        return self.has_applied or bool(self.classes) or any(grant.role is Role.TEACHER for grant in self.grants)


@dataclass(frozen=True, slots=True)
class DecideApplication:
    """Confirm or refuse a teacher's application for a class of the school."""

    applicant: PersonId
    school: School


@dataclass(frozen=True, slots=True)
class DecideOnClass:
    """What the coordinator decides about a class: a late undo, a low attendance, IDs above the cap, a hand-over."""

    class_id: ClassId
    school: School


@dataclass(frozen=True, slots=True)
class DecideOnNumber:
    """Release, move or set aside what belongs to an ID that has votes."""

    number: ParticipantNumber
    class_id: ClassId
    school: School


@dataclass(frozen=True, slots=True)
class DecideOnVotes:
    """Set suspicious votes of the school's participant aside, or restore them."""

    number: ParticipantNumber
    school: School


@dataclass(frozen=True, slots=True)
class SeeLists:
    """See who applied, reported and owes within the scope, and remind them."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Invite:
    """Issue a one-time invitation code for a role in a scope."""

    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True)
class TeachClass:
    """Report on a class, see its IDs, release a wrong claim without votes: what its teacher does."""

    class_id: ClassId


@dataclass(frozen=True, slots=True)
class ApplyAsTeacher:
    """Ask to be confirmed as a class's teacher."""


@dataclass(frozen=True, slots=True)
class WantDailyTop:
    """Have the top list sent to a conversation every day, or no more."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open a strategic session in a conversation and lead it."""


@dataclass(frozen=True, slots=True)
class TakeNumber:
    """Claim a participant ID, as a pupil."""


Deed = (
    DecideApplication
    | DecideOnClass
    | DecideOnNumber
    | DecideOnVotes
    | SeeLists
    | Invite
    | TeachClass
    | ApplyAsTeacher
    | WantDailyTop
    | OpenSession
    | TakeNumber
)


class Why(StrEnum):
    """Why a deed is refused; each has its own sentence."""

    OUT_OF_SCOPE = "out_of_scope"  # no coordinator of this place
    OWN_APPLICATION = "own_application"
    OWN_CLASS = "own_class"
    OWN_NUMBER = "own_number"
    OWN_SCHOOL = "own_school"
    SCOPE_NOT_NARROWER = "scope_not_narrower"  # a coordinator invites coordinators only strictly below
    MUNICIPALITY_NEEDED = "municipality_needed"  # a school's coordinator invites no issuers
    ROLE_DOES_NOT_FIT_SCOPE = "role_does_not_fit_scope"  # say, an issuer of a school
    NOT_YOUR_CLASS = "not_your_class"
    NO_COORDINATOR = "no_coordinator"  # of any scope
    NO_MODERATOR = "no_moderator"  # neither a coordinator nor a confirmed teacher
    PARTICIPANT_CANNOT_TEACH = "participant_cannot_teach"
    TEACHER_CANNOT_PARTICIPATE = "teacher_cannot_participate"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The deed may be done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The deed may not be done."""

    why: Why


Permission = Allowed | Refused

_FITTING: dict[Role, tuple[type[Region | Municipality | School | GiftPoint], ...]] = {
    Role.COORDINATOR: (Region, Municipality, School),
    Role.TEACHER: (School,),
    Role.ISSUER: (GiftPoint,),
    Role.SCHOOL_REPORTER: (School,),
}


def covers(outer: Scope, inner: Scope) -> bool:
    """Whether the inner scope is the outer one or lies within it."""
    match outer:
        case Region():
            return True
        case Municipality(municipality):
            return not isinstance(inner, Region) and inner.municipality == municipality
        case School() | GiftPoint():
            return outer == inner
        case _:
            assert_never(outer)


def coordinates(actor: Actor, scope: Scope) -> bool:
    """Whether the person is a coordinator of the scope or of one around it."""
    return any(grant.role is Role.COORDINATOR and covers(grant.scope, scope) for grant in actor.grants)


def may(actor: Actor, deed: Deed) -> Permission:
    """Say whether the person may do it; of several reasons to refuse, "about yourself" is told last."""
    reason = _reason_against(actor, deed)
    return Allowed() if reason is None else Refused(reason)


def addressees(deed: DecideApplication, coordinators: Iterable[Actor], *, working_days_waited: int) -> set[PersonId]:
    """Whom a teacher's application is for: the school's coordinators, else the municipality's, else the region's.

    It climbs a level after 2 whole working days without an answer (`Calendar.working_days_between` of the day it was
    made and today), and stays with the highest level that has a person. Levels without one are skipped, the
    applicant never counts. Empty only if nobody at all may decide.
    """
    deciding = [actor for actor in coordinators if isinstance(may(actor, deed), Allowed)]
    levels: list[Scope] = [deed.school, Municipality(deed.school.municipality), Region()]
    staffed = [found for level in levels if (found := _coordinators_of(level, deciding))]
    return staffed[min(working_days_waited // 2, len(staffed) - 1)] if staffed else set()


def _coordinators_of(scope: Scope, actors: list[Actor]) -> set[PersonId]:
    return {actor.person for actor in actors if Grant(Role.COORDINATOR, scope) in actor.grants}


def _reason_against(actor: Actor, deed: Deed) -> Why | None:
    match deed:
        case DecideApplication() | DecideOnClass() | DecideOnNumber() | DecideOnVotes():
            return _against_deciding(actor, deed)
        case SeeLists(scope):
            return None if coordinates(actor, scope) else Why.OUT_OF_SCOPE
        case Invite(role, scope):
            return _against_inviting(actor, role, scope)
        case TeachClass(class_id):
            return None if class_id in actor.classes else Why.NOT_YOUR_CLASS
        case ApplyAsTeacher() | TakeNumber():
            return _against_taking_part(actor, deed)
        case WantDailyTop() | OpenSession():
            return _against_leading(actor, deed)
        case _:
            assert_never(deed)


def _against_leading(actor: Actor, deed: WantDailyTop | OpenSession) -> Why | None:
    is_coordinator = any(grant.role is Role.COORDINATOR for grant in actor.grants)
    if isinstance(deed, WantDailyTop):
        return None if is_coordinator else Why.NO_COORDINATOR
    return None if is_coordinator or actor.classes else Why.NO_MODERATOR


def _against_taking_part(actor: Actor, deed: ApplyAsTeacher | TakeNumber) -> Why | None:
    if isinstance(deed, ApplyAsTeacher):
        return Why.PARTICIPANT_CANNOT_TEACH if actor.number is not None else None
    return Why.TEACHER_CANNOT_PARTICIPATE if actor.is_teacher else None


def _against_deciding(
    actor: Actor, deed: DecideApplication | DecideOnClass | DecideOnNumber | DecideOnVotes
) -> Why | None:
    if not coordinates(actor, deed.school):
        return Why.OUT_OF_SCOPE
    if isinstance(deed, DecideApplication):
        return Why.OWN_APPLICATION if deed.applicant == actor.person else None
    if not isinstance(deed, DecideOnVotes) and deed.class_id in actor.classes:
        return Why.OWN_CLASS
    if not isinstance(deed, DecideOnClass) and deed.number == actor.number:
        return Why.OWN_NUMBER
    if isinstance(deed, DecideOnVotes) and _is_own_school(actor, deed.school):
        return Why.OWN_SCHOOL
    return None


def _is_own_school(actor: Actor, school: School) -> bool:
    """Whether they teach, learn or are appointed there; a municipality's coordinator has no own school by that."""
    return school.school in actor.schools or any(grant.scope == school for grant in actor.grants)


def _against_inviting(actor: Actor, role: Role, scope: Scope) -> Why | None:
    if not isinstance(scope, _FITTING[role]):
        return Why.ROLE_DOES_NOT_FIT_SCOPE
    if role is Role.COORDINATOR:
        return None if _coordinates_around(actor, scope) else Why.SCOPE_NOT_NARROWER
    if coordinates(actor, scope):
        return None
    leads_school = any(grant.role is Role.COORDINATOR and isinstance(grant.scope, School) for grant in actor.grants)
    return Why.MUNICIPALITY_NEEDED if role is Role.ISSUER and leads_school else Why.OUT_OF_SCOPE


def _coordinates_around(actor: Actor, scope: Scope) -> bool:
    """Whether some scope of theirs is strictly wider."""
    return any(
        grant.role is Role.COORDINATOR and covers(grant.scope, scope) and grant.scope != scope for grant in actor.grants
    )
