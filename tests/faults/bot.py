"""The inside of the bot's process: settings from the environment, SIGTERM as in `ugubot run`, the routers of a test."""

import importlib

from bot import logs
from bot.app import running
from bot.commands.run import until_stopped
from bot.config import Settings
from bot.messenger.router import Router
from tests.conversations.chat import campaign


async def live(routers: str) -> None:
    """Run the bot until SIGTERM. routers: `module:name` of a router or of a sequence of them."""
    settings = Settings(_env_file=None)
    logs.configure(settings.log)
    module, _, name = routers.partition(":")
    found = getattr(importlib.import_module(module), name)
    with until_stopped():
        async with running(settings, campaign(), routers=[found] if isinstance(found, Router) else found) as app:
            await app.failure()
