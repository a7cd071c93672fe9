"""The groups section: the community itself, its members, the token's rights, Long Poll."""

from typing import Any

from bot.emulator.community import PERMISSIONS, Community
from bot.emulator.errors import ApiError
from bot.emulator.long_poll import EVENT_TYPES, SUPPORTED_VERSIONS, version_of
from bot.emulator.parameters import Parameters

MOST_USERS = 500


def get_by_id(community: Community, parameters: Parameters) -> dict[str, Any]:
    """The community; without parameters a token's own one."""
    named = parameters.text("group_ids") or parameters.text("group_id")
    own = (str(community.group_id), community.screen_name, f"club{community.group_id}")
    if named and not any(word.strip() in own for word in named.split(",")):
        raise ApiError(100, "group_ids is undefined")
    return {"groups": [community.described()], "profiles": []}


def is_member(community: Community, parameters: Parameters) -> int | list[dict[str, int]]:
    """Whether one person, or each of several, is a member."""
    group = parameters.required("group_id")
    if group not in (str(community.group_id), community.screen_name):
        raise ApiError(125)
    if parameters.has("user_ids"):
        users = parameters.integers("user_ids", MOST_USERS)
        return [{"user_id": user_id, "member": _member(community, user_id)} for user_id in users]
    return _member(community, parameters.integer("user_id"))


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
    events = {type_: int(type_ in settings.switched_on) for type_ in EVENT_TYPES}
    return {"is_enabled": settings.is_enabled, "api_version": settings.api_version, "events": events}


def set_long_poll_settings(community: Community, parameters: Parameters) -> int:
    """Switch Long Poll and its events; what is not named stays as it is."""
    community.own_group(parameters.integer("group_id"))
    community.needs("manage")
    version = parameters.text("api_version")
    enabled = parameters.switch("enabled") if parameters.has("enabled") else None
    named = {type_: parameters.switch(type_) for type_ in EVENT_TYPES if parameters.has(type_)}
    if version and not _is_supported(version):
        raise ApiError(100, "api_version is invalid")
    settings = community.long_poll.settings
    settings.is_enabled = settings.is_enabled if enabled is None else enabled
    settings.api_version = version or settings.api_version
    kept = settings.switched_on - named.keys()
    settings.switched_on = kept | {type_ for type_, on in named.items() if on}
    return 1


def _member(community: Community, user_id: int) -> int:
    person = community.people.get(user_id)
    return int(person is not None and person.is_member)


def _is_supported(version: str) -> bool:
    try:
        return SUPPORTED_VERSIONS[0] <= version_of(version) <= SUPPORTED_VERSIONS[1]
    except ValueError:
        return False
