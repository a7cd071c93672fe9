"""What is done for one broadcast in one transaction: its next slice, its end, and the progress that its author sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.domain.broadcasts import LONGEST_ABSENCE, BroadcastState, hours_kept_for, was_missed
from bot.domain.duties import Audience, allowed_until, next_allowed
from bot.domain.identifiers import BroadcastId
from bot.jobs.setting import Setting
from bot.messenger import answers, keyboards
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Address, Lane, Say
from bot.presses.broadcasts import OpenBroadcasts, steps
from bot.presses.menu import OpenMenu
from bot.storage import broadcasts, inbox, outbox, people, recipients
from bot.storage.broadcasts import UnderWay
from bot.storage.outbox import Delivery, DeliveryKind, NewBody, NewDelivery
from bot.storage.people import PersonsAddress
from bot.storage.recipients import Going
from bot.wording import say
from bot.wording.broadcasts import say_progress

MOST_ON_THE_WAY: Final = 1_000  # in the outbox; below it a page more is handed over: half a second's worth and more
PAGE: Final = 500  # recipients in a slice of about 20 ms
TOUCH_EVERY: Final = timedelta(minutes=1)
STILL_LOOKS: Final = timedelta(minutes=1)  # so long after «Отправить» its author is taken to be watching


@dataclass(frozen=True, slots=True)
class Now:
    """An instant by both clocks. speed: campaign seconds in a real one."""

    at: datetime
    real: datetime
    speed: float


@dataclass(frozen=True, slots=True)
class Step:
    """What a step brought. changed: something is different now. has_more: the next one may follow at once."""

    deliveries: Sequence[Delivery] = ()
    changed: bool = False
    has_more: bool = False


def opens_at(role: Audience, at: datetime, setting: Setting) -> datetime:
    """The first instant from `at` on at which a broadcast to the role may go."""
    return next_allowed(hours_kept_for(role), at, setting.campaign.calendar, setting.campaign.hours)


def step(conn: Connection, one: UnderWay, setting: Setting, now: Now, on_the_way: int) -> Step:
    """Take over what became of those on the way, then do the next thing. on_the_way: recipients of other broadcasts."""
    going = recipients.lock(conn, one.id)
    has_settled = recipients.settle(conn, going, real=now.real)
    if has_settled:
        going = recipients.lock(conn, one.id)
    elif now.real - one.touched_real_at > TOUCH_EVERY:
        broadcasts.touch(conn, one.id, real=now.real)
    may_go = opens_at(going.addressed.role, now.at, setting) <= now.at
    waiting, offered = going.counts.waiting, going.counts.offered
    has_page = waiting >= PAGE or (waiting > 0 and going.state is BroadcastState.SENDING)
    match going.state:
        # The first have it while the last are still being listed.
        case BroadcastState.LISTING | BroadcastState.SENDING if (
            has_page and may_go and on_the_way + offered < MOST_ON_THE_WAY
        ):
            return Step(_offered(conn, going, setting, now), changed=True, has_more=True)
        case BroadcastState.LISTING if may_go:
            recipients.list_slice(conn, going)
            return Step(changed=True, has_more=True)
        case BroadcastState.CANCELLED if waiting:
            recipients.cancel_slice(conn, going, real=now.real)
            return Step(changed=True, has_more=True)
        case BroadcastState.SENDING | BroadcastState.CANCELLED if not waiting and not offered:
            return Step(_finished(conn, going, setting, now), changed=True)
    return Step(changed=has_settled)


def _offered(conn: Connection, going: Going, setting: Setting, now: Now) -> list[Delivery]:
    kept = hours_kept_for(going.addressed.role)
    closes_at = allowed_until(kept, now.at, setting.campaign.calendar, setting.campaign.hours)
    # A messenger that refuses for a while must not make the night the time of delivery, nor may what lay here through
    # an absence be sent before its author was asked: it waits again then.
    expires_at = now.real + LONGEST_ABSENCE
    if now.speed:
        expires_at = min(expires_at, now.real + (closes_at - now.at) / now.speed)
    return recipients.offer(conn, going, lane=Lane.BROADCASTS, most=PAGE, real=now.real, expires_at=expires_at)


# --- what the author is told


def _finished(conn: Connection, going: Going, setting: Setting, now: Now) -> list[Delivery]:
    """The end in the progress; where that may be far up in the dialogue by now, also in a message of its own."""
    if not recipients.finish(conn, going, at=now.at):  # another process has, and told it
        return []
    is_before_their_eyes = _is_before_their_eyes(conn, going.id, now)
    edited = rewrite(conn, going.id, setting, now, waits_until=None)
    author = people.address_of(conn, going.author)
    if author is None or (edited and is_before_their_eyes):
        return edited
    text, keyboard = _progress(conn, going.id, setting, author.locale, None)
    return [*edited, *_told(conn, Say(text, keyboard, to=_address(author)), setting, now)]


def _is_before_their_eyes(conn: Connection, broadcast: BroadcastId, now: Now) -> bool:
    """Whether the author sent it off a moment ago, and nothing stands below the message that shows the progress."""
    sent_off, shown = broadcasts.by_id(conn, broadcast), broadcasts.shown(conn, broadcast)
    if sent_off is None or sent_off.confirmed_at is None or shown is None:
        return False
    if not timedelta(0) <= now.at - sent_off.confirmed_at <= STILL_LOOKS:
        return False
    if shown.cmid is None:  # it is about to become the newest
        return True
    theirs = inbox.last_cmid(conn, shown.messenger, shown.peer)
    return theirs <= shown.cmid == outbox.newest_cmid(conn, shown.messenger, shown.peer)


def ask_after_absence(conn: Connection, setting: Setting, now: Now) -> list[Delivery]:
    """Pause whatever should have gone on while no bot was there, and ask its author whether it still should."""
    asked: list[Delivery] = []
    for one in broadcasts.under_way(conn):
        absence = now.real - one.touched_real_at
        if one.state not in (BroadcastState.LISTING, BroadcastState.SENDING) or absence <= LONGEST_ABSENCE:
            continue
        campaign = setting.campaign
        if was_missed(one.role, now.at - absence, now.at, campaign.calendar, campaign.hours):
            asked += _asked(conn, one.id, setting, now)
    return asked


def _asked(conn: Connection, broadcast: BroadcastId, setting: Setting, now: Now) -> list[Delivery]:
    going = recipients.lock(conn, broadcast)
    broadcasts.move(conn, broadcast, BroadcastState.PAUSED, real=now.real)
    author = people.address_of(conn, going.author)
    if author is None:
        return []
    progress, keyboard = _progress(conn, broadcast, setting, author.locale, None)
    text = say(author.locale, "broadcast-asks-to-go-on", progress=progress)
    return _told(conn, Say(text, keyboard, to=_address(author)), setting, now)


def rewrite(
    conn: Connection,
    broadcast: BroadcastId,
    setting: Setting,
    now: Now,
    *,
    waits_until: datetime | None,
    if_quiet: bool = False,
) -> list[Delivery]:
    """Let the author's message show how far it is. if_quiet: not while it is being rewritten already."""
    shown, author = broadcasts.shown(conn, broadcast), people.address_of(conn, recipients.lock(conn, broadcast).author)
    if shown is None or author is None or (shown.in_flight and (if_quiet or shown.cmid is None)):
        return []
    text, keyboard = _progress(conn, broadcast, setting, author.locale, waits_until)
    body = NewBody(text, keyboards.stored(keyboard, setting.limits))
    kind = DeliveryKind.MESSAGE if shown.cmid is None else DeliveryKind.EDIT
    new = NewDelivery(
        shown.messenger, shown.peer, Lane.REPLIES, body, kind, author.user_id, target_cmid=shown.cmid
    )  # fmt: skip
    [delivery] = outbox.add(conn, [new], at=now.real, offered=lambda _: False)
    broadcasts.note_shown(conn, broadcast, delivery.id, shown.cmid)
    return [delivery]


def _progress(
    conn: Connection, broadcast_id: BroadcastId, setting: Setting, locale: str, waits_until: datetime | None
) -> tuple[str, Keyboard]:
    going = recipients.lock(conn, broadcast_id)
    counts, zone = going.counts, setting.campaign.calendar.zone
    text = say_progress(locale, going.id, going.addressed.role, going.state, counts, waits_until=waits_until, zone=zone)
    possible = steps(going.id, going.state, not_reached=counts.not_reached, refused=counts.refused)
    controls = [Button(say(locale, f"button-{press.kind}"), press) for press in possible]
    others, menu = (
        Button(say(locale, label), press)
        for label, press in (("label-broadcasts", OpenBroadcasts()), ("label-menu", OpenMenu()))
    )
    return text, Keyboard([controls, [others, menu]])


def _told(conn: Connection, told: Say, setting: Setting, now: Now) -> list[Delivery]:
    return answers.post(conn, [told], setting.limits, at=now.real, lane=Lane.REPLIES)


def _address(author: PersonsAddress) -> Address:
    return Address(author.messenger, author.user_id)
