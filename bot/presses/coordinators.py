"""A coordinator's buttons: applications, who has not reported, decisions about classes."""

from typing import Literal

from pydantic import BaseModel

from bot.domain.reports import ReportStage
from bot.presses.fields import ApplicationField, ClassField, MunicipalityField, PageField, PupilsField, SchoolField

# --- the menu's entries


class OpenApplications(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Заявки»: what waits for a decision."""

    kind: Literal["applications"] = "applications"
    page: PageField = 0


class WhoHasNotReported(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Кто не отчитался»; narrowed by stage, municipality, school."""

    kind: Literal["not-reported"] = "not-reported"
    stage: ReportStage | None = None
    municipality: MunicipalityField | None = None
    school: SchoolField | None = None
    page: PageField = 0


class OpenSummary(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Сводка»: how far the classes of the scope have come."""

    kind: Literal["summary"] = "summary"


class OpenSummaryByPlace(BaseModel, frozen=True, extra="forbid", strict=True):
    """«По муниципалитетам»: the same, one line a municipality."""

    kind: Literal["summary-by-place"] = "summary-by-place"
    page: PageField = 0


class DrawSummary(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Картинкой»: the funnel as a picture."""

    kind: Literal["summary-picture"] = "summary-picture"


class SchoolsWithoutTeacher(BaseModel, frozen=True, extra="forbid", strict=True):
    """Schools of the list where nobody has been confirmed as teacher."""

    kind: Literal["schools-without-teacher"] = "schools-without-teacher"
    page: PageField = 0


# --- applications


class OpenApplication(BaseModel, frozen=True, extra="forbid", strict=True):
    """One application."""

    kind: Literal["application"] = "application"
    application: ApplicationField


class ConfirmApplication(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Подтвердить»."""

    kind: Literal["confirm-application"] = "confirm-application"
    application: ApplicationField


class RefuseApplication(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отклонить»: asks for the reason."""

    kind: Literal["refuse-application"] = "refuse-application"
    application: ApplicationField


class AsksRefusalReason(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the reason of a refusal."""

    kind: Literal["asks-refusal-reason"] = "asks-refusal-reason"
    application: ApplicationField


# --- classes


class ChooseMunicipality(BaseModel, frozen=True, extra="forbid", strict=True):
    """Narrow «Кто не отчитался» by municipality."""

    kind: Literal["not-reported-where"] = "not-reported-where"
    stage: ReportStage
    page: PageField = 0


class ChooseSchoolOf(BaseModel, frozen=True, extra="forbid", strict=True):
    """Narrow «Кто не отчитался» by school."""

    kind: Literal["not-reported-school"] = "not-reported-school"
    stage: ReportStage
    municipality: MunicipalityField | None = None
    page: PageField = 0


class AcceptAttendance(BaseModel, frozen=True, extra="forbid", strict=True):
    """Yes to a lesson where fewer than half of the class came."""

    kind: Literal["accept-attendance"] = "accept-attendance"
    class_id: ClassField


class UndoForTeacher(BaseModel, frozen=True, extra="forbid", strict=True):
    """Undo a report after the teacher's own time, or say no to a low attendance: asks for the reason."""

    kind: Literal["undo-for-teacher"] = "undo-for-teacher"
    class_id: ClassField
    stage: ReportStage


class AsksUndoReason(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the reason of undoing a report."""

    kind: Literal["asks-undo-reason"] = "asks-undo-reason"
    class_id: ClassField
    stage: ReportStage


class GrantNumbers(BaseModel, frozen=True, extra="forbid", strict=True):
    """Yes to a class with more pupils than the campaign's bound; `pupils` in all."""

    kind: Literal["grant-numbers"] = "grant-numbers"
    class_id: ClassField
    pupils: PupilsField


class DenyNumbers(BaseModel, frozen=True, extra="forbid", strict=True):
    """No to it: asks for the reason."""

    kind: Literal["deny-numbers"] = "deny-numbers"
    class_id: ClassField
    pupils: PupilsField


class AsksDenialReason(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the reason of saying no to more numbers."""

    kind: Literal["asks-denial-reason"] = "asks-denial-reason"
    class_id: ClassField
    pupils: PupilsField
