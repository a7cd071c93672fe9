"""Documents, photos and voice messages: one-time upload addresses, uploaded bytes, saved attachments, downloads.

The way of a file is VK's: ask for an address, post the file there, save what the address answered. Each step works
once.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, get_args

from bot.emulator import pictures, voices
from bot.emulator.errors import ApiError

LARGEST = 200 * 1024 * 1024
LARGEST_PHOTO = 50 * 1024 * 1024
MOST_OPEN_SLOTS = 10_000
LONGEST_TITLE = 128
REFUSED_EXTENSIONS = frozenset("mp3 exe msi bat cmd com scr apk dll so sh jar".split())
DOCUMENT_TYPES = {
    1: "txt doc docx xls xlsx csv pdf odt ods rtf ppt pptx",
    2: "zip rar 7z gz tar",
    3: "gif",
    4: "jpg jpeg png webp bmp svg",
    5: "ogg wav flac m4a opus",
    6: "mp4 avi mov mkv webm",
    7: "epub fb2 djvu",
}
UNKNOWN_TYPE = 8
TYPE_OF = {extension: number for number, extensions in DOCUMENT_TYPES.items() for extension in extensions.split()}
REFERENCE = re.compile(r"(doc|photo|audio_message)(-?\d{1,18})_(\d{1,18})(?:_([0-9A-Za-z]{1,64}))?")

Sort = Literal["doc", "photo", "audio_message"]
SORTS: dict[str, Sort] = {sort: sort for sort in get_args(Sort)}


class UploadRefused(Exception):
    """What an upload address answers to a file that it does not take."""


@dataclass(slots=True)
class StoredFile:
    """A saved document, photo or voice message."""

    sort: Sort
    id: int
    owner_id: int
    access_key: str
    title: str
    ext: str
    date: int
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def path(self) -> str:
        """Where it is downloaded; the key makes the address impossible to guess."""
        return f"/files/{self.sort}{self.owner_id}_{self.id}/{self.access_key}"

    def attachment(self, host: str) -> dict[str, Any]:
        """The file inside a message. host: this emulator's own address."""
        return {self.sort: self.described(host), "type": self.sort}

    def described(self, host: str) -> dict[str, Any]:
        """VK's object for a document, a photo or a voice message."""
        known = {"id": self.id, "owner_id": self.owner_id, "date": self.date, "access_key": self.access_key}
        url = host + self.path
        if self.sort == "doc":
            kind = TYPE_OF.get(self.ext, UNKNOWN_TYPE)
            return known | {"title": self.title, "size": self.size, "ext": self.ext, "type": kind, "url": url}
        if self.sort == "audio_message":
            told = {name: known[name] for name in ("id", "owner_id", "access_key")}
            told |= {"duration": self.duration, "waveform": voices.waveform(self.sha256)}
            return told | {"link_ogg": url, "link_mp3": url}
        size = {"type": "x", "url": url, "width": self.width, "height": self.height}
        return known | {"album_id": -64, "sizes": [size], "text": "", "has_tags": False}


@dataclass(frozen=True, slots=True)
class _Uploaded:
    sort: Sort
    owner_id: int
    name: str
    sha256: str
    size: int
    width: int = 0
    height: int = 0
    duration: int = 0


@dataclass(slots=True)
class FileStore:
    """Every file of the local VK. Contents are kept once per content."""

    group_id: int
    now: Callable[[], float]
    host: str = ""
    files: dict[tuple[Sort, int], StoredFile] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    next_id: int = 1
    _slots: dict[str, tuple[Sort, int]] = field(default_factory=dict)
    _uploaded: dict[str, _Uploaded] = field(default_factory=dict)

    def slot(self, sort: Sort, owner_id: int) -> str:
        """A fresh upload address, good for one file of that owner."""
        token = secrets.token_urlsafe(24)
        self._slots[token] = (sort, owner_id)
        if len(self._slots) > MOST_OPEN_SLOTS:
            self._slots.pop(next(iter(self._slots)))
        return f"{self.host}/upload/{sort}/{token}"

    def take_slot(self, sort: str, token: str) -> tuple[Sort, int]:
        """Use an upload address up and tell what comes and whose it is. Raises UploadRefused."""
        known = self._slots.get(token)
        if known is None or known[0] != sort:
            raise UploadRefused("upload url is unknown or used")
        del self._slots[token]
        return known

    def receive(self, sort: Sort, owner_id: int, name: str, content: bytes) -> dict[str, Any]:
        """Take an uploaded file; the answer goes into the method that saves its sort. Raises UploadRefused."""
        match sort:
            case "doc":
                return self.receive_document(owner_id, name, content)
            case "photo":
                return self.receive_photo(owner_id, name, content)
            case "audio_message":
                if not voices.is_ogg(content):
                    raise UploadRefused("a voice message should be Ogg")
                return self.receive_voice(owner_id, name, content)

    def receive_document(self, owner_id: int, name: str, content: bytes) -> dict[str, Any]:
        """Take an uploaded document; the answer goes into `docs.save`. Raises UploadRefused."""
        ext = extension(name)
        if not content or ext in REFUSED_EXTENSIONS:
            raise UploadRefused("file is empty" if not content else "file type is not allowed")
        return self._ticket(_Uploaded("doc", owner_id, name, self._keep(content), len(content)))

    def receive_voice(self, owner_id: int, name: str, content: bytes) -> dict[str, Any]:
        """Take a recording; the answer goes into `docs.save`. Raises UploadRefused."""
        if not content:
            raise UploadRefused("file is empty")
        duration = voices.duration(content)
        kept = self._keep(content)
        return self._ticket(_Uploaded("audio_message", owner_id, name, kept, len(content), duration=duration))

    def receive_photo(self, owner_id: int, name: str, content: bytes) -> dict[str, Any]:
        """Take an uploaded photo; the answer goes into `photos.saveMessagesPhoto`. Raises UploadRefused."""
        try:
            width, height = pictures.measured(content)
        except ValueError as wrong:
            raise UploadRefused(str(wrong)) from None
        if len(content) > LARGEST_PHOTO or width + height > 14_000 or max(width, height) > 20 * min(width, height):
            raise UploadRefused("photo is too large or too narrow")
        token = secrets.token_hex(16)
        self._uploaded[token] = _Uploaded("photo", owner_id, name, self._keep(content), len(content), width, height)
        return {"server": 1, "photo": f'[{{"photo":"{token}","sizes":[]}}]', "hash": token}

    def save(self, ticket: str, *sorts: Sort, title: str = "") -> StoredFile:
        """Make an attachment of an uploaded file of one of these sorts. Raises LookupError for an unknown or used
        answer."""
        if self._uploaded[ticket].sort not in sorts:
            raise LookupError(ticket)
        return self._save(self._uploaded.pop(ticket), title)

    def add(self, sort: Sort, owner_id: int, name: str, content: bytes) -> StoredFile:
        """A file that a person sends from the app, which records voice in its own way. Raises UploadRefused."""
        record = self.receive_voice if sort == "audio_message" else partial(self.receive, sort)
        answer = record(owner_id, name, content)
        return self.save(answer["hash" if sort == "photo" else "file"], sort)

    def attached(self, reference: str, peer_id: int) -> StoredFile:
        """The file that `doc-1_2_key` names in a message to that peer. Raises ApiError 100 if it may not be sent."""
        match = REFERENCE.fullmatch(reference)
        if match is None:
            raise ApiError(100, "attachment is invalid")
        stored = self.files.get((SORTS[match[1]], int(match[3])))
        if stored is None or stored.owner_id != int(match[2]):
            raise ApiError(100, "attachment is unknown")
        if match[4] != stored.access_key and (match[4] or stored.owner_id not in (peer_id, -self.group_id)):
            raise ApiError(100, "attachment needs its access_key")
        return stored

    def opened(self, name: str, access_key: str) -> tuple[StoredFile, bytes] | None:
        """The stored file under a download address and its content."""
        match = REFERENCE.fullmatch(name)
        stored = self.files.get((SORTS[match[1]], int(match[3]))) if match else None
        if match is None or stored is None or stored.owner_id != int(match[2]):
            return None
        if not secrets.compare_digest(stored.access_key.encode(), access_key.encode()):
            return None
        return stored, self.contents[stored.sha256]

    def _ticket(self, uploaded: _Uploaded) -> dict[str, Any]:
        marks = f"{secrets.randbelow(10**6)}|{secrets.token_hex(10)}|{extension(uploaded.name)}"
        ticket = f"{uploaded.owner_id}|0|0|{marks}|{uploaded.size}|{uploaded.name}"
        self._uploaded[ticket] = uploaded
        return {"file": ticket}

    def _keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.contents.setdefault(sha256, content)
        return sha256

    def _save(self, uploaded: _Uploaded, title: str) -> StoredFile:
        stored = StoredFile(
            sort=uploaded.sort,
            id=self.next_id,
            owner_id=uploaded.owner_id,
            access_key=secrets.token_hex(9),
            title=(title or uploaded.name)[:LONGEST_TITLE],
            ext=extension(uploaded.name),
            date=int(self.now()),
            size=uploaded.size,
            sha256=uploaded.sha256,
            width=uploaded.width,
            height=uploaded.height,
            duration=uploaded.duration,
        )
        self.next_id += 1
        self.files[(stored.sort, stored.id)] = stored
        return stored


def extension(name: str) -> str:
    """The end of a file's name in lower case, empty if there is none."""
    stem, dot, end = name.rpartition(".")
    return end.lower()[:10] if dot and stem and end.isalnum() else ""
