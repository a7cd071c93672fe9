"""What each of VK's error codes means for a delivery, and for a call in general."""

from typing import Final

from bot.messenger.channel import (
    CannotEdit,
    Closed,
    NeverThisConversation,
    NeverThisMessage,
    NeverThisPerson,
    NotNow,
    Result,
    Stop,
)
from bot.messenger.vk.peers import is_conversation

TOKEN_REFUSED: Final = 5
TOO_MANY_REQUESTS: Final = 6
QUOTA_USED_UP: Final = 29

# Again: seconds to wait, and whether VK may have done it all the same.
_AGAIN: Final[dict[int, tuple[float, bool]]] = {
    1: (2.0, True),  # unknown error
    TOO_MANY_REQUESTS: (0.0, False),  # too many requests per second: the pace slows down, the row goes on in its turn
    9: (60.0, False),  # flood control, thresholds unpublished
    10: (1.0, True),  # internal server error
    13: (1.0, True),  # VKScript: run-time error, calls before it are done
    QUOTA_USED_UP: (3600.0, False),  # quantity limit of a method, unpublished
    36: (1.0, True),  # execution interrupted
    995: (60.0, False),  # messenger degradation
}
# This peer takes no messages from us: users who forbade it, chats that are gone, moved or closed to us.
_NEVER_THIS_PERSON: Final = frozenset(
    {18, 900, 901, 902, 917, 922, 927, 932, 935, 936, 945, 946, 950, 962}
    | {985, 986, 987, 988, 993, 996, 1012, 1016, 1017, 1021}
)
# Ours to mend: a malformed request, text, keyboard, attachment or intent.
_NEVER_THIS_MESSAGE: Final = frozenset(
    {3, 8, 12, 100, 104, 105, 113, 114, 118, 121, 125, 911, 913, 914, 921, 940, 943, 944, 969}
    | {924, 925, 942, 970, 979, 980, 991, 992, 994, 1014, 1018, 2000}
)
_CANNOT_EDIT: Final = frozenset({909, 910, 920, 949})
# The token, its rights, a switch of the community, a captcha, a spam restriction: a human being has to act.
_STOP: Final = frozenset({TOKEN_REFUSED, 7, 14, 15, 27, 28, 912, 983, 984})

# What is said of a conversation. Other codes of `_NEVER_THIS_PERSON` are about somebody in it: the next message may go.
_CLOSED: Final[dict[int, Closed]] = {
    **dict.fromkeys((917, 922, 927, 932, 936, 1017), Closed.GONE),
    993: Closed.MOVED,
    **dict.fromkeys((925, 945, 946, 962, 983, 985, 986, 996, 1012, 1016), Closed.SHUT),
}

KNOWN: Final = frozenset(_AGAIN) | _NEVER_THIS_PERSON | _NEVER_THIS_MESSAGE | _CANNOT_EDIT | _STOP


def result_of(code: int, text: str) -> Result:
    """What an error means for the delivery it answered. An unknown code leaves it in doubt: tried again, then asked."""
    reason = f"VK error {code}: {text}"
    if code in _NEVER_THIS_PERSON:
        return NeverThisPerson(reason)
    if code in _NEVER_THIS_MESSAGE:
        return NeverThisMessage(reason)
    if code in _CANNOT_EDIT:
        return CannotEdit(reason)
    if code in _STOP:
        return Stop(reason)
    after_s, doubtful = _AGAIN.get(code, (300.0, True))
    return NotNow(after_s, reason, doubtful)


def result_for(peer: int, code: int, text: str) -> Result:
    """What an error means for a delivery to this peer: a conversation is no person, and nobody in it is meant."""
    said = result_of(code, text)
    if not is_conversation(peer):
        return said
    if (why := _CLOSED.get(code)) is not None:
        return NeverThisConversation(f"VK error {code}: {text}", why)
    return NeverThisMessage(said.reason) if isinstance(said, NeverThisPerson) else said
