from datetime import date, timedelta

from sqlalchemy import Connection

from bot.domain.identifiers import ClassId
from bot.domain.practice import PracticeList
from bot.domain.reports import Lesson, Practice, Report, ReportStage
from bot.domain.roles import Region
from bot.storage import participant_ids, practice, reports
from bot.storage.practice import LessonsPractice
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school


def lesson_of(conn: Connection, *, attended: int = 2, kind: Practice = Practice.HOMEWORK) -> ClassId:
    class_id = add_class(conn, add_school(conn), add_person(conn))
    report(conn, class_id, attended, kind)
    return class_id


def report(conn: Connection, class_id: ClassId, attended: int = 2, kind: Practice = Practice.HOMEWORK) -> None:
    lesson = Lesson(date(2017, 11, 9), attended, kind)
    reports.add(conn, class_id, add_person(conn), Report(ReportStage.HELD, NOON, lesson=lesson))


def stored(conn: Connection, class_id: ClassId) -> LessonsPractice:
    found = practice.of_class(conn, class_id)
    assert found is not None
    return found


def test_a_class_without_a_reported_lesson_has_no_list(conn: Connection) -> None:
    assert practice.of_class(conn, add_class(conn, add_school(conn), add_person(conn))) is None


def test_marks_are_kept_changed_and_taken_back_one_by_one(conn: Connection) -> None:
    class_id = lesson_of(conn)
    lesson = stored(conn, class_id).lesson
    practice.mark(conn, lesson, {1: True, 2: False, 3: True}, at=NOON)
    practice.mark(conn, lesson, {1: False, 3: None}, at=NOON)
    assert stored(conn, class_id).known == PracticeList(Practice.HOMEWORK, 3, 2, NOON, {1: False, 2: False})


def test_a_list_is_saved_once_and_the_first_time_counts(conn: Connection) -> None:
    class_id = lesson_of(conn)
    assert practice.saved_in(conn, [Region()]) == 0
    for at in (NOON, NOON + timedelta(hours=1)):
        practice.save(conn, stored(conn, class_id).lesson, at=at)
    assert stored(conn, class_id).known.saved_at == NOON
    assert practice.saved_in(conn, [Region()]) == 1
    assert reports.undo(conn, class_id, ReportStage.HELD, add_person(conn), at=NOON, decision=None)
    assert practice.saved_in(conn, [Region()]) == 0


def test_numbers_claimed_after_the_report_raise_how_many_attended(conn: Connection) -> None:
    class_id = lesson_of(conn, attended=1)
    for one in participant_ids.of_class(conn, class_id)[:2]:
        add_claim(conn, one.number, add_person(conn))
    assert stored(conn, class_id).known.attended == 2


def test_a_lesson_reported_anew_begins_with_an_empty_list(conn: Connection) -> None:
    class_id = lesson_of(conn)
    before = stored(conn, class_id)
    practice.mark(conn, before.lesson, {1: True}, at=NOON)
    assert reports.undo(conn, class_id, ReportStage.HELD, add_person(conn), at=NOON, decision=None)
    report(conn, class_id)
    after = stored(conn, class_id)
    assert after.lesson != before.lesson
    assert (dict(after.known.marks), after.known.saved_at) == ({}, None)
