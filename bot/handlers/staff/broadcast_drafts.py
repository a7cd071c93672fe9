"""«Рассылка», the text: typed, looked at as recipients will see it, tried on oneself, sent off."""

from bot.domain.broadcasts import (
    MOST_SIGNS,
    BroadcastState,
    NoText,
    Reach,
    TextTaken,
    TextTooLong,
    judge_text,
    timing,
)
from bot.domain.identifiers import BroadcastId
from bot.handlers.staff.broadcast_access import own, own_draft, reached, whom
from bot.handlers.staff.broadcast_standing import standing
from bot.handlers.staff.buttons import Row, menu_button, menu_only
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Reply, Rewrite, Say, as_sequence
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.broadcasts import (
    AddressBroadcast,
    AsksBroadcastText,
    DiscardBroadcast,
    PreviewBroadcast,
    SendBroadcast,
    TryBroadcast,
    WriteBroadcast,
)
from bot.storage import audiences, broadcasts
from bot.storage.broadcasts import Broadcast
from bot.wording import say, say_moment

router = Router()


# --- the text


@router.pressed(WriteBroadcast)
def ask_text(press: WriteBroadcast, work: Work) -> Replies:
    draft = own_draft(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    work.ask(AsksBroadcastText(broadcast=draft.id))
    if draft.text is None:
        return Rewrite(say(work.locale, "broadcast-write", most=MOST_SIGNS), Keyboard([_to_addressed(work, draft)]))
    back = Button(say(work.locale, "button-broadcast-to-preview"), PreviewBroadcast(broadcast=draft.id))
    what = say(work.locale, "broadcast-write-anew-what", most=MOST_SIGNS)
    text = _around(draft.text, say(work.locale, "broadcast-write-anew"), what)
    return Rewrite(text, Keyboard([[back], _to_addressed(work, draft)]))


@router.answered(AsksBroadcastText)
def take_text(question: AsksBroadcastText, work: Work) -> Replies:
    draft = own_draft(work, question.broadcast)
    if isinstance(draft, Rewrite):
        work.ask(None)
        return draft
    match judge_text(work.event.content.text):
        case NoText():  # the question stays open
            return Say(say(work.locale, "broadcast-no-text"), Keyboard([_to_addressed(work, draft)]))
        case TextTooLong(signs):
            text = say(work.locale, "broadcast-too-long", signs=signs, most=MOST_SIGNS)
            return Say(text, Keyboard([_to_addressed(work, draft)]))
        case TextTaken(text):
            work.ask(None)
            broadcasts.write(work.conn, draft.id, text)
            return [*_files_left_out(work), *as_sequence(_preview(work, draft.id))]


def _files_left_out(work: Work) -> list[Reply]:
    content = work.event.content
    left_out = content.attachments or content.forwarded
    return [Say(say(work.locale, "broadcast-files-left-out"))] if left_out else []


# --- the preview


@router.pressed(PreviewBroadcast)
def preview(press: PreviewBroadcast, work: Work) -> Replies:
    return _preview(work, press.broadcast)


def _preview(work: Work, broadcast_id: BroadcastId) -> Replies:
    draft = own_draft(work, broadcast_id)
    if isinstance(draft, Rewrite):
        return draft
    if draft.text is None:
        return ask_text(WriteBroadcast(broadcast=draft.id), work)
    reach, in_words = reached(work, draft.addressed)
    means = say(
        work.locale,
        "broadcast-preview-means",
        whom=whom(work, draft.addressed),
        reach=in_words,
        timing=_timing(work, draft, reach),
    )
    text = _around(draft.text, say(work.locale, "broadcast-preview"), means)
    return Rewrite(text, Keyboard(_steps(work, draft, reach)))


def _around(text: str, before: str, after: str) -> str:
    """The broadcast's text between two sentences: it is nobody's variable, whatever stands in it."""
    return f"{before}\n\n{text}\n\n{after}"


def _timing(work: Work, draft: Broadcast, reach: Reach) -> str:
    if not reach.gets_it:
        return say(work.locale, "broadcast-to-nobody")
    calendar = work.campaign.calendar
    goes = timing(draft.addressed.role, reach.gets_it, work.now, calendar, work.campaign.hours)
    takes = say(work.locale, "broadcast-takes", minutes=goes.minutes)
    until, at = (
        say_moment(work.locale, instant, calendar.zone)
        for instant in (goes.closes_at, goes.goes_on_at or goes.begins_at)
    )
    if goes.goes_on_at is not None and goes.begins_at == work.now:
        return say(work.locale, "broadcast-goes-in-parts", takes=takes, until=until, at=at)
    if goes.begins_at > work.now:
        at = say_moment(work.locale, goes.begins_at, calendar.zone)
        return say(work.locale, "broadcast-goes-later", takes=takes, at=at)
    return say(work.locale, "broadcast-goes-now", takes=takes, until=until)


def _steps(work: Work, draft: Broadcast, reach: Reach) -> list[Row]:
    trying: Row = [Button(say(work.locale, "button-broadcast-try"), TryBroadcast(broadcast=draft.id))]
    if reach.gets_it:
        send = SendBroadcast(broadcast=draft.id)
        trying.insert(0, Button(say(work.locale, "button-broadcast-send"), send, Colour.POSITIVE))
    discard = DiscardBroadcast(broadcast=draft.id)
    return [
        trying,
        [
            Button(say(work.locale, "button-broadcast-text"), WriteBroadcast(broadcast=draft.id)),
            Button(say(work.locale, "button-broadcast-whom"), AddressBroadcast(broadcast=draft.id)),
        ],
        [
            Button(say(work.locale, "button-broadcast-discard"), discard, Colour.NEGATIVE),
            menu_button(work.locale),
        ],
    ]


@router.pressed(TryBroadcast)
def try_on_oneself(press: TryBroadcast, work: Work) -> Replies:
    draft = own_draft(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    if draft.text is None:
        return ask_text(WriteBroadcast(broadcast=draft.id), work)
    return [Say(draft.text), PopUp(say(work.locale, "broadcast-tried"))]


@router.pressed(DiscardBroadcast)
def discard(press: DiscardBroadcast, work: Work) -> Replies:
    draft = own_draft(work, press.broadcast)
    if isinstance(draft, Rewrite):
        return draft
    broadcasts.discard(work.conn, draft.id)
    return Rewrite(say(work.locale, "broadcast-discarded"), menu_only(work.locale))


# --- sending it off


@router.pressed(SendBroadcast)
def send(press: SendBroadcast, work: Work) -> Replies:
    broadcast = own(work, press.broadcast)
    if isinstance(broadcast, Rewrite):
        return broadcast
    if broadcast.state is not BroadcastState.DRAFT:  # pressed twice
        return standing(work, broadcast)
    if broadcast.text is None or not audiences.reach(work.conn, broadcast.addressed).gets_it:
        return _preview(work, broadcast.id)
    if broadcasts.confirm(work.conn, broadcast.id, at=work.now, real=work.event.arrived_real_at):
        event = work.event
        broadcasts.show_in(work.conn, broadcast.id, event.messenger, event.peer, event.cmid)
        work.wake_jobs()
    return standing(work, broadcasts.by_id(work.conn, broadcast.id) or broadcast)


def _to_addressed(work: Work, draft: Broadcast) -> Row:
    to_addressed = AddressBroadcast(broadcast=draft.id)
    return [Button(say(work.locale, "button-broadcast-whom"), to_addressed), menu_button(work.locale)]
