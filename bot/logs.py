"""What the operator reads: one line per happening, without tokens, texts or names."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# VK's tokens (older ones are 85 hexadecimal digits), whatever a library writes as a parameter of an address, and the
# user and password before an address's host.
_SECRET = re.compile(
    r"vk1\.[A-Za-z0-9._-]+|\b[0-9a-f]{85}\b|(?<=access_token=)[^&\s'\"]+|(?<=[?&]key=)[^&\s'\"]+"
    r"|(?<=://)[^\s/@'\"]+(?=@)"
)


def described(error: BaseException) -> dict[str, str]:
    """What failed and where in the bot, without the text: exceptions quote what people wrote."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/bot/" in frame.filename]
    places = [f"{frame.filename.rpartition('/bot/')[2]}:{frame.lineno} {frame.name}" for frame in ours[-1:]]
    return {"error": type(error).__name__, "place": "".join(places)}


def configure(level: str) -> None:
    """Log from this level on to the standard error stream."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.set_exc_info,
            structlog.processors.format_exc_info,
            without_tokens,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries quote addresses and parameters in their lines; ours say what matters.
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_tokens_in_record)
    for name in ("vkbottle", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)


def without_tokens(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Black out anything that looks like a token or a password, wherever it came from."""
    for key, value in event.items():
        if not isinstance(value, int | float | None):
            event[key] = _SECRET.sub("…", value if isinstance(value, str) else repr(value))
    return event


def _without_tokens_in_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
    if record.exc_info:
        # Formatted here, once: what a handler would append by itself goes through no filter.
        record.exc_text = _SECRET.sub("…", logging.Formatter().formatException(record.exc_info))
    return True
