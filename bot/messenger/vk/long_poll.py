"""Reads VK's Long Poll: `ts` moves in the commit of the events it stands for, and the next poll waits for that commit.

After a gap (`failed` 1 or 3, a downtime longer than VK keeps events) the missing messages are read from the dialogues'
histories. Presses cannot be recovered; their pop-ups have run out anyway, and the person presses again.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
import orjson
import structlog
from vkbottle.polling import BotPolling

from bot.messenger.events import Incoming
from bot.messenger.intake import Intake
from bot.messenger.replies import Lane
from bot.messenger.vk import translation
from bot.messenger.vk.api import NoAnswer, PacedApi, VkError, in_lane
from bot.messenger.vk.histories import Histories
from bot.storage import cursors
from bot.storage.database import Database

log = structlog.get_logger()

WAIT_S = 25
SLICE = 200  # recovered messages a commit: others' answers go in between
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0
HISTORY_OUTDATED, KEY_EXPIRED = 1, 2  # 3: the session is lost


class LongPoll:
    """One community's queue of events."""

    def __init__(
        self, api: PacedApi, database: Database, intake: Intake, group_id: int, real_now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._intake = intake
        self._polling = BotPolling(api, group_id, wait=WAIT_S)
        self._cursor = f"vk-long-poll-{group_id}"
        self._server: dict[str, Any] = {}
        self._histories = Histories(api, database, real_now)
        self._real_now = real_now
        self._read_until = real_now()

    async def open(self) -> None:
        """Find the place to read from: where the last run stopped, or the queue's end. Raises VkError, NoAnswer."""
        self._server = await self._polling.get_server()
        stored = await self._database.write(cursors.read, self._cursor)
        if stored is None:
            await self._store([], self._server["ts"], self._real_now())
        else:
            place = orjson.loads(stored)
            self._server["ts"], self._read_until = place["ts"], datetime.fromisoformat(place["read_until"])

    async def run(self) -> None:
        """Read events until cancelled; what goes wrong with VK is waited for."""
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                await self._poll()
                pause_s = FIRST_PAUSE_S
            except (NoAnswer, VkError, aiohttp.ClientError, OSError, *translation.NOT_UNDERSTOOD) as error:
                # The same ts again: VK repeats what we have not confirmed. Its text could carry the poll's key.
                log.warning("long poll interrupted", error=type(error).__name__, again_in_s=pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _poll(self) -> None:
        asked_at = self._real_now()
        answer = await self._polling.get_event(self._server)
        if not isinstance(answer, dict):
            raise TypeError("an answer of a shape that nobody knows")
        if "failed" in answer:
            await self._after_failure(answer)
            return
        events = [event for update in answer["updates"] if (event := translation.incoming(update))]
        await self._store(events, answer["ts"], asked_at)

    async def _store(self, events: list[Incoming], ts: Any, read_until: datetime) -> None:
        place = orjson.dumps({"ts": str(ts), "read_until": read_until.isoformat()}).decode()
        await self._intake.take(events, cursor=(self._cursor, place))
        self._server["ts"] = str(ts)
        self._read_until = read_until

    async def _after_failure(self, answer: Mapping[str, Any]) -> None:
        if answer["failed"] == KEY_EXPIRED:
            self._server = {**await self._polling.get_server(), "ts": self._server["ts"]}
            return
        log.warning("long poll has a gap", failed=answer["failed"])
        same_session = answer["failed"] == HISTORY_OUTDATED and "ts" in answer
        server = self._server if same_session else await self._polling.get_server()
        await self._close_gap(answer["ts"] if same_session else server["ts"], same_session=same_session)
        self._server = {**server, "ts": self._server["ts"]}

    async def _close_gap(self, ts: Any, *, same_session: bool) -> None:
        """Store the messages that the queue has lost, then go on from ts.

        In slices, oldest first, and ts moves with the last one: what interrupts it leaves a shorter gap behind.
        """
        asked_at, before = self._real_now(), self._server["ts"]
        with in_lane(Lane.REPLIES):
            # A clock that ran ahead and was put right has noted an instant that is yet to come.
            events = await self._histories.missed(min(self._read_until, asked_at))
        most = max(len(events) - 1, 0) // SLICE * SLICE
        for start in range(0, most, SLICE):
            await self._intake.take(events[start : start + SLICE])
        await self._store(events[most:], ts, asked_at)
        # Within a session ts counts events; what is missing besides the messages were presses and permissions.
        lost = _events_between(before, ts) - len(events) if same_session else "unknown"
        log.warning("long poll gap closed", messages_recovered=len(events), other_events_lost=lost)


def _events_between(before: Any, after: Any) -> int:
    return max(int(after) - int(before), 0) if str(before).isdecimal() and str(after).isdecimal() else 0
