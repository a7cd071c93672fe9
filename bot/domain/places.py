"""Places in the class list (№), as a teacher types them: «3», «3, 5 и 7», «№ 3, 7-9»."""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.participant_ids import plain_digits

_WORDS_BETWEEN: Final = re.compile(r"\s*(?:и|and|,|;|\s)\s*", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?P<first>[0-9]{1,3})(?:-(?P<last>[0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class NoPlaces:
    """The text is no list of places, or one of them is not in the class; the class has places 1 to `most`."""

    most: int


def read_places(text: str, most: int) -> list[int] | NoPlaces:
    """The places in the text, ascending, each once. One that the class does not have refuses them all, so that a
    slip never ticks the wrong pupil."""
    plain = re.sub(r"[№#]|\bno\.?", " ", plain_digits(text), flags=re.IGNORECASE)
    joined = re.sub(" ?- ?", "-", " ".join(plain.split()).strip(" .,;"))
    places: set[int] = set()
    for part in _WORDS_BETWEEN.split(joined) if joined else [""]:
        match = _PLACE.fullmatch(part)
        if match is None:
            return NoPlaces(most)
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if not 1 <= first <= last <= most:
            return NoPlaces(most)
        places.update(range(first, last + 1))
    return sorted(places)
