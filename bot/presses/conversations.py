"""Buttons of group conversations. Everybody there may press them; who may do what is asked at the press."""

from typing import Literal

from pydantic import BaseModel


class SendTopDaily(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Присылать каждый день»: the top list comes into this conversation every morning."""

    kind: Literal["conversation-top-on"] = "conversation-top-on"


class StopTopDaily(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Больше не присылать»."""

    kind: Literal["conversation-top-off"] = "conversation-top-off"
