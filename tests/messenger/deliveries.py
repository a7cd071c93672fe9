"""Deliveries for the tests of the sender's parts."""

import itertools
from typing import Any

from bot.messenger.replies import Lane
from bot.storage.outbox import Body, Delivery, DeliveryKind, DeliveryState

_numbers = itertools.count(1)


def delivery(peer: int = 1, lane: Lane = Lane.REPLIES, *, body: Body | None = None, **more: Any) -> Delivery:
    """A message to one peer, marked as offered; the test names what it is about."""
    number = next(_numbers)
    fields: dict[str, Any] = {"kind": DeliveryKind.MESSAGE, "state": DeliveryState.OFFERED, **more}
    said = body or Body(number, 1000 + number, f"Текст {number}")
    return Delivery(id=number, body=said, messenger="vk", peer=peer, lane=lane, user_id=peer, **fields)


def edit(cmid: int, peer: int = 1) -> Delivery:
    return delivery(peer, kind=DeliveryKind.EDIT, target_cmid=cmid)


def pop_up(peer: int = 1, text: str = "Тук") -> Delivery:
    number = next(_numbers)
    body = Body(number, 1000 + number, text)
    return delivery(peer, Lane.POP_UPS, body=body, kind=DeliveryKind.POP_UP, ticket=f"t{number}")
