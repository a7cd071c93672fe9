"""The part of VKScript that bots batch calls with: `return [API.a.b({...}), ...];` or `return API.a.b({...});`.

Arguments are JSON. Anything else does not compile (error 12), although the real VK knows more.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.emulator.errors import ApiError

MOST_CALLS = 25
BEGINNING = re.compile(r"\s*return\s*")
CALL = re.compile(r"\s*API\.([A-Za-z]+\.[A-Za-z]+)\s*\(\s*")
CLOSING = re.compile(r"\s*\)\s*")
ENDING = re.compile(r"\s*;?\s*")
_decoder = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class InnerCall:
    """One call inside a script."""

    method: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """A compiled script: its calls in order, and whether it returns a list."""

    calls: list[InnerCall]
    is_list: bool


def compiled(code: str) -> Script:
    """Read a script. Raises ApiError 12."""
    start = _after(BEGINNING, code, 0)
    is_list = code.startswith("[", start)
    calls, end = _list(code, start + 1) if is_list else _single(code, start)
    if _after(ENDING, code, end) != len(code):
        raise _broken(end)
    return Script(calls, is_list)


def as_parameters(arguments: dict[str, Any]) -> dict[str, str]:
    """A call's arguments as its parameters: text as it is, lists comma-joined, null left out.

    Raises ApiError 100 for a nested object, which a script has to pass as JSON text.
    """
    return {name: _as_text(name, value) for name, value in arguments.items() if value is not None}


def _list(code: str, at: int) -> tuple[list[InnerCall], int]:
    calls: list[InnerCall] = []
    while True:
        found, at = _single(code, at)
        calls += found
        if code.startswith("]", at):
            return calls, at + 1
        if not code.startswith(",", at):
            raise _broken(at)
        at += 1


def _single(code: str, at: int) -> tuple[list[InnerCall], int]:
    called = CALL.match(code, at)
    if called is None:
        raise _broken(at)
    at = called.end()
    arguments: Any = {}
    if not code.startswith(")", at):
        try:
            arguments, at = _decoder.raw_decode(code, at)
        except (ValueError, RecursionError):
            raise _broken(at) from None
    if not isinstance(arguments, dict):
        raise _broken(at)
    return [InnerCall(called[1], arguments)], _after(CLOSING, code, at)


def _after(pattern: re.Pattern[str], code: str, at: int) -> int:
    match = pattern.match(code, at)
    if match is None:
        raise _broken(at)
    return match.end()


def _broken(at: int) -> ApiError:
    return ApiError(12, f"unexpected token at {at}")


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and not any(isinstance(one, list | dict) or one is None for one in value):
        return ",".join(_as_text(name, one) for one in value)
    raise ApiError(100, f"{name} should be a string")
