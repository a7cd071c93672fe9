from datetime import date, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.identifiers import ClassId
from bot.domain.reports import Lesson, Practice, Report, ReportStage
from bot.domain.roles import Municipality, Region
from bot.storage import decisions, reports
from bot.storage.decisions import Decision, Deed, Subject
from tests.storage.builders import NOON, add_class, add_person, add_school
from tests.storage.conftest import Race, transaction

DOCUMENTS = Report(ReportStage.DOCUMENTS, NOON)
LESSON = Lesson(date(2017, 11, 9), attended=1, practice=Practice.HOMEWORK)
HELD = Report(ReportStage.HELD, NOON, is_late=True, lesson=LESSON, awaits_coordinator=True)


def new_class(conn: Connection) -> ClassId:
    return add_class(conn, add_school(conn), add_person(conn))


def test_reports_come_back_exactly_as_they_were_made(conn: Connection) -> None:
    class_id, teacher = new_class(conn), add_person(conn)
    reports.add(conn, class_id, teacher, DOCUMENTS)
    reports.add(conn, class_id, teacher, HELD)
    assert reports.standing(conn, class_id) == {ReportStage.DOCUMENTS: DOCUMENTS, ReportStage.HELD: HELD}


def test_of_the_same_report_made_twice_at_once_one_is_stored(database_url: str, race: Race) -> None:
    with transaction(database_url) as conn:
        class_id, teacher = new_class(conn), add_person(conn)

    def reporting(conn: Connection) -> None:
        reports.add(conn, class_id, teacher, DOCUMENTS)

    outcomes = race(reporting, reporting)
    assert sorted(isinstance(outcome, IntegrityError) for outcome in outcomes) == [False, True]


def test_an_undone_report_no_longer_stands_and_can_be_made_again(conn: Connection) -> None:
    class_id, teacher = new_class(conn), add_person(conn)
    reports.add(conn, class_id, teacher, DOCUMENTS)
    assert reports.undo(conn, class_id, ReportStage.DOCUMENTS, teacher, at=NOON, decision=None)
    assert not reports.undo(conn, class_id, ReportStage.DOCUMENTS, teacher, at=NOON, decision=None)
    assert reports.standing(conn, class_id) == {}
    reports.add(conn, class_id, teacher, DOCUMENTS)
    assert reports.standing(conn, class_id) == {ReportStage.DOCUMENTS: DOCUMENTS}


def test_a_low_attendance_waits_until_it_is_accepted_once(conn: Connection) -> None:
    class_id, teacher = new_class(conn), add_person(conn)
    reports.add(conn, class_id, teacher, HELD)
    journal = decisions.record(conn, Decision(NOON, teacher, Deed.ACCEPT_ATTENDANCE, Subject.CLASS, str(class_id)))
    assert reports.accept_attendance(conn, class_id, journal)
    assert not reports.accept_attendance(conn, class_id, journal)
    assert not reports.standing(conn, class_id)[ReportStage.HELD].awaits_coordinator


def test_classes_without_a_report_come_longest_silence_first(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    spoke = add_class(conn, school, teacher, label="9-А")
    silent = add_class(conn, school, teacher, label="9-Б")
    done = add_class(conn, school, teacher, label="9-В")
    reports.add(conn, spoke, teacher, Report(ReportStage.DOCUMENTS, NOON + timedelta(days=1)))
    reports.add(conn, done, teacher, Report(ReportStage.READY, NOON))
    owing = reports.without(conn, [Region()], ReportStage.READY, page=0, size=5)
    assert ([one.id for one in owing.classes], owing.owing) == ([silent, spoke], 2)
    assert (owing.classes[0].shown, owing.classes[0].teacher) == ("9Б", teacher)


def test_owing_classes_are_counted_by_municipality_and_school_within_the_scope(conn: Connection) -> None:
    here = add_school(conn)
    there = add_school(conn, "СОШ № 2", municipality="Шпаковский округ", settlement="Михайловск")
    for label in ("9-А", "9-Б"):
        add_class(conn, here, add_person(conn), label=label)
    add_class(conn, there, add_person(conn))
    stage = ReportStage.DOCUMENTS
    by_municipality = reports.municipalities_without(conn, [Region()], stage)
    assert [(one.name, one.classes) for one in by_municipality] == [("Город Ставрополь", 2), ("Шпаковский округ", 1)]
    by_school = reports.schools_without(conn, [Municipality(there.municipality_id)], stage)
    assert [(one.name, one.classes) for one in by_school] == [("СОШ № 2, Михайловск", 1)]
    assert reports.without(conn, [here.scope], stage, page=1, size=1).owing == 2


def test_the_funnel_counts_classes_by_the_reports_that_stand(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    first = add_class(conn, school, teacher, label="9-А")
    add_class(conn, school, teacher, label="9-Б")
    reports.add(conn, first, teacher, DOCUMENTS)
    reports.add(conn, first, teacher, Report(ReportStage.READY, NOON))
    reports.undo(conn, first, ReportStage.READY, teacher, at=NOON, decision=None)
    funnel = reports.funnel(conn, [Region()])
    assert funnel == reports.Funnel(2, {ReportStage.DOCUMENTS: 1, ReportStage.READY: 0, ReportStage.HELD: 0})
