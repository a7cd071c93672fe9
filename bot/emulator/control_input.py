"""Reading what the chat page sends - JSON objects with known fields of known types - and answering in JSON."""

from collections.abc import Collection, Mapping
from typing import Any

import orjson
from aiohttp import web


class Wrong(Exception):
    """A request that the control API refuses, with its status."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        super().__init__(why)


async def body_of(request: web.Request, *, nullable: Collection[str] = (), **fields: type) -> dict[str, Any]:
    """The fields that were sent; null means absent unless it is `nullable`.

    Raises Wrong 415 for another content type: that of a plain HTML form needs no permission of ours to be sent from
    elsewhere.
    """
    if request.content_type != "application/json":
        raise Wrong(415, "Content-Type should be application/json")
    try:
        told = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError:
        raise Wrong(400, "the body should be JSON") from None
    if not isinstance(told, dict):
        raise Wrong(400, "the body should be an object")
    for name, value in told.items():
        if name not in fields:
            raise Wrong(400, f"field {name} is unknown")
        if value is not None and not _is(value, fields[name]):
            raise Wrong(400, f"field {name} should be {fields[name].__name__}")
    return {name: value for name, value in told.items() if value is not None or name in nullable}


def number_in(values: Mapping[str, str], name: str) -> int:
    """A whole number from an address or its query. Raises Wrong 404: such an address leads nowhere."""
    value = values.get(name, "")
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        raise Wrong(404, f"{name} should be a number")
    return int(value)


def signed_number_in(values: Mapping[str, str], name: str) -> int:
    """Like `number_in`, but also the negative number of a community."""
    value = values.get(name, "")
    number = number_in({name: value.removeprefix("-")}, name)
    return -number if value.startswith("-") else number


def count_in(values: Mapping[str, str], name: str, *, most: int, default: int) -> int:
    """How many, at most `most`."""
    return min(number_in(values, name), most) if name in values else default


def answered(told: Mapping[str, Any], status: int = 200) -> web.Response:
    """An answer of the control API."""
    return web.Response(status=status, body=orjson.dumps(told), content_type="application/json")


def _is(value: object, type_: type) -> bool:
    if type_ is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type_ is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, type_)
