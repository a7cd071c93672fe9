"""The inside of the bot's process: the real bot in a hurry, whose real clock goes on while it is down."""

import os
from dataclasses import replace
from datetime import datetime

from bot import logs
from bot.app import ROUTERS, running
from bot.clock import Clock, ClockSetting
from bot.commands.run import until_stopped
from bot.config import Settings
from bot.messenger.patience import USUAL
from tests.conversations.chat import FIRST_DAY, campaign
from tests.faults.bots import RealClock

BEGAN, PASSED_S = "UGUBOT_TEST_BEGAN", "UGUBOT_TEST_PASSED_S"
"""Environment: the real instant of the campaign's first morning, and the seconds that have passed beside the clock."""

HURRIED = replace(
    USUAL,
    retry_delays_s=(0.02, 0.1, 0.3),
    answer_within_s=0.5,
    longest_answer_s=2.0,
    alarm_pause_s=0.1,
    ask_within_s=5.0,
    file_within_s=10.0,
)


async def live(routers: str) -> None:
    """Run the bot until SIGTERM. routers: not asked for, it is always the whole bot."""
    settings = Settings(_env_file=None)
    logs.configure(settings.log)
    real = RealClock()
    real.passes(seconds=float(os.environ[PASSED_S]))
    clock = Clock(ClockSetting(FIRST_DAY, datetime.fromisoformat(os.environ[BEGAN])), real=real)
    with until_stopped():
        async with running(settings, campaign(), routers=ROUTERS, clock=clock, patience=HURRIED) as app:
            await app.failure()
