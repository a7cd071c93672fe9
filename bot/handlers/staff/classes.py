"""«Мои классы»: how each class is doing, and what can be done with it; the way in for every teacher."""

from bot.domain.reports import ReportStage
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import menu_button, menu_only, page_buttons, practice_button, reports_button
from bot.handlers.staff.practice import figures as practice_figures
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.reports import ClassReports
from bot.presses.teachers import (
    AddClass,
    BecomeTeacher,
    MoreNumbers,
    MyClasses,
    OpenClass,
    OpenReports,
    OpenTeacher,
    ParentConsent,
    SendPackage,
    ShowNumbers,
)
from bot.storage import applications, classes, reports
from bot.storage.classes import SchoolClass
from bot.wording import say

router = Router()
router.phrase("phrase-my-classes", MyClasses())
router.phrase("phrase-reports", OpenReports())

PER_PAGE = 4


@router.pressed(OpenTeacher)
def open_teacher(press: OpenTeacher, work: Work) -> Replies:
    """The classes, else how the application stands, else the beginning of one."""
    if classes.taught_by(work.conn, work.who) or applications.waiting_of(work.conn, work.who):
        return _listed(work, 0)
    return work.proceed(BecomeTeacher().model_dump_json())


@router.pressed(MyClasses)
def list_classes(press: MyClasses, work: Work) -> Replies:
    return _listed(work, press.page)


@router.pressed(OpenReports)
def choose_for_report(press: OpenReports, work: Work) -> Replies:
    own = classes.taught_by(work.conn, work.who)
    if len(own) == 1:
        return work.proceed(ClassReports(class_id=own[0].id).model_dump_json())
    if not own:
        return _listed(work, 0)
    page = min(press.page, (len(own) - 1) // PER_PAGE)
    shown = own[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows = [[Button(_class_name(work, one), ClassReports(class_id=one.id), Colour.PRIMARY)] for one in shown]
    turning = page_buttons(page, PER_PAGE, len(own), lambda other: OpenReports(page=other))
    return Rewrite(say(work.locale, "reports-which-class"), Keyboard([*rows, turning, [menu_button(work.locale)]]))


def _listed(work: Work, page: int) -> Replies:
    own = classes.taught_by(work.conn, work.who)
    waiting = applications.waiting_of(work.conn, work.who)
    if not own and not waiting:
        begin = Button(say(work.locale, "label-become-teacher"), BecomeTeacher(), Colour.PRIMARY)
        return Rewrite(say(work.locale, "classes-none"), Keyboard([[begin], [menu_button(work.locale)]]))
    page = min(page, max(0, len(own) - 1) // PER_PAGE)
    shown = own[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines = [_line(work, one) for one in shown]
    lines += [say(work.locale, "class-waiting-line", label=one.shown, school=one.school.name) for one in waiting]
    rows = [[Button(_class_name(work, one), OpenClass(class_id=one.id), Colour.PRIMARY)] for one in shown]
    turning = page_buttons(page, PER_PAGE, len(own), lambda other: MyClasses(page=other))
    add = Button(say(work.locale, "button-add-class"), AddClass())
    text = say(work.locale, "classes-listed", lines="\n".join(lines))
    return Rewrite(text, Keyboard([*rows, turning, [add, menu_button(work.locale)]]))


def _class_name(work: Work, school_class: SchoolClass) -> str:
    return say(work.locale, "class-name", label=school_class.shown, school=school_class.school.name)


def _line(work: Work, school_class: SchoolClass) -> str:
    figures = classes.figures(work.conn, school_class.id)
    made = reports.standing(work.conn, school_class.id)
    return say(
        work.locale,
        "class-line",
        label=school_class.shown,
        school=school_class.school.name,
        issued=figures.issued,
        claimed=figures.claimed,
        votes=figures.votes,
        reported=len(made),
        **practice_figures(work, school_class),
    )


@router.pressed(OpenClass)
def open_class(press: OpenClass, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    figures = classes.figures(work.conn, school_class.id)
    made = reports.standing(work.conn, school_class.id)
    text = say(
        work.locale,
        "class-card",
        label=school_class.shown,
        school=letters.school_line(work.locale, school_class.school),
        pupils=school_class.pupils,
        issued=figures.issued,
        claimed=figures.claimed,
        votes=figures.votes,
        reported=len(made),
        due=next((stage.value for stage in ReportStage if stage not in made), "none"),
        **practice_figures(work, school_class),
    )
    return Rewrite(text, _class_keyboard(work, school_class, has_lesson=ReportStage.HELD in made))


def _class_keyboard(work: Work, school_class: SchoolClass, *, has_lesson: bool) -> Keyboard:
    def button(label: str, press: ShowNumbers | MoreNumbers | ParentConsent | SendPackage | MyClasses) -> Button:
        return Button(say(work.locale, label), press)

    class_id = school_class.id
    return Keyboard(
        [
            [
                reports_button(work.locale, school_class),
                *([practice_button(work.locale, school_class)] if has_lesson else []),
            ],
            [button("button-numbers", ShowNumbers(class_id=class_id))],
            [
                button("button-more-numbers", MoreNumbers(class_id=class_id)),
                button("button-parent-consent", ParentConsent(class_id=class_id)),
            ],
            [button("button-package", SendPackage(class_id=class_id))],
            [button("label-my-classes", MyClasses()), menu_button(work.locale)],
        ]
    )


@router.pressed(SendPackage)
def send_package(press: SendPackage, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    return letters.package(work, school_class, work.locale)
