"""The buttons of reminders: putting off, what may be muted, and a coordinator's «Напомнить всем»."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel

from bot.domain.duties import NEWS
from bot.domain.reports import ReportStage
from bot.presses.fields import MunicipalityField, ReminderField, SchoolField


def _known(news: str) -> str:
    if news not in NEWS:
        raise ValueError("no such kind of news")
    return news


NewsField = Annotated[str, AfterValidator(_known)]
"""A kind of news that may be muted."""


class PutOff(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Завтра», «Через 3 дня» below a reminder; None: typed, and meant for the newest one."""

    kind: Literal["put-off"] = "put-off"
    reminder: ReminderField | None = None
    days: Literal[1, 3]


class OpenReminders(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Напоминания»: what comes by itself, and what of it is wanted."""

    kind: Literal["reminders"] = "reminders"


class Want(BaseModel, frozen=True, extra="forbid", strict=True):
    """A kind of news on or off."""

    kind: Literal["want"] = "want"
    news: NewsField
    wanted: bool


class RemindAll(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Напомнить всем»: all teachers of a list of «Кто не отчитался»."""

    kind: Literal["remind-all"] = "remind-all"
    stage: ReportStage
    municipality: MunicipalityField | None = None
    school: SchoolField | None = None
