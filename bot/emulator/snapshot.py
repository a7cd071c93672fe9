"""Keeping the local VK between runs: one JSON file, replaced as a whole, and beside it the contents of uploaded files.

Kept: people, dialogues, conversations, settings, files, Long Poll with its history and numbers, Callback servers with
what waits for them. Not kept: presses waiting for an answer, upload addresses, the log of calls, faults.
"""

import asyncio
import contextlib
import os
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

import orjson

from bot.emulator import callback_snapshot
from bot.emulator.changes import Changes
from bot.emulator.community import Community
from bot.emulator.conversations import Conversation, Member
from bot.emulator.dialogues import Dialogue, Message, PopUp
from bot.emulator.files import SORTS, StoredFile
from bot.emulator.long_poll import Event, LongPoll, Settings
from bot.emulator.people import Client, Person

FORMAT = 1
AT_MOST_EVERY_S = 1.0
WORLD_CHANGES_S = 3600.0
REBUILT = ("by_random_id",)
D = TypeVar("D", bound=Dialogue)


class SnapshotUnreadable(Exception):
    """The state file is not one of ours; its message says which and what to do."""


class Kept:
    """The state file of one community."""

    def __init__(self, path: Path, community: Community) -> None:
        self._path = path
        self._contents = path.with_name(path.name + ".files")
        self._community = community
        self._host = ""
        self._written: set[str] = set()

    def restore(self) -> None:
        """Take over what the last run left, if there was one. Raises SnapshotUnreadable."""
        try:
            state = orjson.loads(self._path.read_bytes())
            if state["format"] != FORMAT:
                raise SnapshotUnreadable(f"{self._path}: written by another version; start anew")
            self._take(state)
        except FileNotFoundError as missing:
            if self._path.exists():
                raise SnapshotUnreadable(f"{self._path}: {missing.filename} is missing; start anew") from missing
        except (ValueError, KeyError, TypeError) as wrong:
            raise SnapshotUnreadable(f"{self._path}: not a state of this emulator ({wrong}); start anew") from wrong

    def readdress(self) -> None:
        """Let the files in old messages be downloaded from where we are served this time."""
        host, self._host = self._host, self._community.files.host
        if host in ("", self._host):
            return
        for dialogue in self._community.dialogues.values():
            for message in dialogue.messages:
                self._readdress(message)

    def save(self) -> None:
        """Write everything down; the old state stays whole until the new one is."""
        self._contents.mkdir(parents=True, exist_ok=True)
        for sha256, content in self._community.files.contents.items():
            if sha256 not in self._written:
                _replace(self._contents / sha256, content)
                self._written.add(sha256)
        _replace(self._path, orjson.dumps(self._state()))

    def _readdress(self, message: Message) -> None:
        message.attachments = [self._moved(attachment) for attachment in message.attachments]
        for quote in [*message.forwards, *([message.reply_to] if message.reply_to else [])]:
            quote["attachments"] = [self._moved(attachment) for attachment in quote["attachments"]]
        for element in message.template["elements"] if message.template else []:
            if "photo" in element:
                element["photo"] = self._moved({"type": "photo", "photo": element["photo"]})["photo"]

    def _moved(self, attachment: dict[str, Any]) -> dict[str, Any]:
        files = self._community.files
        sort = SORTS.get(attachment["type"])
        if sort is None:
            return attachment
        stored = files.files.get((sort, attachment[sort].get("id")))
        return stored.attachment(files.host) if stored else attachment

    def _state(self) -> dict[str, Any]:
        community = self._community
        dialogues = community.dialogues.values()
        return {
            "format": FORMAT,
            "host": self._host,
            "people": [asdict(person) for person in community.people.values()],
            "bot_capabilities": community.bot_capabilities,
            "bots_add_to_chat": community.bots_add_to_chat,
            "dialogues": [_dialogue_state(one) for one in dialogues if not isinstance(one, Conversation)],
            "conversations": [_conversation_state(one) for one in dialogues if isinstance(one, Conversation)],
            "files": [asdict(stored) for stored in community.files.files.values()],
            "next_file_id": community.files.next_id,
            "last_message_id": community.last_message_id,
            "last_version": community.last_version,
            "long_poll": _long_poll_state(community.long_poll),
            "callbacks": callback_snapshot.state(community.callbacks),
        }

    def _take(self, state: dict[str, Any]) -> None:
        community = self._community
        self._host = state["host"]
        for told in state["people"]:
            community.people[told["id"]] = Person(**told | {"client": Client(**told["client"])})
        # An earlier version knew neither settings nor conversations.
        community.bot_capabilities = state.get("bot_capabilities", True)
        community.bots_add_to_chat = state.get("bots_add_to_chat", True)
        for told in state["dialogues"]:
            dialogue = _dialogue(told)
            community.dialogues[dialogue.peer_id] = dialogue
            community.messages_by_id |= {message.id: message for message in dialogue.messages}
        for told in state.get("conversations", []):
            conversation = _conversation(told)
            community.dialogues[conversation.peer_id] = conversation
        for told in state["files"]:
            stored = StoredFile(**told)
            community.files.files[(stored.sort, stored.id)] = stored
            community.files.contents[stored.sha256] = (self._contents / stored.sha256).read_bytes()
            self._written.add(stored.sha256)
        community.files.next_id = state["next_file_id"]
        community.last_message_id = state["last_message_id"]
        community.last_version = state["last_version"]
        _take_long_poll(community.long_poll, state["long_poll"])
        if "callbacks" in state:  # absent where an earlier version wrote it
            callback_snapshot.take_over(community.callbacks, state["callbacks"])


@asynccontextmanager
async def keeping(kept: Kept | None, changes: Changes) -> AsyncIterator[None]:
    """Save what has changed, at most once a second, and once more at the end."""
    if kept is None:
        yield
        return
    kept.readdress()
    writing = asyncio.create_task(_write_behind(kept, changes))
    try:
        yield
    finally:
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing
        kept.save()


async def _write_behind(kept: Kept, changes: Changes) -> None:
    saved = -1
    while True:
        if changes.count == saved:
            with contextlib.suppress(TimeoutError):
                await changes.next(WORLD_CHANGES_S)
            continue
        saved = changes.count
        kept.save()
        await asyncio.sleep(AT_MOST_EVERY_S)


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _dialogue_state(dialogue: Dialogue) -> dict[str, Any]:
    return {field.name: getattr(dialogue, field.name) for field in fields(dialogue) if field.name not in REBUILT}


def _conversation_state(conversation: Conversation) -> dict[str, Any]:
    return _dialogue_state(conversation) | {"members": list(conversation.members.values())}


def _dialogue(told: dict[str, Any]) -> Dialogue:
    return _filled(Dialogue(**told | _said(told)))


def _conversation(told: dict[str, Any]) -> Conversation:
    members = {member["id"]: Member(**member) for member in told["members"]}
    return _filled(Conversation(**told | _said(told) | {"members": members}))


def _said(told: dict[str, Any]) -> dict[str, Any]:
    messages = [Message(**message) for message in told["messages"]]
    return {"messages": messages, "popups": [PopUp(**popup) for popup in told["popups"]]}


def _filled(dialogue: D) -> D:
    dialogue.by_random_id = {message.random_id: message for message in dialogue.messages if message.random_id}
    return dialogue


def _long_poll_state(long_poll: LongPoll) -> dict[str, Any]:
    settings = long_poll.settings
    return {
        "key": long_poll.key,
        "last": long_poll.last,
        "is_enabled": settings.is_enabled,
        "api_version": settings.api_version,
        "switched_on": sorted(settings.switched_on),
        "history": [asdict(event) | {"body": event.body.decode()} for event in long_poll.history],
    }


def _take_long_poll(long_poll: LongPoll, told: dict[str, Any]) -> None:
    long_poll.key, long_poll.last = told["key"], told["last"]
    long_poll.settings = Settings(told["is_enabled"], told["api_version"], frozenset(told["switched_on"]))
    long_poll.history = deque(Event(**event | {"body": event["body"].encode()}) for event in told["history"])
