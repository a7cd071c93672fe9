"""Plays the campaign and takes the pictures: `python -m docs.screenshots`."""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser

from docs.screenshots.camera import Camera, browsing
from docs.screenshots.campaign import FIRST_MORNING
from docs.screenshots.session_story import SessionStory
from docs.screenshots.stage import Stage, staged
from docs.screenshots.story import Story

IMAGES = Path(__file__).parents[1] / "images"


async def main() -> None:
    """Write all pictures of the guides anew."""
    async with browsing() as browser:
        async with staged(FIRST_MORNING) as stage:
            await Story(stage, _camera(browser, stage, "coordinator")).played()
        async with staged(FIRST_MORNING) as stage:
            await SessionStory(stage, _camera(browser, stage, "moderator")).played()


def _camera(browser: Browser, stage: Stage, guide: str) -> Camera:
    folder = IMAGES / guide
    folder.mkdir(parents=True, exist_ok=True)
    return Camera(browser, stage.emulator.url, folder, stage.timestamp)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except FileNotFoundError as missing:
        sys.exit(str(missing))
