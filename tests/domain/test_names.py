"""Names as others see them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import (
    LONGEST_NAME,
    MaskedParticipant,
    MaskedVoter,
    MinorsShown,
    Named,
    Participant,
    Profile,
    ShownAs,
    participant_name,
    published_name,
    short_name,
    voter_name,
)
from tests.domain.builders import number

ANNA = Profile("Анна", "Кузнецова")
ADULT = Participant(number(), ANNA, ShownAs.NAME, is_adult=True)
MINOR = replace(ADULT, is_adult=False)
MASKED = MaskedParticipant(number())
CONSENT = MinorsShown.WITH_PARENTAL_CONSENT


def test_an_adult_is_shown_by_first_name_and_initial() -> None:
    assert participant_name(ADULT, CONSENT) == Named("Анна К.")


def test_a_minor_is_masked_until_the_parents_consent_is_ticked() -> None:
    assert participant_name(MINOR, CONSENT) == MASKED
    assert participant_name(replace(MINOR, has_parental_consent=True), CONSENT) == Named("Анна К.")


def test_a_campaign_may_never_show_minors_by_name() -> None:
    assert participant_name(replace(MINOR, has_parental_consent=True), MinorsShown.NEVER) == MASKED


@pytest.mark.parametrize(
    "participant",
    [replace(ADULT, choice=ShownAs.MASKED), replace(ADULT, is_hidden=True), replace(ADULT, profile=None)],
)
def test_whoever_chose_it_is_hidden_or_unknown_is_masked(participant: Participant) -> None:
    assert participant_name(participant, CONSENT) == MASKED


def test_publication_needs_a_consent_of_its_own() -> None:
    assert published_name(ADULT, CONSENT) == MASKED
    assert published_name(replace(ADULT, agrees_to_publication=True), CONSENT) == Named("Анна К.")
    assert published_name(replace(MINOR, agrees_to_publication=True), CONSENT) == MASKED


def test_a_voter_is_shown_as_they_chose() -> None:
    assert voter_name(ANNA, ShownAs.NAME) == Named("Анна К.")
    assert voter_name(ANNA, ShownAs.MASKED) == MaskedVoter()
    assert voter_name(None, ShownAs.NAME) == MaskedVoter()


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("[id1|Павел]", "Дуров", "id Павел Д."),
        ("@id1", "*club1", "id C."),
        ("Анна\nВы выиграли", "приз", "Анна Вы выиграли П."),
        ("\u202eаннА", "К\u0000", "аннА К."),
        ("vk.com/evil", "", "vk com evil"),
        ("А" * 500, "Б" * 500, "А" * LONGEST_NAME + " Б."),
        ("А\u0336\u0335\u0334\u0333", "Б", "А\u0336 Б."),
        ("  Анна-Мария  ", "д’Арк", "Анна-Мария Д."),
        ("Йоулия", "ёлкина", "Йоулия Ё."),
        ("🎉🎉Анна🎉", "🎉", "Анна"),
    ],
)
def test_names_from_hostile_profiles_become_harmless_and_short(first: str, last: str, shown: str) -> None:
    assert short_name(Profile(first, last)) == shown


@pytest.mark.parametrize("first", ["", "   ", "123", "🎉", "\u200b\u200b", "---", "[|]"])
def test_a_profile_without_letters_has_no_name(first: str) -> None:
    assert short_name(Profile(first, "Кузнецова")) is None


@given(first=st.text(max_size=300), last=st.text(max_size=300))
def test_no_profile_can_smuggle_markup_or_line_breaks_into_a_name(first: str, last: str) -> None:
    name = short_name(Profile(first, last))
    if name is not None:
        assert len(name) <= LONGEST_NAME + 6  # an initial may be several letters as a capital: ﬄ
        assert not set(name[:-1]) & set("[]|@*/.:\n\r\t#\u202e\u2066<>&")
