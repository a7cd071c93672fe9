"""What participants hear by the clock: the balance on Fridays, the last days of voting. News, over with the voting."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from bot.domain.duties import Audience, Owed
from bot.domain.duty_days import is_last_voting_day, is_weekly_day, last_voting_days, weekly_days
from bot.domain.links import VotingRef, link
from bot.domain.participant_ids import ParticipantNumber
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button, Colour
from bot.presses.participants import OpenBalance, OpenMyLink
from bot.storage import participant_duties
from bot.storage.participant_duties import TakingPart
from bot.wording import say


class _ThisWeek(NamedTuple):
    """Votes, and how many participants have more."""

    votes: int
    ahead: int


class _AtTheEnd(NamedTuple):
    """Whom to vote for, votes so far, and how many days of voting are left after today."""

    number: ParticipantNumber
    votes: int
    days_left: int


def _voting_ended_at(round_: Round) -> datetime | None:
    """The instant at which these news were over, None while people vote."""
    calendar = round_.setting.campaign.calendar
    ends_at = datetime.combine(calendar.periods.voting.last + timedelta(days=1), time.min, calendar.zone)
    return ends_at.astimezone(UTC) if ends_at <= round_.at else None


def _this_week(conn: Connection, round_: Round) -> Iterator[Owed]:
    ended_at = _voting_ended_at(round_)
    if ended_at is not None and ended_at <= round_.since:
        return
    ahead = participant_duties.ahead(conn)
    for person, number, claimed_at, votes in _taking_part(conn, round_):
        yield Owed(person, f"number:{number}", claimed_at, ended_at, _ThisWeek(votes, ahead(votes)))


def _at_the_end(conn: Connection, round_: Round) -> Iterator[Owed]:
    calendar = round_.setting.campaign.calendar
    ended_at = _voting_ended_at(round_)
    if ended_at is not None and ended_at <= round_.since:
        return
    left = (calendar.periods.voting.last - calendar.local_day(round_.at)).days
    for person, number, claimed_at, votes in _taking_part(conn, round_):
        yield Owed(person, f"number:{number}", claimed_at, ended_at, _AtTheEnd(number, votes, left))


def _taking_part(conn: Connection, round_: Round) -> Sequence[TakingPart]:
    found: Sequence[TakingPart] | None = round_.shared.get("taking part")
    if found is None:
        found = round_.shared["taking part"] = participant_duties.taking_part(conn, round_.first, round_.last)
    return found


def _weekly_told(locale: str, owed: Owed, setting: Setting) -> Told:
    week: _ThisWeek = owed.details
    if week.votes == 0:
        return Told(say(locale, "duty-weekly-balance-empty"), [_my_link(locale)])
    text = say(locale, "duty-weekly-balance", votes=week.votes, ahead=week.ahead)
    return Told(text, [_balance(locale), _my_link(locale)])


def _last_days_told(locale: str, owed: Owed, setting: Setting) -> Told:
    end: _AtTheEnd = owed.details
    address = link(setting.link_base, VotingRef(end.number))
    text = say(locale, "duty-last-days", days=end.days_left, votes=end.votes, link=address)
    return Told(text, [_my_link(locale)])


def _balance(locale: str) -> Button:
    return Button(say(locale, "label-balance"), OpenBalance())


def _my_link(locale: str) -> Button:
    return Button(say(locale, "label-my-link"), OpenMyLink(), Colour.PRIMARY)


DUTIES: tuple[Duty, ...] = (
    Duty(
        key="last-days",
        audience=Audience.PARTICIPANTS,
        owed=_at_the_end,
        reminds=lambda owed, calendar: last_voting_days(calendar.local_day(owed.since), calendar),
        told=_last_days_told,
        news="last-days",
        only_on=is_last_voting_day,
    ),
    Duty(
        key="weekly-balance",
        audience=Audience.PARTICIPANTS,
        owed=_this_week,
        reminds=lambda owed, calendar: weekly_days(calendar.local_day(owed.since), calendar),
        told=_weekly_told,
        news="weekly-balance",
        only_on=is_weekly_day,
    ),
)
