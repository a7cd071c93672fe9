"""VK's lists and histories of dialogues as no emulator gives them: shuffled while they are read, torn, refused."""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.messenger.vk.api import NoAnswer, VkError

GROUP = 222000111
Answer = Callable[[], Any]


class OddVk:
    """Answers as `PacedApi.request` does. Dialogues are listed newest first, each with its messages, oldest first."""

    def __init__(self) -> None:
        self.dialogues: dict[int, list[dict[str, Any]]] = {}
        self.refused: dict[int, int] = {}
        self.troubles: list[Exception] = []
        self.listed: Callable[[int], None] = lambda offset: None
        self.with_last_number = True
        self.asked: list[str] = []
        self.histories_of: set[int] = set()

    def says(self, peer: int, text: str, date: int, *, out: bool = False) -> None:
        """Somebody wrote; the dialogue moves to the top."""
        said = self.dialogues.pop(peer, [])
        message = {"peer_id": peer, "from_id": -GROUP if out else peer, "out": int(out), "date": date, "text": text}
        self.dialogues[peer] = [*said, {**message, "conversation_message_id": len(said) + 1}]

    async def request(self, method: str, data: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(method)
        if self.troubles:
            raise self.troubles.pop(0)
        if method == "messages.getConversations":
            answer = self._list(data["offset"], data["count"])
            self.listed(data["offset"])
            return {"response": answer}
        if method == "execute":
            calls = [json.loads(call) for call in re.findall(r"getHistory\((.*?)\)", data["code"])]
            return {"response": [False if one["peer_id"] in self.refused else self._history(one) for one in calls]}
        if code := self.refused.get(data["peer_id"]):
            raise VkError(code, "refused")
        return {"response": self._history(data)}

    def _list(self, offset: int, count: int) -> Any:
        shown = list(reversed(self.dialogues.items()))[offset : offset + count]
        return {"count": len(self.dialogues), "items": [self._item(peer, said) for peer, said in shown]}

    def _item(self, peer: int, said: list[dict[str, Any]]) -> dict[str, Any]:
        conversation: dict[str, Any] = {"peer": {"id": peer, "type": "user"}}
        if self.with_last_number:
            conversation["last_conversation_message_id"] = len(said)
        return {"conversation": conversation, "last_message": said[-1]}

    def _history(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.histories_of.add(asked["peer_id"])
        said = self.dialogues[asked["peer_id"]][::-1]
        offset = asked.get("offset", 0)
        return {"count": len(said), "items": said[offset : offset + asked["count"]]}


def outage() -> Exception:
    return NoAnswer("messages.getConversations: TimeoutError")
