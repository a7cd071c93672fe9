"""The coordinators' digest: on working days, where something is new in their scopes since they had the last one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from bot.domain.calendar import Calendar
from bot.domain.climbing import Escalated, escalated
from bot.domain.digest import Figures, LateDuty, by_duty, has_news, news_since, tells_of_schools, widest
from bot.domain.duties import Audience, Owed
from bot.domain.identifiers import PersonId
from bot.domain.reports import ReportStage
from bot.domain.roles import School
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.overview import Overview, RoundsOverview
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Button, Colour
from bot.messenger.replies import Recipe
from bot.presses.coordinators import DrawSummary, OpenSummary, SchoolsWithoutTeacher, WhoHasNotReported
from bot.storage import coordinators, schools
from bot.storage.coordinators import CoordinatorToTell
from bot.wording import say, say_day
from bot.wording.funnel import say_funnel

KEY: Final = "digest"
NAMED = 3  # late debts of a duty that are told by name


@dataclass(frozen=True, slots=True)
class _Named:
    """A late debt by name: whose, of which class, at which school. name: None for people without one."""

    name: str | None
    label: str
    school: str


@dataclass(frozen=True, slots=True)
class _Digest:
    """One coordinator's digest. place: what they coordinate, None for the whole campaign. has_picture: see `_told`."""

    day: date
    figures: Figures
    late: Sequence[LateDuty]
    named: Mapping[str, _Named]
    place: str | None
    has_picture: bool


def digest(climbing: Iterable[Duty]) -> Duty:
    """The digest as a duty. climbing: those whose late debts it tells."""
    overviews = RoundsOverview(climbing)

    def owed(conn: Connection, round_: Round) -> Iterable[Owed]:
        return _owed(conn, round_, overviews)

    def gathers(conn: Connection, round_: Round) -> bool:
        return not _readers(conn, round_) or overviews.gather(conn, round_)

    return Duty(
        key=KEY,
        audience=Audience.COORDINATORS,
        owed=owed,
        reminds=lambda owed, calendar: [owed.details.day],
        told=_told,
        news=KEY,
        only_on=goes_on,
        gathers=gathers,
    )


def goes_on(day: date, calendar: Calendar) -> bool:
    """Whether digests go on that day: working days from the campaign's first to the next one after its last."""
    campaign = calendar.periods.campaign
    return calendar.is_working_day(day) and campaign.first <= day <= calendar.next_working_day(campaign.last)


# --- whom, and of what


def _owed(conn: Connection, round_: Round, overviews: RoundsOverview) -> Iterator[Owed]:
    readers = _readers(conn, round_)
    if not readers:
        return
    calendar = round_.setting.campaign.calendar
    today = calendar.local_day(round_.at)
    found = overviews.at(conn, round_)
    figures = _figures(conn, readers, found, calendar)
    late = {one.person: _late(one, found, calendar, today) for one in readers}
    telling = [one for one in readers if _has_news(one, figures[one.person], late[one.person], calendar, today)]
    groups = {one.person: by_duty(late[one.person], named=NAMED) for one in telling}
    named = _named(conn, groups.values(), found)
    for one in telling:
        scopes = widest(one.scopes)
        is_wide = any(not isinstance(scope, School) for scope in scopes)
        place = schools.place_name(conn, scopes) if is_wide else None
        facts = _Digest(today, figures[one.person], groups[one.person], named, place, is_wide)
        yield Owed(one.person, KEY, _since(one, calendar), details=facts)


def _readers(conn: Connection, round_: Round) -> Sequence[CoordinatorToTell]:
    """The coordinators of the page who have had no digest today."""
    calendar = round_.setting.campaign.calendar
    today = calendar.local_day(round_.at)
    if not goes_on(today, calendar):
        return ()
    return coordinators.to_tell(conn, KEY, first=round_.first, last=round_.last, today=today)


def _since(reader: CoordinatorToTell, calendar: Calendar) -> datetime:
    return news_since(reader.told_at, reader.appointed_at, calendar)


def _has_news(
    reader: CoordinatorToTell, figures: Figures, late: Iterable[Escalated], calendar: Calendar, today: date
) -> bool:
    return has_news(figures, late, calendar, told_on=_told_on(reader, calendar), today=today)


def _told_on(reader: CoordinatorToTell, calendar: Calendar) -> date | None:
    return None if reader.told_at is None else calendar.local_day(reader.told_at)


def _late(reader: CoordinatorToTell, found: Overview, calendar: Calendar, today: date) -> list[Escalated]:
    """What has climbed to the coordinator by any of their scopes; never their own debts, of which they are reminded."""
    told_on = _told_on(reader, calendar)
    heard: dict[tuple[str, str], Escalated] = {}
    for scope in reader.scopes:
        others = [one for one in found.late.get(scope, ()) if one.debtor != reader.person]
        for one in escalated(others, scope, found.coordinators, calendar, told_on=told_on, today=today):
            heard.setdefault((one.late.duty, one.late.subject), one)
    return sorted(heard.values(), key=lambda one: one.late.due)


def _figures(
    conn: Connection, readers: Sequence[CoordinatorToTell], found: Overview, calendar: Calendar
) -> dict[PersonId, Figures]:
    """Everybody's figures; asked for once for all who had their last digest at the same time."""
    together: defaultdict[datetime, list[CoordinatorToTell]] = defaultdict(list)
    for one in readers:
        together[_since(one, calendar)].append(one)
    figures: dict[PersonId, Figures] = {}
    for since, group in together.items():
        theirs = found.figures(conn, [widest(one.scopes) for one in group], since)
        figures.update(zip((one.person for one in group), theirs, strict=True))
    return figures


def _named(conn: Connection, groups: Iterable[Sequence[LateDuty]], found: Overview) -> dict[str, _Named]:
    """The debts that somebody's digest names, by subject."""
    late = {one.late.subject: one.late for group in groups for duty in group for one in duty.longest}
    names = coordinators.names_of(conn, [one.debtor for one in late.values()]) if late else {}
    return {
        subject: _Named(names.get(one.debtor), found.classes[subject].shown, found.classes[subject].school_name)
        for subject, one in late.items()
    }


# --- in words


def _told(locale: str, owed: Owed, setting: Setting) -> Told:
    """A school's coordinator has the picture behind a button, the others see it at once."""
    facts: _Digest = owed.details
    parts = (
        _changed(locale, facts.figures),
        _standing(locale, facts, setting.campaign.calendar),
        (_late_line(locale, one, facts.named) for one in facts.late),
        _failures(locale, facts.figures),
    )
    told = "\n\n".join(text for part in parts if (text := "\n".join(part)))
    text = say(locale, "digest", day=say_day(locale, facts.day), parts=told)
    return Told(text, _buttons(locale, facts, setting.campaign.calendar), _picture(locale, facts))


def _changed(locale: str, figures: Figures) -> Iterator[str]:
    counts = {
        "digest-classes": figures.classes,
        **{f"digest-{stage.value}": figures.reported.get(stage, 0) for stage in ReportStage},
        "digest-participants": figures.participants,
        "digest-votes": figures.votes,
    }
    return (say(locale, sentence, count=count) for sentence, count in counts.items() if count)


def _standing(locale: str, facts: _Digest, calendar: Calendar) -> Iterator[str]:
    owing = {stage.value: facts.figures.owing(stage) for stage in ReportStage}
    if any(owing.values()):
        yield say(locale, "digest-owing", **owing)
    if _tells_of_schools(facts, calendar):
        yield say(locale, "digest-schools-without", count=facts.figures.without_teacher)


def _tells_of_schools(facts: _Digest, calendar: Calendar) -> bool:
    return facts.figures.without_teacher > 0 and tells_of_schools(calendar, facts.day)


def _late_line(locale: str, late: LateDuty, named: Mapping[str, _Named]) -> str:
    names = [_name(locale, named[one.late.subject]) for one in late.longest]
    more = late.count - len(names)
    return say(locale, "digest-late", duty=late.duty, count=late.count, names="; ".join(names), more=more)


def _name(locale: str, one: _Named) -> str:
    name = one.name or say(locale, "person-nameless")
    return say(locale, "digest-late-name", name=name, label=one.label, school=one.school)


def _failures(locale: str, figures: Figures) -> Iterator[str]:
    if figures.refused:
        yield say(locale, "digest-refused", count=len(figures.refused))
    if figures.unreachable:
        yield say(locale, "digest-unreachable", count=len(figures.unreachable))


def _buttons(locale: str, facts: _Digest, calendar: Calendar) -> list[Button]:
    """What they lead to is a new message: the digest stays to be read again."""
    buttons = [Button(say(locale, "label-not-reported"), WhoHasNotReported(), Colour.PRIMARY, anew=True)]
    if _tells_of_schools(facts, calendar):
        buttons.append(Button(say(locale, "button-schools-without"), SchoolsWithoutTeacher(), anew=True))
    buttons.append(Button(say(locale, "label-summary"), OpenSummary(), anew=True))
    if not facts.has_picture and facts.figures.registered:
        buttons.append(Button(say(locale, "button-picture"), DrawSummary(), anew=True))
    return buttons


def _picture(locale: str, facts: _Digest) -> Recipe | None:
    if not facts.has_picture or not facts.figures.registered:
        return None
    reached = {stage: facts.figures.reached.get(stage, 0) for stage in ReportStage}
    content = say_funnel(locale, facts.place, facts.figures.registered, reached)
    return Recipe("funnel", content, otherwise=say(locale, "funnel-failed"), for_everybody=True)
