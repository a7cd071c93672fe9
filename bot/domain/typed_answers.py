"""Numbers and days as people type them in answer to a question: «25», «25 человек», «вчера», «12 ноября», «12.11»."""

import re
from datetime import date, timedelta
from typing import Final

from bot.domain.participant_ids import plain_digits

_TODAY: Final = frozenset({"сегодня", "today"})
_YESTERDAY: Final = frozenset({"вчера", "yesterday"})
# By their first three letters; «мая» and «май» are both May.
_MONTHS: Final = {
    name: number
    for names in (
        ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    )
    for number, name in enumerate(names, start=1)
} | {"мая": 5}
_NUMERIC: Final = re.compile(r"(?P<day>\d{1,2})[./ -](?P<month>\d{1,2})(?:[./ -](?P<year>\d{4}|\d{2}))?(?: ?г\.?)?")
_NAMED: Final = re.compile(
    r"(?P<day>\d{1,2})(?:-?(?:го|th|st|nd|rd))? (?P<month>[a-zа-я]{3,9})\.?(?: (?P<year>\d{4}))?(?: ?г\.?| года)?"
)


def read_count(text: str) -> int | None:
    """The one whole number in the text; None for none, several, or one that no count of people can be."""
    found = re.findall(r"-?[0-9]+(?:[.,][0-9]+)?", plain_digits(text))
    return int(found[0]) if len(found) == 1 and re.fullmatch("[0-9]{1,4}", found[0]) else None


def read_day(text: str, today: date) -> date | None:
    """The day in the text; without a year the latest one that is not more than half a year ahead."""
    plain = re.sub(r"\s+", " ", plain_digits(text).lower().replace("ё", "е")).strip(" .,!")
    if plain in _TODAY:
        return today
    if plain in _YESTERDAY:
        return today - timedelta(days=1)
    match = _NUMERIC.fullmatch(plain) or _NAMED.fullmatch(plain)
    if match is None:
        return None
    month = int(match["month"]) if match["month"].isdigit() else _MONTHS.get(match["month"][:3], 0)
    if match["year"]:
        year = int(match["year"])
        return _valid(year + 2000 if year < 100 else year, month, int(match["day"]))
    this_year = _valid(today.year, month, int(match["day"]))
    if this_year is not None and this_year - today <= timedelta(days=183):
        return this_year
    return _valid(today.year - 1, month, int(match["day"]))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
