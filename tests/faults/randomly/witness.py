"""What the local VK told the bot: every press, every question with an answer of its own, every gap of the queue."""

from dataclasses import dataclass, field
from typing import Any

from bot.domain.receipts import Receipt, shown_receipt
from bot.emulator import Emulator


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press of a callback button. number: of its event in the queue; at: real seconds since the epoch."""

    person: int
    ticket: str
    event_id: str
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Question:
    """«Проверить голос» with a code that nobody else asks about, so that its answer is known again by the code.

    ticket: of the press; cmid: of the message. One of the two.
    """

    person: int
    receipt: Receipt
    ticket: str | None = None
    cmid: int | None = None

    @property
    def shown(self) -> str:
        return shown_receipt(self.receipt)


@dataclass(slots=True)
class Witness:
    """Watches the queue of events, so that afterwards nobody has to believe the bot."""

    emulator: Emulator
    presses: dict[str, Pressed] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    refusing: set[int] = field(default_factory=set)
    """Who has at some time taken no messages."""
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Numbers of events (the first not included) that the queue may have lost before the bot read them."""
    _seen: int = 0
    _gap: tuple[int, int] | None = None

    def look(self) -> None:
        """Note what has come into the queue since the last look."""
        queue = self.emulator.long_poll
        for event in reversed(queue.history):
            if event.number <= self._seen:
                break
            if event.type == "message_event":
                self._note_press(event.object, event.event_id, event.number, event.at)
        self._seen = queue.last
        if self._gap is not None and queue.confirmed >= self._gap[1]:
            self.gaps.append((self._gap[0], queue.confirmed))
            self._gap = None

    def expects_gap(self) -> None:
        """The queue is about to lose what the bot has not confirmed."""
        self.look()
        begin = self.emulator.long_poll.confirmed if self._gap is None else self._gap[0]
        self._gap = (begin, self.emulator.long_poll.last)

    def may_be_lost(self, press: Pressed) -> bool:
        """Whether a gap fell upon the press: nobody can recover it."""
        gaps = [*self.gaps, (self._gap[0], self.emulator.long_poll.last)] if self._gap else self.gaps
        return any(begin < press.number <= end for begin, end in gaps)

    def _note_press(self, told: dict[str, Any], event_id: str, number: int, at: float) -> None:
        ticket = told["event_id"]
        self.presses.setdefault(ticket, Pressed(told["user_id"], ticket, event_id, number, at))
