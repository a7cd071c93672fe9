"""The community's Callback servers: events are posted to them one by one, again after failures, in no promised order.

Beside what VK publishes there are assumptions, each an attribute to be set: how long an answer may take, after how
many failures in a row a server is left in peace, and for how long. An attempt that falls due in that pause, or while
the address is being confirmed again, is spent without being made; so nothing outlives its fifth retry.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson

from bot.emulator.callback_post import Answer, posted
from bot.emulator.callback_server import BODY_SHOWN, Attempt, CallbackServer, Delivery, Status
from bot.emulator.changes import Changes
from bot.emulator.errors import ApiError
from bot.emulator.faults import CALLBACK, Faults
from bot.emulator.long_poll import is_supported, told_in
from bot.emulator.scaled_time import ScaledTime

MOST_SERVERS = 10
RETRIES_S = (10, 180, 600, 1800, 3600)
CODE_LIVES_S = 24 * 3600
AT_ONCE = 20
"""Requests that one server gets side by side; more would only fill its accept queue."""


class CallbackServers:
    """All servers of one community and the deliveries to them."""

    def __init__(self, group_id: int, now: Callable[[], float], changes: Changes, faults: Faults) -> None:
        self.servers: dict[int, CallbackServer] = {}
        self.last_id = 0
        self.time = ScaledTime()
        """Shrinks the waits for retries and pauses, not the time that a server has to answer."""
        self.answer_within_s = 8.0
        self.pause_after = 10
        self.pause_s = 300.0
        self._group_id = group_id
        self._now = now
        self._changes = changes
        self._faults = faults
        self._attempts = 0
        self._code = ""
        self._code_from = 0.0
        self._session: aiohttp.ClientSession | None = None
        self._gates: defaultdict[int, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._tasks: defaultdict[int, set[asyncio.Task[None]]] = defaultdict(set)

    # What the methods do

    def server(self, server_id: int) -> CallbackServer:
        """Raises ApiError 104 if there is none."""
        known = self.servers.get(server_id)
        if known is None:
            raise ApiError(104)
        return known

    def add(self, title: str, url: str, secret_key: str) -> CallbackServer:
        """A new server, asked for the confirmation code at once. Raises ApiError 2000 for the eleventh."""
        if len(self.servers) >= MOST_SERVERS:
            raise ApiError(2000)
        self.last_id += 1
        server = self.servers[self.last_id] = CallbackServer(self.last_id, title, url, secret_key)
        self._start(server, self._confirm(server))
        return server

    def edit(self, server_id: int, title: str, url: str, secret_key: str) -> None:
        """Change a server; a new address, or one that failed, has to be confirmed."""
        server = self.server(server_id)
        is_confirmed = server.status is Status.OK and server.url == url
        server.title, server.url, server.secret_key = title, url, secret_key
        if not is_confirmed:
            server.status = Status.WAIT
            self._start(server, self._confirm(server))

    def delete(self, server_id: int) -> None:
        """Forget a server and all that waits for it."""
        server = self.server(server_id)
        del self.servers[server_id]
        for task in self._tasks.pop(server_id, set()):
            if task is not asyncio.current_task():
                task.cancel()
        self._changes.tell("callback", server)

    def confirmation_code(self) -> str:
        """What an address must answer to be confirmed; it changes from time to time, here once a day."""
        if not self._code or self._now() - self._code_from >= CODE_LIVES_S:
            self._code, self._code_from = secrets.token_hex(4), self._now()
        return self._code

    # What happens is told

    def wants(self, type_: str) -> bool:
        """Whether a confirmed server has events of the type switched on."""
        return any(_wants(server, type_) for server in self.servers.values())

    def take(self, type_: str, event_id: str, content: dict[str, Any]) -> None:
        """Send an event to all servers that want it."""
        is_held = self._faults.meet(CALLBACK, ("reorder",)) is not None
        for server in self.servers.values():
            if not _wants(server, type_):
                continue
            told = orjson.dumps(told_in(server.api_version, type_, content))
            delivery = Delivery(type_, event_id, server.api_version, told)
            server.waiting.append(delivery)
            if is_held:
                server.held.append(delivery)
            else:
                overtaken, server.held = server.held, []
                self._start(server, self._deliver(server, delivery, overtaken))

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Send what is to be sent until left; what waits then goes on waiting for the next time."""
        if self._session is not None:  # served at a second address: the first one delivers
            yield
            return
        self._gates.clear()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(),
        )
        try:
            for server in self.servers.values():
                self._resume(server)
            yield
        finally:
            tasks = [task for started in self._tasks.values() for task in started]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._tasks.clear()
            await self._session.close()
            self._session = None

    def _resume(self, server: CallbackServer) -> None:
        server.held, server.paused_until = [], None
        if server.status is Status.WAIT:
            self._start(server, self._confirm(server))
        for delivery in server.waiting:
            self._start(server, self._deliver(server, delivery))

    def _start(self, server: CallbackServer, deed: Coroutine[Any, Any, None]) -> None:
        # Unserved, nothing starts: `delivering` begins with what waits. Nor does anything for a server just removed.
        if self._session is None or server.id not in self.servers:
            deed.close()
            return
        task = asyncio.create_task(deed)
        started = self._tasks[server.id]
        started.add(task)
        task.add_done_callback(started.discard)

    # One server

    async def _confirm(self, server: CallbackServer) -> None:
        asked = server.url, server.secret_key
        question = Delivery("confirmation", secrets.token_hex(20), server.api_version, b"")
        answer = await self._posted(server, question)
        if (server.url, server.secret_key) != asked:
            return  # edited meanwhile: the new address is asked on its own
        server.status = Status.OK if answer.says(self.confirmation_code()) else Status.FAILED
        self._changes.tell("callback", server)

    async def _deliver(self, server: CallbackServer, delivery: Delivery, overtaken: Sequence[Delivery] = ()) -> None:
        wait_s = await self._attempt(server, delivery)
        for held in overtaken:
            self._start(server, self._deliver(server, held))
        while wait_s is not None:
            await self.time.sleep(wait_s)
            wait_s = await self._attempt(server, delivery)
        server.waiting.remove(delivery)
        self._changes.tell("callback", server)

    async def _attempt(self, server: CallbackServer, delivery: Delivery) -> float | None:
        """Seconds until the next one; None when it was taken or was the last."""
        answer = Answer()
        async with self._gates[server.id]:
            is_made = server.is_open
            if is_made:
                answer = await self._posted(server, delivery)
                if self._is_taken(server, answer):
                    server.failures = 0
                    return None
        postponed_s = answer.postponed_s(self._now())
        if is_made and postponed_s is None:
            self._count_failure(server)
        delivery.failed += 1
        self._changes.tell("callback", server)
        if delivery.failed > len(RETRIES_S):
            return None
        return RETRIES_S[delivery.failed - 1] if postponed_s is None else postponed_s

    def _is_taken(self, server: CallbackServer, answer: Answer) -> bool:
        if answer.says("remove"):
            self.delete(server.id)
        elif is_supported(answer.version):
            server.api_version = answer.version
        else:
            return answer.says("ok")
        return True

    def _count_failure(self, server: CallbackServer) -> None:
        server.failures += 1
        if server.failures >= self.pause_after and server.paused_until is None:
            server.failures = 0
            server.paused_until = self._now() + self.pause_s * self.time.scale
            self._start(server, self._pause(server))

    async def _pause(self, server: CallbackServer) -> None:
        await self.time.sleep(self.pause_s)
        server.paused_until = None
        self._changes.tell("callback", server)

    async def _posted(self, server: CallbackServer, delivery: Delivery) -> Answer:
        if self._session is None:
            raise RuntimeError("nothing is delivered while the emulator is not served")
        body = orjson.dumps(self._envelope(server, delivery))
        answer = await posted(self._session, server.url, body, delivery.failed, self.answer_within_s)
        self._attempts += 1
        event_id, type_, shown = delivery.event_id, delivery.type, answer.text[:BODY_SHOWN]
        server.attempts.append(
            Attempt(self._attempts, self._now(), event_id, type_, delivery.failed, answer.status, shown)
        )
        return answer

    def _envelope(self, server: CallbackServer, delivery: Delivery) -> dict[str, Any]:
        envelope: dict[str, Any] = {"group_id": self._group_id, "type": delivery.type, "event_id": delivery.event_id}
        envelope["v"] = delivery.version
        if delivery.object:
            envelope["object"] = orjson.Fragment(delivery.object)
        if server.secret_key:
            envelope["secret"] = server.secret_key
        return envelope


def _wants(server: CallbackServer, type_: str) -> bool:
    return server.status is Status.OK and type_ in server.switched_on
