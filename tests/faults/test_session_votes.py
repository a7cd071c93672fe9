"""A whole conversation votes at once under VK's limit: each member's first admissible press is the ballot.

The bot runs in its own process at its own pace and is killed meanwhile: in the middle of the pressing, with presses in
its inbox past the vote's deadline, and at each border while it makes an announcement.
"""

import asyncio
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, func, select

from bot.domain.identifiers import SessionId
from bot.domain.sessions.results import NO_HASH, log_hash
from bot.storage import inbox, schema, session_members, session_results, session_rounds
from bot.storage import schema_sessions as tables
from bot.storage.session_rounds import StoredRound
from bot.wording import say
from tests.faults.processes import BotProcess, Home, home
from tests.faults.session_crowd import (
    BEGAN,
    LOCALE,
    PRESSES_EACH,
    Crowd,
    Verdict,
    Watch,
    arrived,
    gathered,
    open_vote,
    set_clock,
    verdicts,
    watched,
    wishes,
)
from tests.storage.conftest import transaction

CALLS_PER_SECOND = 20
FEW_REFUSALS = 10  # error 6: around the kill, of which the new process knows nothing, and on a machine out of breath
POP_UP_WITHIN_S = 55.0
PACE_S = 5.0  # between two rewritings of a message
LOOKED_AT_WITHIN_S = 30.0
ANSWERED_WITHIN_S = 60.0
VOTE_LASTS = timedelta(minutes=6)
LEFT_AT_WARNING = timedelta(minutes=5)
OWN_PRESSES = 40
NAMED = re.compile(r"«(.+)»")


@dataclass(frozen=True, slots=True)
class Room:
    """A session with an open vote, the local VK it is held in, and the bot's home."""

    home: Home
    database_url: str
    session: SessionId
    crowd: Crowd
    watch: Watch

    def starts(self, crash_at: str = "") -> BotProcess:
        """Start the bot, which sends as fast as it does by itself: an empty variable counts as none."""
        return self.home.start(crash_at=crash_at, UGUBOT_SEND_RATE="")

    def passes(self, time: timedelta) -> None:
        """While no bot runs, let the campaign's clock go on to so long after the opening of the vote."""
        with transaction(self.database_url) as conn:
            set_clock(conn, passed=time)

    async def answered(self) -> None:
        """Wait until every press has its pop-up."""
        await self.watch.until(lambda: len(self.watch.pop_ups) >= len(self.crowd.pressed), ANSWERED_WITHIN_S)

    async def says(self, beginning: str) -> None:
        """Wait until a message of the conversation begins so."""
        await self.watch.until(lambda: bool(self.said(beginning)), LOOKED_AT_WITHIN_S)

    def said(self, beginning: str) -> list[str]:
        return [message.text for message in self.crowd.said if message.text.startswith(beginning)]

    def round(self, conn: Connection) -> StoredRound:
        [stored] = session_rounds.of_session(conn, self.session)
        return stored


@asynccontextmanager
async def room(
    database_url: str, folder: Path, *, members: int, teams: int, hidden: bool = True
) -> AsyncIterator[Room]:
    """A room in which nobody has pressed yet and no bot runs."""
    routers, kept = "bot.app:ROUTERS", {"kept_events": 20_000, "kept_calls": 20_000}
    async with home(database_url, folder, routers=routers, **kept) as place:
        place.emulator.rate.calls_per_second = CALLS_PER_SECOND  # a home's VK has no limit by itself
        crowd = gathered(place.emulator, members, teams)
        with transaction(database_url) as conn:
            session = open_vote(conn, crowd, minutes=VOTE_LASTS // timedelta(minutes=1), hidden=hidden)
            set_clock(conn, passed=timedelta(0))
        with watched(place.emulator) as watch:
            yield Room(place, database_url, session, crowd, watch)


# --- a crowd


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("members", "teams", "within_s", "hidden"), [(100, 8, 3.0, True), (1_000, 40, 10.0, False)], ids=["100", "1000"]
)
async def test_of_a_crowd_that_presses_through_a_kill_each_first_admissible_press_counts(
    members: int, teams: int, within_s: float, hidden: bool, database_url: str, tmp_path: Path
) -> None:
    chance = Random(2017)
    async with room(database_url, tmp_path, members=members, teams=teams, hidden=hidden) as here:
        crowd, watch = here.crowd, here.watch
        bot = here.starts()
        await watch.until(crowd.can_vote, LOOKED_AT_WITHIN_S)
        async with asyncio.TaskGroup() as meanwhile:
            meanwhile.create_task(crowd.presses(wishes(crowd, chance), within_s, chance))
            half = members * PRESSES_EACH // 2
            await watch.until(lambda: len(crowd.pressed) >= half, ANSWERED_WITHIN_S)
            await bot.killed()
            bot = here.starts()
            await watch.until(lambda: len(crowd.pressed) == members * PRESSES_EACH, ANSWERED_WITHIN_S)
        await here.answered()
        expected = verdicts(crowd)
        await the_count_is_right(here, expected)
        assert await bot.stopped() == 0
        here.passes(VOTE_LASTS + timedelta(seconds=1))
        bot = here.starts()
        await here.says("Итоги голосования")
        assert await bot.stopped() == 0
        check_pop_ups(here, expected)
        check_calls(here)
        with transaction(database_url) as conn:
            check_ballots(conn, here, expected)
            check_closed(conn, here)
            check_pace(conn, here)


async def the_count_is_right(here: Room, expected: dict[str, Verdict]) -> None:
    """Wait until the last message with buttons says how many have not voted."""
    everybody, voted = len(here.crowd.members), of_kind(expected)["taken"]
    said = say(LOCALE, "session-vote-turnout", left=everybody - voted, of=str(everybody))
    await here.watch.until(lambda: here.crowd.said[-1].text.endswith(said), LOOKED_AT_WITHIN_S)


def of_kind(expected: dict[str, Verdict]) -> Counter[str]:
    return Counter(one.kind for one in expected.values())


def check_pop_ups(here: Room, expected: dict[str, Verdict]) -> None:
    """Every press has one pop-up in time, with the right verdict; nobody is told of two teams."""
    pop_ups = here.watch.pop_ups
    told = {ticket: str((one.event_data or {}).get("text")) for ticket, one in pop_ups.items()}
    assert told == {ticket: str(verdict) for ticket, verdict in expected.items()}
    assert max(pop_ups[press.ticket].at - press.at for press in here.crowd.pressed) < POP_UP_WITHIN_S
    named: dict[int, set[str]] = {}
    for press in here.crowd.pressed:
        assert pop_ups[press.ticket].user_id == press.member
        named.setdefault(press.member, set()).update(NAMED.findall(told[press.ticket]))
    assert max(map(len, named.values())) == 1


def check_calls(here: Room) -> None:
    """VK was not asked too often."""
    codes = Counter(call.error_code for call in here.home.emulator.calls)
    assert codes[6] <= FEW_REFUSALS
    assert codes.keys() <= {None, 6}


def check_ballots(conn: Connection, here: Room, expected: dict[str, Verdict]) -> None:
    """The ballots are the presses that count, none is for the own team, and every other press is counted."""
    stored = here.round(conn)
    admissible = {one.member: one.team for one in here.crowd.pressed if expected[one.ticket].kind == "taken"}
    ballots = cast_ballots(conn, stored)
    assert len(ballots) == session_rounds.voted(conn, stored.id)
    assert ballots == admissible
    assert not [one for one, team in ballots.items() if team == here.crowd.team_of[one]]
    kinds = of_kind(expected)
    refused = {why.value: presses for why, presses in session_rounds.refused(conn, stored.id).items()}
    names = {"own-team": "own-team", "other": "already-voted", "closed": "closed"}
    assert refused == {why: kinds[kind] for kind, why in names.items() if kinds[kind]}
    assert sum(refused.values()) + len(ballots) + kinds["taken-before"] == len(here.crowd.pressed)


def cast_ballots(conn: Connection, stored: StoredRound) -> dict[int, int]:
    """Each voter's account, and the number of the team."""
    votes = (
        select(tables.members.c.user_id, tables.teams.c.number)
        .select_from(
            tables.ballots.join(tables.members, tables.members.c.id == tables.ballots.c.member_id).join(
                tables.teams, tables.teams.c.id == tables.ballots.c.team_id
            )
        )
        .where(tables.ballots.c.round_id == stored.id)
    )
    return {row.user_id: row.number for row in conn.execute(votes)}


def check_closed(conn: Connection, here: Room) -> None:
    """The tallies are those of the ballots; the seal is the hash over them, and it was announced."""
    stored = here.round(conn)
    tally = Counter(cast_ballots(conn, stored).values())
    scores = session_rounds.scores(conn, stored.id)
    assert [score.ballots for score in scores] == [tally[team] for team in here.crowd.teams]
    assert stored.log_hash == log_hash(NO_HASH, stored.id, session_rounds.log_of(conn, stored.id))
    [announced] = here.said("Итоги голосования")
    assert announced.endswith(stored.log_hash[:12])
    assert session_results.of_round(conn, stored).voted == tally.total()


def check_pace(conn: Connection, here: Room) -> None:
    """No message was rewritten sooner than after five seconds; under way, only what was late may come closer."""
    here.watch.look()
    target = func.coalesce(schema.outbox.c.target_cmid, schema.outbox.c.cmid)
    written: dict[tuple[int, int], list[float]] = {}
    rows = (
        select(schema.outbox.c.peer, target, schema.bodies.c.created_at)
        .join(schema.bodies, schema.bodies.c.id == schema.outbox.c.body_id)
        .where(schema.outbox.c.kind.in_(("message", "edit")))
        .order_by(schema.outbox.c.id)
    )
    for peer, cmid, at in conn.execute(rows):
        written.setdefault((peer, cmid), []).append(at.timestamp())
    assert written.keys() == here.watch.shown.keys()
    assert min(later - sooner for at_s in written.values() for sooner, later in pairwise(at_s)) >= PACE_S
    for states in here.watch.shown.values():
        lasted = states[-1][0] - states[0][0]
        assert len(states) - 1 <= lasted / PACE_S + 1


# --- the deadline


@pytest.mark.timeout(120)
async def test_presses_that_waited_in_the_inbox_past_the_deadline_count_and_later_ones_do_not(
    database_url: str, tmp_path: Path
) -> None:
    async with room(database_url, tmp_path, members=12, teams=3) as here:
        crowd, watch = here.crowd, here.watch
        bot = here.starts(crash_at="after_intake:2")  # the first is the place in the queue, without events
        await watch.until(crowd.can_vote, LOOKED_AT_WITHIN_S)
        # Of each many presses, handled one after another, of which only the last counts; so some still wait when the
        # bot, which handles the first 200 before anything else after a kill, looks at the clock.
        for _ in range(OWN_PRESSES):
            for member, own in crowd.team_of.items():
                crowd.press(member, own)
        for member, own in crowd.team_of.items():
            crowd.press(member, own % 3 + 1)
        assert await bot.ended() == -signal.SIGKILL
        with transaction(database_url) as conn:
            in_time = arrived(conn, crowd.emulator)
            assert inbox.count_unhandled(conn) == len(in_time) == len(crowd.pressed)
        for member, own in crowd.team_of.items():
            crowd.press(member, (own + 1) % 3 + 1)  # nobody hears it before the deadline
        here.passes(VOTE_LASTS + timedelta(minutes=1))
        bot = here.starts()
        await here.says("Итоги голосования")
        await here.answered()
        assert await bot.stopped() == 0
        expected = verdicts(crowd, in_time)
        check_pop_ups(here, expected)
        with transaction(database_url) as conn:
            check_ballots(conn, here, expected)
            check_closed(conn, here)


# --- announcements

# Each with the times to come by it: at the «Осталось 5 минут» of the first life, before which three messages have gone;
# among the presses of the second.
BORDERS = {
    "after_intake": (2, 2),
    "before_commit": (12, 25),
    "offered": (4, 3),
    "after_call": (4, 3),
    "before_result": (4, 3),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("border", BORDERS)
async def test_killed_at_a_border_the_vote_and_its_countdown_go_on_and_all_is_said_once(
    border: str, database_url: str, tmp_path: Path
) -> None:
    async with room(database_url, tmp_path, members=12, teams=3) as here:
        crowd, chance = here.crowd, Random(2017)
        at_warning, at_presses = (f"{border}:{times}" for times in BORDERS[border])
        presses = ((chance.choice(crowd.members), chance.choice(crowd.teams)) for _ in count())

        def warned() -> bool:
            return crowd.can_vote() and bool(here.said("Осталось 5 минут"))

        here.passes(VOTE_LASTS - LEFT_AT_WARNING)
        await killed_by_itself(here, here.starts(at_warning), presses, warned)
        await killed_by_itself(here, here.starts(at_presses), presses, crowd.can_vote)
        with transaction(database_url) as conn:
            in_time = arrived(conn, crowd.emulator)
        here.passes(VOTE_LASTS + timedelta(seconds=2))
        bot = here.starts()
        await here.says("Итоги голосования")
        await here.answered()
        assert await bot.stopped() == 0
        check_said_once(here, "Осталось 5 минут", "Итоги голосования")
        expected = verdicts(crowd, in_time)
        check_pop_ups(here, expected)
        with transaction(database_url) as conn:
            check_ballots(conn, here, expected)
            check_closed(conn, here)


async def killed_by_itself(
    here: Room, bot: BotProcess, presses: Iterator[tuple[int, int]], may_press: Callable[[], bool]
) -> None:
    """Let members press, each as soon as the bot has done something or is silent, until it has come to its border."""
    while bot.alive:
        if may_press():
            here.crowd.press(*next(presses))
        with suppress(TimeoutError):
            await here.home.emulator.changes.next(0.1)
        here.watch.look()
    assert await bot.ended() == -signal.SIGKILL


@pytest.mark.timeout(120)
@pytest.mark.parametrize("border", ["offered", "after_call", "before_result"])
async def test_killed_with_the_results_on_their_way_it_says_them_once_after_the_start(
    border: str, database_url: str, tmp_path: Path
) -> None:
    async with room(database_url, tmp_path, members=12, teams=3) as here:
        crowd, calls = here.crowd, here.home.emulator.calls
        with transaction(database_url) as conn:
            cast_for_the_next_team(conn, here)
        here.passes(VOTE_LASTS + timedelta(seconds=2))
        bot = here.starts(f"{border}:4")  # behind the card, the teams and the closed vote
        assert await bot.ended() == -signal.SIGKILL
        assert len(here.said("Итоги голосования")) == (border != "offered")
        sent = len(calls.of("execute"))
        bot = here.starts()
        await here.watch.until(lambda: len(calls.of("execute")) > sent, LOOKED_AT_WITHIN_S)
        assert await bot.stopped() == 0
        check_said_once(here, "Итоги голосования")
        assert len(crowd.said) == 4
        with transaction(database_url) as conn:
            check_closed(conn, here)


def cast_for_the_next_team(conn: Connection, here: Room) -> None:
    """Everybody has voted in time, which nobody was shown."""
    stored = here.round(conn)
    teams = session_members.teams_of(conn, here.session)
    for member in session_members.of_session(conn, here.session):
        if member.team is not None:
            place = next(place for place, team in enumerate(teams) if team.id == member.team)
            session_rounds.cast(conn, stored.id, member.id, teams[place - 1].id, at=BEGAN)


def check_said_once(here: Room, *announcements: str) -> None:
    """Each announcement, and everything else in the conversation, was said exactly once."""
    assert [len(here.said(one)) for one in announcements] == [1] * len(announcements)
    assert len({message.text for message in here.crowd.said}) == len(here.crowd.said)
