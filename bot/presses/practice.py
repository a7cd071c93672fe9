"""Buttons of «Практика»: who of a class has done the practical task."""

from typing import Literal

from pydantic import BaseModel

from bot.presses.fields import ClassField, PageField, PlaceField, ReportField


class ChoosePractice(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Практика»: the only class at once, else the choice."""

    kind: Literal["practice"] = "practice"
    page: PageField = 0


class OpenPractice(BaseModel, frozen=True, extra="forbid", strict=True):
    """The list of one class; page: of its № buttons."""

    kind: Literal["class-practice"] = "class-practice"
    class_id: ClassField
    page: PageField = 0


class MarkPractice(BaseModel, frozen=True, extra="forbid", strict=True):
    """This № has done it, or not; None: takes back what was said.

    What becomes of the mark, not "the other way round": of two messages with the same button both mean the same.
    lesson: the report whose list it is, so that a button of a lesson that was undone changes nothing in the next.
    """

    kind: Literal["mark-practice"] = "mark-practice"
    class_id: ClassField
    lesson: ReportField
    place: PlaceField
    done: bool | None


class SavePractice(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Сохранить», «Все выполнили», «Остальные не выполнили»: the list is complete, with everybody else so."""

    kind: Literal["save-practice"] = "save-practice"
    class_id: ClassField
    lesson: ReportField
    rest_done: bool


class AsksPractice(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for № typed instead of tapped."""

    kind: Literal["asks-practice"] = "asks-practice"
    class_id: ClassField
    lesson: ReportField
