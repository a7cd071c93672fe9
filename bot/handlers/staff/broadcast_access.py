"""What every step of «Рассылка» begins with: whether it is this person's broadcast, and they still may write there."""

from bot.domain.broadcasts import Addressed, BroadcastState, Reach, may_write_to
from bot.domain.identifiers import BroadcastId
from bot.domain.roles import Municipality, Refused, Region, School, Scope
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import menu_only
from bot.messenger.replies import Rewrite
from bot.messenger.work import Work
from bot.storage import audiences, broadcasts, roles, schools
from bot.storage.broadcasts import Broadcast
from bot.wording import say


def own_scopes(work: Work) -> tuple[Scope, ...]:
    """All that the person coordinates; empty for everybody else."""
    found = involved.coordinated(roles.actor(work.conn, work.who))
    return (Region(),) if Region() in found else tuple(sorted(found, key=str))


def own(work: Work, broadcast_id: BroadcastId) -> Broadcast | Rewrite:
    """The person's own broadcast, if they may write to all of its scopes as they are now; else why not."""
    actor = roles.actor(work.conn, work.who)
    if not involved.coordinated(actor):
        return Rewrite(say(work.locale, "coordinators-only"), menu_only(work.locale))
    broadcast = broadcasts.by_id(work.conn, broadcast_id)
    if broadcast is None or broadcast.author != work.who:
        return Rewrite(say(work.locale, "broadcast-gone"), menu_only(work.locale))
    permission = may_write_to(actor, broadcast.addressed.scopes)
    if isinstance(permission, Refused):
        return Rewrite(say(work.locale, "may-not", why=permission.why.value), menu_only(work.locale))
    return broadcast


def own_draft(work: Work, broadcast_id: BroadcastId) -> Broadcast | Rewrite:
    """The same, if it was not sent off yet."""
    broadcast = own(work, broadcast_id)
    if isinstance(broadcast, Broadcast) and broadcast.state is not BroadcastState.DRAFT:
        return Rewrite(say(work.locale, "broadcast-no-draft"), menu_only(work.locale))
    return broadcast


def whom(work: Work, addressed: Addressed) -> str:
    """To whom it goes, in words."""
    if addressed.again_of is not None:
        return say(work.locale, "broadcast-whom-again", earlier=addressed.again_of)
    place, name = _place(work, addressed.scopes)
    return say(
        work.locale,
        "broadcast-whom",
        role=addressed.role.value,
        reports=addressed.reports.value,
        place=place,
        name=name,
    )


def _place(work: Work, scopes: tuple[Scope, ...]) -> tuple[str, str]:
    match scopes:
        case (Region(),):
            return "everywhere", ""
        case (Municipality(municipality_id),):
            municipality = schools.municipality(work.conn, municipality_id)
            return "named", "" if municipality is None else municipality.name
        case (School(school_id),):
            school = schools.school(work.conn, school_id)
            return "named", "" if school is None else letters.school_line(work.locale, school)
        case _:
            return "scope", ""


def reached(work: Work, addressed: Addressed) -> tuple[Reach, str]:
    """How many it means now, and the same in words: who gets it, who is left out and why."""
    reach = audiences.reach(work.conn, addressed)
    lines = [say(work.locale, "broadcast-reach", people=reach.gets_it)]
    if reach.people > reach.gets_it:
        lines.append(
            say(
                work.locale,
                "broadcast-left-out",
                people=reach.people - reach.gets_it,
                unreachable=reach.unreachable,
                muted=reach.muted,
                erased=reach.erased,
            )
        )
    return reach, "\n".join(lines)
