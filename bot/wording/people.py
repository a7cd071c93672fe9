"""People and their IDs in words: «Анна К.», «Участник …9012», «Голосующий»."""

from bot.domain.names import MaskedParticipant, MaskedVoter, Named
from bot.domain.participant_ids import WrongCheckDigit, WrongLength, masked
from bot.wording.sentences import say


def say_participant(locale: str, shown: Named | MaskedParticipant) -> str:
    """A participant as others see them."""
    return shown.text if isinstance(shown, Named) else say(locale, "masked-participant", ending=masked(shown.number))


def say_voter(locale: str, shown: Named | MaskedVoter) -> str:
    """A voter as the participant sees them."""
    return shown.text if isinstance(shown, Named) else say(locale, "masked-voter")


def say_wrong_number(locale: str, reading: WrongLength | WrongCheckDigit) -> str:
    """Why what was typed is no participant's ID, and what one looks like."""
    match reading:
        case WrongLength(found):
            return say(locale, "number-wrong-length", digits=found)
        case WrongCheckDigit():
            return say(locale, "number-wrong-digits")
