"""«Согласие родителя получено»: the teacher ticks the № whose parents' paper lies at school; then the name may show."""

from bot.domain.identifiers import ClassId
from bot.domain.places import NoPlaces, read_places
from bot.handlers.staff import involved
from bot.handlers.staff.buttons import Row, class_or_menu, menu_only, page_buttons
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.teachers import AsksConsentPlaces, ParentConsent, TickParentConsent
from bot.storage import decisions, participant_ids
from bot.storage.classes import SchoolClass
from bot.storage.decisions import Decision, Deed, Subject
from bot.wording import say

router = Router()

PER_PAGE = 5


@router.pressed(ParentConsent)
def show_consents(press: ParentConsent, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    return _listed(work, school_class, press.page)


def _listed(work: Work, school_class: SchoolClass, page: int) -> Rewrite:
    work.ask(AsksConsentPlaces(class_id=school_class.id))
    numbers = participant_ids.of_class(work.conn, school_class.id)
    ticked = [str(one.place) for one in numbers if one.parent_consent_at is not None]
    lacking = [one.place for one in numbers if one.parent_consent_at is None]
    page = min(page, max(0, len(lacking) - 1) // PER_PAGE)
    text = say(
        work.locale,
        "consents-listed",
        label=school_class.shown,
        ticked=len(ticked),
        issued=len(numbers),
        places=", ".join(ticked),
    )
    row: Row = [
        Button(f"№ {place}", TickParentConsent(class_id=school_class.id, place=place))
        for place in lacking[page * PER_PAGE : (page + 1) * PER_PAGE]
    ]
    turning = page_buttons(
        page, PER_PAGE, len(lacking), lambda other: ParentConsent(class_id=school_class.id, page=other)
    )
    return Rewrite(text, Keyboard([row, turning, class_or_menu(work.locale, school_class)]))


@router.pressed(TickParentConsent)
def tick(press: TickParentConsent, work: Work) -> Replies:
    school_class = involved.own_class(work, press.class_id)
    if school_class is None:
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    _note(work, school_class.id, [press.place], given=press.given)
    if not press.given:
        return _listed(work, school_class, 0)
    return _ticked(work, school_class, [press.place])


@router.answered(AsksConsentPlaces)
def tick_typed(question: AsksConsentPlaces, work: Work) -> Replies:
    school_class = involved.own_class(work, question.class_id)
    if school_class is None:
        work.ask(None)
        return Rewrite(say(work.locale, "not-your-class"), menu_only(work.locale))
    places = read_places(work.event.content.text, school_class.pupils)
    if isinstance(places, NoPlaces):
        text = say(work.locale, "consents-typed-wrong", most=places.most)
        return Say(text, Keyboard([class_or_menu(work.locale, school_class)]))
    _note(work, school_class.id, places, given=True)
    return _ticked(work, school_class, places)


def _ticked(work: Work, school_class: SchoolClass, places: list[int]) -> Rewrite:
    """What was ticked, with the way to take a slip back; the list of places stays open for more."""
    work.ask(AsksConsentPlaces(class_id=school_class.id))
    more = Button(say(work.locale, "button-consents-more"), ParentConsent(class_id=school_class.id))
    undo: Row = []
    if len(places) == 1:
        label = say(work.locale, "button-consent-undo", place=places[0])
        undo = [Button(label, TickParentConsent(class_id=school_class.id, place=places[0], given=False))]
    text = say(work.locale, "consents-ticked", count=len(places), places=", ".join(map(str, places)))
    return Rewrite(text, Keyboard([[more], undo, class_or_menu(work.locale, school_class)]))


def _note(work: Work, class_id: ClassId, places: list[int], *, given: bool) -> None:
    """Tick each place that the class has; the journal keeps who ticked or took back what."""
    deed = Deed.PARENT_CONSENT if given else Deed.PARENT_CONSENT_WITHDRAWN
    at = work.now if given else None
    numbers = {one.place: one for one in participant_ids.of_class(work.conn, class_id)}
    for place in places:
        number = numbers.get(place)
        if number is None or (number.parent_consent_at is not None) == given:
            continue
        participant_ids.tick_parent_consent(work.conn, class_id, place, teacher=work.who, at=at)
        decisions.record(work.conn, Decision(work.now, work.who, deed, Subject.NUMBER, number.number))
