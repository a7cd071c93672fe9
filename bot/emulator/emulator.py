"""The local VK as tests, benchmarks and the demo drive it: persons act, what the bot does is seen, faults are set."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import orjson
from aiohttp import web

from bot.emulator import control, snapshot
from bot.emulator.api import Api
from bot.emulator.calls import KEPT_CALLS, CallLog
from bot.emulator.changes import Changes
from bot.emulator.clock_control import ClockControl
from bot.emulator.community import Community
from bot.emulator.dialogues import Dialogue, Message
from bot.emulator.errors import NotOnScreen
from bot.emulator.events import Events
from bot.emulator.faults import Faults
from bot.emulator.files import FileStore
from bot.emulator.long_poll import Event, LongPoll
from bot.emulator.people import FIRST_PERSON_ID, Client, Person
from bot.emulator.rate import CallRate, Quota
from bot.emulator.server import LARGEST_CALL, Server

BEGIN = "Начать"
LONGEST_TEXT = 4096
KEPT_EVENTS = 1000
Button = dict[str, Any]
T = TypeVar("T")


class Emulator:
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
        self.changes = Changes()
        self.long_poll = LongPoll(group_id, now, self.changes, kept=kept_events)
        self.events = Events(self.long_poll)
        files = FileStore(group_id, now)
        self.community = Community(
            group_id, group_name, screen_name, now, self.changes, self.events, self.long_poll, files
        )
        self.faults = Faults()
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
            async with snapshot.keeping(self._kept, self.changes):
                yield self.url
        finally:
            await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_CALL)
        app.add_routes(Server(self._api, self.long_poll, self.community.files, self.faults).routes())
        control.attach(app, self)
        return app

    # What persons do

    def add_person(
        self, first_name: str, last_name: str, user_id: int | None = None, client: Client | None = None
    ) -> Person:
        """A new person, who has not written yet. Raises ValueError if the number is taken or none."""
        people = self.community.people
        if user_id is None:
            user_id = FIRST_PERSON_ID + len(people)
            while user_id in people:
                user_id += 1
        if user_id in people or not 0 < user_id < 2_000_000_000:
            raise ValueError(f"user id {user_id} is taken or impossible")
        person = people[user_id] = Person(user_id, first_name, last_name, client or Client())
        self.changes.tell("person", person)
        return person

    def person(self, person_id: int) -> Person:
        """Raises LookupError if there is no such person."""
        known = self.community.people.get(person_id)
        if known is None:
            raise LookupError(f"there is no person {person_id}")
        return known

    def write(
        self,
        person_id: int,
        text: str = "",
        *,
        payload: object = None,
        ref: str | None = None,
        ref_source: str | None = None,
        attachments: Sequence[dict[str, Any]] = (),
        reply_to: int | None = None,
        forwards: Sequence[int] = (),
        client: Client | None = None,
    ) -> Message:
        """A person writes to the community, which may answer from then on.

        payload: JSON text as sent, or any value to be written as JSON: an app can forge one.
        ref, ref_source: what the link carried through which the dialogue was opened.
        attachments: VK's attachment objects; reply_to, forwards: cmids of this dialogue.
        client: another app for this one message.

        A text over VK's 4096 characters goes in several messages, as the apps do it; the last is returned.
        """
        person = self.person(person_id)
        dialogue = self.community.dialogue(person_id)
        quoted = _quoted(dialogue, reply_to) if reply_to is not None else None
        forwarded = [_quoted(dialogue, cmid) for cmid in forwards]
        if not (text.strip() or attachments or forwarded):
            raise ValueError("a message needs a text, an attachment or forwarded messages")
        self.allow(person_id)
        while len(text) > LONGEST_TEXT:
            self._send(person, self.community.numbered(dialogue, person_id, text[:LONGEST_TEXT]), client)
            text = text[LONGEST_TEXT:]
        message = self.community.numbered(dialogue, person_id, text)
        message.payload = payload if payload is None or isinstance(payload, str) else orjson.dumps(payload).decode()
        message.ref, message.ref_source = ref, ref_source
        message.attachments = list(attachments)
        message.reply_to, message.forwards = quoted, forwarded
        return self._send(person, message, client)

    def begin(self, person_id: int, ref: str | None = None, ref_source: str | None = None) -> Message:
        """Press «Начать». Raises NotOnScreen unless nothing was written yet or a link with a ref was opened."""
        if ref is None and not self.dialogue(person_id).begin_offered:
            raise NotOnScreen("«Начать» is offered before the first message only")
        return self.write(person_id, BEGIN, payload={"command": "start"}, ref=ref, ref_source=ref_source)

    def press(
        self, person_id: int, button: str | Button, peer_id: int | None = None, cmid: int | None = None
    ) -> str | Message:
        """Press a button on the screen: the message that a text button sends, or the ticket of a callback button's
        press.

        button: its label, or the button itself. cmid: the message below which it hangs; None looks below the input
        first, then below the newest messages. Raises NotOnScreen if it is nowhere there, ValueError for a button
        that tells the bot nothing (a link).
        """
        person = self.person(person_id)
        dialogue = self.dialogue(peer_id or person_id)
        found, place = _on_screen(dialogue, button, cmid)
        action = found["action"]
        if action["type"] == "callback":
            if person.client.callback_buttons:
                return self.press_forged(person_id, action["payload"], peer_id, place)
            unsupported = {"command": "not_supported_button", "button_type": "callback", "payload": action["payload"]}
            return self.write(person_id, action["label"], payload=unsupported)
        if action["type"] != "text":
            raise ValueError(f"a button of type {action['type']} tells the bot nothing")
        if place is None and dialogue.keyboard and dialogue.keyboard["one_time"]:
            dialogue.keyboard = None
        return self.write(person_id, action["label"], payload=action.get("payload"))

    def press_forged(self, person_id: int, payload: object, peer_id: int | None = None, cmid: int | None = None) -> str:
        """A press of a callback button as a tampered app sends it, whatever is on the screen; gives the ticket."""
        person = self.person(person_id)
        press = self.community.open_press(person.id, peer_id or person.id, cmid)
        told: dict[str, Any] = {
            "user_id": person.id,
            "peer_id": press.peer_id,
            "event_id": press.ticket,
            "payload": orjson.loads(payload) if isinstance(payload, str) else payload,
        }
        if cmid is not None:
            told["conversation_message_id"] = cmid
        self.events.put("message_event", told)
        return press.ticket

    def attach(self, person_id: int, name: str, content: bytes) -> dict[str, Any]:
        """A file from a person's phone, to be passed to `write`. Raises UploadRefused for one that VK does not take."""
        files = self.community.files
        return files.add_document(self.person(person_id).id, name, content).attachment(files.host)

    def allow(self, person_id: int) -> None:
        """Take messages from the community, as pressing the button on its page or writing to it does."""
        dialogue = self.community.dialogue(self.person(person_id).id)
        if dialogue.refused_with is None:
            return
        dialogue.refused_with = None
        self.events.put("message_allow", {"user_id": person_id, "key": ""})
        self.changes.tell("dialogue", dialogue)

    def deny(self, person_id: int) -> None:
        """Forbid messages from the community: it gets error 901 until the person writes or allows."""
        dialogue = self.community.dialogue(self.person(person_id).id)
        if dialogue.refused_with is None:
            self.events.put("message_deny", {"user_id": person_id})
        self.refuse(person_id, 901)

    def refuse(self, peer_id: int, code: int) -> None:
        """Let every message to that peer fail with an error: 900 blacklisted, 902 privacy, 993 moved away, and so
        on."""
        dialogue = self.community.dialogue(peer_id)
        dialogue.refused_with = code
        self.changes.tell("dialogue", dialogue)

    def read(self, person_id: int) -> None:
        """A person looks at the dialogue: everything in it is read."""
        dialogue = self.dialogue(self.person(person_id).id)
        last = dialogue.messages[-1] if dialogue.messages else None
        if last is None or dialogue.read_by_person == last.cmid:
            return
        dialogue.read_by_person = last.cmid
        told = {"from_id": person_id, "peer_id": person_id}
        self.events.put("message_read", told | {"read_message_id": last.id, "conversation_message_id": last.cmid})
        self.changes.tell("dialogue", dialogue)

    def _send(self, person: Person, message: Message, client: Client | None) -> Message:
        dialogue = self.community.dialogue(message.peer_id)
        self.community.append(dialogue, message)
        dialogue.read_by_person = message.cmid
        self.changes.tell("message", message)
        if self.events.wanted("message_new"):
            told = {"message": message.described(), "client_info": (client or person.client).described()}
            self.events.put("message_new", told)
        return message

    # What is watched and set

    def dialogue(self, peer_id: int) -> Dialogue:
        """What was said with that peer and what is on the screen."""
        return self.community.dialogue(peer_id)

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


def _quoted(dialogue: Dialogue, cmid: int) -> dict[str, Any]:
    message = dialogue.message(cmid)
    if message is None:
        raise NotOnScreen(f"there is no message {cmid}")
    return message.quoted()


def _on_screen(dialogue: Dialogue, button: str | Button, cmid: int | None) -> tuple[Button, int | None]:
    for keyboard, place in _keyboards(dialogue, cmid):
        for shown in (shown for row in keyboard["buttons"] for shown in row):
            if button in (shown, shown["action"].get("label")):
                return shown, place
    label = button if isinstance(button, str) else button.get("action", {}).get("label")
    raise NotOnScreen(f"there is no button {label!r}")


def _keyboards(dialogue: Dialogue, cmid: int | None) -> list[tuple[dict[str, Any], int | None]]:
    if cmid is not None:
        message = dialogue.message(cmid)
        return [(message.keyboard, cmid)] if message is not None and message.keyboard else []
    below_input: list[tuple[dict[str, Any], int | None]] = [(dialogue.keyboard, None)] if dialogue.keyboard else []
    newest = (message for message in reversed(dialogue.messages) if message.keyboard and not message.deleted)
    return below_input + [(message.keyboard, message.cmid) for message in newest if message.keyboard]
