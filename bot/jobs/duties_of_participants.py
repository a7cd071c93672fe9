"""What participants hear by the clock: the balance on Fridays, the last days of voting. News, never settled."""

from collections.abc import Iterator
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


def _this_week(conn: Connection, round_: Round) -> Iterator[Owed]:
    ahead = participant_duties.ahead(conn)
    for person, number, claimed_at, votes in participant_duties.taking_part(conn, round_.first, round_.last):
        yield Owed(person, f"number:{number}", claimed_at, None, _ThisWeek(votes, ahead(votes)))


def _at_the_end(conn: Connection, round_: Round) -> Iterator[Owed]:
    calendar = round_.setting.campaign.calendar
    left = (calendar.periods.voting.last - calendar.local_day(round_.at)).days
    for person, number, claimed_at, votes in participant_duties.taking_part(conn, round_.first, round_.last):
        yield Owed(person, f"number:{number}", claimed_at, None, _AtTheEnd(number, votes, left))


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
