from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.climbing import Escalated, Late
from bot.domain.digest import Figures, by_duty, has_news, news_since, percent, total, widest
from bot.domain.identifiers import MunicipalityId, PersonId, SchoolId
from bot.domain.reports import ReportStage
from bot.domain.roles import Municipality, Region, School
from tests.domain.builders import moscow

SCHOOL = School(SchoolId(5), MunicipalityId(2))
FRIDAY, MONDAY = date(2017, 11, 17), date(2017, 11, 20)


def late(day: int = 10, *, is_new: bool = True, duty: str = "documents") -> Escalated:
    return Escalated(Late(duty, f"class:{day}", PersonId(1), SCHOOL, date(2017, 11, day)), is_new)


def goes(calendar: Calendar, figures: Figures, *heard: Escalated, told_on: date | None = FRIDAY) -> bool:
    return has_news(figures, heard, calendar, told_on=told_on, today=MONDAY)


def test_a_digest_does_not_go_while_everything_merely_stands_still(calendar: Calendar) -> None:
    standing = Figures(registered=9, reached={ReportStage.DOCUMENTS: 4}, unreachable=frozenset({PersonId(1)}))
    assert not goes(calendar, standing)
    assert not goes(calendar, standing, late(is_new=False))


@pytest.mark.parametrize(
    "changed",
    [
        Figures(classes=1),
        Figures(reported={ReportStage.HELD: 1}),
        Figures(participants=1),
        Figures(votes=1),
        Figures(refused=frozenset({PersonId(1)})),
    ],
)
def test_any_change_since_the_last_one_makes_a_digest_go(calendar: Calendar, changed: Figures) -> None:
    assert goes(calendar, changed)


def test_a_debt_that_has_climbed_since_makes_a_digest_go(calendar: Calendar) -> None:
    assert goes(calendar, Figures(), late(is_new=False), late(9))


def test_schools_without_a_teacher_are_news_once_from_the_third_day_of_registration(calendar: Calendar) -> None:
    lacking = Figures(without_teacher=3)

    def goes_on(day: int, told_on: int | None) -> bool:
        told = None if told_on is None else date(2017, 11, told_on)
        return has_news(lacking, [], calendar, told_on=told, today=date(2017, 11, day))

    assert not goes_on(9, None)
    assert goes_on(10, None)
    assert goes_on(13, 9)
    assert not goes_on(13, 10)
    assert not goes_on(24, None)


def test_a_total_adds_everything_up_and_counts_each_teacher_once() -> None:
    anna, boris = PersonId(1), PersonId(2)
    first = Figures(
        2, {ReportStage.DOCUMENTS: 1}, 1, frozenset({anna}), 1, {ReportStage.READY: 1}, 3, 4, frozenset({anna})
    )
    second = Figures(
        3, {ReportStage.DOCUMENTS: 2}, 0, frozenset({anna, boris}), 0, {ReportStage.READY: 2}, 5, 6, frozenset()
    )
    together = total([first, second])
    assert (together.registered, together.without_teacher, together.classes) == (5, 1, 1)
    assert together.reached == {ReportStage.DOCUMENTS: 3, ReportStage.READY: 0, ReportStage.HELD: 0}
    assert together.reported == {ReportStage.DOCUMENTS: 0, ReportStage.READY: 3, ReportStage.HELD: 0}
    assert (together.participants, together.votes) == (8, 10)
    assert (set(together.unreachable), set(together.refused)) == ({anna, boris}, {anna})
    assert [together.owing(stage) for stage in ReportStage] == [2, 5, 5]
    assert not total([]).has_changed


def test_late_debts_are_told_duty_by_duty_with_the_longest_late_by_name() -> None:
    heard = [late(8), late(9, duty="ready"), late(10), late(13), late(14)]
    documents, ready = by_duty(heard, named=3)
    assert (documents.duty, documents.count, [one.late.due.day for one in documents.longest]) == (
        "documents", 4, [8, 10, 13],
    )  # fmt: skip
    assert (ready.duty, ready.count) == ("ready", 1)


def test_scopes_within_other_scopes_of_the_same_person_count_once() -> None:
    town = Municipality(MunicipalityId(2))
    elsewhere = School(SchoolId(6), MunicipalityId(3))
    assert widest([SCHOOL, town, elsewhere, SCHOOL]) == [town, elsewhere]
    assert widest([SCHOOL, Region(), town]) == [Region()]


def test_per_cent_are_whole_rounded_half_up_and_nothing_of_nothing() -> None:
    assert [percent(1, 3), percent(2, 3), percent(1, 8), percent(0, 5), percent(5, 5), percent(0, 0)] == [
        33, 67, 13, 0, 100, 0,
    ]  # fmt: skip


def test_what_is_new_counts_from_the_minute_of_the_last_digest_or_the_day_of_appointment(calendar: Calendar) -> None:
    appointed_at, told_at = moscow("2017-11-09 17:30"), moscow("2017-11-10 12:00:47.25")
    assert news_since(told_at, appointed_at, calendar) == moscow("2017-11-10 12:00")
    assert news_since(None, appointed_at, calendar) == moscow("2017-11-09 00:00")
