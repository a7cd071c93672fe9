"""What a desk shows of a session besides its course: how many take part, how many have not voted yet."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.domain.sessions.results import turnout
from bot.storage import session_members, session_rounds
from bot.storage.session_courses import Standing


@dataclass(frozen=True, slots=True)
class Desk:
    """A session as who leads it sees it: never for whom anybody has voted.

    joined: without those who lead. placed: in a team. not_voted, electors: of the vote that is open, else 0.
    """

    stands: Standing
    joined: int
    placed: int
    not_voted: int = 0
    electors: int = 0


def desk(conn: Connection, stands: Standing) -> Desk:
    """The desk as it is now."""
    people = session_members.headcount(conn, stands.session.id)
    step = stands.course.step
    stored = session_rounds.latest(conn, stands.session.id) if step is not None and step.is_open_vote else None
    if stored is None:
        return Desk(stands, people.joined, people.placed)
    electors = session_rounds.electorate(conn, stored.id).all
    not_voted = turnout(session_rounds.voted(conn, stored.id), electors)
    return Desk(stands, people.joined, people.placed, not_voted, electors)
