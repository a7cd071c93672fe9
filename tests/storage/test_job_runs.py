"""The ledger of what ran by the clock: each slot once, gone on with by one at a time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.storage import job_runs
from bot.storage.job_runs import NotOurs, PastRun, Run
from tests.storage.conftest import Race

FIRST = datetime(2017, 11, 8, tzinfo=UTC)
NOON = FIRST + timedelta(hours=12)
DAY = timedelta(days=1)


def claim(conn: Connection, planned_at: datetime = NOON, *, job: str = "digest") -> Run | NotOurs:
    return job_runs.claim(conn, job, planned_at, at=planned_at + timedelta(minutes=1), first=FIRST)


def claimed(conn: Connection, planned_at: datetime = NOON) -> Run:
    run = claim(conn, planned_at)
    assert isinstance(run, Run)
    return run


def go_on(conn: Connection, run: Run, cursor: int | None, *, recipients: int = 0) -> None:
    at = run.planned_at + timedelta(minutes=2)
    job_runs.go_on(conn, run.id, cursor=cursor, recipients=recipients, skipped=1, unreachable=0, at=at)


def ran(conn: Connection, planned_at: datetime) -> None:
    go_on(conn, claimed(conn, planned_at), None)


def test_a_run_goes_on_behind_its_cursor_and_adds_up_its_counts(conn: Connection) -> None:
    go_on(conn, claimed(conn), 70, recipients=5)
    assert claimed(conn).cursor == 70
    go_on(conn, claimed(conn), None, recipients=2)
    expected = PastRun(
        "digest", NOON, "done", 7, 2, 0, NOON + timedelta(minutes=1), NOON + timedelta(minutes=2)
    )  # fmt: skip
    assert job_runs.newest(conn, most=5) == [expected]


def test_a_finished_run_is_never_begun_again(conn: Connection) -> None:
    ran(conn, NOON)
    assert claim(conn) is NotOurs.CLOSED
    assert job_runs.closed(conn, since=NOON) == {("digest", NOON)}


def test_of_two_processes_at_once_one_runs_a_slot_and_the_other_leaves_it(race: Race) -> None:
    outcomes = race(claim, claim)
    begun = {one.id for one in outcomes if isinstance(one, Run)}
    assert len(begun) == 1  # on SQLite one waits for the other, and would go on with the same run
    assert all(isinstance(one, Run) or one is NotOurs.ELSEWHERE for one in outcomes)


def test_only_finished_runs_count_as_the_last_one_before(conn: Connection) -> None:
    assert claimed(conn).since == FIRST
    ran(conn, NOON)
    go_on(conn, claimed(conn, NOON + DAY), 3)
    assert claimed(conn, NOON + 2 * DAY).since == NOON


def test_a_later_slot_closes_an_unfinished_one_of_its_own_job_only(conn: Connection) -> None:
    go_on(conn, claimed(conn), 3)
    assert isinstance(claim(conn, job="top-list"), Run)
    claimed(conn, NOON + DAY)
    assert claim(conn) is NotOurs.CLOSED
    assert isinstance(claim(conn, job="top-list"), Run)
    assert [run.state for run in job_runs.newest(conn, most=3)] == ["running", "running", "skipped"]


def test_what_was_planned_behind_an_instant_can_be_forgotten_and_happens_again(conn: Connection) -> None:
    for day in range(3):
        ran(conn, NOON + day * DAY)
    job_runs.forget_after(conn, NOON + DAY)
    assert job_runs.closed(conn, since=FIRST) == {("digest", NOON), ("digest", NOON + DAY)}
    assert job_runs.last_started(conn) == NOON + DAY + timedelta(minutes=1)
    assert claimed(conn, NOON + 2 * DAY).cursor == 0


def test_old_runs_are_deleted_in_slices_and_the_others_stay(conn: Connection) -> None:
    for day in range(4):
        ran(conn, NOON + day * DAY)
    before = NOON + 3 * DAY
    assert [job_runs.purge(conn, before=before, most=2) for _ in range(3)] == [2, 1, 0]
    assert job_runs.closed(conn, since=FIRST) == {("digest", NOON + 3 * DAY)}
