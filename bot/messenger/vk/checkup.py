"""Whether the community's token, its rights and its Long Poll are as the bot needs them."""

from collections.abc import AsyncIterator

from bot.messenger.vk.api import NoAnswer, VkError
from bot.messenger.vk.community import EVENTS, Community

# What the bot calls: sending, files, and its own Long Poll settings.
RIGHTS = ("messages", "docs", "photos", "manage")


async def checkup(community: Community) -> AsyncIterator[tuple[str, str | None]]:
    """What was looked at, and what to do about it (None: it is fine)."""
    ask = community.api.request
    try:
        group = (await ask("groups.getById", {}))["response"]["groups"][0]
        yield f"VK community: {group['name']} ({group['screen_name']})", None
        granted = (await ask("groups.getTokenPermissions", {}))["response"]["permissions"]
        missing = [right for right in RIGHTS if right not in {one["name"] for one in granted}]
        yield "VK token's rights", f"lacks {', '.join(missing)}; make a new token with them" if missing else None
        state = (await ask("groups.getLongPollSettings", {"group_id": group["id"]}))["response"]
        off = [event for event in EVENTS if not state["events"].get(event)]
        yield "VK Long Poll", "is off; `ugubot run` switches it on" if off or not state["is_enabled"] else None
    except (VkError, NoAnswer) as error:
        yield "VK", f"{error}; check UGUBOT_VK_TOKEN and UGUBOT_VK_API_URL"
