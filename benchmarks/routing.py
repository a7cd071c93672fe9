"""Whether the two-hundredth button or phrase makes finding a handler slower: the router by itself, in this process."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, cast

from pydantic import BaseModel, create_model
from sqlalchemy import Connection

from benchmarks.campaigns import Campaigns
from benchmarks.figures import Aim, Figure, Section
from benchmarks.persons import SEED, garbage_waits
from bot.config import load_campaign
from bot.domain.identifiers import PersonId
from bot.messenger.events import Content, Event, EventKind
from bot.messenger.replies import Replies
from bot.messenger.router import Router
from bot.messenger.work import DialogueState, Work

MANY = 200
EVENTS = 2_000
ROUNDS = 25
HARDLY_SLOWER = Aim("at most", 1.2)
NOW = datetime(2017, 11, 20, 10, 0, tzinfo=UTC)


async def measure(campaigns: Campaigns) -> list[Section]:
    """The small router and the large one in turn, on the same kinds of events."""
    stub = _work(campaigns)
    small, large = _router(1), _router(MANY)
    chance = random.Random(SEED)
    orders = [order for _ in range(EVENTS // MANY) for order in chance.sample(range(MANY), MANY)]
    kinds = [
        ("a button", _pressed, HARDLY_SLOWER),
        ("a phrase", _typed, HARDLY_SLOWER),
        ("a button of long ago", _stale, HARDLY_SLOWER),
        ("an unknown text", _unknown, HARDLY_SLOWER),
        ("the nearest phrase to a mistyped one", _mistyped, None),
    ]
    # As many different events for the small one: what is compared is the router, not what the processor remembers.
    figures = [
        _compared(name, small, large, stub, [content(0) for _ in orders], [*map(content, orders)], aim)
        for name, content, aim in kinds
    ]
    conditions = (
        f"From the stored event to its handler, in a router that knows {MANY} kinds of buttons and {MANY} phrases,"
        f" beside one that knows one of each; the fastest of {ROUNDS} alternating rounds of {EVENTS:,} events, all"
        " kinds equally often. The nearest phrase is looked for after everything else, once per dialogue."
    )
    return [Section("Finding the handler", conditions, [figure.cells for figure in figures])]


def _compared(
    name: str,
    small: Router,
    large: Router,
    stub: Work,
    few: Sequence[Content],
    many: Sequence[Content],
    aim: Aim | None,
) -> Figure:
    costs: tuple[list[float], list[float]] = ([], [])
    with garbage_waits():
        for _ in range(ROUNDS):
            for router, contents, found in (small, few, costs[0]), (large, many, costs[1]):
                found.append(_microseconds(router, stub, contents))
    return Figure(name, min(costs[1]), "µs", min(costs[0]), aim)


def _microseconds(router: Router, stub: Work, contents: Sequence[Content]) -> float:
    """For one event, on average."""
    works = [_with(stub, content, router) for content in contents]
    begun = time.perf_counter()
    for work in works:
        router.route(work)
    return (time.perf_counter() - begun) / EVENTS * 1e6


def _router(count: int) -> Router:
    """A router with so many kinds of buttons and as many phrases, each of which stands for one of them."""
    part = Router()
    for order in range(count):
        model = _button(order)
        part.pressed(model)(_answer)
        part.phrase(f"phrase-{order}", model())
    part.otherwise("stale")(lambda work: None)
    part.otherwise("unclear")(_suggested)
    return Router().joined([part], {f"phrase-{order}": [f"Фраза {order}"] for order in range(count)})


def _button(order: int) -> type[BaseModel]:
    kind = f"button-{order}"
    fields = {"kind": (Literal[kind], kind), "number": (int, 0)}
    return cast("type[BaseModel]", create_model(f"Button{order}", **fields))  # type: ignore[call-overload]


def _answer(press: BaseModel, work: Work) -> Replies:
    return None


def _suggested(work: Work) -> Replies:
    """As the bot's own answer to an unclear text: the nearest phrase, unless it was hinted at before."""
    if not work.dialogue.hinted:
        work.suggest(work.event.content.text)
    return None


def _pressed(order: int) -> Content:
    return Content(payload=f'{{"kind":"button-{order}","number":{order}}}')


def _typed(order: int) -> Content:
    return Content(f"Фраза {order}")


def _stale(order: int) -> Content:
    return Content(payload=f'{{"kind":"of-last-year","number":{order}}}')


def _unknown(order: int) -> Content:
    return Content(f"Добрый день! Подскажите, пожалуйста: {order}")


def _mistyped(order: int) -> Content:
    return Content(f"Фрза {order}")


def _work(campaigns: Campaigns) -> Work:
    return Work(
        conn=cast("Connection", None),  # these handlers look at nothing
        event=Event(1, "vk", EventKind.MESSAGE, 1, 1, 1, Content(), NOW, NOW, NOW),
        now=NOW,
        campaign=load_campaign(campaigns.campaign_file),
        person=PersonId(1),
        erased=False,
        dialogue=DialogueState(),
        link_base="",
        route=lambda payload, work: None,
    )


def _with(stub: Work, content: Content, router: Router) -> Work:
    event = Event(1, "vk", EventKind.MESSAGE, 1, 1, 1, content, NOW, NOW, NOW)
    hinted = not content.text.startswith("Фрза")
    return replace(
        stub, event=event, dialogue=DialogueState(hinted=hinted), route=router.press, suggest=router.suggestion
    )
