"""The workings' half of the control API: the live stream, calls and events, faults and limits, the campaign's clock."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from bot.emulator import views
from bot.emulator.changes import Change
from bot.emulator.clock_control import ClockControl
from bot.emulator.control_input import Wrong, answered, body_of, number_in
from bot.emulator.faults import Fault
from bot.emulator.web_guard import HEADERS

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

HEARTBEAT_S = 15.0
LIMITS = ("calls_per_second", "chat_messages_per_minute")


class WorkingsControl:
    """Handlers of everything under /control/ that no person does."""

    def __init__(self, emulator: "Emulator") -> None:
        self._emulator = emulator
        self._community = emulator.community

    def routes(self) -> list[web.RouteDef]:
        """All of them, as listed in `control.py`."""
        return [
            web.get("/community", self.community, allow_head=False),
            web.post("/community", self.switch),
            web.get("/stream", self.stream, allow_head=False),
            web.get("/calls", self.calls, allow_head=False),
            web.get("/events", self.events, allow_head=False),
            web.post("/events/{event_id}/repeat", self.repeat),
            web.get("/faults", self.faults, allow_head=False),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.post("/long-poll", self.long_poll),
            web.post("/limits", self.limits),
            web.get("/clock", self.clock, allow_head=False),
            web.post("/clock", self.move_clock),
        ]

    async def community(self, request: web.Request) -> web.Response:
        """The community, the time, the limit."""
        known, clock = self._community, self._emulator.clock
        return answered(
            {
                "id": known.group_id,
                "name": known.name,
                "screen_name": known.screen_name,
                "now": known.now(),
                "clock": views.clock(clock) if clock else None,
                "calls_per_second": self._emulator.rate.calls_per_second,
                "settings": {
                    "bot_capabilities": known.bot_capabilities,
                    "bots_add_to_chat": known.bots_add_to_chat,
                },
            }
        )

    async def switch(self, request: web.Request) -> web.Response:
        """The switches in the community's settings."""
        told = await body_of(request, bot_capabilities=bool, bots_add_to_chat=bool)
        self._community.bot_capabilities = told.get("bot_capabilities", self._community.bot_capabilities)
        self._community.bots_add_to_chat = told.get("bots_add_to_chat", self._community.bots_add_to_chat)
        return await self.community(request)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Everything that happens, as it happens."""
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream; charset=utf-8"})
        with self._emulator.changes.watched() as changes:
            await response.prepare(request)
            await response.write(b": here\n\n")
            with contextlib.suppress(ConnectionResetError):
                while True:
                    await response.write(await self._told(changes))
        return response

    async def calls(self, request: web.Request) -> web.Response:
        """The log of API calls."""
        after = number_in(request.query, "after") if "after" in request.query else 0
        return answered({"calls": [views.call(call) for call in self._emulator.calls if call.number > after]})

    async def events(self, request: web.Request) -> web.Response:
        """What Long Poll keeps."""
        after = number_in(request.query, "after") if "after" in request.query else 0
        kept = self._emulator.long_poll.history
        return answered({"events": [views.event(event) for event in kept if event.number > after]})

    async def repeat(self, request: web.Request) -> web.Response:
        """An event once more."""
        await body_of(request)
        return answered(views.event(self._emulator.repeat_event(request.match_info["event_id"])))

    async def faults(self, request: web.Request) -> web.Response:
        """What is still going to go wrong."""
        return answered({"faults": [views.fault(fault) for fault in self._emulator.faults.waiting]})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Something that shall go wrong."""
        told = await body_of(request, nullable=("times",), method=str, kind=str, code=int, times=int, delay_s=float)
        if not told.get("method") or not told.get("kind"):
            raise Wrong(400, "method and kind are needed")
        return answered(views.fault(self._emulator.faults.add(Fault(**told))), status=201)

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Everything goes well again."""
        self._emulator.faults.clear()
        return await self.faults(request)

    async def long_poll(self, request: web.Request) -> web.Response:
        """Losing the session, the key or the history."""
        told = await body_of(request, act=str)
        known = self._emulator.long_poll
        acts = {"restart": known.restart, "expire_key": known.expire_key, "trim": known.trim}
        act = acts.get(told.get("act", ""))
        if act is None:
            raise Wrong(400, f"act should be one of {', '.join(acts)}")
        act()
        return answered({})

    async def limits(self, request: web.Request) -> web.Response:
        """How many calls a second the token has, how many messages a minute a conversation takes."""
        told = await body_of(request, nullable=LIMITS, **dict.fromkeys(LIMITS, int))
        if not told or any(most is not None and most < 1 for most in told.values()):
            raise Wrong(400, f"{' or '.join(LIMITS)} should be at least 1, or null for no limit")
        if "calls_per_second" in told:
            self._emulator.rate.calls_per_second = told["calls_per_second"]
        if "chat_messages_per_minute" in told:
            self._emulator.limit_chats(told["chat_messages_per_minute"])
        flood = self._community.chat_flood
        per_minute = flood.messages if flood else None
        return answered(
            {"calls_per_second": self._emulator.rate.calls_per_second, "chat_messages_per_minute": per_minute}
        )

    async def clock(self, request: web.Request) -> web.Response:
        """The campaign's clock."""
        return answered(views.clock(self._clock()))

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move or set it."""
        clock = self._clock()
        told = await body_of(request, advance_s=float, set=str)
        if len(told) != 1:
            raise Wrong(400, "advance_s or set is needed")
        if "set" in told:
            instant = datetime.fromisoformat(told["set"])
            if instant.tzinfo is None:
                raise Wrong(400, "set needs an offset, like 2017-11-20T10:00:00+03:00")
            clock.set(instant)
        else:
            clock.advance(_span(told["advance_s"]))
        self._emulator.changes.tell("clock", clock)
        return answered(views.clock(clock))

    def _clock(self) -> ClockControl:
        if self._emulator.clock is None:
            raise Wrong(404, "no clock is plugged in")
        return self._emulator.clock

    async def _told(self, changes: asyncio.Queue[Change]) -> bytes:
        try:
            change = await asyncio.wait_for(changes.get(), HEARTBEAT_S)
        except TimeoutError:
            return b": still here\n\n"
        told = orjson.dumps(views.change(self._community, change))
        return b"event: %s\ndata: %s\n\n" % (change.kind.encode(), told)


def _span(seconds: float) -> timedelta:
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        raise Wrong(400, "advance_s is too large") from None
