"""The log of calls."""

from bot.emulator import Emulator
from tests.emulator.conftest import Bot


async def test_the_log_keeps_calls_without_the_token_and_with_their_answers(bot: Bot, emulator: Emulator) -> None:
    await bot.call("groups.getById")
    await bot.error("messages.send", peer_id=1)
    assert [call.answer["error"]["error_code"] for call in emulator.calls.of("messages.send")] == [100]
    kept = list(emulator.calls)
    assert [(call.method, call.error_code) for call in kept] == [("groups.getById", None), ("messages.send", 100)]
    assert emulator.token not in str(kept)
