"""Addresses for uploads and saving what was uploaded: documents and photos of messages."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters


def docs_get_messages_upload_server(community: Community, parameters: Parameters) -> dict[str, str]:
    """A one-time address for a document that will belong to the peer."""
    community.needs("docs")
    if parameters.text("type", "doc") not in ("doc", "audio_message", "graffiti"):
        raise ApiError(100, "type is invalid")
    return {"upload_url": community.files.slot("doc", _owner(community, parameters))}


def docs_get_upload_server(community: Community, parameters: Parameters) -> dict[str, str]:
    """A one-time address for a document of the community."""
    community.needs("docs")
    if parameters.has("group_id"):
        community.own_group(parameters.integer("group_id"))
    return {"upload_url": community.files.slot("doc", -community.group_id)}


def docs_save(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Make a document of an uploaded file, once."""
    community.needs("docs")
    ticket = parameters.required("file")
    try:
        saved = community.files.save("doc", ticket, parameters.text("title"))
    except LookupError:
        raise ApiError(105) from None
    return {"type": "doc", "doc": saved.described(community.files.host)}


def photos_get_messages_upload_server(community: Community, parameters: Parameters) -> dict[str, Any]:
    """A one-time address for a photo; without a peer it will lie in the community's hidden album."""
    community.needs("photos")
    upload_url = community.files.slot("photo", _owner(community, parameters))
    return {"upload_url": upload_url, "album_id": -64, "user_id": 0, "group_id": community.group_id}


def photos_save_messages_photo(community: Community, parameters: Parameters) -> list[dict[str, Any]]:
    """Make a photo of an uploaded file, once."""
    community.needs("photos")
    for name in ("photo", "server"):
        parameters.required(name)
    try:
        saved = community.files.save("photo", parameters.required("hash"))
    except LookupError:
        raise ApiError(121) from None
    return [saved.described(community.files.host)]


def _owner(community: Community, parameters: Parameters) -> int:
    if not parameters.has("peer_id"):
        return -community.group_id
    return community.reachable(parameters.integer("peer_id")).peer_id
