"""Buttons of «Отчётность»: three reports on a class, the lesson's questions, undoing."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from bot.domain.reports import Practice, ReportStage
from bot.presses.fields import ClassField, PageField, PupilsField


class ClassReports(BaseModel, frozen=True, extra="forbid", strict=True):
    """The three reports of one class."""

    kind: Literal["class-reports"] = "class-reports"
    class_id: ClassField


class MakeReport(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Документы получены», «Готовность к уроку»."""

    kind: Literal["report"] = "report"
    class_id: ClassField
    stage: Literal[ReportStage.DOCUMENTS, ReportStage.READY]


class BeginLesson(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Урок проведен»: begins its questions."""

    kind: Literal["begin-lesson"] = "begin-lesson"
    class_id: ClassField


class OtherLessonDay(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Другой день»: the days to choose from, newest first."""

    kind: Literal["other-day"] = "other-day"
    class_id: ClassField
    page: PageField = 0


class LessonDay(BaseModel, frozen=True, extra="forbid", strict=True):
    """The lesson was on this day."""

    kind: Literal["lesson-day"] = "lesson-day"
    class_id: ClassField
    held_on: date


class Attended(BaseModel, frozen=True, extra="forbid", strict=True):
    """So many came."""

    kind: Literal["attended"] = "attended"
    class_id: ClassField
    held_on: date
    attended: PupilsField


class LessonHeld(BaseModel, frozen=True, extra="forbid", strict=True):
    """The last answer: where the practice is done; makes the report."""

    kind: Literal["lesson-held"] = "lesson-held"
    class_id: ClassField
    held_on: date
    attended: PupilsField
    practice: Practice


class AsksLessonDay(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for a day typed instead of pressed."""

    kind: Literal["asks-lesson-day"] = "asks-lesson-day"
    class_id: ClassField


class AsksAttended(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for how many came."""

    kind: Literal["asks-attended"] = "asks-attended"
    class_id: ClassField
    held_on: date


class UndoReport(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отменить отметку»: by the teacher, while it may be."""

    kind: Literal["undo-report"] = "undo-report"
    class_id: ClassField
    stage: ReportStage


class AskUndo(BaseModel, frozen=True, extra="forbid", strict=True):
    """The teacher's time is over: ask the coordinator to undo it."""

    kind: Literal["ask-undo"] = "ask-undo"
    class_id: ClassField
    stage: ReportStage


class AskCoordinator(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Есть вопрос» about a class."""

    kind: Literal["ask-coordinator"] = "ask-coordinator"
    class_id: ClassField


class AsksQuestion(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the question to the coordinator."""

    kind: Literal["asks-question"] = "asks-question"
    class_id: ClassField
