"""Bots Long Poll: settings, the numbered history of events, polls that are held until something happens.

`ts` is the number of the last event that a reader has seen; the same ts gives the same events again while they are
kept.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.emulator.changes import Changes

LONGEST_WAIT_S = 90
DEFAULT_WAIT_S = 25
KEPT_S = 3600
AFTER_RESTART = 1000
BARE_MESSAGES_BEFORE = (5, 103)
SUPPORTED_VERSIONS = ((5, 81), (5, 199))

EVENT_TYPES = (
    *("message_new", "message_reply", "message_edit", "message_allow", "message_deny", "message_event", "message_read"),
    *("message_typing_state", "message_reaction_event"),
    *("group_join", "group_leave", "group_change_photo", "group_change_settings", "group_officers_edit"),
    *("user_block", "user_unblock", "poll_vote_new", "wall_post_new", "wall_repost"),
    *("wall_reply_new", "wall_reply_edit", "wall_reply_delete", "wall_reply_restore"),
    *("wall_schedule_post_new", "wall_schedule_post_delete", "like_add", "like_remove"),
    *("board_post_new", "board_post_edit", "board_post_delete", "board_post_restore"),
    *("photo_new", "photo_comment_new", "photo_comment_edit", "photo_comment_delete", "photo_comment_restore"),
    *("video_new", "video_comment_new", "video_comment_edit", "video_comment_delete", "video_comment_restore"),
    *("market_comment_new", "market_comment_edit", "market_comment_delete", "market_comment_restore", "audio_new"),
    *("market_order_new", "market_order_edit", "vkpay_transaction", "app_payload", "lead_forms_new"),
    *("donut_subscription_create", "donut_subscription_prolonged", "donut_subscription_expired"),
    *("donut_subscription_cancelled", "donut_subscription_price_changed", "donut_money_withdraw"),
    "donut_money_withdraw_error",
)
"""All that can be switched on; the emulator makes those whose names begin with `message_`, save typing and
reactions, and people's joining and leaving."""


@dataclass(slots=True)
class Settings:
    """What `groups.setLongPollSettings` sets; everything is off until then."""

    is_enabled: bool = False
    api_version: str = "5.199"
    switched_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """One event as delivered: the envelope and its bytes, built once."""

    number: int
    at: float
    type: str
    event_id: str
    object: dict[str, Any]
    body: bytes


class LongPoll:
    """The queue of one community.

    kept: events that the history holds at most; besides, none older than an hour.
    """

    def __init__(self, group_id: int, now: Callable[[], float], changes: Changes, *, kept: int) -> None:
        self.group_id = group_id
        self.settings = Settings()
        self.key = secrets.token_hex(20)
        self.last = 1
        self.confirmed = 0
        """The newest ts that a poll came back with: everything up to it has arrived at the bot."""
        self.history: deque[Event] = deque()
        self._kept = kept
        self._now = now
        self._changes = changes
        self._lost_keys: set[str] = set()
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def oldest_ts(self) -> int:
        """The smallest ts from which nothing is missing."""
        return self.history[0].number - 1 if self.history else self.last

    def wants(self, type_: str) -> bool:
        """Whether events of the type are switched on."""
        return self.settings.is_enabled and type_ in self.settings.switched_on

    def take(self, type_: str, event_id: str, content: dict[str, Any]) -> Event:
        """Queue an event, in the format of the settings' version."""
        return self._append(type_, event_id, told_in(self.settings.api_version, type_, content))

    def repeat(self, event_id: str) -> Event:
        """Deliver a kept event once more, with its old event_id and a new place. Raises LookupError."""
        known = next((event for event in reversed(self.history) if event.event_id == event_id), None)
        if known is None:
            raise LookupError(f"no event {event_id} is kept")
        return self._append(known.type, known.event_id, known.object)

    async def poll(self, key: str, ts: str, wait_s: float) -> bytes:
        """Answer one `a_check`: at once if there is something, else when there is or after the wait."""
        refusal = self._refused(key, ts)
        if refusal is not None:
            return refusal
        self.confirmed = int(ts)
        if int(ts) == self.last:
            await self._something(wait_s)
            refusal = self._refused(key, ts)
        return refusal or self._since(int(ts))

    def restart(self) -> None:
        """Lose the session: every key is answered with `failed` 3, every ts with `failed` 1."""
        self._lost_keys.add(self.key)
        self.key = secrets.token_hex(20)
        self.history.clear()
        self.last += AFTER_RESTART
        self.wake()

    def expire_key(self) -> None:
        """Let the key grow old: `failed` 2 until a new one is fetched; history and ts stay."""
        self.key = secrets.token_hex(20)
        self.wake()

    def trim(self) -> None:
        """Forget the history: a ts behind the newest is answered with `failed` 1."""
        self.history.clear()

    @property
    def held(self) -> int:
        """How many polls are waiting for something to happen."""
        return len(self._waiting)

    def wake(self) -> None:
        """Answer all held polls with what there is."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def _append(self, type_: str, event_id: str, content: dict[str, Any]) -> Event:
        at = self._now()
        body = orjson.dumps(
            {
                "group_id": self.group_id,
                "type": type_,
                "event_id": event_id,
                "v": self.settings.api_version,
                "object": content,
            }
        )
        self.last += 1
        event = Event(self.last, at, type_, event_id, content, body)
        self.history.append(event)
        while len(self.history) > self._kept or self.history[0].at < at - KEPT_S:
            self.history.popleft()
        self.wake()
        self._changes.tell("event", event)
        return event

    def _refused(self, key: str, ts: str) -> bytes | None:
        if key in self._lost_keys:
            return b'{"failed":3}'
        if key != self.key:
            return b'{"failed":2}'
        if not (ts.isascii() and ts.isdigit()) or len(ts) > 18 or not self.oldest_ts <= int(ts) <= self.last:
            return b'{"failed":1,"ts":%d}' % self.last
        return None

    def _since(self, ts: int) -> bytes:
        missing = self.last - ts
        # The newest are at the right end and a reader is seldom far behind: never walk the whole history.
        newest = [self.history[place].body for place in range(-missing, 0)]
        return b'{"ts":"%d","updates":[%s]}' % (self.last, b",".join(newest))

    async def _something(self, wait_s: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait({waiter}, timeout=wait_s)
        finally:
            self._waiting.discard(waiter)


def held_for(wait: str) -> int:
    """Seconds for which a poll is held: as many as it asks for, at most 90, and 25 if it asks for none."""
    is_number = wait.isascii() and wait.isdigit() and len(wait) < 6
    return min(int(wait), LONGEST_WAIT_S) if is_number else DEFAULT_WAIT_S


def told_in(version: str, type_: str, content: dict[str, Any]) -> dict[str, Any]:
    """An event's object as that version of the API spells it: before 5.103 a new message came bare."""
    if type_ == "message_new" and version_of(version) < BARE_MESSAGES_BEFORE:
        bare: dict[str, Any] = content["message"]
        return bare
    return content


def is_supported(version: str) -> bool:
    """Whether events can be told in that version."""
    try:
        return SUPPORTED_VERSIONS[0] <= version_of(version) <= SUPPORTED_VERSIONS[1]
    except ValueError:
        return False


def version_of(version: str) -> tuple[int, int]:
    """The two numbers of an API version. Raises ValueError if it is none."""
    major, dot, minor = version.partition(".")
    if not (dot and major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit()):
        raise ValueError(version)
    return int(major), int(minor)
