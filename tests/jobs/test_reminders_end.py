"""When reminders end: with the campaign, and each message with the hours in which it may disturb."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.duties import Audience
from bot.domain.identifiers import PersonId
from bot.domain.reports import ReportStage
from bot.domain.roles import Region
from bot.jobs.calls import call_job, next_slice
from bot.jobs.job import following, latest
from bot.jobs.registry import DUTIES
from bot.jobs.reminders import reminder_jobs
from bot.storage import reminder_calls
from bot.storage.reminder_calls import Reached
from tests.conversations.chat import campaign
from tests.jobs.debts import (
    SETTING,
    Debts,
    Rounds,
    coordinators,
    duty,
    moscow,
    november,
    participants,
    recorded,
    teachers,
    texts,
)

REAL = datetime(2026, 1, 1, tzinfo=UTC)
AFTER_THE_END = "2017-12-04 15:00"


def test_only_coordinators_are_reminded_behind_the_end_and_on_one_working_day() -> None:
    calendar, at = SETTING.campaign.calendar, moscow(AFTER_THE_END)
    jobs = [*reminder_jobs(SETTING, ()), call_job(SETTING, ())]
    assert [following(job, at, calendar) for job in jobs] == [None] * 4
    slots = {job.name: latest(job, at, calendar) for job in jobs}
    assert {name: slot and calendar.local_day(slot.planned_at) for name, slot in slots.items()} == {
        "reminders-coordinators": date(2017, 12, 4),
        "reminders-participants": date(2017, 12, 3),
        "reminders-teachers": date(2017, 12, 1),
        "reminder-calls": date(2017, 12, 1),
    }


def test_after_an_absence_until_behind_the_end_nothing_is_told_any_more(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(30))])
    assert texts(rounds.at(conn, AFTER_THE_END)) == []
    assert recorded(conn) == []


def test_a_call_that_comes_after_the_reports_were_closed_ends_and_reminds_nobody(conn: Connection) -> None:
    teachers(conn)
    [irina] = coordinators(conn)
    _called_by(conn, irina, "2017-12-01 10:00")
    at = moscow("2017-12-04 10:00")
    done = next_slice(conn, at, REAL, setting=SETTING, duties=DUTIES)
    assert done is not None
    assert done.deliveries == ()
    assert next_slice(conn, at, REAL, setting=SETTING, duties=DUTIES) is None


def _called_by(conn: Connection, caller: PersonId, at: str) -> None:
    goes_at = moscow(at)
    reached = Reached(gets=1, had_one=0, unreachable=0)
    day = SETTING.campaign.calendar.local_day(goes_at)
    reminder_calls.add(conn, caller, ReportStage.DOCUMENTS, Region(), reached, day=day, goes_at=goes_at)


@pytest.mark.parametrize(("speed", "lives"), [(1.0, 3 * 3600), (3600.0, 3), (0.0, 3 * 3600)])
def test_a_reminder_expires_when_the_hours_end_by_the_campaigns_clock(
    conn: Connection, speed: float, lives: int
) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9))], setting=replace(SETTING, speed=speed), real=REAL)
    [delivery] = rounds.at(conn, "2017-11-09 15:00", Audience.TEACHERS).deliveries
    assert delivery.expires_at == REAL + timedelta(seconds=lives)


def test_news_of_voting_that_were_missed_until_it_was_over_are_skipped(conn: Connection) -> None:
    participants(conn)
    periods = SETTING.campaign.periods
    voting = periods.voting.model_copy(update={"last": date(2017, 12, 1)})
    setting = replace(SETTING, campaign=campaign(periods=periods.model_copy(update={"voting": voting})))
    news = [one for one in DUTIES if one.audience is Audience.PARTICIPANTS]
    rounds = Rounds(news, setting=setting, since=moscow("2017-11-30 16:00"))
    assert texts(rounds.at(conn, "2017-12-02 08:00", Audience.PARTICIPANTS)) == []
    assert recorded(conn)[-2:] == [(date(2017, 12, 1), "skipped")] * 2
    assert {state for _, state in recorded(conn)} == {"skipped"}
