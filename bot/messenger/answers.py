"""Stores what a handler answered: checked against the messenger's limits, addressed, in the handler's transaction."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

import orjson
from sqlalchemy import Connection

from bot.messenger import keyboards
from bot.messenger.events import Event, EventKind
from bot.messenger.keyboards import Keyboard, Limits
from bot.messenger.replies import Address, Ask, Lane, PopUp, Recipe, Replies, Reply, Rewrite, Say, as_sequence, parts
from bot.storage import outbox
from bot.storage.outbox import Delivery, DeliveryKind, NewBody, NewDelivery

POP_UP_LIVES = timedelta(seconds=55)  # the messenger's ticket lives 60 s


def store(
    conn: Connection, event: Event, replies: Replies, limits: Limits, *, at: datetime, at_once: Callable[[Lane], bool]
) -> list[Delivery]:
    """Put the replies to an event into the outbox, in their order.

    Every press gets exactly one pop-up, an empty one if the handler gave none. at: real time. at_once: whether the
    sender takes a delivery of the lane straight on. Raises KeyboardRefused for a keyboard beyond the limits.
    """
    given = as_sequence(replies)
    news = [new for reply in _with_one_pop_up(event, given) for new in _deliveries(event, reply, limits)]
    return outbox.add(conn, news, at=at, offered=lambda lane: at_once(Lane(lane)))


def post(
    conn: Connection,
    says: Sequence[Say],
    limits: Limits,
    *,
    at: datetime,
    lane: Lane = Lane.REMINDERS,
    expires_at: datetime | None = None,
) -> list[Delivery]:
    """Put messages that answer no event into the outbox, each addressed; the sender still has to be told of them.

    at, expires_at: real time. They are born as queued, so that after a crash it is known that nobody has seen them.
    """
    news = [
        NewDelivery(say.to.messenger, say.to.peer, lane, body, expires_at=expires_at)
        for say in says
        if say.to is not None
        for body in _bodies(say.text, say.keyboard, say.recipe, limits)
    ]
    return outbox.add(conn, news, at=at, offered=lambda _: False)


def _with_one_pop_up(event: Event, replies: Sequence[Reply]) -> Iterator[Reply]:
    waiting = event.kind is EventKind.PRESS and event.content.ticket is not None
    for reply in replies:
        if not isinstance(reply, PopUp):
            yield reply
        elif waiting:
            waiting = False
            yield reply
        elif reply.text:
            yield Say(reply.text)
    if waiting:
        yield PopUp("")


def _deliveries(event: Event, reply: Reply, limits: Limits) -> Iterator[NewDelivery]:
    match reply:
        case Say(text, keyboard, recipe, to):
            _check_text(text, may_be_empty=recipe is not None)
            yield from _messages(event, text, keyboard, recipe, to, limits)
        case Rewrite(text, keyboard):
            _check_text(text, may_be_empty=False)
            if event.kind is EventKind.PRESS and event.cmid is not None and len(text) <= limits.text:
                yield _edit(event, text, keyboard, limits)
            else:
                yield from _messages(event, text, keyboard, None, None, limits)
        case PopUp(text):
            _check_text(text, may_be_empty=True)
            yield _own(
                event, Lane.POP_UPS, DeliveryKind.POP_UP, NewBody(text),
                expires_at=event.arrived_real_at + POP_UP_LIVES, ticket=event.content.ticket,
            )  # fmt: skip
        case Ask(what, details):
            body = NewBody(orjson.dumps({"what": what, "details": details}).decode())
            yield _own(event, Lane.REPLIES, DeliveryKind.FETCH, body)
        case _:
            assert_never(reply)


def _check_text(text: object, *, may_be_empty: bool) -> None:
    """Raise what sets the event aside: stored, a text that no messenger takes would be an answer that never comes."""
    if not isinstance(text, str):
        raise TypeError(f"a text that is a {type(text).__name__}")
    if not (may_be_empty or text.strip()):
        raise ValueError("an answer without a text")


def _messages(
    event: Event, text: str, keyboard: Keyboard | None, recipe: Recipe | None, to: Address | None, limits: Limits
) -> Iterator[NewDelivery]:
    for body in _bodies(text, keyboard, recipe, limits):
        if to is None:
            yield _own(event, Lane.REPLIES, DeliveryKind.MESSAGE, body)
        else:
            yield NewDelivery(to.messenger, to.peer, Lane.REMINDERS, body)


def _bodies(text: str, keyboard: Keyboard | None, recipe: Recipe | None, limits: Limits) -> Iterator[NewBody]:
    """A text in as many messages as it needs; the last one has the keyboard and the file."""
    room = limits.text - (0 if recipe is None else len(recipe.otherwise) + 2)
    *first, last = parts(text, room)
    yield from (NewBody(part) for part in first)
    yield NewBody(last, _keyboard(keyboard, limits, anew=recipe is not None), _recipe(recipe, limits))


def _edit(event: Event, text: str, keyboard: Keyboard | None, limits: Limits) -> NewDelivery:
    body = NewBody(text, _keyboard(keyboard, limits))
    return _own(event, Lane.REPLIES, DeliveryKind.EDIT, body, target_cmid=event.cmid)


def _own(event: Event, lane: Lane, kind: DeliveryKind, body: NewBody, **more: Any) -> NewDelivery:
    return NewDelivery(event.messenger, event.peer, lane, body, kind, event.user_id, **more)


def _keyboard(keyboard: Keyboard | None, limits: Limits, *, anew: bool = False) -> str | None:
    return None if keyboard is None else keyboards.stored(keyboard, limits, anew=anew)


def _recipe(recipe: Recipe | None, limits: Limits) -> str | None:
    if recipe is None:
        return None
    fields = {
        "document": recipe.document,
        "content": recipe.content,
        "otherwise": recipe.otherwise,
        "otherwise_keyboard": _keyboard(recipe.otherwise_keyboard, limits),
        "for_everybody": recipe.for_everybody,
    }
    return orjson.dumps(fields).decode()
