"""The top list in words, the same for who asks in private, for conversations and for the list of the morning."""

from collections.abc import Iterable

from bot.domain.ranking import PublishedPlace
from bot.wording.people import say_participant
from bot.wording.sentences import say


def say_places(locale: str, places: Iterable[PublishedPlace]) -> str:
    """The places, best first, a line each: «1. Мария П. — 45 голосов»; nothing for nobody."""
    return "\n".join(
        say(locale, "top-line", place=place, name=say_participant(locale, line.shown), votes=line.votes)
        for place, line in enumerate(places, start=1)
    )
