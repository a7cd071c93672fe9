"""A broadcast in words: how far it has come, as its author reads it in the list, in the progress and at its end."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.broadcasts import BroadcastState, Counts
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId
from bot.wording.dates import say_moment
from bot.wording.sentences import say


def say_progress(
    locale: str,
    broadcast: BroadcastId,
    role: Audience,
    state: BroadcastState,
    counts: Counts,
    *,
    waits_until: datetime | None = None,
    zone: ZoneInfo,
) -> str:
    """Where it stands and how many it has reached.

    waits_until: when the hours begin in which it may go on, None where they hold now.
    """
    title = say(locale, "broadcast-title", number=broadcast, role=role.value)
    is_final = state in (BroadcastState.FINISHED, BroadcastState.CANCELLED)
    waits = waits_until is not None and state in (BroadcastState.LISTING, BroadcastState.SENDING)
    standing = "night" if waits else state.value
    until = say_moment(locale, waits_until, zone) if waits_until is not None else ""
    lines = [title, say(locale, "broadcast-stands", state=standing, until=until)]
    if counts.listed:
        lines.append(_figures(locale, counts, is_final=is_final))
    return "\n".join(lines)


def _figures(locale: str, counts: Counts, *, is_final: bool) -> str:
    figures = {
        "delivered": counts.delivered,
        "left": counts.waiting + counts.offered,
        "refused": counts.refused,
        "uncertain": counts.uncertain,
        "muted": counts.muted,
        "cancelled": counts.cancelled,
    }
    always = {"delivered"} if is_final else {"delivered", "left"}
    return "\n".join(
        say(locale, f"broadcast-count-{name}", people=people)
        for name, people in figures.items()
        if people or name in always
    )
