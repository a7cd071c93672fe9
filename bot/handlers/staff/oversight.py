"""«Кто не отчитался»: which classes of a coordinator's scope owe a report, by stage and place."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.calendar import Act, Open
from bot.domain.duties import Audience, next_allowed
from bot.domain.identifiers import MunicipalityId, SchoolId
from bot.domain.reports import ReportStage
from bot.domain.roles import Municipality, Refused, Region, School, Scope, SeeLists, covers, may
from bot.handlers.staff import involved
from bot.handlers.staff.buttons import Row, menu_button, menu_only, page_buttons
from bot.handlers.staff.reports import stage_name
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import (
    ChooseMunicipality,
    ChooseSchoolOf,
    WhoHasNotReported,
)
from bot.presses.reminders import RemindAll
from bot.storage import reminder_calls, reports, roles, schools
from bot.storage.reminder_calls import Call
from bot.storage.reports import OwingClass, OwingIn
from bot.wording import say, say_day, say_moment

router = Router()
router.phrase("phrase-not-reported", WhoHasNotReported())

CLASSES_PER_PAGE = 10
PLACES_PER_PAGE = 4


# --- who has not reported


@router.pressed(WhoHasNotReported)
def who_has_not_reported(press: WhoHasNotReported, work: Work) -> Replies:
    scopes = _scopes(work, press)
    if isinstance(scopes, Rewrite):
        return scopes
    return _stages(work, scopes) if press.stage is None else _owing(work, press, press.stage, scopes)


def _stages(work: Work, scopes: list[Scope]) -> Rewrite:
    funnel = reports.funnel(work.conn, scopes)
    rows: list[Row] = [
        [
            Button(
                say(
                    work.locale,
                    "owing-stage",
                    stage=stage_name(work.locale, stage),
                    owing=funnel.registered - funnel.reached[stage],
                ),
                WhoHasNotReported(stage=stage),
                Colour.PRIMARY,
            )
        ]
        for stage in ReportStage
    ]
    text = say(work.locale, "owing-which-stage", registered=funnel.registered)
    return Rewrite(text, Keyboard([*rows, [menu_button(work.locale)]]))


def _owing(work: Work, press: WhoHasNotReported, stage: ReportStage, scopes: list[Scope]) -> Rewrite:
    found = reports.without(work.conn, scopes, stage, page=press.page, size=CLASSES_PER_PAGE)
    back = Button(say(work.locale, "button-other-stage"), WhoHasNotReported())
    name = stage_name(work.locale, stage)
    if not found.classes:
        text = say(work.locale, "owing-nobody", stage=name)
        return Rewrite(text, Keyboard([[back, menu_button(work.locale)]]))
    lines = "\n".join(_line(work, one) for one in found.classes)
    turning = page_buttons(
        press.page, CLASSES_PER_PAGE, found.owing, lambda other: press.model_copy(update={"page": other})
    )
    text = say(work.locale, "owing-list", stage=name, owing=found.owing, lines=lines)
    all_of_them = RemindAll(stage=stage, municipality=press.municipality, school=press.school)
    rows: list[Row] = [
        [Button(say(work.locale, "button-remind-all"), all_of_them, Colour.PRIMARY)],
        turning,
        _narrower(work, press, stage, scopes),
        [back, menu_button(work.locale)],
    ]
    return Rewrite(text, Keyboard(rows))


def _narrower(work: Work, press: WhoHasNotReported, stage: ReportStage, scopes: list[Scope]) -> Row:
    """By municipality where the scope has several, by school where it has several."""
    row: Row = []
    if any(isinstance(scope, Region) for scope in scopes):
        row.append(Button(say(work.locale, "button-by-municipality"), ChooseMunicipality(stage=stage)))
    if any(not isinstance(scope, School) for scope in scopes):
        schools_of = ChooseSchoolOf(stage=stage, municipality=press.municipality)
        row.append(Button(say(work.locale, "button-by-school"), schools_of))
    return row


def _line(work: Work, owing: OwingClass) -> str:
    return say(
        work.locale,
        "owing-line",
        label=owing.shown,
        school=owing.school.name,
        settlement=owing.school.settlement,
        teacher=involved.name_of(work, owing.teacher, work.locale),
        day=say_day(work.locale, work.campaign.calendar.local_day(owing.silent_since)),
    )


@router.pressed(ChooseMunicipality)
def choose_municipality(press: ChooseMunicipality, work: Work) -> Replies:
    scopes = _scopes(work, WhoHasNotReported())
    if isinstance(scopes, Rewrite):
        return scopes
    found = reports.municipalities_without(work.conn, scopes, press.stage)
    rows = _place_rows(
        work, found, press.page, lambda one: WhoHasNotReported(stage=press.stage, municipality=MunicipalityId(one.id))
    )
    turning = page_buttons(
        press.page,
        PLACES_PER_PAGE,
        len(found),
        lambda other: ChooseMunicipality(stage=press.stage, page=other),
    )
    return _places(work, press.stage, "owing-which-municipality", [*rows, turning])


@router.pressed(ChooseSchoolOf)
def choose_school(press: ChooseSchoolOf, work: Work) -> Replies:
    scopes = _scopes(work, WhoHasNotReported(municipality=press.municipality))
    if isinstance(scopes, Rewrite):
        return scopes
    found = reports.schools_without(work.conn, scopes, press.stage)
    rows = _place_rows(
        work, found, press.page, lambda one: WhoHasNotReported(stage=press.stage, school=SchoolId(one.id))
    )
    turning = page_buttons(
        press.page,
        PLACES_PER_PAGE,
        len(found),
        lambda other: ChooseSchoolOf(stage=press.stage, municipality=press.municipality, page=other),
    )
    return _places(work, press.stage, "owing-which-school", [*rows, turning])


def _place_rows(
    work: Work, found: Sequence[OwingIn], page: int, opens: Callable[[OwingIn], WhoHasNotReported]
) -> list[Row]:
    """One page of places, a button each, with how many classes of it owe the report."""
    shown = found[page * PLACES_PER_PAGE : (page + 1) * PLACES_PER_PAGE]
    return [[Button(say(work.locale, "owing-place", name=one.name, owing=one.classes), opens(one))] for one in shown]


def _places(work: Work, stage: ReportStage, sentence: str, rows: list[Row]) -> Rewrite:
    back = Button(say(work.locale, "button-everywhere"), WhoHasNotReported(stage=stage))
    text = say(work.locale, sentence, stage=stage_name(work.locale, stage))
    return Rewrite(text, Keyboard([*rows, [back, menu_button(work.locale)]]))


def _scopes(work: Work, press: WhoHasNotReported) -> list[Scope] | Rewrite:
    """Where to look: all that the person coordinates, or the named part of it; or why not."""
    actor = roles.actor(work.conn, work.who)
    own = involved.coordinated(actor)
    if not own:
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    named: list[Scope] = []
    if press.school is not None:
        school = schools.school(work.conn, press.school)
        named = [] if school is None else [school.scope]
    elif press.municipality is not None:
        named = [Municipality(press.municipality)]
    else:
        return own
    permissions = [may(actor, SeeLists(scope)) for scope in named]
    if not permissions or isinstance(permissions[0], Refused):
        return Rewrite(say(work.locale, "may-not", why="out_of_scope"), menu_only(work.locale))
    return named


# --- reminding all of them


@router.pressed(RemindAll)
def remind_all(press: RemindAll, work: Work) -> Replies:
    listed = WhoHasNotReported(stage=press.stage, municipality=press.municipality, school=press.school)
    scopes = _scopes(work, listed)
    if isinstance(scopes, Rewrite):
        return scopes
    back = Button(say(work.locale, "button-to-list"), listed)
    keyboard = Keyboard([[back, menu_button(work.locale)]])
    calendar = work.campaign.calendar
    goes_at = next_allowed(Audience.TEACHERS, work.now, calendar, work.campaign.hours)
    if not isinstance(calendar.opening(Act.REPORT, goes_at), Open):
        return Rewrite(say(work.locale, "remind-all-closed"), keyboard)
    calls = [call for scope in _widest(scopes) if (call := _call(work, press.stage, scope, goes_at)) is not None]
    if not calls:
        return Rewrite(say(work.locale, "remind-all-nobody"), keyboard)
    work.wake_jobs()
    text = say(
        work.locale,
        "remind-all-goes",
        moment=say_moment(work.locale, min(call.goes_at for call in calls), calendar.zone),
        gets=sum(call.reached.gets for call in calls),
        had_one=sum(call.reached.had_one for call in calls),
        unreachable=sum(call.reached.unreachable for call in calls),
    )
    return Rewrite(text, keyboard)


def _call(work: Work, stage: ReportStage, scope: Scope, goes_at: datetime) -> Call | None:
    """The day's call for the scope: a new one, or the one made already; None where nobody would get it."""
    day = work.campaign.calendar.local_day(goes_at)
    earlier = reminder_calls.made(work.conn, work.who, stage, scope, day)
    if earlier is not None:
        return earlier
    reached = reminder_calls.count(work.conn, scope, stage, day)
    if reached.gets:
        reminder_calls.add(work.conn, work.who, stage, scope, reached, day=day, goes_at=goes_at)
    return reminder_calls.made(work.conn, work.who, stage, scope, day)


def _widest(scopes: Sequence[Scope]) -> list[Scope]:
    """The scopes without those that lie within another one of them: nobody is counted twice."""
    return [one for one in scopes if not any(other != one and covers(other, one) for other in scopes)]
