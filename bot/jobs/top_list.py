"""The daily top list: how it stands in the morning is kept, and goes to the conversations that want it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.calendar import Calendar
from bot.domain.names import published_name
from bot.domain.ranking import TOP, PublishedPlace
from bot.jobs.job import Job, Sliced
from bot.jobs.setting import Setting
from bot.messenger import answers
from bot.messenger.replies import Address, Say
from bot.storage import conversations, participants, ranking, top_snapshots
from bot.storage.job_runs import Run
from bot.storage.top_snapshots import Line, Snapshot
from bot.wording import LOCALES, say, say_moment, say_places

HOUR: Final = time(9)
PAGE = 100  # conversations, about 20 ms


def top_list_job(setting: Setting) -> Job:
    """Every morning while people vote, and once more when the last votes are in."""
    return Job("top-list", HOUR, _after_a_day_of_voting, partial(_post, setting=setting))


def _after_a_day_of_voting(day: date, calendar: Calendar) -> bool:
    return day - timedelta(days=1) in calendar.periods.voting


def _post(conn: Connection, run: Run, at: datetime, real: datetime, *, setting: Setting) -> Sliced:
    """Keep the list and send it, a page of conversations at a time; too late on that day it is only kept.

    On another day nothing is known of how it stood that morning, so there is neither.
    """
    campaign = setting.campaign
    day = campaign.calendar.local_day(run.planned_at)
    until = datetime.combine(day, campaign.hours.quiet_from, campaign.calendar.zone)
    page, cursor = _page(conn, run.cursor)
    snapshot = _kept(conn, day, at, begins=run.cursor == 0) if campaign.calendar.local_day(at) == day else None
    if snapshot is None or at >= until:
        return Sliced(cursor, skipped=len(page))
    if not snapshot.lines:
        return Sliced(None)
    text = _text(conn, campaign, snapshot)
    says = [Say(text, to=address) for address in page]
    deliveries = answers.post(conn, says, setting.limits, at=real, expires_at=setting.real_after(real, until - at))
    return Sliced(cursor, deliveries, recipients=len(page))


def _page(conn: Connection, after: int) -> tuple[Sequence[Address], int | None]:
    """The next conversations behind a peer, and the last of their peers; None for the last page."""
    chosen = conversations.getting_top(conn)
    left = sorted((Address(messenger, peer) for messenger, peer in chosen if peer > after), key=lambda one: one.peer)
    if len(left) <= PAGE:
        return left, None
    # Two messengers may number theirs alike: those stay together.
    last = left[PAGE - 1].peer
    return [one for one in left if one.peer <= last], last


def _kept(conn: Connection, day: date, at: datetime, *, begins: bool) -> Snapshot | None:
    """The day's list; None if it was sent before: a rehearsal was set back, and the morning comes again."""
    if begins:
        standings = [one.standing for one in ranking.top(conn, TOP)]
        lines = [Line(one.number, one.tally.votes) for one in standings]
        if not top_snapshots.take(conn, day, lines, at=at):
            return None
    return top_snapshots.of_day(conn, day)


def _text(conn: Connection, campaign: Campaign, snapshot: Snapshot) -> str:
    found = [(participants.found(conn, line.number), line.votes) for line in snapshot.lines]
    places = [
        PublishedPlace(published_name(one.named, campaign.shown.minors), votes)
        for one, votes in found
        if one is not None
    ]
    calendar, locale = campaign.calendar, LOCALES[0]
    return say(
        locale,
        "top-of-the-morning",
        at=say_moment(locale, snapshot.taken_at, calendar.zone),
        lines=say_places(locale, places),
        voting="on" if calendar.local_day(snapshot.taken_at) in calendar.periods.voting else "over",
    )
