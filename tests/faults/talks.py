"""Several people who count aloud, and what they must have heard in the end: each number once, in their order."""

from collections.abc import Sequence
from contextlib import suppress

from bot.emulator import Emulator


class Talk:
    """People who write numbers to an echo."""

    def __init__(self, emulator: Emulator, people: int) -> None:
        self._emulator = emulator
        self._people = [emulator.add_person(f"Голос{number}", "Счётов").id for number in range(people)]
        self._said = 0

    def says(self, numbers: int) -> None:
        """Everybody writes so many numbers more."""
        for _ in range(numbers):
            for person in self._people:
                self._emulator.write(person, str(self._said))
            self._said += 1

    async def goes_on(self, numbers: int) -> None:
        """Everybody writes so many numbers more, each as soon as the bot has done something, or is silent."""
        for _ in range(numbers):
            self.says(1)
            with suppress(TimeoutError):
                await self._emulator.changes.next(0.1)

    async def heard(self, within_s: float = 20.0) -> None:
        """Wait until everybody has heard the last number; then each was heard once, in order."""
        last = f"Эхо: {self._said - 1}"
        await self._emulator.until(lambda: all(last in heard for heard in self._heard()), within_s)
        expected = [f"Эхо: {number}" for number in range(self._said)]
        assert list(self._heard()) == [expected] * len(self._people)

    def _heard(self) -> Sequence[list[str]]:
        return [
            [message.text for message in self._emulator.dialogue(person).messages if message.out]
            for person in self._people
        ]
