from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.domain.identifiers import MunicipalityId, PersonId
from bot.domain.reports import Report, ReportStage
from bot.domain.roles import Municipality, Region, Scope
from bot.storage import people, reachability, reminder_calls, reminders, reports
from bot.storage.reminder_calls import Call, Reached
from tests.storage.builders import NOON, add_class, add_person, add_school
from tests.storage.conftest import Race, Work

DOCUMENTS = ReportStage.DOCUMENTS
DAY = date(2017, 11, 13)
MORNING = datetime(2017, 11, 13, 6, 0, tzinfo=UTC)


@pytest.fixture
def teachers(conn: Connection) -> list[PersonId]:
    """Four teachers of one school: reported, reminded today, unreachable, and one to be called with two classes."""
    school = add_school(conn)
    persons = [people.join(conn, "vk", 100 + number, at=NOON) for number in range(4)]
    classes = [add_class(conn, school, person, label=f"9-{person}") for person in persons]
    add_class(conn, school, persons[3], label="10-А")
    reports.add(conn, classes[0], persons[0], Report(DOCUMENTS, NOON))
    reminders.claim_day(conn, [persons[1]], DAY, at=MORNING)
    reachability.lose(conn, "vk", 102, at=NOON)
    return persons


def called(conn: Connection, caller: PersonId, scope: Scope, *, goes_at: datetime = MORNING) -> Call:
    """A call for documents, as it is stored."""
    reached = reminder_calls.count(conn, scope, DOCUMENTS, DAY)
    reminder_calls.add(conn, caller, DOCUMENTS, scope, reached, day=DAY, goes_at=goes_at)
    call = reminder_calls.made(conn, caller, DOCUMENTS, scope, DAY)
    assert call is not None
    return call


def test_teachers_are_counted_once_each_by_what_a_call_means_to_them(
    conn: Connection, teachers: list[PersonId]
) -> None:
    assert reminder_calls.count(conn, Region(), DOCUMENTS, DAY) == Reached(gets=1, had_one=1, unreachable=1)
    assert reminder_calls.count(conn, Region(), DOCUMENTS, date(2017, 11, 14)) == Reached(2, 0, 1)
    elsewhere = Municipality(MunicipalityId(4711))
    assert reminder_calls.count(conn, elsewhere, DOCUMENTS, DAY) == Reached(0, 0, 0)


def test_an_erased_teacher_is_counted_nowhere(conn: Connection, teachers: list[PersonId]) -> None:
    people.erase(conn, teachers[3], at=NOON)
    assert reminder_calls.count(conn, Region(), DOCUMENTS, DAY) == Reached(0, 1, 1)


def test_a_call_goes_on_page_by_page_with_all_classes_of_each_teacher(
    conn: Connection, teachers: list[PersonId]
) -> None:
    call = called(conn, add_person(conn), Region())
    pages = []
    while found := reminder_calls.owing(conn, call, most=2):
        persons = sorted({person for person, _ in found})
        pages.append((persons, len(found)))
        reminder_calls.go_on(conn, call, cursor=persons[-1], reminded=1)
        following = reminder_calls.next_to_go(conn, MORNING)
        assert following is not None
        call = following
    assert pages == [(teachers[1:3], 2), (teachers[3:], 2)]
    reminder_calls.go_on(conn, call, cursor=None, reminded=0)
    assert reminder_calls.next_to_go(conn, MORNING) is None


def test_a_call_for_later_waits_and_the_oldest_goes_first(conn: Connection, teachers: list[PersonId]) -> None:
    first, second = add_person(conn), add_person(conn)
    later = called(conn, first, Region(), goes_at=datetime(2017, 11, 14, 5, 0, tzinfo=UTC))
    assert reminder_calls.next_to_go(conn, MORNING) is None
    now = called(conn, second, Region())
    assert reminder_calls.next_to_go(conn, MORNING) == now
    assert reminder_calls.next_to_go(conn, later.goes_at) == later


def test_of_two_presses_at_once_one_call_is_stored(race: Race, committed: Callable[[Work], Any]) -> None:
    irina = committed(add_person)
    first, second = race(*[lambda conn: called(conn, irina, Region())] * 2)
    assert isinstance(first, Call)
    assert first == second
