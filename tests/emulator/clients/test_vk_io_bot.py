"""A bot written with vk-io for Node.js, where there is one: it puts its calls into `execute`, up to 25 at once."""

import asyncio
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.emulator import Emulator, Person
from tests.emulator.clients.conftest import answer
from tests.emulator.conftest import held_poll

SOURCES = Path(__file__).with_name("vk_io")
MANIFEST = ("package.json", "package-lock.json", ".npmrc")
INSTALL = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000"]
CROWD = 60


@pytest.fixture(scope="session")
def installed() -> Path:
    """A folder with vk-io in it, kept between runs beside other caches: one for each state of the lock."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js with npm is not there")
    locked = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()[:16]
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ugubot"
    caches.mkdir(parents=True, exist_ok=True)
    folder = caches / f"vk-io-{locked}"
    with (caches / f"vk-io-{locked}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several workers one installs, the others wait
        if not folder.exists():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name in MANIFEST:
        shutil.copy(SOURCES / name, fresh)
    try:
        subprocess.run(INSTALL, cwd=fresh, check=True, capture_output=True, timeout=40)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("npm could not install vk-io: is its registry out of reach?")
    fresh.rename(folder)


@pytest.fixture
async def bot(installed: Path, emulator: Emulator, anna: Person, tmp_path: Path) -> AsyncIterator[None]:
    """The bot in its own process, once it listens."""
    (tmp_path / "node_modules").symlink_to(installed / "node_modules")
    for name in ("bot.js", "package.json"):
        shutil.copy(SOURCES / name, tmp_path)
    command = ["node", "bot.js", emulator.url, emulator.token]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            assert await process.stdout.readline() == b"ready\n"
            await held_poll(emulator)
        yield
    finally:
        process.stdin.close()
        await process.wait()


async def test_a_vk_io_bot_echoes_words_and_answers_presses(bot: None, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "Привет")
    await answer(emulator, anna.id, "Эхо: Привет")
    emulator.write(anna.id, "Голосую")
    await answer(emulator, anna.id, "Ваш голос?")
    emulator.press(anna.id, "За")
    (popup,) = await emulator.until(lambda: emulator.dialogue(anna.id).popups, timeout_s=15)
    assert popup.event_data == {"type": "show_snackbar", "text": "Голос: 2"}
    emulator.press(anna.id, "Баланс")
    await answer(emulator, anna.id, "На счету: 9")


async def test_a_vk_io_bot_uploads_a_document_and_a_photo(bot: None, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "Файлы")
    shown = await answer(emulator, anna.id, "Вот доска")
    document = emulator.dialogue(anna.id).messages[-2]
    assert document.attachments[0]["doc"]["title"] == "numbers.csv"
    assert shown.attachments[0]["photo"]["sizes"][0]["width"] == 300


async def test_a_vk_io_bot_answers_a_crowd_in_fewer_calls_than_there_are_people(bot: None, emulator: Emulator) -> None:
    crowd = [emulator.add_person(f"Имя{number}", "Фамилия") for number in range(CROWD)]
    before = emulator.calls.count
    for person in crowd:
        emulator.write(person.id, "Привет")
    for person in crowd:
        await answer(emulator, person.id, "Эхо: Привет")
    calls = list(emulator.calls)[-(emulator.calls.count - before) :]
    assert {call.method for call in calls} == {"execute"}
    assert len(calls) < CROWD
    assert max(call.params["code"].count("API.messages.send(") for call in calls) > 1


async def test_a_vk_io_bot_reads_commands_in_a_conversation(bot: None, emulator: Emulator, anna: Person) -> None:
    council = emulator.create_conversation(anna.id, "Педсовет").peer_id
    emulator.invite(council, anna.id, -emulator.community.group_id)
    emulator.write(anna.id, "/итоги", peer_id=council)
    await answer(emulator, council, "Чат: /итоги")
