"""What happens in the community, told to everybody who takes its events: Long Poll and the callback servers.

One event has one `event_id` wherever it arrives, so that a bot that listens to both can tell.
"""

import secrets
from typing import Any, Protocol

from bot.emulator.faults import EVENTS, Faults


class Listener(Protocol):
    """Somebody who takes events of the types that were switched on there."""

    def wants(self, type_: str) -> bool:
        """Whether events of the type are switched on here."""

    def take(self, type_: str, event_id: str, content: dict[str, Any]) -> object:
        """Deliver an event of a wanted type."""


class Events:
    """Hands each event to all who want it, twice if the fault `duplicate` waits for it."""

    def __init__(self, faults: Faults, *listeners: Listener) -> None:
        self._faults = faults
        self._listeners = listeners

    def wanted(self, type_: str) -> bool:
        """Whether anybody would get such an event, so that nobody builds one for nothing."""
        return any(listener.wants(type_) for listener in self._listeners)

    def put(self, type_: str, content: dict[str, Any]) -> None:
        """Tell of something that has happened."""
        takers = [listener for listener in self._listeners if listener.wants(type_)]
        if not takers:
            return
        event_id = secrets.token_hex(20)
        times = 2 if self._faults.meet(EVENTS, ("duplicate",)) else 1
        for listener in takers * times:
            listener.take(type_, event_id, content)
