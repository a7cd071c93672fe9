"""The inside of a bot's process that does nothing but a made-up job, at 15:00 of the campaign's clock."""

from bot import logs
from bot.app import running
from bot.commands.run import until_stopped
from bot.config import Settings
from tests.conversations.chat import campaign
from tests.faults.bots import HASTY
from tests.jobs.made_up import at_three


async def live(_: str) -> None:
    """Run the bot until SIGTERM."""
    settings = Settings(_env_file=None)
    logs.configure(settings.log)
    with until_stopped():
        async with running(settings, campaign(), patience=HASTY, jobs=at_three) as app:
            await app.failure()
