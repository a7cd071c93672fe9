"""What is at which address, to whom, with which headers; and that nothing of it costs more than it should."""

import asyncio
import re

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.domain.identifiers import WorkId
from bot.domain.sessions.agenda import Phase
from bot.web.feeds import Rhythm
from tests.web.rooms import AT, QUICK, TOKEN, Room, a_question, a_vote, a_work, gathering, in_phase, next_event

pytestmark = pytest.mark.asyncio(loop_scope="session")
NOWHERE = "Такой страницы нет."
PATHS = {
    "page": f"/screen/{TOKEN}",
    "events": f"/screen/{TOKEN}/events",
    "picture": f"/screen/{TOKEN}/works/7.jpg",
    "script": "/static/any/app.js",
    "wrong token": "/screen/wrong",
    "wrong path": "/admin",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture(autouse=True)
def _a_work_is_shown(room: Room) -> None:
    room.show(in_phase(Phase.WORK, works=(a_work(7, team=1),)))
    room.pictures[WorkId(7)] = b"\xff\xd8\xff\xe0 a picture"


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
async def test_every_answer_of_any_kind_carries_the_strict_headers(
    address: str, client: ClientSession, path: str
) -> None:
    async with client.get(address + path) as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["Server"] == "ugubot"


@pytest.mark.parametrize(
    "path",
    [
        *("/screen/wrong", "/screen/wrong/events", "/screen/wrong/works/7.jpg", f"/screen/{TOKEN}/works/8.jpg"),
        *(f"/screen/{'x' * 129}", "/screen/%D1%82", "/screen/..%2f", "/screen/", "/", "/static/any/server.py"),
        *("/static/any/..%2fserver.py", f"/screen/{TOKEN}/works/99999999999999999999.jpg", f"/screen/{TOKEN}/"),
    ],
)
async def test_whatever_is_not_there_gets_the_same_few_words(address: str, client: ClientSession, path: str) -> None:
    async with client.get(f"{address}{path}", allow_redirects=False) as answer:
        assert (answer.status, answer.content_type, await answer.text()) == (404, "text/plain", NOWHERE)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_nothing_can_be_done_here_but_look(address: str, client: ClientSession, method: str) -> None:
    async with client.request(method, f"{address}/screen/{TOKEN}") as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET"


async def test_a_picture_is_handed_out_as_a_picture_and_nothing_else(address: str, client: ClientSession) -> None:
    async with client.get(f"{address}/screen/{TOKEN}/works/7.jpg") as answer:
        assert (answer.content_type, await answer.read()) == ("image/jpeg", b"\xff\xd8\xff\xe0 a picture")


async def test_the_page_names_no_other_host_but_the_one_to_join_at(address: str, client: ClientSession) -> None:
    page = await text_at(client, f"{address}/screen/{TOKEN}")
    assert set(re.findall(r"\w+://[^/\"]+", page)) == {"https://vk.me"}
    assert not re.search(r"<style|style=|<script>|\son\w+=", page)


async def test_scripts_are_kept_for_ever_under_the_address_of_their_version(
    address: str, client: ClientSession
) -> None:
    page = await text_at(client, f"{address}/screen/{TOKEN}")
    scripts = re.findall(r'"\.\.(/static/\w+/[\w.]+)"', page)
    assert len(scripts) > 5
    for script in scripts:
        async with client.get(address + script) as answer:
            assert answer.status == 200
            assert answer.headers["Cache-Control"].endswith("immutable")


async def test_a_new_stream_begins_with_all_that_there_is_to_see(address: str, client: ClientSession) -> None:
    async with client.get(f"{address}/screen/{TOKEN}/events") as stream:
        assert stream.content_type == "text/event-stream"
        name, told = await next_event(stream)
    assert name == "screen"
    assert (told["now"], told["speed"]) == (round(AT.timestamp() * 1000), 0)
    assert "Что мешает и что делать?" in told["html"]
    assert told["html"] in await text_at(client, f"{address}/screen/{TOKEN}")


async def test_a_quiet_stream_says_that_it_lives(room: Room, client: ClientSession) -> None:
    beating = Rhythm(poll_s=0.02, heartbeat_s=0.02)
    async with room.served(rhythm=beating) as address, client.get(f"{address}/screen/{TOKEN}/events") as stream:
        await next_event(stream)
        name, told = await next_event(stream)
    assert (name, "html" in told) == ("beat", False)


@pytest.mark.parametrize("is_hidden", [True, False], ids=["hidden", "live"])
async def test_tallies_of_an_open_vote_are_told_only_if_they_are_live(
    room: Room, address: str, client: ClientSession, *, is_hidden: bool
) -> None:
    room.show(in_phase(Phase.VOTE, vote=a_vote(711, 722, 733, is_open=True, is_hidden=is_hidden)))
    async with client.get(f"{address}/screen/{TOKEN}/events") as stream:
        _, told = await next_event(stream)
    page = await text_at(client, f"{address}/screen/{TOKEN}")
    seen = (told["html"] + page).replace(told["version"], "")  # which is made of digits, too
    assert ("711" in seen, "733" in seen, 'class="row' in seen) == (not is_hidden,) * 3


async def test_a_question_keeps_its_secret_until_it_is_closed(room: Room, address: str, client: ClientSession) -> None:
    room.show(in_phase(Phase.QUIZ, question=a_question(right=1, answers=(711, 722, 733))))
    async with client.get(f"{address}/screen/{TOKEN}/events") as stream:
        seen = (await next_event(stream))[1]["html"]
    assert "option-right" not in seen
    assert "711" not in seen


async def test_of_more_watchers_than_are_let_in_the_last_is_asked_to_come_again(
    address: str, client: ClientSession
) -> None:
    url = f"{address}/screen/{TOKEN}/events"
    streams = [await client.get(url) for _ in range(QUICK.most_watchers)]
    async with client.get(url) as refused:
        assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
    streams.pop().close()
    while True:
        async with client.get(url) as answer:
            if answer.status == 200:
                break


async def test_when_the_bot_stops_its_streams_end_within_a_second(room: Room, client: ClientSession) -> None:
    async with room.served(rhythm=QUICK) as address:
        streams = [await client.get(f"{address}/screen/{TOKEN}/events") for _ in range(3)]
        for stream in streams:
            await next_event(stream)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 1
    for stream in streams:
        assert await stream.content.read() == b""


async def test_a_watcher_who_takes_nothing_is_dropped_and_makes_room_for_another(
    room: Room, client: ClientSession
) -> None:
    async with room.served(rhythm=Rhythm(poll_s=0, stalled_s=0.1, most_watchers=1)) as address:
        writer = await asleep(address, room)
        while True:
            async with client.get(f"{address}/screen/{TOKEN}/events") as answer:
                if answer.status == 200:
                    break
        writer.close()


async def test_a_watcher_who_takes_nothing_does_not_hold_up_the_stop_of_the_bot(room: Room) -> None:
    async with room.served(rhythm=Rhythm(poll_s=0)) as address:
        writer = await asleep(address, room)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 3
    writer.close()


async def test_a_page_that_fails_says_nothing_about_why_and_neither_does_the_log(
    room: Room, address: str, client: ClientSession
) -> None:
    room.trouble = OSError(f"no row for {TOKEN}")
    with capture_logs() as logged:
        async with client.get(f"{address}/screen/{TOKEN}") as answer:
            told = await answer.text()
    assert (answer.status, told) == (500, "Что-то пошло не так. Обновите страницу через минуту.")
    assert [line["event"] for line in logged] == ["page failed"]
    assert TOKEN not in str(logged)


async def asleep(address: str, room: Room) -> asyncio.StreamWriter:
    """A watcher who asked for more than the connection holds, and does not read it."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    room.show(gathering(title="ж" * 8_000_000))
    writer.write(f"GET /screen/{TOKEN}/events HTTP/1.1\r\nHost: bot\r\n\r\n".encode())
    await reader.readline()
    room.show(gathering())
    return writer


async def text_at(client: ClientSession, url: str) -> str:
    async with client.get(url) as answer:
        return await answer.text()
