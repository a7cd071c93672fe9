"""`ugubot run`: the bot on a real community, until it is told to stop."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console

from bot.app import StartError, running
from bot.commands.operator_error import OperatorError
from bot.config import Campaign, Settings
from bot.storage.migrating import NewerDatabase, upgrade

REHEARSED = ("Баланс", "Меню")


async def run(settings: Settings, campaign: Campaign, console: Console) -> None:
    """Bring the database up to date, start, say when it is ready, stop on SIGTERM or Ctrl+C."""
    try:
        await asyncio.to_thread(upgrade, settings.database_url)
        with until_stopped():
            async with running(settings, campaign, rehearsed=REHEARSED) as app:
                local = app.clock.now().astimezone(campaign.calendar.zone)
                console.print(f"Ready: {campaign.title}; campaign time {local:%Y-%m-%d %H:%M}. Ctrl+C stops.")
                await app.failure()
    except (StartError, NewerDatabase) as error:
        raise OperatorError(str(error)) from error


@contextmanager
def until_stopped() -> Iterator[None]:
    """Let SIGTERM and Ctrl+C end the block in order, wherever it stands, also while it still waits for VK."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        yield
