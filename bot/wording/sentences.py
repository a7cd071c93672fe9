"""Sentences by their id: read from `locales/` once, on first use, one bundle a language."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, Pattern, ResolverEnvironment
from fluent.runtime.types import FluentInt, FluentNone
from fluent.syntax import FluentParser, ast

FOLDER = Path(__file__).resolve().parents[2] / "locales"
LOCALES = ("ru", "en")

# The library refuses a variable, or a variant with what stands in it, of more than 2,500 signs. Lists of debts and what
# people write are longer: while the sentence is formatted, a mark stands for whatever is not short.
SHORT = 200

Variable = str | int
_overrides: dict[str, str] = {}


class WordingError(LookupError):
    """A sentence that is not there, or lacks a variable: a mistake of ours, found by the first test that says it."""


class _Count(FluentInt):
    """A number as plurals take it. Most are small, and a small one looks alike in every language."""

    def format(self, locale: Locale) -> str:
        # Babel needs 20 µs for any number, as much as for the rest of the sentence.
        return str(int(self)) if 0 <= self < 1000 else super().format(locale)


class _Bundle(FluentBundle):
    """A language's sentences, formatted with our numbers: the library would make its own of them."""

    def __init__(self, locale: str) -> None:
        # Isolating marks around variables would be pasted along with IDs and links; messengers show them as squares.
        super().__init__([locale], use_isolating=False)
        # Asked anew for each variant of each sentence, a number's plural form would cost half a balance.
        self._plural_form = lru_cache(maxsize=4096)(self._plural_form)

    def format_pattern(
        self, pattern: Pattern, args: dict[str, Any] | None = None
    ) -> tuple[str | FluentNone, list[Exception]]:
        given: dict[str, str | _Count] = {}
        long: dict[str, str] = {}
        for name, value in (args or {}).items():
            if isinstance(value, int):
                given[name] = _Count(value)
            elif len(value) <= SHORT:
                given[name] = value
            else:
                given[name] = mark = f"\0{name}\0"
                long[mark] = value
        errors: list[Exception] = []
        current = CurrentEnvironment(args=given)
        text = pattern(ResolverEnvironment(context=self, current=current, errors=errors))
        return (_put_back(text, long) if long else text), errors


def _put_back(text: str | FluentNone, long: Mapping[str, str]) -> str:
    """The text with the long variables in place of their marks; nothing within them is taken for a mark."""
    return re.sub("|".join(map(re.escape, long)), lambda found: long[found[0]], str(text))


def say(locale: str, sentence: str, /, **variables: Variable) -> str:
    """The sentence in the person's language; a language that the bot does not speak is answered in Russian.

    sentence: its id in `locales/`. Raises WordingError for an unknown id or a missing variable.
    """
    return _said(locale, sentence, variables) if variables else say_recurring(locale, sentence)


@lru_cache(maxsize=2048)
def say_recurring(locale: str, sentence: str, /, **variables: Variable) -> str:
    """The same, remembered: for labels and days, which come again and again. Never for names: they stay in memory."""
    return _said(locale, sentence, variables)


def _said(locale: str, sentence: str, variables: dict[str, Variable]) -> str:
    bundle = _bundle(locale if locale in LOCALES else LOCALES[0])
    if not bundle.has_message(sentence):
        raise WordingError(f"no sentence {sentence} in {locale}")
    pattern = bundle.get_message(sentence).value
    if pattern is None:
        raise WordingError(f"{sentence} in {locale} is empty")
    text, errors = bundle.format_pattern(pattern, variables)
    if errors:
        raise WordingError(f"{sentence} in {locale}: {errors[0]}")
    return str(text)


def override(texts: Mapping[str, str]) -> None:
    """Say the campaign's own words (Russian, by sentence id) instead of ours from now on; {} takes them back.

    Raises WordingError for an id that is no sentence, or a text that is not Fluent or needs a variable ours has not.
    """
    _overrides.clear()
    _forget()
    ours = sentences(LOCALES[0])
    for sentence, text in texts.items():
        own = _parsed_alone(sentence, text)
        if sentence not in ours:
            raise WordingError(f"texts.{sentence}: no such sentence")
        if unknown := variables_of(own) - variables_of(ours[sentence]):
            raise WordingError(f"texts.{sentence}: ${min(unknown)} is not known in this sentence")
    _overrides.update(texts)
    _forget()


@cache
def sentences(locale: str) -> dict[str, ast.Message]:
    """Every sentence of a language as it is written. Raises WordingError for one written twice or not understood."""
    found: dict[str, ast.Message] = {}
    for file in sorted((FOLDER / locale).glob("*.ftl")):
        for entry in _entries(file.read_text(encoding="utf-8"), str(file)):
            if entry.id.name in found:
                raise WordingError(f"{file}: {entry.id.name} is written twice")
            found[entry.id.name] = entry
    return found


def variables_of(node: Any) -> set[str]:
    """The names of the variables that a sentence needs."""
    if isinstance(node, ast.VariableReference):
        return {node.id.name}
    if isinstance(node, ast.BaseNode):
        return variables_of([value for name, value in vars(node).items() if name != "span"])
    return set().union(*map(variables_of, node)) if isinstance(node, list) else set()


@cache
def _bundle(locale: str) -> FluentBundle:
    bundle = _Bundle(locale)
    bundle.add_resource(ast.Resource([*sentences(locale).values()]))
    if locale == LOCALES[0]:
        own = (_parsed_alone(sentence, text) for sentence, text in _overrides.items())
        bundle.add_resource(ast.Resource([*own]), allow_overrides=True)
    return bundle


def _forget() -> None:
    _bundle.cache_clear()
    say_recurring.cache_clear()


def _parsed_alone(sentence: str, text: str) -> ast.Message:
    indented = text.replace("\n", "\n    ")
    entries = list(_entries(f"{sentence} =\n    {indented}\n", f"texts.{sentence}"))
    if len(entries) != 1 or entries[0].value is None:
        raise WordingError(f"texts.{sentence}: not one Fluent sentence")
    return entries[0]


def _entries(written: str, where: str) -> Iterator[ast.Message]:
    # Where in the file each word stands would double what the sentences take of memory.
    for entry in FluentParser(with_spans=False).parse(written).body:
        if isinstance(entry, ast.Message):
            yield entry
        elif isinstance(entry, ast.Junk):
            first_line = (entry.content or "").strip().partition("\n")[0]
            raise WordingError(f"{where}: not Fluent: {first_line}")
