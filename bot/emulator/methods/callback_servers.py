"""The groups section's methods for Callback servers: which there are, what they are told."""

from typing import Any

from yarl import URL

from bot.emulator.callback_server import CallbackServer
from bot.emulator.community import Community
from bot.emulator.errors import ApiError
from bot.emulator.methods.event_settings import switched, told_events, version
from bot.emulator.parameters import Parameters

LONGEST_TITLE = 14
LONGEST_SECRET = 50
MOST_NAMED = 10


def add(community: Community, parameters: Parameters) -> dict[str, int]:
    """A new server, which is asked for the code at once."""
    _managed(community, parameters)
    title, url, secret_key = _told(parameters)
    return {"server_id": community.callbacks.add(title, url, secret_key).id}


def edit(community: Community, parameters: Parameters) -> int:
    """Another title, address or secret for a server; a new address is confirmed anew."""
    _managed(community, parameters)
    server = community.callbacks.server(parameters.integer("server_id"))
    title, url, secret_key = _told(parameters)
    community.callbacks.edit(server.id, title, url, secret_key)
    return 1


def delete(community: Community, parameters: Parameters) -> int:
    """Forget a server."""
    _managed(community, parameters)
    community.callbacks.delete(parameters.integer("server_id"))
    return 1


def get(community: Community, parameters: Parameters) -> dict[str, Any]:
    """The servers, all or those named."""
    _managed(community, parameters)
    servers = list(community.callbacks.servers.values())
    if parameters.has("server_ids"):
        named = parameters.integers("server_ids", MOST_NAMED)
        servers = [server for server in servers if server.id in named]
    return {"count": len(servers), "items": [_described(server) for server in servers]}


def get_confirmation_code(community: Community, parameters: Parameters) -> dict[str, str]:
    """What servers added through the API have to answer."""
    _managed(community, parameters)
    return {"code": community.callbacks.confirmation_code()}


def get_settings(community: Community, parameters: Parameters) -> dict[str, Any]:
    """In which version a server is told of which events."""
    _managed(community, parameters)
    server = community.callbacks.server(parameters.integer("server_id"))
    return {"api_version": server.api_version, "events": told_events(server.switched_on)}


def set_settings(community: Community, parameters: Parameters) -> int:
    """Switch a server's events; what is not named stays as it is."""
    _managed(community, parameters)
    server = community.callbacks.server(parameters.integer("server_id"))
    api_version, switched_on = version(parameters, server.api_version), switched(parameters, server.switched_on)
    server.api_version, server.switched_on = api_version, switched_on
    return 1


def _managed(community: Community, parameters: Parameters) -> None:
    community.own_group(parameters.integer("group_id"))
    community.needs("manage")


def _told(parameters: Parameters) -> tuple[str, str, str]:
    title, secret_key = parameters.required("title"), parameters.text("secret_key")
    if len(title) > LONGEST_TITLE:
        raise ApiError(100, f"title should be at most {LONGEST_TITLE} characters")
    if len(secret_key) > LONGEST_SECRET:
        raise ApiError(100, f"secret_key should be at most {LONGEST_SECRET} characters")
    return title, _address(parameters.required("url")), secret_key


def _address(text: str) -> str:
    try:
        url = URL(text)
    except ValueError:
        raise ApiError(100, "url is invalid") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ApiError(100, "url is invalid")
    return text


def _described(server: CallbackServer) -> dict[str, Any]:
    return {
        "id": server.id,
        "title": server.title,
        "creator_id": 0,  # whose token it was; nobody's in particular, for a community's own one
        "url": server.url,
        "secret_key": server.secret_key,
        "status": server.status,
    }
