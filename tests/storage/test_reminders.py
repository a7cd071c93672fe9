from datetime import date

import pytest
from sqlalchemy import Connection

from bot.domain.identifiers import PersonId, ReminderId
from bot.storage import put_offs, reminders
from bot.storage.put_offs import ToldDebt
from bot.storage.reminders import Occasion, WhichDebt
from tests.storage.builders import NOON, add_person

DAY = date(2017, 11, 13)
DEBT = ToldDebt("documents", "class:1", date(2017, 11, 15))


@pytest.fixture
def anna(conn: Connection) -> PersonId:
    return add_person(conn)


def reminded(conn: Connection, person: PersonId) -> ReminderId:
    """A reminder of one debt."""
    reminder = reminders.claim_day(conn, [person], DAY, at=NOON)[person]
    told = WhichDebt(person, DEBT.duty, DEBT.subject)
    reminders.record(conn, [Occasion(told, DAY, reminder, DEBT.deadline)])
    return ReminderId(reminder)


def test_what_a_reminder_told_is_shown_only_to_its_own_person(conn: Connection, anna: PersonId) -> None:
    reminder = reminded(conn, anna)
    assert put_offs.told_in(conn, reminder, anna) == [DEBT]
    assert put_offs.told_in(conn, reminder, add_person(conn, "Вера")) == []
    assert put_offs.told_in(conn, ReminderId(4711), anna) == []


def test_a_later_choice_replaces_the_earlier_one(conn: Connection, anna: PersonId) -> None:
    for day in (14, 16):
        put_offs.put_off(conn, anna, [(DEBT, date(2017, 11, day))])
    assert reminders.put_off(conn, anna, anna) == {WhichDebt(anna, "documents", "class:1"): date(2017, 11, 16)}


def test_a_person_has_one_automatic_message_a_day_whoever_claims_it(conn: Connection, anna: PersonId) -> None:
    vera = add_person(conn, "Вера")
    assert reminders.claim_day(conn, [anna], DAY, at=NOON).keys() == {anna}
    assert reminders.claim_day(conn, [anna, vera], DAY, at=NOON).keys() == {vera}


def test_an_occasion_that_is_recorded_stays_as_it_was_recorded(conn: Connection, anna: PersonId) -> None:
    reminded(conn, anna)
    told = WhichDebt(anna, "documents", "class:1")
    reminders.record(conn, [Occasion(told, DAY), Occasion(told, date(2017, 11, 9))])
    assert reminders.told_up_to(conn, ["documents"], anna, anna, DAY) == {told: DAY}
    assert reminders.told_up_to(conn, ["documents"], anna, anna, date(2017, 11, 10)) == {told: date(2017, 11, 9)}


def test_muting_twice_and_unmuting_what_was_never_muted_change_nothing_more(conn: Connection, anna: PersonId) -> None:
    for _ in range(2):
        reminders.mute(conn, anna, "digest", at=NOON)
    reminders.unmute(conn, anna, "broadcasts")
    assert reminders.muted(conn, anna) == {"digest"}
    assert reminders.muted_between(conn, anna, anna) == {(anna, "digest")}
    reminders.unmute(conn, anna, "digest")
    assert reminders.muted(conn, anna) == set()
