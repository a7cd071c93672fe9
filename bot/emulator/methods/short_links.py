"""utils.getShortLink: the address that vk.cc would give; nothing answers there."""

import hashlib
import secrets

from bot.emulator.community import Community
from bot.emulator.errors import ApiError
from bot.emulator.parameters import Parameters

KEY_LENGTH = 6


def get_short_link(community: Community, parameters: Parameters) -> dict[str, str]:
    """The same short link for the same address, unless it shall be private."""
    url = parameters.required("url")
    if not url.startswith(("http://", "https://")) or len(url.split()) != 1 or not url.partition("://")[2]:
        raise ApiError(100, "url is invalid")
    known = hashlib.sha256(url.encode()).hexdigest()
    key, access_key = known[:KEY_LENGTH], known[-18:]
    if parameters.switch("private"):
        key, access_key = secrets.token_hex(KEY_LENGTH // 2), secrets.token_hex(9)
    return {"short_url": f"https://vk.cc/{key}", "url": url, "key": key, "access_key": access_key}
