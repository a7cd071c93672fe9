"""A voter's buttons: whom to vote for, the vote, its receipt, an offer of money."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field

from bot.domain.names import ShownAs
from bot.domain.receipts import Receipt, read_receipt
from bot.presses.fields import NumberField


def _as_given(code: Receipt) -> Receipt:
    if read_receipt(code) != code:
        raise ValueError("not a receipt")
    return code


ReceiptField = Annotated[Receipt, Field(max_length=20), AfterValidator(_as_given)]


class ChooseWhom(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Голосовать» without a name: asks for the participant's ID."""

    kind: Literal["vote-for-whom"] = "vote-for-whom"


class OpenVote(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Голосовать» for this one: shows whom, how the voter will be shown, and asks to confirm."""

    kind: Literal["vote-for"] = "vote-for"
    number: NumberField
    shown_as: ShownAs | None = None


class CastVote(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Подтвердить»."""

    kind: Literal["cast-vote"] = "cast-vote"
    number: NumberField
    shown_as: ShownAs


class ReportOffer(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Предлагают деньги за голос? — Сообщить»."""

    kind: Literal["money-offer"] = "money-offer"
    number: NumberField


class CheckVote(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Проверить голос»; without a code asks for it."""

    kind: Literal["check-vote"] = "check-vote"
    receipt: ReceiptField | None = None


class MistypedReceipt(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Проверить голос» with something that is no code."""

    kind: Literal["mistyped-code"] = "mistyped-code"


class AsksWhom(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the ID of the participant to vote for."""

    kind: Literal["asks-whom"] = "asks-whom"
    expects_number: ClassVar[bool] = True


class AsksReceipt(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a receipt's code."""

    kind: Literal["asks-receipt"] = "asks-receipt"
