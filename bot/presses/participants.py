"""A participant's buttons: taking an ID, the balance, the voting link, who voted."""

from typing import ClassVar, Literal

from pydantic import BaseModel

from bot.presses.fields import NumberField, PageField


class BecomeParticipant(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Я участник»: asks for the ID on the card."""

    kind: Literal["become-participant"] = "become-participant"


class ClaimNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Это мой номер»."""

    kind: Literal["claim"] = "claim"
    number: NumberField


class OpenBalance(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Баланс»."""

    kind: Literal["balance"] = "balance"


class OpenMyLink(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Моя ссылка»: the voting link with a text to forward."""

    kind: Literal["my-link"] = "my-link"


class OpenMyVoters(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Кто за меня голосовал», newest first; with a page it turns the list that is on the screen."""

    kind: Literal["my-voters"] = "my-voters"
    page: PageField | None = None


class AsksMyNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the ID that the pupil wants to take."""

    kind: Literal["asks-my-number"] = "asks-my-number"
    expects_number: ClassVar[bool] = True
