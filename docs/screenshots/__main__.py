"""Plays the campaign and takes the pictures: `python -m docs.screenshots`."""

import asyncio
import sys
from pathlib import Path

from docs.screenshots.camera import Camera, browsing
from docs.screenshots.campaign import FIRST_MORNING
from docs.screenshots.stage import staged
from docs.screenshots.story import Story

PICTURES = Path(__file__).parents[1] / "images" / "coordinator"


async def main() -> None:
    """Write all pictures of the guide anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with browsing() as browser, staged(FIRST_MORNING) as stage:
        await Story(stage, Camera(browser, stage.emulator.url, PICTURES, stage.timestamp)).played()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except FileNotFoundError as missing:
        sys.exit(str(missing))
