"""A file of the lesson package, as the campaign's folder has it: nothing is made, only read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel


class PackageFile(BaseModel, frozen=True, extra="forbid"):
    """The recipe. title: the file's name for people. path: where the campaign file says it is."""

    title: str
    path: Path


def as_it_is(content: Mapping[str, Any]) -> bytes:
    """The file's content. Raises OSError if it is gone since the start checked it."""
    return PackageFile.model_validate(content).path.read_bytes()
