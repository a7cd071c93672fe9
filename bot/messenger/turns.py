"""Whose turn it is: unhandled events in memory, each dialogue's in their order, never too many at once.

The inbox is paged through from its oldest row. Of one dialogue only some events are held, and behind one that fails
none: the others stay in the inbox until it is their turn, so that nobody's flood takes everybody's place.
"""

from collections import deque
from collections.abc import Iterable, Sequence

from bot.storage.inbox import StoredEvent

Dialogue = tuple[str, int, int]
MOST_HELD = 1_000
MOST_PER_DIALOGUE = 50


class Turns:
    """A window over the inbox. behind: the inbox may have unhandled events that are neither here nor left out."""

    def __init__(self) -> None:
        self.behind = True
        self._read_to = 0
        self._set_backs = 0
        self._held: set[int] = set()
        self._dialogues: dict[Dialogue, deque[StoredEvent]] = {}
        # Dialogues with more in the inbox than is held, and whether that was seen since their last reading.
        self._left_out: dict[Dialogue, bool] = {}

    def __len__(self) -> int:
        return len(self._held) + len(self._left_out)

    @property
    def has_room(self) -> bool:
        """Whether it is worth reading the inbox for more."""
        return len(self._held) <= MOST_HELD // 2

    def look_again(self) -> None:
        """The inbox has to be read from its beginning."""
        self._set_back(0)

    def next_page(self) -> tuple[int, int]:
        """Behind which row to read on, and which reading this is."""
        return self._read_to, self._set_backs

    def take_page(self, events: Sequence[StoredEvent], page: tuple[int, int], *, last: bool) -> list[Dialogue]:
        """Take what `next_page` asked for; the dialogues that have just got something to do. last: no row follows."""
        woken, read_to = [], page[0]
        for event in events:
            if len(self._held) >= MOST_HELD:
                last = False
                break
            woken += self._take(event)
            read_to = event.id
        if page[1] == self._set_backs:
            self._read_to, self.behind = read_to, not last
        return woken

    def take_new(self, events: Iterable[StoredEvent]) -> list[Dialogue]:
        """Take just stored events, unless older ones still wait in the inbox: they would be overtaken."""
        woken: list[Dialogue] = []
        for event in events:
            if self.behind:
                # On PostgreSQL a row may be committed after others with greater numbers have been read.
                self._set_back(min(self._read_to, event.id - 1))
            elif len(self._held) >= MOST_HELD:
                self._set_back(event.id - 1)
            else:
                woken += self._take(event)
        return woken

    def head(self, dialogue: Dialogue) -> StoredEvent:
        """The dialogue's oldest event."""
        return self._dialogues[dialogue][0]

    def done(self, dialogue: Dialogue) -> bool:
        """The dialogue's head is final; whether another of its events is held."""
        waiting = self._dialogues[dialogue]
        self._held.discard(waiting.popleft().id)
        if waiting:
            return True
        del self._dialogues[dialogue]
        return False

    def park(self, dialogue: Dialogue) -> None:
        """The dialogue's head takes its time: leave what is behind it in the inbox."""
        head, *behind = self._dialogues[dialogue]
        if behind:
            self._held.difference_update(event.id for event in behind)
            self._dialogues[dialogue] = deque([head])
            self._left_out[dialogue] = True

    def has_left_out(self, dialogue: Dialogue) -> bool:
        """Whether more of the dialogue has to be read, which is asked by whoever reads it now."""
        if dialogue not in self._left_out:
            return False
        self._left_out[dialogue] = False
        return True

    def take_left_out(self, dialogue: Dialogue, events: Sequence[StoredEvent], *, last: bool) -> bool:
        """Take the dialogue's oldest events; whether there are any. last: no event of it follows."""
        if self._left_out.pop(dialogue) or not last:
            self._left_out[dialogue] = True
        if events:
            self._dialogues[dialogue] = deque(events)
            self._held.update(event.id for event in events)
        return bool(events)

    def _set_back(self, read_to: int) -> None:
        self._set_backs += 1
        self._read_to, self.behind = read_to, True

    def _take(self, event: StoredEvent) -> list[Dialogue]:
        if event.id in self._held:
            return []
        dialogue = event.dialogue
        waiting = self._dialogues.get(dialogue)
        if dialogue in self._left_out or (waiting is not None and len(waiting) >= MOST_PER_DIALOGUE):
            self._left_out[dialogue] = True
            return []
        self._held.add(event.id)
        if waiting is not None:
            waiting.append(event)
            return []
        self._dialogues[dialogue] = deque([event])
        return [dialogue]
