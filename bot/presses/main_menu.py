"""What the menu below the input offers to whom: what this person does most, by their roles."""

from collections.abc import Iterator
from typing import Protocol

from bot.domain.roles import Actor, Role
from bot.presses.broadcasts import OpenBroadcast
from bot.presses.coordinators import OpenApplications, OpenSummary, WhoHasNotReported
from bot.presses.counts import OpenCount, OpenTop
from bot.presses.invitations import EnterInvitation, OpenInvitations
from bot.presses.menu import OpenHelp
from bot.presses.participants import BecomeParticipant, OpenBalance, OpenMyLink, OpenMyVoters
from bot.presses.personal import OpenSettings
from bot.presses.session_leading import OpenSessions
from bot.presses.teachers import BecomeTeacher, MyClasses, OpenReports, OpenTeacher
from bot.presses.voters import CheckVote, ChooseWhom

PER_ROW = 2


class KindOfPress(Protocol):
    """A payload that says what kind it is."""

    @property
    def kind(self) -> str:
        """One word for what happens, as the router knows it."""

    def model_dump_json(self) -> str:
        """The payload as the button carries it."""


def rows(actor: Actor | None) -> list[list[KindOfPress]]:
    """The menu, row by row. actor: None before consent. Each button is labelled by the sentence `label-<kind>`."""
    groups = (_of_coordinator(actor), _of_teacher(actor), _of_participant(actor), _of_everybody(actor))
    return [row for group in groups for row in _in_rows(group)]


def _in_rows(group: list[KindOfPress]) -> Iterator[list[KindOfPress]]:
    for start in range(0, len(group), PER_ROW):
        yield group[start : start + PER_ROW]


def _of_coordinator(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or not any(grant.role is Role.COORDINATOR for grant in actor.grants):
        return []
    overview: list[KindOfPress] = [OpenApplications(), WhoHasNotReported(), OpenSummary(), OpenBroadcast()]
    return [*overview, OpenInvitations(), OpenSessions()]


def _of_teacher(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or not actor.is_teacher:
        return []
    if not actor.classes:
        return [OpenTeacher()]
    is_coordinator = any(grant.role is Role.COORDINATOR for grant in actor.grants)
    return [OpenReports(), MyClasses(), *([] if is_coordinator else [OpenSessions()])]


def _of_participant(actor: Actor | None) -> list[KindOfPress]:
    if actor is None or actor.number is None:
        return []
    return [OpenBalance(), OpenMyLink(), OpenMyVoters()]


def _of_everybody(actor: Actor | None) -> list[KindOfPress]:
    everybody: list[KindOfPress] = [ChooseWhom(), OpenTop(), OpenCount(), CheckVote()]
    if actor is None or not (actor.is_teacher or actor.number or actor.grants):
        everybody += [BecomeParticipant(), BecomeTeacher(), EnterInvitation()]
    return [*everybody, OpenSettings(), OpenHelp()]
