"""What people may type for each command, in all languages: the messages `phrase-…`, their parts between bars."""

import re
from functools import cache

from bot.wording.sentences import LOCALES, say, sentences

PHRASE = "phrase-"


def phrases() -> dict[str, list[str]]:
    """The phrases of each command by its id («phrase-balance»)."""
    found: dict[str, list[str]] = {}
    for locale in LOCALES:
        for sentence in sentences(locale):
            if sentence.startswith(PHRASE):
                typed = (part.strip() for part in say(locale, sentence).split("|"))
                found.setdefault(sentence, []).extend(part for part in typed if part)
    return found


def rest_after(phrase_id: str, text: str) -> str | None:
    """What follows one of the command's phrases («счёт 1234…» → «1234…»); None if the text does not begin with one."""
    match = _beginning(phrase_id).match(text)
    return match[1].strip() if match else None


@cache
def _beginning(phrase_id: str) -> re.Pattern[str]:
    longest_first = sorted(phrases()[phrase_id], key=len, reverse=True)
    spelled = "|".join(_any_spelling(phrase) for phrase in longest_first)
    return re.compile(rf"\s*/?(?:{spelled})[\s:]+(\S.*)", re.IGNORECASE | re.DOTALL)


def _any_spelling(phrase: str) -> str:
    words = (re.sub("[её]", "[её]", re.escape(word.lower())) for word in phrase.split())
    return r"\s+".join(words)
