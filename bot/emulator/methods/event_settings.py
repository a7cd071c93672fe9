"""Which events are told, and in which version: read and shown alike for Long Poll and for a Callback server."""

from bot.emulator.errors import ApiError
from bot.emulator.long_poll import EVENT_TYPES, is_supported
from bot.emulator.parameters import Parameters


def told_events(switched_on: frozenset[str]) -> dict[str, int]:
    """Every type that there is, with 1 for those switched on."""
    return {type_: int(type_ in switched_on) for type_ in EVENT_TYPES}


def switched(parameters: Parameters, before: frozenset[str]) -> frozenset[str]:
    """The types on after a call; what it does not name stays as it is. Raises ApiError 100."""
    named = {type_: parameters.switch(type_) for type_ in EVENT_TYPES if parameters.has(type_)}
    return (before - named.keys()) | {type_ for type_, on in named.items() if on}


def version(parameters: Parameters, before: str) -> str:
    """The version after a call. Raises ApiError 100 for one that VK does not speak."""
    told = parameters.text("api_version")
    if told and not is_supported(told):
        raise ApiError(100, "api_version is invalid")
    return told or before
