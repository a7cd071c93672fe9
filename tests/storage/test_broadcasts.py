"""The ledger of a broadcast: nobody skipped, nobody twice, each recipient in one state, the counts kept right."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Update, func, insert, select, update

from bot.domain.broadcasts import Addressed, BroadcastState, Counts, Reach, RecipientState, ReportsSoFar
from bot.domain.duties import Audience
from bot.domain.identifiers import BroadcastId, MunicipalityId, PersonId
from bot.domain.reports import Report, ReportStage
from bot.domain.roles import Grant, Municipality, Region, Role, Scope
from bot.storage import audiences, broadcasts, decisions, ledger, outbox, people, recipients, reports, roles, schema
from bot.storage.decisions import Decision, Deed, Subject
from bot.storage.outbox import DeliveryState, Outcome
from bot.storage.schema_duties import mutes
from bot.storage.schema_duties import recipients as recipients_table
from bot.storage.schools import ListedSchool
from tests.storage.builders import NOON, add_claim, add_class, add_person, add_school

REAL = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EVERYBODY = (Region(),)
BROADCASTS = 3


def with_account(conn: Connection, person: PersonId, *, unreachable: bool = False) -> PersonId:
    """Lets the person be reached, by a user id that is 1000 more than theirs."""
    account = {"person_id": person, "messenger": "vk", "user_id": 1000 + person, "pseudonym": f"p{person}"}
    conn.execute(insert(schema.accounts), account | {"unreachable_since": NOON if unreachable else None})
    return person


def mute(conn: Connection, person: PersonId) -> None:
    conn.execute(insert(mutes), {"person_id": person, "news": audiences.NEWS, "muted_at": NOON})


def add_participants(conn: Connection, school: ListedSchool, count: int, label: str = "9-А") -> list[PersonId]:
    """A class of pupils who took their IDs."""
    add_class(conn, school, add_person(conn), label=label, pupils=count)
    of_class = (
        select(schema.participant_ids.c.number)
        .join(schema.classes)
        .where(schema.classes.c.school_id == school.id, schema.classes.c.label == label)
    )
    pupils = []
    for number in conn.execute(of_class).scalars().all():
        pupils.append(with_account(conn, add_person(conn)))
        add_claim(conn, number, pupils[-1])
    return pupils


def confirmed(conn: Connection, addressed: Addressed, text: str = "Завтра последний день.") -> BroadcastId:
    """A broadcast that was just sent off."""
    author = add_person(conn, "Ирина")
    broadcast = broadcasts.draft(conn, author, addressed, text=text, at=NOON, real=REAL)
    assert broadcasts.confirm(conn, broadcast, at=NOON, real=REAL)
    return broadcast


def listed(conn: Connection, broadcast: BroadcastId) -> None:
    """Lists all recipients, and looks at the kept counts after every slice."""
    while (going := recipients.lock(conn, broadcast)).state is BroadcastState.LISTING:
        recipients.list_slice(conn, going)
        agrees(conn, broadcast)


def offered(
    conn: Connection, broadcast: BroadcastId, *, most: int = 500, expires_at: datetime | None = None
) -> list[outbox.Delivery]:
    going = recipients.lock(conn, broadcast)
    found = recipients.offer(conn, going, lane=BROADCASTS, most=most, real=REAL, expires_at=expires_at)
    agrees(conn, broadcast)
    return found


def close(conn: Connection, rows: Iterable[int], state: DeliveryState, **more: object) -> None:
    for row in rows:
        outbox.note_outcomes(conn, [Outcome(row, state, closed_at=REAL, **more)])  # type: ignore[arg-type]


def settled(conn: Connection, broadcast: BroadcastId) -> Counts:
    recipients.settle(conn, recipients.lock(conn, broadcast), real=REAL)
    return agrees(conn, broadcast)


def agrees(conn: Connection, broadcast: BroadcastId) -> Counts:
    """The kept counts are those of the ledger."""
    counts = ledger.counted(conn, broadcast)
    assert recipients.lock(conn, broadcast).counts == counts
    return counts


def in_state(conn: Connection, broadcast: BroadcastId, state: RecipientState) -> set[PersonId]:
    column = recipients_table.c
    found = select(column.person_id).where(column.broadcast_id == broadcast, column.state == state.value)
    return set(conn.execute(found).scalars())


# --- whom it means


def test_participants_are_all_with_a_claimed_id_in_the_scope_and_nobody_else(conn: Connection) -> None:
    here = add_school(conn)
    there = add_school(conn, "СОШ № 2", municipality="Шпаковский округ")
    ours, theirs = add_participants(conn, here, 3), add_participants(conn, there, 2)
    for scopes, meant in (
        (EVERYBODY, {*ours, *theirs}),
        ((here.scope,), set(ours)),
        ((Municipality(MunicipalityId(there.municipality_id)),), set(theirs)),
        ((here.scope, there.scope), {*ours, *theirs}),
    ):
        _is_meant(conn, Addressed(Audience.PARTICIPANTS, scopes), meant)


@pytest.mark.parametrize(
    ("so_far", "expected"),
    [
        (ReportsSoFar.ANY, {"fresh", "documents", "held"}),
        (ReportsSoFar.NO_DOCUMENTS, {"fresh"}),
        (ReportsSoFar.NOT_READY, {"fresh", "documents"}),
        (ReportsSoFar.NOT_HELD, {"fresh", "documents"}),
        (ReportsSoFar.HELD, {"held"}),
    ],
)
def test_teachers_are_chosen_by_how_far_their_classes_have_come(
    conn: Connection, so_far: ReportsSoFar, expected: set[str]
) -> None:
    school = add_school(conn)
    teachers = {name: with_account(conn, add_person(conn)) for name in ("fresh", "documents", "held")}
    made = {"fresh": (), "documents": ("documents",), "held": ("documents", "ready", "held")}
    for number, (name, teacher) in enumerate(teachers.items()):
        class_id = add_class(conn, school, teacher, label=f"9-{number}")
        for stage in made[name]:
            values = {"class_id": class_id, "stage": stage, "reported_by": teacher, "reported_at": NOON}
            lesson = {"lesson_on": NOON.date(), "attended": 3, "practice": "in_class"} if stage == "held" else {}
            conn.execute(insert(schema.reports), values | lesson)
    _is_meant(conn, Addressed(Audience.TEACHERS, EVERYBODY, so_far), {teachers[name] for name in expected})


def test_an_undone_report_counts_as_none_when_teachers_are_chosen(conn: Connection) -> None:
    teacher = with_account(conn, add_person(conn))
    class_id = add_class(conn, add_school(conn), teacher)
    reports.add(conn, class_id, teacher, Report(ReportStage.DOCUMENTS, NOON))
    reports.undo(conn, class_id, ReportStage.DOCUMENTS, teacher, at=NOON, decision=None)
    _is_meant(conn, Addressed(Audience.TEACHERS, EVERYBODY, ReportsSoFar.NO_DOCUMENTS), {teacher})


def test_coordinators_are_those_whose_own_scope_lies_within_the_chosen_one(conn: Connection) -> None:
    here = add_school(conn)
    there = add_school(conn, "СОШ № 2", municipality="Шпаковский округ")
    city = Municipality(MunicipalityId(here.municipality_id))
    places: dict[str, Scope] = {"region": Region(), "city": city, "school": here.scope, "far": there.scope}
    found = {name: _coordinator(conn, scope) for name, scope in places.items()}
    for scope, names in ((Region(), set(places)), (city, {"city", "school"}), (here.scope, {"school"})):
        _is_meant(conn, Addressed(Audience.COORDINATORS, (scope,)), {found[name] for name in names})


def test_who_is_left_out_is_counted_before_and_found_in_the_ledger_after(conn: Connection) -> None:
    pupils = add_participants(conn, add_school(conn), 6)
    mute(conn, pupils[0])
    conn.execute(_unreachable([pupils[1], pupils[2]]))
    mute(conn, pupils[2])  # who is both wants nothing in the first place
    people.erase(conn, pupils[3], at=NOON)
    addressed = Addressed(Audience.PARTICIPANTS, EVERYBODY)
    assert audiences.reach(conn, addressed) == Reach(6, unreachable=1, muted=2, erased=1)
    broadcast = confirmed(conn, addressed)
    listed(conn, broadcast)
    assert in_state(conn, broadcast, RecipientState.WAITING) == {pupils[4], pupils[5]}
    assert in_state(conn, broadcast, RecipientState.MUTED) == {pupils[0], pupils[2]}
    assert in_state(conn, broadcast, RecipientState.REFUSED) == {pupils[1]}
    assert [one.is_unreachable for one in ledger.missed(conn, broadcast, page=0, size=10)] == [True]


def test_a_person_with_two_accounts_gets_it_once_where_messages_are_taken(conn: Connection) -> None:
    [pupil] = add_participants(conn, add_school(conn), 1)
    conn.execute(_unreachable([pupil]))
    second = {"person_id": pupil, "messenger": "max", "user_id": 77, "pseudonym": "second"}
    conn.execute(insert(schema.accounts), second)
    addressed = Addressed(Audience.PARTICIPANTS, EVERYBODY)
    assert audiences.reach(conn, addressed).gets_it == 1
    broadcast = confirmed(conn, addressed)
    listed(conn, broadcast)
    assert [(one.messenger, one.peer) for one in offered(conn, broadcast)] == [("max", 77)]


def test_the_listing_passes_over_gaps_however_wide_and_ends_behind_the_newest(conn: Connection) -> None:
    first = _coordinator(conn, Region())
    far = {"id": first + 2_500, "first_name": "Олег", "created_at": NOON}
    conn.execute(insert(schema.people), far)
    last = _coordinator(conn, Region(), PersonId(first + 2_500))
    broadcast = confirmed(conn, Addressed(Audience.COORDINATORS, EVERYBODY))
    listed(conn, broadcast)
    assert in_state(conn, broadcast, RecipientState.WAITING) == {first, last}


# --- on the way


def test_every_recipient_gets_one_delivery_of_one_body_in_pages(conn: Connection) -> None:
    pupils = add_participants(conn, add_school(conn), 7)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, broadcast)
    rows = []
    while page := offered(conn, broadcast, most=3):
        rows += page
    assert sorted(row.peer for row in rows) == sorted(1000 + pupil for pupil in pupils)
    assert len({row.body.id for row in rows}) == len({row.body.random_id for row in rows}) == 1
    assert all(row.state is DeliveryState.QUEUED and row.lane == BROADCASTS for row in rows)


def test_the_outcome_of_each_delivery_comes_to_the_ledger_with_its_reason(conn: Connection) -> None:
    add_participants(conn, add_school(conn), 4)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, broadcast)
    sent, refused, doubtful, _ = [row.id for row in offered(conn, broadcast)]
    close(conn, [sent], DeliveryState.SENT, cmid=5)
    close(conn, [refused], DeliveryState.REFUSED, reason="VK error 901: no permission")
    close(conn, [doubtful], DeliveryState.UNCERTAIN)
    assert settled(conn, broadcast) == Counts(offered=1, delivered=1, refused=1, uncertain=1)
    missed = ledger.missed(conn, broadcast, page=0, size=10)
    assert [one.state for one in missed] == [RecipientState.REFUSED, RecipientState.UNCERTAIN]
    reasons = select(recipients_table.c.reason).where(recipients_table.c.reason.is_not(None))
    assert conn.execute(reasons).scalars().all() == ["VK error 901: no permission"]
    assert not recipients.settle(conn, recipients.lock(conn, broadcast), real=REAL)


def test_what_the_evening_cut_off_unseen_waits_again_and_goes_as_a_new_row(conn: Connection) -> None:
    add_participants(conn, add_school(conn), 2)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, broadcast)
    unseen, perhaps_seen = offered(conn, broadcast, expires_at=REAL + timedelta(hours=1))
    close(conn, [unseen.id], DeliveryState.EXPIRED)
    close(conn, [perhaps_seen.id], DeliveryState.EXPIRED, first_offered_at=REAL)
    assert settled(conn, broadcast) == Counts(waiting=1, uncertain=1)
    [again] = offered(conn, broadcast)
    assert (again.peer, again.body.random_id) == (unseen.peer, unseen.body.random_id)


def test_whoever_mutes_vanishes_or_closes_after_the_listing_is_left_out(conn: Connection) -> None:
    muted, erased, closed, stays = add_participants(conn, add_school(conn), 4)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, broadcast)
    mute(conn, muted)
    people.erase(conn, erased, at=NOON)
    ledger.forget(conn, erased)
    conn.execute(_unreachable([closed]))
    assert [row.peer for row in offered(conn, broadcast)] == [1000 + stays]
    assert in_state(conn, broadcast, RecipientState.MUTED) == {muted}
    assert in_state(conn, broadcast, RecipientState.REFUSED) == {erased, closed}
    final = select(recipients_table.c.peer).where(recipients_table.c.state != "offered")
    assert set(conn.execute(final).scalars()) == {0}


def test_a_cancelled_broadcast_ends_when_what_was_offered_is_final(conn: Connection) -> None:
    add_participants(conn, add_school(conn), 3)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, broadcast)
    [first, *others] = offered(conn, broadcast)
    # Two come back to the queue, as after an evening.
    close(conn, [row.id for row in others], DeliveryState.EXPIRED)
    settled(conn, broadcast)
    assert broadcasts.move(conn, broadcast, BroadcastState.CANCELLED, real=REAL)
    recipients.cancel_slice(conn, recipients.lock(conn, broadcast), real=REAL)
    assert agrees(conn, broadcast) == Counts(offered=1, cancelled=2)
    close(conn, [first.id], DeliveryState.SENT)
    assert settled(conn, broadcast) == Counts(delivered=1, cancelled=2)
    recipients.finish(conn, recipients.lock(conn, broadcast), at=NOON)
    found = broadcasts.by_id(conn, broadcast)
    assert found is not None
    assert (found.state, found.finished_at) == (BroadcastState.CANCELLED, NOON)


def test_once_more_goes_to_the_refused_alone_and_never_to_the_uncertain(conn: Connection) -> None:
    add_participants(conn, add_school(conn), 4)
    first = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    listed(conn, first)
    rows = offered(conn, first)
    for row, state in zip(rows, ("sent", "refused", "uncertain", "refused"), strict=True):
        close(conn, [row.id], DeliveryState(state))
    settled(conn, first)
    refused = in_state(conn, first, RecipientState.REFUSED)
    again = Addressed(Audience.PARTICIPANTS, EVERYBODY, again_of=first)
    assert audiences.reach(conn, again).people == len(refused) == 2
    second = confirmed(conn, again)
    listed(conn, second)
    later = offered(conn, second)
    assert {row.peer for row in later} == {1000 + person for person in refused}
    assert later[0].body.random_id != rows[0].body.random_id
    # Pressed once more, it means those alone whom the repeat did not reach either.
    close(conn, [later[0].id], DeliveryState.SENT)
    close(conn, [later[1].id], DeliveryState.REFUSED)
    settled(conn, second)
    assert audiences.reach(conn, again).people == 1


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_in_whatever_order_nobody_is_skipped_and_nobody_gets_it_twice(
    conn: Connection, seed: int
) -> None:
    chance = random.Random(seed)
    pupils = add_participants(conn, add_school(conn), 40)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY))
    on_the_way: list[outbox.Delivery] = []
    reached: list[int] = []
    for _ in range(120):
        _something_happens(conn, broadcast, chance, on_the_way, reached)
        agrees(conn, broadcast)
    broadcasts.move(conn, broadcast, BroadcastState.LISTING, real=REAL)
    listed(conn, broadcast)
    settled(conn, broadcast)
    while page := offered(conn, broadcast):
        on_the_way += page
    close(conn, [row.id for row in on_the_way], DeliveryState.SENT)
    reached += [row.peer for row in on_the_way]
    counts = settled(conn, broadcast)
    assert counts.waiting == counts.offered == 0
    assert counts.listed == len(pupils)
    assert len(reached) == len(set(reached)) == counts.delivered


def _something_happens(
    conn: Connection,
    broadcast: BroadcastId,
    chance: random.Random,
    on_the_way: list[outbox.Delivery],
    reached: list[int],
) -> None:
    going = recipients.lock(conn, broadcast)
    match chance.choice(["go on", "go on", "pause", "resume", "outcome", "outcome", "settle"]):
        case "go on" if going.state is BroadcastState.LISTING:
            recipients.list_slice(conn, going)
        case "go on" if going.state is BroadcastState.SENDING:
            on_the_way += recipients.offer(conn, going, lane=BROADCASTS, most=5, real=REAL, expires_at=None)
        case "pause":
            broadcasts.move(conn, broadcast, BroadcastState.PAUSED, real=REAL)
        case "resume":
            broadcasts.move(conn, broadcast, BroadcastState.LISTING, real=REAL)
        case "outcome" if on_the_way:
            row = on_the_way.pop(chance.randrange(len(on_the_way)))
            state = DeliveryState(chance.choice(["sent", "sent", "refused", "uncertain", "expired"]))
            close(conn, [row.id], state)
            reached += [row.peer] if state is DeliveryState.SENT else []
        case "settle":
            recipients.settle(conn, going, real=REAL)


# --- what must outlive the housekeeping


def test_a_paused_broadcast_keeps_its_text_and_the_ledger_its_rows_for_weeks(conn: Connection) -> None:
    add_participants(conn, add_school(conn), 2)
    broadcast = confirmed(conn, Addressed(Audience.PARTICIPANTS, EVERYBODY), "Не забудьте.")
    listed(conn, broadcast)
    rows = offered(conn, broadcast)
    close(conn, [row.id for row in rows], DeliveryState.SENT)
    broadcasts.move(conn, broadcast, BroadcastState.PAUSED, real=REAL)
    later = REAL + timedelta(days=20)
    for purge in (outbox.erase_bodies, outbox.purge, outbox.purge_bodies):
        assert purge(conn, now=later, most=100) == 0
    assert settled(conn, broadcast) == Counts(delivered=2)
    recipients.finish(conn, recipients.lock(conn, broadcast), at=NOON)
    assert [purge(conn, now=later, most=100) for purge in (outbox.erase_bodies, outbox.purge)] == [1, 2]
    assert outbox.purge_bodies(conn, now=later + timedelta(days=20), most=100) == 1
    assert conn.execute(select(func.count()).select_from(recipients_table)).scalar_one() == 2


def test_a_draft_is_taken_up_again_with_its_text_and_sent_off_once(conn: Connection) -> None:
    author = add_person(conn)
    to_teachers, to_pupils = (Addressed(role, EVERYBODY) for role in (Audience.TEACHERS, Audience.PARTICIPANTS))
    draft = broadcasts.draft(conn, author, to_teachers, at=NOON, real=REAL)
    assert not broadcasts.confirm(conn, draft, at=NOON, real=REAL)  # nothing is said yet
    assert broadcasts.write(conn, draft, "Текст")
    assert broadcasts.draft(conn, author, to_pupils, at=NOON, real=REAL) == draft
    found = broadcasts.by_id(conn, draft)
    assert found is not None
    assert (found.text, found.addressed) == ("Текст", to_pupils)
    assert [broadcasts.confirm(conn, draft, at=NOON, real=REAL) for _ in range(2)] == [True, False]
    assert not broadcasts.write(conn, draft, "Другой")
    assert not broadcasts.discard(conn, draft)


def _is_meant(conn: Connection, addressed: Addressed, expected: set[PersonId]) -> None:
    """Counted and listed alike."""
    assert audiences.reach(conn, addressed).people == len(expected)
    broadcast = confirmed(conn, addressed)
    listed(conn, broadcast)
    assert in_state(conn, broadcast, RecipientState.WAITING) == expected


def _coordinator(conn: Connection, scope: Scope, person: PersonId | None = None) -> PersonId:
    person = with_account(conn, person or add_person(conn))
    line = decisions.record(conn, Decision(NOON, None, Deed.APPOINT, Subject.INVITATION, "1"))
    roles.appoint(conn, person, Grant(Role.COORDINATOR, scope), at=NOON, decision=line)
    return person


def _unreachable(persons: list[PersonId]) -> Update:
    accounts = schema.accounts
    return update(accounts).where(accounts.c.person_id.in_(persons)).values(unreachable_since=NOON)
