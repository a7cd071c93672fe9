"""The people's half of the control API: who is there, what they see, what they do."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.emulator import views
from bot.emulator.control_input import Wrong, answered, body_of, count_in, number_in
from bot.emulator.dialogues import Message
from bot.emulator.errors import NotOnScreen
from bot.emulator.people import Client
from bot.emulator.server import uploaded_file

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

MOST_MESSAGES = 200


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
            web.post(person + "/{act:read|deny|allow}", self.act),
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
        self._emulator.person(peer_id)
        before = number_in(request.query, "before") if "before" in request.query else None
        count = count_in(request.query, "count", most=MOST_MESSAGES, default=50)
        return answered(views.dialogue(self._community, self._emulator.dialogue(peer_id), before, count))

    async def write(self, request: web.Request) -> web.Response:
        """A person's message."""
        told = await body_of(
            request, text=str, ref=str, ref_source=str, payload=str, attachments=list, reply_to=int, forwards=list
        )
        text, attachments, forwards = told.pop("text", ""), told.pop("attachments", []), told.pop("forwards", [])
        if not all(isinstance(one, dict) and isinstance(one.get("type"), str) for one in attachments):
            raise Wrong(400, "attachments should be a list of attachment objects")
        if not all(isinstance(one, int) for one in forwards):
            raise Wrong(400, "forwards should be a list of cmids")
        person_id = number_in(request.match_info, "person_id")
        return _said(self._emulator.write(person_id, text, attachments=attachments, forwards=forwards, **told))

    async def begin(self, request: web.Request) -> web.Response:
        """«Начать»."""
        told = await body_of(request, ref=str, ref_source=str)
        return _said(self._emulator.begin(number_in(request.match_info, "person_id"), **told))

    async def press(self, request: web.Request) -> web.Response:
        """A button by its place on a keyboard."""
        told = await body_of(request, cmid=int, row=int, column=int)
        person_id = number_in(request.match_info, "person_id")
        dialogue = self._emulator.dialogue(self._emulator.person(person_id).id)
        cmid = told.get("cmid")
        message = dialogue.message(cmid) if cmid is not None else None
        keyboard = dialogue.keyboard if cmid is None else (message.keyboard if message else None)
        button = _button_at(keyboard, told.get("row", -1), told.get("column", -1))
        if button["action"]["type"] == "open_link":
            return answered({"link": button["action"]["link"]})
        pressed = self._emulator.press(person_id, button, cmid=cmid)
        return _said(pressed) if isinstance(pressed, Message) else answered({"ticket": pressed})

    async def file(self, request: web.Request) -> web.Response:
        """A file from a person's device."""
        person_id = number_in(request.match_info, "person_id")
        self._emulator.person(person_id)
        name, content = await uploaded_file(request, "file")
        return answered({"attachment": self._emulator.attach(person_id, name, content)}, status=201)

    async def act(self, request: web.Request) -> web.Response:
        """Reading, forbidding, allowing."""
        await body_of(request)
        person_id = number_in(request.match_info, "person_id")
        acts = {"read": self._emulator.read, "deny": self._emulator.deny, "allow": self._emulator.allow}
        acts[request.match_info["act"]](person_id)
        return self._person(person_id)

    def _latest(self, person_id: int) -> tuple[int, int]:
        last = self._emulator.dialogue(person_id).last
        return (last.version if last else 0, -person_id)

    def _person(self, person_id: int) -> web.Response:
        return answered(views.person(self._community, self._emulator.person(person_id)))


def _said(message: Message) -> web.Response:
    return answered({"message": views.message(message)})


def _button_at(keyboard: dict[str, Any] | None, row: int, column: int) -> dict[str, Any]:
    rows = keyboard["buttons"] if keyboard else []
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotOnScreen("there is no such button")
    button: dict[str, Any] = rows[row][column]
    return button
