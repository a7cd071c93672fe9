"""The code of a session, as a link carries it and as somebody types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import SessionRef, link, read_ref
from bot.domain.sessions.codes import LENGTH, SessionCode, new_session_code, read_session_code

CODES = st.integers(0, 9 * 17 ** (LENGTH - 2) - 1).map(lambda drawn: new_session_code(lambda _: drawn))
SIGNS = "23456789ACEHKMPTX"


@given(code=CODES)
def test_a_code_is_read_back_from_its_link(code: SessionCode) -> None:
    ref = SessionRef(code)
    assert read_ref(link("https://vk.me/club222000111", ref).partition("=")[2]) == ref


@given(code=CODES)
def test_a_code_is_read_in_small_letters_of_either_keyboard_and_in_groups(code: SessionCode) -> None:
    cyrillic = code.translate(str.maketrans("ACEHKMPTX", "АСЕНКМРТХ"))
    for typed in (code.lower(), cyrillic.lower(), f" {code[:3]}-{code[3:6]} {code[6:]} "):
        assert read_session_code(typed) == code


@given(code=CODES, place=st.integers(0, LENGTH - 1), sign=st.sampled_from(SIGNS))
def test_one_wrong_sign_in_a_code_is_always_noticed(code: SessionCode, place: int, sign: str) -> None:
    typed = code[:place] + sign + code[place + 1 :]
    assert read_session_code(typed) == (code if typed == code else None)


@pytest.mark.parametrize("typed", ["", "A", "A" * (LENGTH + 1), "АБВГДЕЖЗИ", "s-A23456789"])
def test_a_text_that_no_session_has_as_its_code_is_read_as_none(typed: str) -> None:
    assert read_session_code(typed) is None
    assert read_ref(f"s-{typed}") is None


def test_a_voting_link_or_an_invitation_never_leads_into_a_session() -> None:
    code = new_session_code(lambda below: below - 1)
    assert not isinstance(read_ref(f"i-{code}"), SessionRef)
    assert not isinstance(read_ref(f"v-{code}"), SessionRef)
