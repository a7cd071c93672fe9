"""A VK community as the pipeline's channel: sends, uploads, names, files, history."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
import structlog
from vkbottle import DocMessagesUploader, PhotoMessageUploader

from bot.messenger.channel import (
    Call,
    Document,
    FetchFailedError,
    Name,
    NeverThisMessage,
    NeverThisPerson,
    NotNow,
    NotNowError,
    Result,
    Stop,
)
from bot.messenger.pace import Pace
from bot.messenger.patience import Patience
from bot.messenger.replies import Lane
from bot.messenger.vk.api import NoAnswer, PacedApi, VkError, in_lane
from bot.messenger.vk.errors import result_of
from bot.messenger.vk.execute import MOST_CALLS, MOST_PEERS, cmid_of, results, script
from bot.messenger.vk.keyboards import LIMITS
from bot.messenger.vk.translation import storable

T = TypeVar("T")
log = structlog.get_logger()

EVENTS = ("message_new", "message_event", "message_allow", "message_deny")
API_VERSION = "5.199"
LARGEST_FILE = 20 * 1024 * 1024
FILE_HOSTS = (".vk.com", ".vk.ru", ".vk.me", ".userapi.com", ".vkuser.net", ".vkuserphoto.ru")
HISTORY, MOST_SEARCHED = 200, 1_000
MOST_DOUBLINGS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """The community behind the token."""

    id: int
    screen_name: str

    @property
    def link_base(self) -> str:
        """The address that opens the dialogue with the community; `?ref=` makes it a deep link."""
        return f"https://vk.me/{self.screen_name or f'club{self.id}'}"


class Community:
    """The channel of one community. Fulfils `messenger.channel.Channel`."""

    name = "vk"
    profile_base = "https://vk.com/id"
    limits = LIMITS
    calls_at_once = MOST_CALLS
    peers_per_call = MOST_PEERS

    def __init__(self, token: str, url: str, pace: Pace, patience: Patience) -> None:
        self.api = PacedApi(token, url, pace, patience.answer_within_s)
        self._pace = pace
        self._patience = patience
        self._slowness = 0  # doublings of the usual time to answer that every call is given now
        self._api_host = urlsplit(url).netloc

    async def open(self) -> Group:
        """Learn which community it is and switch on the events the bot needs. Raises VkError, NoAnswer."""
        groups = (await self.api.request("groups.getById", {}))["response"]["groups"]
        group = Group(groups[0]["id"], groups[0].get("screen_name", ""))
        settings = {"group_id": group.id, "enabled": 1, "api_version": API_VERSION, **dict.fromkeys(EVENTS, 1)}
        await self.api.request("groups.setLongPollSettings", settings)
        return group

    async def close(self) -> None:
        """Close the connections."""
        await self.api.http_client.close()

    async def deliver(self, calls: Sequence[Call]) -> Mapping[int, Result]:
        """Make the calls in one `execute`, in a slot that the caller has; the result of every delivery by its id."""
        deliveries = [delivery for call in calls for delivery in call.deliveries]
        # A VK that takes long is given longer with each attempt: 10 s, 20 s ... 60 s.
        within_s = self._patient_s(max(one.attempts for one in deliveries))
        began = time.monotonic()
        try:
            answer = await self.api.call_now("execute", {"code": script(calls)}, within_s=within_s)
        except NoAnswer as error:
            self._note_time(time.monotonic() - began, within_s)
            return dict.fromkeys((one.id for one in deliveries), NotNow(1.0, str(error), doubtful=True))
        except VkError as error:
            failed = result_of(error.code, error.text)
            if isinstance(failed, NeverThisMessage) and len(calls) > 1:
                return await self._one_by_one(calls)
            if isinstance(failed, NeverThisPerson):  # of a whole request it cannot be said about one of its peers
                failed = NotNow(60.0, failed.reason)
            return dict.fromkeys((one.id for one in deliveries), failed)
        self._note_time(time.monotonic() - began, within_s)
        return results(calls, answer)

    def _patient_s(self, attempts: int) -> float:
        doublings = min(max(attempts, self._slowness), MOST_DOUBLINGS)
        return min(self._patience.answer_within_s * 2.0**doublings, self._patience.longest_answer_s)

    def _note_time(self, took_s: float, within_s: float) -> None:
        """While VK is slow, a new call is not first given the 10 s that the one before it did not come back in."""
        if took_s >= within_s and within_s < self._patience.longest_answer_s:
            self._slowness = min(self._slowness + 1, MOST_DOUBLINGS)
        elif took_s < self._patience.answer_within_s / 2:
            self._slowness = max(self._slowness - 1, 0)

    async def _one_by_one(self, calls: Sequence[Call]) -> Mapping[int, Result]:
        """VK refused a whole request: find the call that it cannot take, and let the others through."""
        found: dict[int, Result] = {}
        for call in calls:
            await self._pace.slot(call.deliveries[0].lane)
            found |= await self.deliver([call])
        return found

    async def upload(self, document: Document, peer: int | None, lane: int) -> str:
        """Upload a document or picture: for one peer, or (None) for everybody; its attachment string.

        What VK refuses as a photo (its proportions, a token without the right to photos) goes as a document.
        """
        with in_lane(lane):
            if document.is_picture:
                photos = PhotoMessageUploader(self.api)
                with suppress(FetchFailedError):
                    return await _asked(lambda: photos.upload(document.content, peer_id=peer))
            documents = DocMessagesUploader(self.api)
            return await _asked(lambda: documents.upload(document.content, peer_id=peer, title=document.title))

    async def names(self, user_ids: Sequence[int]) -> Mapping[int, Name]:
        """First and last names of people, at most 1,000, by their ids."""
        found = await self._ask("users.get", {"user_ids": ",".join(map(str, user_ids))}, Lane.REPLIES)
        try:
            return {one["id"]: Name(storable(one["first_name"]), storable(one["last_name"])) for one in found}
        except (KeyError, TypeError) as error:
            raise FetchFailedError("names of a shape that nobody knows") from error

    async def file(self, url: str) -> bytes:
        """The content of a file that a person sent, from VK's own hosts, at most 20 MB."""
        address = urlsplit(url)
        from_vk = address.scheme == "https" and (address.hostname or "").endswith(FILE_HOSTS)
        if not from_vk and address.netloc != self._api_host:
            raise FetchFailedError("not a file of the messenger")
        return await _asked(lambda: self._download(url))

    async def find(self, peer: int, random_id: int, since: datetime) -> int | None:
        """The cmid of our message with this random_id among the dialogue's last 1,000, back to that time."""
        for offset in range(0, MOST_SEARCHED, HISTORY):
            items = await self._history(peer, offset)
            for sent in items:
                if sent.get("out") and sent.get("random_id") == random_id:
                    return cmid_of(sent)
            ours = [sent for sent in items if sent.get("out") and "admin_author_id" not in sent]
            if any(not sent.get("random_id") and sent["date"] >= since.timestamp() for sent in ours):
                raise FetchFailedError("the history does not show what each message was sent as")
            if len(items) < HISTORY or items[-1]["date"] < since.timestamp():
                return None
        raise FetchFailedError("more was said since than is searched")

    async def _history(self, peer: int, offset: int) -> list[dict[str, Any]]:
        parameters = {"peer_id": peer, "offset": offset, "count": HISTORY}
        try:
            with in_lane(Lane.REPLIES):
                answer = (await self.api.request("messages.getHistory", parameters))["response"]
            return [{"date": 0, **sent} for sent in answer["items"]]
        except VkError as error:
            # Whatever somebody can mend, or passes, leaves the question open.
            if isinstance(result_of(error.code, error.text), NotNow | Stop):
                raise NotNowError(str(error)) from None
            raise FetchFailedError(str(error)) from None
        except (NoAnswer, KeyError, TypeError) as error:
            raise NotNowError(type(error).__name__) from None

    async def _ask(self, method: str, parameters: dict[str, Any], lane: int) -> Any:
        with in_lane(lane):
            return (await _asked(lambda: self.api.request(method, parameters)))["response"]

    async def _download(self, url: str) -> bytes:
        timeout = aiohttp.ClientTimeout(total=self._patience.ask_within_s / 2)
        # A redirect could lead anywhere, also into the operator's own network.
        async with self.api.http_client.request(  # type: ignore[attr-defined]
            url, timeout=timeout, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise FetchFailedError(f"the messenger answered {response.status}")
            content = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > LARGEST_FILE:
                    raise FetchFailedError("larger than 20 MB")
            return bytes(content)


async def _asked(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call; errors in the pipeline's words."""
    try:
        return await call()
    except VkError as error:
        if isinstance(result_of(error.code, error.text), NotNow):
            raise NotNowError(str(error)) from None
        raise FetchFailedError(str(error)) from None
    except (TimeoutError, NoAnswer, aiohttp.ClientError, OSError, ValueError) as error:
        # ValueError: an upload's answer that is no JSON, such as a gateway's page, is read by vkbottle itself.
        raise NotNowError(type(error).__name__) from None
