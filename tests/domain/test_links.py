import pytest
from hypothesis import given

from bot.domain.invitations import new_invitation_code
from bot.domain.links import CardRef, InvitationRef, Ref, VotingRef, link, read_ref
from bot.domain.participant_ids import ParticipantNumber
from tests.domain.builders import number, participant_numbers

BASE = "https://vk.me/club222000111"


@given(issued=participant_numbers())
def test_every_link_reads_back_as_what_it_was_made_of(issued: ParticipantNumber) -> None:
    for ref in (CardRef(issued), VotingRef(issued)):
        assert read_ref(link(BASE, ref).removeprefix(f"{BASE}?ref=")) == ref


def test_an_invitation_survives_its_way_through_a_link() -> None:
    ref: Ref = InvitationRef(new_invitation_code(lambda below: below - 1))
    assert read_ref(link(BASE, ref).partition("=")[2]) == ref


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
    ],
)
def test_a_ref_that_nobody_issued_stands_for_nothing(written: str) -> None:
    assert read_ref(written) is None
