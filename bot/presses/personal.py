"""The buttons of «Настройки»: how somebody is shown, what is stored of them, being forgotten."""

from typing import Literal

from pydantic import BaseModel

from bot.domain.names import ShownAs


class OpenSettings(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Настройки»."""

    kind: Literal["settings"] = "settings"


class ShowMe(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Показывать имя» or «Скрыть имя»."""

    kind: Literal["show-me"] = "show-me"
    choice: ShownAs


class Publish(BaseModel, frozen=True, extra="forbid", strict=True):
    """The second, separate consent - the name in the top list, results, on screens - given or withdrawn."""

    kind: Literal["publish"] = "publish"
    agreed: bool


class AnswerAge(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Мне есть 18» or «Нет»."""

    kind: Literal["age"] = "age"
    is_adult: bool


class ShowMyData(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Мои данные»."""

    kind: Literal["my-data"] = "my-data"


class EraseMe(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Удалить мои данные», «Отозвать согласие»: says what goes and what stays, and asks."""

    kind: Literal["erase"] = "erase"


class EraseMeForGood(BaseModel, frozen=True, extra="forbid", strict=True):
    """The confirmation of it."""

    kind: Literal["erase-for-good"] = "erase-for-good"
