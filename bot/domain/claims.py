"""A claim: a pupil takes the ID from the card, and is from then on the participant behind it.

Once per person, once per ID. Guessing is stopped by a lock: five answers "unknown", "taken" or "revoked" within
15 minutes close claiming for that account for 15 minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.calendar import Act, Calendar, Closed, NotYet
from bot.domain.identifiers import PersonId
from bot.domain.participant_ids import IssuedNumber, ParticipantNumber
from bot.domain.roles import Actor, Refused, TakeNumber, may

MISSES_TO_LOCK: Final = 5
LOCK: Final = timedelta(minutes=15)
"""Both the time within which the misses count and the time for which claiming stays locked."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims.

    is_erased: this account's data were deleted at its own wish; it cannot take part a second time.
    misses: when this account met an unknown, taken or revoked ID; older ones than half an hour do not matter.
    """

    actor: Actor
    is_erased: bool = False
    misses: tuple[datetime, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ClaimAccepted:
    """The ID is the person's from now on."""

    number: ParticipantNumber
    person: PersonId
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimingLocked:
    """Too many misses; nothing is said about the ID."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AccountErased:
    """The account had its data deleted before."""


@dataclass(frozen=True, slots=True)
class AlreadyYours:
    """The same ID once more, say the same press repeated."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class HasAnotherNumber:
    """The person is a participant already, under another ID."""

    own: ParticipantNumber


@dataclass(frozen=True, slots=True)
class TeacherCannotClaim:
    """The person teaches in this campaign, or has applied to."""


@dataclass(frozen=True, slots=True)
class UnknownNumber:
    """Never issued, though its check digit is right. A miss."""


@dataclass(frozen=True, slots=True)
class NumberRevoked:
    """Withdrawn, as with its teacher's confirmation. A miss."""


@dataclass(frozen=True, slots=True)
class NumberTaken:
    """Claimed by somebody else. A miss."""

    number: ParticipantNumber


Miss = UnknownNumber | NumberRevoked | NumberTaken
ClaimVerdict = (
    ClaimAccepted
    | ClaimingLocked
    | AccountErased
    | AlreadyYours
    | HasAnotherNumber
    | TeacherCannotClaim
    | NotYet
    | Closed
    | Miss
)


def judge_claim(claimant: Claimant, found: IssuedNumber | None, calendar: Calendar, *, at: datetime) -> ClaimVerdict:
    """Say whether the person gets the ID; `found` is None for one never issued.

    The first reason below is told. After a `Miss` the caller records its instant. What concerns the person comes
    before what concerns the ID, so that somebody who cannot claim anyway learns nothing about IDs by trying.
    """
    about_person = _against_claimant(claimant, found, at=at)
    if about_person is not None:
        return about_person
    opening = calendar.opening(Act.CLAIM, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    if found is None:
        return UnknownNumber()
    if found.is_revoked:
        return NumberRevoked()
    if found.claimed_by is not None:
        return NumberTaken(found.number)
    return ClaimAccepted(found.number, claimant.actor.person, at)


def locked_until(misses: Iterable[datetime], *, at: datetime) -> datetime | None:
    """When claiming opens again for an account with these misses; None if it is open."""
    ordered = sorted(misses)
    windows = zip(ordered, ordered[MISSES_TO_LOCK - 1 :], strict=False)
    ends = [fifth + LOCK for first, fifth in windows if fifth - first <= LOCK]
    return ends[-1] if ends and at < ends[-1] else None


def _against_claimant(
    claimant: Claimant, found: IssuedNumber | None, *, at: datetime
) -> ClaimingLocked | AccountErased | AlreadyYours | HasAnotherNumber | TeacherCannotClaim | None:
    actor = claimant.actor
    if actor.number is not None:
        if found is not None and found.number == actor.number:
            return AlreadyYours(actor.number)
        return HasAnotherNumber(actor.number)
    until = locked_until(claimant.misses, at=at)
    if until is not None:
        return ClaimingLocked(until)
    if claimant.is_erased:
        return AccountErased()
    return TeacherCannotClaim() if isinstance(may(actor, TakeNumber()), Refused) else None


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """The asker's own: shows the balance."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class FreeNumber:
    """Nobody's yet: offers «Это мой номер»."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class AnothersNumber:
    """Somebody else's: shows its count and offers «Голосовать»."""

    number: ParticipantNumber


NumberMeaning = OwnNumber | FreeNumber | AnothersNumber | NumberRevoked | UnknownNumber


def meaning_of(found: IssuedNumber | None, asker: PersonId) -> NumberMeaning:
    """What a bare ID, typed with no question open or scanned from a card, leads to."""
    if found is None:
        return UnknownNumber()
    if found.claimed_by == asker:
        return OwnNumber(found.number)
    if found.is_revoked:
        return NumberRevoked()
    return FreeNumber(found.number) if found.claimed_by is None else AnothersNumber(found.number)
