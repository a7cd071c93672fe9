"""One message of a session as it should be now, in the language of the conversation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bot.domain.sessions.teams import Team
from bot.messenger.keyboards import Keyboard
from bot.wording import LOCALES

LOCALE: Final = LOCALES[0]  # everybody reads along
TEAMS_A_BOARD: Final = 10  # as many buttons as a message has


@dataclass(frozen=True, slots=True)
class Board:
    """A message as it should be now. peer: where; None for the conversation."""

    key: str
    text: str
    keyboard: Keyboard | None = None
    peer: int | None = None

    @property
    def digest(self) -> str:
        """Another one for whatever looks different."""
        return sha256(f"{self.text}\0{self.keyboard!r}".encode()).hexdigest()


def parts(teams: Sequence[Team]) -> Iterator[Sequence[Team]]:
    """The teams in as many boards as their buttons need."""
    for start in range(0, len(teams), TEAMS_A_BOARD):
        yield teams[start : start + TEAMS_A_BOARD]
