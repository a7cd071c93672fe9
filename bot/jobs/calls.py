"""«Напомнить всем», worked off: the teachers of a list, a page at a time; it counts as their message of the day."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.domain.calendar import Act, Open
from bot.domain.duties import Audience, Moment, Verdict, may_disturb, next_allowed, reminds_on
from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import ReportStage
from bot.jobs.duty import Duty, Round
from bot.jobs.job import Job, Sliced
from bot.jobs.reminders import PAGE, in_order, joined
from bot.jobs.setting import Setting
from bot.jobs.telling import Debt, tell
from bot.storage import reminder_calls
from bot.storage.job_runs import Run
from bot.storage.reminders import WhichDebt

REPORTS = frozenset(stage.value for stage in ReportStage)


def call_job(setting: Setting, duties: Sequence[Duty]) -> Job:
    """What was called for outside the teachers' hours, when the next ones begin."""
    calendar, hours = setting.campaign.calendar, setting.campaign.hours
    begins, _ = hours.of(Audience.TEACHERS)

    def go_on(conn: Connection, run: Run, at: datetime, real: datetime) -> Sliced:
        return next_slice(conn, at, real, setting=setting, duties=duties) or Sliced(None)

    return Job(
        "reminder-calls",
        begins,
        partial(reminds_on, Audience.TEACHERS),
        go_on,
        partial(next_allowed, Audience.TEACHERS, calendar=calendar, hours=hours),
    )


def next_slice(
    conn: Connection, at: datetime, real: datetime, *, setting: Setting, duties: Sequence[Duty]
) -> Sliced | None:
    """Go on with the oldest call whose time has come: a page of its teachers. None: there is none, or not now.

    The cursor of what comes back is never None: whether anything is left shows the next time.
    """
    campaign = setting.campaign
    if not may_disturb(Audience.TEACHERS, at, campaign.calendar, campaign.hours):
        return None
    call = reminder_calls.next_to_go(conn, at)
    if call is None:
        return None
    # After a long absence reports may not be taken any more: nobody is asked for them.
    is_open = isinstance(campaign.calendar.opening(Act.REPORT, at), Open)
    owing = reminder_calls.owing(conn, call, most=PAGE[Audience.TEACHERS]) if is_open else []
    persons = sorted({person for person, _ in owing})
    if not persons:
        reminder_calls.go_on(conn, call, cursor=None, reminded=0)
        return Sliced(call.id)
    moment = Moment.of(at, campaign.calendar, campaign.hours)
    round_ = Round(setting, at, at, persons[0], persons[-1])
    called = _called(conn, duties, set(owing), round_, moment)
    due = sorted({debt.owed.person for debt in called})
    forced = {debt.told for debt in called}
    others = [debt for debt in joined(conn, duties, due, round_, moment, beside=()) if debt.told not in forced]
    done = tell(conn, due, in_order([*called, *others], duties), moment, real, setting)
    reminder_calls.go_on(conn, call, cursor=persons[-1], reminded=done.recipients)
    return Sliced(call.id, done.deliveries, done.recipients, done.skipped, done.unreachable)


def _called(
    conn: Connection,
    duties: Sequence[Duty],
    owing: Collection[tuple[PersonId, ClassId]],
    round_: Round,
    moment: Moment,
) -> list[Debt]:
    """The reports that these classes owe next, whatever is planned and whatever was put off: somebody asks for them."""
    subjects = {(person, f"class:{class_id}") for person, class_id in owing}
    return [
        Debt(duty, owed, WhichDebt(owed.person, duty.key, owed.subject), Verdict(says=moment.today, is_due=True))
        for duty in duties
        if duty.key in REPORTS
        for owed in duty.owed(conn, round_)
        if owed.settled_at is None and (owed.person, owed.subject) in subjects
    ]
