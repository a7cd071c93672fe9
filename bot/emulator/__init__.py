"""A local messenger that speaks the VK API: persons write and press, the bot calls methods and polls, nothing leaves
this process.

Held to what VK enforces (rights to write, limits, errors, keyboards, one-time tickets, Long Poll's history), never
kinder. It lives in memory, may keep its state in a file, and imports nothing else of the bot, which talks to it over
HTTP only.

Start at `emulator.py` (what tests and the demo drive) and `acts.py` (what persons do); `server.py` is the HTTP side,
`methods/` one module per section of the API, `control.py` the API of the chat page in `page/`. What was said lies in
`dialogues.py`, who hears it is decided in `conversations.py`; `events.py` tells the bot, by `long_poll.py` and
`callbacks.py`.
"""

from bot.emulator.conversations import Conversation, Member
from bot.emulator.dialogues import Dialogue, Message, PopUp
from bot.emulator.emulator import Emulator
from bot.emulator.errors import NotOnScreen
from bot.emulator.faults import Fault
from bot.emulator.people import Client, Person
from bot.emulator.rate import Quota

__all__ = [
    "Client",
    "Conversation",
    "Dialogue",
    "Emulator",
    "Fault",
    "Member",
    "Message",
    "NotOnScreen",
    "Person",
    "PopUp",
    "Quota",
]
