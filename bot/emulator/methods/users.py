"""users.get and utils.resolveScreenName: who a number or a short name is."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters
from bot.emulator.people import Person

MOST_USERS = 1000
NAME_CASES = ("", "nom", "gen", "dat", "acc", "ins", "abl")


def get(community: Community, parameters: Parameters) -> list[dict[str, Any]]:
    """Names by ids; an unknown id is left out. Names stay in the nominative: declining them is not the emulator's
    trade."""
    if parameters.text("name_case") not in NAME_CASES:
        raise ApiError(100, "name_case is invalid")
    if not parameters.has("user_ids"):
        return []
    named = (by_screen_name(community, word) for word in parameters.words("user_ids", MOST_USERS))
    fields = set(parameters.text("fields").split(","))
    return [described(community, person, fields) for person in named if person is not None]


def resolve_screen_name(community: Community, parameters: Parameters) -> dict[str, Any]:
    """What a short name belongs to."""
    name = parameters.required("screen_name")
    if name in (community.screen_name, f"club{community.group_id}", f"public{community.group_id}"):
        return {"type": "group", "object_id": community.group_id, "group_id": community.group_id}
    person = by_screen_name(community, name) if not name.isdigit() else None
    if person is None:
        raise ApiError(104)
    return {"type": "user", "object_id": person.id}


def by_screen_name(community: Community, name: str) -> Person | None:
    """The person called `100001` or `id100001`."""
    digits = name.removeprefix("id")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    return community.people.get(int(digits))


def described(community: Community, person: Person, fields: set[str]) -> dict[str, Any]:
    """VK's object for a person with the optional fields that were asked for."""
    shown = community.profile(person)
    for name in ("screen_name", "domain"):
        if name in fields:
            shown[name] = f"id{person.id}"
    return shown
