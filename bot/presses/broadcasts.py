"""A coordinator's buttons of «Рассылка»: whom, what, the preview, and what is done with one that is under way."""

from typing import Literal

from pydantic import BaseModel

from bot.domain.broadcasts import BroadcastState, ReportsSoFar
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId
from bot.presses.fields import BroadcastField, MunicipalityField, PageField, SchoolField, SearchField

# --- a draft


class OpenBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Рассылка»: to which role?"""

    kind: Literal["broadcast"] = "broadcast"


class ComposeBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """Begin to write to everybody of a role, or go on with the draft there is."""

    kind: Literal["broadcast-to"] = "broadcast-to"
    role: Audience


class AddressBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Кому»: to whom the draft goes, and what narrows it."""

    kind: Literal["broadcast-whom"] = "broadcast-whom"
    broadcast: BroadcastField


class NarrowBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """To one municipality or school alone; with neither, to all that the person coordinates."""

    kind: Literal["broadcast-where"] = "broadcast-where"
    broadcast: BroadcastField
    municipality: MunicipalityField | None = None
    school: SchoolField | None = None


class ListBroadcastMunicipalities(BaseModel, frozen=True, extra="forbid", strict=True):
    """Which municipality?"""

    kind: Literal["broadcast-municipality"] = "broadcast-municipality"
    broadcast: BroadcastField
    page: PageField = 0


class FindBroadcastSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Which school? words: what was typed to find it."""

    kind: Literal["broadcast-school"] = "broadcast-school"
    broadcast: BroadcastField
    words: SearchField | None = None
    page: PageField = 0


class AsksBroadcastSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for words to find the school by."""

    kind: Literal["asks-broadcast-school"] = "asks-broadcast-school"
    broadcast: BroadcastField


class ListReportsSoFar(BaseModel, frozen=True, extra="forbid", strict=True):
    """Which teachers, by their reports?"""

    kind: Literal["broadcast-reports"] = "broadcast-reports"
    broadcast: BroadcastField


class NarrowByReports(BaseModel, frozen=True, extra="forbid", strict=True):
    """Only teachers whose classes have come so far."""

    kind: Literal["broadcast-by-reports"] = "broadcast-by-reports"
    broadcast: BroadcastField
    so_far: ReportsSoFar


class WriteBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Изменить текст»."""

    kind: Literal["broadcast-text"] = "broadcast-text"
    broadcast: BroadcastField


class AsksBroadcastText(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the text."""

    kind: Literal["asks-broadcast-text"] = "asks-broadcast-text"
    broadcast: BroadcastField


class PreviewBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """The text as recipients read it, and what sending it means."""

    kind: Literal["broadcast-preview"] = "broadcast-preview"
    broadcast: BroadcastField


class TryBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Проверить на себе»."""

    kind: Literal["broadcast-try"] = "broadcast-try"
    broadcast: BroadcastField


class DiscardBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отменить» below a preview: the draft is forgotten."""

    kind: Literal["broadcast-discard"] = "broadcast-discard"
    broadcast: BroadcastField


class SendBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отправить»."""

    kind: Literal["broadcast-send"] = "broadcast-send"
    broadcast: BroadcastField


# --- one that was sent off


class PauseBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Пауза»: what waits goes on waiting."""

    kind: Literal["broadcast-pause"] = "broadcast-pause"
    broadcast: BroadcastField


class ResumeBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Продолжить»."""

    kind: Literal["broadcast-resume"] = "broadcast-resume"
    broadcast: BroadcastField


class CancelBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Остановить»: who has not got it yet gets nothing."""

    kind: Literal["broadcast-cancel"] = "broadcast-cancel"
    broadcast: BroadcastField


class OpenBroadcasts(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Мои рассылки»."""

    kind: Literal["broadcasts"] = "broadcasts"
    page: PageField = 0


class ShowBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """How far one has come."""

    kind: Literal["broadcast-show"] = "broadcast-show"
    broadcast: BroadcastField


class ListMissed(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Кому не дошло»."""

    kind: Literal["broadcast-missed"] = "broadcast-missed"
    broadcast: BroadcastField
    page: PageField = 0


class RepeatBroadcast(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Ещё раз этим»: a new draft for those whom it was refused for."""

    kind: Literal["broadcast-again"] = "broadcast-again"
    broadcast: BroadcastField


Control = PreviewBroadcast | PauseBroadcast | ResumeBroadcast | CancelBroadcast | ListMissed | RepeatBroadcast


def steps(broadcast: BroadcastId, state: BroadcastState, *, not_reached: int, refused: int) -> list[Control]:
    """What can be done with a broadcast that stands there; each button is labelled by `button-<kind>`."""
    match state:
        case BroadcastState.DRAFT:
            return [PreviewBroadcast(broadcast=broadcast)]
        case BroadcastState.LISTING | BroadcastState.SENDING:
            return [PauseBroadcast(broadcast=broadcast), CancelBroadcast(broadcast=broadcast)]
        case BroadcastState.PAUSED:
            return [ResumeBroadcast(broadcast=broadcast), CancelBroadcast(broadcast=broadcast)]
        case BroadcastState.FINISHED | BroadcastState.CANCELLED:
            missed: list[Control] = [ListMissed(broadcast=broadcast)] if not_reached else []
            return [*missed, RepeatBroadcast(broadcast=broadcast)] if refused else missed
