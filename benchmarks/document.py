"""The written-down figures: each benchmark has its place between two marks in the document and refreshes only that."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Section


class NoPlace(LookupError):
    """The document has no marks for this benchmark."""


def refresh(document: Path, benchmark: str, sections: Sequence[Section]) -> None:
    """Put the sections in the place of the benchmark's earlier ones. Raises NoPlace."""
    begins, ends = f"<!-- {benchmark} -->", f"<!-- /{benchmark} -->"
    written = document.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(begins)}.*?{re.escape(ends)}", re.DOTALL)
    if not place.search(written):
        raise NoPlace(f"{document}: no {begins} … {ends}")
    parts = [begins, *(section.markdown() for section in sections), f"*{_where_and_when()}*", "", ends]
    document.write_text(place.sub(lambda _: "\n".join(parts), written), encoding="utf-8")


def _where_and_when() -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine}."
