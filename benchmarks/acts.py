"""What the measured persons do, and a part of every right answer to it."""

from collections.abc import Sequence

from benchmarks.persons import Act
from bot.domain.participant_ids import ParticipantNumber
from bot.emulator import Emulator

BALANCE_SAYS = "место:"
QUESTION_SAYS = "изменить или отозвать его нельзя"
RECEIPT_SAYS = "Голос засчитан"
ECHO_SAYS = "Баланс"


def types_balance(emulator: Emulator) -> Act:
    """A participant types «Баланс»; the peer repeats it."""
    return lambda person: emulator.write(person, "Баланс")


def opens_voting_link(emulator: Emulator, numbers: Sequence[ParticipantNumber]) -> Act:
    """A voter opens somebody's link and is asked to confirm."""
    return lambda person: emulator.begin(person, f"v-{numbers[person % len(numbers)]}")


def confirms(emulator: Emulator) -> Act:
    """The voter presses «Подтвердить» below that question; it is rewritten into the receipt."""
    return lambda person: emulator.press(person, "Подтвердить")
