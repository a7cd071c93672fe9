"""A campaign of a whole region, stored by direct SQL: who teaches what, how far it has come, who takes part."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from benchmarks.campaigns import BEGAN
from benchmarks.persons import SEED
from bot.domain.reports import ReportStage
from bot.storage import schema

SCHOOLS, TEACHERS, PUPILS = 2_000, 5_000, 20
MUNICIPALITIES = 33
COORDINATED_SCHOOLS = 500
CONFIRMED_FROM = datetime(2017, 11, 8, 7, 0, tzinfo=UTC)
FIRST_ACCOUNT = 1_000_000
ROWS_AT_ONCE = 20_000

Rows = Sequence[dict[str, Any]]

_COUNT_TALLIES = insert(schema.histogram).from_select(
    ["votes", "participants"], select(schema.tallies.c.votes, func.count()).group_by(schema.tallies.c.votes)
)


def populate(conn: Connection, *, schools: int = SCHOOLS, teachers: int = TEACHERS) -> list[int]:
    """Store it beside what is there; the accounts of everybody in it. A class a teacher, all of its IDs claimed."""
    chance = random.Random(SEED)
    places = _schools(conn, schools)
    teaching = _people(conn, teachers)
    classes = _classes(conn, places, teaching, chance)
    _reports(conn, classes, teaching, chance)
    learning = _people(conn, teachers * PUPILS)
    _claims(conn, classes, learning, chance)
    coordinating = _people(conn, 1 + MUNICIPALITIES + min(COORDINATED_SCHOOLS, schools))
    _roles(conn, coordinating, places)
    everybody = (*teaching, *learning, *coordinating)
    return [FIRST_ACCOUNT + person for person in everybody]


def _schools(conn: Connection, count: int) -> list[int]:
    first = _next(conn, schema.municipalities)
    _store(conn, schema.municipalities, [{"id": first + n, "name": f"Округ {n}"} for n in range(MUNICIPALITIES)])
    ids = _ids(conn, schema.schools, count)
    rows = [
        {
            "id": school, "municipality_id": first + school % MUNICIPALITIES, "settlement": f"Село {school}",
            "name": f"СОШ № {school}", "organisation_type": "school", "search_text": f"сош № {school}",
        }
        for school in ids
    ]  # fmt: skip
    _store(conn, schema.schools, rows)
    return ids


def _people(conn: Connection, count: int) -> list[int]:
    ids = _ids(conn, schema.people, count)
    _store(conn, schema.people, [{"id": one, "first_name": "Анна", "created_at": BEGAN} for one in ids])
    accounts = [
        {"person_id": one, "messenger": "vk", "user_id": FIRST_ACCOUNT + one, "pseudonym": f"p{one}"} for one in ids
    ]
    _store(conn, schema.accounts, accounts)
    dialogues = [
        {"messenger": "vk", "peer": FIRST_ACCOUNT + one, "user_id": FIRST_ACCOUNT + one, "touched_at": BEGAN}
        for one in ids
    ]
    _store(conn, schema.dialogues, dialogues)
    return ids


def _classes(conn: Connection, schools: Sequence[int], teachers: Sequence[int], chance: random.Random) -> list[int]:
    ids = _ids(conn, schema.classes, len(teachers))
    rows = [
        {"id": one, "school_id": schools[n % len(schools)], "label": f"9-{n}", "pupils": PUPILS, "created_at": BEGAN}
        for n, one in enumerate(ids)
    ]
    _store(conn, schema.classes, rows)
    taught = [
        {"class_id": one, "person_id": teacher, "since": CONFIRMED_FROM + timedelta(hours=chance.uniform(0, 72))}
        for one, teacher in zip(ids, teachers, strict=True)
    ]
    _store(conn, schema.class_teachers, taught)
    return ids


def _reports(conn: Connection, classes: Sequence[int], teachers: Sequence[int], chance: random.Random) -> None:
    """A third has reported nothing yet, the others up to each of the three stages."""
    rows = []
    for class_id, teacher in zip(classes, teachers, strict=True):
        for number, stage in enumerate([*ReportStage][: chance.choice((0, 0, 1, 2, 3))]):
            at = CONFIRMED_FROM + timedelta(days=3 + number, hours=chance.uniform(0, 9))
            held = stage is ReportStage.HELD
            rows.append({
                "class_id": class_id, "stage": stage.value, "reported_by": teacher, "reported_at": at, "late": False,
                "lesson_on": at.date() if held else None, "attended": PUPILS if held else None,
                "practice": "homework" if held else None, "approval": "not_needed",
            })  # fmt: skip
    _store(conn, schema.reports, rows)


def _claims(conn: Connection, classes: Sequence[int], pupils: Sequence[int], chance: random.Random) -> None:
    numbers = [f"9{order:011}" for order in range(len(pupils))]
    issued = [
        {"number": number, "class_id": classes[n // PUPILS], "place": n % PUPILS + 1, "issued_at": BEGAN}
        for n, number in enumerate(numbers)
    ]
    _store(conn, schema.participant_ids, issued)
    claims = [
        {"number": number, "person_id": person, "claimed_at": BEGAN}
        for number, person in zip(numbers, pupils, strict=True)
    ]
    _store(conn, schema.claims, claims)
    votes = [
        {"number": number, "votes": chance.randint(1, 40), "reached_at": BEGAN + timedelta(seconds=n)}
        for n, number in enumerate(numbers)
        if n % 3 == 0
    ]
    _store(conn, schema.tallies, votes)
    conn.execute(delete(schema.histogram))
    conn.execute(_COUNT_TALLIES)


def _roles(conn: Connection, coordinators: Sequence[int], schools: Sequence[int]) -> None:
    """One of the region, one a municipality, one of every fourth school."""
    municipalities = conn.execute(
        select(schema.municipalities.c.id).order_by(schema.municipalities.c.id.desc()).limit(MUNICIPALITIES)
    ).scalars()
    scopes = [("region", 0), *(("municipality", one) for one in municipalities), *(("school", one) for one in schools)]
    rows = [
        {"person_id": person, "role": "coordinator", "scope_kind": kind, "scope_id": scope, "granted_at": BEGAN}
        for person, (kind, scope) in zip(coordinators, scopes, strict=False)
    ]
    _store(conn, schema.roles, rows)


def _ids(conn: Connection, table: Table, count: int) -> list[int]:
    first = _next(conn, table)
    return list(range(first, first + count))


def _next(conn: Connection, table: Table) -> int:
    return (conn.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def _store(conn: Connection, table: Table, rows: Rows) -> None:
    for some in _parts(rows):
        conn.execute(insert(table), some)


def _parts(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]
