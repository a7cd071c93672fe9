"""messages.send: what is answered and what the recipient sees."""

import json

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot


async def test_a_message_to_one_peer_is_answered_with_its_id(bot: Bot, emulator: Emulator, anna: Person) -> None:
    message_id = await bot.call("messages.send", peer_id=anna.id, message="Здравствуйте", random_id=7)
    said = emulator.dialogue(anna.id).messages[-1]
    assert (said.id, said.cmid, said.text, said.random_id) == (message_id, 2, "Здравствуйте", 7)
    assert said.from_id == -emulator.community.group_id


async def test_a_reply_carries_the_message_it_answers(bot: Bot, emulator: Emulator, anna: Person) -> None:
    asked = emulator.write(anna.id, "Где урок?")
    forward = json.dumps({"peer_id": anna.id, "conversation_message_ids": [asked.cmid], "is_reply": True})
    await bot.call("messages.send", peer_id=anna.id, message="Здесь", random_id=1, forward=forward)
    replied = emulator.dialogue(anna.id).messages[-1].reply_to
    assert replied is not None
    assert replied["text"] == "Где урок?"
