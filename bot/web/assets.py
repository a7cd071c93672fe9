"""The page's scripts and styles, in memory, at addresses that change whenever one of them does.

A page that stays open for a day outlives a new version of the bot; by the version in the stream it notices, and loads
itself anew.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    content: bytes
    content_type: str


class Assets:
    """All files of `static/`; version: a digest over them and the templates."""

    def __init__(self) -> None:
        static = sorted((FOLDER / "static").iterdir())
        self._assets = {file.name: Asset(file.read_bytes(), _TYPES[file.suffix]) for file in static}
        drawn_by = sorted((FOLDER / "templates").iterdir())
        self.version = sha256(b"\0".join(file.read_bytes() for file in [*static, *drawn_by])).hexdigest()[:12]

    @property
    def modules(self) -> list[str]:
        """The scripts that `app.js` imports, to be fetched all at once."""
        return [name for name in self._assets if name.endswith(".js") and name not in ("app.js", "theme.js")]

    def named(self, name: str) -> Asset | None:
        """The file of that name."""
        return self._assets.get(name)
