"""One duty whose question fails must not silence the others: for the rest of that day they are told without it.

A failed statement may have spoilt the transaction, so the slice fails with it and is run again soon, now without the
duty. The next day it is asked again, and what it had to say is told then.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

import structlog
from sqlalchemy import Connection

from bot.domain.duties import Owed
from bot.jobs.duty import Duty, Round
from bot.logs import described
from bot.storage.engines import Trouble, trouble_of

log = structlog.get_logger()


def isolated(duties: Iterable[Duty]) -> Sequence[Duty]:
    """The same duties, each left out for the rest of a day on which it could not be asked."""
    return tuple(replace(duty, owed=_asked_while_it_works(duty)) for duty in duties)


def _asked_while_it_works(duty: Duty) -> Callable[[Connection, Round], Iterable[Owed]]:
    failed_on: date | None = None

    def owed(conn: Connection, round_: Round) -> Iterable[Owed]:
        nonlocal failed_on
        today = round_.setting.campaign.calendar.local_day(round_.at)
        if failed_on == today:
            return ()
        try:
            return list(duty.owed(conn, round_))
        except Exception as error:
            if trouble_of(error) is Trouble.FAULT:  # a full disk or a lost race is not the duty's fault
                failed_on = today
                log.error("duty failed, the others go on without it today", duty=duty.key, **described(error))
            raise

    return owed
