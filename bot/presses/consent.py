"""The buttons of the consent, and the outcome of asking the messenger for the name."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class GiveConsent(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Согласен»: to take part; the errand that the person came with goes on. version: of the text beside it."""

    kind: Literal["consent"] = "consent"
    version: Annotated[str, Field(max_length=20)]


class RefuseConsent(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Не согласен»: nothing is kept."""

    kind: Literal["no-consent"] = "no-consent"


class ReadConsent(BaseModel, frozen=True, extra="forbid", strict=True):
    """The consent's text, to read again or for the first time."""

    kind: Literal["read-consent"] = "read-consent"


class NameFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """The messenger told the name of the profile; anything may stand in it."""

    kind: Literal["name-fetched"] = "name-fetched"
    first_name: str
    last_name: str


class NameNotFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """It did not: the person is shown without a name."""

    kind: Literal["name-not-fetched"] = "name-not-fetched"
    reason: str
