"""The HTTP server of the pages: starts, stops within seconds, and keeps no access log, as addresses are secrets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.web.guard import guarded
from bot.web.screens import Screens

# Streams end by themselves at a stop; only somebody who reads slowly is waited for, and then cut off.
STOP_WITHIN_S: Final = 1.0
LARGEST_BODY: Final = 1024  # nothing is ever sent here


@asynccontextmanager
async def serving(listen: tuple[str, int], screens: Screens) -> AsyncIterator[str]:
    """Answer at a host and port (0: a free one) until left; gives the address. Raises OSError if it is taken."""
    app = web.Application(middlewares=[guarded], client_max_size=LARGEST_BODY)
    screens.attach(app)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=STOP_WITHIN_S)
    await runner.setup()
    try:
        host, port = listen
        await web.TCPSite(runner, host, port).start()
        yield _address(host, runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
