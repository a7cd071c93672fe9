"""A vote: one person, one vote, one participant, for the whole campaign; nobody changes or withdraws it.

`judge_vote` decides a press, `pseudonym` names people for the log; the log itself, its chain of hashes and the
recount are in `vote_log.py`.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.calendar import Act, Calendar, Closed, NotYet
from bot.domain.claims import AccountErased, NumberRevoked, UnknownNumber
from bot.domain.identifiers import Pseudonym
from bot.domain.participant_ids import IssuedNumber, ParticipantNumber


class VoterPolicy(StrEnum):
    """Whose votes the campaign takes."""

    ANY = "any"  # one account, one vote: demos and small campaigns
    CONFIRMED = "confirmed"  # only accounts bound to a voter key; one key, one account, one vote


@dataclass(frozen=True, slots=True)
class VotingRules:
    """What the campaign file says about voting. own_vote: whether participants may vote for their own ID."""

    policy: VoterPolicy
    own_vote: bool = False


@dataclass(frozen=True, slots=True)
class Voter:
    """Who presses.

    own: the ID they claimed as a participant. voter_key: the pseudonym of the key bound to the account, if any.
    is_erased: this account's data were deleted at its own wish.
    """

    pseudonym: Pseudonym
    own: ParticipantNumber | None = None
    voter_key: Pseudonym | None = None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class CastVote:
    """The vote that a person has in the log; one set aside as stolen frees its voter and is not passed here."""

    participant: ParticipantNumber
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """The vote is taken."""

    voter: Pseudonym
    voter_key: Pseudonym | None
    participant: ParticipantNumber
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class SameVote:
    """The same press repeated: shows the receipt of the vote that counted, never an error."""

    vote: CastVote


@dataclass(frozen=True, slots=True)
class VotedForAnother:
    """The person's vote went to somebody else; the answer says to whom and when."""

    first: CastVote


@dataclass(frozen=True, slots=True)
class OwnNumberRefused:
    """A participant votes for the own ID."""


@dataclass(frozen=True, slots=True)
class NumberUnclaimed:
    """No pupil has taken this ID yet."""


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """The campaign takes only votes of confirmed accounts, and this one is not bound to a voter key."""


VoteVerdict = (
    VoteCounts
    | SameVote
    | VotedForAnother
    | AccountErased
    | UnknownNumber
    | OwnNumberRefused
    | NotYet
    | Closed
    | NumberRevoked
    | NumberUnclaimed
    | NotConfirmed
)


def judge_vote(
    voter: Voter,
    found: IssuedNumber | None,
    earlier: CastVote | None,
    *,
    rules: VotingRules,
    calendar: Calendar,
    at: datetime,
) -> VoteVerdict:
    """Say whether a press counts; of several reasons to refuse, the first below is told.

    found: the ID voted for, None if never issued. earlier: the standing vote of this person, under the account or
    under its voter key. A vote once cast is looked at first, so that its receipt shows for ever.
    """
    if earlier is not None:
        is_same = found is not None and found.number == earlier.participant
        return SameVote(earlier) if is_same else VotedForAnother(earlier)
    if voter.is_erased:
        return AccountErased()
    if found is None:
        return UnknownNumber()
    if found.number == voter.own and not rules.own_vote:
        return OwnNumberRefused()
    opening = calendar.opening(Act.VOTE, at)
    if isinstance(opening, NotYet | Closed):
        return opening
    return _judge_number(voter, found, rules, at=at)


def _judge_number(
    voter: Voter, found: IssuedNumber, rules: VotingRules, *, at: datetime
) -> NumberRevoked | NumberUnclaimed | NotConfirmed | VoteCounts:
    if found.is_revoked:
        return NumberRevoked()
    if found.claimed_by is None:
        return NumberUnclaimed()
    if rules.policy is VoterPolicy.CONFIRMED and voter.voter_key is None:
        return NotConfirmed()
    return VoteCounts(voter.pseudonym, voter.voter_key, found.number, at)


def pseudonym(key: bytes, messenger: str, user_id: int) -> Pseudonym:
    """The name of an account in the log: always the same for the same account, and for nobody to reverse.

    Once the campaign's key is purged, not even the operator can tell who it was.
    """
    return _keyed(key, f"account:{messenger}:{user_id}")


def key_pseudonym(key: bytes, voter_key: str) -> Pseudonym:
    """The name of a confirmed person's voter key in the log; keys are kept in no other form."""
    return _keyed(key, f"voter-key:{voter_key}")


def _keyed(key: bytes, name: str) -> Pseudonym:
    # Half of SHA-256's output is plenty against collisions and keeps a million log rows small.
    return Pseudonym(hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:32])
