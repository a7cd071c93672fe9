"""Which delivery goes next: lanes in their order, and within a lane each peer's deliveries one after another.

Held in memory only; the outbox is the truth. Of one lane of a peer at most one delivery is in flight, so answers
arrive in order; pop-ups have no order. A peer that waits (a file, a pause) holds up nobody else. What is still queued
has to be marked as offered in the outbox before it may go.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.messenger.channel import Call
from bot.messenger.replies import Lane
from bot.storage.outbox import Delivery, DeliveryKind, DeliveryState

Key = tuple[int, int]


class Line:
    """The deliveries of one lane to one peer, oldest first. busy: its head is in flight or waits for something."""

    __slots__ = ("busy", "deliveries", "key")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.deliveries: deque[Delivery] = deque()
        self.busy = False


class Lines:
    """All deliveries that the sender holds."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, Key], Line] = {}
        self._ready: dict[int, deque[Line]] = {lane: deque() for lane in Lane}
        self._queued: dict[int, deque[Line]] = {lane: deque() for lane in Lane}
        self._ids: dict[int, set[int]] = {lane: set() for lane in Lane}

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))

    def held(self, lane: int) -> int:
        """How many deliveries of the lane are in memory."""
        return len(self._ids[lane])

    def add(self, delivery: Delivery) -> bool:
        """Take a delivery in; False if it is here already."""
        if delivery.id in self._ids[delivery.lane]:
            return False
        self._ids[delivery.lane].add(delivery.id)
        place = (delivery.lane, _key(delivery))
        line = self._lines.get(place)
        if line is None:
            line = self._lines[place] = Line(place[1])
        line.deliveries.append(delivery)
        if len(line.deliveries) == 1:
            self._line_up(line)
        return True

    def _line_up(self, line: Line) -> None:
        head = line.deliveries[0]
        (self._queued if head.state is DeliveryState.QUEUED else self._ready)[head.lane].append(line)

    def first_lane(self) -> int | None:
        """The most urgent lane in which something could go now."""
        return next((lane for lane, ready in self._ready.items() if ready), None)

    def heads(self) -> Iterator[Delivery]:
        """The deliveries that may go now, most urgent first; each is marked as in flight when it is taken."""
        for lane in Lane:
            ready = self._ready[lane]
            while ready:
                line = ready.popleft()
                line.busy = True
                yield line.deliveries[0]

    def queued_heads(self, ahead: int) -> list[Delivery]:
        """The next of those that have to be marked as offered, most urgent first: so many that `ahead` may go then.

        Each is marked as in flight: `again` lines it up anew.
        """
        most = ahead - sum(map(len, self._ready.values()))
        heads: list[Delivery] = []
        for lane in Lane:
            queued = self._queued[lane]
            while queued and len(heads) < most:
                line = queued.popleft()
                line.busy = True
                heads.append(line.deliveries[0])
        return heads

    def waiting(self) -> Iterator[Delivery]:
        """Everything that is neither in flight nor at the head of a line that waits for something."""
        for line in self._lines.values():
            yield from islice(line.deliveries, int(line.busy), None)

    def superseded(self, delivery: Delivery) -> bool:
        """Whether a newer edit of the same message waits right behind this one."""
        line = self._lines[delivery.lane, _key(delivery)]
        if delivery.kind is not DeliveryKind.EDIT or len(line.deliveries) < 2:
            return False
        following = line.deliveries[1]
        return following.kind is DeliveryKind.EDIT and following.target_cmid == delivery.target_cmid

    def again(self, delivery: Delivery) -> None:
        """The head of its line may go (again)."""
        line = self._lines.get((delivery.lane, _key(delivery)))
        if line is not None and line.busy and line.deliveries and line.deliveries[0] is delivery:
            line.busy = False
            self._line_up(line)

    def done(self, delivery: Delivery) -> None:
        """The head of its line is final: the next of the line may go."""
        self._ids[delivery.lane].discard(delivery.id)
        place = (delivery.lane, _key(delivery))
        line = self._lines[place]
        line.deliveries.popleft()
        line.busy = False
        if line.deliveries:
            self._line_up(line)
        else:
            del self._lines[place]

    def drop(self, rows: Iterable[int], peer: int) -> set[int]:
        """Forget deliveries to a peer that were given up; the rows of those that are in flight or wait, and stay."""
        given_up, kept = set(rows), set[int]()
        for lane in Lane:
            line = self._lines.get((lane, (peer, 0)))
            if line is None:
                continue
            in_flight = {line.deliveries[0].id} if line.busy else set()
            kept |= in_flight & given_up
            if not line.busy:
                (self._queued if line in self._queued[lane] else self._ready)[lane].remove(line)
            line.deliveries = deque(one for one in line.deliveries if one.id not in given_up - in_flight)
            self._ids[lane] -= given_up - in_flight
            if not line.deliveries:
                del self._lines[lane, (peer, 0)]
            elif not line.busy:
                self._line_up(line)
        return kept


def _key(delivery: Delivery) -> Key:
    return (delivery.peer, delivery.id if delivery.lane == Lane.POP_UPS else 0)


def batch_of(heads: Iterator[Delivery], *, calls_at_once: int, peers_per_call: int) -> list[Call]:
    """The calls of one request: deliveries that share a body share a call.

    At most calls_at_once calls; at most peers_per_call deliveries in all, because whether a messenger tolerates many
    calls to many peers each in one request is not known.
    """
    calls: dict[tuple[int, DeliveryKind], Call] = {}
    for count, delivery in enumerate(heads, start=1):
        call = calls.setdefault((delivery.body.id, delivery.kind), Call())
        call.deliveries.append(delivery)
        if count >= peers_per_call or len(calls) >= calls_at_once:
            break
    return list(calls.values())
