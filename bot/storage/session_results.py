"""What the votes of a session came to, stage by stage and over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.domain.identifiers import SessionId
from bot.domain.sessions.results import NO_HASH, Place, TieRule, places, summed
from bot.storage import session_rounds
from bot.storage.session_rounds import Electorate, StoredRound


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A closed round: who may have voted, how many did, the teams by their places."""

    round: StoredRound
    electorate: Electorate
    voted: int
    places: tuple[Place, ...]


def of_round(conn: Connection, stored: StoredRound) -> RoundResult:
    """The result of a round; while it is open this is its live tally."""
    return RoundResult(
        stored,
        session_rounds.electorate(conn, stored.id),
        session_rounds.voted(conn, stored.id),
        tuple(places(session_rounds.scores(conn, stored.id), stored.tie_rule)),
    )


def closed_rounds(conn: Connection, session: SessionId) -> list[StoredRound]:
    """All rounds that were closed, in their order."""
    return [one for one in session_rounds.of_session(conn, session) if not one.is_open]


def counting(closed: Sequence[StoredRound]) -> list[StoredRound]:
    """Of every stage the round that counts: its last."""
    return list({one.stage: one for one in closed}.values())


def overall(conn: Connection, session: SessionId) -> tuple[Place, ...]:
    """The places over all stages, by the sum of ballots; told apart as in the last vote."""
    counted = counting(closed_rounds(conn, session))
    rule = counted[-1].tie_rule if counted else TieRule.SHARED
    return tuple(places(summed([session_rounds.scores(conn, one.id) for one in counted]), rule))


def last_hash(conn: Connection, session: SessionId) -> str:
    """The hash over all ballots of the session."""
    closed = closed_rounds(conn, session)
    return (closed[-1].log_hash if closed else None) or NO_HASH
