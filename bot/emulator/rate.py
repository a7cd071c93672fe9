"""How often VK lets a token call: so many calls in any one second, quotas on single methods and conversations.

VK does not publish its flood thresholds (errors 9 and 29), so quotas are whatever a test or a rehearsal sets.
"""

from collections import deque
from dataclasses import dataclass, field

from bot.emulator.errors import ApiError


class CallRate:
    """A sliding window of one second; a refused call does not count."""

    def __init__(self, calls_per_second: int | None) -> None:
        self.calls_per_second = calls_per_second
        self._recent: deque[float] = deque()

    def count(self, at: float) -> None:
        """Count a call. Raises ApiError 6 for one too many."""
        if self.calls_per_second is None:
            return
        recent = self._recent
        while recent and at - recent[0] >= 1.0:
            recent.popleft()
        if len(recent) >= self.calls_per_second:
            raise ApiError(6)
        recent.append(at)


@dataclass(slots=True)
class Quota:
    """At most `calls` of one method in any `per_s` seconds, also from inside `execute`; more is error 9 (or 29)."""

    method: str
    calls: int
    per_s: float
    code: int = 9
    recent: deque[float] = field(default_factory=deque, repr=False)

    def count(self, at: float) -> None:
        """Count a call of the method. Raises ApiError for one too many."""
        while self.recent and at - self.recent[0] >= self.per_s:
            self.recent.popleft()
        if len(self.recent) >= self.calls:
            raise ApiError(self.code)
        self.recent.append(at)


@dataclass(slots=True)
class ChatFlood:
    """At most `messages` of the bot in one conversation in any `per_s` seconds; more is error 9."""

    messages: int
    per_s: float = 60.0
    _sent: dict[int, Quota] = field(default_factory=dict, repr=False)

    def count(self, peer_id: int, at: float) -> None:
        """Count a message to a conversation. Raises ApiError 9 for one too many."""
        self._sent.setdefault(peer_id, Quota("messages.send", self.messages, self.per_s)).count(at)
