"""The code of a session: what its link to join carries, and what can be read aloud."""

from collections.abc import Callable
from typing import Final, NewType

from bot.domain.codes import new_code, read_code

SessionCode = NewType("SessionCode", str)
LENGTH: Final = 9


def new_session_code(randbelow: Callable[[int], int]) -> SessionCode:
    """A fresh code; `randbelow` is `secrets.randbelow`."""
    return SessionCode(new_code(LENGTH, randbelow))


def read_session_code(text: str) -> SessionCode | None:
    """The code in a link or as somebody typed it; None if it cannot be one."""
    code = read_code(text, LENGTH)
    return None if code is None else SessionCode(code)
