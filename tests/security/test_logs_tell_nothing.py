"""What an operator can read - logs, stored traces, the doctor's lines - holds no token, name, text, ID or password."""

import asyncio
import io
import logging
import os
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from sqlalchemy import create_engine, make_url, select

from bot import logs
from bot.config import SettingsError, load_settings
from bot.emulator.faults import Fault
from bot.storage import schema
from tests.faults.processes import Home, home
from tests.security.failing_bot import Fail

TOKEN = "vk1.a.TopSecretToken_42-abc"
PASSWORD = "Geheim-4711"
NAMES = ("Мстислава", "Светозарова")
TEXT = "сокровенное слово"
FAIL = Fail(how=TEXT).model_dump_json()
FAIL_IN_DATABASE = Fail(how="database").model_dump_json()

ROOT = Path(__file__).parents[2]


async def test_a_bot_that_meets_every_trouble_logs_and_keeps_nothing_of_anybody(
    database_url: str, tmp_path: Path
) -> None:
    with_password = _with_password(database_url)
    async with home(with_password, tmp_path, routers="tests.security.failing_bot:routers", token=TOKEN) as there:
        there.start(UGUBOT_LOG="debug")
        await there.ready()
        said = await _troubles(there, database_url)
        secrets = [TOKEN, PASSWORD, *NAMES, *TEXT.split(), there.emulator.long_poll.key, *said]
        traces = _traces(database_url)
    written = there.log.read_text()
    assert written.count("handler failed") >= 2
    assert "long poll interrupted" in written
    assert len(traces) >= 2
    for place in (written, *traces):
        assert [secret for secret in secrets if secret in place] == []


async def _troubles(there: Home, database_url: str) -> list[str]:
    """Lets a person talk while everything goes wrong; what else must not be told."""
    emulator = there.emulator
    person = emulator.add_person(*NAMES, user_id=123_456_789)
    other = emulator.add_person("Иной", "Человек")
    for one in (person, other):
        emulator.write(one.id, "согласие")
        await emulator.until(lambda: _shows(there, one.id, "Согласен"), 20)  # noqa: B023 - awaited here
        emulator.press(one.id, "Согласен")
        await emulator.until(lambda: emulator.dialogue(one.id).keyboard, 20)  # noqa: B023
    for fault in (
        *(Fault("messages.send", "error", code=code) for code in (1, 6, 10, 100, 901)),
        *(Fault("*", kind) for kind in ("http_502", "reset_before", "reset_after")),
        *(Fault("a_check", kind) for kind in ("http_502", "reset_before", "reset_after")),
        Fault("a_check", "error", code=2),
    ):
        emulator.faults.add(fault)
        emulator.write(person.id, f"{TEXT} {fault.id}")
    emulator.press_forged(person.id, FAIL)
    if "postgresql" in database_url:
        _cut_all_connections(database_url)
    emulator.press_forged(other.id, FAIL_IN_DATABASE)
    async with asyncio.timeout(30):
        while there.log.read_text().count("handler failed") < 3 or len(_traces(database_url)) < 2:
            await asyncio.sleep(0.01)
    return [str(person.id), "Иной", "nowhere WHERE"]


def _shows(there: Home, person: int, label: str) -> bool:
    messages = there.emulator.dialogue(person).messages
    return any(label in str(message.keyboard) for message in messages)


def _traces(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as conn:
        found = [str(one) for one in conn.execute(select(schema.inbox.c.trace)).scalars() if one]
    engine.dispose()
    return found


def _with_password(url: str) -> str:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return url
    return address.set(password=PASSWORD).render_as_string(hide_password=False)


def _cut_all_connections(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# --- the log's own filter


@pytest.mark.parametrize(
    "secret",
    [
        "vk1.a.AbC_d-9.x",
        "0123456789abcdef0" * 5,
        "https://api.vk.ru/method/x?access_token=abc123&v=5",
        "https://lp.vk.ru/wh1?act=a_check&key=0f0f0f&ts=1",
        "postgresql://ugu:Geheim-4711@db/ugu",
    ],
)
def test_whatever_looks_like_a_secret_is_blacked_out_wherever_it_stands(secret: str) -> None:
    hidden = ("AbC_d", "0123456789abcdef0", "abc123", "0f0f0f", "Geheim")
    for value in (secret, [secret], {"a": {"b": secret}}, ValueError(secret), secret.encode()):
        told = str(logs.without_tokens(None, "error", {"event": "x", "found": value}))
        assert not [part for part in hidden if part in told], told


def test_tracebacks_of_libraries_go_through_the_filter_too(capsys: pytest.CaptureFixture[str]) -> None:
    before = (logging.getLogger().handlers[:], structlog.get_config())
    stream, sys.stderr = sys.stderr, io.StringIO()
    try:
        logs.configure("debug")
        try:
            raise ConnectionError("https://lp.vk.ru/wh1?act=a_check&key=0f0f0f&ts=1")
        except ConnectionError:
            logging.getLogger("anything").exception("failed with %s", TOKEN)
        told = sys.stderr.getvalue()
    finally:
        sys.stderr = stream
        logging.getLogger().handlers[:] = before[0]
        structlog.configure(**before[1])
    assert "ConnectionError" in told
    assert "0f0f0f" not in told
    assert TOKEN not in told


# --- the command line


async def test_the_doctor_names_troubles_without_token_or_password(tmp_path: Path) -> None:
    settings = {
        "UGUBOT_VK_TOKEN": TOKEN,
        "UGUBOT_VK_API_URL": "http://127.0.0.1:9/method/",
        "UGUBOT_DATABASE_URL": f"postgresql://ugu:{PASSWORD}@127.0.0.1:9/ugu",
        "UGUBOT_CAMPAIGN": str(ROOT / "campaign.example.toml"),
    }
    told = await _ran(tmp_path, settings, "doctor")
    assert "database: does not answer" in told
    assert "check UGUBOT_VK_TOKEN" in told
    assert TOKEN not in told
    assert PASSWORD not in told


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ugu:{PASSWORD}@db:port/ugu",
        f"postgresql://ugu:a@{PASSWORD}@db/ugu",
        f"postgresql:/ugu:{PASSWORD}@db/ugu",
        f"postgresql://ugu:{PASSWORD}@[db/ugu",
        f"ugu:{PASSWORD}@db",
    ],
)
def test_a_mistyped_database_address_is_refused_without_its_password(url: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("UGUBOT_DATABASE_URL", url)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert PASSWORD not in str(refusal.value)
    assert "UGUBOT_DATABASE_URL" in str(refusal.value)


async def _ran(folder: Path, settings: dict[str, str], *arguments: str) -> str:
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", *arguments)
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=pipe, stderr=pipe)
    out, err = await asyncio.wait_for(process.communicate(), 40)
    return out.decode() + err.decode()
