"""What teachers are reminded of by the clock: the three reports, the practical task, the numbers nobody has taken.

A class owes one report at a time. On which days each reminds, and until when it is in time: `domain/duty_days.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bot.domain import practice
from bot.domain.calendar import Calendar
from bot.domain.duties import Audience, Owed
from bot.domain.duty_days import (
    claims_days,
    claims_due,
    documents_days,
    held_days,
    lessons_end,
    practice_days,
    ready_days,
    report_due,
)
from bot.domain.places import shown_places
from bot.domain.reports import ReportStage
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button, Colour, Press
from bot.presses.practice import OpenPractice
from bot.presses.reports import BeginLesson, MakeReport
from bot.presses.teachers import ShowNumbers
from bot.storage import teacher_duties
from bot.storage.teacher_duties import Owing, OwingClaims, OwingPractice
from bot.wording import say, say_day

Days = Callable[[date, Calendar], Sequence[date]]


def _owed(owing: Owing) -> Owed:
    return Owed(owing.teacher, f"class:{owing.class_id}", owing.since, owing.done_at, owing)


def _reminds(days: Days) -> Callable[[Owed, Calendar], Sequence[date]]:
    return lambda owed, calendar: days(calendar.local_day(owed.since), calendar)


def _due(last_day: Callable[[date, Calendar], date]) -> Callable[[Owed, Calendar], date]:
    return lambda owed, calendar: last_day(calendar.local_day(owed.since), calendar)


def _without_report(stage: ReportStage) -> Callable[[Connection, Round], Iterator[Owed]]:
    def owed(conn: Connection, round_: Round) -> Iterator[Owed]:
        found = teacher_duties.without_report(conn, stage, round_.first, round_.last, since=round_.since)
        return map(_owed, found)

    return owed


def _without_practice(conn: Connection, round_: Round) -> Iterator[Owed]:
    return map(_owed, teacher_duties.without_practice(conn, round_.first, round_.last, since=round_.since))


def _without_claims(conn: Connection, round_: Round) -> Iterator[Owed]:
    return map(_owed, teacher_duties.without_claims(conn, round_.first, round_.last, since=round_.since))


# --- in words, with the button that settles it


def _documents_told(locale: str, owed: Owed, setting: Setting) -> Told:
    owing: Owing = owed.details
    press = MakeReport(class_id=owing.class_id, stage=ReportStage.DOCUMENTS)
    return _told(locale, "documents", owing, press)


def _ready_told(locale: str, owed: Owed, setting: Setting) -> Told:
    owing: Owing = owed.details
    press = MakeReport(class_id=owing.class_id, stage=ReportStage.READY)
    return _told(locale, "ready", owing, press)


def _held_told(locale: str, owed: Owed, setting: Setting) -> Told:
    owing: Owing = owed.details
    last = say_day(locale, setting.campaign.calendar.periods.lessons.last)
    return _told(locale, "held", owing, BeginLesson(class_id=owing.class_id), day=last)


def _practice_told(locale: str, owed: Owed, setting: Setting) -> Told:
    owing: OwingPractice = owed.details
    lesson = {"day": say_day(locale, owing.lesson_on), "where": owing.practice.value}
    return _told(locale, "practice", owing, OpenPractice(class_id=owing.class_id), **lesson)


def _claims_told(locale: str, owed: Owed, setting: Setting) -> Told:
    owing: OwingClaims = owed.details
    free = {"count": len(owing.places), "places": shown_places(owing.places)}
    return _told(locale, "claims", owing, ShowNumbers(class_id=owing.class_id), **free)


def _told(locale: str, duty: str, owing: Owing, press: Press, **about: Any) -> Told:
    # The reminder stays: it may have buttons for other debts.
    button = Button(say(locale, f"button-duty-{duty}", label=owing.shown), press, Colour.PRIMARY, anew=True)
    return Told(say(locale, f"duty-{duty}", label=owing.shown, **about), [button])


def _report(stage: ReportStage, days: Days, due: Callable[[date, Calendar], date], told: Any) -> Duty:
    return Duty(
        key=stage.value,
        audience=Audience.TEACHERS,
        owed=_without_report(stage),
        reminds=_reminds(days),
        due=_due(due),
        told=told,
        climbs=True,
    )


DUTIES: tuple[Duty, ...] = (
    _report(ReportStage.HELD, held_days, lambda since, calendar: lessons_end(calendar), _held_told),
    _report(ReportStage.READY, ready_days, report_due, _ready_told),
    _report(ReportStage.DOCUMENTS, documents_days, report_due, _documents_told),
    Duty(
        key="practice",
        audience=Audience.TEACHERS,
        owed=_without_practice,
        reminds=_reminds(practice_days),
        due=_due(practice.due_on),
        told=_practice_told,
        climbs=True,
    ),
    Duty(
        key="claims",
        audience=Audience.TEACHERS,
        owed=_without_claims,
        reminds=_reminds(claims_days),
        due=_due(claims_due),
        told=_claims_told,
        climbs=True,
    ),
)
