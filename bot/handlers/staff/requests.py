"""What a teacher asks the coordinator for: an answer to a question, the undoing of an older report."""

from bot.domain.quotations import quoted
from bot.domain.reports import ReportStage
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import class_or_menu, menu_only
from bot.handlers.staff.reports import stage_name
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import UndoForTeacher
from bot.presses.reports import AskCoordinator, AsksQuestion, AskUndo
from bot.storage import reports
from bot.storage.classes import SchoolClass
from bot.storage.people import PersonsAddress
from bot.wording import say

router = Router()

LONGEST_QUESTION = 1000


@router.pressed(AskCoordinator)
def ask_question(press: AskCoordinator, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    work.ask(AsksQuestion(class_id=school_class.id))
    return Say(say(work.locale, "question-write"), Keyboard([class_or_menu(work.locale, school_class)]))


@router.answered(AsksQuestion)
def pass_question_on(question: AsksQuestion, work: Work) -> Replies:
    school_class = involved.own_class(work, question.class_id)
    if school_class is None:
        work.ask(None)
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    asked = quoted(work.event.content.text, LONGEST_QUESTION)
    if not asked:
        return Say(say(work.locale, "question-write"), Keyboard([class_or_menu(work.locale, school_class)]))
    work.ask(None)
    told = involved.coordinators_for(work, school_class.school.scope, work.who)
    notices = [_question_notice(work, school_class, asked, reader) for reader in told]
    return [_passed_on(work, school_class, "question-passed-on", told), *notices]


def _question_notice(work: Work, school_class: SchoolClass, asked: str, reader: PersonsAddress) -> Say:
    text = say(
        reader.locale,
        "question-notice",
        who=involved.introduction(work, work.who, reader.locale),
        label=school_class.shown,
        school=letters.school_line(reader.locale, school_class.school),
        asked=asked,
    )
    return Say(text, to=involved.address(reader))


@router.pressed(AskUndo)
def ask_undo(press: AskUndo, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    if press.stage not in reports.standing(work.conn, school_class.id):
        text = say(work.locale, "report-nothing-to-undo")
        return Rewrite(text, Keyboard([class_or_menu(work.locale, school_class)]))
    told = involved.coordinators_for(work, school_class.school.scope, work.who)
    notices = [_undo_notice(work, school_class, press.stage, reader) for reader in told]
    passed_on = _passed_on(work, school_class, "undo-asked", told)
    return [Rewrite(passed_on.text, passed_on.keyboard), *notices]


def _undo_notice(work: Work, school_class: SchoolClass, stage: ReportStage, reader: PersonsAddress) -> Say:
    locale = reader.locale
    text = say(
        locale,
        "undo-notice",
        who=involved.introduction(work, work.who, locale),
        label=school_class.shown,
        school=letters.school_line(locale, school_class.school),
        stage=stage_name(locale, stage),
    )
    undo = Button(say(locale, "button-undo"), UndoForTeacher(class_id=school_class.id, stage=stage), Colour.NEGATIVE)
    return Say(text, Keyboard([[undo]]), to=involved.address(reader))


def _passed_on(work: Work, school_class: SchoolClass, sentence: str, told: list[PersonsAddress]) -> Say:
    """That it went to the coordinator, or where to turn while the school has none."""
    text = say(work.locale, sentence if told else "nobody-to-tell", contact=work.campaign.operator_contact)
    return Say(text, Keyboard([class_or_menu(work.locale, school_class)]))
