"""What an operator can read - logs, stored traces, the doctor's lines - holds no token, name, text, ID or password."""

import asyncio
import io
import logging
import os
import re
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
import structlog
from sqlalchemy import Connection, create_engine, make_url, select, update

from bot import logs
from bot.config import SettingsError, load_settings
from bot.domain.invitations import new_invitation_code
from bot.domain.roles import Grant, Region, Role
from bot.domain.sessions.agenda import Minutes, StageKind
from bot.emulator.faults import Fault
from bot.storage import invitations, schema, schema_sessions, session_agenda, session_members, sessions
from bot.storage.sessions import Session
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
        hidden = [TOKEN, PASSWORD, *NAMES, *TEXT.split(), there.emulator.long_poll.key, *said]
        traces = _traces(database_url)
    written = there.log.read_text()
    assert written.count("handler failed") >= 2
    assert "long poll interrupted" in written
    assert len(traces) >= 2
    for place in (written, *traces):
        assert [secret for secret in hidden if secret in place] == []


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


# --- a session


SESSION_WORDS = ("Слёт", "Журавли", "Стрижи", "Педсовет", "чертёж", "Разминка")


async def test_a_bot_that_holds_a_session_in_every_trouble_logs_no_code_no_screens_address_and_no_word_of_it(
    database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path, routers="bot.app:ROUTERS") as there:
        there.start(UGUBOT_LOG="debug", UGUBOT_WEB_URL="http://127.0.0.1", UGUBOT_WEB_LISTEN="127.0.0.1:0")
        await there.ready()
        session, people = await _session_held(there, database_url)
        screen = await _looked_at(there, session.screen_token)
        await _session_troubles(there, database_url, session.peer)
        kept = _traces(database_url)
    assert screen == [200, 404]
    written = there.log.read_text()
    assert "session failed" in written
    hidden = [session.code, session.screen_token, *SESSION_WORDS, *people, *NAMES]
    for place in (written, *kept):
        assert [secret for secret in hidden if secret in place] == []


async def _session_held(there: Home, url: str) -> tuple[Session, list[str]]:
    """A session whose first stage goes on; besides, the numbers of its people."""
    emulator = there.emulator
    leader, member = emulator.add_person(*NAMES), emulator.add_person("Иной", "Человек")
    emulator.begin(leader.id, f"i-{_in_database(url, _code_issued)}")
    for label in ("Согласен", "Принять"):
        await emulator.until(lambda: _shows(there, leader.id, label), 20)  # noqa: B023 - awaited here
        emulator.press(leader.id, label)
    peer = emulator.create_conversation(leader.id, "Педсовет", [member.id]).peer_id
    emulator.invite(peer, leader.id, -emulator.community.group_id)
    for label, person in (("Новая сессия", leader), ("Вступить", member)):
        await emulator.until(lambda: _shows(there, peer, label), 20)  # noqa: B023
        emulator.press(person.id, label, peer)
    await emulator.until(lambda: "Вступили: 1" in emulator.dialogue(peer).messages[-1].text, 20)
    _in_database(url, _prepared, peer)
    emulator.press(leader.id, "Пульт ведущего", peer)
    await emulator.until(lambda: _shows(there, peer, "Начать: Разминка"), 20)
    emulator.press(leader.id, "Начать: Разминка", peer)
    await emulator.until(lambda: _shows(there, peer, "Пауза"), 20)
    emulator.write(member.id, "/работа чертёж", peer_id=peer)
    session = _in_database(url, sessions.live_at, "vk", peer)
    assert session is not None
    return session, [str(leader.id), str(member.id)]


def _code_issued(conn: Connection) -> str:
    code, at = new_invitation_code(secrets.randbelow), datetime.now(UTC)
    grant = Grant(Role.COORDINATOR, Region())
    invitations.issue(conn, code, grant, invited_by=None, at=at, expires_at=at + timedelta(days=14))
    return code


def _prepared(conn: Connection, peer: int) -> None:
    session = sessions.live_at(conn, "vk", peer)
    assert session is not None
    sessions.retitle(conn, session.id, "Слёт")
    session_members.add_teams(conn, session.id, ["Журавли", "Стрижи"])
    session_agenda.add(conn, session.id, StageKind.TALK, "Разминка", "", Minutes(10))


async def _looked_at(there: Home, token: str) -> list[int]:
    """What the pages answer to the screen's address, and to one that is wrong by a sign."""
    address = re.search(r"pages are served.* at='?(http://[\d.:]+)", there.log.read_text())
    assert address is not None
    async with aiohttp.ClientSession() as browser:
        answers = [await browser.get(f"{address[1]}/screen/{one}") for one in (token, f"{token}x")]
        return [answer.status for answer in answers]


async def _session_troubles(there: Home, url: str, peer: int) -> None:
    """Lets every look at the session fail over what is stored, and the messenger refuse what was to be said."""
    emulator = there.emulator
    for fault in (
        *(Fault("messages.edit", "error", code=code) for code in (1, 6, 10, 100, 909)),
        Fault("*", "http_502"),
    ):
        emulator.faults.add(fault)
    spoilt = update(schema_sessions.acts).values(details="не JSON, а Слёт и Журавли")
    _in_database(url, lambda conn: conn.execute(spoilt).rowcount)
    emulator.press_forged(next(iter(emulator.community.people)), '{"kind":"session-desk"}', peer)
    async with asyncio.timeout(30):
        while "session failed" not in there.log.read_text():
            await asyncio.sleep(0.01)


def _in_database(url: str, question: Callable[..., Any], *args: Any) -> Any:
    engine = create_engine(url)
    try:
        with engine.begin() as conn:
            return question(conn, *args)
    finally:
        engine.dispose()


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
