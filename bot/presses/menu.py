"""The buttons that everybody has: the menu, help, the way back, the language."""

from typing import Literal

from pydantic import BaseModel


class Start(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Начать»: the greeting, and the menu under the input field."""

    kind: Literal["start"] = "start"


class OpenMenu(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Меню»."""

    kind: Literal["menu"] = "menu"


class GoBack(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Назад»: leaves the open question for the menu."""

    kind: Literal["back"] = "back"


class OpenHelp(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Помощь»."""

    kind: Literal["help"] = "help"


class Speak(BaseModel, frozen=True, extra="forbid", strict=True):
    """Change the language."""

    kind: Literal["language"] = "language"
    locale: Literal["ru", "en"]
