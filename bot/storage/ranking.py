"""The participants' ranking: a place is a sum over the histogram plus those who had an equal tally earlier."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, bindparam, select, text

from bot.domain.names import MinorsShown, Participant, published_name
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.ranking import Place, PublishedPlace, Standing, Tally, votes_to_overtake
from bot.storage.columns import Instant
from bot.storage.hot import Hot
from bot.storage.participants import CLAIMED, NAMED, named
from bot.storage.schema import participant_ids, tallies

# The equals: whole half hours before mine, then those of mine one by one.
_PLACE = Hot(
    text("""
    SELECT mine.votes, mine.reached_at,
        (SELECT coalesce(sum(participants), 0) FROM histogram WHERE votes > mine.votes) AS with_more,
        (SELECT coalesce(sum(participants), 0) FROM tally_times
            WHERE votes = mine.votes AND half_hour < mine.reached_at / 1800000000)
        + (SELECT count(*) FROM tallies AS theirs WHERE theirs.votes = mine.votes
            AND theirs.reached_at >= mine.reached_at / 1800000000 * 1800000000
            AND theirs.reached_at <= mine.reached_at
            AND (theirs.reached_at < mine.reached_at OR theirs.number < mine.number)) AS earlier,
        (SELECT min(votes) FROM histogram WHERE votes > mine.votes AND participants > 0) AS next_votes
    FROM tallies AS mine WHERE mine.number = :number AND mine.votes > 0
""").columns(reached_at=Instant, with_more=BigInteger, earlier=BigInteger)
)
_TOP = (
    select(tallies.c.number, tallies.c.votes, tallies.c.reached_at, *NAMED)
    .select_from(tallies.join(CLAIMED, participant_ids.c.number == tallies.c.number))
    .where(tallies.c.votes > 0)
    .order_by(tallies.c.votes.desc(), tallies.c.reached_at, tallies.c.number)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class RankedParticipant:
    """A line of the top list."""

    standing: Standing
    named: Participant


def place(conn: Connection, number: ParticipantNumber) -> Place | None:
    """The participant's place with its reason; None without a vote that counts."""
    row = _PLACE.first(conn, {"number": number})
    if row is None:
        return None
    theirs = row.votes if row.earlier else row.next_votes
    standing = Standing(number, Tally(row.votes, row.reached_at))
    return Place(int(row.with_more) + int(row.earlier) + 1, standing, votes_to_overtake(row.votes, theirs))


def top(conn: Connection, most: int) -> list[RankedParticipant]:
    """The first places, best first."""
    return [
        RankedParticipant(Standing(row.number, Tally(row.votes, row.reached_at)), named(row))
        for row in conn.execute(_TOP, {"most": most})
    ]


def published(conn: Connection, most: int, minors: MinorsShown) -> list[PublishedPlace]:
    """The first places as everybody may see them, best first."""
    return [PublishedPlace(published_name(line.named, minors), line.standing.tally.votes) for line in top(conn, most)]
