"""VK misbehaving on purpose: errors, bad gateways, hung, cut and slow connections, events twice or out of order."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["error", "http_502", "hang", "reset_before", "reset_after", "slow", "duplicate", "reorder"]
KINDS: frozenset[str] = frozenset(get_args(Kind))
LONG_POLL = "a_check"
EVENTS = "events"
CALLBACK = "callback"
PLACES = {"duplicate": EVENTS, "reorder": CALLBACK}
"""The faults of events: what each names as its method, where no other fault belongs."""

_numbers = itertools.count(1)


@dataclass(slots=True)
class Fault:
    """Something that will go wrong with the next `times` calls of a method (None: with all until removed).

    method: a method of the API, `a_check` for polls, `*` for every method (not polls).
    kind: `error` answers with `code` (polls: with that `failed`) and does nothing · `http_502` answers with a page
    of HTML · `hang` never answers · `reset_before` cuts the connection instead of doing the call, `reset_after` once
    it is done · `slow` does the call and holds the answer back for `delay_s` · `duplicate`, of method `events` only,
    delivers an event twice under its event_id, to every listener · `reorder`, of method `callback` only, lets an event
    to Callback servers be overtaken by the one after it.

    A call inside `execute` has no connection of its own: only `error` meets it.
    """

    method: str
    kind: Kind
    code: int | None = None
    times: int | None = 1
    delay_s: float = 0.0
    id: int = field(default_factory=lambda: next(_numbers))

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind should be one of {', '.join(sorted(KINDS))}")
        if (self.kind == "error") != (self.code is not None):
            raise ValueError("an error needs its code, another fault takes none")
        if PLACES.get(self.kind) != (self.method if self.method in PLACES.values() else None):
            raise ValueError("duplicate befalls method events, reorder method callback, and nothing else can")
        if self.times is not None and self.times < 1:
            raise ValueError("times should be at least 1, or null for always")


class Faults:
    """The faults that are still waiting for their call, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let it meet the next matching call."""
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Behave from now on."""
        self.waiting.clear()

    def meet(self, method: str, kinds: Collection[str] = KINDS) -> Fault | None:
        """The fault that this call meets, used up if it was its last time."""
        if not self.waiting:
            return None
        for fault in self.waiting:
            named = fault.method == method or (fault.method == "*" and method != LONG_POLL)
            if named and fault.kind in kinds:
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times == 0:
            self.waiting.remove(fault)
