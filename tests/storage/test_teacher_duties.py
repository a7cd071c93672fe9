from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, update

from bot.domain.identifiers import ClassId, PersonId
from bot.domain.reports import Lesson, Practice, Report, ReportStage
from bot.storage import classes, participant_ids, practice, reports, schema
from bot.storage.teacher_duties import Owing, OwingClaims, without_claims, without_practice, without_report
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school

LONG_AGO = datetime(2017, 1, 1, tzinfo=UTC)
LAST = PersonId(2**63 - 1)
HOUR = timedelta(hours=1)
DOCUMENTS, READY, HELD = ReportStage


def taught(conn: Connection, *, pupils: int = 3) -> tuple[PersonId, ClassId]:
    teacher = add_person(conn)
    return teacher, add_class(conn, add_school(conn), teacher, pupils=pupils)


def report(conn: Connection, class_id: ClassId, stage: ReportStage, at: datetime) -> None:
    lesson = Lesson(date(2017, 11, 9), 3, Practice.HOMEWORK) if stage is HELD else None
    reports.add(conn, class_id, add_person(conn), Report(stage, at, lesson=lesson))


def undo(conn: Connection, class_id: ClassId, stage: ReportStage, at: datetime) -> None:
    assert reports.undo(conn, class_id, stage, add_person(conn), at=at, decision=None)


def hand_over(conn: Connection, class_id: ClassId, to: PersonId, at: datetime) -> None:
    conn.execute(update(schema.class_teachers).where(schema.class_teachers.c.class_id == class_id).values(until=at))
    classes.assign(conn, class_id, to, at=at, decision=None)


def owing(conn: Connection, stage: ReportStage, *, since: datetime = LONG_AGO) -> list[Owing]:
    return list(without_report(conn, stage, PersonId(0), LAST, since=since))


def test_a_class_owes_one_report_at_a_time_each_since_the_one_before(conn: Connection) -> None:
    teacher, class_id = taught(conn)
    assert owing(conn, DOCUMENTS) == [Owing(teacher, class_id, "9А", NOON, None)]
    assert owing(conn, READY) == owing(conn, HELD) == []
    report(conn, class_id, DOCUMENTS, NOON + HOUR)
    assert owing(conn, READY) == [Owing(teacher, class_id, "9А", NOON + HOUR, None)]
    report(conn, class_id, READY, NOON + 2 * HOUR)
    assert owing(conn, HELD) == [Owing(teacher, class_id, "9А", NOON + 2 * HOUR, None)]


def test_what_was_settled_lately_says_when_and_later_is_left_out(conn: Connection) -> None:
    teacher, class_id = taught(conn)
    report(conn, class_id, DOCUMENTS, NOON + HOUR)
    assert owing(conn, DOCUMENTS, since=NOON) == [Owing(teacher, class_id, "9А", NOON, NOON + HOUR)]
    assert owing(conn, DOCUMENTS, since=NOON + HOUR) == []


def test_an_undone_report_is_owed_again_since_it_was_undone(conn: Connection) -> None:
    teacher, class_id = taught(conn)
    report(conn, class_id, DOCUMENTS, NOON + HOUR)
    undo(conn, class_id, DOCUMENTS, NOON + 2 * HOUR)
    assert owing(conn, DOCUMENTS) == [Owing(teacher, class_id, "9А", NOON + 2 * HOUR, None)]
    assert owing(conn, READY) == []
    report(conn, class_id, DOCUMENTS, NOON + 3 * HOUR)
    assert owing(conn, DOCUMENTS) == [Owing(teacher, class_id, "9А", NOON + 2 * HOUR, NOON + 3 * HOUR)]


def test_a_hand_over_ends_one_teachers_debt_and_begins_the_other_ones(conn: Connection) -> None:
    old, class_id = taught(conn)
    new = add_person(conn, "Вера")
    hand_over(conn, class_id, new, NOON + HOUR)
    first, second = owing(conn, DOCUMENTS)
    assert first == Owing(old, class_id, "9А", NOON, NOON + HOUR)
    assert second == Owing(new, class_id, "9А", NOON + HOUR, None)
    assert [one.teacher for one in owing(conn, DOCUMENTS, since=NOON + HOUR)] == [new]


def test_what_the_teacher_before_reported_is_no_debt_of_the_next(conn: Connection) -> None:
    old, class_id = taught(conn)
    report(conn, class_id, DOCUMENTS, NOON + HOUR)
    new = add_person(conn, "Вера")
    hand_over(conn, class_id, new, NOON + 2 * HOUR)
    assert [one.teacher for one in owing(conn, DOCUMENTS)] == [old]
    ready = sorted(owing(conn, READY), key=lambda one: one.since)
    assert [(one.teacher, one.since, one.done_at) for one in ready] == [
        (old, NOON + HOUR, NOON + 2 * HOUR),
        (new, NOON + 2 * HOUR, None),
    ]


def test_only_people_of_the_range_are_asked_about(conn: Connection) -> None:
    first, _ = taught(conn)
    second = add_person(conn)
    add_class(conn, add_school(conn), second, label="9-Б")
    assert [one.teacher for one in without_report(conn, DOCUMENTS, second, second, since=LONG_AGO)] == [second]
    assert [one.teacher for one in without_report(conn, DOCUMENTS, PersonId(0), first, since=LONG_AGO)] == [first]


def held(conn: Connection, class_id: ClassId) -> None:
    for hours, stage in enumerate(ReportStage, start=1):
        report(conn, class_id, stage, NOON + hours * HOUR)


def test_practice_is_owed_from_the_lesson_until_its_list_is_saved(conn: Connection) -> None:
    teacher, class_id = taught(conn)
    assert list(without_practice(conn, PersonId(0), LAST, since=LONG_AGO)) == []
    held(conn, class_id)
    [owed] = without_practice(conn, PersonId(0), LAST, since=LONG_AGO)
    assert (owed.teacher, owed.since, owed.done_at) == (teacher, NOON + 3 * HOUR, None)
    assert (owed.lesson_on, owed.practice) == (date(2017, 11, 9), Practice.HOMEWORK)
    marked = practice.of_class(conn, class_id)
    assert marked is not None
    practice.save(conn, marked.lesson, at=NOON + 4 * HOUR)
    [owed] = without_practice(conn, PersonId(0), LAST, since=NOON)
    assert owed.done_at == NOON + 4 * HOUR
    undo(conn, class_id, HELD, NOON + 5 * HOUR)
    report(conn, class_id, HELD, NOON + 6 * HOUR)
    [owed] = without_practice(conn, PersonId(0), LAST, since=NOON)
    assert (owed.since, owed.done_at) == (NOON + 6 * HOUR, None)


def test_free_numbers_are_owed_by_place_from_the_lesson_until_all_are_taken(conn: Connection) -> None:
    teacher, class_id = taught(conn)
    numbers = [one.number for one in participant_ids.of_class(conn, class_id)]
    add_claim(conn, numbers[1], add_person(conn))
    assert list(without_claims(conn, PersonId(0), LAST, since=LONG_AGO)) == []
    held(conn, class_id)
    wanted = OwingClaims(teacher, class_id, "9А", NOON + 3 * HOUR, None, (1, 3))
    assert list(without_claims(conn, PersonId(0), LAST, since=LONG_AGO)) == [wanted]
    for number in (numbers[0], numbers[2]):
        add_claim(conn, number, add_person(conn))
    conn.execute(update(schema.claims).values(claimed_at=NOON + 4 * HOUR))
    [owed] = without_claims(conn, PersonId(0), LAST, since=NOON)
    assert (owed.done_at, owed.places) == (NOON + 4 * HOUR, ())
    assert list(without_claims(conn, PersonId(0), LAST, since=NOON + 4 * HOUR)) == []
