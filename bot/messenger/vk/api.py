"""VK's API on vkbottle: every call in its turn, with a time-out, and with errors that never carry the token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp
import orjson
import vkbottle
from vkbottle.http import AiohttpClient
from yarl import URL

from bot.messenger.pace import Pace
from bot.messenger.replies import Lane
from bot.messenger.vk.errors import TOO_MANY_REQUESTS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

_lane: ContextVar[int] = ContextVar("lane", default=Lane.REPLIES)


class VkError(Exception):
    """VK answered with an error."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"VK error {code}: {text}")
        self.code = code
        self.text = text


class NoAnswer(Exception):
    """VK gave no answer that can be read: a lost connection, a time-out, a page of HTML."""


@contextmanager
def in_lane(lane: int) -> Iterator[None]:
    """Calls made inside wait for their slots in this lane."""
    token = _lane.set(lane)
    try:
        yield
    finally:
        _lane.reset(token)


class _Json:
    """How VK's answers are read. One odd text must not make a whole answer unreadable, which VK would repeat for ever.

    Python's own reader takes what orjson refuses: halves of surrogate pairs, NaN, numbers of any length.
    """

    dumps = staticmethod(orjson.dumps)

    @staticmethod
    def loads(answer: str | bytes) -> Any:
        """Raises ValueError for what is no JSON, or nested beyond reason."""
        try:
            return orjson.loads(answer)
        except orjson.JSONDecodeError:
            try:
                return json.loads(answer)
            except RecursionError:
                raise ValueError("nested beyond reason") from None


class PacedApi(vkbottle.API):
    """vkbottle's API, where every request, also vkbottle's own, waits for its slot.

    The token goes in the body: in the address, where vkbottle puts it, it would end up in errors and proxies' logs.
    vkbottle would repeat a call that got an HTML page; here repeating is the sender's business.
    """

    def __init__(self, token: str, url: str, pace: Pace, answer_within_s: float) -> None:
        super().__init__(token, http_client=_client(answer_within_s))
        self.API_URL = url
        self._answer_within_s = answer_within_s
        self._pace = pace

    async def request(self, method: str, data: dict[str, Any], version: str | None = None) -> dict[str, Any]:
        """VK's answer to a call, `{"response": ...}`. Raises VkError, NoAnswer."""
        await self._pace.slot(_lane.get())
        return await self.call_now(method, data, version=version)

    async def call_now(
        self, method: str, data: dict[str, Any], *, within_s: float | None = None, version: str | None = None
    ) -> dict[str, Any]:
        """As `request`, for a caller that has its slot already, and its own idea of how long VK may take."""
        timeout = aiohttp.ClientTimeout(total=within_s or self._answer_within_s)
        async with self.token_generator as token:
            fields = {**await self.validate_request(dict(data)), "access_token": token}
            fields["v"] = version or self.API_VERSION
        try:
            async with self.http_client.request(  # type: ignore[attr-defined]
                self.API_URL + method, method="POST", data=_form(fields), headers=FORM, timeout=timeout
            ) as response:
                content = await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NoAnswer(f"{method}: {type(error).__name__}") from None
        return self._read(method, content)

    def _read(self, method: str, content: bytes) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = _Json.loads(content)
            error = answer.get("error")
        except (ValueError, AttributeError):
            raise NoAnswer(f"{method}: an answer that is not JSON") from None
        if error is None and "response" in answer:
            return answer
        code, text = _code_and_text(error)
        if code == TOO_MANY_REQUESTS:
            self._pace.slow_down()
        raise VkError(code, text)


def _client(answer_within_s: float) -> AiohttpClient:
    timeout = aiohttp.ClientTimeout(total=answer_within_s)
    # The protocol asks for files' functions too, which are never called.
    return AiohttpClient(json_processing_module=_Json, timeout=timeout)  # type: ignore[arg-type]


def _form(fields: dict[str, Any]) -> bytes:
    """The fields as a form's body. aiohttp quotes it sign by sign in Python, 30 µs a message; yarl does so in C."""
    return URL.build(query={name: str(value) for name, value in fields.items()}).raw_query_string.encode()


def _code_and_text(error: Any) -> tuple[int, str]:
    if not isinstance(error, dict):
        return 1, "neither an answer nor an error"
    code = error.get("error_code")
    return code if isinstance(code, int) else 1, str(error.get("error_msg", ""))[:150]
