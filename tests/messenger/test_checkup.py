"""What `doctor` finds about the community's token, on the local VK."""

import pytest

from bot.emulator import Emulator
from bot.messenger.pace import Pace
from bot.messenger.vk.checkup import checkup
from bot.messenger.vk.community import Community
from tests.faults.bots import HASTY


async def findings(emulator: Emulator) -> dict[str, str | None]:
    async with emulator.serving():
        community = Community(emulator.token, f"{emulator.url}/method/", Pace(None), HASTY)
        found = {about: advice async for about, advice in checkup(community)}
        await community.close()
        return found


@pytest.mark.parametrize("right", ["docs", "photos"])
async def test_a_token_that_lacks_a_right_is_told_by_the_name_of_the_right(right: str) -> None:
    emulator = Emulator()
    emulator.community.permissions.discard(right)
    assert (await findings(emulator))["VK token's rights"] == f"lacks {right}; make a new token with them"


async def test_a_token_with_every_right_that_the_bot_needs_is_fine() -> None:
    assert (await findings(Emulator()))["VK token's rights"] is None
