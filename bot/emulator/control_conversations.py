"""The conversations' part of the control API: who is in them, what they are called, what the bot may do there."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.emulator import views
from bot.emulator.control_input import Wrong, answered, body_of, number_in, signed_number_in
from bot.emulator.conversations import Conversation

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator


class ConversationControl:
    """Handlers of /control/conversations."""

    def __init__(self, emulator: "Emulator") -> None:
        self._emulator = emulator
        self._community = emulator.community

    def routes(self) -> list[web.RouteDef]:
        """All of them, as listed in `control.py`."""
        one = "/conversations/{peer_id}"
        return [
            web.get("/conversations", self.conversations, allow_head=False),
            web.post("/conversations", self.create),
            web.get(one, self.conversation, allow_head=False),
            web.post(one + "/members", self.invite),
            web.delete(one + "/members/{member_id}", self.kick),
            web.post(one + "/title", self.rename),
            web.post(one + "/rights", self.give_rights),
            web.post(one + "/refuse", self.refuse),
        ]

    async def conversations(self, request: web.Request) -> web.Response:
        """All of them, the latest first."""
        known = [one for one in self._community.dialogues.values() if isinstance(one, Conversation)]
        known.sort(key=lambda one: one.messages[-1].version, reverse=True)
        return answered({"conversations": [views.conversation(self._community, one) for one in known]})

    async def create(self, request: web.Request) -> web.Response:
        """A new one, of persons."""
        told = await body_of(request, owner=int, title=str, members=list)
        members = told.get("members", [])
        if "owner" not in told or not all(type(member) is int for member in members):
            raise Wrong(400, "owner is needed, and members should be a list of person ids")
        made = self._emulator.create_conversation(told["owner"], told.get("title", ""), members)
        return answered(views.conversation(self._community, made), status=201)

    async def conversation(self, request: web.Request) -> web.Response:
        """One of them."""
        return self._told(self._community.conversation(_peer_id(request)))

    async def invite(self, request: web.Request) -> web.Response:
        """Somebody comes in."""
        told = await body_of(request, by=int, member=int)
        if told.keys() != {"by", "member"}:
            raise Wrong(400, "by and member are needed")
        return self._told(self._emulator.invite(_peer_id(request), **told))

    async def kick(self, request: web.Request) -> web.Response:
        """Somebody leaves or is removed."""
        by, member = number_in(request.query, "by"), signed_number_in(request.match_info, "member_id")
        return self._told(self._emulator.kick(_peer_id(request), by, member))

    async def rename(self, request: web.Request) -> web.Response:
        """Another title."""
        told = await body_of(request, by=int, title=str)
        if "by" not in told:
            raise Wrong(400, "by is needed")
        return self._told(self._emulator.rename(_peer_id(request), told["by"], told.get("title", "")))

    async def give_rights(self, request: web.Request) -> web.Response:
        """Making an admin, or letting the bot read everything."""
        told = await body_of(request, member=int, is_admin=bool, sees_all=bool)
        peer_id = _peer_id(request)
        if told.keys() == {"sees_all"}:
            return self._told(self._emulator.let_see_all(peer_id, told["sees_all"]))
        if told.keys() != {"member", "is_admin"}:
            raise Wrong(400, "either member and is_admin are needed, or sees_all")
        return self._told(self._emulator.set_admin(peer_id, **told))

    async def refuse(self, request: web.Request) -> web.Response:
        """Every message of the bot fails with a code, or none does any more."""
        told = await body_of(request, nullable=("code",), code=int)
        code = told.get("code", 0)
        if code is not None and code < 1:
            raise Wrong(400, "code should be a number of VK's errors, or null")
        conversation = self._community.conversation(_peer_id(request))
        self._emulator.refuse(conversation.peer_id, code)
        return self._told(conversation)

    def _told(self, conversation: Conversation) -> web.Response:
        return answered(views.conversation(self._community, conversation))


def _peer_id(request: web.Request) -> int:
    return number_in(request.match_info, "peer_id")
