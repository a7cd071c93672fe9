"""«Мои рассылки»: how far each has come, pause, go on, stop; whom it did not reach, and once more to these."""

from dataclasses import replace

from bot.domain.broadcasts import BroadcastState, RecipientState
from bot.domain.identifiers import BroadcastId, PersonId
from bot.domain.roles import Scope, covers
from bot.handlers.staff import involved
from bot.handlers.staff.broadcast_access import own, own_scopes
from bot.handlers.staff.broadcast_standing import standing
from bot.handlers.staff.buttons import Row, menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.broadcasts import (
    CancelBroadcast,
    ListMissed,
    OpenBroadcast,
    OpenBroadcasts,
    PauseBroadcast,
    PreviewBroadcast,
    RepeatBroadcast,
    ResumeBroadcast,
    ShowBroadcast,
)
from bot.storage import broadcasts, classes, ledger, participants
from bot.storage.broadcasts import Broadcast
from bot.storage.ledger import Missed
from bot.wording import say, say_day

router = Router()
router.phrase("phrase-broadcasts", OpenBroadcasts())

BROADCASTS_PER_PAGE = 4
MISSED_PER_PAGE = 10


@router.pressed(OpenBroadcasts)
def open_broadcasts(press: OpenBroadcasts, work: Work) -> Replies:
    if not own_scopes(work):
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    found = broadcasts.of_author(work.conn, work.who, page=press.page, size=BROADCASTS_PER_PAGE)
    lines = "\n".join(_line(work, one) for one in found.broadcasts)
    opening: Row = [
        Button(say(work.locale, "button-broadcast-show", number=one.id), ShowBroadcast(broadcast=one.id))
        for one in found.broadcasts
    ]
    turning = page_buttons(press.page, BROADCASTS_PER_PAGE, found.made, lambda other: OpenBroadcasts(page=other))
    new = Button(say(work.locale, "label-broadcast"), OpenBroadcast(), Colour.PRIMARY)
    text = say(work.locale, "broadcasts-listed", made=found.made, lines=lines)
    return Rewrite(text, Keyboard([opening, turning, [new, menu_button(work.locale)]]))


def _line(work: Work, broadcast: Broadcast) -> str:
    return say(
        work.locale,
        "broadcast-line",
        number=broadcast.id,
        at=say_day(work.locale, work.campaign.calendar.local_day(broadcast.confirmed_at or broadcast.created_at)),
        role=broadcast.addressed.role.value,
        state=broadcast.state.value,
        delivered=broadcast.counts.delivered,
        listed=broadcast.counts.listed,
    )


@router.pressed(ShowBroadcast)
def show(press: ShowBroadcast, work: Work) -> Replies:
    broadcast = own(work, press.broadcast)
    if isinstance(broadcast, Rewrite):
        return broadcast
    if broadcast.state is BroadcastState.DRAFT:
        return work.proceed(PreviewBroadcast(broadcast=broadcast.id).model_dump_json())
    return _shown(work, broadcast)


def _shown(work: Work, broadcast: Broadcast) -> Rewrite:
    """How it stands now; the message that says so goes on saying it."""
    event = work.event
    if event.cmid is not None and broadcast.finished_at is None:
        broadcasts.show_in(work.conn, broadcast.id, event.messenger, event.peer, event.cmid)
    return standing(work, broadcasts.by_id(work.conn, broadcast.id) or broadcast)


# --- pause, go on, stop


@router.pressed(PauseBroadcast)
def pause(press: PauseBroadcast, work: Work) -> Replies:
    return _moved(work, press.broadcast, BroadcastState.PAUSED)


@router.pressed(ResumeBroadcast)
def resume(press: ResumeBroadcast, work: Work) -> Replies:
    return _moved(work, press.broadcast, BroadcastState.LISTING)


@router.pressed(CancelBroadcast)
def cancel(press: CancelBroadcast, work: Work) -> Replies:
    return _moved(work, press.broadcast, BroadcastState.CANCELLED)


def _moved(work: Work, broadcast_id: BroadcastId, to: BroadcastState) -> Replies:
    """Where it stands after the press; one that came too late, or a second one, finds it as it is."""
    broadcast = own(work, broadcast_id)
    if isinstance(broadcast, Rewrite):
        return broadcast
    if broadcast.state is BroadcastState.DRAFT:
        return work.proceed(PreviewBroadcast(broadcast=broadcast.id).model_dump_json())
    if broadcasts.move(work.conn, broadcast.id, to, real=work.event.arrived_real_at):
        work.wake_jobs()
    return _shown(work, broadcast)


# --- whom it did not reach


@router.pressed(ListMissed)
def list_missed(press: ListMissed, work: Work) -> Replies:
    broadcast = own(work, press.broadcast)
    if isinstance(broadcast, Rewrite):
        return broadcast
    found = ledger.missed(work.conn, broadcast.id, page=press.page, size=MISSED_PER_PAGE)
    back: Row = [
        Button(say(work.locale, "button-broadcast-show", number=broadcast.id), ShowBroadcast(broadcast=broadcast.id)),
        menu_button(work.locale),
    ]
    if not found:
        return Rewrite(say(work.locale, "broadcast-missed-nobody", number=broadcast.id), Keyboard([back]))
    lines = "\n".join(_missed_line(work, broadcast, one) for one in found)
    people = broadcast.counts.not_reached
    turning = page_buttons(press.page, MISSED_PER_PAGE, people, lambda other: press.model_copy(update={"page": other}))
    text = say(work.locale, "broadcast-missed-list", number=broadcast.id, people=people, lines=lines)
    return Rewrite(text, Keyboard([turning, _again(work, broadcast), back]))


def _again(work: Work, broadcast: Broadcast) -> Row:
    if broadcast.finished_at is None or not broadcast.counts.refused:
        return []
    return [Button(say(work.locale, "button-broadcast-again"), RepeatBroadcast(broadcast=broadcast.id))]


def _missed_line(work: Work, broadcast: Broadcast, missed: Missed) -> str:
    is_refused = missed.state is RecipientState.REFUSED
    why = "unreachable" if is_refused and missed.is_unreachable else missed.state.value
    who = _who(work, missed.person, broadcast.addressed.scopes)
    return say(work.locale, "broadcast-missed-line", who=who, why=why)


def _who(work: Work, person: PersonId, scopes: tuple[Scope, ...]) -> str:
    """A pupil by the № in the class, for whose name a coordinator has to give a reason; anybody else by name."""
    number = participants.number_of(work.conn, person)
    if number is not None and (found := participants.found(work.conn, number)) is not None:
        learns_in = classes.by_id(work.conn, found.issued.class_id)
        if learns_in is not None:
            return say(
                work.locale,
                "broadcast-missed-pupil",
                place=found.issued.place,
                label=learns_in.shown,
                school=learns_in.school.name,
            )
    name = involved.name_of(work, person, work.locale)
    taught = (one.school for one in classes.taught_by(work.conn, person))
    school = next((one for one in taught if any(covers(scope, one.scope) for scope in scopes)), None)
    return name if school is None else say(work.locale, "broadcast-missed-adult", name=name, school=school.name)


@router.pressed(RepeatBroadcast)
def repeat(press: RepeatBroadcast, work: Work) -> Replies:
    earlier = own(work, press.broadcast)
    if isinstance(earlier, Rewrite):
        return earlier
    if earlier.finished_at is None or not earlier.counts.refused:
        return standing(work, earlier)
    addressed = replace(earlier.addressed, again_of=earlier.id)
    real = work.event.arrived_real_at
    draft = broadcasts.draft(work.conn, work.who, addressed, text=earlier.text, at=work.now, real=real)
    return work.proceed(PreviewBroadcast(broadcast=draft).model_dump_json())
