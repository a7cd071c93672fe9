"""Who is reminded of what: a page of people at a time, whatever they owe today joined to one message.

What is owed comes from the duties of the registry, what to say of it from the rules (`domain/duties.py`); this part
asks the one, obeys the other, and stores messages and occasions in one transaction, so that both are there or neither.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.domain.duties import (
    NOTHING,
    UNHEARD,
    Audience,
    Heard,
    Moment,
    Owed,
    judge,
    may_disturb,
    next_allowed,
    reminds_on,
    reminds_until,
)
from bot.domain.identifiers import PersonId
from bot.jobs.duty import Duty, Round
from bot.jobs.job import Job, Sliced
from bot.jobs.setting import Setting
from bot.jobs.telling import Debt, tell
from bot.storage import reminders
from bot.storage.job_runs import Run
from bot.storage.reminders import Occasion, WhichDebt

# People in a slice, the fewer the more each is told: it takes 30-80 ms where all of them are written to.
PAGE: Final = {Audience.COORDINATORS: 50, Audience.TEACHERS: 75, Audience.PARTICIPANTS: 200}
# First those whose day's message may hold more than their own part: a coordinator who teaches is told all at once.
ORDER = (Audience.COORDINATORS, Audience.TEACHERS, Audience.PARTICIPANTS)


def reminder_jobs(setting: Setting, duties: Sequence[Duty]) -> list[Job]:
    """One job an audience, at its usual hour."""
    calendar, hours = setting.campaign.calendar, setting.campaign.hours
    return [
        Job(
            f"reminders-{audience.value}",
            hours.usual[audience],
            partial(reminds_on, audience),
            partial(remind, audience=audience, duties=duties, setting=setting),
            partial(next_allowed, audience, calendar=calendar, hours=hours),
        )
        for audience in ORDER
    ]


def remind(
    conn: Connection,
    run: Run,
    at: datetime,
    real: datetime,
    *,
    audience: Audience,
    duties: Sequence[Duty],
    setting: Setting,
) -> Sliced:
    """Go on with a run: the next page of the audience. at: campaign time, within the audience's hours."""
    page = evaluate(conn, run, at, real, audience=audience, duties=duties, setting=setting)
    if page is None:
        return Sliced(None)
    skipped = _record_needless(conn, page.debts)
    standing = [debt for debt in page.debts if debt.verdict.says is not None]
    done = tell(conn, page.due, in_order(standing, duties), page.moment, real, setting)
    return Sliced(page.cursor, done.deliveries, done.recipients, skipped + done.skipped, done.unreachable)


@dataclass(frozen=True, slots=True)
class Page:
    """Some people of a round. due: those who are to get a message now. cursor: None where they are the last."""

    moment: Moment
    debts: Sequence[Debt]
    due: Sequence[PersonId]
    cursor: int | None


def evaluate(
    conn: Connection,
    run: Run,
    at: datetime,
    real: datetime,
    *,
    audience: Audience,
    duties: Sequence[Duty],
    setting: Setting,
) -> Page | None:
    """What the next page of people owe, and who of them is to hear of it now; None where nobody is left."""
    moment = Moment.of(at, setting.campaign.calendar, setting.campaign.hours)
    if moment.today > reminds_until(audience, moment.calendar):  # after a long absence
        return None
    own = [duty for duty in duties if duty.audience is audience and _comes_up(duty, run.since, moment)]
    persons = reminders.members(conn, audience, after=run.cursor, most=PAGE[audience]) if own else []
    if not persons:
        return None
    since = moment.calendar.local_day(run.since)
    reminders.free_undelivered(conn, persons[0], persons[-1], since=since, today=moment.today, real=real)
    round_ = Round(setting, at, run.since, persons[0], persons[-1])
    if not all(duty.gathers(conn, round_) for duty in own):
        return Page(moment, (), (), run.cursor)
    debts = judged(conn, own, persons, round_, moment)
    due = sorted({debt.owed.person for debt in debts if debt.verdict.is_due})
    debts += joined(conn, duties, due, round_, moment, beside=own)
    return Page(moment, debts, due, persons[-1] if len(persons) == PAGE[audience] else None)


def _comes_up(duty: Duty, since: datetime, moment: Moment) -> bool:
    """Whether the duty may remind anybody now, of today or of a day that was missed; yesterday's may be undelivered."""
    day = min(moment.calendar.local_day(since), moment.today - timedelta(days=1))
    while day <= moment.today:
        if duty.only_on(day, moment.calendar):
            return True
        day += timedelta(days=1)
    return False


def judged(
    conn: Connection, duties: Sequence[Duty], persons: Collection[PersonId], round_: Round, moment: Moment
) -> list[Debt]:
    """What these people owe by these duties, with what the rules say of it now; nothing of what needs no word."""
    wanted = set(persons)
    found = {duty: [owed for owed in duty.owed(conn, round_) if owed.person in wanted] for duty in duties}
    if not any(found.values()):
        return []
    known = _Known.of(conn, duties, round_, moment.today)
    return [debt for duty, some in found.items() for debt in _judged(duty, some, known, moment)]


def _judged(duty: Duty, some: Iterable[Owed], known: "_Known", moment: Moment) -> Iterator[Debt]:
    key, audience, news, reminds, calendar = duty.key, duty.audience, duty.news, duty.reminds, moment.calendar
    for owed in some:
        told = WhichDebt(owed.person, key, owed.subject)
        verdict = judge(owed, reminds(owed, calendar), moment, audience, known.heard(told, news))
        if verdict is not NOTHING:
            yield Debt(duty, owed, told, verdict)


def joined(
    conn: Connection,
    duties: Sequence[Duty],
    persons: Sequence[PersonId],
    round_: Round,
    moment: Moment,
    *,
    beside: Collection[Duty],
) -> list[Debt]:
    """What else these people, who get a message now, are to be told today in another part of theirs."""
    others = [duty for duty in duties if duty not in beside and _comes_up(duty, round_.since, moment)]
    debts = []
    for audience in {duty.audience: None for duty in others}:
        if persons and _may_hear(audience, moment):
            there = reminders.members_between(conn, audience, persons[0], persons[-1])
            both = sorted(there.intersection(persons))
            if both:
                narrower = replace(round_, first=both[0], last=both[-1])
                theirs = [duty for duty in others if duty.audience is audience]
                debts += judged(conn, theirs, both, narrower, moment)
    return [debt for debt in debts if debt.verdict.says is not None]


def _may_hear(audience: Audience, moment: Moment) -> bool:
    is_over = moment.today > reminds_until(audience, moment.calendar)
    return not is_over and may_disturb(audience, moment.at, moment.calendar, moment.hours)


def in_order(debts: Iterable[Debt], duties: Sequence[Duty]) -> list[Debt]:
    """The most urgent first: as the registry has them, then what has waited longest."""
    rank = {duty.key: number for number, duty in enumerate(duties)}
    return sorted(debts, key=lambda debt: (rank[debt.duty.key], debt.owed.since, debt.owed.subject))


def _record_needless(conn: Connection, debts: Iterable[Debt]) -> int:
    """Record what was settled or muted before it was told."""
    needless = [Occasion(debt.told, day) for debt in debts if debt.verdict.says is None for day in debt.verdict.skipped]
    reminders.record(conn, needless)
    return len(needless)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the debts of some people."""

    up_to: Mapping[WhichDebt, date]
    put_off: Mapping[WhichDebt, date]
    muted: Collection[tuple[PersonId, str]]

    @classmethod
    def of(cls, conn: Connection, duties: Collection[Duty], round_: Round, today: date) -> "_Known":
        first, last = round_.first, round_.last
        return cls(
            reminders.told_up_to(conn, [duty.key for duty in duties], first, last, today),
            # News cannot be put off, duties cannot be muted.
            reminders.put_off(conn, first, last) if any(duty.news is None for duty in duties) else {},
            reminders.muted_between(conn, first, last) if any(duty.news for duty in duties) else (),
        )

    def heard(self, told: WhichDebt, news: str | None) -> Heard:
        """What the person knows of the debt. Debts can be put off, not muted; news the other way round."""
        up_to = self.up_to.get(told)
        if news is None:
            until = self.put_off.get(told) if self.put_off else None
            return UNHEARD if up_to is None and until is None else Heard(up_to, until)
        is_muted = bool(self.muted) and (told.person, news) in self.muted
        return UNHEARD if up_to is None and not is_muted else Heard(up_to, is_muted=is_muted)
