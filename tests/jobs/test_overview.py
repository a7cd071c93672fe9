from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.duties import Audience, Owed
from bot.domain.identifiers import PersonId
from bot.domain.roles import Municipality, Region, Scope
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.overview import FIRST_PERSON, LAST_PERSON, RoundsOverview
from bot.jobs.setting import Setting
from bot.messenger.keyboards import Limits
from tests.conversations.chat import campaign
from tests.storage.builders import NOON, add_class, add_person, add_school
from tests.storage.conftest import transaction

LIMITS = Limits(
    text=4096, label=40, payload=255, per_row=5, inline_rows=6, inline_buttons=10, menu_rows=10, menu_buttons=40
)
FIRST_PAGE = Round(Setting(campaign(), LIMITS, ""), NOON, NOON - timedelta(days=1), PersonId(1), PersonId(100))


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    with transaction(database_url) as conn:
        yield conn


def climbing(debts: list[Owed], rounds: list[Round]) -> Duty:
    """A made-up duty that was due the day before; it notes for which rounds it was asked."""

    def owed(conn: Connection, round_: Round) -> list[Owed]:
        rounds.append(round_)
        return debts

    return Duty(
        key="documents",
        audience=Audience.TEACHERS,
        owed=owed,
        reminds=lambda owed, calendar: [],
        told=lambda locale, owed, setting: Told(""),
        due=lambda owed, calendar: date(2017, 11, 9),
        climbs=True,
    )


def test_the_pages_of_a_round_share_one_overview_and_the_next_round_looks_anew(conn: Connection) -> None:
    rounds: list[Round] = []
    overviews = RoundsOverview([climbing([], rounds)])
    second_page = replace(FIRST_PAGE, first=PersonId(101), last=PersonId(200))
    found = overviews.at(conn, FIRST_PAGE)
    assert overviews.at(conn, second_page) is found
    assert [(one.first, one.last, one.since) for one in rounds] == [(FIRST_PERSON, LAST_PERSON, NOON)]
    assert overviews.at(conn, FIRST_PAGE) is not found
    again = overviews.at(conn, second_page)
    assert overviews.at(conn, replace(second_page, first=PersonId(201), since=NOON)) is not again


def test_late_debts_lie_in_each_scope_around_the_class_and_settled_ones_in_none(conn: Connection) -> None:
    school, anna = add_school(conn), add_person(conn)
    late, settled = add_class(conn, school, anna), add_class(conn, school, anna, label="9-Б")
    debts = [
        Owed(anna, f"class:{late}", NOON),
        Owed(anna, f"class:{settled}", NOON, settled_at=NOON),
        Owed(anna, "number:123456789012", NOON),
    ]
    found = RoundsOverview([climbing(debts, [])]).at(conn, FIRST_PAGE)
    scopes = (school.scope, Municipality(school.municipality_id), Region())
    assert {scope: [one.subject for one in found.late[scope]] for scope in found.late} == {
        scope: [f"class:{late}"] for scope in scopes
    }
    assert found.classes[f"class:{late}"].shown == "9А"


def test_nothing_is_late_on_the_last_day_itself(conn: Connection) -> None:
    anna = add_person(conn)
    debts = [Owed(anna, f"class:{add_class(conn, add_school(conn), anna)}", NOON)]
    on_the_day = replace(FIRST_PAGE, at=NOON - timedelta(days=1))
    assert not RoundsOverview([climbing(debts, [])]).at(conn, on_the_day).late


def test_figures_of_several_scopes_add_up_to_each_persons_own(conn: Connection) -> None:
    near, far = add_school(conn), add_school(conn, "СОШ № 2", municipality="Шпаковский округ")
    empty, anna = add_school(conn, "СОШ № 9"), add_person(conn)
    for school, label in ((near, "9-А"), (near, "9-Б"), (far, "9-А")):
        add_class(conn, school, anna, label=label)
    found = RoundsOverview([]).at(conn, FIRST_PAGE)
    asked: list[list[Scope]] = [[Region()], [near.scope, far.scope], [empty.scope], []]
    of_everybody = found.figures(conn, asked, NOON)
    assert [(one.registered, one.classes, one.without_teacher) for one in of_everybody] == [
        (3, 3, 1), (3, 3, 0), (0, 0, 1), (0, 0, 0),
    ]  # fmt: skip
    assert [one.has_changed for one in found.figures(conn, asked, NOON + timedelta(hours=1))] == [False] * 4
