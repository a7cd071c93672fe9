"""Other people's clients beside the local VK, in real time: they keep their own pace and their own clocks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from vkbottle import Bot as VkbottleBot

from bot.emulator import Emulator, Message
from tests.emulator.conftest import held_poll

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")


async def answer(emulator: Emulator, peer_id: int, text: str) -> Message:
    """The newest message of the community in that dialogue, once it is this one."""

    def said() -> Message | None:
        own = [message for message in emulator.dialogue(peer_id).messages if message.out]
        return own[-1] if own and own[-1].text == text else None

    message = await emulator.until(said, timeout_s=15)
    assert message is not None
    return message


def enable_long_poll(emulator: Emulator, *events: str) -> None:
    """Switch events on, as an admin does it on the community's page."""
    settings = emulator.long_poll.settings
    settings.is_enabled, settings.switched_on = True, frozenset(events)


@asynccontextmanager
async def polling(bot: VkbottleBot, emulator: Emulator) -> AsyncIterator[None]:
    """vkbottle's own loop, at work from its first held poll on."""
    running = asyncio.create_task(bot.run_polling())
    await held_poll(emulator)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    async with emulator.serving():
        yield emulator
