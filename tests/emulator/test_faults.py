"""Faults that make no sense, and waiting in vain."""

import pytest

from bot.emulator import Emulator, Fault
from tests.emulator.conftest import Bot

SEND = "messages.send"


def test_a_fault_that_makes_no_sense_is_refused() -> None:
    for method, kind, code, times in ((SEND, "dance", None, 1), (SEND, "error", None, 1), (SEND, "hang", 5, 1)):
        with pytest.raises(ValueError, match=r"kind should|needs its code"):
            Fault(method, kind, code=code, times=times)  # type: ignore[arg-type]  # that is the point
    for method, kind in ((SEND, "duplicate"), ("callback", "duplicate"), ("events", "hang"), ("events", "reorder")):
        with pytest.raises(ValueError, match="duplicate befalls"):
            Fault(method, kind)  # type: ignore[arg-type]  # a parameter of the test
    with pytest.raises(ValueError, match="times"):
        Fault(SEND, "hang", times=0)


async def test_waiting_for_what_never_comes_ends_with_the_latest_calls(bot: Bot, emulator: Emulator) -> None:
    await bot.error("messages.send", peer_id=1)
    with pytest.raises(TimeoutError, match=r"latest calls: messages\.send: 100"):
        await emulator.until(lambda: False, timeout_s=0.01)
