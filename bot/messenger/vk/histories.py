"""What the queue of events has lost: people's messages of that time, read from the dialogues' histories.

Dialogues are listed first and read then, 25 a request. A dialogue that somebody writes in meanwhile moves to the top
of the list, so the list's top is looked over again until nothing new has come up. A dialogue that VK does not give, or
gives in a shape that nobody knows, is left out: a bot that cannot read one dialogue must not be deaf to all others.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection

from bot.messenger.channel import NotNow
from bot.messenger.events import Incoming
from bot.messenger.vk import translation
from bot.messenger.vk.api import NoAnswer, PacedApi, VkError
from bot.messenger.vk.errors import QUOTA_USED_UP, TOKEN_REFUSED, result_of
from bot.messenger.vk.execute import MOST_CALLS
from bot.messenger.vk.peers import is_person
from bot.storage import inbox
from bot.storage.database import Database

log = structlog.get_logger()

PAGE = 200
FIRST_LOOK = 20  # messages of a dialogue: 25 dialogues in one answer, and most had fewer
# The clocks of VK and ours, and the poll under way when the connection broke.
MARGIN = timedelta(minutes=5)
MOST_LISTINGS = 5
MOST_REFUSALS = 5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0


class Histories:
    """The community's dialogues, read for what is not in the inbox."""

    def __init__(self, api: PacedApi, database: Database, real_now: Callable[[], datetime]) -> None:
        self._api = api
        self._database = database
        self._real_now = real_now

    async def missed(self, since: datetime) -> list[Incoming]:
        """The messages written since then that the inbox does not have, in the order in which they were written."""
        back_to = since - MARGIN
        dialogues = list((await self._dialogues(back_to)).items())
        found: list[Incoming] = []
        for start in range(0, len(dialogues), MOST_CALLS):
            found += await self._of_several(dict(dialogues[start : start + MOST_CALLS]), back_to.timestamp())
        return sorted(found, key=lambda event: (event.happened_at or since, event.peer, event.cmid or 0))

    async def _dialogues(self, back_to: datetime) -> dict[int, int | None]:
        """The persons who have a message since then, with the number of the newest where VK tells it."""
        found: dict[int, int | None] = {}
        for _ in range(MOST_LISTINGS):
            began, before = self._real_now(), len(found)
            await self._list(found, back_to.timestamp())
            if len(found) == before:
                break
            back_to = max(back_to, began - MARGIN)
        return found

    async def _list(self, found: dict[int, int | None], back_to: float) -> None:
        offset = 0
        while True:
            items = _items(await self._answer("messages.getConversations", {"offset": offset, "count": PAGE}))
            if items is None:
                log.error("messages of a gap are lost: VK does not list the dialogues")
                return
            dates = [_date(item.get("last_message")) for item in items]
            listed = (item for item, date in zip(items, dates, strict=True) if date >= back_to)
            found.update(_private(listed))
            if len(items) < PAGE or dates[-1] < back_to:
                return
            offset += PAGE

    async def _of_several(self, dialogues: dict[int, int | None], back_to: float) -> list[Incoming]:
        known = await self._database.write(_known, list(dialogues))
        behind = [peer for peer, last in dialogues.items() if last is None or last > known[peer]]
        found: list[Incoming] = []
        for peer, newest in zip(behind, await self._first_looks(behind), strict=True):
            found += await self._of_one(peer, newest, known[peer], back_to)
        return found

    async def _first_looks(self, peers: Sequence[int]) -> list[list[Any] | None]:
        """The newest messages of each dialogue; None where it has to be asked for by itself."""
        if not peers:
            return []
        asked = (orjson.dumps({"peer_id": peer, "count": FIRST_LOOK}).decode() for peer in peers)
        calls = ",".join(f"API.messages.getHistory({parameters})" for parameters in asked)
        answer = await self._answer("execute", {"code": f"return [{calls}];"})
        pages = answer if isinstance(answer, list) else []
        return [_items(page) for page in pages] if len(pages) == len(peers) else [None] * len(peers)

    async def _of_one(self, peer: int, newest: list[Any] | None, known: int, back_to: float) -> list[Incoming]:
        """What people wrote in a dialogue behind the message of number `known`."""
        items, count, offset = newest, FIRST_LOOK, 0
        found: list[Incoming] = []
        while True:
            if items is None:
                parameters = {"peer_id": peer, "offset": offset, "count": PAGE}
                items, count = _items(await self._answer("messages.getHistory", parameters)), PAGE
            if items is None:
                log.error("messages of a gap are lost: VK does not give a dialogue")
                return found
            fresh = [sent for sent in items if _cmid(sent) > known and _date(sent) >= back_to]
            events = (translation.message(sent, f"history-{peer}-{_cmid(sent)}") for sent in fresh)
            found += [event for event in events if event is not None]
            if len(items) < count or len(fresh) < len(items):
                return found
            offset, items = offset + len(items), None

    async def _answer(self, method: str, parameters: dict[str, Any]) -> Any:
        """VK's answer, however long it is down; None where it refuses for good, or again and again."""
        pause_s, refusals, reason = FIRST_PAUSE_S, 0, ""
        while refusals < MOST_REFUSALS:
            try:
                return (await self._api.request(method, parameters))["response"]
            except NoAnswer as error:
                reason = str(error)
            except VkError as error:
                reason = str(error)
                if _is_final(error):
                    break
                refusals += error.code != TOKEN_REFUSED
            log.warning("what was missed is asked for again", reason=reason, again_in_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        log.warning("VK does not tell what was missed", reason=reason)
        return None


def _known(conn: Connection, peers: Sequence[int]) -> dict[int, int]:
    return {peer: inbox.last_cmid(conn, "vk", peer) for peer in peers}


def _is_final(error: VkError) -> bool:
    if error.code == TOKEN_REFUSED:  # nothing else works either until somebody mends it
        return False
    return error.code == QUOTA_USED_UP or not isinstance(result_of(error.code, error.text), NotNow)


def _items(response: Any) -> list[Any] | None:
    items = response.get("items") if isinstance(response, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else None


def _private(items: Iterator[dict[str, Any]]) -> Iterator[tuple[int, int | None]]:
    """Peers that are persons, with the number of their last message.

    Conversations are left out: what their members said to each other is not the bot's to read, addressed or not.
    """
    for item in items:
        conversation = item.get("conversation")
        peer = conversation.get("peer") if isinstance(conversation, dict) else None
        number = peer.get("id") if isinstance(peer, dict) else None
        if isinstance(conversation, dict) and isinstance(number, int) and is_person(number):
            last = conversation.get("last_conversation_message_id")
            yield number, last if isinstance(last, int) else None


def _date(message: Any) -> float:
    """When a message was written; one that does not say so is taken as new."""
    date = message.get("date") if isinstance(message, dict) else None
    return date if isinstance(date, int) else float("inf")


def _cmid(message: dict[str, Any]) -> int:
    cmid = message.get("conversation_message_id")
    return cmid if isinstance(cmid, int) else 0
