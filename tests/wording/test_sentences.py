from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.names import MaskedParticipant, MaskedVoter, Named
from bot.domain.participant_ids import ParticipantNumber, WrongLength
from bot.messenger.router import normalised
from bot.wording import (
    LOCALES,
    override,
    phrases,
    rest_after,
    say,
    say_day,
    say_moment,
    say_participant,
    say_voter,
    say_wrong_number,
)
from bot.wording.commands import PHRASE
from bot.wording.sentences import WordingError, sentences, variables_of

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(autouse=True)
def _our_own_words_afterwards() -> Iterator[None]:
    yield
    override({})


def test_every_sentence_is_there_in_every_language() -> None:
    russian, *others = (sentences(locale).keys() for locale in LOCALES)
    for other in others:
        assert other ^ russian == set()


def test_a_sentence_needs_the_same_variables_in_every_language() -> None:
    russian, *others = (sentences(locale) for locale in LOCALES)
    for other in others:
        differing = {
            sentence
            for sentence in russian.keys() & other.keys()
            if variables_of(russian[sentence]) != variables_of(other[sentence])
        }
        assert differing == set()


def test_a_typed_phrase_stands_for_one_command_only() -> None:
    meanings: dict[str, set[str]] = {}
    for phrase_id, typed in phrases().items():
        for phrase in typed:
            meanings.setdefault(normalised(phrase), set()).add(phrase_id)
    assert {phrase: ids for phrase, ids in meanings.items() if len(ids) > 1} == {}


def test_labels_of_buttons_fit_on_a_button_of_forty_signs() -> None:
    for locale in LOCALES:
        labels = (sentence for sentence in sentences(locale) if sentence.startswith("label-"))
        assert [label for label in labels if len(say(locale, label)) > 40] == []


def test_phrases_are_said_without_any_variable() -> None:
    for locale in LOCALES:
        assert {
            sentence
            for sentence, written in sentences(locale).items()
            if sentence.startswith(PHRASE) and variables_of(written)
        } == set()


def test_a_variable_may_be_as_long_as_a_message_and_longer() -> None:
    lines = "\n".join(f"• {number}-я школа, " + "очень длинное название" * 20 for number in range(40))
    said = say("ru", "reminder-of-several", lines=lines, more=3)
    assert lines in said
    assert say("ru", "broadcasts-listed", made=2, lines=lines) == f"Ваши рассылки:\n{lines}"  # within a variant


def test_a_long_variable_that_quotes_our_marks_puts_nothing_else_there() -> None:
    long = "\0lines\0" * 100
    assert say("ru", "broadcasts-listed", made=2, lines=long) == f"Ваши рассылки:\n{long}"


def test_several_long_variables_stand_each_in_its_own_place() -> None:
    whom, reach = "кому" * 700, "сколько" * 700
    said = say("ru", "broadcast-addressed", whom=whom, reach=reach)
    assert said == f"Кому: {whom}\n{reach}"


@pytest.mark.parametrize(
    ("votes", "words"), [(1, "1 голос"), (2, "2 голоса"), (5, "5 голосов"), (11, "11 голосов"), (21, "21 голос")]
)
def test_russian_plurals_follow_the_number(votes: int, words: str) -> None:
    assert say("ru", "top-line", place=1, name="Мария П.", votes=votes) == f"1. Мария П. — {words}"


def test_an_unknown_sentence_is_an_error_and_so_is_a_missing_variable() -> None:
    with pytest.raises(WordingError, match="no-such-sentence"):
        say("ru", "no-such-sentence")
    with pytest.raises(WordingError, match="votes"):
        say("ru", "top-line", place=1, name="Мария П.")


def test_a_language_that_the_bot_does_not_speak_is_answered_in_russian() -> None:
    assert say("de", "label-menu") == "Меню"
    assert say("en", "label-menu") == "Menu"


def test_what_a_name_contains_is_never_read_as_a_sentence_of_ours() -> None:
    assert say("ru", "voter-line", moment="12 ноября", voter="{ $moment }") == "12 ноября — { $moment }"


def test_days_and_moments_read_as_russians_write_them() -> None:
    assert say_day("ru", date(2017, 11, 12)) == "12 ноября"
    assert say_moment("ru", datetime(2017, 11, 12, 11, 5, tzinfo=UTC), MOSCOW) == "12 ноября, 14:05"
    assert say_moment("en", datetime(2017, 12, 31, 22, 0, tzinfo=UTC), MOSCOW) == "1 January, 01:00"


def test_an_instant_without_a_time_zone_is_not_worded() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        say_moment("ru", datetime(2017, 11, 12), MOSCOW)  # noqa: DTZ001


def test_the_campaign_says_its_own_words_in_russian_until_taken_back() -> None:
    override({"label-menu": "Главное", "top-line": "{ $place }) { $name }"})
    assert say("ru", "label-menu") == "Главное"
    assert say("ru", "top-line", place=1, name="Мария П.", votes=2) == "1) Мария П."
    assert say("en", "label-menu") == "Menu"
    override({})
    assert say("ru", "label-menu") == "Меню"


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"lable-menu": "Главное"}, "no such sentence"),
        ({"label-menu": "{ $who }"}, r"\$who is not known"),
        ({"label-menu": "{ oops"}, "not Fluent"),
        ({"label-menu": "a\nlabel-help = b"}, None),
    ],
)
def test_an_override_that_cannot_be_said_is_refused_at_once(texts: dict[str, str], complaint: str | None) -> None:
    if complaint is None:
        override(texts)
        assert say("ru", "label-help") == "Помощь"
        return
    with pytest.raises(WordingError, match=complaint):
        override(texts)
    assert say("ru", "label-menu") == "Меню"


def test_words_after_a_command_are_found_in_any_spelling() -> None:
    assert rest_after("phrase-count", " /Счет  1234-5678-9012 ") == "1234-5678-9012"
    assert rest_after("phrase-count", "СЧЁТ: 12") == "12"
    assert rest_after("phrase-count", "счётчик 12") is None
    assert rest_after("phrase-count", "счёт") is None


def test_people_are_worded_by_name_or_by_the_end_of_their_number() -> None:
    assert say_participant("ru", MaskedParticipant(ParticipantNumber("123456789012"))) == "Участник …9012"
    assert say_participant("ru", Named("Анна К.")) == "Анна К."
    assert say_voter("en", MaskedVoter()) == "A voter"
    assert "а здесь 11" in say_wrong_number("ru", WrongLength(11))


def test_one_free_number_is_told_otherwise_than_twenty_one_of_them() -> None:
    one = say("ru", "duty-claims", label="9А", count=1, places="3")
    many = say("ru", "duty-claims", label="9А", count=21, places="1-21")
    assert one.startswith("9А: один номер участника ещё свободен, № 3.")
    assert many.startswith("9А: 21 номер участника ещё свободен, № 1-21.")
    assert many.endswith("ученикам про карточки.")
