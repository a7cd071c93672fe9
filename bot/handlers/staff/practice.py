"""«Практика»: the teacher marks by № who has done the practical task, by tapping or typing."""

from collections.abc import Iterator
from typing import assert_never

from bot.domain.calendar import Closed, NotYet
from bot.domain.places import NoPlaces, shown_places
from bot.domain.practice import (
    AlreadySaved,
    MarksTaken,
    PracticeList,
    SavingVerdict,
    TooManyDone,
    TypedMarks,
    is_late,
    judge_marks,
    judge_saving,
    read_marks,
)
from bot.domain.reports import Practice
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import (
    Row,
    class_button,
    class_or_menu,
    menu_button,
    menu_only,
    page_buttons,
    reports_button,
)
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite
from bot.messenger.router import Router, normalised
from bot.messenger.work import Work
from bot.presses.practice import AsksPractice, ChoosePractice, MarkPractice, OpenPractice, SavePractice
from bot.presses.teachers import MyClasses
from bot.storage import classes, practice
from bot.storage.classes import SchoolClass
from bot.storage.practice import LessonsPractice
from bot.wording import say, say_day

router = Router()
router.phrase("phrase-practice", ChoosePractice())

PER_PAGE = 5  # with turning, saving and the way back as many buttons as a message can have
CLASSES_PER_PAGE = 4


# --- the way in


@router.pressed(ChoosePractice)
def choose_class(press: ChoosePractice, work: Work) -> Replies:
    own = classes.taught_by(work.conn, work.who)
    if len(own) == 1:
        return work.proceed(OpenPractice(class_id=own[0].id).model_dump_json())
    if not own:
        return work.proceed(MyClasses().model_dump_json())
    page = min(press.page, (len(own) - 1) // CLASSES_PER_PAGE)
    shown = own[page * CLASSES_PER_PAGE : (page + 1) * CLASSES_PER_PAGE]
    rows = [[Button(_class_name(work, one), OpenPractice(class_id=one.id), Colour.PRIMARY)] for one in shown]
    turning = page_buttons(page, CLASSES_PER_PAGE, len(own), lambda other: ChoosePractice(page=other))
    return Rewrite(say(work.locale, "practice-which-class"), Keyboard([*rows, turning, [menu_button(work.locale)]]))


def _class_name(work: Work, school_class: SchoolClass) -> str:
    return say(work.locale, "class-name", label=school_class.shown, school=school_class.school.name)


@router.pressed(OpenPractice)
def open_practice(press: OpenPractice, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    marked = practice.of_class(work.conn, school_class.id)
    return _no_lesson(work, school_class) if marked is None else Rewrite(*sheet(work, school_class, marked, press.page))


def _no_lesson(work: Work, school_class: SchoolClass) -> Rewrite:
    text = say(work.locale, "practice-no-lesson", label=school_class.shown)
    return Rewrite(
        text, Keyboard([[reports_button(work.locale, school_class)], class_or_menu(work.locale, school_class)])
    )


# --- the list


def sheet(work: Work, school_class: SchoolClass, marked: LessonsPractice, page: int = 0) -> tuple[str, Keyboard]:
    """The list as it stands, with № to tap; from now on typed № are taken for it."""
    work.ask(AsksPractice(class_id=school_class.id, lesson=marked.lesson))
    known = marked.known
    page = min(page, (known.pupils - 1) // PER_PAGE)
    shown = known.places[page * PER_PAGE : (page + 1) * PER_PAGE]
    marking: Row = [_place_button(school_class, marked, place) for place in shown]
    turning = page_buttons(
        page, PER_PAGE, known.pupils, lambda other: OpenPractice(class_id=school_class.id, page=other)
    )
    saving: Row = list(_saving_buttons(work, school_class, marked))
    back: Row = [class_button(work.locale, school_class)]
    text = "\n".join(_lines(work, school_class, known))
    return text, Keyboard([marking, turning, saving, back])


def _lines(work: Work, school_class: SchoolClass, known: PracticeList) -> Iterator[str]:
    yield say(
        work.locale,
        "practice-list",
        label=school_class.shown,
        where=known.practice.value,
        state="draft" if known.saved_at is None else "late" if is_late(known, work.campaign.calendar) else "saved",
        done=len(known.done),
        attended=known.attended,
        places=shown_places(known.done),
    )
    if known.not_done:
        yield say(work.locale, "practice-not-done", places=shown_places(known.not_done))
    if len(known.done) > known.attended:
        yield say(work.locale, "practice-some-missed", attended=known.attended)
    is_of_class = known.practice is Practice.IN_CLASS
    following = "saved" if known.saved_at is not None else "class_draft" if is_of_class else "home_draft"
    yield say(work.locale, "practice-what-next", next=following)


def _place_button(school_class: SchoolClass, marked: LessonsPractice, place: int) -> Button:
    sign = {True: "✅", False: "✖", None: "▫️"}[marked.known.mark(place)]
    then = marked.known.next_mark(place)
    return Button(
        f"{sign} {place}", MarkPractice(class_id=school_class.id, lesson=marked.lesson, place=place, done=then)
    )


def _saving_buttons(work: Work, school_class: SchoolClass, marked: LessonsPractice) -> Iterator[Button]:
    known = marked.known
    if known.saved_at is not None:
        return
    save = SavePractice(class_id=school_class.id, lesson=marked.lesson, rest_done=True)
    if known.practice is Practice.IN_CLASS:
        yield Button(say(work.locale, "button-practice-save"), save, Colour.PRIMARY)
        return
    whom = "others" if known.marks else "everybody"
    yield Button(say(work.locale, "button-practice-all-done", whom=whom), save, Colour.PRIMARY)
    if known.done:
        others = save.model_copy(update={"rest_done": False})
        yield Button(say(work.locale, "button-practice-rest-not-done"), others)


def figures(work: Work, school_class: SchoolClass) -> dict[str, str | int]:
    """How the class stands with the task, as the sentences about classes take it."""
    marked = practice.of_class(work.conn, school_class.id)
    if marked is None:
        return {"practice": "none", "done": 0, "attended": 0}
    known = marked.known
    is_unseen = known.saved_at is None and known.practice is Practice.IN_CLASS
    state = "unseen" if is_unseen else "open" if known.saved_at is None else "saved"
    return {"practice": state, "done": len(known.done), "attended": known.attended}


# --- marking


@router.pressed(MarkPractice)
def mark_place(press: MarkPractice, work: Work) -> Replies:
    found = _own_list(work, press)
    if isinstance(found, Rewrite):
        return found
    school_class, marked = found
    marks = {press.place: press.done}
    verdict = judge_marks(marked.known, marks, work.campaign.calendar, at=work.now)
    return _told(work, school_class, marked, verdict, page=(press.place - 1) // PER_PAGE)


@router.pressed(SavePractice)
def save(press: SavePractice, work: Work) -> Replies:
    found = _own_list(work, press)
    if isinstance(found, Rewrite):
        return found
    school_class, marked = found
    verdict = judge_saving(marked.known, {}, work.campaign.calendar, rest_done=press.rest_done, at=work.now)
    return _told(work, school_class, marked, verdict)


@router.answered(AsksPractice)
def take_typed(question: AsksPractice, work: Work) -> Replies:
    found = _own_list(work, question)
    if isinstance(found, Rewrite):
        return found
    school_class, marked = found
    typed = read_marks(work.event.content.text, marked.known)
    if isinstance(typed, NoPlaces):
        if command := _button_named(work, question) or _command(work):
            return work.proceed(command)
        text = say(work.locale, "practice-typed-wrong", most=typed.most)
        return Rewrite(text, Keyboard([class_or_menu(work.locale, school_class)]))
    told = _told(work, school_class, marked, _judge_typed(work, marked.known, typed))
    if not typed.found.unknown:
        return told
    unknown = say(
        work.locale,
        "practice-unknown-places",
        places=shown_places(typed.found.unknown),
        most=marked.known.pupils,
        known=len(typed.found.places),
    )
    return [Rewrite(unknown), *told]


def _button_named(work: Work, about: AsksPractice) -> str | None:
    """The press of the list's own button whose label was typed."""
    labels = {
        say(work.locale, "button-practice-save"): True,
        say(work.locale, "button-practice-all-done", whom="everybody"): True,
        say(work.locale, "button-practice-all-done", whom="others"): True,
        say(work.locale, "button-practice-rest-not-done"): False,
    }
    rest_done = {normalised(label): done for label, done in labels.items()}.get(normalised(work.event.content.text))
    if rest_done is None:
        return None
    return SavePractice(class_id=about.class_id, lesson=about.lesson, rest_done=rest_done).model_dump_json()


def _command(work: Work) -> str | None:
    """The press that the text stands for: the list comes unasked, so the person may be about something else."""
    text = work.event.content.text
    suggested = work.suggest(text)
    return suggested[1] if suggested and suggested[0] == normalised(text) else None


def _judge_typed(work: Work, known: PracticeList, typed: TypedMarks) -> SavingVerdict:
    calendar = work.campaign.calendar
    if typed.rest_done and known.saved_at is None and not typed.found.unknown:
        return judge_saving(known, typed.marks, calendar, rest_done=True, at=work.now)
    marks = typed.marks
    if typed.rest_done:
        marks = {**dict.fromkeys(known.places, True), **marks}
    return judge_marks(known, marks, calendar, at=work.now)


def _own_list(
    work: Work, about: MarkPractice | SavePractice | AsksPractice
) -> tuple[SchoolClass, LessonsPractice] | Rewrite:
    """The class and the list that a button or a typed text is about; else what to say instead."""
    school_class = involved.own_class(work, about.class_id)
    if school_class is None:
        work.ask(None)
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    marked = practice.of_class(work.conn, school_class.id)
    if marked is None:
        work.ask(None)
        return _no_lesson(work, school_class)
    if marked.lesson != about.lesson:
        text, keyboard = sheet(work, school_class, marked)
        return Rewrite(say(work.locale, "practice-other-lesson", sheet=text), keyboard)
    return school_class, marked


def _told(
    work: Work, school_class: SchoolClass, marked: LessonsPractice, verdict: SavingVerdict, page: int = 0
) -> list[PopUp | Rewrite]:
    """The list after the act, and above it, for the eye, what has happened or why nothing has."""
    if isinstance(verdict, MarksTaken):
        _keep(work, marked, verdict)
        marked = practice.of_class(work.conn, school_class.id) or marked
    text, keyboard = sheet(work, school_class, marked, page)
    note = _note(work, verdict)
    return [*([PopUp(note)] if note else []), Rewrite(text, keyboard)]


def _keep(work: Work, marked: LessonsPractice, taken: MarksTaken) -> None:
    practice.mark(work.conn, marked.lesson, taken.marks, at=work.now)
    if taken.saves:
        practice.save(work.conn, marked.lesson, at=work.now)


def _note(work: Work, verdict: SavingVerdict) -> str:
    match verdict:
        case MarksTaken(_, saves):
            return say(work.locale, "practice-saved") if saves else ""
        case TooManyDone(done, attended):
            return say(work.locale, "practice-too-many", done=done, attended=attended)
        case AlreadySaved(saved_at):
            return say(work.locale, "practice-already-saved", at=letters.moment(work, work.locale, saved_at))
        case NotYet(opens_on):
            return say(work.locale, "report-not-yet", day=say_day(work.locale, opens_on))
        case Closed(closed_on):
            return say(work.locale, "report-over", day=say_day(work.locale, closed_on))
        case _:
            assert_never(verdict)
