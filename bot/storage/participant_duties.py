"""What participants hear by the clock: their votes, and how many are ahead of them."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, func, select

from bot.domain.identifiers import PersonId
from bot.domain.participant_ids import ParticipantNumber
from bot.storage.schema import claims, histogram, tallies

_VOTES = func.coalesce(select(tallies.c.votes).where(tallies.c.number == claims.c.number).scalar_subquery(), 0)
_TAKING_PART = (
    # Votes looked up one by one: planned without knowing how short the page is, a join would read all tallies.
    select(claims.c.person_id, claims.c.number, claims.c.claimed_at, _VOTES.label("votes")).where(
        claims.c.person_id.between(bindparam("first", type_=BigInteger), bindparam("last", type_=BigInteger)),
        claims.c.released_at.is_(None),
    )
)
_BY_VOTES = select(histogram.c.votes, histogram.c.participants).where(histogram.c.participants > 0)


TakingPart = tuple[PersonId, ParticipantNumber, datetime, int]
"""A participant: who, the ID, when it was claimed, votes. As the database gives it: 100,000 are read in a round."""


def taking_part(conn: Connection, first: PersonId, last: PersonId) -> Sequence[TakingPart]:
    """The participants among the people with ids from first to last."""
    found: Sequence[Any] = conn.execute(_TAKING_PART, {"first": first, "last": last}).all()
    return found


def ahead(conn: Connection) -> Callable[[int], int]:
    """How many participants have more than so many votes.

    The exact place costs a sum over half hours for each (`ranking.place`), ten seconds for 100,000; this comes from one
    reading of the short histogram.
    """
    counts = sorted((row.votes, row.participants) for row in conn.execute(_BY_VOTES))
    votes = [count for count, _ in counts]
    up_to = [0, *accumulate(participants for _, participants in counts)]
    return lambda mine: up_to[-1] - up_to[bisect_right(votes, mine)]
