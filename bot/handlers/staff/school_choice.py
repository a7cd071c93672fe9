"""«Я учитель», first step: which school. One search over names, settlements and municipalities."""

from bot.domain.applications import ApplicationAccepted
from bot.domain.quotations import one_line, quoted
from bot.domain.roles import Region, Role, School
from bot.handlers.staff import involved, letters
from bot.handlers.staff.application_answers import judge, refused
from bot.handlers.staff.buttons import menu_button, menu_only, page_buttons
from bot.messenger.keyboards import Button, Colour, Keyboard, column
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.teachers import (
    AddClass,
    AsksMissingSchool,
    AsksSchool,
    BecomeTeacher,
    ChooseSchool,
    FindSchool,
    FoundSchools,
    SchoolMissing,
)
from bot.storage import classes, roles, schools
from bot.storage.people import PersonsAddress
from bot.storage.schools import ListedSchool
from bot.wording import say

router = Router()
router.phrase("phrase-become-teacher", BecomeTeacher())
router.phrase("phrase-add-class", AddClass())

HITS_PER_PAGE = 4
LONGEST_QUERY = 60
LONGEST_NOTE = 500  # of a text that is passed on to a coordinator; what is longer is cut


@router.pressed(BecomeTeacher)
def begin(press: BecomeTeacher, work: Work) -> Replies:
    return ask_for_school(work, "apply-find-school")


@router.pressed(AddClass)
def add_class(press: AddClass, work: Work) -> Replies:
    return ask_for_school(work)


@router.pressed(FindSchool)
def find_again(press: FindSchool, work: Work) -> Replies:
    return ask_for_school(work)


def ask_for_school(work: Work, sentence: str = "apply-find-school-again") -> Replies:
    """Open the search, or say why the person cannot apply."""
    verdict = judge(work, None, "", 1)
    if not isinstance(verdict, ApplicationAccepted):
        return refused(work, verdict)
    work.ask(AsksSchool())
    known = [
        Button(school.name, ChooseSchool(school=school.id), Colour.PRIMARY)
        for school in _known_schools(work)[:HITS_PER_PAGE]
    ]
    return Rewrite(say(work.locale, sentence), column(*known, menu_button(work.locale)))


def _known_schools(work: Work) -> list[ListedSchool]:
    """Schools where the person teaches already, or is invited to."""
    scopes = [grant.scope for grant in roles.actor(work.conn, work.who).grants if grant.role is Role.TEACHER]
    invited = {scope.school for scope in scopes if isinstance(scope, School)}
    taught = {one.school.id for one in classes.taught_by(work.conn, work.who)}
    found = [schools.school(work.conn, school_id) for school_id in sorted(invited | taught)]
    return [school for school in found if school is not None]


@router.answered(AsksSchool)
def look_for_school(question: AsksSchool, work: Work) -> Replies:
    words = one_line(work.event.content.text)[:LONGEST_QUERY].rstrip()
    if not words:
        return Say(say(work.locale, "apply-school-in-words"), menu_only(work.locale))
    return _found(work, words, 0)


@router.pressed(FoundSchools)
def turn_page(press: FoundSchools, work: Work) -> Replies:
    work.ask(AsksSchool())
    return _found(work, press.words, press.page)


def _found(work: Work, words: str, page: int) -> Replies:
    hits = schools.search(work.conn, words, [Region()], page=page, size=HITS_PER_PAGE)
    missing = Button(say(work.locale, "button-school-missing"), SchoolMissing())
    last_row = [missing, menu_button(work.locale)]
    if not hits.schools:
        return Rewrite(say(work.locale, "schools-none", words=words), Keyboard([last_row]))
    first = page * HITS_PER_PAGE + 1
    lines = "\n".join(
        f"{number}. {letters.school_line(work.locale, school)}" for number, school in enumerate(hits.schools, first)
    )
    text = say(work.locale, "schools-found", found=hits.found, lines=lines)
    rows = [
        [Button(f"{number}. {school.name}", ChooseSchool(school=school.id))]
        for number, school in enumerate(hits.schools, first)
    ]
    turning = page_buttons(page, HITS_PER_PAGE, hits.found, lambda other: FoundSchools(words=words, page=other))
    return Rewrite(text, Keyboard([*rows, turning, last_row]))


@router.pressed(SchoolMissing)
def ask_missing_school(press: SchoolMissing, work: Work) -> Replies:
    work.ask(AsksMissingSchool())
    back = Button(say(work.locale, "button-find-again"), FindSchool())
    return Rewrite(say(work.locale, "school-missing-describe"), Keyboard([[back, menu_button(work.locale)]]))


@router.answered(AsksMissingSchool)
def pass_missing_school_on(question: AsksMissingSchool, work: Work) -> Replies:
    described = quoted(work.event.content.text, LONGEST_NOTE)
    if not described:
        return Say(say(work.locale, "school-missing-describe"), menu_only(work.locale))
    work.ask(None)
    told = involved.addresses(work, roles.coordinators_of_region(work.conn))
    if not told:
        unheard = say(work.locale, "nobody-to-tell", contact=work.campaign.operator_contact)
        return Say(unheard, menu_only(work.locale))
    notices = [_missing_school_notice(work, reader, described) for reader in told]
    return [Say(say(work.locale, "school-missing-told"), menu_only(work.locale)), *notices]


def _missing_school_notice(work: Work, reader: PersonsAddress, described: str) -> Say:
    who = involved.introduction(work, work.who, reader.locale)
    return Say(say(reader.locale, "school-missing-notice", who=who, described=described), to=involved.address(reader))
