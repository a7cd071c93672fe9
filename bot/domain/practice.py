"""The practical task («Практика»): who of the class has done it, № by №, for the lesson that was reported.

Done in class, the list opens with everybody done, and the teacher takes off who has not; given home, it opens empty,
and the teacher ticks whoever brings it. How many attended is known, not who: whoever was away is not done, so no more
can be done than attended. Until it is saved the list is a draft; a lesson at home saves itself with the last mark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.domain.calendar import Act, Calendar, Closed, NotYet
from bot.domain.participant_ids import plain_digits
from bot.domain.places import FoundPlaces, NoPlaces, find_places
from bot.domain.reports import Practice

WORKING_DAYS_TO_MARK: Final = 5  # ours, the methodology names none
_NOT_DONE: Final = r"не (?:выполнил[аи]?|сделал[аи]?|сдал[аи]?|готовы?)|нет у|not done|missing"
_DONE: Final = r"выполнил[аи]?|сделал[аи]?|сдал[аи]?|готовы?|done"
_ALL_BUT: Final = r"(?:выполнили )?все,? кроме|(?:all|everybody) (?:but|except)"
_ALL: Final = re.compile(r"все(?: выполнили| сделали| сдали)?|(?:выполнили|сделали|сдали) все|all(?: done)?|everybody")
_VERB_FIRST: Final = re.compile(
    rf"(?:(?P<all_but>{_ALL_BUT})|(?P<not_done>{_NOT_DONE})|(?P<done>{_DONE})) ?[:-]? ?(?P<places>.*)"
)
_VERB_LAST: Final = re.compile(rf"(?P<places>.*?) ?(?:(?P<not_done>{_NOT_DONE})|(?P<done>{_DONE}))")

Marks = Mapping[int, bool | None]
"""By №: True for done, False for not done, None for nothing said."""


@dataclass(frozen=True, slots=True)
class PracticeList:
    """What is known of the task in one class.

    pupils: the class has № 1 to so many. attended: as reported, at least as many as have claimed an ID. reported_at:
    when the lesson was. marks: by №, without those nothing was said of. saved_at: None for a draft.
    """

    practice: Practice
    pupils: int
    attended: int
    reported_at: datetime
    marks: Mapping[int, bool]
    saved_at: datetime | None = None

    def mark(self, place: int) -> bool | None:
        """True for done, False for not done, None for nothing said yet."""
        return self.marks.get(place, self._opens_as)

    def next_mark(self, place: int) -> bool | None:
        """What a tap on the № makes of its mark."""
        if self.mark(place) is not True:
            return True
        return None if self.practice is Practice.HOMEWORK and self.saved_at is None else False

    @property
    def done(self) -> list[int]:
        """The № that have done it."""
        return [place for place in self.places if self.mark(place) is True]

    @property
    def not_done(self) -> list[int]:
        """The № of whom it was said that they have not, or were away."""
        return [place for place in self.places if self.mark(place) is False]

    @property
    def places(self) -> range:
        """Every № of the class."""
        return range(1, self.pupils + 1)

    @property
    def _opens_as(self) -> bool | None:
        return True if self.practice is Practice.IN_CLASS and self.saved_at is None else None


@dataclass(frozen=True, slots=True)
class MarksTaken:
    """The marks change so. saves: with them the list is complete."""

    marks: Marks
    saves: bool


@dataclass(frozen=True, slots=True)
class TooManyDone:
    """More would be done than attended."""

    done: int
    attended: int


@dataclass(frozen=True, slots=True)
class AlreadySaved:
    """Pressed again: says when it was saved."""

    saved_at: datetime


MarkingVerdict = MarksTaken | TooManyDone | NotYet | Closed
SavingVerdict = MarksTaken | TooManyDone | AlreadySaved | NotYet | Closed


def judge_marks(known: PracticeList, marks: Marks, calendar: Calendar, *, at: datetime) -> MarkingVerdict:
    """Say whether these marks are taken. A № that the class does not have is left out."""
    opening = calendar.opening(Act.REPORT, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    changes = {place: _stated(known, mark) for place, mark in marks.items() if place in known.places}
    later = _with(known, changes)
    is_draft_of_class = known.practice is Practice.IN_CLASS and known.saved_at is None
    grows = len(later.done) > len(known.done)
    if grows and len(later.done) > known.attended and not is_draft_of_class:
        return TooManyDone(len(later.done), known.attended)
    return MarksTaken(changes, saves=known.saved_at is None and not is_draft_of_class and _is_complete(later))


def judge_saving(
    known: PracticeList, marks: Marks, calendar: Calendar, *, rest_done: bool, at: datetime
) -> SavingVerdict:
    """Say whether the list is saved with these marks, and everybody else of whom nothing was said as rest_done."""
    if known.saved_at is not None:
        return AlreadySaved(known.saved_at)
    opening = calendar.opening(Act.REPORT, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    stated = {**known.marks, **{place: mark for place, mark in marks.items() if place in known.places}}
    everybody = {place: rest_done if stated.get(place) is None else stated[place] for place in known.places}
    done = sum(mark is True for mark in everybody.values())
    return TooManyDone(done, known.attended) if done > known.attended else MarksTaken(everybody, saves=True)


def _stated(known: PracticeList, mark: bool | None) -> bool | None:
    """Of a saved list everybody stays marked."""
    return False if mark is None and known.saved_at is not None else mark


def _with(known: PracticeList, changes: Marks) -> PracticeList:
    stated = {place: mark for place, mark in {**known.marks, **changes}.items() if mark is not None}
    return replace(known, marks=stated)


def _is_complete(known: PracticeList) -> bool:
    """Whether every pupil who attended has a mark, as far as it can be told without knowing who was away."""
    return len(known.done) == known.attended or all(place in known.marks for place in known.places)


# --- lateness


def due_on(owed_since: date, calendar: Calendar) -> date:
    """The last day in time for a list that can be marked since that day."""
    return min(calendar.working_day_after(owed_since, WORKING_DAYS_TO_MARK), calendar.periods.campaign.last)


def is_late(known: PracticeList, calendar: Calendar) -> bool:
    """Whether a saved list came late."""
    if known.saved_at is None:
        return False
    return calendar.local_day(known.saved_at) > due_on(calendar.local_day(known.reported_at), calendar)


# --- what a teacher types


@dataclass(frozen=True, slots=True)
class TypedMarks:
    """The № that the text names. done: what it says of them. rest_done: that everybody else has done it."""

    found: FoundPlaces
    done: bool
    rest_done: bool = False

    @property
    def marks(self) -> dict[int, bool | None]:
        """What it says, by №."""
        return dict.fromkeys(self.found.places, self.done)


def read_marks(text: str, known: PracticeList) -> TypedMarks | NoPlaces:
    """What «не выполнили: 3, 7, 12-15», «выполнили 1 и 2», «все, кроме 3», «все» say; № alone are those that the list
    did not open with: who has not done it in class, who has at home."""
    plain = " ".join(plain_digits(text).lower().replace("ё", "е").split()).strip(" .!")
    if _ALL.fullmatch(plain):
        return TypedMarks(FoundPlaces([], []), done=True, rest_done=True)
    match = _VERB_FIRST.fullmatch(plain) or _VERB_LAST.fullmatch(plain)
    found = find_places(match["places"] if match else plain, known.pupils)
    if isinstance(found, NoPlaces):
        return found
    said = match.groupdict() if match else {"done": known.practice is Practice.HOMEWORK}
    return TypedMarks(found, done=bool(said.get("done")), rest_done=bool(said.get("all_but")))
