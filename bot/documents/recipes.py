"""Which documents there are, and making one from its recipe."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot import wording
from bot.documents import (
    funnel,
    package_file,
    participant_ids,
    picture,
    session_protocol_pdf,
    session_protocol_xlsx,
)

MAKERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "funnel": funnel.picture,
    "package-file": package_file.as_it_is,
    "participant-ids": participant_ids.workbook,
    "session-picture": picture.reencoded,
    "session-protocol-pdf": session_protocol_pdf.document,
    "session-protocol-xlsx": session_protocol_xlsx.workbook,
}

LONGEST_TITLE = 120


class UnknownDocument(LookupError):
    """The recipe was written by another version of the bot: no such document is made here."""


@dataclass(frozen=True)
class File:
    """A finished file. title: its name for people, with the extension, safe on every system."""

    title: str
    content: bytes


def begin(niceness: int, texts: Mapping[str, str]) -> None:
    """Begin the process that makes files: behind everybody who waits for an answer, in the campaign's own words.

    Here, and not where the process is started: what its first call is imported with, every such process imports.
    """
    os.nice(niceness)
    if texts:
        wording.override(texts)


def build(document: str, content: Mapping[str, Any]) -> File:
    """Make the file; content is the recipe's JSON, `title` in it the file's name.

    Works in a child process: argument and result can be pickled, nothing else is read.
    Raises UnknownDocument, and pydantic's ValidationError for a recipe that does not fit the document.
    """
    if document not in MAKERS:
        raise UnknownDocument(document)
    return File(file_name(str(content.get("title", document))), MAKERS[document](content))


def file_name(title: str) -> str:
    """The title without what a file's name cannot hold on some system; the extension survives a cut."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f]+', "_", title).strip(" .") or "_"
    stem, dot, extension = plain.rpartition(".")
    return plain if len(plain) <= LONGEST_TITLE else f"{stem[: LONGEST_TITLE - len(extension) - 1]}{dot}{extension}"
