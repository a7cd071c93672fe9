"""What several conversations say alike: the beginning of a class with its files and numbers, an application's card."""

from datetime import datetime

from bot.domain.links import CardRef, link
from bot.domain.participant_ids import shown
from bot.domain.roles import Grant, Municipality, School
from bot.handlers.staff.buttons import class_button, class_or_menu, main_menu_of, reports_button
from bot.handlers.staff.involved import introduction
from bot.messenger.keyboards import Button, Keyboard, column
from bot.messenger.replies import Address, Recipe, Say
from bot.messenger.work import Work
from bot.presses.teachers import SendNumbersFile, SendPackage
from bot.storage import classes, participant_ids, roles, schools
from bot.storage.applications import Application
from bot.storage.classes import SchoolClass
from bot.storage.participant_ids import ClassNumber
from bot.storage.schools import ListedSchool
from bot.wording import say, say_moment


def school_line(locale: str, school: ListedSchool) -> str:
    """The school so that it is told from its namesakes."""
    return say(locale, "school-line", name=school.name, settlement=school.settlement, municipality=school.municipality)


def moment(work: Work, locale: str, at: datetime) -> str:
    """The instant on the campaign's wall clock."""
    return say_moment(locale, at, work.campaign.calendar.zone)


def beginning(work: Work, school_class: SchoolClass, locale: str, to: Address | None) -> list[Say]:
    """All that a teacher gets when a class is confirmed: what pupils bring, the lesson's files, the numbers.

    The first letter brings the teacher's menu, which a new message alone can change.
    """
    confirmed = say(
        locale,
        "class-confirmed",
        label=school_class.shown,
        school=school_line(locale, school_class.school),
        info=work.campaign.info_url,
    )
    return [
        Say(confirmed, _teachers_menu(work, school_class, locale), to=to),
        *_files(work, school_class, locale, to),
        Say(
            numbers_text(work, school_class, locale),
            column(reports_button(locale, school_class), class_button(locale, school_class)),
            numbers_file(work, school_class, locale),
            to,
        ),
    ]


def _teachers_menu(work: Work, school_class: SchoolClass, locale: str) -> Keyboard | None:
    teacher = school_class.teacher
    return None if teacher is None else main_menu_of(locale, roles.actor(work.conn, teacher))


def package(work: Work, school_class: SchoolClass, locale: str) -> list[Say]:
    """The lesson's files once more, with what pupils bring."""
    bring = say(locale, "what-pupils-bring", info=work.campaign.info_url)
    onward = Keyboard([class_or_menu(locale, school_class)])
    return [*_files(work, school_class, locale, None), Say(bring, onward)]


def _files(work: Work, school_class: SchoolClass, locale: str, to: Address | None) -> list[Say]:
    """One message a file, which is uploaded once for everybody."""
    retry = column(Button(say(locale, "button-package-again"), SendPackage(class_id=school_class.id)))
    return [
        Say(
            say(locale, "package-file", title=file.title),
            recipe=Recipe(
                "package-file",
                {"title": f"{file.title}{file.file.suffix}", "path": str(file.file)},
                say(locale, "package-file-failed", title=file.title),
                retry,
                for_everybody=True,
            ),
            to=to,
        )
        for file in work.campaign.package
    ]


def numbers_text(work: Work, school_class: SchoolClass, locale: str, *, since: int = 1) -> str:
    """The numbers from № `since` on, to copy from: one line each."""
    numbers = [one for one in participant_ids.of_class(work.conn, school_class.id) if one.place >= since]
    lines = "\n".join(say(locale, "number-new", place=one.place, number=shown(one.number)) for one in numbers)
    return say(locale, "numbers-issued", label=school_class.shown, issued=len(numbers), lines=lines)


def numbers_file(work: Work, school_class: SchoolClass, locale: str) -> Recipe:
    """The same as a spreadsheet, with the link behind each card."""
    numbers = participant_ids.of_class(work.conn, school_class.id)
    content = {
        "title": say(locale, "numbers-file-title", label=school_class.shown) + ".xlsx",
        "heading": say(
            locale,
            "numbers-file-heading",
            label=school_class.shown,
            school=school_line(locale, school_class.school),
        ),
        "columns": [say(locale, f"numbers-column-{column}") for column in ("place", "number", "link", "state")],
        "ids": [
            {
                "place": one.place,
                "number": shown(one.number),
                "link": link(work.link_base, CardRef(one.number)),
                "state": state_of(one, locale),
            }
            for one in numbers
        ],
    }
    retry = column(Button(say(locale, "button-file-again"), SendNumbersFile(class_id=school_class.id)))
    return Recipe("participant-ids", content, say(locale, "numbers-file-failed"), retry)


def state_of(number: ClassNumber, locale: str) -> str:
    """Who took it, as far as they show themselves."""
    if number.claimed_at is None:
        return say(locale, "number-free")
    return say(locale, "number-taken-by", name=number.taken_by) if number.taken_by else say(locale, "number-taken")


def application_card(work: Work, application: Application, locale: str) -> str:
    """All that a coordinator decides by: who, which class, how many, against what the list says."""
    school = application.school
    return say(
        locale,
        "application-card",
        who=introduction(work, application.person, locale),
        school=school_line(locale, school),
        label=application.shown,
        pupils=application.pupils,
        listed=schools.pupils_listed(work.conn, school.id, application.label) or 0,
        issued=classes.numbers_issued(work.conn, school.id),
        of=schools.pupils_of_school(work.conn, school.id),
        at=moment(work, locale, application.applied_at),
    )


def grant_line(work: Work, grant: Grant, locale: str) -> str:
    """A role with its scope, in words: «координатор школы СОШ № 5, Ставрополь»."""
    match grant.scope:
        case School(school_id):
            school = schools.school(work.conn, school_id)
            place = "" if school is None else school_line(locale, school)
            return say(locale, "grant-school", role=grant.role.value, place=place)
        case Municipality(municipality_id):
            municipality = schools.municipality(work.conn, municipality_id)
            place = "" if municipality is None else municipality.name
            return say(locale, "grant-municipality", role=grant.role.value, place=place)
        case _:
            return say(locale, "grant-region", role=grant.role.value)
