"""Reads VK's Long Poll: `ts` moves in the commit of the events it stands for, and the next poll waits for that commit.

After a gap (`failed` 1 or 3, a downtime longer than VK keeps events) the missing messages are read from the dialogues'
histories. Presses cannot be recovered; their pop-ups have run out anyway, and the person presses again.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
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
from bot.storage import cursors, inbox
from bot.storage.database import Database

log = structlog.get_logger()

WAIT_S = 25
PAGE = 200
# The clocks of VK and ours, and the poll under way when the connection broke.
GAP_MARGIN = timedelta(minutes=5)
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0
HISTORY_OUTDATED, KEY_EXPIRED = 1, 2  # 3: the session is lost


class LongPoll:
    """One community's queue of events."""

    def __init__(self, api: PacedApi, database: Database, intake: Intake, group_id: int) -> None:
        self._api = api
        self._database = database
        self._intake = intake
        self._polling = BotPolling(api, group_id, wait=WAIT_S)
        self._cursor = f"vk-long-poll-{group_id}"
        self._server: dict[str, Any] = {}
        self._read_until = datetime.now(UTC)

    async def open(self) -> None:
        """Find the place to read from: where the last run stopped, or the queue's end. Raises VkError, NoAnswer."""
        self._server = await self._polling.get_server()
        stored = await self._database.write(cursors.read, self._cursor)
        if stored is None:
            await self._store([], self._server["ts"], datetime.now(UTC))
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
            except (TimeoutError, NoAnswer, VkError, aiohttp.ClientError, OSError, KeyError, ValueError) as error:
                # The same ts again: VK repeats what we have not confirmed. Its text could carry the poll's key.
                log.warning("long poll interrupted", error=type(error).__name__, again_in_s=pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _poll(self) -> None:
        asked_at = datetime.now(UTC)
        answer = await self._polling.get_event(self._server)
        if "failed" in answer:
            await self._after_failure(answer)
            return
        events = [event for update in answer.get("updates", ()) if (event := translation.incoming(update))]
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
        log.warning("long poll has a gap: presses of that time are lost", failed=answer["failed"])
        server = self._server if answer["failed"] == HISTORY_OUTDATED else await self._polling.get_server()
        await self._close_gap(answer.get("ts", server["ts"]))
        self._server = {**server, "ts": self._server["ts"]}

    async def _close_gap(self, ts: Any) -> None:
        """Store the messages that the queue has lost, then go on from ts."""
        asked_at = datetime.now(UTC)
        with in_lane(Lane.REPLIES):
            events = [event async for event in self._missed()]
        events.sort(key=lambda event: (event.happened_at or asked_at, event.cmid or 0))
        log.info("messages recovered from histories", count=len(events))
        await self._store(events, ts, asked_at)

    async def _missed(self) -> AsyncIterator[Incoming]:
        since = (self._read_until - GAP_MARGIN).timestamp()
        offset = 0
        while True:
            answer = await self._api.request("messages.getConversations", {"offset": offset, "count": PAGE})
            items = answer["response"]["items"]
            for item in items:
                if item["last_message"]["date"] >= since:
                    async for event in self._missed_of(item["conversation"], since):
                        yield event
            if len(items) < PAGE or items[-1]["last_message"]["date"] < since:
                return
            offset += PAGE

    async def _missed_of(self, conversation: Mapping[str, Any], since: float) -> AsyncIterator[Incoming]:
        peer = conversation["peer"]["id"]
        known = await self._database.write(inbox.last_cmid, "vk", peer)
        if conversation.get("last_conversation_message_id", known + 1) <= known:
            return
        offset = 0
        while True:
            answer = await self._api.request("messages.getHistory", {"peer_id": peer, "offset": offset, "count": PAGE})
            items = answer["response"]["items"]
            for sent in items:
                if sent["conversation_message_id"] <= known or sent["date"] < since:
                    return
                if event := translation.message(sent, f"history-{peer}-{sent['conversation_message_id']}"):
                    yield event
            if len(items) < PAGE:
                return
            offset += PAGE
