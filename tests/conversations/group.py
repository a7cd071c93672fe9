"""A group conversation in the local VK, as its members see it."""

from collections.abc import Callable
from typing import Any

from bot.emulator import Conversation, Message
from tests.conversations.chat import Chat, Person

GREETING = (
    "Здравствуйте! Акция «УГУ». Напишите «/топ-20» или нажмите кнопку — покажу, кто впереди; координатор может"
    " попросить присылать список сюда каждый день. Ещё я провожу здесь стратегические сессии: команды, таймер,"
    " голосование, экран для проектора; открывает координатор или преподаватель кнопкой «Новая сессия».\n"
    "Права администратора мне не нужны. Вижу только нажатия моих кнопок и то, что сказано мне: с @упоминанием или"
    " с «/» в начале; если дать право видеть все сообщения — ещё ответы на мои. Остального не читаю и не храню."
)


class Group:
    """A conversation of several people. An act waits until the bot has said everything it had to say."""

    def __init__(self, chat: Chat, owner: Person, *members: Person) -> None:
        self._chat = chat
        self._owner = owner
        made = chat.emulator.create_conversation(owner.id, "Педсовет", [one.id for one in members])
        self.peer = made.peer_id
        self._seen: dict[int, float | None] = {}
        self._pop_ups_seen = 0

    @property
    def _there(self) -> Conversation:
        return self._chat.emulator.community.conversation(self.peer)

    @property
    def _bot(self) -> int:
        return -self._chat.emulator.community.group_id

    # --- acting

    async def invites(self) -> None:
        """The owner brings the bot in."""
        await self.acts(lambda: self._chat.emulator.invite(self.peer, self._owner.id, self._bot))

    async def removes(self) -> None:
        """The owner removes the bot."""
        await self.acts(lambda: self._chat.emulator.kick(self.peer, self._owner.id, self._bot))

    async def writes(self, person: Person, text: str, **more: Any) -> None:
        await self.acts(lambda: self._chat.emulator.write(person.id, text, peer_id=self.peer, **more))

    async def presses(self, person: Person, label: str) -> None:
        await self.acts(lambda: self._chat.emulator.press(person.id, label, self.peer))

    async def forges(self, person: Person, payload: str, cmid: int | None = None) -> None:
        await self.acts(lambda: self._chat.emulator.press_forged(person.id, payload, self.peer, cmid))

    async def acts(self, act: Callable[[], object]) -> None:
        """Does anything else there: several things at once, for one."""
        await self._chat.settled()
        self._seen = {message.cmid: message.edited_at for message in self._messages()}
        self._pop_ups_seen = len(self._there.popups)
        act()
        await self._chat.settled()

    # --- seeing

    def _messages(self) -> list[Message]:
        return [message for message in self._there.messages if message.out and message.action is None]

    @property
    def _changed(self) -> list[Message]:
        return [one for one in self._messages() if self._seen.get(one.cmid, "new") != one.edited_at]

    @property
    def news(self) -> list[str]:
        """What the bot said or rewrote there since the last act."""
        return [message.text for message in self._changed]

    @property
    def buttons(self) -> list[str]:
        """The labels below the newest message of the bot that came or was rewritten since the last act."""
        keyboard = self._changed[-1].keyboard if self._changed else None
        return [button["action"]["label"] for row in (keyboard or {"buttons": []})["buttons"] for button in row]

    @property
    def pop_ups(self) -> list[tuple[int, str]]:
        """Who got which pop-up since the last act; an empty one only stops the spinner."""
        return [
            (one.user_id, (one.event_data or {}).get("text", "")) for one in self._there.popups[self._pop_ups_seen :]
        ]

    @property
    def said(self) -> list[str]:
        """All that the bot ever said there, as it stands now."""
        return [message.text for message in self._messages()]


async def led_by(chat: Chat, leader: Person, *others: Person) -> Group:
    """A conversation of a coordinator with the bot and others."""
    group = Group(chat, leader, *others)
    await group.invites()
    return group
