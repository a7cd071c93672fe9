"""Buttons for looking things up, open to everybody before any consent: an ID, its count, the top list."""

from typing import ClassVar, Literal

from pydantic import BaseModel

from bot.presses.fields import NumberField


class OpenNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    """An ID typed with no question open, or a card's QR: the own balance, «Это мой номер», or a count."""

    kind: Literal["number"] = "number"
    number: NumberField


class MistypedNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    """Digits that look like an attempt at an ID and are none. digits: how many."""

    kind: Literal["mistyped-number"] = "mistyped-number"
    digits: int


class OpenCount(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Счёт 1234-5678-9012»; without an ID asks for it."""

    kind: Literal["count"] = "count"
    number: NumberField | None = None


class OpenTop(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Топ-20»."""

    kind: Literal["top"] = "top"


class AsksCountNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the ID whose count is wanted."""

    kind: Literal["asks-count-number"] = "asks-count-number"
    expects_number: ClassVar[bool] = True
