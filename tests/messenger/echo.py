"""A handler for tests of the pipeline alone: it repeats what was said."""

import os
import signal
from typing import Literal

from pydantic import BaseModel

from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Ask, PopUp, Recipe, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work

router = Router()

IDS = {
    "title": "Номера.xlsx",
    "heading": "Номера участников",
    "columns": ["№", "Номер", "Ссылка", "Состояние"],
    "ids": [{"place": 1, "number": "1234-5678-9012", "link": "https://vk.me/ugu", "state": "свободен"}],
}


class Knock(BaseModel, frozen=True, extra="forbid", strict=True):
    """A button that says which knock it was."""

    kind: Literal["knock"] = "knock"
    number: int


class Turn(BaseModel, frozen=True, extra="forbid", strict=True):
    """A button that rewrites the message it hangs below."""

    kind: Literal["turn"] = "turn"
    page: int


class Silence(BaseModel, frozen=True, extra="forbid", strict=True):
    """A button that nobody has anything to say to."""

    kind: Literal["silence"] = "silence"


class NameFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """The outcome of asking for a name."""

    kind: Literal["name-fetched"] = "name-fetched"
    first_name: str
    last_name: str


class NameNotFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """The messenger did not tell the name."""

    kind: Literal["name-not-fetched"] = "name-not-fetched"
    reason: str


class FileFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """A file that the person sent is here."""

    kind: Literal["file-fetched"] = "file-fetched"
    path: str
    title: str
    size: int
    about: int | None = None


class FileNotFetched(BaseModel, frozen=True, extra="forbid", strict=True):
    """A file that the person sent could not be had."""

    kind: Literal["file-not-fetched"] = "file-not-fetched"
    reason: str
    about: int | None = None


ANSWERS: dict[str, Replies] = {
    "кто я": Ask("name"),
    "кнопки": Say("Стучите", Keyboard([[Button("Раз", Knock(number=1)), Button("Два", Knock(number=2))]])),
    "молчи": Say("Молчу", Keyboard([[Button("Тише", Silence())]])),
    "книга": Say("Страница 1", Keyboard([[Button("Дальше", Turn(page=2))]])),
    "номера": Say("Номера", recipe=Recipe("participant-ids", IDS, "Файла нет")),
    "плохой файл": Say("Номера", recipe=Recipe("participant-ids", {"title": "Номера.xlsx"}, "Файла нет")),
    "длинно": Say("слово " * 1500),
}


@router.otherwise("unclear")
def repeat(work: Work) -> Replies:
    text = work.event.content.text
    if text == "упади":
        raise ValueError(f"a handler that always fails, and says to whom: {work.event.user_id}, {text}")
    if text == "умри":
        os.kill(os.getpid(), signal.SIGKILL)
    if work.event.content.attachments and text.isdigit():
        return _asks(work, about=int(text))
    return ANSWERS.get(text, Say(f"Эхо: {text}"))


@router.otherwise("attachment")
def notice(work: Work) -> Replies:
    return _asks(work)


@router.otherwise("stale")
def stale(work: Work) -> Replies:
    return Say("Устарело")


@router.otherwise("personal")
def personal(work: Work) -> Replies:
    return Say(f"Не присылайте: {work.event.content.personal}")


@router.otherwise("failed")
def failed(work: Work) -> Replies:
    return Say("Не получилось")


@router.pressed(Knock, before_consent=True)
def knocked(press: Knock, work: Work) -> Replies:
    return PopUp(f"Тук {press.number}")


@router.pressed(Turn, before_consent=True)
def turned(press: Turn, work: Work) -> Replies:
    return Rewrite(f"Страница {press.page}", Keyboard([[Button("Дальше", Turn(page=press.page + 1))]]))


@router.pressed(Silence, before_consent=True)
def silent(press: Silence, work: Work) -> Replies:
    return None


@router.fetched(NameFetched)
def named(name: NameFetched, work: Work) -> Replies:
    return Say(f"{name.first_name} {name.last_name}")


@router.fetched(NameNotFetched)
def nameless(outcome: NameNotFetched, work: Work) -> Replies:
    return Say(f"Без имени: {outcome.reason}")


@router.fetched(FileFetched)
def filed(file: FileFetched, work: Work) -> Replies:
    return Say(f"{file.title}: {file.size}{_of(file.about)}")


@router.fetched(FileNotFetched)
def unfiled(outcome: FileNotFetched, work: Work) -> Replies:
    return Say(f"Без файла: {outcome.reason}{_of(outcome.about)}")


def _asks(work: Work, **mark: int) -> Replies:
    return [Ask("file", {"url": one.url, "title": one.title, **mark}) for one in work.event.content.attachments]


def _of(about: int | None) -> str:
    return "" if about is None else f" (к {about})"
