from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from bot.domain.calendar import Calendar, Period, Periods
from bot.domain.digest import Figures, total
from bot.domain.identifiers import MunicipalityId, PersonId
from bot.domain.names import ShownAs
from bot.domain.receipts import new_receipt
from bot.domain.reports import Report, ReportStage
from bot.domain.roles import Grant, Municipality, Region, Role, Scope, covers
from bot.domain.school_classes import OrganisationType
from bot.domain.votes import VoteCounts
from bot.storage import (
    applications,
    coordinators,
    decisions,
    digests,
    participant_ids,
    people,
    reachability,
    reports,
    roles,
    schema,
    summaries,
    votes,
)
from bot.storage.decisions import Decision, Deed, Subject
from bot.storage.schema_duties import broadcasts, recipients
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_reminder, add_school

BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
CAMPAIGN = Period(date(2017, 11, 8), date(2017, 12, 3))
CALENDAR = Calendar(ZoneInfo("Europe/Moscow"), Periods(*[CAMPAIGN] * 7))
TODAY = date(2017, 11, 10)


def figures(conn: Connection, *scopes: Scope, since: datetime = BEFORE) -> Figures:
    """The figures of the scopes, of the whole campaign if none is named; asked in both ways, which must agree."""
    schools = {number: one.school for number, one in coordinators.classes_at(conn).items()}
    everywhere = digests.changes(conn, schools, since=since, calendar=CALENDAR)
    assert digests.changes(conn, schools, since=since, calendar=CALENDAR, among=list(schools)) == everywhere
    parts = (*digests.standings(conn).items(), *everywhere.items())
    return total(one for school, one in parts if any(covers(scope, school) for scope in scopes or [Region()]))


def appoint(conn: Connection, scope: Scope, person: PersonId | None = None) -> PersonId:
    person = person or add_person(conn, "Ирина", "О")
    journal = decisions.record(conn, Decision(NOON, None, Deed.APPOINT, Subject.INVITATION, str(person)))
    roles.appoint(conn, person, Grant(Role.COORDINATOR, scope), at=NOON, decision=journal)
    return person


# --- figures


def test_figures_count_what_stands_and_what_came_after_the_last_digest(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    class_id = add_class(conn, school, teacher)
    reports.add(conn, class_id, teacher, Report(ReportStage.DOCUMENTS, NOON))
    number = participant_ids.of_class(conn, class_id)[0].number
    add_claim(conn, number, add_person(conn, "Мария"))
    voter = people.join(conn, "vk", 7, at=NOON)
    pseudonym = votes.voter(conn, "vk", 7).voter.pseudonym
    votes.cast(conn, VoteCounts(pseudonym, None, number, NOON), voter, ShownAs.NAME, new_receipt(lambda below: 0))
    found = figures(conn)
    assert (found.registered, found.reached[ReportStage.DOCUMENTS], found.reached[ReportStage.READY]) == (1, 1, 0)
    assert (found.classes, found.reported[ReportStage.DOCUMENTS], found.participants, found.votes) == (1, 1, 1, 1)
    later = figures(conn, since=AFTER)
    assert (later.registered, later.reached) == (found.registered, found.reached)
    assert not later.has_changed
    assert summaries.turnout(conn, [Region()]) == summaries.turnout(conn, [school.scope])
    assert summaries.turnout(conn, [Region()]) == summaries.Turnout(participants=1, votes=1, unreachable=0)


def test_figures_stay_within_the_scopes_and_undone_reports_do_not_count(conn: Connection) -> None:
    near, far = add_school(conn), add_school(conn, "СОШ № 2", municipality="Шпаковский округ")
    teacher = add_person(conn)
    near_class = add_class(conn, near, teacher)
    add_class(conn, far, teacher)
    reports.add(conn, near_class, teacher, Report(ReportStage.DOCUMENTS, NOON))
    reports.undo(conn, near_class, ReportStage.DOCUMENTS, teacher, at=NOON, decision=None)
    for scope, registered in (
        (Region(), 2),
        (near.scope, 1),
        (Municipality(MunicipalityId(far.municipality_id)), 1),
    ):
        found = figures(conn, scope)
        assert (found.registered, sum(found.reached.values()), sum(found.reported.values())) == (registered, 0, 0)


def test_what_changed_among_some_classes_leaves_out_all_others(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    first, second = (add_class(conn, school, teacher, label=label) for label in ("9-А", "9-Б"))
    for class_id in (first, second):
        add_claim(conn, participant_ids.of_class(conn, class_id)[0].number, add_person(conn))
    schools = dict.fromkeys((first, second), school.scope)
    found = digests.changes(conn, schools, since=BEFORE, calendar=CALENDAR, among=[second])
    assert [(one, figures.classes, figures.participants) for one, figures in found.items()] == [(school.scope, 1, 1)]


def test_schools_without_a_teacher_are_those_that_could_take_part(conn: Connection) -> None:
    add_class(conn, add_school(conn), add_person(conn))
    add_school(conn, "СОШ № 7")
    add_school(conn, "Колледж связи", organisation_type=OrganisationType.COLLEGE)
    add_school(conn, "Детский сад № 1", organisation_type=OrganisationType.PRESCHOOL)
    assert figures(conn).without_teacher == 2
    first = digests.schools_without_teacher(conn, [Region()], page=0, size=1)
    second = digests.schools_without_teacher(conn, [Region()], page=1, size=1)
    assert ([one.name for one in (*first.schools, *second.schools)], first.found) == (["Колледж связи", "СОШ № 7"], 2)


def test_teachers_who_refused_a_message_or_take_none_are_counted_once(conn: Connection) -> None:
    school = add_school(conn)
    anna, boris, vera = (people.join(conn, "vk", user_id, at=NOON) for user_id in (1, 2, 3))
    for teacher, label in ((anna, "9-А"), (boris, "9-Б"), (vera, "9-В"), (anna, "9-Г")):
        add_class(conn, school, teacher, label=label)
    reachability.lose(conn, "vk", 1, at=NOON)
    add_reminder(conn, anna, TODAY, state="refused")
    add_reminder(conn, vera, TODAY)
    sent = {
        "author_id": vera, "state": "finished", "audience": "{}", "created_at": NOON, "finished_at": NOON,
        "touched_real_at": NOON,
    }  # fmt: skip
    broadcast = conn.execute(insert(broadcasts).returning(broadcasts.c.id), sent).scalar_one()
    to = {"broadcast_id": broadcast, "messenger": "vk", "peer": 2}
    conn.execute(insert(recipients), [{**to, "person_id": boris, "state": "refused"}])
    conn.execute(insert(recipients), [{**to, "person_id": anna, "state": "refused"}])
    found = figures(conn)
    assert (set(found.unreachable), set(found.refused)) == ({anna}, {anna, boris})
    assert figures(conn, since=AFTER).refused == set()
    assert summaries.turnout(conn, [Region()]).unreachable == 1


def test_the_summary_by_municipality_has_a_line_for_each_with_classes(conn: Connection) -> None:
    teacher, far = add_person(conn), add_school(conn, municipality="Шпаковский округ")
    near_class = add_class(conn, add_school(conn), teacher)
    add_class(conn, far, teacher)
    add_school(conn, "СОШ № 1", municipality="Пустой округ")
    reports.add(conn, near_class, teacher, Report(ReportStage.DOCUMENTS, NOON))
    found = summaries.by_municipality(conn, [Region()])
    assert [(one.name, one.funnel.registered, one.funnel.reached[ReportStage.DOCUMENTS]) for one in found] == [
        ("Город Ставрополь", 1, 1),
        ("Шпаковский округ", 1, 0),
    ]


# --- coordinators


def test_coordinators_are_told_apart_by_when_they_had_their_last_digest(conn: Connection) -> None:
    school = add_school(conn)
    irina, oleg = appoint(conn, Region()), appoint(conn, school.scope)
    appoint(conn, Municipality(school.municipality_id), irina)
    add_reminder(conn, irina, TODAY)
    everybody = {"first": PersonId(0), "last": PersonId(2**63 - 1)}
    told, untold = coordinators.to_tell(conn, "digest", today=date(2017, 11, 13), **everybody)
    assert (told.person, told.scopes, told.told_at) == (
        irina, (Region(), Municipality(school.municipality_id)), NOON,
    )  # fmt: skip
    assert (untold.person, untold.scopes, untold.told_at, untold.appointed_at) == (oleg, (school.scope,), None, NOON)
    assert [one.person for one in coordinators.to_tell(conn, "digest", today=TODAY, **everybody)] == [oleg]
    assert coordinators.to_tell(conn, "digest", today=TODAY, first=PersonId(0), last=irina) == []


def test_who_was_erased_or_revoked_coordinates_nothing_any_more(conn: Connection) -> None:
    school = add_school(conn)
    irina, oleg, vera = (appoint(conn, school.scope) for _ in range(3))
    people.erase(conn, oleg, at=NOON)
    conn.execute(update(schema.roles).where(schema.roles.c.person_id == vera), {"revoked_at": NOON})
    assert coordinators.by_scope(conn) == {school.scope: {irina}}


def test_applications_count_while_they_wait_and_once_more_after_the_decision(conn: Connection) -> None:
    school, teacher = add_school(conn), add_person(conn)
    made = applications.add(conn, teacher, school.id, "9-А", pupils=3, at=BEFORE)
    (found,) = coordinators.unanswered(conn, since=AFTER)
    assert (found.id, found.applicant, found.class_at.shown, found.class_at.school, found.decided_at) == (
        made.id, teacher, "9А", school.scope, None,
    )  # fmt: skip
    applications.withdraw(conn, teacher, at=NOON)
    assert [one.decided_at for one in coordinators.unanswered(conn, since=BEFORE)] == [NOON]
    assert coordinators.unanswered(conn, since=NOON) == []


def test_classes_and_names_are_found_for_many_at_once(conn: Connection) -> None:
    school, anna, nameless = add_school(conn), add_person(conn), people.join(conn, "vk", 1, at=NOON)
    class_id = add_class(conn, school, anna)
    (found,) = coordinators.classes_at(conn).items()
    assert (found[0], found[1].shown, found[1].school_name, found[1].school) == (
        class_id, "9А", "СОШ № 5", school.scope,
    )  # fmt: skip
    assert coordinators.names_of(conn, [anna, nameless, anna]) == {anna: "Анна К.", nameless: None}
