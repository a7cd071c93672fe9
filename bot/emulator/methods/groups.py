"""The groups section: the community itself, its members, the token's rights, Long Poll."""

from typing import Any

from bot.emulator.community import PERMISSIONS, Community
from bot.emulator.errors import ApiError
from bot.emulator.methods import users
from bot.emulator.methods.event_settings import switched, told_events, version
from bot.emulator.parameters import Parameters
from bot.emulator.people import Person

MOST_USERS = 500
MOST_MEMBERS = 1000
SORTS = ("id_asc", "id_desc", "time_asc", "time_desc")


def get_by_id(community: Community, parameters: Parameters) -> dict[str, Any]:
    """The community; without parameters a token's own one."""
    named = parameters.text("group_ids") or parameters.text("group_id")
    own = (str(community.group_id), community.screen_name, f"club{community.group_id}")
    if named and not any(word.strip() in own for word in named.split(",")):
        raise ApiError(100, "group_ids is undefined")
    return {"groups": [community.described()], "profiles": []}


def is_member(community: Community, parameters: Parameters) -> int | list[dict[str, int]]:
    """Whether one person, or each of several, is a member."""
    _check_group(community, parameters)
    if parameters.has("user_ids"):
        users = parameters.integers("user_ids", MOST_USERS)
        return [{"user_id": user_id, "member": _member(community, user_id)} for user_id in users]
    return _member(community, parameters.integer("user_id"))


def get_members(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Members, or those who manage the community; with `fields` as persons, else as numbers."""
    _check_group(community, parameters)
    offset = parameters.between("offset", 0, 10**9, 0)
    count = parameters.between("count", 0, MOST_MEMBERS, MOST_MEMBERS)
    order = parameters.text("sort") or "id_asc"
    if order not in SORTS:
        raise ApiError(100, "sort is invalid")
    if parameters.text("filter") == "managers":
        community.needs("manage")
        found = [person for person in community.people.values() if person.role is not None]
    elif parameters.has("filter"):
        raise ApiError(100, "filter is invalid")
    else:
        found = [person for person in community.people.values() if person.is_member]
    # Nobody's day of joining is kept, so by time is by number too.
    found.sort(key=lambda person: person.id, reverse=order.endswith("_desc"))
    return {"count": len(found), "items": [_listed(community, one, parameters) for one in found[offset:][:count]]}


def get_token_permissions(community: Community, parameters: Parameters) -> dict[str, Any]:
    """What the token may do."""
    granted = [name for name in PERMISSIONS if name in community.permissions]
    mask = sum(PERMISSIONS[name] for name in granted)
    return {"mask": mask, "permissions": [{"name": name, "setting": PERMISSIONS[name]} for name in granted]}


def get_long_poll_server(community: Community, parameters: Parameters) -> dict[str, str]:
    """Where and from which ts to poll."""
    community.own_group(parameters.integer("group_id"))
    community.needs("manage")
    if not community.long_poll.settings.is_enabled:
        raise ApiError(100, "longpoll for this group is not enabled")
    server = f"{community.files.host}/whp/{community.group_id}"
    return {"key": community.long_poll.key, "server": server, "ts": str(community.long_poll.last)}


def get_long_poll_settings(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Whether Long Poll is on, in which version, with which events."""
    community.own_group(parameters.integer("group_id"))
    community.needs("manage")
    settings = community.long_poll.settings
    events = told_events(settings.switched_on)
    return {"is_enabled": settings.is_enabled, "api_version": settings.api_version, "events": events}


def set_long_poll_settings(community: Community, parameters: Parameters) -> int:
    """Switch Long Poll and its events; what is not named stays as it is."""
    community.own_group(parameters.integer("group_id"))
    community.needs("manage")
    settings = community.long_poll.settings
    enabled = parameters.switch("enabled") if parameters.has("enabled") else settings.is_enabled
    api_version, switched_on = version(parameters, settings.api_version), switched(parameters, settings.switched_on)
    settings.is_enabled, settings.api_version, settings.switched_on = enabled, api_version, switched_on
    return 1


def _member(community: Community, user_id: int) -> int:
    person = community.people.get(user_id)
    return int(person is not None and person.is_member)


def _check_group(community: Community, parameters: Parameters) -> None:
    if parameters.required("group_id") not in (str(community.group_id), community.screen_name):
        raise ApiError(125)


def _listed(community: Community, person: Person, parameters: Parameters) -> Any:
    managers = parameters.text("filter") == "managers"
    if not parameters.has("fields"):
        return {"id": person.id, "role": person.role} if managers else person.id
    shown = users.described(community, person, set(parameters.text("fields").split(",")))
    return shown | {"role": person.role} if managers else shown
