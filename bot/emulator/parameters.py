"""Reading a call's parameters as strictly as VK does: everything arrives as text, lists are comma-joined."""

from collections.abc import Mapping
from typing import Any

import orjson

from bot.emulator.errors import ApiError

INT64 = 2**63


class Parameters:
    """The parameters of one call. Every reader raises ApiError 100 with the parameter's name for what VK would not
    take."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """The value as sent; an absent one reads as the default."""
        return self.values.get(name, default)

    def required(self, name: str) -> str:
        """The value, which must be there and not empty."""
        value = self.values.get(name, "")
        if not value:
            raise ApiError(100, f"{name} is a required parameter")
        return value

    def has(self, name: str) -> bool:
        """Whether the parameter came with a value."""
        return bool(self.values.get(name))

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; without a default it is required."""
        value = self.values.get(name, "")
        if not value:
            if default is None:
                raise ApiError(100, f"{name} is a required parameter")
            return default
        return _integer(name, value)

    def between(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within bounds, else error 100."""
        value = self.integer(name, default)
        if not least <= value <= most:
            raise ApiError(100, f"{name} should be between {least} and {most}")
        return value

    def switch(self, name: str) -> bool:
        """0 or 1; absent is 0."""
        value = self.values.get(name, "") or "0"
        if value not in ("0", "1"):
            raise ApiError(100, f"{name} should be 0 or 1")
        return value == "1"

    def integers(self, name: str, most: int) -> list[int]:
        """A comma-joined list of at least one and at most `most` whole numbers."""
        parts = self.words(name, most)
        return [_integer(name, part) for part in parts]

    def words(self, name: str, most: int) -> list[str]:
        """A comma-joined list of at least one and at most `most` words."""
        parts = [part.strip() for part in self.required(name).split(",")]
        if len(parts) > most:
            raise ApiError(100, f"{name} should contain at most {most} items")
        return parts

    def json(self, name: str) -> Any:
        """A JSON document given as text."""
        try:
            return orjson.loads(self.values[name])
        except orjson.JSONDecodeError:
            raise ApiError(100, f"{name} should be a valid JSON") from None


def _integer(name: str, value: str) -> int:
    body = value.removeprefix("-")
    # int() alone would take "1_000", " 7 " and Arabic digits.
    if not (body.isascii() and body.isdigit()) or abs(number := int(value[:24])) >= INT64:
        raise ApiError(100, f"{name} should be an integer")
    return number
