"""What the firewall stops and what it lets pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.participant_ids import ParticipantNumber, shown
from bot.domain.personal_data import PersonalDataKind, personal_data_in
from tests.domain.builders import participant_numbers

PASSPORT, SNILS, PHONE = PersonalDataKind.PASSPORT, PersonalDataKind.SNILS, PersonalDataKind.PHONE


@pytest.mark.parametrize("id_asked", [True, False])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0712 345678", PASSPORT),
        ("07 12 345678", PASSPORT),
        ("07 12 № 345678", PASSPORT),
        ("мой паспорт 0712345678, выдан 12.11.2010", PASSPORT),
        ("Серия 0712 номер 345678", PASSPORT),
        ("0712–345678", PASSPORT),
        ("кем выдан: ОВД, код подразделения 260-001", PASSPORT),
        ("112-233-445 95", SNILS),
        ("112‑233‑445 95", SNILS),
        ("СНИЛС 11223344595", SNILS),
        ("снилс: 112 233 445-95", SNILS),
        ("112 233 445 95", SNILS),
    ],
)
def test_passports_and_snils_written_as_such_are_stopped_whatever_is_asked(
    text: str, kind: PersonalDataKind, id_asked: bool
) -> None:
    assert personal_data_in(text, id_asked=id_asked) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+7 916 123-45-67", PHONE),
        ("8(916)1234567", PHONE),
        ("8 916 123 45 67", PHONE),
        ("89161234567", PHONE),
        ("звоните 8-865-223-45-67", PHONE),
        ("916 123-45-67", PHONE),
        ("9161234567", PHONE),
        ("+375 29 123-45-67", PHONE),
        ("８９１６１２３４５６７", PHONE),
        ("8.916.123.45.67", PHONE),
        ("11223344595", SNILS),
        ("0712345678", PASSPORT),
    ],
)
def test_bare_personal_numbers_are_stopped_where_no_id_is_asked(text: str, kind: PersonalDataKind) -> None:
    assert personal_data_in(text, id_asked=False) is kind


@pytest.mark.parametrize("text", ["123456789", "0712345678", "89161234567", "1234567890123", "1234-5678-901"])
def test_nine_to_thirteen_digits_are_an_attempt_while_an_id_is_asked(text: str) -> None:
    assert personal_data_in(text, id_asked=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "привет",
        "Баланс",
        "урок был 12.11.2017 в 14:05, 25 человек",
        "2017-11-08 14:05",
        "с 8 ноября по 3 декабря 2017 года",
        "9А, 10Б и 11-В, всего 75 учеников",
        "нужен ли паспорт в 2017 году?",
        "10 20 50 100 300 800",
        "1234-5678-9012",
        "https://vk.com/id9161234567",
        "[id9161234567|Анна]",
        "код 123456",
        "Счёт 1234-5678-9012",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        "стоимость 1 000 000 рублей",
    ],
)
@pytest.mark.parametrize("id_asked", [True, False])
def test_ordinary_texts_pass_the_firewall_without_an_alarm(text: str, id_asked: bool) -> None:
    assert personal_data_in(text, id_asked=id_asked) is None


@given(number=participant_numbers(), id_asked=st.booleans(), words=st.sampled_from(["", "Счёт ", "мой номер ", "8 "]))
def test_a_right_participant_number_always_passes_the_firewall(
    number: ParticipantNumber, id_asked: bool, words: str
) -> None:
    for written in (number, shown(number), f"{number[:6]} {number[6:]}"):
        assert personal_data_in(words + written, id_asked=id_asked) is None


@given(number=participant_numbers(), phone=st.integers(9_000_000_000, 9_999_999_999))
def test_a_phone_number_beside_a_right_number_is_still_stopped(number: ParticipantNumber, phone: int) -> None:
    assert personal_data_in(f"{shown(number)}, телефон +7{phone}", id_asked=False) is PHONE


@given(digits=st.text("0123456789", min_size=10, max_size=10), id_asked=st.booleans())
def test_every_series_and_number_of_a_passport_is_stopped(digits: str, id_asked: bool) -> None:
    assert personal_data_in(f"{digits[:4]} {digits[4:]}", id_asked=id_asked) is PASSPORT


@given(text=st.text(max_size=300), id_asked=st.booleans())
def test_no_text_at_all_makes_the_firewall_fail(text: str, id_asked: bool) -> None:
    personal_data_in(text, id_asked=id_asked)
