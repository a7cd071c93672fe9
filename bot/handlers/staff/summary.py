"""«Сводка»: how far the classes of a coordinator's scope have come, in figures, as a picture, and by municipality."""

from bot.domain.digest import percent, widest
from bot.domain.reports import ReportStage
from bot.domain.roles import Region, Scope
from bot.handlers.staff import involved
from bot.handlers.staff.buttons import Row, menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Recipe, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import (
    DrawSummary,
    OpenApplications,
    OpenSummary,
    OpenSummaryByPlace,
    SchoolsWithoutTeacher,
    WhoHasNotReported,
)
from bot.storage import applications, digests, practice, reports, roles, schools, summaries
from bot.storage.reports import Funnel
from bot.storage.summaries import MunicipalityFunnel
from bot.wording import say, say_day
from bot.wording.funnel import say_funnel

router = Router()
router.phrase("phrase-summary", OpenSummary())

PLACES_PER_PAGE = 15
SCHOOLS_PER_PAGE = 20


@router.pressed(OpenSummary)
def open_summary(press: OpenSummary, work: Work) -> Replies:
    scopes = _scopes(work)
    if not scopes:
        return _for_coordinators(work)
    owing = Button(say(work.locale, "label-not-reported"), WhoHasNotReported(), Colour.PRIMARY)
    waiting = Button(say(work.locale, "label-applications"), OpenApplications())
    picture = Button(say(work.locale, "button-picture"), DrawSummary())
    rows: list[Row] = [[owing], [waiting, picture], [menu_button(work.locale)]]
    if any(isinstance(scope, Region) for scope in scopes):
        rows.insert(2, [Button(say(work.locale, "button-by-place"), OpenSummaryByPlace())])
    return Rewrite(_figures(work, scopes), Keyboard(rows))


def _figures(work: Work, scopes: list[Scope]) -> str:
    funnel = reports.funnel(work.conn, scopes)
    turnout = summaries.turnout(work.conn, scopes)
    return say(
        work.locale,
        "summary",
        at=_today(work),
        registered=funnel.registered,
        **{stage.value: funnel.reached[stage] for stage in ReportStage},
        **{f"{stage.value}-percent": percent(funnel.reached[stage], funnel.registered) for stage in ReportStage},
        practice=practice.saved_in(work.conn, scopes),
        participants=turnout.participants,
        votes=turnout.votes,
        waiting=applications.waiting_in(work.conn, scopes, page=0, size=1).waiting,
        unreachable=turnout.unreachable,
    )


@router.pressed(DrawSummary)
def draw_summary(press: DrawSummary, work: Work) -> Replies:
    scopes = _scopes(work)
    if not scopes:
        return _for_coordinators(work)
    funnel = reports.funnel(work.conn, scopes)
    if funnel.registered == 0:
        return Rewrite(
            say(work.locale, "summary-no-classes"), Keyboard([[_to_summary(work), menu_button(work.locale)]])
        )
    again = Keyboard([[Button(say(work.locale, "button-picture"), press)], [_to_summary(work)]])
    recipe = Recipe(
        "funnel",
        say_funnel(work.locale, schools.place_name(work.conn, scopes), funnel.registered, funnel.reached),
        otherwise=say(work.locale, "funnel-failed"),
        otherwise_keyboard=again,
        for_everybody=True,  # there is nothing personal in it, and a scope's coordinators share it
    )
    text = say(work.locale, "summary-picture", at=_today(work))
    return Say(text, Keyboard([[_to_summary(work), menu_button(work.locale)]]), recipe)


@router.pressed(OpenSummaryByPlace)
def open_summary_by_place(press: OpenSummaryByPlace, work: Work) -> Replies:
    scopes = _scopes(work)
    if not scopes:
        return _for_coordinators(work)
    found = summaries.by_municipality(work.conn, scopes)
    onward: Row = [_to_summary(work), menu_button(work.locale)]
    if not found:
        return Rewrite(say(work.locale, "summary-by-place-none"), Keyboard([onward]))
    shown = found[press.page * PLACES_PER_PAGE : (press.page + 1) * PLACES_PER_PAGE]
    text = say(work.locale, "summary-by-place", lines="\n".join(_place_line(work, one) for one in shown))
    turning = page_buttons(press.page, PLACES_PER_PAGE, len(found), lambda other: OpenSummaryByPlace(page=other))
    return Rewrite(text, Keyboard([turning, onward]))


def _place_line(work: Work, place: MunicipalityFunnel) -> str:
    funnel: Funnel = place.funnel
    reached = {stage.value: funnel.reached[stage] for stage in ReportStage}
    return say(work.locale, "summary-place", name=place.name, registered=funnel.registered, **reached)


@router.pressed(SchoolsWithoutTeacher)
def schools_without_teacher(press: SchoolsWithoutTeacher, work: Work) -> Replies:
    scopes = _scopes(work)
    if not scopes:
        return _for_coordinators(work)
    found = digests.schools_without_teacher(work.conn, scopes, page=press.page, size=SCHOOLS_PER_PAGE)
    if found.found == 0:
        return Rewrite(say(work.locale, "schools-without-none"), menu_only(work.locale))
    lines = [say(work.locale, "school-without", name=one.name, settlement=one.settlement) for one in found.schools]
    text = say(work.locale, "schools-without", found=found.found, lines="\n".join(lines))
    turning = page_buttons(press.page, SCHOOLS_PER_PAGE, found.found, lambda other: SchoolsWithoutTeacher(page=other))
    return Rewrite(text, Keyboard([turning, [_to_summary(work), menu_button(work.locale)]]))


def _scopes(work: Work) -> list[Scope]:
    """What the person coordinates; empty for everybody else."""
    return widest(involved.coordinated(roles.actor(work.conn, work.who)))


def _for_coordinators(work: Work) -> Rewrite:
    return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))


def _to_summary(work: Work) -> Button:
    return Button(say(work.locale, "button-to-summary"), OpenSummary())


def _today(work: Work) -> str:
    return say_day(work.locale, work.campaign.calendar.local_day(work.now))
