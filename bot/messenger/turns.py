"""Whose turn it is: unhandled events in memory, each dialogue's in their order, never too many at once."""

from collections import deque
from collections.abc import Iterable

from bot.storage.inbox import StoredEvent

Dialogue = tuple[str, int, int]
MOST_HELD = 1_000


class Turns:
    """A window over the inbox. behind: the inbox may have unhandled events that are not here."""

    def __init__(self) -> None:
        self.behind = True
        self._held: set[int] = set()
        self._dialogues: dict[Dialogue, deque[StoredEvent]] = {}

    def __len__(self) -> int:
        return len(self._held)

    @property
    def has_room(self) -> bool:
        """Whether it is worth reading the inbox for more."""
        return len(self._held) <= MOST_HELD // 2

    def take_new(self, events: Iterable[StoredEvent]) -> list[Dialogue]:
        """Take just stored events, unless older ones still wait in the inbox: they would be overtaken."""
        return [] if self.behind else self.take(events)

    def take(self, events: Iterable[StoredEvent]) -> list[Dialogue]:
        """Take events; the dialogues that have just got something to do."""
        woken = []
        for event in events:
            if event.id in self._held:
                continue
            if len(self._held) >= MOST_HELD:
                self.behind = True
                break
            self._held.add(event.id)
            dialogue = (event.messenger, event.peer, event.user_id)
            waiting = self._dialogues.get(dialogue)
            if waiting is None:
                self._dialogues[dialogue] = deque([event])
                woken.append(dialogue)
            else:
                waiting.append(event)
        return woken

    def head(self, dialogue: Dialogue) -> StoredEvent:
        """The dialogue's oldest event."""
        return self._dialogues[dialogue][0]

    def done(self, dialogue: Dialogue) -> bool:
        """The dialogue's head is final; whether it has another event."""
        waiting = self._dialogues[dialogue]
        self._held.discard(waiting.popleft().id)
        if waiting:
            return True
        del self._dialogues[dialogue]
        return False
