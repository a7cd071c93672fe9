"""The command line as an operator meets it: real processes, a local VK, one line per mistake."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.emulator import Emulator

ROOT = Path(__file__).parents[1]
WITHIN_S = 40


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    async with emulator.serving():
        yield emulator


@pytest.fixture
def settings(emulator: Emulator, tmp_path: Path) -> dict[str, str]:
    """The environment of a well set up bot."""
    (tmp_path / "campaign.toml").write_text((ROOT / "campaign.example.toml").read_text())
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return {
        "UGUBOT_VK_TOKEN": emulator.token,
        "UGUBOT_VK_API_URL": f"{emulator.url}/method/",
        "UGUBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite3'}",
        "UGUBOT_CAMPAIGN": str(tmp_path / "campaign.toml"),
        "UGUBOT_CLOCK": "2017-11-08T09:00:00+03:00",
    }


async def started(tmp_path: Path, settings: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    """`ugubot` with these arguments, in a folder of its own."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, "-m", "bot", *arguments)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment, stdout=pipe, stderr=pipe)


async def ran(tmp_path: Path, settings: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `ugubot` with these arguments."""
    process = await started(tmp_path, settings, *arguments)
    out, err = await asyncio.wait_for(process.communicate(), WITHIN_S)
    return process.returncode or 0, out.decode(), err.decode()


async def first_line(process: asyncio.subprocess.Process) -> str:
    """What the process says first; it may take a while to get there."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), WITHIN_S)).decode()


async def test_run_says_when_it_is_ready_and_stops_on_sigterm_with_exit_code_zero(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    process = await started(tmp_path, settings, "run")
    assert "Ready: Акция «УГУ»; campaign time 2017-11-08 09:00" in await first_line(process)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0


async def test_run_can_be_stopped_while_it_still_waits_for_vk(tmp_path: Path, settings: dict[str, str]) -> None:
    process = await started(tmp_path, {**settings, "UGUBOT_VK_API_URL": "http://127.0.0.1:9/method/"}, "run")
    assert process.stderr is not None
    while b"VK does not answer" not in await asyncio.wait_for(process.stderr.readline(), WITHIN_S):
        continue
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0


async def test_a_token_that_vk_refuses_ends_run_with_one_line_without_the_token(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    code, _, err = await ran(tmp_path, {**settings, "UGUBOT_VK_TOKEN": "vk1.a.wrong"}, "run")
    last = err.strip().splitlines()[-1]
    assert code == 1
    assert last.startswith("UGUBOT_VK_TOKEN: found one that VK refuses")
    assert "vk1.a.wrong" not in err


async def test_a_wrong_setting_is_one_line_with_name_found_and_expected(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    code, _, err = await ran(tmp_path, {**settings, "UGUBOT_CLOCK_SPEED": "-1"}, "run")
    assert code == 1
    assert (
        err.strip()
        == "UGUBOT_CLOCK_SPEED: found '-1', expected how many times as fast as real time a rehearsal runs, above 0"
    )


async def test_a_missing_campaign_file_is_named_with_what_is_expected(tmp_path: Path, settings: dict[str, str]) -> None:
    code, _, err = await ran(tmp_path, {**settings, "UGUBOT_CAMPAIGN": "nowhere.toml"}, "run")
    assert code == 1
    assert err.strip() == "nowhere.toml: cannot be read (No such file or directory), expected a campaign file"


async def test_doctor_says_what_to_do_about_a_database_without_tables(tmp_path: Path, settings: dict[str, str]) -> None:
    code, out, _ = await ran(tmp_path, settings, "doctor")
    assert code == 1
    assert "run `ugubot migrate`" in out


async def test_doctor_is_content_after_migrate_and_a_first_run(
    tmp_path: Path, settings: dict[str, str], emulator: Emulator
) -> None:
    assert (await ran(tmp_path, settings, "migrate"))[0] == 0
    process = await started(tmp_path, settings, "run")
    await first_line(process)
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), WITHIN_S)
    code, out, _ = await ran(tmp_path, settings, "doctor")
    assert (code, out.count("ok  "), "look" in out) == (0, len(out.splitlines()), False)


async def test_importing_schools_twice_changes_nothing_and_names_refused_lines(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    listed = tmp_path / "schools.csv"
    listed.write_text("Муниципалитет;Населённый пункт;Школа;Тип\nСтаврополь;Ставрополь;СОШ № 5;школа\nА;Б;В;цирк\n")
    for _ in range(2):
        code, out, err = await ran(tmp_path, settings, "import", "schools", str(listed))
        assert (code, out.strip()) == (0, "Schools in the list: 1, lines left out: 1.")
        assert "left out, line 3: the type is none of" in err


async def test_an_invitation_for_an_unknown_place_says_which_places_there_are(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    await ran(tmp_path, settings, "import", "schools", str(ROOT / "examples" / "schools.csv"))
    code, _, err = await ran(tmp_path, settings, "invite", "coordinator", "--municipality", "Нарния")
    assert code == 1
    assert "--municipality Нарния: expected exactly one of: " in err


async def test_the_demo_prints_one_address_and_keeps_what_was_played(tmp_path: Path) -> None:
    for run in ("first", "second"):
        process = await started(tmp_path, {}, "demo", "--port", "0")
        said = await first_line(process)
        assert said.startswith("Demo: http://127.0.0.1:"), (run, said)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0
    people = (tmp_path / "demo" / "messenger.json").read_text()
    assert [people.count(name) for name in ("Координатор региона", "Координатор Ставрополя")] == [1, 1]


async def test_jobs_tells_beside_a_running_bot_what_ran_and_what_will(tmp_path: Path, settings: dict[str, str]) -> None:
    process = await started(tmp_path, {**settings, "UGUBOT_CLOCK": "2017-11-09T09:00:00+03:00"}, "run")
    await first_line(process)
    lists: list[str] = []
    while "top-list" not in lists:  # the bot goes on starting while we look
        code, out, err = await ran(tmp_path, settings, "jobs", "--json")
        assert (code, err) == (0, "")
        lists = [one["job"] for one in json.loads(out)["past"] if one["state"] == "done"]
    code, out, _ = await ran(tmp_path, settings, "jobs")
    assert (code, out.splitlines()[0][:31]) == (0, "Campaign time: 2017-11-09 09:00")
    assert "2017-11-10 09:00  top-list" in out
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), WITHIN_S) == 0


async def test_jobs_without_a_database_is_one_line_that_names_the_file(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    code, _, err = await ran(tmp_path, settings, "jobs")
    assert code == 1
    file = tmp_path / "bot.sqlite3"
    assert err.strip() == f"UGUBOT_DATABASE_URL: found no file {file}, expected the bot's database"
