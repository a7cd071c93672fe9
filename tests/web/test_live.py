"""The screen keeps itself up to date, counts down by itself, and survives whatever happens to the connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import permutations

import pytest
from aiohttp import web
from yarl import URL

from bot.domain.sessions.agenda import Phase
from bot.web.assets import Assets
from bot.web.drawing import Drawing
from bot.web.feeds import Rhythm
from tests.web.conftest import Wall
from tests.web.rooms import AT, MOSCOW, a_vote, every_scene, gathering, in_phase, some_teams

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOST = "нет связи, обновляется…"
GONE = "Этот адрес больше не действует. Новый есть у ведущего сессии."
ELEMENTS = "document.querySelectorAll('.team, main svg')"
PATCHED = """
async ({ module, drawn }) => {
  const { patch, read } = await import(module);
  return drawn.map(([before, after]) => {
    const page = read(before);
    patch(page, read(after));
    return page.isEqualNode(read(after));
  });
}
"""


async def test_a_change_reaches_the_screen_without_loading_it_anew(wall: Wall) -> None:
    await wall.opens(gathering(joined=2))
    await wall.page.evaluate("() => { window.loaded = 'once'; }")
    wall.room.show(gathering(joined=21))
    await wall.reads("Вступил 21 человек")
    wall.room.show(in_phase(Phase.WORK))
    await wall.reads("Этап 2 из 3")
    assert await wall.page.evaluate("() => window.loaded") == "once"


async def test_what_did_not_change_stays_the_very_same_element(wall: Wall) -> None:
    await wall.opens(gathering(teams=some_teams(2)))
    await wall.page.evaluate(f"() => {ELEMENTS}.forEach((one) => {{ one.kept = true; }})")
    wall.room.show(gathering(teams=some_teams(3, members=6), joined=18))
    await wall.reads("Вступили 18 человек")
    assert await wall.page.evaluate(f"() => [...{ELEMENTS}].map((one) => one.kept === true)") == [
        True,
        True,
        True,
        False,
    ]


async def test_every_scene_turns_into_every_other_as_if_it_were_drawn_anew(wall: Wall) -> None:
    await wall.opens(gathering())
    drawing = Drawing(MOSCOW, Assets())
    drawn = [drawing.content(screen, "token") for screen in every_scene(teams=4)]
    module = await wall.page.locator("script[type=module]").get_attribute("src")
    told = {"module": str(module).replace("app.js", "patch.js"), "drawn": list(permutations(drawn, 2))}
    assert all(await wall.page.evaluate(PATCHED, told))


async def test_the_countdown_runs_as_fast_as_the_clock_of_the_campaign(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served() as wall.address:
        await wall.opens(in_phase(Phase.WORK))
        await wall.reads("10:00")
        await wall.page.clock.run_for(4_000)
        await wall.reads("06:00")
        await wall.page.clock.run_for(7_000)
        await wall.reads("00:00")
        await wall.reads("Время вышло")
        await wall.leaves()


async def test_a_countdown_that_went_astray_is_put_right_by_the_next_heartbeat(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served(rhythm=Rhythm(poll_s=0.02, heartbeat_s=0.05)) as wall.address:
        await wall.opens(in_phase(Phase.WORK))
        await wall.reads("10:00")
        wall.room.real += timedelta(seconds=3)  # the laptop slept through them
        await wall.reads("07:00")
        await wall.leaves()


async def test_a_clock_that_is_moved_either_way_moves_the_countdown_at_once(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK))
    wall.room.clock.advance(timedelta(minutes=4, seconds=30))
    await wall.reads("05:30")
    wall.room.clock.set(AT)
    await wall.reads("10:00")


async def test_a_clock_that_stands_still_counts_nothing_down(timed_wall: Wall) -> None:
    wall, wall.room.speed = timed_wall, 0
    wall.room.__post_init__()
    async with wall.room.served() as wall.address:
        await wall.opens(in_phase(Phase.WORK))
        await wall.page.clock.run_for(20_000)
        await wall.reads("10:00")
        await wall.leaves()


async def test_a_screen_finds_its_bot_again_after_a_restart_and_says_that_it_looks(own_wall: Wall) -> None:
    wall = own_wall
    async with wall.room.served() as wall.address:
        await wall.opens(gathering())
    await wall.reads(LOST)
    await wall.reads("От проблем к решению")
    wall.room.show(in_phase(Phase.WORK))
    async with wall.room.served(port_of(wall)):
        await wall.reads("Этап 2 из 3")
        await wall.lacks(LOST)
        await wall.leaves()


async def test_a_screen_goes_on_asking_while_a_proxy_answers_that_the_bot_is_down(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served() as wall.address:
        await wall.opens(gathering())
    async with bad_gateway(port_of(wall)) as asked_twice:
        while not asked_twice.is_set():
            await wall.page.clock.run_for(1_000)
        await wall.reads(LOST)
    wall.room.show(gathering(joined=5))
    async with wall.room.served(port_of(wall)):
        await passes_until(wall, "Вступили 5 человек")
        await wall.lacks(LOST)
        await wall.leaves()


async def test_the_countdown_goes_on_while_there_is_no_connection(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served() as wall.address:
        await wall.opens(in_phase(Phase.WORK))
        await wall.reads("10:00")
    await wall.reads(LOST)
    await wall.page.clock.run_for(3_000)
    await wall.reads("07:00")
    await wall.leaves()


async def test_a_stream_that_is_silent_for_too_long_is_opened_anew(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served() as wall.address:
        await wall.opens(gathering())
        await wall.page.clock.run_for(30_000)
        await wall.lacks(LOST)
        async with wall.page.expect_response("**/events"):
            await wall.page.clock.run_for(11_000)
        await wall.lacks(LOST)
        await wall.leaves()


async def test_an_address_that_is_no_longer_valid_is_said_to_be_so(timed_wall: Wall) -> None:
    wall = timed_wall
    async with wall.room.served() as wall.address:
        await wall.opens(gathering())
        wall.room.hide()
        await passes_until(wall, GONE)
        await wall.lacks(LOST)
        wall.room.show(gathering(joined=5))
        await passes_until(wall, "Вступили 5 человек")
        await wall.lacks(GONE)
        await wall.leaves()


async def test_a_screen_keeps_what_it_has_while_the_storage_fails(wall: Wall) -> None:
    await wall.opens(gathering())
    wall.room.trouble = OSError("disk full")
    seen = wall.room.reads
    while wall.room.reads < seen + 3:
        await asyncio.sleep(0)
    await wall.lacks(LOST)
    wall.room.trouble = None
    wall.room.show(gathering(joined=5))
    await wall.reads("Вступили 5 человек")


async def test_bars_grow_smoothly_unless_the_viewer_wants_no_motion(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, vote=a_vote(1, 2, 3)))
    lasts = "() => getComputedStyle(document.querySelector('.bar-fill')).transitionDuration"
    assert await wall.page.evaluate(lasts) == "0s"
    await wall.page.emulate_media(reduced_motion="no-preference")
    assert await wall.page.evaluate(lasts) == "0.7s"
    await wall.page.emulate_media(reduced_motion="reduce")


async def test_a_page_of_an_older_version_of_the_bot_loads_itself_anew(wall: Wall) -> None:
    await wall.opens(gathering())
    async with wall.page.expect_navigation():
        await wall.page.evaluate("() => { document.documentElement.dataset.version = 'older'; }")
        wall.room.show(gathering(joined=5))
    await wall.reads("Вступили 5 человек")


async def passes_until(wall: Wall, text: str) -> None:
    """Let time pass in the browser, second by second, until something can be read."""
    while not await wall.page.get_by_text(text, exact=True).is_visible():
        await wall.page.clock.run_for(1_000)


def port_of(wall: Wall) -> int:
    port = URL(wall.address).port
    assert port is not None
    return port


@asynccontextmanager
async def bad_gateway(port: int) -> AsyncIterator[asyncio.Event]:
    """A proxy whose bot is down: it answers 502 to everything; gives what happens at the second request."""
    asked, asked_twice = 0, asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        if asked == 2:
            asked_twice.set()
        return web.Response(status=502, text="<h1>502 Bad Gateway</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield asked_twice
    finally:
        await runner.cleanup()
