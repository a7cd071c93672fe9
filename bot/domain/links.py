"""Deep links: what a card's QR, a voting link or an invitation carries in its `ref`.

A messenger takes `[A-Za-z0-9_-]`, at most 64 signs. The letter before the hyphen says what the rest is; anybody can
write any ref, so what comes back is read as strictly as a typed text.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.invitations import InvitationCode, read_invitation_code
from bot.domain.participant_ids import LENGTH, ParticipantNumber, check_digit
from bot.domain.sessions.codes import SessionCode, read_session_code

CARD: Final = "c-"
VOTING: Final = "v-"
INVITATION: Final = "i-"
SESSION: Final = "s-"


@dataclass(frozen=True, slots=True)
class CardRef:
    """The QR of a participant's card: claims it, shows the balance, or leads to its count."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class VotingRef:
    """A participant's voting link."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class InvitationRef:
    """An invitation as a link."""

    code: InvitationCode


@dataclass(frozen=True, slots=True)
class SessionRef:
    """The way into a strategic session, as the screen's QR carries it."""

    code: SessionCode


Ref = CardRef | VotingRef | InvitationRef | SessionRef


def link(base: str, ref: Ref) -> str:
    """The link that opens the dialogue with this ref. base: the community's address in its messenger."""
    match ref:
        case CardRef(number):
            return f"{base}?ref={CARD}{number}"
        case VotingRef(number):
            return f"{base}?ref={VOTING}{number}"
        case InvitationRef(code):
            return f"{base}?ref={INVITATION}{code}"
        case SessionRef(code):
            return f"{base}?ref={SESSION}{code}"


def read_ref(written: str) -> Ref | None:
    """What a ref stands for, None for any other text."""
    prefix, rest = written[:2], written[2:]
    if prefix == INVITATION:
        code = read_invitation_code(rest)
        return None if code is None else InvitationRef(code)
    if prefix == SESSION:
        session = read_session_code(rest)
        return None if session is None else SessionRef(session)
    return _number_ref(prefix, rest)


def _number_ref(prefix: str, rest: str) -> Ref | None:
    is_number = len(rest) == LENGTH and rest.isascii() and rest.isdigit() and check_digit(rest) == 0
    if prefix not in {CARD, VOTING} or not is_number:
        return None
    number = ParticipantNumber(rest)
    return CardRef(number) if prefix == CARD else VotingRef(number)
