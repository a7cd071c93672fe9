"""What a tampered app sends: payloads of every kind that the bot knows, with whatever stands in their fields."""

import importlib
import json
import pkgutil
from collections.abc import Callable
from random import Random
from typing import Any

from pydantic import BaseModel

from bot import presses
from bot.domain.receipts import new_receipt
from bot.presses.personal import EraseMeForGood
from tests.faults.randomly.preparing import Prepared
from tests.faults.randomly.words import LABELS

MOST_IDS = 12  # ids of the first rows of any table, and some that no row has


def payload(chance: Random, prepared: Prepared) -> str:
    """A payload as it may arrive: mostly well formed, sometimes not of any shape."""
    if chance.random() < 0.1:
        return chance.choice(('{"kind": "nothing"}', "[]", "17", '"text"', "{}", '{"kind": ["vote-for"]}', "null"))
    model = chance.choice(_MODELS)
    if model is EraseMeForGood and chance.random() < 0.9:  # else soon nobody would be left
        model = chance.choice(_MODELS)
    choosers = _choosers(chance, prepared)
    fields = {name: choosers[name]() if name in choosers else None for name in model.model_fields if name != "kind"}
    known = {name: value for name, value in fields.items() if value is not None}
    return json.dumps({"kind": model.model_fields["kind"].default, **known})


def _models() -> list[type[BaseModel]]:
    modules = [importlib.import_module(f"bot.presses.{found.name}") for found in pkgutil.iter_modules(presses.__path__)]
    named = {one.__name__: one for module in modules for one in vars(module).values() if _is_payload(one)}
    return [named[name] for name in sorted(named)]


def _is_payload(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel) and "kind" in found.model_fields


def _choosers(chance: Random, prepared: Prepared) -> dict[str, Callable[[], Any]]:
    def some_id() -> int:
        return chance.randint(1, MOST_IDS)

    return {
        **dict.fromkeys(("application", "municipality", "school", "class_id", "invitation"), some_id),
        **dict.fromkeys(("page", "digits"), lambda: chance.randint(0, 3)),
        **dict.fromkeys(("pupils", "place", "attended"), lambda: chance.randint(1, 6)),
        **dict.fromkeys(("agreed", "is_adult", "given"), lambda: chance.random() < 0.5),
        **dict.fromkeys(("shown_as", "choice"), lambda: chance.choice(("name", "masked"))),
        **dict.fromkeys(("first_name", "last_name", "reason"), lambda: "Подделка"),
        "number": lambda: chance.choice(prepared.cards),
        "code": lambda: chance.choice(prepared.codes),
        "receipt": lambda: new_receipt(chance.randrange),
        "role": lambda: chance.choice(("coordinator", "teacher")),
        "level": lambda: chance.choice(("municipality", "school")),
        "stage": lambda: chance.choice(("documents", "ready", "held")),
        "practice": lambda: chance.choice(("in_class", "homework")),
        "held_on": lambda: chance.choice(("2017-11-08", "2017-11-09", "2017-12-31")),
        "label": lambda: chance.choice(LABELS),
        "locale": lambda: chance.choice(("ru", "en")),
        "words": lambda: "СОШ",
        "version": lambda: chance.choice(("1", "2017-11-01")),
    }


_MODELS = _models()
