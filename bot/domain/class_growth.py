"""More participants' numbers for a class than it was registered with («Ещё номера»).

Up to the campaign's `class_cap` the teacher takes them alone; beyond it the coordinator decides, and nobody goes beyond
what one class can be.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.roles import Actor, DecideOnClass, Refused, Why, may

LARGEST_CLASS: Final = 500
"""Nobody has more pupils in one lesson; also the highest `class_cap` a campaign may set."""


@dataclass(frozen=True, slots=True)
class GrowthAccepted:
    """The class has so many pupils from now on; each new № gets its ID."""

    pupils: int


@dataclass(frozen=True, slots=True)
class CoordinatorDecides:
    """So many are more than the campaign gives without asking."""

    pupils: int


@dataclass(frozen=True, slots=True)
class GrowthOutOfBounds:
    """No number to add; at most so many more."""

    most_more: int


@dataclass(frozen=True, slots=True)
class GrowthNotYours:
    """This person may not decide it."""

    why: Why


@dataclass(frozen=True, slots=True)
class AlreadyGrown:
    """The class has as many or more: decided before."""

    pupils: int


def judge_growth(pupils: int, more: int, class_cap: int) -> GrowthAccepted | CoordinatorDecides | GrowthOutOfBounds:
    """What comes of a teacher's wish for `more` numbers on top of the `pupils` there are."""
    if not 1 <= more <= LARGEST_CLASS - pupils:
        return GrowthOutOfBounds(max(0, LARGEST_CLASS - pupils))
    total = pupils + more
    return GrowthAccepted(total) if total <= class_cap else CoordinatorDecides(total)


def judge_granting(
    coordinator: Actor, deed: DecideOnClass, pupils: int, wanted: int
) -> GrowthAccepted | GrowthNotYours | AlreadyGrown | GrowthOutOfBounds:
    """Whether the coordinator's yes to `wanted` pupils in all is taken; `pupils`: how many there are now."""
    permission = may(coordinator, deed)
    if isinstance(permission, Refused):
        return GrowthNotYours(permission.why)
    if wanted <= pupils:
        return AlreadyGrown(pupils)
    return GrowthAccepted(wanted) if wanted <= LARGEST_CLASS else GrowthOutOfBounds(max(0, LARGEST_CLASS - pupils))
