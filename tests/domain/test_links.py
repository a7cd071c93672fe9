import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.invitations import new_invitation_code
from bot.domain.links import CardRef, InvitationRef, Ref, SessionRef, VotingRef, link, read_ref
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.sessions.codes import new_session_code
from tests.domain.builders import number, participant_numbers

BASE = "https://vk.me/club222000111"


@given(issued=participant_numbers())
def test_every_link_reads_back_as_what_it_was_made_of(issued: ParticipantNumber) -> None:
    for ref in (CardRef(issued), VotingRef(issued)):
        assert read_ref(link(BASE, ref).removeprefix(f"{BASE}?ref=")) == ref


def test_an_invitation_survives_its_way_through_a_link() -> None:
    ref: Ref = InvitationRef(new_invitation_code(lambda below: below - 1))
    assert read_ref(link(BASE, ref).partition("=")[2]) == ref


@given(drawn=st.integers(0))
def test_a_sessions_code_survives_its_way_through_the_link_on_the_wall(drawn: int) -> None:
    ref: Ref = SessionRef(new_session_code(lambda below: drawn % below))
    made = link(BASE, ref).partition("=")[2]
    assert read_ref(made) == ref
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", made), "what a messenger takes as a ref"


def test_a_sessions_code_with_one_sign_changed_is_no_link_into_a_session() -> None:
    code = new_session_code(lambda below: below // 2)
    for place, sign in enumerate(code):
        for other in {"A", "B", "7"} - {sign}:
            assert read_ref(f"s-{code[:place]}{other}{code[place + 1 :]}") is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "c-",
        "v-1234",
        f"x-{number()}",
        f"c-{number()}0",
        f"v-{number()[:-1]}x",
        "v-１２３４５６７８９０１２",
        "i-AAA",
        "s-",
        "s-AAAA",
        f"s-{new_invitation_code(lambda below: below - 1)}",
        f"i-{new_session_code(lambda below: below - 1)}",
        f"S-{new_session_code(lambda below: below - 1)}",
    ],
)
def test_a_ref_that_nobody_issued_stands_for_nothing(written: str) -> None:
    assert read_ref(written) is None
