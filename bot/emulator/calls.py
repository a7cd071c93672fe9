"""The log of API calls: what the bot asked and what it was told, without the token."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

KEPT_CALLS = 1000


@dataclass(frozen=True, slots=True)
class Call:
    """One call from outside; those inside an `execute` are in its answer. `answer` has `response` or `error`."""

    number: int
    at: float
    method: str
    params: dict[str, str]
    answer: dict[str, Any]

    @property
    def error_code(self) -> int | None:
        """The number of the error it was refused with."""
        error = self.answer.get("error")
        return error["error_code"] if error else None


class CallLog:
    """The latest calls, oldest first."""

    def __init__(self, kept: int) -> None:
        self.count = 0
        self._calls: deque[Call] = deque(maxlen=kept)

    def add(self, at: float, method: str, params: dict[str, str], answer: dict[str, Any]) -> Call:
        """Write a call down; of too many the oldest goes."""
        self.count += 1
        call = Call(self.count, at, method, params, answer)
        self._calls.append(call)
        return call

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def of(self, method: str) -> list[Call]:
        """The kept calls of one method."""
        return [call for call in self._calls if call.method == method]
