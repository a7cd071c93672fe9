"""Votes as they stand: who has voted, for whom, with which receipt. How they came about is in `vote_log.py`.

Casting one is the hottest thing the bot does: every statement is built once, and rows that many want are locked in one
order - the participant's tally, the histogram from few votes to many, the head of the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, text

from bot.domain.identifiers import PersonId
from bot.domain.names import Profile, ShownAs
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.receipts import Receipt, ReceiptedVote
from bot.domain.vote_log import RowKind
from bot.domain.votes import CastVote, VoteCounts, Voter
from bot.storage import participants, vote_log
from bot.storage.columns import Instant
from bot.storage.hot import Asked, Hot, together
from bot.storage.participants import FoundNumber
from bot.storage.people import profile_of
from bot.storage.schema import accounts, claims, money_offers, people, votes

_VOTER = Hot(
    select(
        accounts.c.pseudonym,
        people.c.first_name,
        people.c.last_initial,
        people.c.shown_as.label("usually_shown_as"),
        claims.c.number.label("own"),
        votes.c.number,
        votes.c.cast_at,
        votes.c.receipt,
        votes.c.shown_as,
        votes.c.counted,
    )
    .select_from(
        accounts.join(people, people.c.id == accounts.c.person_id)
        .outerjoin(claims, and_(claims.c.person_id == people.c.id, claims.c.released_at.is_(None)))
        .outerjoin(votes, votes.c.person_id == people.c.id)
    )
    .where(accounts.c.messenger == bindparam("messenger"), accounts.c.user_id == bindparam("user_id"))
)
_RAISE_TALLY = Hot(
    text(
        "INSERT INTO tallies (number, votes, reached_at) VALUES (:number, 1, :at)"
        " ON CONFLICT (number) DO UPDATE SET votes = tallies.votes + 1, reached_at ="
        " CASE WHEN tallies.reached_at > excluded.reached_at THEN tallies.reached_at ELSE excluded.reached_at END"
        " RETURNING votes"
    ).bindparams(bindparam("at", type_=Instant))
)
_ONE_FEWER_HAVE = Hot(text("UPDATE histogram SET participants = participants - 1 WHERE votes = :votes"))
_ONE_MORE_HAS = Hot(
    text(
        "INSERT INTO histogram (votes, participants) VALUES (:votes, 1)"
        " ON CONFLICT (votes) DO UPDATE SET participants = histogram.participants + 1"
    )
)
_ADD = Hot(insert(votes))
_RECEIVED = (
    select(votes.c.cast_at, votes.c.shown_as, people.c.first_name, people.c.last_initial)
    .select_from(votes.outerjoin(people, people.c.id == votes.c.person_id))
    .where(votes.c.number == bindparam("wanted"), votes.c.counted)
    .order_by(votes.c.cast_at.desc(), votes.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_BY_RECEIPT = select(votes.c.voter, votes.c.number, votes.c.cast_at, votes.c.counted).where(
    votes.c.receipt == bindparam("code")
)
_NOTE_OFFER = text(
    "INSERT INTO money_offers (person_id, number, at) VALUES (:person, :number, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Instant))
_OFFERS = select(money_offers.c.number, money_offers.c.at).where(money_offers.c.person_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class StandingVote:
    """A vote that a person has cast, as its receipt shows it. counts: it is not set aside."""

    cast: CastVote
    receipt: Receipt
    shown_as: ShownAs
    counts: bool


@dataclass(frozen=True, slots=True)
class KnownVoter:
    """Somebody who may vote, with their vote if it is cast. usually_shown_as: as chosen for everything else."""

    voter: Voter
    profile: Profile | None
    usually_shown_as: ShownAs
    earlier: StandingVote | None


@dataclass(frozen=True, slots=True)
class ReceivedVote:
    """A vote as its participant sees it."""

    profile: Profile | None
    shown_as: ShownAs
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class MoneyOffer:
    """Somebody said that money was offered for a vote for this ID."""

    number: ParticipantNumber
    at: datetime


def voter(conn: Connection, messenger: str, user_id: int) -> KnownVoter:
    """The person behind an account as a voter. Raises LookupError for an account that is nobody's."""
    return _known_voter(_VOTER.first(conn, {"messenger": messenger, "user_id": user_id}))


def voter_and_choice(
    conn: Connection, messenger: str, user_id: int, number: ParticipantNumber
) -> tuple[KnownVoter, FoundNumber | None]:
    """The voter as `voter` tells, and the ID to vote for, None if it was never issued."""
    account = {"messenger": messenger, "user_id": user_id}
    known, found = together(conn, (_VOTER, account), participants.looking_up(number))
    return _known_voter(known), participants.as_found(found)


def _known_voter(row: Any) -> KnownVoter:
    if row is None:
        raise LookupError("a voter before consent")
    earlier = None
    if row.receipt is not None:
        cast = CastVote(row.number, row.cast_at)
        earlier = StandingVote(cast, row.receipt, ShownAs(row.shown_as), row.counted)
    return KnownVoter(
        Voter(row.pseudonym, row.own),
        profile_of(row.first_name, row.last_initial),
        ShownAs(row.usually_shown_as),
        earlier,
    )


def cast(conn: Connection, vote: VoteCounts, person: PersonId, shown_as: ShownAs, receipt: Receipt) -> int:
    """Store a vote in tally, histogram, log and register; how many votes the participant has with it.

    Raises IntegrityError if the person, or the voter key, has voted meanwhile: then nothing of it is stored.
    """
    tally: int = _RAISE_TALLY.scalar(conn, {"number": vote.participant, "at": vote.cast_at})
    *_, head = together(conn, *_moving_in_histogram(tally), vote_log.LOCKING_HEAD)
    entry = vote_log.Entry(RowKind.VOTE, vote.voter, vote.voter_key, vote.participant, vote.cast_at)
    sequence, appending = vote_log.following(conn, head, entry)
    row = {
        "person_id": person,
        "voter": vote.voter,
        "voter_key": vote.voter_key,
        "number": vote.participant,
        "cast_at": vote.cast_at,
        "shown_as": shown_as.value,
        "receipt": receipt,
        "seq": sequence,
    }
    together(conn, *appending, (_ADD, row))
    return tally


def _moving_in_histogram(tally: int) -> Iterator[Asked]:
    """One participant fewer has the votes below, one more has these."""
    if tally > 1:
        yield _ONE_FEWER_HAVE, {"votes": tally - 1}
    yield _ONE_MORE_HAS, {"votes": tally}


def received(conn: Connection, number: ParticipantNumber, *, page: int, size: int) -> list[ReceivedVote]:
    """The votes for a participant that count, newest first, by pages from 0."""
    rows = conn.execute(_RECEIVED, {"wanted": number, "most": size, "skipped": page * size})
    return [
        ReceivedVote(profile_of(row.first_name, row.last_initial), ShownAs(row.shown_as), row.cast_at) for row in rows
    ]


def by_receipt(conn: Connection, receipt: Receipt) -> ReceiptedVote | None:
    """The vote behind a receipt, None for a code that was never given."""
    row = conn.execute(_BY_RECEIPT, {"code": receipt}).first()
    return None if row is None else ReceiptedVote(row.voter, row.number, row.cast_at, row.counted)


def note_offer(conn: Connection, person: PersonId, number: ParticipantNumber, *, at: datetime) -> None:
    """Keep that the person reported money offered for votes for this ID; once is enough."""
    conn.execute(_NOTE_OFFER, {"person": person, "number": number, "at": at})


def offers_reported(conn: Connection, person: PersonId) -> list[MoneyOffer]:
    """What the person reported."""
    return [MoneyOffer(row.number, row.at) for row in conn.execute(_OFFERS, {"person": person})]
