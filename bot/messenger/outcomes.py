"""What an offer's result means for the outbox row: where it stands now, and whether it goes on as a new message."""

from datetime import datetime, timedelta

from bot.messenger import channel as messengers
from bot.messenger.channel import Result
from bot.storage.outbox import Delivery, DeliveryKind, DeliveryState, Outcome

LONGEST_REASON = 200


def becomes_message(delivery: Delivery, result: Result | DeliveryState) -> bool:
    """Whether an edit or pop-up that can no longer be is said as a new message instead.

    A pop-up with a text that has expired, by our clock or by the messenger's word, becomes one in a private dialogue
    (where the peer is the person) and is dropped in a conversation. Refused after an offer in doubt, it was shown then.
    An edit that the messenger cannot do becomes one, a superseded edit does not.
    """
    if isinstance(result, messengers.CannotEdit):
        return True
    refused = isinstance(result, messengers.NeverThisMessage) and not delivery.in_doubt
    expired = result is DeliveryState.EXPIRED or refused
    private = delivery.peer == delivery.user_id
    return expired and delivery.kind is DeliveryKind.POP_UP and private and bool(delivery.body.text)


def outcome_of(delivery: Delivery, result: Result | DeliveryState, now: datetime, alarm_pause_s: float) -> Outcome:
    """The row's new state after an offer. now: real time."""
    match result:
        case messengers.Sent(cmid):
            return Outcome(
                delivery.id, DeliveryState.SENT, cmid=cmid, first_offered_at=delivery.first_offered_at, closed_at=now
            )
        case messengers.NotNow() | messengers.Stop():
            return _waiting(delivery, result, now, alarm_pause_s)
        case DeliveryState() as state:
            # Marked as offered, but not in doubt: its turn never came, so the messenger has not seen it.
            seen_at = delivery.first_offered_at if delivery.in_doubt else None
            return Outcome(delivery.id, state, first_offered_at=seen_at, closed_at=now)
        case _:
            return Outcome(
                delivery.id,
                DeliveryState.REFUSED,
                reason=result.reason[:LONGEST_REASON],
                first_offered_at=delivery.first_offered_at,
                closed_at=now,
            )


def leaves_doubt(delivery: Delivery, result: messengers.NotNow | messengers.Stop) -> bool:
    """Whether the messenger may have taken it, now or earlier: a sure refusal says nothing about earlier offers."""
    return delivery.in_doubt or (isinstance(result, messengers.NotNow) and result.doubtful)


def _waiting(
    delivery: Delivery, result: messengers.NotNow | messengers.Stop, now: datetime, alarm_pause_s: float
) -> Outcome:
    sure = not leaves_doubt(delivery, result)
    after_s = result.after_s if isinstance(result, messengers.NotNow) else alarm_pause_s
    return Outcome(
        delivery.id,
        DeliveryState.QUEUED if sure else DeliveryState.OFFERED,
        reason=result.reason[:LONGEST_REASON],
        not_before=now + timedelta(seconds=after_s),
        first_offered_at=None if sure else delivery.first_offered_at,
    )
