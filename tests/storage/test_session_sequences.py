"""Whatever people do in whatever order: what is stored holds the rules, and what they refuse is forbidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import MemberId, RoundId, SessionId, TeamId
from bot.domain.sessions.ballots import AcceptedBefore, Verdict
from bot.domain.sessions.course import Course, Planned, Step
from bot.domain.sessions.results import NO_HASH, log_hash
from bot.domain.sessions.teams import AlreadyThere, Joining, MemberRole, Moving, Placing, TeamsGathered
from bot.storage import session_courses, session_members, session_rounds, sessions
from bot.storage.session_members import Member
from tests.domain.sessions.in_memory import InMemory
from tests.domain.sessions.sequences import (
    AGENDA,
    Cast,
    Facts,
    Happening,
    IsHandled,
    Play,
    Press,
    Pressed,
    Presses,
    Seat,
    Witness,
    stories,
)
from tests.storage.sessions import add_stage, open_session, stands

STORIES = stories()
# One transaction serves all stories of a test, each in a savepoint that is rolled back.
AS_MANY = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
BREAKING: dict[str, str] = {
    "two ballots of a member in a round": """
        SELECT 1 FROM session_ballots GROUP BY round_id, member_id HAVING count(*) > 1
    """,
    "a ballot for a team that its member is or was in": """
        SELECT 1 FROM session_ballots b JOIN session_stays s ON s.member_id = b.member_id AND s.team_id = b.team_id
    """,
    "a member in a team that they have voted for": """
        SELECT 1 FROM session_ballots b JOIN session_members m ON m.id = b.member_id AND m.team_id = b.team_id
    """,
    "a ballot out of its round's time": """
        SELECT 1 FROM session_ballots b JOIN session_rounds r ON r.id = b.round_id
        WHERE b.cast_at < r.opened_at OR b.cast_at >= r.closes_at
    """,
    "a ballot of who was not entitled": """
        SELECT 1 FROM session_ballots b LEFT JOIN session_electors e
        ON e.round_id = b.round_id AND e.member_id = b.member_id WHERE e.member_id IS NULL
    """,
    "a ballot for a team that did not stand": """
        SELECT 1 FROM session_ballots b LEFT JOIN session_candidates c
        ON c.round_id = b.round_id AND c.team_id = b.team_id WHERE c.team_id IS NULL
    """,
    "two open rounds": "SELECT 1 FROM session_rounds WHERE closed_at IS NULL GROUP BY session_id HAVING count(*) > 1",
    "somebody in a team who is no member of one": """
        SELECT 1 FROM session_members WHERE team_id IS NOT NULL AND role <> 'member'
    """,
    "a member in a team that is not remembered as theirs": """
        SELECT 1 FROM session_members m JOIN sessions s ON s.id = m.session_id AND s.gathered_at IS NOT NULL
        WHERE m.team_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM session_stays WHERE member_id = m.id AND team_id = m.team_id)
    """,
}


@dataclass
class InStorage:
    """The facts of a session as the storage keeps them."""

    conn: Connection
    session: SessionId

    def teams(self) -> Sequence[TeamId]:
        return [team.id for team in session_members.teams_of(self.conn, self.session)]

    def rounds(self) -> Sequence[RoundId]:
        return [one.id for one in session_rounds.of_session(self.conn, self.session)]

    def ballots(self) -> Sequence[Cast]:
        accounts = {one.pseudonym: one.user_id or 0 for one in session_members.of_session(self.conn, self.session)}
        return [
            Cast(one, accounts[ballot.voter], ballot.team, ballot.cast_at)
            for one in self.rounds()
            for ballot in session_rounds.log_of(self.conn, one)
        ]

    def seats(self) -> dict[int, Seat]:
        found = session_members.of_session(self.conn, self.session)
        return {one.user_id: Seat(one.role, one.team) for one in found if one.user_id is not None}

    def course(self) -> Course:
        return stands(self.conn, self.session).course

    def placing(self, account: int) -> Placing | None:
        member = self.member(account)
        return None if member is None else session_members.placing(self.conn, member)

    def pressed(self, round_id: RoundId, team: TeamId, account: int) -> Pressed:
        found = session_rounds.pressed(self.conn, round_id, team, "vk", account)
        assert found is not None
        return Pressed(found.round, found.elector, found.earlier)

    def join(self, account: int, *, at: datetime) -> None:
        role = MemberRole.MEMBER
        session_members.join(self.conn, self.session, "vk", account, named=True, role=role, at=at)

    def place(self, account: int, team: TeamId) -> None:
        session_members.place(self.conn, self._id(account), team)

    def appoint(self, account: int, role: MemberRole) -> None:
        session_members.appoint(self.conn, self._id(account), role)

    def gather(self, *, at: datetime) -> None:
        assert sessions.gather(self.conn, self.session, at=at)

    def begin(self, step: Planned, *, at: datetime) -> None:
        session_courses.begin(self.conn, stands(self.conn, self.session), step, at=at)

    def let_stand(self, step: Step, *, at: datetime) -> None:
        session_courses.let_stand(self.conn, stands(self.conn, self.session), step, at=at)

    def cast(self, round_id: RoundId, account: int, team: TeamId, *, at: datetime) -> None:
        session_rounds.cast(self.conn, round_id, self._id(account), team, at=at)

    def member(self, account: int) -> Member | None:
        return session_members.by_account(self.conn, self.session, "vk", account)

    def _id(self, account: int) -> MemberId:
        member = self.member(account)
        assert member is not None
        return member.id


@dataclass
class StoredPlay(Play):
    """What was refused is tried all the same, as if the rules had been asked a moment too early."""

    facts: InStorage
    let_through: list[object] = field(default_factory=list)

    def is_refused(self, press: Press, verdict: Verdict) -> None:
        member = self.facts.member(press.account)
        if member is not None and not isinstance(verdict, AcceptedBefore):
            try:
                with self.facts.conn.begin_nested():
                    self.facts.cast(press.round, press.account, press.team, at=press.arrived_at)
            except IntegrityError:
                return
            self.let_through.append((press, verdict))

    def is_not_placed(self, account: int, team: TeamId, verdict: Joining | Moving) -> None:
        if isinstance(verdict, AlreadyThere | TeamsGathered):  # nothing to do; the moderator may
            return
        try:
            with self.facts.conn.begin_nested():
                self.facts.place(account, team)
        except IntegrityError:
            return
        self.let_through.append((account, team, verdict))


def in_storage(conn: Connection) -> InStorage:
    """A session with the agenda and as many teams as the model's."""
    session = open_session(conn)
    for one in AGENDA:
        add_stage(conn, session, one.kind, one.minutes)
    session_members.add_teams(conn, session, ["Орлы", "Совы", "Лисы"])
    return InStorage(conn, session)


def told(play: Play) -> list[tuple[int, int, int, type[Verdict]]]:
    """What every press was answered, without the numbers of rows."""
    rounds, teams = play.facts.rounds(), play.facts.teams()
    return [
        (press.account, rounds.index(press.round), teams.index(press.team), type(verdict))
        for press, verdict in play.verdicts
    ]


def sitting(facts: Facts) -> dict[int, tuple[MemberRole, int | None]]:
    """Who sits where, teams by their places."""
    teams = facts.teams()
    return {
        account: (seat.role, None if seat.team is None else teams.index(seat.team))
        for account, seat in facts.seats().items()
    }


@given(story=STORIES)
@AS_MANY
def test_whatever_happens_the_storage_answers_and_seats_everybody_as_the_plain_model_does(
    conn: Connection, story: list[Happening]
) -> None:
    with conn.begin_nested() as scratch:
        model, play = Play(InMemory()), Play(in_storage(conn))
        for happening in story:
            model.goes_on(happening)
            play.goes_on(happening)
        assert told(play) == told(model)
        assert sitting(play.facts) == sitting(model.facts)
        scratch.rollback()


@given(story=STORIES)
@AS_MANY
def test_whatever_happens_no_stored_row_breaks_a_rule_of_the_votes(conn: Connection, story: list[Happening]) -> None:
    with conn.begin_nested() as scratch:
        facts, witness = in_storage(conn), Witness()
        play = Play(facts)
        for happening in story:
            play.goes_on(happening)
            if not isinstance(happening, Presses | IsHandled):
                witness.looks(facts)
        assert [what for what, query in BREAKING.items() if conn.execute(text(query)).first()] == []
        for ballot in facts.ballots():
            assert ballot.team not in witness.been_in.get(ballot.account, ())
            assert ballot.account in witness.entitled[ballot.round]
        assert_sealed(conn, facts.session)
        scratch.rollback()


def assert_sealed(conn: Connection, session: SessionId) -> None:
    """The hashes are those of a recount of the log."""
    before = NO_HASH
    for one in session_rounds.of_session(conn, session):
        if not one.is_open:
            before = log_hash(before, one.id, session_rounds.log_of(conn, one.id))
        assert one.log_hash == (None if one.is_open else before)


@given(story=STORIES)
@AS_MANY
def test_whatever_the_rules_refuse_the_database_forbids_as_well(conn: Connection, story: list[Happening]) -> None:
    with conn.begin_nested() as scratch:
        play = StoredPlay(in_storage(conn))
        for happening in story:
            play.goes_on(happening)
        assert play.let_through == []
        scratch.rollback()
