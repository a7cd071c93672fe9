"""«Рассылка», first steps: to which role, and where; teachers also by their reports."""

from dataclasses import replace

from bot.domain.broadcasts import Addressed, ReportsSoFar, may_write_to
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId
from bot.domain.quotations import one_line
from bot.domain.roles import Municipality, Refused, Region, School, Scope
from bot.handlers.staff import letters
from bot.handlers.staff.broadcast_access import own_draft, own_scopes, reached, whom
from bot.handlers.staff.buttons import Row, menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard, column
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.broadcasts import (
    AddressBroadcast,
    AsksBroadcastSchool,
    ComposeBroadcast,
    FindBroadcastSchool,
    ListBroadcastMunicipalities,
    ListReportsSoFar,
    NarrowBroadcast,
    NarrowByReports,
    OpenBroadcast,
    OpenBroadcasts,
    PreviewBroadcast,
    WriteBroadcast,
)
from bot.storage import broadcasts, roles, schools
from bot.storage.broadcasts import Broadcast
from bot.wording import say

router = Router()
router.phrase("phrase-broadcast", OpenBroadcast())
for _role in Audience:
    router.phrase(f"phrase-broadcast-{_role.value}", ComposeBroadcast(role=_role))

PLACES_PER_PAGE = 4
LONGEST_QUERY = 60


@router.pressed(OpenBroadcast)
def open_broadcast(press: OpenBroadcast, work: Work) -> Replies:
    if not own_scopes(work):
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    rows: list[Row] = [
        [Button(say(work.locale, "button-broadcast-role", role=role.value), ComposeBroadcast(role=role))]
        for role in Audience
    ]
    onward: Row = [Button(say(work.locale, "label-broadcasts"), OpenBroadcasts()), menu_button(work.locale)]
    return Rewrite(say(work.locale, "broadcast-to-which-role"), Keyboard([*rows, onward]))


@router.pressed(ComposeBroadcast)
def compose(press: ComposeBroadcast, work: Work) -> Replies:
    scopes = own_scopes(work)
    if not scopes:
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    real = work.event.arrived_real_at
    draft = broadcasts.draft(work.conn, work.who, Addressed(press.role, scopes), at=work.now, real=real)
    return _addressed(work, draft)


@router.pressed(AddressBroadcast)
def show_addressed(press: AddressBroadcast, work: Work) -> Replies:
    return _addressed(work, press.broadcast)


def _addressed(work: Work, broadcast_id: BroadcastId) -> Replies:
    """Whom it means and how many they are, with what narrows it."""
    draft = own_draft(work, broadcast_id)
    if isinstance(draft, Rewrite):
        return draft
    _, reach = reached(work, draft.addressed)
    text = say(work.locale, "broadcast-addressed", whom=whom(work, draft.addressed), reach=reach)
    written = draft.text is not None
    label = "button-broadcast-to-preview" if written else "button-broadcast-write-first"
    onward = PreviewBroadcast(broadcast=draft.id) if written else WriteBroadcast(broadcast=draft.id)
    rows: list[Row] = [[Button(say(work.locale, label), onward, Colour.PRIMARY)]]
    if draft.addressed.again_of is None:
        rows += _narrower(work, draft)
    return Rewrite(text, Keyboard([*rows, [menu_button(work.locale)]]))


def _narrower(work: Work, draft: Broadcast) -> list[Row]:
    own, by_place, others = own_scopes(work), Row(), Row()
    if any(isinstance(scope, Region) for scope in own):
        by_municipality = ListBroadcastMunicipalities(broadcast=draft.id)
        by_place.append(Button(say(work.locale, "button-broadcast-municipality"), by_municipality))
    if any(not isinstance(scope, School) for scope in own):
        by_place.append(Button(say(work.locale, "button-broadcast-school"), FindBroadcastSchool(broadcast=draft.id)))
    if draft.addressed.scopes != own:
        by_place.append(Button(say(work.locale, "button-broadcast-everywhere"), NarrowBroadcast(broadcast=draft.id)))
    if draft.addressed.role is Audience.TEACHERS:
        others.append(Button(say(work.locale, "button-broadcast-reports"), ListReportsSoFar(broadcast=draft.id)))
    others.append(Button(say(work.locale, "button-broadcast-other-role"), OpenBroadcast()))
    return [by_place, others]


# --- where


@router.pressed(ListBroadcastMunicipalities)
def list_municipalities(press: ListBroadcastMunicipalities, work: Work) -> Replies:
    draft = _narrowable(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    found = schools.municipalities(work.conn, own_scopes(work))
    shown = found[press.page * PLACES_PER_PAGE : (press.page + 1) * PLACES_PER_PAGE]
    rows: list[Row] = [
        [Button(one.name, NarrowBroadcast(broadcast=draft.id, municipality=one.id), Colour.PRIMARY)] for one in shown
    ]
    turning = page_buttons(
        press.page, PLACES_PER_PAGE, len(found), lambda other: press.model_copy(update={"page": other})
    )
    return Rewrite(say(work.locale, "broadcast-which-municipality"), Keyboard([*rows, turning, _back(work, draft)]))


@router.pressed(FindBroadcastSchool)
def find_school(press: FindBroadcastSchool, work: Work) -> Replies:
    draft = _narrowable(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    work.ask(AsksBroadcastSchool(broadcast=draft.id))
    if press.words is None:
        return Rewrite(say(work.locale, "broadcast-which-school"), Keyboard([_back(work, draft)]))
    return _schools(work, draft, press)


@router.answered(AsksBroadcastSchool)
def look_for_school(question: AsksBroadcastSchool, work: Work) -> Replies:
    draft = _narrowable(work, question.broadcast)
    if isinstance(draft, Rewrite):
        work.ask(None)
        return draft
    words = one_line(work.event.content.text)[:LONGEST_QUERY].rstrip()
    if not words:
        return Say(say(work.locale, "broadcast-which-school"), Keyboard([_back(work, draft)]))
    return _schools(work, draft, FindBroadcastSchool(broadcast=draft.id, words=words))


def _schools(work: Work, draft: Broadcast, press: FindBroadcastSchool) -> Rewrite:
    words = press.words or ""
    hits = schools.search(work.conn, words, own_scopes(work), page=press.page, size=PLACES_PER_PAGE)
    if not hits.schools:
        return Rewrite(say(work.locale, "schools-none", words=words), Keyboard([_back(work, draft)]))
    first = press.page * PLACES_PER_PAGE + 1
    lines = "\n".join(
        f"{number}. {letters.school_line(work.locale, school)}" for number, school in enumerate(hits.schools, first)
    )
    rows: list[Row] = [
        [Button(f"{number}. {school.name}", NarrowBroadcast(broadcast=draft.id, school=school.id))]
        for number, school in enumerate(hits.schools, first)
    ]
    turning = page_buttons(
        press.page, PLACES_PER_PAGE, hits.found, lambda other: press.model_copy(update={"page": other})
    )
    text = say(work.locale, "schools-found", found=hits.found, lines=lines)
    return Rewrite(text, Keyboard([*rows, turning, _back(work, draft)]))


@router.pressed(NarrowBroadcast)
def narrow(press: NarrowBroadcast, work: Work) -> Replies:
    draft = _narrowable(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    scopes = _named(work, press)
    permission = may_write_to(roles.actor(work.conn, work.who), scopes)
    if isinstance(permission, Refused):
        return Rewrite(say(work.locale, "may-not", why=permission.why.value), Keyboard([_back(work, draft)]))
    broadcasts.address(work.conn, draft.id, replace(draft.addressed, scopes=scopes))
    return _addressed(work, draft.id)


def _named(work: Work, press: NarrowBroadcast) -> tuple[Scope, ...]:
    """The place that the press names, none for one that does not exist; all that is the person's for none named."""
    if press.school is not None:
        school = schools.school(work.conn, press.school)
        return () if school is None else (school.scope,)
    if press.municipality is not None:
        found = schools.municipality(work.conn, press.municipality)
        return () if found is None else (Municipality(found.id),)
    return own_scopes(work)


# --- by reports


@router.pressed(ListReportsSoFar)
def list_reports(press: ListReportsSoFar, work: Work) -> Replies:
    draft = _narrowable(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    choices = (
        Button(
            say(work.locale, "button-broadcast-by-reports", so_far=one.value),
            NarrowByReports(broadcast=draft.id, so_far=one),
        )
        for one in ReportsSoFar
    )
    return Rewrite(say(work.locale, "broadcast-which-reports"), column(*choices, _back(work, draft)[0]))


@router.pressed(NarrowByReports)
def narrow_by_reports(press: NarrowByReports, work: Work) -> Replies:
    draft = _narrowable(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    if draft.addressed.role is Audience.TEACHERS:
        broadcasts.address(work.conn, draft.id, replace(draft.addressed, reports=press.so_far))
    return _addressed(work, draft.id)


def _narrowable(work: Work, broadcast_id: BroadcastId) -> Broadcast | Rewrite:
    """The person's draft, unless it goes to those whom an earlier one did not reach: they are who they are."""
    draft = own_draft(work, broadcast_id)
    if isinstance(draft, Broadcast) and draft.addressed.again_of is not None:
        return Rewrite(say(work.locale, "broadcast-gone"), menu_only(work.locale))
    return draft


def _back(work: Work, draft: Broadcast) -> Row:
    to_addressed = AddressBroadcast(broadcast=draft.id)
    return [Button(say(work.locale, "button-broadcast-whom"), to_addressed), menu_button(work.locale)]
