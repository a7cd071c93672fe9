"""Places in the class list (№), as a teacher types them: «3», «3, 5 и 7», «№ 3, 7-9»; and as they are shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.participant_ids import plain_digits

_WORDS_BETWEEN: Final = re.compile(r"\s*(?:и|and|,|;|\s)\s*", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class NoPlaces:
    """The text is no list of places, or one of them is not in the class; the class has places 1 to `most`."""

    most: int


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The places in the text, ascending, each once. unknown: those that the class does not have."""

    places: list[int]
    unknown: list[int]


def read_places(text: str, most: int) -> list[int] | NoPlaces:
    """The places in the text, ascending, each once. One that the class does not have refuses them all, so that a
    slip never ticks the wrong pupil."""
    found = find_places(text, most)
    return NoPlaces(most) if isinstance(found, NoPlaces) or found.unknown else found.places


def find_places(text: str, most: int) -> FoundPlaces | NoPlaces:
    """The places in the text, those that the class does not have apart; what is no list of places names none."""
    plain = re.sub(r"[№#]|\bno\.?", " ", plain_digits(text), flags=re.IGNORECASE)
    joined = re.sub(" ?- ?", "-", " ".join(plain.split()).strip(" .,;"))
    matches = [_PLACE.fullmatch(part) for part in _WORDS_BETWEEN.split(joined)]
    spans = [(int(match["first"]), int(match["last"] or match["first"])) for match in matches if match]
    if len(spans) < len(matches) or any(first > last for first, last in spans):
        return NoPlaces(most)
    named = _together(spans)
    return FoundPlaces(
        [place for place in named if 1 <= place <= most], [place for place in named if not 1 <= place <= most]
    )


def _together(spans: Iterable[tuple[int, int]]) -> list[int]:
    """All places of the spans, each once; a thousand spans that overlap cost no more than one."""
    named: list[int] = []
    for first, last in sorted(spans):
        named += range(max(first, named[-1] + 1) if named else first, last + 1)
    return named


def shown_places(places: Iterable[int]) -> str:
    """The places as people write them, neighbours drawn together: «1-3, 7, 9-10»."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
