"""«Я учитель», the rest: the class and its pupils; then the application goes to the coordinator."""

import secrets

from bot.domain.applications import ApplicationAccepted, ApplicationState, ClassHasTeacher
from bot.domain.school_classes import ClassLabel, PupilsOutOfBounds, read_class, shown_label
from bot.domain.typed_answers import read_count
from bot.handlers.staff import involved, letters
from bot.handlers.staff.application_answers import judge, not_this_class, other_class_button, refused
from bot.handlers.staff.buttons import menu_button, menu_only
from bot.handlers.staff.school_choice import ask_for_school
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import ConfirmApplication, OpenApplications, RefuseApplication
from bot.presses.teachers import Apply, AskHandOver, AsksLabel, AsksPupils, ChangePupils, ChooseSchool, FindSchool
from bot.storage import applications, classes, confirmations, schools
from bot.storage.applications import Application
from bot.storage.people import PersonsAddress
from bot.storage.schools import ListedSchool
from bot.wording import say

router = Router()


@router.pressed(ChooseSchool)
def choose_school(press: ChooseSchool, work: Work) -> Replies:
    school = schools.school(work.conn, press.school)
    if school is None:
        return ask_for_school(work)
    work.ask(AsksLabel(school=school.id))
    text = say(
        work.locale,
        "apply-which-class",
        school=letters.school_line(work.locale, school),
        kind=school.organisation_type.value,
    )
    return Rewrite(text, Keyboard([[_other_school(work), menu_button(work.locale)]]))


@router.answered(AsksLabel)
def take_label(question: AsksLabel, work: Work) -> Replies:
    school = schools.school(work.conn, question.school)
    if school is None:
        return ask_for_school(work)
    reading = read_class(work.event.content.text, school.organisation_type)
    if not isinstance(reading, ClassLabel):
        text = not_this_class(work, reading, school)
        return Say(text, Keyboard([[_other_school(work), menu_button(work.locale)]]))
    verdict = judge(work, school, reading.key, 1)
    if not isinstance(verdict, ApplicationAccepted):
        work.ask(None)
        return refused(work, verdict, school, reading.key)
    return _ask_pupils(work, school, reading.key)


@router.pressed(ChangePupils)
def change_pupils(press: ChangePupils, work: Work) -> Replies:
    school = schools.school(work.conn, press.school)
    return ask_for_school(work) if school is None else _ask_pupils(work, school, press.label)


def _ask_pupils(work: Work, school: ListedSchool, label: str) -> Replies:
    work.ask(AsksPupils(school=school.id, label=label))
    shown = shown_label(label, school.organisation_type)
    text = say(work.locale, "apply-how-many", label=shown, most=work.campaign.class_cap)
    return Rewrite(text, Keyboard([[other_class_button(work.locale, school.id), menu_button(work.locale)]]))


@router.answered(AsksPupils)
def take_pupils(question: AsksPupils, work: Work) -> Replies:
    school = schools.school(work.conn, question.school)
    if school is None:
        return ask_for_school(work)
    pupils = read_count(work.event.content.text) or 0
    verdict = judge(work, school, question.label, pupils)
    if isinstance(verdict, PupilsOutOfBounds):  # the question stays open
        return refused(work, verdict, school, question.label)
    work.ask(None)
    if not isinstance(verdict, ApplicationAccepted):
        return refused(work, verdict, school, question.label)
    return _summary(work, school, question.label, pupils, verdict.state)


def _summary(work: Work, school: ListedSchool, label: str, pupils: int, state: ApplicationState) -> Rewrite:
    text = say(
        work.locale,
        "apply-check",
        school=letters.school_line(work.locale, school),
        label=shown_label(label, school.organisation_type),
        pupils=pupils,
        state=state.value,
    )
    send = say(work.locale, "button-apply", state=state.value)
    rows = [
        [Button(send, Apply(school=school.id, label=label, pupils=pupils), Colour.POSITIVE)],
        [
            other_class_button(work.locale, school.id),
            Button(say(work.locale, "button-change-pupils"), ChangePupils(school=school.id, label=label)),
        ],
        [menu_button(work.locale)],
    ]
    return Rewrite(text, Keyboard(rows))


def _other_school(work: Work) -> Button:
    return Button(say(work.locale, "button-other-school"), FindSchool())


# --- the application itself


@router.pressed(Apply)
def apply(press: Apply, work: Work) -> Replies:
    school = schools.school(work.conn, press.school)
    reading = read_class(press.label, school.organisation_type) if school is not None else None
    if school is None or not isinstance(reading, ClassLabel):
        return ask_for_school(work)
    verdict = judge(work, school, reading.key, press.pupils)
    if not isinstance(verdict, ApplicationAccepted):
        return refused(work, verdict, school, reading.key)
    if verdict.state is ApplicationState.CONFIRMED:
        return _confirmed_at_once(work, school, reading, press.pupils)
    return _sent(work, school, reading, press.pupils)


def _confirmed_at_once(work: Work, school: ListedSchool, reading: ClassLabel, pupils: int) -> Replies:
    school_class = confirmations.open_class(
        work.conn,
        school.id,
        reading.key,
        pupils=pupils,
        teacher=work.who,
        at=work.now,
        decision=None,
        randbelow=secrets.randbelow,
    )
    return letters.beginning(work, school_class, work.locale, None)


def _sent(work: Work, school: ListedSchool, reading: ClassLabel, pupils: int) -> Replies:
    application = applications.add(work.conn, work.who, school.id, reading.key, pupils=pupils, at=work.now)
    told = involved.coordinators_for(work, school.scope, work.who)
    notices = [_notice(work, application, reader) for reader in told]
    sentence = "apply-sent" if told else "apply-sent-to-nobody"
    text = say(work.locale, sentence, label=reading.shown, school=school.name, contact=work.campaign.operator_contact)
    return [Rewrite(text, menu_only(work.locale)), *notices]


def _notice(work: Work, application: Application, reader: PersonsAddress) -> Say:
    locale = reader.locale
    text = letters.application_card(work, application, locale)
    keyboard = Keyboard(
        [
            [
                Button(say(locale, "button-confirm"), ConfirmApplication(application=application.id), Colour.POSITIVE),
                Button(say(locale, "button-refuse"), RefuseApplication(application=application.id), Colour.NEGATIVE),
            ],
            [Button(say(locale, "label-applications"), OpenApplications(), anew=True)],
        ]
    )
    return Say(text, keyboard, to=involved.address(reader))


# --- a class that is somebody else's


@router.pressed(AskHandOver)
def ask_hand_over(press: AskHandOver, work: Work) -> Replies:
    school = schools.school(work.conn, press.school)
    school_class = classes.named(work.conn, press.school, press.label)
    if school is None or school_class is None:
        return ask_for_school(work)
    verdict = judge(work, school, press.label, 1)
    if isinstance(verdict, ApplicationAccepted):
        return _ask_pupils(work, school, press.label)
    if not isinstance(verdict, ClassHasTeacher):
        return refused(work, verdict, school, press.label)
    told = involved.coordinators_for(work, school_class.school.scope, work.who)
    notices = [
        Say(
            say(
                reader.locale,
                "hand-over-notice",
                who=involved.introduction(work, work.who, reader.locale),
                label=school_class.shown,
                school=letters.school_line(reader.locale, school_class.school),
                teacher=involved.name_of(work, school_class.teacher, reader.locale),
            ),
            to=involved.address(reader),
        )
        for reader in told
    ]
    sentence = "hand-over-asked" if told else "nobody-to-tell"
    text = say(work.locale, sentence, contact=work.campaign.operator_contact)
    return [Rewrite(text, menu_only(work.locale)), *notices]
