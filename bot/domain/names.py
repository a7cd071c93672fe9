"""How people are shown to others: first name and initial («Анна К.»), or masked.

A name comes from a profile that its owner can write anything into: markup of mentions, links, line breaks, signs that
turn the direction of text, five hundred letters. What comes out of here is letters, short, and cannot be anything but
a name. A minor is masked until the parent's consent is ticked; publication is a consent of its own.
The words around a masked ID («Участник …9012», «Голосующий») are in `locales/`.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.participant_ids import ParticipantNumber

LONGEST_NAME: Final = 24
_JOINING: Final = "-'’ "
# Unicode calls them letters, and nobody sees them: the fillers of Korean syllables (their other forms become these).
_BLANK_LETTERS: Final = "\u115f\u1160"


class ShownAs(StrEnum):
    """What a person chose."""

    NAME = "name"
    MASKED = "masked"


class MinorsShown(StrEnum):
    """What the campaign lets others see of participants below 18."""

    WITH_PARENTAL_CONSENT = "with_parental_consent"  # the name as chosen, once the teacher ticked the consent
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Profile:
    """The names of a messenger's profile, as they came."""

    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Shown by this text: «Анна К.»."""

    text: str


@dataclass(frozen=True, slots=True)
class MaskedParticipant:
    """Shown by the end of the ID: «Участник …9012»."""

    number: ParticipantNumber


@dataclass(frozen=True, slots=True)
class MaskedVoter:
    """Shown as «Голосующий»."""


@dataclass(frozen=True, slots=True)
class Participant:
    """All that decides how a participant is shown.

    profile: None until the messenger told it, or after it was erased. is_adult: «Мне есть 18» was answered; no
    answer counts as minor. is_hidden: the teacher or a coordinator hid a nickname.
    """

    number: ParticipantNumber
    profile: Profile | None
    choice: ShownAs
    is_adult: bool
    has_parental_consent: bool = False
    agrees_to_publication: bool = False
    is_hidden: bool = False


def participant_name(participant: Participant, minors: MinorsShown) -> Named | MaskedParticipant:
    """How the participant is shown in the chat: to voters, in counts and receipts."""
    is_free = participant.is_adult or (minors is MinorsShown.WITH_PARENTAL_CONSENT and participant.has_parental_consent)
    text = short_name(participant.profile)
    if text is None or participant.choice is ShownAs.MASKED or participant.is_hidden or not is_free:
        return MaskedParticipant(participant.number)
    return Named(text)


def published_name(participant: Participant, minors: MinorsShown) -> Named | MaskedParticipant:
    """How the participant is shown in the top-20, in results and on screens: a second, separate consent."""
    if not participant.agrees_to_publication:
        return MaskedParticipant(participant.number)
    return participant_name(participant, minors)


def voter_name(profile: Profile | None, choice: ShownAs) -> Named | MaskedVoter:
    """How the voter is shown to the participant."""
    text = short_name(profile)
    return MaskedVoter() if text is None or choice is ShownAs.MASKED else Named(text)


def kept(profile: Profile) -> Profile | None:
    """All that is stored of a profile: the first name made harmless, and the initial; None if nothing is left."""
    first, last = _harmless(profile.first_name), _harmless(profile.last_name)
    return Profile(first, last[:1].upper()) if first else None


def short_name(profile: Profile | None) -> str | None:
    """First name and initial; None if the profile has no first name left once it is harmless."""
    harmless = None if profile is None else kept(profile)
    if harmless is None:
        return None
    return f"{harmless.first_name} {harmless.last_name}." if harmless.last_name else harmless.first_name


def _harmless(name: str) -> str:
    """Letters, with hyphens, apostrophes and single spaces between them."""
    # A mention needs brackets, stars or @, a link dots: without these signs nothing can be one.
    kept = ""
    for sign in unicodedata.normalize("NFKC", name[:200]):
        kept += _harmless_sign(sign, after=kept[-1:])
    return " ".join(kept.split()).strip(_JOINING)[:LONGEST_NAME].rstrip(_JOINING)


def _harmless_sign(sign: str, *, after: str) -> str:
    kind = unicodedata.category(sign)
    if sign in _BLANK_LETTERS:
        return " "
    if kind.startswith("L") or sign in _JOINING:
        return sign
    if kind.startswith("M"):  # one vowel sign or accent to a letter; piled up they would spill over other lines
        return sign if after.isalpha() else ""
    return "" if kind == "Cf" else " "
