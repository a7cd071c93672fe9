"""The local VK as tests, benchmarks and the demo drive it: persons act, what the bot does is seen, faults are set."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from bot.emulator import control, snapshot
from bot.emulator.api import Api
from bot.emulator.callbacks import CallbackServers
from bot.emulator.calls import KEPT_CALLS, CallLog
from bot.emulator.changes import Changes
from bot.emulator.clock_control import ClockControl
from bot.emulator.community import Community
from bot.emulator.conversation_acts import ConversationActs
from bot.emulator.events import Events
from bot.emulator.faults import Faults
from bot.emulator.files import FileStore
from bot.emulator.long_poll import Event, LongPoll
from bot.emulator.rate import CallRate, ChatFlood, Quota
from bot.emulator.server import LARGEST_CALL, Server

KEPT_EVENTS = 1000
T = TypeVar("T")


class Emulator(ConversationActs):
    """One community with its bot's token.

    calls_per_second: VK's limit for a token; None switches it off for measurements.
    now: real seconds since the epoch, for dates, limits and the life of a press.
    kept_events: what Long Poll remembers for a reader that comes late.
    clock: campaign time, for the chat page only.
    state_file: where everything is kept between runs; None keeps nothing.
    """

    def __init__(
        self,
        *,
        group_id: int = 222000111,
        token: str = "vk1.a.local",  # noqa: S107 - opens nothing but this emulator
        group_name: str = "Акция «УГУ»",
        screen_name: str = "ugu_local",
        calls_per_second: int | None = 20,
        now: Callable[[], float] = time.time,
        kept_events: int = KEPT_EVENTS,
        kept_calls: int = KEPT_CALLS,
        clock: ClockControl | None = None,
        state_file: Path | None = None,
    ) -> None:
        changes = Changes()
        self.long_poll = LongPoll(group_id, now, changes, kept=kept_events)
        self.faults = Faults()
        self.callbacks = CallbackServers(group_id, now, changes, self.faults)
        events = Events(self.faults, self.long_poll, self.callbacks)
        files = FileStore(group_id, now)
        community = Community(
            group_id, group_name, screen_name, now, changes, events, self.long_poll, files, self.callbacks
        )
        super().__init__(community)
        self.calls = CallLog(kept_calls)
        self.rate = CallRate(calls_per_second)
        self.clock = clock
        self.token = token
        self.url = ""
        self._api = Api(self.community, token, self.rate, self.faults, self.calls)
        self._kept = snapshot.Kept(state_file, self.community) if state_file else None
        if self._kept:
            self._kept.restore()

    # Serving

    @asynccontextmanager
    async def serving(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Answer on a port (0: a free one) until left; gives the address, which is also `url` from then on."""
        runner = web.AppRunner(self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=1024)
            await site.start()
            self.url = self.community.files.host = _address(host, runner.addresses[0][1])
            async with self.callbacks.delivering(), snapshot.keeping(self._kept, self.changes):
                yield self.url
        finally:
            await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_CALL)
        app.add_routes(Server(self._api, self.long_poll, self.community.files, self.faults).routes())
        control.attach(app, self)
        return app

    # What is watched and set

    async def until(self, holds: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Wait until `holds()` is true and return what it gave; it is asked again after everything that happens here.

        Raises TimeoutError, telling the latest calls.
        """
        try:
            return await self.changes.until(holds, timeout_s)
        except TimeoutError:
            latest = ", ".join(f"{call.method}: {call.error_code or 'ok'}" for call in list(self.calls)[-5:])
            raise TimeoutError(f"not within {timeout_s} s; latest calls: {latest or 'none'}") from None

    def limit(self, method: str, calls: int, per_s: float, code: int = 9) -> Quota:
        """Refuse a method that is called more often: error 9 for flood, 29 for a quantity."""
        quota = Quota(method, calls, per_s, code)
        self._api.quotas.append(quota)
        return quota

    def limit_chats(self, messages: int | None, per_s: float = 60.0) -> None:
        """Refuse more messages than that to a single conversation with error 9; None lets all through, as at first."""
        self.community.chat_flood = None if messages is None else ChatFlood(messages, per_s)

    def restart_long_poll(self) -> None:
        """Lose the polling session: `failed` 3 for every key handed out so far, `failed` 1 for every ts.

        A single expired key or a forgotten history: `long_poll.expire_key()` (`failed` 2), `long_poll.trim()` (1).
        """
        self.long_poll.restart()

    def repeat_event(self, event_id: str) -> Event:
        """Deliver an event a second time under its old event_id. Raises LookupError if it is not kept any more."""
        return self.long_poll.repeat(event_id)


def _address(host: str, port: int) -> str:
    # Bound to every interface, the emulator still has to name one at which polls, uploads and files are found.
    named = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://{f'[{named}]' if ':' in named else named}:{port}"
