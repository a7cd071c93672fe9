"""What the operator reads: one line per happening, without tokens, texts or names."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# VK's tokens, and whatever a library writes as a parameter of an address.
_TOKEN = re.compile(r"vk1\.[A-Za-z0-9._-]+|(?<=access_token=)[^&\s'\"]+|(?<=[?&]key=)[^&\s'\"]+")


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
    """Black out anything that looks like a token, wherever it came from."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("…", value)
    return event


def _without_tokens_in_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = _TOKEN.sub("…", record.getMessage()), ()
    return True
