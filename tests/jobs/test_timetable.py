"""`ugubot jobs`: what will run when and what ran, read from the database beside whoever writes it."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import Connection, text

from bot.commands.jobs import as_json, show, timetable
from bot.commands.operator_error import OperatorError
from bot.config import Settings
from bot.domain.reports import ReportStage
from bot.domain.roles import Region
from bot.storage import campaign_clock, job_runs, reminder_calls
from bot.storage.campaign_clock import StoredClock
from bot.storage.job_runs import Run
from bot.storage.reminder_calls import Reached
from tests.conversations.chat import campaign
from tests.storage.builders import add_person
from tests.storage.conftest import transaction

CAMPAIGN = campaign()
Prepare = Callable[[Connection], Any]


def at(local: str) -> datetime:
    return datetime.fromisoformat(f"2017-{local}").replace(tzinfo=CAMPAIGN.calendar.zone)


def settings_at(url: str, **more: Any) -> Settings:
    return Settings(_env_file=None, database_url=url.replace("+psycopg", ""), **more)


def clock_at(local: str) -> Prepare:
    """The rehearsal's clock stands still at this instant."""
    return lambda conn: campaign_clock.store(conn, StoredClock(at(local), datetime.now(UTC), 0.0))


def ran(job: str, planned: str, *, finished: bool = True) -> Prepare:
    def run(conn: Connection) -> None:
        begun = job_runs.claim(conn, job, at(planned), at=at(planned) + timedelta(minutes=2), first=at("11-08 00:00"))
        assert isinstance(begun, Run)
        cursor = None if finished else 7
        ended = at(planned) + timedelta(minutes=3)
        job_runs.go_on(conn, begun.id, cursor=cursor, recipients=5, skipped=2, unreachable=1, at=ended)

    return run


async def printed(url: str, *prepare: Prepare) -> str:
    with transaction(url) as conn:
        for one in prepare:
            one(conn)
    out = io.StringIO()
    show(await timetable(settings_at(url), CAMPAIGN), Console(file=out, soft_wrap=True))
    return out.getvalue()


async def test_what_is_to_come_is_listed_by_local_time_also_what_waits(database_url: str) -> None:
    everything = ("top-list", "reminder-calls", "reminders-coordinators")
    seen = await printed(
        database_url,
        clock_at("11-10 21:30"),
        *(ran(job, f"11-10 {hour}") for job, hour in zip(everything, ("09:00", "08:00", "12:00"), strict=True)),
        ran("reminders-participants", "11-10 16:00"),
    )
    assert seen.startswith("Campaign time: 2017-11-10 21:30\n")
    assert "2017-11-10 15:00  reminders-teachers      waits until 2017-11-13 08:00" in seen
    assert "2017-11-11 09:00  top-list\n" in seen
    assert seen.index("2017-11-11 09:00") < seen.index("2017-11-13 12:00")


async def test_what_ran_is_listed_newest_first_with_how_many_it_reached(database_url: str) -> None:
    seen = await printed(
        database_url,
        clock_at("11-10 16:01"),
        ran("reminders-teachers", "11-09 15:00"),
        ran("reminders-participants", "11-10 16:00", finished=False),
    )
    lines = [line.split() for line in seen[seen.index("Ran:") :].splitlines()[2:4]]
    day, after = "2017-11-10", "2017-11-09"
    assert lines == [
        [day, "16:00", "reminders-participants", day, "16:02", "goes", "on", "5", "2", "1"],
        [after, "15:00", "reminders-teachers", after, "15:02", after, "15:03", "5", "2", "1"],
    ]


async def test_a_call_to_everybody_that_is_not_finished_is_listed(database_url: str) -> None:
    def called(conn: Connection) -> None:
        reminder_calls.add(
            conn, add_person(conn), ReportStage.DOCUMENTS, Region(), Reached(4, 1, 0),
            day=at("11-10 00:00").date(), goes_at=at("11-10 08:00"),
        )  # fmt: skip

    seen = await printed(database_url, clock_at("11-09 19:00"), called)
    assert "2017-11-10 08:00  documents  0         4" in seen


async def test_programs_get_the_same_as_json_with_the_campaigns_offset(database_url: str) -> None:
    await printed(database_url, clock_at("11-09 19:00"), ran("reminders-teachers", "11-09 15:00"))
    told = json.loads(as_json(await timetable(settings_at(database_url), CAMPAIGN)))
    assert told["at"] == "2017-11-09T19:00:00+03:00"
    assert {"job": "top-list", "planned_at": "2017-11-10T09:00:00+03:00", "waits_until": None} in told["coming"]
    assert told["past"] == [
        {
            "job": "reminders-teachers",
            "planned_at": "2017-11-09T15:00:00+03:00",
            "state": "done",
            "recipients": 5,
            "skipped": 2,
            "unreachable": 1,
            "started_at": "2017-11-09T15:02:00+03:00",
            "finished_at": "2017-11-09T15:03:00+03:00",
        }
    ]
    assert (told["calls"], told["broadcasts"]) == ([], [])


async def test_a_look_writes_nothing_not_even_where_a_rehearsal_begins(database_url: str) -> None:
    begins = datetime(2017, 11, 8, 6, tzinfo=UTC)
    seen = await timetable(settings_at(database_url, clock=begins), CAMPAIGN)
    assert seen.at - begins < timedelta(minutes=1)
    with transaction(database_url) as conn:
        assert campaign_clock.read(conn) is None


async def test_it_answers_while_somebody_holds_the_database_for_writing(sqlite_url: str) -> None:
    with transaction(sqlite_url) as conn:
        conn.execute(text("UPDATE cursors SET value = value"))
        assert (await timetable(settings_at(sqlite_url), CAMPAIGN)).past == []


async def test_a_database_that_is_not_there_is_named_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"found no file .*nowhere\.sqlite3, expected the bot's database"):
        await timetable(settings_at(f"sqlite:///{tmp_path}/nowhere.sqlite3"), CAMPAIGN)
    assert list(tmp_path.iterdir()) == []


async def test_a_database_without_tables_names_the_command_that_makes_them(bare_database_urls: tuple[str, str]) -> None:
    url, _ = bare_database_urls
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    with pytest.raises(OperatorError, match=r"at revision none, expected .*; run `ugubot migrate`"):
        await timetable(settings_at(url), CAMPAIGN)
