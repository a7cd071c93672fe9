"""A session's vote in a conversation: how long each press waits for its pop-up when everybody presses at nearly once.

That exactly one ballot of each member comes of it, also with the bot killed in between, is a test (`tests/faults`).
"""

import asyncio
import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import TypeVar

from sqlalchemy import Connection

from benchmarks.bots import CAMPAIGN_TIME, our_bot
from benchmarks.campaigns import EARLIER_VOTERS, FIRST_EARLIER_VOTER_ID, Campaigns
from benchmarks.figures import Aim, Figure, Section, percentile
from benchmarks.persons import SEED, UnexpectedAnswer, garbage_waits
from bot.domain.identifiers import RoundId
from bot.domain.sessions.agenda import Minutes, StageKind
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.course import following
from bot.domain.sessions.results import TieRule
from bot.domain.sessions.teams import MOST_TEAMS, MemberRole
from bot.emulator import Emulator
from bot.emulator.changes import Change
from bot.presses.sessions import CastBallot
from bot.storage import session_agenda, session_courses, session_members, session_rounds, sessions
from bot.storage.engines import is_sqlite, writing_engine
from bot.storage.session_members import WasErased

CALLS_PER_SECOND = 20  # that VK takes
PACE = 19.5  # calls a second, that the bot makes
POP_UPS_A_CALL = 25
MEMBERS = (100, 1_000)
PRESSES_EACH = 3
WITHIN_S = 10.0
AT_ONCE = 100  # presses between two looks at what the bot has answered
ANSWERED_WITHIN_S = 120.0
OPENED = datetime.fromisoformat(CAMPAIGN_TIME)
GATHERED = OPENED - timedelta(minutes=5)
VOTE_MINUTES = 60
TOO_MANY_REQUESTS = 6
# Accounts that the campaign has never heard of: to a session one press is enough.
FIRST_MEMBER_ID = FIRST_EARLIER_VOTER_ID + EARLIER_VOTERS
SOON = Aim("at most", 1_000, "figure")
EVERY_PRESS = Aim("at least", 100, "figure")
NEAR_THE_LIMIT = Aim("at least", 0.9)

Wish = tuple[int, CastBallot]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answered:
    """How it went. waits_s: from each press to its pop-up. seconds: from the first press to the last pop-up."""

    pressed: int
    waits_s: list[float]
    seconds: float
    refused_percent: float

    @property
    def per_second(self) -> float:
        """Pop-ups a second."""
        return len(self.waits_s) / self.seconds


async def measure(campaigns: Campaigns) -> list[Section]:
    """An ordinary conversation and the largest that VK allows, then the largest all at once; on each database."""
    figures = []
    for kind, copy in ("SQLite", campaigns.sqlite), ("PostgreSQL", campaigns.postgresql):
        for members in MEMBERS:
            moments_s = _moments_s(members * PRESSES_EACH)
            answered = await _voted(campaigns, copy(f"session_votes_{members}"), members, moments_s)
            figures += _beside_ideal(f"{kind}, {members:,} members", answered, _ideal_waits_s(moments_s))
        members = MEMBERS[-1]
        answered = await _voted(campaigns, copy("session_votes_at_once"), members, [0.0] * members * PRESSES_EACH)
        most = POP_UPS_A_CALL * PACE
        figures.append(
            Figure(f"{kind}, {members:,} members at once", answered.per_second, "pop-ups/s", most, NEAR_THE_LIMIT)
        )
    conditions = (
        f"The members of a conversation's teams press {PRESSES_EACH} times each, for any team, their own among them, at"
        f" random moments within {WITHIN_S:g} s; the local VK takes {CALLS_PER_SECOND} calls in any second. The"
        f" messages of the vote count along ({MOST_TEAMS} teams at {MEMBERS[-1]:,} members), and the campaign knows no"
        " account of them. Beside a wait stands that with a bot that needs no time at all and makes"
        f" {PACE:g} evenly spaced calls a second with up to {POP_UPS_A_CALL} pop-ups each. At once: everybody presses"
        f" all their times in the first instant; the limit is {PACE:g} × {POP_UPS_A_CALL} pop-ups a second."
    )
    return [Section("A session's vote under VK's limit", conditions, [figure.cells for figure in figures])]


def _beside_ideal(name: str, answered: Answered, ideal_s: Sequence[float]) -> list[Figure]:
    half, most = (
        (percentile(answered.waits_s, percent) * 1000, percentile(ideal_s, percent) * 1000) for percent in (50, 99)
    )
    return [
        Figure(f"{name}, answered", len(answered.waits_s) / answered.pressed * 100, "%", None, EVERY_PRESS),
        Figure(f"{name}, half wait", half[0], "ms", half[1]),
        Figure(f"{name}, p99", most[0], "ms", most[1], SOON),
        Figure(f"{name}, calls refused", answered.refused_percent, "%"),
    ]


def _moments_s(presses: int) -> list[float]:
    """When somebody presses, seconds after the start; the same in every run."""
    chance = random.Random(SEED)
    return sorted(chance.uniform(0, WITHIN_S) for _ in range(presses))


def _ideal_waits_s(moments_s: Sequence[float]) -> list[float]:
    """How long each press would wait if only the calls took time."""
    waits_s: list[float] = []
    free_at_s = 0.0
    while len(waits_s) < len(moments_s):
        first = len(waits_s)
        goes_at_s = max(free_at_s, moments_s[first])
        waiting = (at_s for at_s in moments_s[first : first + POP_UPS_A_CALL] if at_s <= goes_at_s)
        waits_s += [goes_at_s - at_s for at_s in waiting]
        free_at_s = goes_at_s + 1 / PACE
    return waits_s


# --- one vote


async def _voted(campaigns: Campaigns, url: str, members: int, moments_s: Sequence[float]) -> Answered:
    emulator = Emulator(calls_per_second=CALLS_PER_SECOND, kept_calls=100_000, kept_events=2 * len(moments_s))
    people = [emulator.add_person("Анна", "Кузнецова", FIRST_MEMBER_ID + place).id for place in range(members)]
    peer = emulator.create_conversation(people[0], "Педсовет", people).peer_id
    emulator.invite(peer, people[0], -emulator.community.group_id)
    buttons = _in_transaction(url, lambda conn: _open_vote(conn, peer, people))
    wishes = _wishes(people, buttons)
    async with emulator.serving():
        # The pace that the bot has by itself: an empty variable counts as none.
        folder, campaign = campaigns.folder / "session-votes", campaigns.campaign_file
        async with our_bot(emulator, folder, url, campaign, SEND_RATE=""):
            await emulator.until(lambda: _buttons_shown(emulator, peer) == len(buttons), ANSWERED_WITHIN_S)
            with garbage_waits():
                answered = await _pressed(emulator, peer, wishes, moments_s)
    voted = _in_transaction(url, lambda conn: session_rounds.voted(conn, buttons[0].round))
    own = dict(zip(people, cycle(buttons)))
    expected = len({person for person, button in wishes if button != own[person]})
    if voted != expected:
        raise UnexpectedAnswer(f"{voted} ballots of {expected} members who pressed for others")
    return answered


def _wishes(people: Sequence[int], buttons: Sequence[CastBallot]) -> list[Wish]:
    chance = random.Random(SEED)
    order = [*people] * PRESSES_EACH
    chance.shuffle(order)
    return [(person, chance.choice(buttons)) for person in order]


async def _pressed(emulator: Emulator, peer: int, wishes: Sequence[Wish], moments_s: Sequence[float]) -> Answered:
    calls_before = emulator.calls.count
    with emulator.changes.watched() as changes:
        watch = _Watch(changes)
        pressing = asyncio.create_task(_press_all(emulator, peer, wishes, moments_s, watch))
        await emulator.until(lambda: watch.look() == len(wishes), ANSWERED_WITHIN_S)
        await pressing
    calls = [call for call in emulator.calls if call.number > calls_before]
    refused = sum(call.error_code == TOO_MANY_REQUESTS for call in calls)
    begun, ended = min(watch.pressed_at.values()), max(watch.answered_at.values())
    waits_s = [watch.answered_at[ticket] - at for ticket, at in watch.pressed_at.items()]
    return Answered(len(wishes), waits_s, ended - begun, refused / len(calls) * 100)


async def _press_all(
    emulator: Emulator, peer: int, wishes: Sequence[Wish], moments_s: Sequence[float], watch: "_Watch"
) -> None:
    begun = time.perf_counter()
    for number, ((person, ballot), at_s) in enumerate(zip(wishes, moments_s, strict=True), start=1):
        if (early_s := begun + at_s - time.perf_counter()) > 0 or number % AT_ONCE == 0:
            await asyncio.sleep(max(early_s, 0.0))
            watch.look()
        ticket = emulator.press_forged(person, ballot.model_dump_json(), peer)
        watch.pressed_at[ticket] = time.time()


class _Watch:
    """When each press was made and when its pop-up was shown, by its ticket."""

    def __init__(self, changes: "asyncio.Queue[Change]") -> None:
        self.pressed_at: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}
        self._changes = changes

    def look(self) -> int:
        """How many pop-ups have been shown."""
        while not self._changes.empty():
            change = self._changes.get_nowait()
            if change.kind == "lagged":
                raise UnexpectedAnswer("more happened at once than can be watched")
            if change.kind == "popup":
                if not change.subject.event_data:
                    raise UnexpectedAnswer("a pop-up without a word")
                self.answered_at[change.subject.ticket] = change.subject.at
        return len(self.answered_at)


def _buttons_shown(emulator: Emulator, peer: int) -> int:
    """How many buttons of the vote hang in the conversation."""
    rows = (row for message in emulator.dialogue(peer).messages if message.out for row in message.button_rows)
    return sum('"session-ballot"' in str(button["action"].get("payload")) for row in rows for button in row)


# --- the session


def _open_vote(conn: Connection, peer: int, people: Sequence[int]) -> list[CastBallot]:
    """Store a session of these people whose vote has just opened; what its buttons carry."""
    code = new_session_code(secrets.randbelow)
    session = sessions.open_session(conn, "vk", peer, "От проблем к решению", code=code, at=GATHERED)
    sessions.choose_rules(conn, session, hidden=False, tie_rule=TieRule.SHARED)
    session_agenda.add(conn, session, StageKind.TASK, "Что мешает и что делать?", "", Minutes(0, 0, VOTE_MINUTES))
    names = [f"Отряд {number}" for number in range(1, min(MOST_TEAMS, len(people) // 10) + 1)]
    teams = session_members.add_teams(conn, session, names)
    placed = {}
    for user_id, team in zip(people, cycle(teams)):
        member = session_members.join(conn, session, "vk", user_id, named=True, role=MemberRole.MEMBER, at=GATHERED)
        if isinstance(member, WasErased):
            raise UnexpectedAnswer("an account that nobody knew was erased")
        placed[member] = team
    session_members.place_many(conn, placed)
    sessions.gather(conn, session, at=GATHERED)
    stands = session_courses.standing(conn, session)
    vote = None if stands is None else following(stands.course)
    if stands is None or vote is None:
        raise UnexpectedAnswer("nothing to vote on")
    session_courses.begin(conn, stands, vote, at=OPENED)
    opened = session_rounds.latest(conn, session)
    round_id = RoundId(0) if opened is None else opened.id
    return [CastBallot(round=round_id, team=team) for team in teams]


def _in_transaction(url: str, work: Callable[[Connection], T]) -> T:
    engine = writing_engine(url)
    try:
        with engine.connect() as conn:
            if is_sqlite(url):
                conn.exec_driver_sql("BEGIN IMMEDIATE")
            done = work(conn)
            conn.exec_driver_sql("COMMIT") if is_sqlite(url) else conn.commit()
            return done
    finally:
        engine.dispose()
