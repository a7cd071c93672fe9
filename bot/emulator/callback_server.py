"""One Callback server of the community: where it is, what it is told, what is on its way to it."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

NEWEST_VERSION = "5.199"
ATTEMPTS_SHOWN = 50
BODY_SHOWN = 60


class Status(StrEnum):
    """Whether the address has proved to be the community's.

    VK's fourth one, `unconfigured`, is a server without an address, which its web page can make and the API cannot.
    """

    WAIT = "wait"  # asked for the code, not answered yet
    OK = "ok"  # events are sent there
    FAILED = "failed"  # it did not give the code; editing the server asks again


@dataclass(slots=True, eq=False)
class Delivery:
    """One event on its way to one server, in the version that was set there when it happened."""

    type: str
    event_id: str
    version: str
    object: bytes
    failed: int = 0
    """Attempts that have come to nothing."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a server and what came back: no status if nothing did."""

    number: int
    at: float
    event_id: str
    type: str
    retry: int
    status: int | None
    body: str


@dataclass(slots=True)
class CallbackServer:
    """A server, its settings - every event is off until switched on - and its recent past."""

    id: int
    title: str
    url: str
    secret_key: str
    status: Status = Status.WAIT
    api_version: str = NEWEST_VERSION
    switched_on: frozenset[str] = frozenset()
    waiting: list[Delivery] = field(default_factory=list)
    """Neither taken nor given up."""
    held: list[Delivery] = field(default_factory=list)
    """Those of `waiting` that a fault lets the next event overtake."""
    attempts: deque[Attempt] = field(default_factory=lambda: deque(maxlen=ATTEMPTS_SHOWN))
    failures: int = 0
    """Failed attempts in a row."""
    paused_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is sent there now."""
        return self.status is Status.OK and self.paused_until is None
