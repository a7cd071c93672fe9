"""How a broadcast stands, as its author reads it after a press: the same words and buttons as in the progress."""

from bot.domain.broadcasts import timing
from bot.handlers.staff.buttons import Row, menu_button
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Rewrite
from bot.messenger.work import Work
from bot.presses.broadcasts import OpenBroadcasts, steps
from bot.storage.broadcasts import Broadcast
from bot.wording import say
from bot.wording.broadcasts import say_progress


def standing(work: Work, broadcast: Broadcast) -> Rewrite:
    """Its figures with what can be done now."""
    counts, calendar = broadcast.counts, work.campaign.calendar
    begins_at = timing(broadcast.addressed.role, 0, work.now, calendar, work.campaign.hours).begins_at
    text = say_progress(
        work.locale,
        broadcast.id,
        broadcast.addressed.role,
        broadcast.state,
        counts,
        waits_until=begins_at if begins_at > work.now else None,
        zone=calendar.zone,
    )
    possible = steps(broadcast.id, broadcast.state, not_reached=counts.not_reached, refused=counts.refused)
    controls: Row = [Button(say(work.locale, f"button-{press.kind}"), press) for press in possible]
    back = Button(say(work.locale, "label-broadcasts"), OpenBroadcasts())
    return Rewrite(text, Keyboard([controls, [back, menu_button(work.locale)]]))
