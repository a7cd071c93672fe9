from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.climbing import Coordinators, Late, asked_on, escalated, first_working_day_of_week
from bot.domain.identifiers import MunicipalityId, PersonId, SchoolId
from bot.domain.roles import (
    Actor,
    DecideApplication,
    Grant,
    Municipality,
    Region,
    Role,
    School,
    Scope,
    addressees,
)

SCHOOL = School(SchoolId(5), MunicipalityId(2))
TOWN, REGION = Municipality(MunicipalityId(2)), Region()
TEACHER, OF_SCHOOL, OF_TOWN, OF_REGION = PersonId(1), PersonId(11), PersonId(12), PersonId(13)
EVERYBODY: Coordinators = {
    SCHOOL: frozenset({OF_SCHOOL}),
    TOWN: frozenset({OF_TOWN}),
    REGION: frozenset({OF_REGION}),
}


def november(day: int) -> date:
    return date(2017, 11, day)


def late(due: date, debtor: PersonId = TEACHER, subject: str = "class:1") -> Late:
    return Late("documents", subject, debtor, SCHOOL, due)


def told(
    calendar: Calendar,
    one: Late,
    level: Scope,
    today: date,
    told_on: date | None = None,
    staff: Coordinators = EVERYBODY,
) -> str:
    """What the level's digest of that day does with the debt: nothing, tell it as news, or tell it again."""
    found = escalated([one], level, staff, calendar, told_on=told_on, today=today)
    return "nothing" if not found else "news" if found[0].is_new else "again"


# --- late debts


def test_the_school_hears_on_the_next_working_day_and_the_municipality_on_the_second(calendar: Calendar) -> None:
    friday = late(november(10))
    days = [november(10), november(11), november(13), november(14), november(15)]
    assert [told(calendar, friday, SCHOOL, day, november(10)) for day in days] == [
        "nothing", "nothing", "news", "news", "news",
    ]  # fmt: skip
    assert [told(calendar, friday, TOWN, day, november(10)) for day in days] == [
        "nothing", "nothing", "nothing", "news", "news",
    ]  # fmt: skip


def test_a_debt_that_was_told_is_told_again_but_is_no_news(calendar: Calendar) -> None:
    assert told(calendar, late(november(10)), SCHOOL, november(14), told_on=november(13)) == "again"
    assert told(calendar, late(november(10)), TOWN, november(15), told_on=november(14)) == "again"
    assert told(calendar, late(november(10)), TOWN, november(14), told_on=november(13)) == "news"


def test_a_level_without_a_person_is_skipped_and_the_next_takes_its_place(calendar: Calendar) -> None:
    without_school: Coordinators = {TOWN: frozenset({OF_TOWN}), REGION: frozenset({OF_REGION})}
    assert told(calendar, late(november(10)), TOWN, november(13), november(10), without_school) == "news"
    assert told(calendar, late(november(10)), SCHOOL, november(13), november(10), without_school) == "nothing"


def test_who_owes_it_themselves_is_no_level_to_climb_to(calendar: Calendar) -> None:
    own = late(november(10), debtor=OF_SCHOOL)
    assert told(calendar, own, SCHOOL, november(14)) == "nothing"
    assert told(calendar, own, TOWN, november(13), november(10)) == "news"


def test_the_region_hears_once_a_week_in_its_first_digest_of_the_week(calendar: Calendar) -> None:
    thursday = late(november(9))
    assert told(calendar, thursday, REGION, november(10), november(9)) == "nothing"
    assert told(calendar, thursday, REGION, november(13), november(10)) == "news"
    assert told(calendar, thursday, REGION, november(14), november(13)) == "nothing"
    assert told(calendar, thursday, REGION, november(20), november(17)) == "news"


def test_the_regions_monday_that_was_missed_is_made_up_for_later_in_the_week(calendar: Calendar) -> None:
    assert told(calendar, late(november(9)), REGION, november(15), november(10)) == "news"
    assert told(calendar, late(november(13)), REGION, november(15), november(10)) == "nothing"


def test_the_week_begins_with_its_first_working_day_after_holidays(calendar: Calendar) -> None:
    assert first_working_day_of_week(date(2017, 11, 8), calendar) == date(2017, 11, 7)  # the 6th was given for the 4th
    assert first_working_day_of_week(date(2018, 1, 3), calendar) is None


def test_the_longest_late_come_first_whatever_order_they_were_found_in(calendar: Calendar) -> None:
    found = [late(november(day), subject=f"class:{day}") for day in (10, 8, 9)]
    heard = escalated(found, SCHOOL, EVERYBODY, calendar, told_on=None, today=november(15))
    assert [one.late.due.day for one in heard] == [8, 9, 10]


@given(due=st.dates(date(2017, 11, 8), date(2017, 12, 3)), days=st.integers(0, 20))
def test_news_of_a_debt_come_to_each_level_exactly_once_when_digests_go_every_working_day(
    calendar: Calendar, due: date, days: int
) -> None:
    last = due - timedelta(days=7)
    news: dict[Scope, int] = dict.fromkeys((SCHOOL, TOWN), 0)
    while not calendar.is_working_day(last):
        last -= timedelta(days=1)
    for _ in range(days + 10):
        today = calendar.next_working_day(last)
        for level in news:
            news[level] += told(calendar, late(due), level, today, last) == "news"
        last = today
    assert set(news.values()) <= {0, 1}
    assert last <= due + timedelta(days=7) or set(news.values()) == {1}


# --- applications


def test_an_application_is_put_before_each_level_in_its_turn(calendar: Calendar) -> None:
    assert asked_on(SCHOOL, TEACHER, november(8), EVERYBODY, calendar) == {
        OF_SCHOOL: [november(9)],
        OF_TOWN: [november(13)],
        OF_REGION: [november(15)],
    }


def test_an_application_skips_empty_levels_and_never_reaches_its_own_applicant(calendar: Calendar) -> None:
    staff: Coordinators = {SCHOOL: frozenset({TEACHER}), REGION: frozenset({OF_REGION, TEACHER})}
    assert asked_on(SCHOOL, TEACHER, november(10), staff, calendar) == {OF_REGION: [november(13)]}
    assert asked_on(SCHOOL, TEACHER, november(10), {}, calendar) == {}


def test_a_coordinator_of_two_levels_is_asked_once_at_each(calendar: Calendar) -> None:
    staff: Coordinators = {SCHOOL: frozenset({OF_SCHOOL}), TOWN: frozenset({OF_SCHOOL})}
    assert asked_on(SCHOOL, TEACHER, november(8), staff, calendar) == {OF_SCHOOL: [november(9), november(13)]}


PERSONS = st.frozensets(st.sampled_from([TEACHER, OF_SCHOOL, OF_TOWN, OF_REGION]))


@given(of_school=PERSONS, of_town=PERSONS, of_region=PERSONS, made_on=st.integers(8, 20), later=st.integers(1, 14))
def test_an_application_lies_with_those_who_were_asked_last_as_the_roles_say(
    calendar: Calendar,
    of_school: frozenset[PersonId],
    of_town: frozenset[PersonId],
    of_region: frozenset[PersonId],
    made_on: int,
    later: int,
) -> None:
    staff: Coordinators = {SCHOOL: of_school, TOWN: of_town, REGION: of_region}
    actors = [
        Actor(person, frozenset(Grant(Role.COORDINATOR, scope) for scope, held in staff.items() if person in held))
        for person in of_school | of_town | of_region
    ]
    day = calendar.next_working_day(november(made_on) + timedelta(days=later - 1))
    waited = calendar.working_days_between(november(made_on), day)
    addressed = addressees(DecideApplication(TEACHER, SCHOOL), actors, working_days_waited=waited)
    asked = asked_on(SCHOOL, TEACHER, november(made_on), staff, calendar)
    last = max((one for days in asked.values() for one in days if one <= day), default=None)
    assert {person for person, days in asked.items() if last in days} == addressed
