"""The two rankings: participants by votes, teachers by share × votes.

Participants: more counted votes first; equal: who reached the number earlier; then the lower ID. Nobody without a
vote has a place. Teachers: over their classes with «Урок проведен», the share of pupils who took part times the votes
those pupils gathered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import islice

from bot.domain.identifiers import PersonId
from bot.domain.names import MaskedParticipant, Named
from bot.domain.participant_ids import ParticipantNumber

TOP = 20  # places of the list that everybody may see


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted votes of one participant, at least 1. reached_at: when the latest of them was cast."""

    votes: int
    reached_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One participant with votes."""

    number: ParticipantNumber
    tally: Tally


@dataclass(frozen=True, slots=True)
class Place:
    """A participant's place with its reason.

    votes_to_next: votes still needed to overtake the participant one place above, None in the first place.
    """

    place: int
    standing: Standing
    votes_to_next: int | None


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """A line of the top list as everybody may see it: the name as its owner agreed to have it published."""

    shown: Named | MaskedParticipant
    votes: int


def participants_order(standing: Standing) -> tuple[int, datetime, ParticipantNumber]:
    """The key to sort by, best first."""
    return (-standing.tally.votes, standing.tally.reached_at, standing.number)


def rank_participants(standings: Iterable[Standing]) -> list[Place]:
    """Everybody's place, best first; those without votes are left out."""
    ordered = sorted((standing for standing in standings if standing.tally.votes > 0), key=participants_order)
    above: list[int | None] = [None, *(standing.tally.votes for standing in ordered)]
    return [
        Place(place, standing, votes_to_overtake(standing.tally.votes, theirs))
        for place, (standing, theirs) in enumerate(zip(ordered, above, strict=False), start=1)
    ]


def votes_to_overtake(mine: int, theirs: int | None) -> int | None:
    """Votes to the next place: theirs - mine + 1; None when nobody is above."""
    return None if theirs is None else theirs - mine + 1


@dataclass(frozen=True, slots=True)
class TaughtClass:
    """A class whose «Урок проведен» stands.

    claimed: IDs that its pupils took. attended: pupils at the lesson as reported; later claims raise it, since
    whoever claims took part. votes: counted votes of its pupils.
    """

    claimed: int
    attended: int
    votes: int
    held_reported_at: datetime


@dataclass(frozen=True, slots=True)
class TeacherStanding:
    """One teacher with the numbers the place comes from, summed over the classes that had their lesson."""

    teacher: PersonId
    claimed: int
    attended: int
    votes: int
    last_reported_at: datetime

    @property
    def share(self) -> Fraction:
        """Pupils who took part of those who attended, 0 to 1."""
        return Fraction(self.claimed, self.attended) if self.attended else Fraction(0)

    @property
    def product(self) -> Fraction:
        """Share × votes, exactly."""
        return self.share * self.votes


def teacher_standing(teacher: PersonId, classes: Sequence[TaughtClass]) -> TeacherStanding | None:
    """The teacher's numbers; None without a class that had its lesson."""
    if not classes:
        return None
    return TeacherStanding(
        teacher,
        claimed=sum(taught.claimed for taught in classes),
        attended=sum(max(taught.attended, taught.claimed) for taught in classes),
        votes=sum(taught.votes for taught in classes),
        last_reported_at=max(taught.held_reported_at for taught in classes),
    )


def rank_teachers(standings: Iterable[TeacherStanding]) -> list[TeacherStanding]:
    """By share × votes, best first; equal: the earlier last «Урок проведен». A product of 0 has no place."""
    placed = [standing for standing in standings if standing.product > 0]
    return sorted(placed, key=lambda standing: (-standing.product, standing.last_reported_at, standing.teacher))


@dataclass(frozen=True, slots=True)
class TeacherWinners:
    """by_product: by share × votes. by_participants: among the rest, by participants registered, then their votes."""

    by_product: tuple[TeacherStanding, ...]
    by_participants: tuple[TeacherStanding, ...]


def teacher_winners(standings: Sequence[TeacherStanding], *, by_product: int, by_participants: int) -> TeacherWinners:
    """The winning teachers; the two numbers are the campaign's (3 and 3 in the example)."""
    first = tuple(rank_teachers(standings)[:by_product])
    rest = [standing for standing in standings if standing not in first and standing.claimed > 0]
    rest.sort(key=lambda standing: (-standing.claimed, -standing.votes, standing.last_reported_at, standing.teacher))
    return TeacherWinners(first, tuple(islice(rest, by_participants)))
