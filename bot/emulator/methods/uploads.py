"""Addresses for uploads and saving what was uploaded: documents, photos and recordings of messages."""

from typing import Any

from bot.emulator.community import Community
from bot.emulator.dialogues import CONVERSATIONS_FROM
from bot.emulator.errors import ApiError
from bot.emulator.files import Sort
from bot.emulator.parameters import Parameters

UPLOADED_AS: dict[str, Sort] = {"doc": "doc", "graffiti": "doc", "audio_message": "audio_message"}


def docs_get_messages_upload_server(community: Community, parameters: Parameters) -> dict[str, str]:
    """A one-time address for a document or a recording that will belong to the peer."""
    community.needs("docs")
    sort = UPLOADED_AS.get(parameters.text("type", "doc"))
    if sort is None:
        raise ApiError(100, "type is invalid")
    return {"upload_url": community.files.slot(sort, _owner(community, parameters))}


def docs_get_upload_server(community: Community, parameters: Parameters) -> dict[str, str]:
    """A one-time address for a document of the community."""
    community.needs("docs")
    if parameters.has("group_id"):
        community.own_group(parameters.integer("group_id"))
    return {"upload_url": community.files.slot("doc", -community.group_id)}


def docs_save(community: Community, parameters: Parameters) -> dict[str, Any]:
    """Make a document or a voice message of an uploaded file, once."""
    community.needs("docs")
    ticket = parameters.required("file")
    try:
        saved = community.files.save(ticket, "doc", "audio_message", title=parameters.text("title"))
    except LookupError:
        raise ApiError(105) from None
    return saved.attachment(community.files.host)


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
        saved = community.files.save(parameters.required("hash"), "photo")
    except LookupError:
        raise ApiError(121) from None
    return [saved.described(community.files.host)]


def _owner(community: Community, parameters: Parameters) -> int:
    if not parameters.has("peer_id"):
        return -community.group_id
    owner_id = community.reachable(parameters.integer("peer_id")).peer_id
    # A conversation owns no files: what is sent there belongs to the sender.
    return owner_id if owner_id < CONVERSATIONS_FROM else -community.group_id
