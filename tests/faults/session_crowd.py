"""A strategic session in the local VK: its members press under an open vote, and whatever they are shown is kept.

What each press must come to is worked out here, by nothing of the bot's own rules: from the order in which the
messenger took the presses, and from which of them had reached the inbox in time.
"""

import asyncio
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Connection, select

from bot.domain.identifiers import MemberId, SessionId
from bot.domain.sessions.agenda import Minutes, StageKind
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.course import following
from bot.domain.sessions.results import TieRule
from bot.domain.sessions.teams import MemberRole
from bot.emulator import Emulator, Message, PopUp
from bot.emulator.changes import Change
from bot.storage import campaign_clock, session_agenda, session_boards, session_courses, session_members, sessions
from bot.storage.campaign_clock import StoredClock
from bot.storage.schema import inbox
from bot.storage.session_members import WasErased
from bot.wording import say

BEGAN: Final = datetime(2017, 11, 15, 9, 0, tzinfo=UTC)
"""When the vote opened: a Wednesday, noon in Moscow."""
_GATHERED: Final = BEGAN - timedelta(minutes=5)
LOCALE: Final = "ru"
PRESSES_EACH: Final = 3


# --- who is there


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a team's button. team: its number; at: real seconds since the epoch."""

    member: int
    team: int
    ticket: str
    at: float


@dataclass(slots=True)
class Crowd:
    """Members of teams in one conversation with the bot and their moderator. teams: by number, from 1."""

    emulator: Emulator
    peer: int
    moderator: int
    team_of: dict[int, int]
    pressed: list[Press] = field(default_factory=list)

    @property
    def members(self) -> list[int]:
        return list(self.team_of)

    @property
    def teams(self) -> list[int]:
        return sorted(set(self.team_of.values()))

    @property
    def said(self) -> list[Message]:
        """The bot's messages in the conversation, as they stand now."""
        return [one for one in self.emulator.dialogue(self.peer).messages if one.out and one.action is None]

    def can_vote(self) -> bool:
        """Whether every team's button is on the screen."""
        shown = {button["action"]["label"] for button in self._buttons()}
        return shown >= {label(team) for team in self.teams}

    def _buttons(self) -> Iterator[dict[str, Any]]:
        return (button for message in self.said for row in message.button_rows for button in row)

    def press(self, member: int, team: int) -> None:
        """Let a member press a team's button, which is on the screen."""
        ticket = self.emulator.press(member, label(team), self.peer)
        assert isinstance(ticket, str)
        self.pressed.append(Press(member, team, ticket, self.emulator.community.now()))

    async def presses(self, wished: Sequence[tuple[int, int]], within_s: float, chance: Random) -> None:
        """Each press comes at a moment of its own, whatever the bot does."""
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        moments = sorted(chance.uniform(0, within_s) for _ in wished)
        for (member, team), at_s in zip(wished, moments, strict=True):
            await asyncio.sleep(began_at + at_s - loop.time())  # nothing is waited for: the moment of the press
            self.press(member, team)


def name(team: int) -> str:
    return f"Отряд {team}"


def label(team: int) -> str:
    """What a team's button says."""
    return f"{team}. {name(team)}"


def gathered(emulator: Emulator, members: int, teams: int) -> Crowd:
    """So many members in teams of about equal size, their moderator and the bot in one conversation."""
    moderator = emulator.add_person("Ирина", "Ведущая").id
    people = [emulator.add_person("Анна", f"Участница{number}").id for number in range(members)]
    peer = emulator.create_conversation(moderator, "Педсовет", people).peer_id
    emulator.invite(peer, moderator, -emulator.community.group_id)
    emulator.allow(moderator)
    return Crowd(emulator, peer, moderator, {one: place % teams + 1 for place, one in enumerate(people)})


# --- what the bot knows of them


def open_vote(conn: Connection, crowd: Crowd, *, minutes: int, hidden: bool = True) -> SessionId:
    """Store their session, its vote just opened; nothing of it stands in the conversation yet.

    The moderator's desk, which counts along, is to be written as well.
    """
    code = new_session_code(secrets.randbelow)
    session = sessions.open_session(conn, "vk", crowd.peer, "От проблем к решению", code=code, at=_GATHERED)
    sessions.choose_rules(conn, session, hidden=hidden, tie_rule=TieRule.SHARED)
    session_agenda.add(conn, session, StageKind.TASK, "Что мешает и что делать?", "", Minutes(0, 0, minutes))
    leader = _joined(conn, session, crowd.moderator, MemberRole.MODERATOR)
    session_boards.put_desk(conn, session, leader, peer=crowd.moderator, cmid=None, locale=LOCALE)
    teams = dict(zip(crowd.teams, session_members.add_teams(conn, session, map(name, crowd.teams)), strict=True))
    joined = {_joined(conn, session, one, MemberRole.MEMBER): teams[team] for one, team in crowd.team_of.items()}
    session_members.place_many(conn, joined)
    sessions.gather(conn, session, at=_GATHERED)
    stands = session_courses.standing(conn, session)
    assert stands is not None
    vote = following(stands.course)
    assert vote is not None
    session_courses.begin(conn, stands, vote, at=BEGAN)
    return session


def _joined(conn: Connection, session: SessionId, account: int, role: MemberRole) -> MemberId:
    joined = session_members.join(conn, session, "vk", account, named=True, role=role, at=_GATHERED)
    assert not isinstance(joined, WasErased)
    return joined


def set_clock(conn: Connection, *, passed: timedelta) -> None:
    """Let so much of the campaign's time have passed since the vote opened when the bot starts next."""
    campaign_clock.store(conn, StoredClock(BEGAN + passed, datetime.now(UTC), 1.0))


def arrived(conn: Connection, emulator: Emulator) -> set[str]:
    """The tickets of the presses that have reached the inbox."""
    known = set(conn.execute(select(inbox.c.event_id).where(inbox.c.kind == "press")).scalars())
    events = emulator.long_poll.history
    return {one.object["event_id"] for one in events if one.type == "message_event" and one.event_id in known}


# --- what they want, and what must come of it


def wishes(crowd: Crowd, chance: Random) -> list[tuple[int, int]]:
    """Three presses of each, in an order that nobody planned: a third of the members wants the own team first."""
    order = crowd.members * PRESSES_EACH
    chance.shuffle(order)
    of = {one: iter(_wishes_of(crowd, place, one, chance)) for place, one in enumerate(crowd.members)}
    return [(one, next(of[one])) for one in order]


def _wishes_of(crowd: Crowd, place: int, member: int, chance: Random) -> tuple[int, int, int]:
    own = crowd.team_of[member]
    one, other = chance.sample([team for team in crowd.teams if team != own], 2)
    if place % 3 == 0:
        return chance.choice([(own, one, one), (own, one, other), (own, own, one), (own, one, own), (own, own, own)])
    return chance.choice([(one, one, one), (one, other, one), (one, other, other), (one, own, one), (one, one, own)])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a press came to. team: the one that its pop-up names, None if it names none."""

    kind: str
    team: int | None = None

    def __str__(self) -> str:
        """The pop-up that tells it."""
        named = {} if self.team is None else {"team": name(self.team)}
        return say(LOCALE, f"session-ballot-{self.kind}", **named)


def verdicts(crowd: Crowd, in_time: Collection[str] | None = None) -> dict[str, Verdict]:
    """What each press, by its ticket, must have come to: the first for others counts. in_time: None for all."""
    voted: dict[int, int] = {}
    found: dict[str, Verdict] = {}
    for press in crowd.pressed:
        earlier = voted.get(press.member)
        if in_time is not None and press.ticket not in in_time:
            found[press.ticket] = Verdict("closed")
        elif earlier is not None:
            found[press.ticket] = Verdict("taken-before" if earlier == press.team else "other", earlier)
        elif press.team == crowd.team_of[press.member]:
            found[press.ticket] = Verdict("own-team")
        else:
            voted[press.member] = press.team
            found[press.ticket] = Verdict("taken", press.team)
    return found


# --- what they are shown


@dataclass(slots=True)
class Watch:
    """Every pop-up by its press, and every state of every message of the bot: (peer, cmid) → when, and its text."""

    emulator: Emulator
    changes: "asyncio.Queue[Change]"
    pop_ups: dict[str, PopUp] = field(default_factory=dict)
    shown: dict[tuple[int, int], list[tuple[float, str]]] = field(default_factory=dict)

    async def until(self, holds: Callable[[], bool], within_s: float) -> None:
        """Wait until it holds, seeing everything meanwhile. Raises TimeoutError."""

        def seen() -> bool:
            self.look()
            return holds()

        await self.emulator.until(seen, within_s)

    def look(self) -> None:
        """See what has happened since the last look."""
        while not self.changes.empty():
            self._see(self.changes.get_nowait())

    def _see(self, change: Change) -> None:
        assert change.kind != "lagged", "more happened at once than can be watched"
        one = change.subject
        if change.kind == "popup":
            assert one.ticket not in self.pop_ups, "a second pop-up for one press"
            self.pop_ups[one.ticket] = one
        elif change.kind in ("message", "edited") and one.out:
            states = self.shown.setdefault((one.peer_id, one.cmid), [])
            if not states or states[-1][1] != one.text:  # after a crash the same may be written again
                states.append((one.edited_at or one.date, one.text))


@contextmanager
def watched(emulator: Emulator) -> Iterator[Watch]:
    """Someone who sees all that happens in the messenger until the block ends."""
    with emulator.changes.watched() as changes:
        yield Watch(emulator, changes)
