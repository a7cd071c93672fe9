"""Everything that happens by the campaign's clock."""

from collections.abc import Sequence
from functools import partial

from bot.jobs.calls import call_job, next_slice
from bot.jobs.isolation import isolated
from bot.jobs.job import Job
from bot.jobs.registry import DUTIES
from bot.jobs.reminders import reminder_jobs
from bot.jobs.schedule import Pending
from bot.jobs.setting import Setting
from bot.jobs.top_list import top_list_job


def all_jobs(setting: Setting) -> Sequence[Job]:
    """The jobs of a campaign; of those that are due at the same time the first goes first."""
    duties = isolated(DUTIES)
    return (top_list_job(setting), call_job(setting, duties), *reminder_jobs(setting, duties))


def pending_calls(setting: Setting) -> Pending:
    """What goes on with «Напомнить всем»."""
    return partial(next_slice, setting=setting, duties=isolated(DUTIES))
