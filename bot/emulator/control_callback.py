"""The Callback part of the control API: which servers there are, what was sent there, how fast time runs for them."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.emulator import views
from bot.emulator.control_input import Wrong, answered, body_of

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator


class CallbackControl:
    """Handlers of /control/callback."""

    def __init__(self, emulator: "Emulator") -> None:
        self._callbacks = emulator.callbacks

    def routes(self) -> list[web.RouteDef]:
        """Both, as listed in `control.py`."""
        return [
            web.get("/callback", self.callback, allow_head=False),
            web.post("/callback", self.set_callback),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """The servers, their latest deliveries, the settings."""
        known = self._callbacks
        settings = {"time_scale": known.time.scale, "answer_within_s": known.answer_within_s}
        settings |= {"pause_after": known.pause_after, "pause_s": known.pause_s}
        return answered({"servers": [views.callback_server(server) for server in known.servers.values()]} | settings)

    async def set_callback(self, request: web.Request) -> web.Response:
        """What VK does not publish, and the pace of waits."""
        told = await body_of(request, time_scale=float, answer_within_s=float, pause_after=int, pause_s=float)
        for name, value in told.items():
            if value <= 0:
                raise Wrong(400, f"{name} should be above 0")
        known = self._callbacks
        known.time.scale = told.get("time_scale", known.time.scale)
        known.answer_within_s = told.get("answer_within_s", known.answer_within_s)
        known.pause_after = told.get("pause_after", known.pause_after)
        known.pause_s = told.get("pause_s", known.pause_s)
        return await self.callback(request)
