"""The people's half of the control API: who is there, what they see, what they do."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.emulator import screen, views
from bot.emulator.acts import Forward
from bot.emulator.control_input import Wrong, answered, body_of, count_in, number_in
from bot.emulator.dialogues import CONVERSATIONS_FROM, Message
from bot.emulator.people import Client
from bot.emulator.server import uploaded_file

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

MOST_MESSAGES = 200
WRITTEN: dict[str, type] = {
    **dict.fromkeys(("text", "ref", "ref_source", "payload"), str),
    **dict.fromkeys(("peer_id", "sticker_id", "reply_to"), int),
    **dict.fromkeys(("attachments", "forwards"), list),
}


class PeopleControl:
    """Handlers of /control/persons and /control/dialogues."""

    def __init__(self, emulator: "Emulator") -> None:
        self._emulator = emulator
        self._community = emulator.community

    def routes(self) -> list[web.RouteDef]:
        """All of them, as listed in `control.py`."""
        person = "/persons/{person_id}"
        return [
            web.get("/persons", self.persons, allow_head=False),
            web.post("/persons", self.add_person),
            web.get(person, self.person, allow_head=False),
            web.get("/dialogues/{peer_id}", self.dialogue, allow_head=False),
            web.post(person + "/write", self.write),
            web.post(person + "/begin", self.begin),
            web.post(person + "/press", self.press),
            web.post(person + "/files", self.file),
            web.post(person + "/read", self.read),
            web.post(person + "/{act:deny|allow|join|leave}", self.act),
        ]

    async def persons(self, request: web.Request) -> web.Response:
        """Everybody, the latest dialogue first."""
        people = sorted(self._community.people, key=self._latest, reverse=True)
        return answered({"persons": [views.person(self._community, self._community.people[id_]) for id_ in people]})

    async def add_person(self, request: web.Request) -> web.Response:
        """Somebody new."""
        told = await body_of(request, first_name=str, last_name=str, user_id=int, callback_buttons=bool)
        first_name, last_name = told.get("first_name", "").strip(), told.get("last_name", "").strip()
        if not first_name or len(first_name + last_name) > 100:
            raise Wrong(400, "first_name is needed, both names together up to 100 characters")
        client = Client(callback_buttons=told.get("callback_buttons", True))
        person = self._emulator.add_person(first_name, last_name, told.get("user_id"), client)
        return answered(views.person(self._community, person), status=201)

    async def person(self, request: web.Request) -> web.Response:
        """One person."""
        return self._person(number_in(request.match_info, "person_id"))

    async def dialogue(self, request: web.Request) -> web.Response:
        """A page of a dialogue."""
        peer_id = number_in(request.match_info, "peer_id")
        if peer_id < CONVERSATIONS_FROM:
            self._emulator.person(peer_id)
        before = number_in(request.query, "before") if "before" in request.query else None
        count = count_in(request.query, "count", most=MOST_MESSAGES, default=50)
        return answered(views.dialogue(self._community, self._emulator.dialogue(peer_id), before, count))

    async def write(self, request: web.Request) -> web.Response:
        """A person's message."""
        told = await body_of(request, nullable=(), **WRITTEN)
        text, attachments = told.pop("text", ""), told.pop("attachments", [])
        forwards = [_forward(one) for one in told.pop("forwards", [])]
        if not all(isinstance(one, dict) and isinstance(one.get("type"), str) for one in attachments):
            raise Wrong(400, "attachments should be a list of attachment objects")
        person_id = number_in(request.match_info, "person_id")
        return _said(self._emulator.write(person_id, text, attachments=attachments, forwards=forwards, **told))

    async def begin(self, request: web.Request) -> web.Response:
        """«Начать»."""
        told = await body_of(request, ref=str, ref_source=str)
        return _said(self._emulator.begin(number_in(request.match_info, "person_id"), **told))

    async def press(self, request: web.Request) -> web.Response:
        """A button by its place on a keyboard, or one that never was there."""
        told = await body_of(request, peer_id=int, cmid=int, row=int, column=int, payload=str)
        person_id, peer_id = number_in(request.match_info, "person_id"), told.get("peer_id")
        if "payload" in told:
            ticket = self._emulator.press_forged(person_id, told["payload"], peer_id, told.get("cmid"))
            return answered({"ticket": ticket})
        dialogue = self._emulator.place(self._emulator.person(person_id), peer_id)
        cmid = told.get("cmid")
        button = screen.button_at(dialogue, cmid, told.get("row", -1), told.get("column", -1))
        if button["action"]["type"] == "open_link":
            return answered({"link": button["action"]["link"]})
        pressed = self._emulator.press(person_id, button, peer_id, cmid)
        return _said(pressed) if isinstance(pressed, Message) else answered({"ticket": pressed})

    async def file(self, request: web.Request) -> web.Response:
        """A file from a person's device."""
        person_id = number_in(request.match_info, "person_id")
        self._emulator.person(person_id)
        sort = request.query.get("as", "doc")
        name, content = await uploaded_file(request, "file")
        return answered({"attachment": self._emulator.attach(person_id, name, content, sort)}, status=201)

    async def read(self, request: web.Request) -> web.Response:
        """Everything said so far was looked at."""
        told = await body_of(request, peer_id=int)
        person_id = number_in(request.match_info, "person_id")
        self._emulator.read(person_id, told.get("peer_id"))
        return self._person(person_id)

    async def act(self, request: web.Request) -> web.Response:
        """Forbidding and allowing messages, joining and leaving the community."""
        await body_of(request)
        person_id = number_in(request.match_info, "person_id")
        acts = {"deny": self._emulator.deny, "allow": self._emulator.allow}
        acts |= {"join": self._emulator.join, "leave": self._emulator.leave}
        acts[request.match_info["act"]](person_id)
        return self._person(person_id)

    def _latest(self, person_id: int) -> tuple[int, int]:
        last = self._emulator.dialogue(person_id).last
        return (last.version if last else 0, -person_id)

    def _person(self, person_id: int) -> web.Response:
        return answered(views.person(self._community, self._emulator.person(person_id)))


def _said(message: Message) -> web.Response:
    return answered({"message": views.message(message)})


def _forward(told: Any) -> Forward:
    match told:
        case bool():
            pass
        case int():
            return told
        case {"peer_id": int(peer_id), "cmid": int(cmid)}:
            return peer_id, cmid
    raise Wrong(400, "forwards should be a list of cmids, or of objects with peer_id and cmid")
