"""Whom VK's numbers mean: persons below two thousand millions, conversations above, communities below zero."""

from typing import Final

FIRST_CONVERSATION: Final = 2_000_000_000


def is_person(number: int) -> bool:
    """Whether it is a person's number, which is also the peer of their private dialogue."""
    return 0 < number < FIRST_CONVERSATION


def is_conversation(peer: int) -> bool:
    """Whether the peer is a conversation of several people."""
    return peer > FIRST_CONVERSATION
