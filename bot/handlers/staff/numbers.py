"""«Номера участников»: the list with who took which №, the spreadsheet, and more numbers for a class that grew."""

import secrets
from typing import assert_never

from bot.domain.calendar import Act, Closed, NotYet
from bot.domain.class_growth import CoordinatorDecides, GrowthAccepted, GrowthOutOfBounds, judge_growth
from bot.domain.participant_ids import shown
from bot.domain.typed_answers import read_count
from bot.handlers.staff import involved, letters
from bot.handlers.staff.buttons import class_or_menu, menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.coordinators import DenyNumbers, GrantNumbers
from bot.presses.teachers import AsksMoreNumbers, MoreNumbers, SendNumbersFile, ShowNumbers
from bot.storage import classes, participant_ids
from bot.storage.classes import SchoolClass
from bot.storage.people import PersonsAddress
from bot.wording import say, say_day

router = Router()

PER_PAGE = 20


@router.pressed(ShowNumbers)
def show_numbers(press: ShowNumbers, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    numbers = participant_ids.of_class(work.conn, school_class.id)
    page = min(press.page, max(0, len(numbers) - 1) // PER_PAGE)
    lines = [
        say(
            work.locale,
            "number-line",
            place=one.place,
            number=shown(one.number),
            state=letters.state_of(one, work.locale),
        )
        for one in numbers[page * PER_PAGE : (page + 1) * PER_PAGE]
    ]
    taken = sum(one.claimed_at is not None for one in numbers)
    text = say(
        work.locale,
        "numbers-list",
        label=school_class.shown,
        taken=taken,
        issued=len(numbers),
        lines="\n".join(lines),
    )
    turning = page_buttons(
        page, PER_PAGE, len(numbers), lambda other: ShowNumbers(class_id=school_class.id, page=other)
    )
    file = Button(say(work.locale, "button-numbers-file"), SendNumbersFile(class_id=school_class.id))
    more = Button(say(work.locale, "button-more-numbers"), MoreNumbers(class_id=school_class.id))
    return Rewrite(text, Keyboard([turning, [file], [more], class_or_menu(work.locale, school_class)]))


@router.pressed(SendNumbersFile)
def send_file(press: SendNumbersFile, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    return Say(
        say(work.locale, "numbers-file", label=school_class.shown),
        Keyboard([class_or_menu(work.locale, school_class)]),
        letters.numbers_file(work, school_class, work.locale),
    )


# --- more of them


@router.pressed(MoreNumbers)
def ask_how_many_more(press: MoreNumbers, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    closed = _closed(work)
    if closed is not None:
        return Rewrite(closed, Keyboard([class_or_menu(work.locale, school_class)]))
    work.ask(AsksMoreNumbers(class_id=school_class.id))
    return Rewrite(_how_many_more(work, school_class), Keyboard([class_or_menu(work.locale, school_class)]))


def _how_many_more(work: Work, school_class: SchoolClass) -> str:
    free = max(0, work.campaign.class_cap - school_class.pupils)
    return say(work.locale, "numbers-how-many-more", label=school_class.shown, pupils=school_class.pupils, free=free)


def _closed(work: Work) -> str | None:
    """Why no ID could be claimed any more (or yet), so that new ones make no sense."""
    opening = work.campaign.calendar.opening(Act.CLAIM, work.now)
    match opening:
        case NotYet(opens_on):
            return say(work.locale, "numbers-not-yet", day=say_day(work.locale, opens_on))
        case Closed(closed_on):
            return say(work.locale, "numbers-over", day=say_day(work.locale, closed_on))
        case _:
            return None


@router.answered(AsksMoreNumbers)
def take_how_many_more(question: AsksMoreNumbers, work: Work) -> Replies:
    school_class = involved.own_class(work, question.class_id)
    closed = _closed(work)
    if school_class is None or closed is not None:
        work.ask(None)
        return Rewrite(closed or say(work.locale, "not-your-class"), menu_only(work.locale))
    more = read_count(work.event.content.text) or 0
    verdict = judge_growth(school_class.pupils, more, work.campaign.class_cap)
    match verdict:
        case GrowthOutOfBounds(most_more):
            text = say(work.locale, "numbers-more-wrong", most=most_more)
            return Say(text, Keyboard([class_or_menu(work.locale, school_class)]))
        case GrowthAccepted(pupils):
            work.ask(None)
            return _grown(work, school_class, pupils)
        case CoordinatorDecides(pupils):
            work.ask(None)
            return _ask_coordinator(work, school_class, pupils)
        case _:
            assert_never(verdict)


def _grown(work: Work, school_class: SchoolClass, pupils: int) -> Replies:
    classes.resize(work.conn, school_class.id, pupils)
    participant_ids.issue_up_to(work.conn, school_class.id, pupils, at=work.now, randbelow=secrets.randbelow)
    return Say(
        letters.numbers_text(work, school_class, work.locale, since=school_class.pupils + 1),
        Keyboard([class_or_menu(work.locale, school_class)]),
        letters.numbers_file(work, school_class, work.locale),
    )


def _ask_coordinator(work: Work, school_class: SchoolClass, pupils: int) -> Replies:
    told = involved.coordinators_for(work, school_class.school.scope, work.who)
    notices = [_growth_notice(work, school_class, pupils, reader) for reader in told]
    sentence = "numbers-asked" if told else "nobody-to-tell"
    text = say(
        work.locale,
        sentence,
        most=work.campaign.class_cap,
        pupils=pupils,
        contact=work.campaign.operator_contact,
    )
    return [Say(text, Keyboard([class_or_menu(work.locale, school_class)])), *notices]


def _growth_notice(work: Work, school_class: SchoolClass, pupils: int, reader: PersonsAddress) -> Say:
    locale = reader.locale
    text = say(
        locale,
        "numbers-wanted-notice",
        who=involved.introduction(work, work.who, locale),
        label=school_class.shown,
        school=letters.school_line(locale, school_class.school),
        pupils=school_class.pupils,
        wanted=pupils,
        most=work.campaign.class_cap,
    )
    grant = Button(say(locale, "button-grant"), GrantNumbers(class_id=school_class.id, pupils=pupils), Colour.POSITIVE)
    deny = Button(say(locale, "button-refuse"), DenyNumbers(class_id=school_class.id, pupils=pupils), Colour.NEGATIVE)
    return Say(text, Keyboard([[grant, deny], [menu_button(locale)]]), to=involved.address(reader))
