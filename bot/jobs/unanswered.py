"""Teachers' applications that nobody has decided: put before the coordinators, level by level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.domain.calendar import Calendar
from bot.domain.climbing import asked_on
from bot.domain.duties import Audience, Owed
from bot.domain.identifiers import ApplicationId
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button, Colour
from bot.presses.coordinators import OpenApplication, OpenApplications
from bot.storage import coordinators
from bot.wording import say, say_day


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An application as one coordinator is reminded of it, on these days."""

    id: ApplicationId
    label: str
    school: str
    made_on: date
    days: Sequence[date]


def _owed(conn: Connection, round_: Round) -> Iterator[Owed]:
    found = coordinators.unanswered(conn, since=round_.since)
    if not found:
        return
    calendar, staff = round_.setting.campaign.calendar, coordinators.by_scope(conn)
    for one in found:
        made_on = calendar.local_day(one.applied_at)
        asked = asked_on(one.class_at.school, one.applicant, made_on, staff, calendar)
        for person, days in asked.items():
            if round_.first <= person <= round_.last:
                waiting = _Waiting(one.id, one.class_at.shown, one.class_at.school_name, made_on, days)
                yield Owed(person, f"application:{one.id}", one.applied_at, one.decided_at, waiting)


def _reminds(owed: Owed, calendar: Calendar) -> Sequence[date]:
    waiting: _Waiting = owed.details
    return waiting.days


def _told(locale: str, owed: Owed, setting: Setting) -> Told:
    one: _Waiting = owed.details
    text = say(locale, "application-unanswered", day=say_day(locale, one.made_on), label=one.label, school=one.school)
    label = say(locale, "button-application", label=one.label, school=one.school)
    return Told(text, [Button(label, OpenApplication(application=one.id), Colour.PRIMARY, anew=True)])


def _together(locale: str, owed: Sequence[Owed], setting: Setting) -> Told:
    oldest = min(one.details.made_on for one in owed)
    text = say(locale, "applications-unanswered", count=len(owed), day=say_day(locale, oldest))
    return Told(text, [Button(say(locale, "label-applications"), OpenApplications(), Colour.PRIMARY, anew=True)])


APPLICATION = Duty(
    key="application",
    audience=Audience.COORDINATORS,
    owed=_owed,
    reminds=_reminds,
    told=_told,
    together=_together,
)
