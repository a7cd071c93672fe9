"""A teacher's buttons: the application for a class, the classes, the participants' numbers."""

from typing import Literal

from pydantic import BaseModel

from bot.presses.fields import (
    ClassField,
    LabelField,
    PageField,
    PlaceField,
    PupilsField,
    SchoolField,
    SearchField,
)

# --- the menu's entries


class BecomeTeacher(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Я учитель»: begin an application."""

    kind: Literal["become-teacher"] = "become-teacher"


class OpenTeacher(BaseModel, frozen=True, extra="forbid", strict=True):
    """The teacher's part: the classes, or how the application stands, or the beginning of one."""

    kind: Literal["teacher"] = "teacher"


class MyClasses(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Мои классы»."""

    kind: Literal["my-classes"] = "my-classes"
    page: PageField = 0


class OpenReports(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Отчётность»: the only class at once, else the choice."""

    kind: Literal["reports"] = "reports"
    page: PageField = 0


# --- the application


class AddClass(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Добавить класс»: another class, first of all in the same school."""

    kind: Literal["add-class"] = "add-class"


class FindSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Ask again for a school to look for."""

    kind: Literal["find-school"] = "find-school"


class FoundSchools(BaseModel, frozen=True, extra="forbid", strict=True):
    """Turn the pages of a search."""

    kind: Literal["schools"] = "schools"
    words: SearchField
    page: PageField = 0


class ChooseSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """This one."""

    kind: Literal["school"] = "school"
    school: SchoolField


class SchoolMissing(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Моей школы нет»."""

    kind: Literal["no-school"] = "no-school"


class ChangePupils(BaseModel, frozen=True, extra="forbid", strict=True):
    """Correct the number of pupils before the application goes."""

    kind: Literal["change-pupils"] = "change-pupils"
    school: SchoolField
    label: LabelField


class Apply(BaseModel, frozen=True, extra="forbid", strict=True):
    """Send the application as shown."""

    kind: Literal["apply"] = "apply"
    school: SchoolField
    label: LabelField
    pupils: PupilsField


class AskHandOver(BaseModel, frozen=True, extra="forbid", strict=True):
    """The class is somebody else's: ask the coordinator to hand it over."""

    kind: Literal["ask-hand-over"] = "ask-hand-over"
    school: SchoolField
    label: LabelField


class AsksSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for words to find the school by."""

    kind: Literal["asks-school"] = "asks-school"


class AsksMissingSchool(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the name of a school that is not in the list."""

    kind: Literal["asks-missing-school"] = "asks-missing-school"


class AsksLabel(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the class or group."""

    kind: Literal["asks-class"] = "asks-class"
    school: SchoolField


class AsksPupils(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the number of pupils."""

    kind: Literal["asks-pupils"] = "asks-pupils"
    school: SchoolField
    label: LabelField


# --- a class


class OpenClass(BaseModel, frozen=True, extra="forbid", strict=True):
    """One class: how it is doing, what can be done."""

    kind: Literal["class"] = "class"
    class_id: ClassField


class SendPackage(BaseModel, frozen=True, extra="forbid", strict=True):
    """The lesson's files once more."""

    kind: Literal["package"] = "package"
    class_id: ClassField


class ShowNumbers(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Номера участников»: the list, with who took which №."""

    kind: Literal["numbers"] = "numbers"
    class_id: ClassField
    page: PageField = 0


class SendNumbersFile(BaseModel, frozen=True, extra="forbid", strict=True):
    """The same list as a spreadsheet."""

    kind: Literal["numbers-file"] = "numbers-file"
    class_id: ClassField


class MoreNumbers(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Ещё номера»."""

    kind: Literal["more-numbers"] = "more-numbers"
    class_id: ClassField


class AsksMoreNumbers(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for how many more."""

    kind: Literal["asks-more-numbers"] = "asks-more-numbers"
    class_id: ClassField


class ParentConsent(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Согласие родителя»: which № have it, which not yet."""

    kind: Literal["parent-consent"] = "parent-consent"
    class_id: ClassField
    page: PageField = 0


class TickParentConsent(BaseModel, frozen=True, extra="forbid", strict=True):
    """«Согласие родителя получено» for one №, or taken back."""

    kind: Literal["tick-consent"] = "tick-consent"
    class_id: ClassField
    place: PlaceField
    given: bool = True


class AsksConsentPlaces(BaseModel, frozen=True, extra="forbid", strict=True):
    """Waits for the №s of the pupils whose parents agreed."""

    kind: Literal["asks-consents"] = "asks-consents"
    class_id: ClassField
