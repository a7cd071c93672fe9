"""One request to a Callback server and how VK reads its answer."""

import asyncio
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import aiohttp

LONGEST_ANSWER = 1000
POSTPONING = (410, 429, 503)
LONGEST_POSTPONEMENT_S = 3 * 3600


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; without a status it said nothing in time."""

    status: int | None = None
    text: str = ""
    retry_after: str = ""

    def says(self, text: str) -> bool:
        """Whether it is exactly this, with status 200: VK forgives no space and no line end."""
        return self.status == 200 and self.text == text

    @property
    def version(self) -> str:
        """The version that the server wishes to be told events in, or nothing."""
        word, _, version = self.text.partition(" ")
        return version if self.status == 200 and word == "version" else ""

    def postponed_s(self, now: float) -> float | None:
        """Seconds that the server asked to be left alone for; None if it did not, or for three hours or more."""
        if self.status not in POSTPONING:
            return None
        seconds = _seconds(self.retry_after.strip(), now)
        return seconds if seconds is not None and 0 <= seconds < LONGEST_POSTPONEMENT_S else None


async def posted(session: aiohttp.ClientSession, url: str, body: bytes, retry: int, within_s: float) -> Answer:
    """Send an event; redirects are not followed, of an endless answer only the beginning is read."""
    headers = {"Content-Type": "application/json"}
    if retry:
        headers["X-Retry-Counter"] = str(retry)
    try:
        async with (
            asyncio.timeout(within_s),
            session.post(url, data=body, headers=headers, allow_redirects=False) as response,
        ):
            text = (await _beginning(response.content)).decode(errors="replace")
            return Answer(response.status, text, response.headers.get("Retry-After", ""))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return Answer()


async def _beginning(content: aiohttp.StreamReader) -> bytes:
    try:
        return await content.readexactly(LONGEST_ANSWER)
    except asyncio.IncompleteReadError as whole:
        return whole.partial


def _seconds(told: str, now: float) -> float | None:
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        instant = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.timestamp() - now
