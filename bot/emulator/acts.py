"""What persons do in the local VK: write, press, read, forbid messages, join the community."""

import re
from collections.abc import Sequence
from typing import Any

import orjson

from bot.emulator import screen
from bot.emulator.community import Community
from bot.emulator.conversations import Conversation
from bot.emulator.dialogues import Dialogue, Message
from bot.emulator.errors import NotOnScreen
from bot.emulator.files import Sort
from bot.emulator.people import FIRST_PERSON_ID, Client, Person
from bot.emulator.screen import Button
from bot.emulator.stickers import sticker

BEGIN = "Начать"
LONGEST_TEXT = 4096
MOST_ATTACHMENTS = 10
MOST_FORWARDS = 100
ATTACHED_AS: dict[str, Sort] = {"doc": "doc", "photo": "photo", "voice": "audio_message"}
Forward = int | tuple[int, int]


class Acts:
    """The persons of a community at their phones.

    `peer_id` names where something is done: None is the person's own dialogue with the community, otherwise a
    conversation of theirs. Raises LookupError for one that does not exist, NotOnScreen for one they are not in.
    """

    def __init__(self, community: Community) -> None:
        self.community = community
        self.events = community.events
        self.changes = community.changes
        names = "|".join(re.escape(name) for name in (community.screen_name, *_addresses(community.group_id)))
        self._named = re.compile(rf"(?<!\S)@(?:{names})(?!\w)", re.IGNORECASE)

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

    def dialogue(self, peer_id: int) -> Dialogue:
        """What was said with that peer and what is on the screen. Raises LookupError for an unknown conversation."""
        return self.community.dialogue(peer_id)

    def write(
        self,
        person_id: int,
        text: str = "",
        *,
        peer_id: int | None = None,
        payload: object = None,
        ref: str | None = None,
        ref_source: str | None = None,
        attachments: Sequence[dict[str, Any]] = (),
        sticker_id: int | None = None,
        reply_to: int | None = None,
        forwards: Sequence[Forward] = (),
        client: Client | None = None,
    ) -> Message:
        """A person writes to the community, which may answer from then on, or into a conversation.

        payload: JSON text as sent, or any value to be written as JSON: an app can forge one.
        ref, ref_source: what the link carried through which the dialogue was opened.
        attachments: VK's attachment objects; a sticker goes alone.
        reply_to: a cmid of this dialogue; forwards: such cmids, or (peer_id, cmid) of another one of the person's.
        client: another app for this one message.

        A text over VK's 4096 characters goes in several messages, as the apps do it; the last is returned.
        """
        person = self.person(person_id)
        dialogue = self.place(person, peer_id)
        quote = screen.quoted(dialogue, reply_to) if reply_to is not None else None
        forwarded = self._forwarded(person, dialogue, forwards)
        attached = _attached(text, attachments, sticker_id)
        if not (text.strip() or attached or forwarded):
            raise ValueError("a message needs a text, an attachment or forwarded messages")
        if isinstance(dialogue, Conversation):
            text = self._named.sub(self.community.mention, text)
        else:
            self.allow(person_id)
        while len(text) > LONGEST_TEXT:
            piece = self.community.numbered(dialogue, person_id, text[:LONGEST_TEXT])
            self.community.arrive(piece, client or person.client)
            text = text[LONGEST_TEXT:]
        message = self.community.numbered(dialogue, person_id, text)
        message.payload = payload if payload is None or isinstance(payload, str) else orjson.dumps(payload).decode()
        message.ref, message.ref_source = ref, ref_source
        message.attachments, message.reply_to, message.forwards = attached, quote, forwarded
        return self.community.arrive(message, client or person.client)

    def begin(self, person_id: int, ref: str | None = None, ref_source: str | None = None) -> Message:
        """Press «Начать». Raises NotOnScreen unless nothing was written yet or a link with a ref was opened."""
        if ref is None and not self.dialogue(self.person(person_id).id).begin_offered:
            raise NotOnScreen("«Начать» is offered before the first message only")
        return self.write(person_id, BEGIN, payload={"command": "start"}, ref=ref, ref_source=ref_source)

    def press(
        self, person_id: int, button: str | Button, peer_id: int | None = None, cmid: int | None = None
    ) -> str | Message:
        """Press a button on the screen: the message that a text button sends, or the ticket of a callback button's
        press.

        button, cmid: as in `screen.find_button`. In a conversation the app puts the community's mention before the
        label of a text button. Raises NotOnScreen if the button is nowhere there, ValueError for one that tells the
        bot nothing (a link).
        """
        person = self.person(person_id)
        dialogue = self.place(person, peer_id)
        found, place = screen.find_button(dialogue, button, cmid, person.client)
        action = found["action"]
        if action["type"] not in ("text", "callback"):
            raise ValueError(f"a button of type {action['type']} tells the bot nothing")
        payload = action.get("payload")
        if action["type"] == "callback":
            if person.client.callback_buttons:
                return self.press_forged(person_id, payload, peer_id, place)
            payload = {"command": "not_supported_button", "button_type": "callback", "payload": payload}
        elif place is None and dialogue.keyboard and dialogue.keyboard["one_time"]:
            dialogue.keyboard = None
        is_shared = isinstance(dialogue, Conversation)
        label = f"{self.community.mention} {action['label']}" if is_shared else action["label"]
        return self.write(person_id, label, payload=payload, peer_id=peer_id)

    def press_forged(self, person_id: int, payload: object, peer_id: int | None = None, cmid: int | None = None) -> str:
        """A press of a callback button as a tampered app sends it, whatever is on the screen; gives the ticket."""
        person = self.person(person_id)
        dialogue = self.place(person, peer_id)
        press = self.community.open_press(person.id, dialogue.peer_id, cmid)
        told: dict[str, Any] = {
            "user_id": person.id,
            "peer_id": press.peer_id,
            "event_id": press.ticket,
            "payload": orjson.loads(payload) if isinstance(payload, str) else payload,
        }
        if cmid is not None:
            told["conversation_message_id"] = cmid
        if self.community.takes_part(dialogue):
            self.events.put("message_event", told)
        return press.ticket

    def attach(self, person_id: int, name: str, content: bytes, sort: str = "doc") -> dict[str, Any]:
        """A file from a person's phone, to be passed to `write`.

        sort: `doc`, `photo` or `voice`. Raises UploadRefused for one that VK does not take, ValueError for another
        sort.
        """
        if sort not in ATTACHED_AS:
            raise ValueError(f"a file is sent as one of {', '.join(ATTACHED_AS)}")
        files = self.community.files
        return files.add(ATTACHED_AS[sort], self.person(person_id).id, name, content).attachment(files.host)

    def read(self, person_id: int, peer_id: int | None = None) -> None:
        """A person looks at the dialogue: everything in it is read.

        VK does not say of which readings in a conversation it tells the bot; here, of those that reach a message of
        the bot.
        """
        dialogue = self.place(self.person(person_id), peer_id)
        last = dialogue.messages[-1] if dialogue.messages else None
        read_up_to = dialogue.read_up_to(person_id)
        if last is None or read_up_to == last.cmid:
            return
        fresh = dialogue.messages[read_up_to:]
        dialogue.mark_read(person_id, last.cmid)
        is_shared = isinstance(dialogue, Conversation)
        if self.community.takes_part(dialogue) and (not is_shared or any(message.out for message in fresh)):
            told = {"from_id": person_id, "peer_id": dialogue.peer_id}
            self.events.put("message_read", told | {"read_message_id": last.id, "conversation_message_id": last.cmid})
        self.changes.tell("conversation" if is_shared else "dialogue", dialogue)

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

    def refuse(self, peer_id: int, code: int | None) -> None:
        """Let every message to that peer fail with an error: 900 blacklisted, 902 privacy, 993 moved away, and so
        on; None lets them through."""
        dialogue = self.community.dialogue(peer_id)
        dialogue.refused_with = code
        self.changes.tell("conversation" if isinstance(dialogue, Conversation) else "dialogue", dialogue)

    def join(self, person_id: int) -> None:
        """Become a member of the community."""
        person = self.person(person_id)
        if not person.is_member:
            person.is_member = True
            self.events.put("group_join", {"user_id": person_id, "join_type": "join"})
            self.changes.tell("person", person)

    def leave(self, person_id: int) -> None:
        """Be a member no longer, by one's own will."""
        person = self.person(person_id)
        if person.is_member:
            person.is_member = False
            self.events.put("group_leave", {"user_id": person_id, "self": 1})
            self.changes.tell("person", person)

    def place(self, person: Person, peer_id: int | None) -> Dialogue:
        """The dialogue in which a person does something. Raises as the class says."""
        if peer_id in (None, person.id):
            return self.community.dialogue(person.id)
        conversation = self.community.conversation(peer_id or 0)
        if person.id not in conversation.members:
            raise NotOnScreen(f"person {person.id} is not in conversation {peer_id}")
        return conversation

    def _forwarded(self, person: Person, here: Dialogue, forwards: Sequence[Forward]) -> list[dict[str, Any]]:
        if len(forwards) > MOST_FORWARDS:
            raise ValueError(f"at most {MOST_FORWARDS} messages are forwarded at once")
        named = [(here.peer_id, one) if isinstance(one, int) else one for one in forwards]
        return [screen.quoted(self.place(person, peer_id), cmid) for peer_id, cmid in named]


def _attached(text: str, attachments: Sequence[dict[str, Any]], sticker_id: int | None) -> list[dict[str, Any]]:
    if len(attachments) > MOST_ATTACHMENTS:
        raise ValueError(f"at most {MOST_ATTACHMENTS} files go with a message")
    if sticker_id is None:
        return list(attachments)
    if text or attachments:
        raise ValueError("a sticker goes alone")
    return [sticker(sticker_id)]


def _addresses(group_id: int) -> tuple[str, str]:
    return f"club{group_id}", f"public{group_id}"
